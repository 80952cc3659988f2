"""Backing everything up."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from gui.backup_frame import BackupFrame
from gui.backup_jobs import backed_up
from gui.passphrase import PassphraseFields
from gui.people_desk import PeopleDesk
from gui.question_card import QuestionCard

SUFFIX = ".backup"
SHORTEST = 8
"""As engine/backup.py wants it, which is loaded in the background alone."""


class BackupView(BackupFrame):
    """Writes an encrypted copy of everything to a file."""

    def __init__(self, people: PeopleDesk) -> None:
        hint = self.tr("At least %n characters. Without it nobody can read the backup or restore it.", "", SHORTEST)
        texts = (self.tr("Back up everything"), self.tr("Other place …"), self.tr("Back up"))
        fields = PassphraseFields(hint, SHORTEST, twice=True)
        super().__init__("backup", people, texts, fields, QuestionCard("backupWork"))

    def open_new(self) -> None:
        """Begins with a new file in the user's folder."""
        when = QDateTime.currentDateTime().toString("yyyy-MM-dd-HHmm")
        self.open(_documents() / f"facedesk-{when}{SUFFIX}")

    def choose(self) -> None:
        """Asks where to."""
        kinds = self.tr("Backups") + f" (*{SUFFIX})"
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Where to put the backup"), str(self.path), kinds)
        if file:
            self.take_path(Path(file))

    def begin(self) -> None:
        """Backs up."""
        job = self.people.ask(backed_up, self.path, self.fields.passphrase, where="back")
        job.done.connect(self._done)
        self.follow(job, self.tr("Backing up …"))

    def _done(self, people: int) -> None:
        text = self.tr("%n people backed up to {path}.", "", people)
        self.noted.emit(text.format(path=self.path))
        self.closed.emit()


def _documents() -> Path:
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((Path(place) for place in places if Path(place).is_dir()), Path.home())
