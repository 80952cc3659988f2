"""The frame around the steps of a wizard: heading, where one is, and the buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.enrol_step import Step
from gui.touch import button, text_label

LARGEST = QSize(1280, 900)
LONGER_MS = 200
"""So much longer than a double click may take, a step that is to be read does not let anybody go on."""


class WizardFrame(QWidget):
    """Shows one step at a time. Who inherits says what the buttons do.

    Args:
        steps: The steps in their order.
        fills: Whether it fills its place, as a part of a page; else it is a page of its own, of a size easy to read.
    """

    def __init__(self, steps: Sequence[Step], *, fills: bool = False) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._stack = QStackedWidget()
        self._title = text_label(role="title", name="wizardTitle")
        self._place = text_label(role="hint", name="wizardPlace")
        self._cancel = button("", "wizardCancel")
        self._back = button("", "wizardBack")
        self._next = button("", "wizardNext", "primary")
        self._unread = QTimer(self)
        self._unread.setSingleShot(True)
        for step in self._steps:
            self._stack.addWidget(step)
            step.refreshed.connect(self._refresh)
            step.onward.connect(self._go_on)
        self._cancel.clicked.connect(self.cancel)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self._go_on)
        self._build_frame(fills=fills)

    @property
    def step(self) -> Step:
        """The step on show."""
        step = self._stack.currentWidget()
        assert isinstance(step, Step)
        return step

    @property
    def unread(self) -> bool:
        """Whether the step on show has only just appeared and is to be read first."""
        return self._unread.isActive()

    @property
    def can_leave(self) -> bool:
        """Whether one can cancel or go back."""
        return self._cancel.isEnabled()

    def advance(self) -> None:
        """Goes on, if the step allows it."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Goes to the step before."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Leaves the wizard."""
        raise NotImplementedError

    def show_step(self, step: Step) -> None:
        """Shows a step and gives it the keyboard."""
        self._stack.setCurrentWidget(step)
        self._unread.stop()
        if step.to_be_read:
            self._unread.start(QApplication.doubleClickInterval() + LONGER_MS)
        self.allow_leaving(True)
        self._refresh()
        self.focus_step()

    def allow_leaving(self, allowed: bool) -> None:
        """Lets one cancel and go back, or not, until the next step is shown."""
        self._cancel.setEnabled(allowed)
        self._back.setEnabled(allowed)

    def focus_step(self) -> None:
        """Gives the step on show the keyboard."""
        (self.step.first_focus() or self._next).setFocus()

    def _go_on(self) -> None:
        """Goes on; the button may be in the place of another one that was tapped twice."""
        if not self.unread:
            self.advance()

    def _refresh(self) -> None:
        step = self.step
        self._title.setText(step.title)
        place = self.tr("Step {number} of {steps}")
        self._place.setText(place.format(number=self._steps.index(step) + 1, steps=len(self._steps)))
        texts = {self._cancel: step.cancel_text, self._back: step.back_text, self._next: step.next_text}
        for each, text in texts.items():
            each.setText(text)
            each.setVisible(bool(text))
        self._next.setEnabled(step.ready)

    def _build_frame(self, *, fills: bool) -> None:
        theme.tag(self, "page")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._place, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._cancel)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        self._next.setMinimumWidth(150)
        inside = QWidget()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if not fills:
            inside.setMaximumSize(LARGEST)
            layout.setContentsMargins(12, 8, 12, 10)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; held down, it does not go on from the next step, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._go_on()
        else:
            super().keyPressEvent(event)
