"""A question before something is done for good, and how far it is then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from gui.touch import button, named, text_label


class QuestionCard(QFrame):
    """Asks, then shows how far the work is. Hidden until it is needed.

    Args:
        name: Under which it and its buttons are found.
        yes: What the button says that does it; nothing where it only shows work.
        no: What the other one says.

    Signals:
        agreed: Do it.
        declined: Don't; it is hidden again.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, name: str, yes: str = "", no: str = "") -> None:
        super().__init__()
        named(self, name, "card")
        self._text = text_label(role="subtitle", name=f"{name}Text")
        self._bar = named(QProgressBar(), f"{name}Progress")
        self._bar.setTextVisible(False)
        self._yes = button(yes, f"{name}Yes", "danger")
        self._no = button(no, f"{name}No")
        self._yes.clicked.connect(self.agreed)
        self._no.clicked.connect(self._decline)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._no)
        row.addWidget(self._yes)
        inside = QVBoxLayout(self)
        inside.addWidget(self._text)
        inside.addWidget(self._bar)
        inside.addLayout(row)
        self.hide()

    def ask(self, question: str) -> None:
        """Asks."""
        self._text.setText(question)
        self._show(working=False)
        self._no.setFocus()

    def work(self, text: str = "") -> None:
        """Shows that it is being done.

        Args:
            text: What is being done; by default the question stays.
        """
        self._text.setText(text or self._text.text())
        self._bar.setRange(0, 0)
        self._show(working=True)

    def set_share(self, share: float) -> None:
        """Shows how much is done, in [0, 1]."""
        self._bar.setRange(0, 100)
        self._bar.setValue(round(100 * share))

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()

    def _show(self, *, working: bool) -> None:
        self._bar.setVisible(working)
        for each in (self._yes, self._no):
            each.setVisible(not working)
        self.show()
