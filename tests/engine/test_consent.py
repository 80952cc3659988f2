"""A consent counts when its enrolment is finished; until then it can be taken back without a trace."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.dates import local_today
from engine.deletion import Deletion, tidy
from engine.enrolment import Enrolment
from engine.errors import EnrolmentError
from engine.head_store import HeadStore
from engine.people import ConsentText, People, now
from engine.person_export import export_person
from engine.processes import own_mark
from engine.store import Store
from engine.tables import Consent
from engine.types import IdentityState
from tests.engine.desk import CONSENT, begin, cohort, enrol, everything, look, open_store, recognition, run, take

ROOT = Path(__file__).resolve().parents[2]
SOON = local_today() + timedelta(days=7)
FURTHER = ConsentText("paper with the odd word xylocarp", retain_until=SOON)
ODD = b"xylocarp"
Way = Callable[[Store], Enrolment]
DIES = """
import os, pathlib, signal, sys
from tests.engine import desk, test_consent
store = desk.open_store(pathlib.Path(sys.argv[1]))
getattr(test_consent, sys.argv[2])(store)
os.kill(os.getpid(), signal.SIGKILL)
"""


def adding(store: Store, person_id: int = 1) -> Enrolment:
    """Further pictures of somebody, ready to finish."""
    enrolment = Enrolment(store, recognition())
    enrolment.add_to(person_id, FURTHER)
    take(enrolment, 1, 4)
    return enrolment


def beginning(store: Store) -> Enrolment:
    """Somebody new, ready to finish."""
    return begin(store, "Zelda", 3, consent=FURTHER)


def merging(store: Store) -> Enrolment:
    """Somebody new who turns out to be enrolled."""
    enrolment = beginning(store)
    enrolment.add_to(1, FURTHER)
    return enrolment


WAYS = [adding, beginning, merging]


def agreed(store: Store) -> tuple[str, date]:
    """What Ana agreed to last, and until when."""
    ana = People(store).find("Ana")
    return ana.consent, ana.retain_until


def consents(store: Store) -> int:
    """How many consents are in the store, counting or not."""
    with store.outside_transaction() as connection:
        return int(connection.execute("SELECT count(*) FROM consent").fetchone()[0])


@pytest.mark.parametrize("way", WAYS)
def test_a_cancelled_consent_is_taken_back_without_a_trace(store: Store, way: Way) -> None:
    enrol(store, "Ana", 1)
    before = agreed(store)
    enrolment = way(store)
    assert ODD in everything(store.folder.root)
    assert agreed(store) == before
    enrolment.cancel()
    assert (agreed(store), consents(store)) == (before, 1)
    assert ODD not in everything(store.folder.root)
    assert b"Zelda" not in everything(store.folder.root)
    assert not store.is_to_wipe


@pytest.mark.parametrize("way", [adding, merging])
def test_with_the_pictures_a_further_consent_counts(store: Store, way: Way) -> None:
    enrol(store, "Ana", 1)
    before = People(store).find("Ana").samples
    enrolment = way(store)
    run(enrolment.finish(accept_worse=True))
    enrolment.cancel()
    run(tidy(store, lambda _: cohort()))
    assert agreed(store) == (FURTHER.text, SOON)
    assert consents(store) == 2
    assert People(store).find("Ana").samples > before
    assert [person.name for person in People(store).all()] == ["Ana"]
    assert b"Zelda" not in everything(store.folder.root)


def test_a_broken_off_training_takes_the_consent_back(store: Store) -> None:
    enrol(store, "Ana", 1)
    before = HeadStore(store).versions()
    enrolment = adding(store)
    steps = iter(enrolment.finish())
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    enrolment.cancel()
    assert agreed(store)[0] == CONSENT.text
    assert HeadStore(store).versions() == before
    assert ODD not in everything(store.folder.root)


@pytest.mark.parametrize("way", WAYS)
def test_a_training_is_broken_off_at_its_last_report_or_not_at_all(store: Store, way: Way) -> None:
    enrol(store, "Ana", 1)
    before = (People(store).all(), HeadStore(store).versions())
    enrolment = way(store)
    steps = enrolment.finish(accept_worse=True)
    assert any(step.stage == "save" for step in steps)
    steps.close()  # type: ignore[attr-defined]
    enrolment.cancel()
    assert (People(store).all(), HeadStore(store).versions()) == before
    *_, last = way(store).finish(accept_worse=True)
    assert last.stage == "save"
    assert (People(store).all(), HeadStore(store).versions()) != before


@pytest.mark.parametrize("way", WAYS)
def test_what_a_killed_program_began_is_gone_at_the_next_start(tmp_path: Path, way: Way) -> None:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        enrol(store, "Ana", 1)
        before = agreed(store)
    name = way.__name__
    died = subprocess.run([sys.executable, "-c", DIES, str(folder), name], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    assert ODD in everything(folder)
    with open_store(folder) as store:
        assert agreed(store) == before
        run(tidy(store, lambda _: cohort()))
        assert (agreed(store), consents(store)) == (before, 1)
        assert [trace for trace in (ODD, b"Zelda") if trace in everything(folder)] == []
        assert look(store, 1) == (IdentityState.KNOWN, "Ana")


@pytest.mark.parametrize("way", WAYS)
def test_an_enrolment_under_way_is_left_alone_for_half_a_day(store: Store, way: Way) -> None:
    enrol(store, "Ana", 1)
    enrolment = way(store)
    people = People(store)
    assert people.drop_stale_drafts() == 0
    with store.write() as session:
        session.connection().exec_driver_sql(f"UPDATE consent SET given_at = '{now() - timedelta(days=2)}'")
    assert people.drop_stale_drafts() == 1
    assert store.is_to_wipe
    assert consents(store) == 1
    heads = HeadStore(store).versions()
    with pytest.raises(EnrolmentError, match="meanwhile"):
        run(enrolment.finish(accept_worse=True))
    assert HeadStore(store).versions() == heads
    assert people.find("Ana").samples == 6
    enrolment.cancel()


def test_nobody_can_be_added_to_who_was_deleted(store: Store) -> None:
    ana = enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    enrolment = adding(store)
    run(Deletion(store, lambda _: cohort()).run([ana]))
    with pytest.raises(EnrolmentError, match="deleted meanwhile"):
        run(enrolment.finish(accept_worse=True))
    with pytest.raises(EnrolmentError, match="deleted meanwhile"):
        adding(store)
    assert ODD not in everything(store.folder.root)


def test_two_enrolments_under_way_do_not_both_get_a_name(store: Store) -> None:
    first, second = beginning(store), begin(store, "Zelda", 4)
    run(first.finish(accept_worse=True))
    before = (People(store).all(), HeadStore(store).versions())
    with pytest.raises(EnrolmentError, match="Somebody named Zelda is enrolled already"):
        run(second.finish(accept_worse=True))
    second.cancel()
    assert (People(store).all(), HeadStore(store).versions(), consents(store)) == (*before, 1)
    assert not store.is_to_wipe


def test_a_name_that_somebody_got_meanwhile_is_taken(store: Store) -> None:
    ana = enrol(store, "Ana", 1)
    enrolment = beginning(store)
    People(store).rename(ana, "Zelda")
    with pytest.raises(EnrolmentError, match="Somebody named Zelda is enrolled already"):
        run(enrolment.finish(accept_worse=True))
    People(store).rename(ana, "Ana")
    run(enrolment.finish(accept_worse=True))
    assert [person.name for person in People(store).all()] == ["Ana", "Zelda"]


def test_a_copy_for_the_person_leaves_out_what_does_not_count_yet(store: Store, tmp_path: Path) -> None:
    ana = enrol(store, "Ana", 1)
    enrolment = adding(store)
    facts = json.loads((export_person(store, ana, tmp_path) / "person.json").read_text())
    assert [consent["text"] for consent in facts["consents"]] == [CONSENT.text]
    enrolment.cancel()


@pytest.mark.parametrize("started", ["1", None])
def test_a_process_that_got_the_number_of_a_killed_one_does_not_hide_it(store: Store, started: str | None) -> None:
    enrol(store, "Ana", 1)
    adding(store)
    number, ticks, boot = own_mark().split()
    killed = f"{number} {started} {boot}" if started else f"{number} {ticks} an-earlier-boot"
    with store.write() as session:
        session.execute(update(Consent).where(Consent.begun_by == own_mark()).values(begun_by=killed))
    assert People(store).drop_stale_drafts() == 1
    assert consents(store) == 1


def test_where_the_system_does_not_tell_processes_apart_half_a_day_is_waited(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("engine.processes.PROC", tmp_path)
    enrol(store, "Ana", 1)
    before = agreed(store)
    adding(store)
    assert (agreed(store), consents(store)) == (before, 2)
    assert People(store).drop_stale_drafts() == 0
