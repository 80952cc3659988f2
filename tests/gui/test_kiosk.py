from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.camera_view import CameraView
from gui.kiosk import KioskGuard
from gui.pin import hash_pin
from tests.gui.panels import find, text_of

PIN = hash_pin("2468")


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Kiosk:
    """A window, its guard, and the PIN in force."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        self.window.setCentralWidget(QWidget())
        self.pin = ""
        self.clock = Clock()
        self.guard = KioskGuard(self.window, lambda: self.pin, clock_s=self.clock)
        self.full_screen_toggled = 0
        QShortcut(QKeySequence(Qt.Key.Key_F11), self.window).activated.connect(self._toggled)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.guard.leave())
        self.guard.enter()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def _toggled(self) -> None:
        self.full_screen_toggled += 1

    @property
    def asks(self) -> bool:
        return find(self.window, QWidget, "kioskLock").isVisible()

    def tap(self, digits: str) -> None:
        for digit in digits:
            find(self.window, QPushButton, f"pin{digit}").click()
        find(self.window, QPushButton, "pinOk").click()

    def close_by_window_manager(self) -> None:
        self.window.windowHandle().close()


@pytest.fixture
def kiosk(qtbot: QtBot) -> Iterator[Kiosk]:
    kiosk = Kiosk(qtbot)
    yield kiosk
    kiosk.guard.leave()


def corner(kiosk: Kiosk) -> QPoint:
    return QPoint(kiosk.window.width() - 20, 20)


def test_it_fills_the_screen(kiosk: Kiosk) -> None:
    assert kiosk.window.isFullScreen()


def test_closing_the_window_asks_for_the_pin(kiosk: Kiosk) -> None:
    kiosk.pin = PIN
    kiosk.close_by_window_manager()
    assert kiosk.window.isVisible()
    assert kiosk.asks
    assert text_of(kiosk.window, "pinTitle") == "PIN to leave the kiosk"


def test_the_end_of_the_process_is_not_held_up(kiosk: Kiosk) -> None:
    kiosk.pin = PIN
    assert not kiosk.window.close()
    kiosk.guard.let_go()
    assert kiosk.window.close()
    assert not kiosk.window.isVisible()


def test_the_right_pin_leaves(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.pin = PIN
    QTest.keyClick(kiosk.window, Qt.Key.Key_Escape)
    with qtbot.waitSignal(kiosk.guard.left):
        kiosk.tap("2468")
    assert not kiosk.window.isFullScreen()
    assert not kiosk.asks
    kiosk.close_by_window_manager()
    assert not kiosk.window.isVisible()


def test_a_wrong_pin_stays_and_says_so(kiosk: Kiosk) -> None:
    kiosk.pin = PIN
    kiosk.guard.ask_to_leave()
    kiosk.tap("1357")
    assert kiosk.window.isFullScreen()
    assert text_of(kiosk.window, "pinMessage") == "This is not the PIN."


def test_wrong_pins_make_it_wait_even_when_asked_anew(kiosk: Kiosk) -> None:
    kiosk.pin = PIN
    kiosk.guard.ask_to_leave()
    for _ in range(3):
        kiosk.tap("1357")
    assert text_of(kiosk.window, "pinMessage") == "Wrong PIN. Wait 6 seconds."
    find(kiosk.window, QPushButton, "pinCancel").click()
    assert not kiosk.asks
    kiosk.guard.ask_to_leave()
    assert not find(kiosk.window, QPushButton, "pin1").isEnabled()
    kiosk.clock.now_s += 6.0
    kiosk.guard.ask_to_leave()
    kiosk.tap("2468")
    assert not kiosk.window.isFullScreen()


def test_f11_does_not_leave(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.pin = PIN
    QTest.keyClick(kiosk.window, Qt.Key.Key_F11)
    assert kiosk.full_screen_toggled == 0
    assert kiosk.window.isFullScreen()
    assert kiosk.asks


def test_without_a_pin_closing_says_how_to_leave(kiosk: Kiosk) -> None:
    kiosk.close_by_window_manager()
    assert kiosk.window.isVisible()
    assert "hold a finger or the mouse for 5 seconds" in text_of(kiosk.window, "kioskHow")
    find(kiosk.window, QPushButton, "kioskBack").click()
    assert not kiosk.asks


def test_without_a_pin_a_long_press_in_the_corner_leaves(kiosk: Kiosk, qtbot: QtBot) -> None:
    assert kiosk.guard._press.interval() == 5000
    kiosk.guard._press.setInterval(60)
    with qtbot.waitSignal(kiosk.guard.left, timeout=1000):
        QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, pos=corner(kiosk))
    QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, pos=corner(kiosk))


def test_a_short_press_or_one_elsewhere_does_not_leave(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.guard._press.setInterval(60)
    with qtbot.assertNotEmitted(kiosk.guard.left, wait=120):
        QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, pos=corner(kiosk))
        QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, pos=corner(kiosk))
        QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseRelease(kiosk.window, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_with_a_pin_a_long_press_asks_for_it(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.pin = PIN
    kiosk.guard._press.setInterval(60)
    QTest.mousePress(kiosk.window, Qt.MouseButton.LeftButton, pos=corner(kiosk))
    qtbot.waitUntil(lambda: kiosk.asks, timeout=1000)
    assert kiosk.window.isFullScreen()


class Fingers:
    """Fingers on the live picture, which fills the kiosk's window and takes them itself."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._window = kiosk.window
        self._window.setCentralWidget(CameraView())
        self._device = QTest.createTouchDevice()

    def press(self, at: QPoint, finger: int = 0) -> None:
        QTest.touchEvent(self._window, self._device).press(finger, at, self._window).commit()

    def press_beside_a_resting_one(self, at: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).stationary(0).press(1, at, self._window).commit()

    def move(self, at: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).move(0, at, self._window).commit()

    def lift(self, at: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).release(0, at, self._window).commit()

    def cancel(self) -> None:
        event = QTouchEvent(QEvent.Type.TouchCancel, self._device)
        QApplication.sendEvent(self._window.windowHandle(), event)


