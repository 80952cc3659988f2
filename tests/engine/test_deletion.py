"""Who is deleted is gone: from the store, the heads, the files, and from what was said of others."""

import sqlite3
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from engine.corrections import Corrections
from engine.dates import local_today
from engine.deletion import Deletion, DeletionReceipt, tidy
from engine.gallery import identifier_of
from engine.head_store import HeadStore
from engine.people import ConsentText, People
from engine.retraining import Progress, Retraining
from engine.sample_store import NetworkId
from engine.store import DATABASE, Store
from engine.tables import Sample
from engine.types import IdentityState
from engine.unlearnt import has_to_learn
from tests.engine.desk import (
    NETWORK,
    Projection,
    cohort,
    crop_of,
    enrol,
    everything,
    finished,
    look,
    open_store,
    recognition,
    run,
)


def not_me(store: Store, person_id: int, face: int) -> Generator[Progress, None, int]:
    """Says "not me" of a made-up face, whoever it was taken for."""
    embedding = Projection().infer(crop_of(face, 70)).embedding
    return Corrections(store, recognition()).not_me(person_id, embedding, accept_worse=True)


def test_a_person_is_known_after_enrolment_and_unknown_after_deletion(store: Store) -> None:
    assert look(store, 1) == (IdentityState.UNKNOWN, None)
    ana = enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")
    assert look(store, 2) == (IdentityState.KNOWN, "Ben")
    assert look(store, 3) == (IdentityState.UNKNOWN, None)
    deletion = Deletion(store, lambda _: cohort())
    run(deletion.run([ana]))
    assert look(store, 1) == (IdentityState.UNKNOWN, None)
    assert look(store, 2) == (IdentityState.KNOWN, "Ben")
    assert deletion.receipt_ is not None
    assert deletion.receipt_.samples == 6
    assert deletion.receipt_.wiped
    assert "Ana" in deletion.receipt_.as_text()


