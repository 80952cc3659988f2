"""Who is named while the window runs: what other programs change, networks that are switched, a database in use."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from engine.backup import back_up, restore
from engine.catalogue import Card, Catalogue, network_name
from engine.deletion import Deletion
from engine.enrolment import Enrolment
from engine.gallery import Cohort
from engine.head_store import HeadStore
from engine.people import People
from engine.recognition import Recognition
from engine.sample_store import NetworkId
from engine.settings import Settings
from engine.store import DATABASE, Store
from engine.tables import Consent
from gui.jobs import Job, Steps
from gui.people_desk import PeopleDesk
from gui.person_view import PersonView
from tests.engine.desk import CONSENT, NETWORK, Projection, WholePicture, cohort, enrol, open_store, run, take
from tests.gui.enrolling import child
from tests.gui.test_people_jobs import StandInWorkshop

PASSPHRASE = "correct horse"
OTHER = NetworkId("other", "first")
WAIT_MS = 30_000


class Room(StandInWorkshop):
    """A workshop with as many stand-in networks as are asked for."""

    def recognition(self, key: str) -> Recognition:
        return Recognition(WholePicture(), Projection(), cohort_of(network_name(key)))

    def card(self, key: str) -> Card:
        return cast(Card, network_name(key))


def cohort_of(name: str) -> Cohort:
    return Cohort(NetworkId(name, "first"), cohort().embeddings)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as made:
        yield made


@dataclass
class Running:
    """A desk, and what it said."""

    people: PeopleDesk
    failed: list[object] = field(default_factory=list)
    outdated: list[object] = field(default_factory=list)
    changes: list[None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people.failed.connect(self.failed.append)
        self.people.outdated.connect(self.outdated.append)
        self.people.changed.connect(lambda: self.changes.append(None))

    @property
    def names(self) -> tuple[str, ...] | None:
        return self.people.head.names if self.people.head is not None else None


@pytest.fixture
def running(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr("engine.gallery.network_id", lambda name: NetworkId(name, "first"))
    monkeypatch.setattr("engine.gallery.read_cohort", cohort_of)
    monkeypatch.setattr("gui.head_loader.LOOK_MS", 50)
    monkeypatch.setattr("gui.people_desk.HOUSE_AFTER_MS", 3_600_000)
    catalogue = Catalogue.read([store.folder.root])
    people = PeopleDesk(store.folder, catalogue, Settings(purpose="try"))
    people._room = Room(store.folder, catalogue)
    people.start()
    yield Running(people)
    people.stop()


def wait_for_names(qtbot: QtBot, running: Running, *names: str) -> None:
    def check() -> None:
        assert running.names == names

    qtbot.waitUntil(check, timeout=WAIT_MS)


def wait_for_rest(qtbot: QtBot, running: Running) -> None:
    """Waits until nothing is under way, and what was changed last has been looked at."""
    loader = running.people._heads

    def check() -> None:
        assert not running.people.busy
        assert not loader._restless

    qtbot.waitUntil(check, timeout=WAIT_MS)


def test_whoever_another_program_deletes_is_not_named_any_more(qtbot: QtBot, store: Store, running: Running) -> None:
    ana = enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana", "Ben")
    with open_store(store.folder.root) as other:
        run(Deletion(other, lambda _: cohort()).run([ana]))
    wait_for_names(qtbot, running, "Ben")
    wait_for_rest(qtbot, running)
    assert len(running.changes) == 1, "the pages look again, once"


def test_whoever_another_program_enrols_or_brings_back_is_named(
    qtbot: QtBot, store: Store, running: Running, tmp_path: Path
) -> None:
    enrol(store, "Ana", 1)
    back_up(store, tmp_path / "backup", PASSPHRASE)
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana")
    with open_store(store.folder.root) as other:
        enrol(other, "Ben", 2)
        wait_for_names(qtbot, running, "Ana", "Ben")
        run(restore(other, tmp_path / "backup", PASSPHRASE))
        wait_for_names(qtbot, running, "Ana")


def test_what_the_desk_changed_itself_is_loaded_once(qtbot: QtBot, store: Store, running: Running) -> None:
    ana = enrol(store, "Ana", 1)
    running.people._heads.stop()
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana")
    People(store).rename(ana, "Anna")
    running.people.people_changed()
    wait_for_names(qtbot, running, "Anna")
    loaded: list[object] = []
    running.people.identifier_ready.connect(lambda _, head: loaded.append(head))
    for _ in range(3):
        running.people._heads._look()
        qtbot.waitUntil(lambda: not running.people.busy, timeout=WAIT_MS)
    assert len(running.changes) == 1
    assert loaded == []


def test_what_is_enrolled_elsewhere_one_after_the_other_is_learnt_once_at_the_end(
    qtbot: QtBot, store: Store, running: Running
) -> None:
    enrol(store, "Ana", 1)
    people = running.people
    people._heads.stop()
    people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana")
    for name, person in (("Ben", 2), ("Cem", 3)):
        enrol_with(store, "other", name, person)
        people._heads._look()
        qtbot.waitUntil(lambda: not people.busy, timeout=WAIT_MS)
        assert running.names == ("Ana",)
    people._heads._look()
    wait_for_names(qtbot, running, "Ana", "Ben", "Cem")
    wait_for_rest(qtbot, running)
    assert len(HeadStore(store).versions(NETWORK)) == 2


def enrol_with(store: Store, network: str, name: str, person: int) -> None:
    """Enrols somebody with a network."""
    enrolment = Enrolment(store, Recognition(WholePicture(), Projection(), cohort_of(network)))
    enrolment.begin(name, CONSENT)
    take(enrolment, person)
    run(enrolment.finish(accept_worse=True))


def occupied(people: PeopleDesk, until: threading.Event) -> Job:
    """A long chore."""

    def chore() -> Steps:
        yield None
        until.wait(60)

    return people.submit(chore, "back")


def test_a_head_does_not_wait_for_chores_nor_for_another_networks_training(
    qtbot: QtBot, store: Store, running: Running
) -> None:
    enrol(store, "Ana", 1)
    people, release = running.people, threading.Event()
    occupied(people, release)
    try:
        people.use_network("stand-in:int8")
        wait_for_names(qtbot, running, "Ana")
        people.use_network("other:int8")
        wait_for_names(qtbot, running)
        qtbot.waitUntil(lambda: people.learning, timeout=WAIT_MS)
        people.use_network("stand-in:int8")
        wait_for_names(qtbot, running, "Ana")
    finally:
        release.set()
    wait_for_rest(qtbot, running)
    assert HeadStore(store).versions(OTHER) == (), "nobody uses it"
    people.use_network("other:int8")
    wait_for_names(qtbot, running, "Ana")


def test_somebody_new_is_learnt_although_somebody_went_back(qtbot: QtBot, store: Store, running: Running) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    HeadStore(store).go_back(NETWORK)
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana")
    wait_for_rest(qtbot, running)
    assert running.names == ("Ana",), "somebody wants it so"
    running.people.use_network("other:int8")
    wait_for_names(qtbot, running, "Ana", "Ben")
    enrol_with(store, "other", "Zoe", 3)
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana", "Ben", "Zoe")


def test_the_page_of_somebody_unknown_says_whether_they_are_learnt(
    qtbot: QtBot, store: Store, running: Running
) -> None:
    enrol(store, "Ana", 1)
    ben = enrol(store, "Ben", 2)
    HeadStore(store).go_back(NETWORK)
    people, release = running.people, threading.Event()
    people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ana")
    view = PersonView(people)
    qtbot.addWidget(view)
    view.show()
    view.open(ben)
    verdict = child(view, QLabel, "personVerdict")
    unknown = "Not known to the version in use: choose another one or train anew, at Versions …"
    qtbot.waitUntil(lambda: verdict.text() == unknown, timeout=WAIT_MS)
    occupied(people, release)
    try:
        people.retrain()
        assert verdict.text() == "Not known to the network in use yet: it is being learnt."
    finally:
        release.set()
    qtbot.waitUntil(lambda: verdict.text().startswith("Good"), timeout=WAIT_MS)


def test_whoever_should_not_be_kept_any_more_is_not_named(qtbot: QtBot, store: Store, running: Running) -> None:
    ana = enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    with store.write() as session:
        session.execute(update(Consent).where(Consent.person_id == ana).values(retain_until=date(2020, 1, 1)))
    loaded: list[tuple[str, ...]] = []
    running.people.identifier_ready.connect(lambda _, head: loaded.append(head.names))
    running.people.use_network("stand-in:int8")
    wait_for_names(qtbot, running, "Ben")
    assert loaded == [("Ben",)], "not even before they are deleted"


def test_a_desk_names_people_as_soon_as_the_database_is_free(
    qtbot: QtBot, store: Store, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(store, "Ana", 1)
    store.close()
    monkeypatch.setattr("engine.store.LOCKED_S", 0.05)
    other = sqlite3.connect(store.folder.root / DATABASE, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    running.people.use_network("stand-in:int8")
    qtbot.waitUntil(lambda: len(running.failed) == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: running.people._heads._again, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not running.people._heads._again, timeout=WAIT_MS)  # it tries again
    assert running.names is None
    other.close()
    wait_for_names(qtbot, running, "Ana")
    assert [str(error) for error in running.failed] == [
        "The database is in use by another program. Close it, then try again."
    ], "told once"
    assert running.outdated == running.failed


def test_a_desk_whose_database_was_damaged_names_people_once_it_is_whole(
    qtbot: QtBot, store: Store, running: Running
) -> None:
    enrol(store, "Ana", 1)
    store.close()
    file = store.folder.root / DATABASE
    whole = file.read_bytes()
    file.write_bytes(b"no database at all" + whole[18:])
    running.people.use_network("stand-in:int8")
    qtbot.waitUntil(lambda: len(running.failed) > 0, timeout=WAIT_MS)
    file.write_bytes(whole)
    wait_for_names(qtbot, running, "Ana")
