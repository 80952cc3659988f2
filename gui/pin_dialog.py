"""Set or change the kiosk's PIN: the old one first, then the new one twice."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from gui.pin import BackOff, hash_pin, pin_matches
from gui.pin_pad import PinPad


class PinDialog(QDialog):
    """Asks for the PIN that is kept, then for a new one, twice.

    Args:
        kept: Hash of the PIN in force, or empty.
        remove: Whether the PIN is to be removed: only the old one is asked for.
        clock_s: Monotonic seconds.

    Attributes:
        kept: Once accepted: the hash to keep; empty when the PIN was removed.
    """

    def __init__(
        self,
        kept: str,
        parent: QWidget | None = None,
        *,
        remove: bool = False,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pinDialog")
        self.setWindowTitle(self.tr("Kiosk PIN"))
        self.kept = kept
        self._remove = remove
        self._clock_s = clock_s
        self._proven = not kept
        self._first = ""
        self._back_off = BackOff()
        self.pad = PinPad()
        self.pad.entered.connect(self._take)
        self.pad.cancelled.connect(self.reject)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.pad, 10)
        layout.addStretch(1)
        self._ask()

    def _ask(self, message: str = "", *, wrong: bool = False) -> None:
        if not self._proven:
            title = self.tr("The PIN in force")
        elif not self._first:
            title, message = self.tr("New PIN"), message or self.tr("4 to 8 digits")
        else:
            title = self.tr("New PIN, once more")
        self.pad.ask(title, message, wrong=wrong)

    def _take(self, digits: str) -> None:
        if not self._proven:
            self._prove(digits)
        elif not self._first:
            self._first = digits
            self._ask()
        elif digits == self._first:
            self.kept = hash_pin(digits)
            self.accept()
        else:
            self._first = ""
            self._ask(self.tr("The two are not the same."), wrong=True)

    def _prove(self, digits: str) -> None:
        if not pin_matches(digits, self.kept):
            self._back_off.wrong(self._clock_s())
            self._ask(self.tr("This is not the PIN."), wrong=True)
            self._hold_back()
            return
        self._proven = True
        if self._remove:
            self.kept = ""
            self.accept()
        else:
            self._ask()

    def _hold_back(self) -> None:
        wait_s = self._back_off.wait_s(self._clock_s())
        if wait_s > 0:
            self.pad.set_open(False)
            self.pad.say(self.tr("Wait %n second(s).", "", round(wait_s)), wrong=True)
            QTimer.singleShot(round(wait_s * 1000), self, self._open_again)

    def _open_again(self) -> None:
        self.pad.set_open(True)
        self._ask()
