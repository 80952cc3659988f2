"""kill -9 at 200 random moments."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.head_store import KEPT, HeadStore
from engine.people import People
from engine.sample_store import SampleStore
from engine.store import DATABASE, Store
from engine.tables import Consent, Embedding, Person, Sample
from tests.engine.desk import NETWORK, open_store

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 0.15
"""About what one of the things takes that the process does."""
KILLS = 25


@pytest.mark.parametrize("seed", range(8))
def test_a_killed_program_leaves_the_old_or_the_new_state(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "data"
    command = [sys.executable, "-m", "tests.engine.crashing", str(folder)]
    rng = random.Random(seed)
    seen: set[tuple[int, ...]] = set()
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for kill in range(KILLS):
            print(kill, file=nursery.stdin, flush=True)
            worker = int(nursery.stdout.readline())
            for _ in range(rng.randrange(4)):
                assert nursery.stdout.readline() == "done\n"
            time.sleep(rng.uniform(0.0, LONGEST_S))
            os.kill(worker, signal.SIGKILL)
            while nursery.stdout.readline() != "ended\n":
                pass
            if (folder / DATABASE).exists():
                with open_store(folder) as store:
                    seen.add(check(store))
        nursery.stdin.close()
    assert len(seen) > KILLS / 4


def check(store: Store) -> tuple[int, ...]:
    """Everything in the store fits together; the newest head's number and those enrolled."""
    People(store).drop_stale_drafts()
    with store.outside_transaction() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    enrolled = sorted(People(store).names())
    assert len(People(store).all()) == len(enrolled)  # everybody has a consent
    heads = HeadStore(store)
    versions = heads.versions()
    assert len(versions) <= KEPT
    assert bool(enrolled) <= sum(version.active for version in versions) <= 1
    state = heads.active(NETWORK)
    assert (sorted(state.person_ids.tolist()) if state else []) == enrolled
    samples = SampleStore(store)
    data = samples.training_set(NETWORK)
    assert sorted(data.person_ids) == enrolled
    assert len(data.negatives) == (len(state.negatives) if state else 0)  # a correction came with its head
    assert samples.missing(NETWORK) == []
    for person_id in enrolled:
        assert list(samples.crops(person_id))
    with store.read() as session:
        assert session.scalars(select(Person.id).where(Person.draft)).all() == []
        assert session.scalars(select(Consent.id).where(Consent.begun_by.is_not(None))).all() == []
        kept = session.scalars(select(Embedding.sample_id)).all()
        assert len(kept) == len(session.scalars(select(Sample.id)).all())
    return (versions[0].number if versions else 0, *enrolled)