@pytest.fixture
def fingers(kiosk: Kiosk) -> Fingers:
    kiosk.guard._press.setInterval(60)
    return Fingers(kiosk)


@pytest.mark.parametrize("shift_px", [0, 20])
def test_a_finger_held_on_the_picture_in_the_corner_leaves(
    kiosk: Kiosk, fingers: Fingers, qtbot: QtBot, shift_px: int
) -> None:
    with qtbot.waitSignal(kiosk.guard.left, timeout=1000):
        fingers.press(corner(kiosk))
        fingers.move(corner(kiosk) + QPoint(0, shift_px))


def test_a_finger_held_in_the_corner_leaves_although_another_rests_elsewhere(
    kiosk: Kiosk, fingers: Fingers, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kiosk.guard.left, timeout=1000):
        fingers.press(QPoint(20, 20))
        fingers.press_beside_a_resting_one(corner(kiosk))


@pytest.mark.parametrize("end", ["lifted", "moved away", "cancelled", "elsewhere"])
def test_a_finger_that_does_not_stay_in_the_corner_does_not_leave(
    kiosk: Kiosk, fingers: Fingers, qtbot: QtBot, end: str
) -> None:
    far = QPoint(20, 20)
    with qtbot.assertNotEmitted(kiosk.guard.left, wait=120):
        fingers.press(far if end == "elsewhere" else corner(kiosk))
        assert kiosk.guard._press.isActive() == (end != "elsewhere")
        if end == "lifted":
            fingers.lift(corner(kiosk))
        elif end == "moved away":
            fingers.move(far)
        elif end == "cancelled":
            fingers.cancel()


def test_the_idle_cursor_is_hidden_and_comes_back(kiosk: Kiosk, qtbot: QtBot) -> None:
    assert kiosk.guard._idle.interval() == 3000
    kiosk.guard._idle.setInterval(50)
    kiosk.guard._idle.start()
    qtbot.waitUntil(lambda: kiosk.guard.cursor_hidden, timeout=1000)
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.shape() == Qt.CursorShape.BlankCursor
    kiosk.guard._idle.setInterval(3000)
    QTest.mouseMove(kiosk.window, QPoint(200, 200))
    qtbot.waitUntil(lambda: not kiosk.guard.cursor_hidden, timeout=1000)
    assert QGuiApplication.overrideCursor() is None


def test_leaving_gives_the_cursor_back(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.guard._hide_cursor()
    kiosk.guard.leave()
    assert QGuiApplication.overrideCursor() is None


def test_typing_into_a_field_is_left_alone(kiosk: Kiosk, qtbot: QtBot) -> None:
    field = QLineEdit(kiosk.window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "Ada")
    assert field.text() == "Ada"
    assert not kiosk.asks
