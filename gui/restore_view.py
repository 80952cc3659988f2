"""Restoring everything from a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui.backup_frame import BackupFrame
from gui.backup_jobs import restored
from gui.backup_view import SUFFIX
from gui.passphrase import PassphraseFields
from gui.people_desk import PeopleDesk
from gui.people_jobs import everybody
from gui.question_card import QuestionCard

if TYPE_CHECKING:
    from engine.people import PersonRecord
    from engine.retraining import Progress


class RestoreView(BackupFrame):
    """Replaces everything by a backup; asks before, where somebody is enrolled."""

    def __init__(self, people: PeopleDesk) -> None:
        texts = (self.tr("Restore a backup"), self.tr("Other file …"), self.tr("Restore"))
        fields = PassphraseFields(self.tr("The passphrase with which the backup was made."))
        card = QuestionCard("confirmRestore", self.tr("Replace everything"), self.tr("Keep what is here"))
        super().__init__("restore", people, texts, fields, card)
        self._passphrase = ""
        card.agreed.connect(self._start)
        card.declined.connect(self.arrange)

    def open_new(self) -> None:
        """Asks for a backup."""
        self._ask_file(self.open)

    def choose(self) -> None:
        """Asks for another one."""
        self._ask_file(self.take_path)

    def _ask_file(self, take: Callable[[Path], None]) -> None:
        kinds = self.tr("Backups") + f" (*{SUFFIX});;" + self.tr("All files") + " (*)"
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Backup to restore"), "", kinds)
        if file:
            take(Path(file))

    def begin(self) -> None:
        """Looks who is enrolled here, and asks."""
        self._passphrase = self.fields.passphrase
        self.people.ask(everybody).done.connect(self._ask)

    def _ask(self, there: tuple[PersonRecord, ...]) -> None:
        if self.pending:
            return
        if not there:
            self._start()
            return
        question = self.tr("Replace the %n people enrolled here by those of the backup?", "", len(there))
        for_good = self.tr("This cannot be undone.")
        self.card.ask(f"{question} {for_good}")
        self.arrange()

    def _start(self) -> None:
        job = self.people.ask(restored, self.path, self._passphrase, where="back")
        self._passphrase = ""
        job.progressed.connect(self._show_progress)
        job.done.connect(self._done)
        self.follow(job, self.tr("Restoring …"))

    def _show_progress(self, progress: Progress) -> None:
        if progress.stage == "save":
            self.card.set_share(progress.fraction)

    def _done(self, people: int) -> None:
        self.noted.emit(self.tr("%n people restored.", "", people))
        self.people.people_changed()
        self.people.keep_house()
        self.closed.emit()
