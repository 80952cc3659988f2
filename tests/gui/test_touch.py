"""Parts of a page that is used by thumb."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.enrol_capture import CaptureStep
from gui.enrol_step import Step
from gui.list_report import ListReportStep
from gui.touch import RELEASE_MS, KeyboardOnTap, NameButton, button, share_row, touch_list, touch_scroll
from tests.gui.enrolling import child
from tests.gui.fingers import swipe_up, touch

LONG = "Maria-Fernanda Alejandra Konstantinopolskaya-Wolfeschlegelsteinhausenbergerdorff de la Santísima Tri"
ROW_PX = 420


@pytest.fixture
def rows(qtbot: QtBot) -> QListWidget:
    made = touch_list(QListWidget())
    made.addItems([f"Somebody {number}" for number in range(100)])
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def test_a_list_follows_a_finger_and_chooses_nobody(qtbot: QtBot, rows: QListWidget) -> None:
    chosen: list[str] = []
    rows.itemClicked.connect(lambda item: chosen.append(item.text()))
    swipe_up(qtbot, rows)
    qtbot.waitUntil(lambda: rows.verticalScrollBar().value() > 100)
    assert chosen == []
    assert rows.verticalScrollMode() is QAbstractItemView.ScrollMode.ScrollPerPixel


def test_a_row_of_such_a_list_is_chosen_by_a_tap(qtbot: QtBot, rows: QListWidget) -> None:
    chosen: list[str] = []
    rows.itemClicked.connect(lambda item: chosen.append(item.text()))
    touch(qtbot, rows.viewport(), rows.visualItemRect(rows.item(2)).center())
    qtbot.waitUntil(lambda: chosen == ["Somebody 2"])


@pytest.mark.parametrize(("step", "name"), [(CaptureStep, "refusedFiles"), (ListReportStep, "listReport")])
def test_what_could_not_be_enrolled_follows_a_finger(qtbot: QtBot, step: Callable[[], Step], name: str) -> None:
    made = step()
    qtbot.addWidget(made)
    made.resize(700, 400)
    rows = child(made, QListWidget, name)
    rows.addItems([f"{number}.jpg: blurred" for number in range(100)])
    rows.show()
    made.show()
    swipe_up(qtbot, rows)
    qtbot.waitUntil(lambda: rows.verticalScrollBar().value() > 20)


class Page(QWidget):
    """A page to be scrolled, with a field, its keyboard far below, and something else to go to."""

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self.field, self.keyboard, self.other = QLineEdit(), button("Keys", "keys"), button("Other", "other")
        self.keyboard.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.typing = KeyboardOnTap(self.field, self.keyboard)
        layout = QVBoxLayout(content)
        for widget in (self.field, self.other):
            layout.addWidget(widget)
        layout.addSpacing(900)
        layout.addWidget(self.keyboard)
        self.area = touch_scroll(content)
        QVBoxLayout(self).addWidget(self.area)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.other.setFocus()
    return made


def test_the_keyboard_comes_at_a_tap_on_the_field(qtbot: QtBot, page: Page) -> None:
    page.field.setFocus()
    assert not page.keyboard.isVisible(), "not by a real keyboard's Tab"
    with qtbot.waitSignal(page.typing.toggled) as told:
        QTest.mouseClick(page.field, Qt.MouseButton.LeftButton)
    assert told.args == [True]
    qtbot.waitUntil(lambda: page.keyboard.visibleRegion().boundingRect() == page.keyboard.rect())


def test_the_keyboard_goes_when_the_field_is_left(qtbot: QtBot, page: Page) -> None:
    for leave in (page.other.setFocus, page.field.hide, page.hide, page.typing.hide):
        page.show()
        page.field.show()
        QTest.mouseClick(page.field, Qt.MouseButton.LeftButton)
        page.field.setFocus()
        assert page.typing.shown
        with qtbot.waitSignal(page.typing.toggled) as told:
            leave()
        assert told.args == [False]
        assert page.keyboard.isHidden()


def test_what_is_pressed_does_not_move_before_the_finger_goes_up(qtbot: QtBot, page: Page) -> None:
    QTest.mouseClick(page.field, Qt.MouseButton.LeftButton)
    page.field.setFocus()
    at = page.other.mapTo(page, page.other.rect().center())
    QTest.mousePress(page.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    page.other.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.wait(3 * RELEASE_MS)
    assert page.typing.shown
    QTest.mouseRelease(page.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: not page.typing.shown)


def test_the_keyboard_stays_while_another_window_or_a_menu_is_in_front(qtbot: QtBot, page: Page) -> None:
    QTest.mouseClick(page.field, Qt.MouseButton.LeftButton)
    page.field.setFocus()
    for passing in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        page.other.setFocus(passing)
        assert page.typing.shown
        page.field.setFocus()


@pytest.fixture
def styled(qapp: QApplication) -> None:
    theme.manager().set_choice("light")


def fits(made: NameButton) -> bool:
    """Whether the whole text of a button can be seen in the room that was given to it."""
    return made.sizeHint().width() <= made.width()


@pytest.mark.parametrize(
    ("text", "begins", "ends"), [("Not {name}", "Not Mar", "Tri"), ("{name} değil", "Mar", " değil")]
)
def test_of_too_long_a_name_the_words_around_it_stay(
    qtbot: QtBot, styled: None, text: str, begins: str, ends: str
) -> None:
    made = NameButton(text, LONG, "long")
    qtbot.addWidget(made)
    made.fit(ROW_PX // 2)
    assert made.sizeHint().width() <= ROW_PX // 2
    assert made.text().startswith(begins)
    assert made.text().endswith(ends)
    assert "…" in made.text()
    assert made.accessibleName() == text.format(name=LONG)
    made.fit(5000)
    assert made.text() == text.format(name=LONG)


def test_short_names_leave_their_room_to_the_long_ones(qtbot: QtBot, styled: None) -> None:
    made = [NameButton("It is {name}", name, "") for name in (LONG, "Bo", LONG.lower())]
    for each in made:
        qtbot.addWidget(each)
    share_row(made, 600, 6)
    first, short, last = (each.sizeHint().width() for each in made)
    assert made[1].text() == "It is Bo"
    assert 560 < first + short + last + 12 <= 600
    assert abs(first - last) < 20


def test_a_name_is_written_as_it_is(qtbot: QtBot) -> None:
    made = NameButton("Not {name}", "Tom & Jerry", "both")
    qtbot.addWidget(made)
    assert made.text() == "Not Tom && Jerry", "a single & would be swallowed as a mnemonic"
