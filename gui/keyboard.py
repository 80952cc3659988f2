"""A keyboard inside the window: a kiosk's full screen hides the system's own."""

from enum import Enum

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui import theme
from gui.keyboard_layouts import ACCENTS, BACKSPACE, LANGUAGE, LAYER, LAYOUTS, SHIFT, SIGNS, SPACE, layout_of
from gui.touch import clear, named

KEY_PX = 46
GAP_PX = 4
HOLD_MS = 420
OFFER_MS = 5000
REPEAT_MS = 70
WIDEST_PX = 980


class Shift(Enum):
    """Whether the next letter is a capital."""

    OFF = 0
    ONCE = 1
    LOCKED = 2


class Key(QPushButton):
    """One key; takes no focus, so that the field keeps its cursor.

    Args:
        action: What it does: a letter, or one of the names of keyboard_layouts.
        width: Its width in parts of a letter key's.
    """

    def __init__(self, action: str, width: int = 2) -> None:
        super().__init__()
        named(self, f"key_{action}", "key")
        self.action = action
        self.part = width
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(QSize(22, KEY_PX))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(64)


class TouchKeyboard(QWidget):
    """Types into the field that was attached and focused last. Holding a letter offers its accents above it.

    Args:
        language: Which letters to begin with; by default those of the interface.
    """

    def __init__(self, language: str = "") -> None:
        super().__init__()
        named(self, "keyboard")
        self._layout = layout_of(language or QLocale().name()[:2])
        self._signs = False
        self._shift = Shift.OFF
        self._target: QLineEdit | None = None
        self._keys: dict[str, Key] = {}
        self._held: Key | None = None
        self._accents: _Accents | None = None
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._held_long)
        self._repeat = QTimer(self)
        self._repeat.setInterval(REPEAT_MS)
        self._repeat.timeout.connect(self._delete_one)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP_PX)
        self.setMaximumWidth(WIDEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Keyboard"))
        self._lay_keys()
        theme.manager().changed.connect(self._dress)

    def attach(self, field: QLineEdit) -> None:
        """Types into a field whenever it has the focus."""
        field.installEventFilter(self)
        field.textChanged.connect(self._capitalise)
        field.cursorPositionChanged.connect(self._capitalise)
        if self._target is None:
            self._target = field
            self._capitalise()

    @property
    def language(self) -> str:
        """Code of the language whose letters are shown."""
        return self._layout.code

    def key(self, action: str) -> Key:
        """The key of a letter (as it is without shift) or an action.

        Raises:
            KeyError: There is none on this layer.
        """
        return self._keys[action]

    def _lay_keys(self) -> None:
        self._clear()
        first, second, third = SIGNS if self._signs else self._layout.rows
        widest = max(2 * len(first), 2 * len(second) + 1, 2 * len(third) + 6)
        for letters in (first, second):
            self._add_row([Key(letter) for letter in letters], widest)
        ends = ([] if self._signs else [Key(SHIFT, 3)], [Key(BACKSPACE, 3)])
        self._add_row([*ends[0], *(Key(letter) for letter in third), *ends[1]], widest)
        bottom = [Key(LAYER, 4), Key(LANGUAGE, 3), Key("-", 2), Key(SPACE, 10), Key("'", 2), Key(".", 2)]
        self._add_row(bottom, sum(key.part for key in bottom))
        self._dress()

    def _clear(self) -> None:
        self._keys.clear()
        clear(self._rows)

    def _add_row(self, keys: list[Key], widest: int) -> None:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        spare = widest - sum(key.part for key in keys)
        layout.addStretch(spare)
        for key in keys:
            self._keys[key.action] = key
            layout.addWidget(key, 2 * key.part)
            key.pressed.connect(self._pressed)
            key.released.connect(self._released)
        layout.addStretch(spare)
        self._rows.addWidget(row)

    def _dress(self) -> None:
        """Writes on the keys what they type now."""
        for key in self._keys.values():
            if key.action in (SHIFT, BACKSPACE):
                key.setIcon(theme.manager().icon(key.action, "accent" if self._is_on(key) else "text"))
            key.setProperty("on", self._is_on(key))
            theme.repolish(key)
            key.setText(self._face(key.action))
            key.setAccessibleName(self._name(key.action) or key.text())

    def _is_on(self, key: Key) -> bool:
        return key.action == SHIFT and self._shift is not Shift.OFF

    def _face(self, action: str) -> str:
        following = LAYOUTS[(LAYOUTS.index(self._layout) + 1) % len(LAYOUTS)]
        faces = {
            SHIFT: "A" if self._shift is Shift.LOCKED else "",
            BACKSPACE: "",
            LAYER: self._layout.upper("abc") if self._signs else "123",
            LANGUAGE: following.short,
            SPACE: self.tr("Space"),
        }
        return faces[action] if action in faces else self._cased(action).replace("&", "&&")

    def _name(self, action: str) -> str:
        names = {
            SHIFT: self.tr("Capital letters"),
            BACKSPACE: self.tr("Delete backwards"),
            LANGUAGE: self.tr("Letters of another language"),
            LAYER: self.tr("Digits and signs"),
        }
        return names.get(action, "")

    def _cased(self, letter: str) -> str:
        return letter if self._shift is Shift.OFF else self._layout.upper(letter)

    def _pressed(self) -> None:
        key = self.sender()
        self._close_accents()
        if isinstance(key, Key):
            self._held = key
            self._hold.start()

    def _released(self) -> None:
        key, self._held = self._held, None
        was_waiting = self._hold.isActive()
        self._hold.stop()
        if self._repeat.isActive():
            self._repeat.stop()
        elif key is not None and was_waiting:
            self._do(key.action)

    def _held_long(self) -> None:
        key = self._held
        if key is None:
            return
        if key.action == BACKSPACE:
            self._delete_one()
            self._repeat.start()
        elif key.action == SHIFT:
            self._set_shift(Shift.LOCKED)
        elif key.action in ACCENTS:
            self._offer_accents(key)
        else:
            self._held = None
            self._do(key.action)

    def _do(self, action: str) -> None:
        if action == SHIFT:
            self._set_shift(Shift.ONCE if self._shift is Shift.OFF else Shift.OFF)
        elif action == BACKSPACE:
            self._delete_one()
        elif action == LAYER:
            self._signs = not self._signs
            self._lay_keys()
        elif action == LANGUAGE:
            self._layout = LAYOUTS[(LAYOUTS.index(self._layout) + 1) % len(LAYOUTS)]
            self._signs = False
            self._lay_keys()
        else:
            self._type(" " if action == SPACE else self._cased(action))

    def _set_shift(self, shift: Shift) -> None:
        if shift is not self._shift:
            self._shift = shift
            self._dress()

    def _type(self, text: str) -> None:
        if self._target is not None:
            self._target.insert(text)
            self._target.setFocus()

    def _delete_one(self) -> None:
        if self._target is not None:
            self._target.backspace()

    def _capitalise(self) -> None:
        """A name begins with a capital, and so does each of its words; not in a field that forbids it."""
        if self._shift is Shift.LOCKED or self._target is None or self._signs:
            return
        if self._target.inputMethodHints() & Qt.InputMethodHint.ImhNoAutoUppercase:
            self._set_shift(Shift.OFF)
            return
        before = self._target.text()[: self._target.cursorPosition()]
        self._set_shift(Shift.ONCE if not before or before[-1] in " -" else Shift.OFF)

    def _offer_accents(self, key: Key) -> None:
        self._held = None
        key.setDown(False)
        letters = [self._cased(letter) for letter in ACCENTS[key.action]]
        self._accents = _Accents(letters, self.window())
        self._accents.show_over(key)
        for choice in self._accents.keys:
            choice.clicked.connect(self._choose_accent)

    def _choose_accent(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self._close_accents()
            self._type(key.action)

    def _close_accents(self) -> None:
        if self._accents is not None and isValid(self._accents):
            self._accents.hide()
            self._accents.deleteLater()
        self._accents = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the focus from field to field."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._target = watched
            self._capitalise()
        return super().eventFilter(watched, event)


class _Accents(QFrame):
    """A row of letters over a key. Not a window of its own, which a kiosk's compositor could put anywhere."""

    def __init__(self, letters: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "accents", "notice")
        QTimer.singleShot(OFFER_MS, self, self.deleteLater)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(GAP_PX)
        self.keys = [Key(letter) for letter in letters]
        for key in self.keys:
            key.setText(key.action)
            key.setFixedSize(48, KEY_PX + 2)
            layout.addWidget(key)

    def show_over(self, key: Key) -> None:
        """Appears over a key, within the window."""
        self.adjustSize()
        window = key.window()
        at = key.mapTo(window, QPoint((key.width() - self.width()) // 2, -self.height() - GAP_PX))
        self.move(max(0, min(at.x(), window.width() - self.width())), max(0, at.y()))
        self.show()
        self.raise_()
