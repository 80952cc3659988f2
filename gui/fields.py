"""The rows of a settings page: a label, a control, a hint, and what is wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.touch import TARGET_PX, named, text_label


class Choice(QComboBox):
    """One of several values; changed by the user's hand alone, not by a wheel that scrolls past.

    Signals:
        chosen(object): The value that the user picked.
    """

    chosen = Signal(object)

    def __init__(self, name: str, values: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        named(self, name)
        self.setMinimumHeight(TARGET_PX)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_values(values)
        self.activated.connect(self._tell)

    def set_values(self, values: Sequence[tuple[object, str]]) -> None:
        """Replaces what can be picked; the picked value stays when it is still there."""
        kept = self.value()
        self.clear()
        for value, text in values:
            self.addItem(text, value)
        self.select(kept)

    def value(self) -> object:
        """The value that is picked; None without one."""
        return self.currentData()

    def select(self, value: object) -> None:
        """Shows a value without telling anybody."""
        self.setCurrentIndex(self.findData(value))

    def _tell(self) -> None:
        self.chosen.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page."""
        event.ignore()


class Field(QWidget):
    """A label, a control, a hint below, and a sentence on what is wrong with it.

    Args:
        title: What is set here.
        control: The widget that sets it.
        hint: What it means.
        below: What needs the whole width, as a keyboard does.
    """

    def __init__(self, title: str, control: QWidget, hint: str = "", below: QWidget | None = None) -> None:
        super().__init__()
        named(self, f"field_{control.objectName()}")
        control.setAccessibleName(title)
        self._hint = text_label(hint, "hint")
        self._hint.setVisible(bool(hint))
        self._error = text_label(role="error", name="fieldError")
        self._error.hide()
        row = QHBoxLayout()
        row.addWidget(text_label(title), 2)
        row.addWidget(control, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(2)
        layout.addLayout(row)
        if below is not None:
            layout.addWidget(below)
        layout.addWidget(self._hint)
        layout.addWidget(self._error)

    def set_hint(self, hint: str) -> None:
        """Says what the setting means now."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def set_error(self, sentence: str) -> None:
        """Says what is wrong; nothing when it is empty."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))


def section(title: str, fields: Sequence[QWidget], spacing_px: int = 6) -> QFrame:
    """A card with a heading over some fields or texts."""
    frame = named(QFrame(), role="card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.setSpacing(spacing_px)
    layout.addWidget(text_label(title, "subtitle"))
    for field in fields:
        layout.addWidget(field)
    return frame
