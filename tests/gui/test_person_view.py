"""One person's page, with stand-in networks: whatever it does, it does to the person it shows."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from engine.people import People
from engine.store import Store
from engine.tables import Consent, Person
from gui.jobs import Steps
from gui.people_desk import PeopleDesk
from gui.people_jobs import detail
from gui.person_view import PersonView
from gui.workshop import Workshop
from tests.engine.desk import enrol
from tests.gui.enrolling import child, tap
from tests.gui.test_people_jobs import people, room, store

__all__ = ["people", "room", "store"]

LATE_UTC = datetime(2030, 6, 30, 23, 30)
WAIT_MS = 20_000

Held = Callable[[int], threading.Event]


@pytest.fixture
def view(qtbot: QtBot, people: PeopleDesk) -> PersonView:
    made = PersonView(people)
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    return made


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Lets the reading of one person wait until it is released."""
    release = threading.Event()

    def hold(person_id: int) -> threading.Event:
        def reading(room: Workshop, wanted: int, key: str, fpir: float) -> Steps:
            if wanted == person_id:
                assert release.wait(10.0)
            return (yield from detail(room, wanted, key, fpir))

        monkeypatch.setattr("gui.person_view.detail", reading)
        return release

    yield hold
    release.set()


def text(view: QWidget, name: str) -> str:
    return child(view, QLabel, name).text()


def wait_for(qtbot: QtBot, view: PersonView, name: str) -> None:
    """Waits until somebody is on show."""
    qtbot.waitUntil(lambda: text(view, "personTitle") == name, timeout=WAIT_MS)


def wait_for_reading(qtbot: QtBot, people: PeopleDesk) -> None:
    """Waits until only the reading that is held back is left."""
    qtbot.waitUntil(lambda: len(people._jobs) == 1, timeout=WAIT_MS)


def asks(view: PersonView) -> bool:
    return child(view, QPushButton, "confirmDeleteYes").isVisible()


def test_a_result_that_comes_late_is_not_taken_for_the_person_tapped_since(
    qtbot: QtBot, store: Store, people: PeopleDesk, view: PersonView, held: Held
) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    release = held(ben)
    view.open(ana)
    view.open(ben)
    wait_for_reading(qtbot, people)
    assert text(view, "personTitle") == ""
    assert view.wall.count == 0
    tap(view, "deletePerson")
    assert not asks(view)
    release.set()
    wait_for(qtbot, view, "Ben")
    tap(view, "deletePerson")
    assert text(view, "confirmDeleteText").startswith("Delete everything kept of Ben?")
    with qtbot.waitSignal(view.receipt_ready, timeout=WAIT_MS) as receipt:
        tap(view, "confirmDeleteYes")
    assert receipt.args[0].names == ("Ben",)
    qtbot.waitUntil(lambda: not people.busy, timeout=WAIT_MS)
    assert People(store).names() == {ana: "Ana"}


def test_whoever_was_on_show_is_not_deleted_nor_exported_once_somebody_else_is_tapped(
    qtbot: QtBot,
    store: Store,
    people: PeopleDesk,
    view: PersonView,
    held: Held,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialogs: list[str] = []

    def choose(_: QWidget, title: str) -> str:
        dialogs.append(title)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    release = held(ben)
    view.open(ana)
    wait_for(qtbot, view, "Ana")
    tap(view, "deletePerson")
    assert asks(view)
    view.open(ben)
    wait_for_reading(qtbot, people)
    assert not asks(view)
    assert (text(view, "personFacts"), text(view, "personConsent"), view.wall.count) == ("", "", 0)
    tap(view, "exportPerson")
    assert dialogs == []
    view.export_to(tmp_path / "early")
    tap(view, "deletePerson")
    assert not asks(view)
    release.set()
    wait_for(qtbot, view, "Ben")
    assert not (tmp_path / "early").exists()
    with qtbot.waitSignal(view.noted, timeout=WAIT_MS):
        view.export_to(tmp_path)
    (folder,) = tmp_path.glob("facedesk-person-*")
    assert json.loads((folder / "person.json").read_text())["person"]["name"] == "Ben"


def test_somebody_gone_does_not_close_the_page_of_whoever_was_tapped_since(
    qtbot: QtBot, store: Store, people: PeopleDesk, view: PersonView, held: Held
) -> None:
    gone, ben = 99, enrol(store, "Ben", 2)
    release = held(ben)
    closed: list[bool] = []
    view.closed.connect(lambda: closed.append(True))
    view.open(gone)
    view.open(ben)
    wait_for_reading(qtbot, people)
    release.set()
    wait_for(qtbot, view, "Ben")
    assert closed == []


def test_the_page_of_somebody_who_is_gone_closes_and_shows_nobody(qtbot: QtBot, store: Store, view: PersonView) -> None:
    ana = enrol(store, "Ana", 1)
    view.open(ana)
    wait_for(qtbot, view, "Ana")
    tap(view, "deletePerson")
    with store.write() as session:
        session.execute(update(Person).where(Person.id == ana).values(draft=True))
    with qtbot.waitSignal(view.closed, timeout=WAIT_MS):
        view.refresh()
    assert not asks(view)
    assert (text(view, "personTitle"), view.wall.count) == ("", 0)


def test_a_question_is_not_answered_for_a_record_that_changed_since(
    qtbot: QtBot, store: Store, view: PersonView
) -> None:
    ana = enrol(store, "Ana", 1)
    view.open(ana)
    wait_for(qtbot, view, "Ana")
    tap(view, "deletePerson")
    view.refresh()
    qtbot.waitUntil(lambda: view._people.busy is False, timeout=WAIT_MS)
    assert asks(view), "the record is the same"
    with store.write() as session:
        session.execute(update(Person).where(Person.id == ana).values(name="Eva"))
    view.refresh()
    wait_for(qtbot, view, "Eva")
    assert not asks(view)


def test_a_reading_from_before_a_deletion_brings_nobody_back(
    qtbot: QtBot, store: Store, people: PeopleDesk, view: PersonView, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(store, "Ana", 1)
    ben = enrol(store, "Ben", 2)
    view.open(ben)
    wait_for(qtbot, view, "Ben")
    release = threading.Event()
    read: list[object] = []

    def slowly(room: Workshop, wanted: int, key: str, fpir: float) -> Steps:
        shown = yield from detail(room, wanted, key, fpir)
        read.append(shown)
        assert release.wait(10.0)
        return shown

    monkeypatch.setattr("gui.person_view.detail", slowly)
    view.refresh()
    qtbot.waitUntil(lambda: len(read) == 1, timeout=WAIT_MS)
    tap(view, "deletePerson")
    with qtbot.waitSignal(view.receipt_ready, timeout=WAIT_MS):
        tap(view, "confirmDeleteYes")
    release.set()
    qtbot.waitUntil(lambda: not people.busy, timeout=WAIT_MS)
    assert (text(view, "personTitle"), view.wall.count) == ("", 0)


def test_days_are_those_of_the_calendar_on_the_wall(
    qtbot: QtBot, store: Store, view: PersonView, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = enrol(store, "Ana", 1)
    with store.write() as session:
        session.execute(update(Person).where(Person.id == ana).values(created_at=LATE_UTC))
        session.execute(update(Consent).where(Consent.person_id == ana).values(given_at=LATE_UTC))
    monkeypatch.setenv("TZ", "Europe/Istanbul")
    time.tzset()
    try:
        view.open(ana)
        wait_for(qtbot, view, "Ana")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "Enrolled on 1 July 2030" in text(view, "personFacts")
    assert text(view, "personConsent").startswith("Agreed on 1 July 2030: ")
