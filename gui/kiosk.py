"""The kiosk: full screen, no idle cursor, and left by a PIN or a long press alone."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QEventPoint, QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.kiosk_lock import KioskLock

IDLE_MS = 3000
PRESS_MS = 5000
CORNER_PX = 96

_ACTIVE = (
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
)
_LEAVE_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_F11)


class KioskGuard(QObject):
    """Keeps a window in full screen until somebody who may ends it.

    Escape, F11, closing the window and a finger held in the top right corner all ask to leave: with a PIN the pad
    appears; without one only the held finger (or mouse) leaves. Qt does not tell a close by the window manager from
    one by the program: whoever ends the program (a signal, say) calls `let_go` first.

    Args:
        window: The window to guard.
        pin: Says the hash of the PIN in force; empty without one.
        clock_s: Monotonic seconds.

    Signals:
        left: The kiosk was left; the window is an ordinary one again.
    """

    left = Signal()

    def __init__(
        self, window: QWidget, pin: Callable[[], str], *, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pin = pin
        self._lock = KioskLock(window, clock_s)
        self._lock.opened.connect(self.leave)
        self._idle = self._timer(IDLE_MS, self._hide_cursor)
        self._press = self._timer(PRESS_MS, self._held)
        self.active = False
        self._hidden = False

    def _timer(self, after_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)
        return timer

    def enter(self) -> None:
        """Goes to full screen and stays there."""
        if self.active:
            return
        self.active = True
        QGuiApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._window.showFullScreen()
        self._idle.start()

    def let_go(self) -> None:
        """Stops guarding: the window may be closed."""
        if not self.active:
            return
        self.active = False
        QGuiApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._idle.stop()
        self._press.stop()
        self._show_cursor()
        self._lock.hide()

    def leave(self) -> None:
        """Makes the window an ordinary one again."""
        if self.active:
            self.let_go()
            self._window.showNormal()
            self.left.emit()

    def ask_to_leave(self) -> None:
        """Shows the PIN pad; without a PIN, says how to leave."""
        self._show_cursor()
        if self._pin():
            self._lock.ask(self._pin())
        else:
            self._lock.explain()

    def _held(self) -> None:
        if self._pin():
            self.ask_to_leave()
        else:
            self.leave()

    def _hide_cursor(self) -> None:
        if not self._hidden and not self._lock.isVisible():
            self._hidden = True
            QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show_cursor(self) -> None:
        if self._hidden:
            self._hidden = False
            QApplication.restoreOverrideCursor()

    @property
    def cursor_hidden(self) -> bool:
        """Whether the cursor is hidden, as nothing has moved for a while."""
        return self._hidden

    def _in_corner(self, on_screen: QPointF) -> bool:
        at = self._window.mapFromGlobal(on_screen.toPoint())
        return self._window.width() - CORNER_PX <= at.x() <= self._window.width() and 0 <= at.y() <= CORNER_PX

    def _watch_press(self, event: QMouseEvent) -> None:
        held = event.type() != QEvent.Type.MouseButtonRelease and self._in_corner(event.globalPosition())
        self._follow_press(held=held, begins=event.type() == QEvent.Type.MouseButtonPress)

    def _watch_fingers(self, event: QTouchEvent) -> None:
        """Follows fingers on what takes them itself, as the live picture does: Qt makes no mouse of those."""
        down = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        held = [point for point in down if self._in_corner(point.globalPosition())]
        begins = any(point.state() == QEventPoint.State.Pressed for point in held)
        self._follow_press(held=bool(held) and event.type() != QEvent.Type.TouchCancel, begins=begins)

    def _follow_press(self, *, held: bool, begins: bool) -> None:
        if not held:
            self._press.stop()
        elif begins and not self._press.isActive():
            self._press.start()

    def _asks_to_leave(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            return False
        if event.type() == QEvent.Type.Close:
            return True
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LEAVE_KEYS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches the whole application while the kiosk is on."""
        if event.type() in _ACTIVE:
            self._show_cursor()
            self._idle.start()
        if isinstance(event, QMouseEvent):
            self._watch_press(event)
        elif isinstance(event, QTouchEvent) and watched.isWindowType():  # widgets get some of the fingers each
            self._watch_fingers(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _LEAVE_KEYS:
            # Taken here, the key comes as an ordinary one instead of firing the window's own shortcut.
            event.accept()
            return True
        if self._asks_to_leave(watched, event):
            event.ignore()
            self.ask_to_leave()
            return True
        return super().eventFilter(watched, event)
