"""The list on the page People, with stand-in networks."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QScroller, QToolButton
from pytestqt.qtbot import QtBot

from engine.people import now
from engine.store import Store
from engine.tables import Consent, Person
from gui import theme
from gui.keyboard import TouchKeyboard
from gui.people_desk import PeopleDesk
from gui.people_page import PeoplePage
from tests.gui.enrolling import child
from tests.gui.fingers import swipe_up, touch
from tests.gui.test_people_jobs import people, room, store

__all__ = ["people", "room", "store"]

MANY = 12
TO = date(2099, 1, 1)
ROWS_SEEN = 3


@pytest.fixture
def page(qtbot: QtBot, people: PeopleDesk, store: Store) -> Iterator[PeoplePage]:
    theme.manager().set_choice("light")
    with store.write() as session:
        for number in range(MANY):
            person = Person(name=f"Ana {number:02}", external_id="", created_at=now(), draft=False)
            session.add(person)
            session.flush()
            consent = Consent(
                person_id=person.id, text="c", version="1", language="en", given_at=now(), retain_until=TO
            )
            session.add(consent)
    made = PeoplePage(people)
    qtbot.addWidget(made)
    made.resize(702, 480)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    qtbot.waitUntil(lambda: len(made.names()) == MANY)
    yield made
    made.hide()
    qtbot.waitUntil(lambda: not people.busy)


@pytest.fixture
def rows(page: PeoplePage) -> QListWidget:
    return child(page, QListWidget, "peopleList")


@pytest.fixture
def search(page: PeoplePage) -> QLineEdit:
    return child(page, QLineEdit, "searchPeople")


def said(page: PeoplePage) -> str:
    """What the page says of a list without anybody."""
    label = child(page, QLabel, "nobody")
    return label.text() if label.isVisible() else ""


def keyboard(page: PeoplePage) -> TouchKeyboard:
    found = page._list_side.findChild(TouchKeyboard)
    assert isinstance(found, TouchKeyboard)
    return found


def test_the_list_follows_a_finger_and_opens_nobody(qtbot: QtBot, page: PeoplePage, rows: QListWidget) -> None:
    swipe_up(qtbot, rows)
    qtbot.waitUntil(lambda: rows.verticalScrollBar().value() > 100)
    assert page._list_side.isVisible()
    scroller = QScroller.scroller(rows.viewport())
    qtbot.waitUntil(lambda: scroller.state() is QScroller.State.Inactive)
    touch(qtbot, rows.viewport())
    qtbot.waitUntil(page.person.isVisible)


def test_while_one_types_the_list_has_room(
    qtbot: QtBot, page: PeoplePage, rows: QListWidget, search: QLineEdit
) -> None:
    first = child(page, QPushButton, "enrolSomebody")
    assert first.isVisible()
    touch(qtbot, search)
    qtbot.waitUntil(keyboard(page).isVisible)
    assert not first.isVisible()
    touch(qtbot, keyboard(page).key("a"))
    qtbot.waitUntil(lambda: search.text() == "A")
    assert keyboard(page).isVisible()
    qtbot.waitUntil(lambda: rows.viewport().height() >= ROWS_SEEN * rows.sizeHintForRow(0) - 5)
    touch(qtbot, page._title)
    qtbot.waitUntil(first.isVisible)
    assert not keyboard(page).isVisible()


def test_on_a_large_screen_the_buttons_stay(qtbot: QtBot, page: PeoplePage, search: QLineEdit) -> None:
    page.resize(1800, 1000)
    touch(qtbot, search)
    qtbot.waitUntil(keyboard(page).isVisible)
    assert child(page, QPushButton, "enrolSomebody").isVisible()


def test_a_search_for_nobody_says_so_and_ends_with_the_visit(qtbot: QtBot, page: PeoplePage, search: QLineEdit) -> None:
    assert said(page) == ""
    QTest.mouseClick(search, Qt.MouseButton.LeftButton)
    search.setText("zzz")
    assert page.names() == []
    assert said(page) == "Nobody of that name or ID."
    page.hide()
    page.show()
    assert search.text() == ""
    assert len(page.names()) == MANY
    assert said(page) == ""
    assert not keyboard(page).isVisible()
    assert child(page, QPushButton, "enrolSomebody").isVisible()


def test_the_cross_that_clears_the_search_lies_within_it(page: PeoplePage, search: QLineEdit) -> None:
    search.setText("a")
    (cross,) = (each for each in search.findChildren(QToolButton) if each.isVisible())
    assert search.rect().contains(cross.geometry())
