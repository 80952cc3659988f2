"""Retention dates are kept every day, also after sleep and after a failure."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue
from engine.paths import DataFolder
from engine.people import People
from engine.settings import Settings
from engine.store import DATABASE, Store
from gui.people_desk import PeopleDesk
from tests.engine.desk import open_store
from tests.engine.zones import in_zone, zone_of_another_day
from tests.gui.test_people_desk import keep_expired


@pytest.fixture
def people(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PeopleDesk]:
    monkeypatch.setattr("gui.people_desk.HOUSE_AFTER_MS", 3_600_000)
    open_store(tmp_path).close()
    made = PeopleDesk(DataFolder(tmp_path), Catalogue.read([tmp_path]), Settings(purpose="try"))
    made.start()
    yield made
    made.stop()


def names(folder: Path) -> list[str]:
    with Store.open(DataFolder(folder)) as store:
        return [person.name for person in People(store).all()]


def rest(qtbot: QtBot, people: PeopleDesk) -> None:
    qtbot.waitUntil(lambda: not people.busy, timeout=30_000)


def test_what_is_due_is_done_at_the_first_hour_of_a_day_and_no_more_on_it(
    qtbot: QtBot, tmp_path: Path, people: PeopleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.keep_house()
    rest(qtbot, people)
    keep_expired(tmp_path, "Zelda")
    hour = people._house._hourly
    assert hour.isActive()
    assert hour.interval() == 3_600_000
    hour.timeout.emit()
    assert not people.busy, "done for today"
    monkeypatch.setattr("gui.house_keeper.local_today", lambda: date(2099, 1, 1))
    hour.timeout.emit()
    rest(qtbot, people)
    assert names(tmp_path) == []


def test_the_day_on_which_house_was_kept_is_the_one_on_the_local_calendar(qtbot: QtBot, people: PeopleDesk) -> None:
    with in_zone(zone_of_another_day()):
        people.keep_house()
        rest(qtbot, people)
        assert people._house._kept_on == date.today()


def test_what_failed_is_tried_again_in_an_hour(
    qtbot: QtBot, tmp_path: Path, people: PeopleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_expired(tmp_path, "Zelda")
    monkeypatch.setattr("engine.store.LOCKED_S", 0.05)
    told: list[object] = []
    people.failed.connect(told.append)
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    people.keep_house()
    rest(qtbot, people)
    other.close()
    assert [str(error) for error in told] == ["The database is in use by another program. Close it, then try again."]
    assert names(tmp_path) == ["Zelda"]
    people._house._hourly.timeout.emit()
    rest(qtbot, people)
    assert names(tmp_path) == []


def test_behind_an_event_it_is_tried_again_too(
    qtbot: QtBot, tmp_path: Path, people: PeopleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_expired(tmp_path, "Zelda")
    people.apply(Settings(purpose="event"))
    monkeypatch.setattr("engine.store.LOCKED_S", 0.05)
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    people.keep_house()
    rest(qtbot, people)
    other.close()
    assert names(tmp_path) == ["Zelda"]
    people._house._hourly.timeout.emit()
    rest(qtbot, people)
    assert names(tmp_path) == []
