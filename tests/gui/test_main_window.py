from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow


class Factory:
    """Makes a page and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> QWidget:
        self.made += 1
        return QLabel("second")


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def window_with_pages(qtbot: QtBot, state_file: Path, second: Factory | None = None) -> MainWindow:
    theme.manager().set_choice("light")
    window = MainWindow(state_file)
    qtbot.addWidget(window)
    window.add_page("live", "Live", "live", QLabel("first"))
    window.add_page("settings", "Settings", "settings", second or Factory())
    window.show_page("live")
    window.show()
    qtbot.waitExposed(window)
    return window


def resize(window: MainWindow, width: int, height: int) -> None:
    window.showNormal()
    window.resize(width, height)
    QApplication.processEvents()


def test_a_page_is_made_at_its_first_visit(qtbot: QtBot, state_file: Path) -> None:
    second = Factory()
    window = window_with_pages(qtbot, state_file, second)
    assert second.made == 0
    for key in ("settings", "live", "settings"):
        window.show_page(key)
    assert second.made == 1


def test_the_rail_leads_to_a_page_and_marks_it(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    QTest.mouseClick(window.rail.button("settings"), Qt.MouseButton.LeftButton)
    assert window.current_page == "settings"
    assert window.rail.button("settings").isChecked()
    assert window.windowTitle() == "Settings – Facedesk"


def test_pages_have_keys(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    with qtbot.waitActive(window):
        window.activateWindow()
    for key, page in ((Qt.Key.Key_2, "settings"), (Qt.Key.Key_1, "live")):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == page


def test_every_button_of_the_rail_is_reached_by_tab(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    with qtbot.waitActive(window):
        window.activateWindow()
    reached = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached.append(focused.accessibleName() if focused is not None else "")
    assert {"Live", "Settings"} <= set(reached)


def test_the_button_of_the_page_on_show_stays_marked_when_tapped_again(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    QTest.mouseClick(window.rail.button("live"), Qt.MouseButton.LeftButton)
    assert window.rail.button("live").isChecked()


def test_targets_on_the_rail_are_large_enough_for_a_thumb(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    for key in ("live", "settings"):
        button = window.rail.button(key)
        assert min(button.width(), button.height()) >= 44
        assert button.accessibleName()


def test_f11_fills_the_screen_and_escape_leaves_it(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_escape_closes_the_banner(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    window.messages.show_note("A note.")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.messages.current is None


def test_place_and_page_are_remembered(qtbot: QtBot, state_file: Path) -> None:
    first = window_with_pages(qtbot, state_file)
    resize(first, 640, 500)
    first.show_page("settings")
    first.close()
    second = MainWindow(state_file)
    qtbot.addWidget(second)
    second.restore_state()
    assert (second.width(), second.height()) == (640, 500)
    assert second.state.value("window/page") == "settings"


def test_closing_is_announced(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    with qtbot.waitSignal(window.closing):
        window.close()


def test_an_upright_screen_has_the_rail_below(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    resize(window, 500, 780)
    assert window.rail.width() > window.rail.height()
    assert window.rail.geometry().bottom() >= window.height() - 2
    resize(window, 780, 500)
    assert window.rail.height() > window.rail.width()


def test_room_for_a_side_panel_is_announced(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    resize(window, 780, 480)
    with qtbot.waitSignal(window.widened) as widened:
        resize(window, 1400, 780)
    assert widened.args == [True]


def test_a_cover_hides_the_pages_until_it_is_lifted(qtbot: QtBot, state_file: Path) -> None:
    window = window_with_pages(qtbot, state_file)
    cover = QLabel("question")
    window.cover(cover)
    assert cover.isVisible()
    assert not window.rail.isVisible()
    window.uncover()
    assert window.rail.isVisible()
