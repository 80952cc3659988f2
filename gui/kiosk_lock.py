"""What lies over the window when somebody asks to leave the kiosk: the PIN pad, or how it is left."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.pin import BackOff, pin_matches
from gui.pin_pad import PinPad
from gui.touch import button, named, text_label

GIVE_UP_MS = 30_000


class KioskLock(QFrame):
    """Covers its window; goes away by itself when nobody types.

    Args:
        window: The window to cover.
        clock_s: Monotonic seconds, for the pause after wrong tries.

    Signals:
        opened: The right PIN was given.
    """

    opened = Signal()

    def __init__(self, window: QWidget, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        named(self, "kioskLock", "page")
        self._window = window
        self._kept = ""
        self._clock_s = clock_s
        self._back_off = BackOff()
        self._give_up = QTimer(self)
        self._give_up.setSingleShot(True)
        self._give_up.setInterval(GIVE_UP_MS)
        self._give_up.timeout.connect(self.hide)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._count_down)
        self.pad = PinPad()
        self.pad.entered.connect(self._try)
        self.pad.cancelled.connect(self.hide)
        self._note = self._make_note()
        grid = QGridLayout(self)
        grid.addWidget(self.pad, 1, 1)
        grid.addWidget(self._note, 1, 1)
        for edge in (0, 2):
            grid.setRowStretch(edge, 1)
            grid.setColumnStretch(edge, 1)
        grid.setColumnStretch(1, 8)
        window.installEventFilter(self)
        self.hide()

    def _make_note(self) -> QWidget:
        note = QFrame()
        named(note, "kioskNote", "card").setMaximumWidth(460)
        column = QVBoxLayout(note)
        column.addWidget(text_label(self.tr("This screen is a kiosk"), "subtitle"))
        how = self.tr("To leave it, hold a finger or the mouse for 5 seconds in the top right corner.")
        column.addWidget(text_label(how, name="kioskHow"))
        back = button(self.tr("Back"), "kioskBack", "primary")
        back.clicked.connect(self.hide)
        column.addWidget(back)
        return note

    def ask(self, kept: str) -> None:
        """Asks for the PIN behind the hash `kept`."""
        self._kept = kept
        self._note.hide()
        self.pad.show()
        self._cover()
        self._ask()

    def explain(self) -> None:
        """Says how a kiosk without a PIN is left."""
        self.pad.hide()
        self._note.show()
        self._cover()

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._give_up.start()

    def _ask(self, message: str = "", *, wrong: bool = False) -> None:
        self.pad.ask(self.tr("PIN to leave the kiosk"), message, wrong=wrong)
        self.pad.set_open(True)
        self._count_down()

    def _try(self, digits: str) -> None:
        self._give_up.start()
        if pin_matches(digits, self._kept):
            self._back_off.right()
            self.hide()
            self.opened.emit()
        else:
            self._back_off.wrong(self._clock_s())
            self._ask(self.tr("This is not the PIN."), wrong=True)

    def _count_down(self) -> None:
        """Holds the pad closed until the pause after wrong tries is over."""
        wait_s = self._back_off.wait_s(self._clock_s())
        if wait_s > 0:
            self.pad.set_open(False)
            self.pad.say(self.tr("Wrong PIN. Wait %n second(s).", "", int(wait_s) + 1), wrong=True)
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forgets what was typed."""
        self._give_up.stop()
        self._tick.stop()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Covers the window when it changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)
