"""A passphrase is typed, once or twice, with the program's own keyboard or a real one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.keyboard import TouchKeyboard
from gui.touch import TARGET_PX, check_box, named, set_role, text_label

LONGEST = 200
TALLEST_PX = 400
"""The keyboard stays near the fields on a large screen."""


class PassphraseFields(QWidget):
    """Hidden fields, what is wrong with them, and the keyboard.

    Args:
        hint: What to know before typing.
        shortest: The fewest characters.
        twice: Whether it is typed twice, as a new one is.

    Signals:
        changed: Something was typed.
        entered: Enter was pressed on a passphrase that can be used.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, hint: str, shortest: int = 1, *, twice: bool = False) -> None:
        super().__init__()
        self._hint = hint
        self._shortest = shortest
        self._keyboard = TouchKeyboard()
        self._fields = [self._field("passphrase", self.tr("Passphrase"))]
        if twice:
            self._fields.append(self._field("passphraseAgain", self.tr("Once more")))
        self._show = check_box(self.tr("Show"), "showPassphrase")
        self._note = text_label(role="hint", name="passphraseNote")
        self._lay_out()
        self.clear()

    @property
    def passphrase(self) -> str:
        """What was typed; empty as long as it cannot be used."""
        text = self._fields[0].text()
        same = all(field.text() == text for field in self._fields)
        return text if same and len(text) >= self._shortest else ""

    @property
    def keyboard(self) -> TouchKeyboard:
        """The keyboard below the fields."""
        return self._keyboard

    def clear(self) -> None:
        """Forgets what was typed, and hides what comes next."""
        for field in self._fields:
            field.clear()
        self._show.setChecked(False)
        self._judge()

    def take_focus(self) -> None:
        """Lets the first field be typed into."""
        self._fields[0].setFocus()

    def _judge(self) -> None:
        texts = [field.text() for field in self._fields]
        differ = len(texts) > 1 and not texts[0].startswith(texts[1])
        self._note.setText(self.tr("The two are not the same.") if differ else self._hint)
        set_role(self._note, "error" if differ else "hint")
        self.changed.emit()

    def _reveal(self, shown: bool) -> None:
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
            field.setInputMethodHints(field.inputMethodHints() | Qt.InputMethodHint.ImhNoAutoUppercase)

    def _enter(self) -> None:
        following = self._fields[-1]
        if self.passphrase:
            self.entered.emit()
        else:
            following.setFocus()

    def _field(self, name: str, title: str) -> QLineEdit:
        field = named(QLineEdit(), name)
        field.setPlaceholderText(title)
        field.setAccessibleName(title)
        field.setMinimumHeight(TARGET_PX)
        field.setMaxLength(LONGEST)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for field in self._fields:
            row.addWidget(field, 1)
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._enter)
        row.addWidget(self._show)
        self._show.toggled.connect(self._reveal)
        self._reveal(False)
        for field in self._fields:
            self._keyboard.attach(field)
        keys = QHBoxLayout()
        keys.addStretch(1)
        keys.addWidget(self._keyboard, 1000)
        keys.addStretch(1)
        self.setMaximumHeight(TALLEST_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._note)
        layout.addStretch(1)
        layout.addLayout(keys)