@pytest.mark.parametrize("with_cohort", [True, False])
def test_nothing_of_a_deleted_person_is_left_in_the_files(
    store: Store, with_cohort: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if with_cohort:
        monkeypatch.setattr("engine.store.VACUUMED_BYTES", 0)  # as in a large database
    for number in range(8):
        enrol(store, f"Somebody {number}", 10 + number, 4)
    gone = enrol(store, "Quetzalcoatl Zyx", 1, 20, ConsentText("paper with the odd word xylocarp"))
    ben = enrol(store, "Ben", 2)
    refused = finished(not_me(store, ben, 1))
    People(store).rename(gone, "Quetzalcoatl Zyxwv")
    with store.outside_transaction() as connection:
        sealed = connection.execute("SELECT crop FROM sample WHERE person_id = ?", (gone,)).fetchall()
        sealed += connection.execute("SELECT state FROM head").fetchall()
        sealed += connection.execute(
            "SELECT vectors FROM embedding JOIN sample ON id = sample_id WHERE person_id = ? OR id = ?", (gone, refused)
        ).fetchall()
    traces = [
        b"Quetzalcoatl",
        b"xylocarp",
        *(piece[start:][:24] for (piece,) in sealed for start in (0, 200, -24)),
    ]
    before = everything(store.folder.root)
    assert all(trace in before for trace in traces)
    run(Deletion(store, lambda _: cohort() if with_cohort else None).run([gone]))
    after = everything(store.folder.root)
    assert [trace for trace in traces if trace in after] == []
    assert look(store, 1) == (IdentityState.UNKNOWN, None)
    assert has_to_learn(store, NETWORK) is not with_cohort


def test_who_is_deleted_takes_along_what_was_said_of_their_face_and_no_strangers(store: Store) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    mine, theirs = finished(not_me(store, ben, 1)), finished(not_me(store, ben, 9))
    known = identifier_of(store, NETWORK).state
    assert len(known.negatives) == 2
    run(Deletion(store, lambda _: cohort()).run([ana]))
    with store.read() as session:
        assert session.get(Sample, mine) is None
        assert session.get(Sample, theirs) is not None
    left = identifier_of(store, NETWORK).state
    assert np.allclose(left.negatives, known.negatives[1:], atol=1e-3)
    assert People(store).find("Ben").refusals == 1


@pytest.mark.parametrize("doubt", ["network gone", "network trained anew", "never seen", "damaged"])
def test_what_cannot_be_compared_goes_with_who_is_deleted(store: Store, doubt: str) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    stranger = finished(not_me(store, ben, 9))
    with store.write() as session:
        connection = session.connection()
        if doubt == "network trained anew":
            connection.exec_driver_sql("UPDATE embedding SET fingerprint = 'before'")
        elif doubt == "never seen":
            connection.exec_driver_sql(f"DELETE FROM embedding WHERE sample_id <> {stranger}")
        elif doubt == "damaged":
            connection.exec_driver_sql(f"UPDATE embedding SET vectors = x'00' WHERE sample_id = {stranger}")
    run(Deletion(store, lambda _: None if doubt == "network gone" else cohort()).run([ana]))
    assert People(store).find("Ben").refusals == 0


def test_a_damaged_record_of_somebody_else_keeps_nobody_here(store: Store) -> None:
    today = local_today()
    ana, ben = (enrol(store, name, n, consent=ConsentText("p", retain_until=today)) for n, name in enumerate("AB", 1))
    enrol(store, "Cem", 3)
    other = type(cohort())(NetworkId("other", "first"), cohort().embeddings)
    run(Retraining(store, other, Projection()).run())
    damage = "UPDATE embedding SET vectors = x'00' WHERE sample_id = (SELECT max(id) FROM sample) AND network = ?"
    with store.write() as session:
        session.connection().exec_driver_sql(damage, (NETWORK.name,))
    deletion = Deletion(store, lambda name: other if name == "other" else cohort())
    run(deletion.run([ana]))
    assert deletion.receipt_ is not None
    assert f"The heads of {NETWORK.name} were deleted" in deletion.receipt_.as_text()
    assert HeadStore(store).versions(NETWORK) == ()
    assert identifier_of(store, other.network).names == ("B", "Cem")
    with store.write() as session:
        session.connection().exec_driver_sql(f"UPDATE consent SET retain_until = '2020-01-01' WHERE person_id = {ben}")
    run(tidy(store, lambda name: other if name == "other" else cohort()))
    assert [person.name for person in People(store).all()] == ["Cem"]


def test_a_deletion_broken_off_deletes_nobody_and_one_that_came_to_its_end_is_not_broken_off(store: Store) -> None:
    ana = enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    stages = [step.stage for step in Deletion(store, lambda _: cohort()).run([99])]
    assert stages[-1] == "save"
    deletion = Deletion(store, lambda _: cohort())
    steps = deletion.run([ana])
    for _ in stages:
        next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert deletion.receipt_ is None
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")


def test_what_a_reader_keeps_from_being_wiped_is_wiped_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.store.LOCKED_S", 0.2)
    store = open_store(tmp_path)
    gone = enrol(store, "Quetzalcoatl", 1)
    enrol(store, "Ben", 2)
    reader = sqlite3.connect(store.folder.root / DATABASE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM person").fetchall()
    deletion = Deletion(store, lambda _: cohort())
    run(deletion.run([gone]))
    assert "next start" in (deletion.receipt_.as_text() if deletion.receipt_ else "")
    pending = [store.is_to_wipe]
    reader.close()
    run(tidy(store, lambda _: cohort()))
    assert [*pending, store.is_to_wipe] == [True, False]
    assert b"Quetzalcoatl" not in everything(store.folder.root)


def test_retention_dates_are_enforced(store: Store) -> None:
    today = local_today()
    enrol(store, "Ana", 1, consent=ConsentText("paper", retain_until=today))
    enrol(store, "Ben", 2)
    assert list(tidy(store, lambda _: cohort())) == []
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE consent SET retain_until = '2020-01-01' WHERE person_id = 1")
    receipts = [step for step in tidy(store, lambda _: cohort()) if isinstance(step, DeletionReceipt)]
    assert [(receipt.names, receipt.reason) for receipt in receipts] == [(("Ana",), "retention")]
    assert [person.name for person in People(store).all()] == ["Ben"]
