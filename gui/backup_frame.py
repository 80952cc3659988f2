"""What backing up and restoring look like: the file, the passphrase, a question, and how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import UserError
from gui.jobs import Job
from gui.passphrase import PassphraseFields
from gui.people_desk import PeopleDesk
from gui.question_card import QuestionCard
from gui.touch import button, named, text_label


class BackupFrame(QWidget):
    """A file and a passphrase. Who inherits says what is done with them.

    Args:
        name: Under which it is found.
        people: Does the work in the background.
        texts: The heading, and what the buttons say that choose the file and begin.
        fields: Where the passphrase is typed.
        card: Asks before, and shows how far it is.

    Signals:
        opened: A file was chosen; the passphrase is waited for.
        closed: Back to the list.
        noted: Something worth knowing.
        outdated: The error of the try before, which is not true any more.
    """

    opened = Signal()
    closed = Signal()
    noted = Signal(str)
    outdated = Signal(object)

    def __init__(
        self, name: str, people: PeopleDesk, texts: tuple[str, str, str], fields: PassphraseFields, card: QuestionCard
    ) -> None:
        super().__init__()
        named(self, name)
        title, choose, begin = texts
        self.people = people
        self.path = Path()
        self.fields = fields
        self.card = card
        self._job: Job | None = None
        self._error: UserError | None = None
        self._title = text_label(title, "title")
        self._place = text_label(role="hint", name=f"{name}File")
        self._choose = button(choose, f"{name}Choose")
        self._back = button(self.tr("Back"), f"{name}Back")
        self._begin = button(begin, f"{name}Begin", "primary")
        self._lay_out()

    @property
    def pending(self) -> bool:
        """Whether it is being done."""
        return self._job is not None

    def open_new(self) -> None:
        """Begins anew with a file of its own choice, or asks for one."""
        raise NotImplementedError

    def choose(self) -> None:
        """Asks for another file."""
        raise NotImplementedError

    def begin(self) -> None:
        """Does it, or asks first."""
        raise NotImplementedError

    def open(self, path: Path) -> None:
        """Begins anew with a file."""
        self.take_path(path)
        self.fields.clear()
        self.card.hide()
        self.arrange()
        self.opened.emit()

    def take_path(self, path: Path) -> None:
        """Takes another file; what was typed stays."""
        self.path = path
        self._place.setText(str(path))

    def follow(self, job: Job, text: str) -> None:
        """Shows how far a job is; when it fails, the passphrase can be typed again.

        Args:
            job: It.
            text: What it does.
        """
        if self._error is not None:
            self.outdated.emit(self._error)
            self._error = None
        self._job = job
        job.failed.connect(self._fail)
        job.ended.connect(self._end)
        self.card.work(text)
        self.arrange()

    def arrange(self) -> None:
        """Shows the fields, or the question instead."""
        asks = not self.card.isHidden()
        self.fields.setVisible(not asks)
        for each in (self._choose, self._begin):
            each.setVisible(not asks)
        self._back.setEnabled(not self.pending)
        self._allow()
        if not asks:
            self.fields.take_focus()

    def _allow(self) -> None:
        self._begin.setEnabled(bool(self.fields.passphrase))

    def _fail(self, error: Exception) -> None:
        self._error = error if isinstance(error, UserError) else None

    def _end(self) -> None:
        self._job = None
        self.card.hide()
        self.arrange()

    def _lay_out(self) -> None:
        self._choose.clicked.connect(self.choose)
        self._back.clicked.connect(self.closed)
        self._begin.clicked.connect(self.begin)
        self.fields.changed.connect(self._allow)
        self.fields.entered.connect(self.begin)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._choose)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.card)
        layout.addWidget(self.fields, 1000)
        layout.addStretch(1)
        layout.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Waits for the passphrase."""
        super().showEvent(event)
        self.fields.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forgets the passphrase."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.fields.clear()
