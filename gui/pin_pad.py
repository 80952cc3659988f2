"""A numeric pad for the PIN: large keys for a thumb, and the digits of a keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.pin import LONGEST, SHORTEST
from gui.touch import button, named, set_role, text_label

KEY_PX = 52
WIDEST_PX = 420


class PinPad(QWidget):
    """Takes a PIN; shows dots, never digits.

    Signals:
        entered(str): The digits, when OK was tapped.
        cancelled: The user does not want to.
    """

    entered = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pinPad")
        self.setMaximumWidth(WIDEST_PX)
        self.setStyleSheet(f"QPushButton {{ min-height: {KEY_PX}px; font-size: 22px; }}")
        self._digits = ""
        self._all_keys: list[QPushButton] = []
        self._title = text_label(role="subtitle", name="pinTitle")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dots = named(QLabel(), "pinDots", "figure")
        self._dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = text_label(role="hint", name="pinMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMinimumHeight(24)
        self._keys = QWidget()
        layout = QVBoxLayout(self)
        for part in (self._title, self._dots, self._message, self._keys):
            layout.addWidget(part)
        self._build_keys()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_dots()

    def _build_keys(self) -> None:
        grid = QGridLayout(self._keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for digit in range(1, 10):
            grid.addWidget(self._digit_key(str(digit)), (digit - 1) // 3, (digit - 1) % 3)
        self._back = self._key("⌫", "pinBack")
        self._back.setAccessibleName(self.tr("Delete the last digit"))
        self._back.clicked.connect(self._delete)
        self._cancel = self._key(self.tr("Cancel"), "pinCancel", "quiet")
        self._cancel.clicked.connect(self.cancelled)
        self._ok = self._key(self.tr("OK"), "pinOk", "primary")
        self._ok.clicked.connect(self._finish)
        grid.addWidget(self._back, 3, 0)
        grid.addWidget(self._digit_key("0"), 3, 1)
        grid.addWidget(self._ok, 3, 2)
        grid.addWidget(self._cancel, 4, 0, 1, 3)

    def _key(self, text: str, name: str, role: str = "") -> QPushButton:
        key = button(text, name, role)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._all_keys.append(key)
        return key

    def _digit_key(self, digit: str) -> QPushButton:
        key = self._key(digit, f"pin{digit}")
        key.clicked.connect(self._type_key)
        return key

    def _type_key(self) -> None:
        key = self.sender()
        if isinstance(key, QPushButton):
            self._type(key.text())

    def ask(self, title: str, message: str = "", *, wrong: bool = False) -> None:
        """Asks for a PIN from the start.

        Args:
            title: What for.
            message: What else to know.
            wrong: Whether the message says what went wrong.
        """
        self._digits = ""
        self._title.setText(title)
        self.say(message, wrong=wrong)
        self._show_dots()
        self.setFocus()

    def say(self, message: str, *, wrong: bool = False) -> None:
        """Changes the message under the dots."""
        self._message.setText(message)
        set_role(self._message, "error" if wrong else "hint")

    def set_open(self, is_open: bool) -> None:
        """Whether digits can be typed; Cancel always works."""
        for key in self._all_keys:
            key.setEnabled(is_open or key is self._cancel)
        if is_open:
            self._show_dots()

    def _type(self, digit: str) -> None:
        if len(self._digits) < LONGEST:
            self._digits += digit
        self._show_dots()

    def _delete(self) -> None:
        self._digits = self._digits[:-1]
        self._show_dots()

    def _finish(self) -> None:
        if self._ok.isEnabled():
            digits, self._digits = self._digits, ""
            self._show_dots()
            self.entered.emit(digits)

    def _show_dots(self) -> None:
        typed = len(self._digits)
        self._dots.setText(" ".join("●" * typed + "○" * max(0, SHORTEST - typed)))
        self._ok.setEnabled(typed >= SHORTEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Return and Escape of a keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not self._back.isEnabled():
            super().keyPressEvent(event)
        elif event.text().isascii() and event.text().isdigit():
            self._type(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)
