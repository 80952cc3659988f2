"""What every step of the enrolment has in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.touch import named


class Step(QWidget):
    """One step.

    Args:
        name: Under which it is found.
        title: Its heading.

    Attributes:
        next_text: What the button onward says; empty hides it.
        back_text: What the button backward says; empty hides it.
        cancel_text: What the button that leaves the enrolment says; empty hides it.
        ready: Whether the button onward can be used.
        to_be_read: Whether it must not be passed by the second of two quick taps.

    Signals:
        refreshed: Texts or `ready` changed.
        onward: The step is done, as if the button onward had been used.
    """

    refreshed = Signal()
    onward = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        named(self, name)
        self.title = title
        self.next_text = self.tr("Next")
        self.back_text = self.tr("Back")
        self.cancel_text = self.tr("Cancel")
        self.ready = True
        self.to_be_read = False

    def set_ready(self, ready: bool) -> None:
        """Allows or forbids to go on."""
        if ready != self.ready:
            self.ready = ready
            self.refreshed.emit()

    def first_focus(self) -> QWidget | None:
        """Who gets the keyboard when the step is shown; None for the button onward."""
        return None
