"""Giving somebody another name."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from engine.errors import UserError
from engine.names import look_alike_names
from gui.enrol_who import MOST_NAMED
from gui.error_texts import translated
from gui.isolated import enumerated
from gui.jobs import Job
from gui.keyboard import TouchKeyboard
from gui.people_desk import PeopleDesk
from gui.people_jobs import everybody
from gui.touch import TARGET_PX, button, named, set_role, text_label

if TYPE_CHECKING:
    from engine.people import PersonRecord
    from gui.workshop import Workshop

LONGEST = 500


class RenameCard(QFrame):
    """Asks for the new name. Hidden until it is needed.

    Args:
        people: Does the work in the background.

    Signals:
        closed: Renamed, or left alone; it is hidden again.
    """

    closed = Signal()

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        named(self, "renameCard", "card")
        self._people = people
        self._person_id = 0
        self._job: Job | None = None
        self._others: list[str] = []
        self._field = named(QLineEdit(), "newName")
        self._note = text_label(role="hint", name="renameNote")
        self._keep = button(self.tr("Keep the name"), "renameKeep")
        self._save = button(self.tr("Rename"), "renameSave", "primary")
        self._keyboard = TouchKeyboard()
        self._build()
        self.hide()

    def ask(self, person_id: int, name: str) -> None:
        """Asks for another name.

        Args:
            person_id: Whose.
            name: The one that the person has.
        """
        self._person_id = person_id
        self._job = None
        self._others = []
        self._people.ask(everybody).done.connect(self._take_everybody)
        self._field.setText(name)
        self._field.selectAll()
        self.show()
        self._field.setFocus()

    def leave(self) -> None:
        """Asks no more."""
        self._job = None
        self.hide()
        self.closed.emit()

    def _take_everybody(self, people: tuple[PersonRecord, ...]) -> None:
        self._others = [person.name for person in people if person.person_id != self._person_id]
        self._edited()

    def _start(self) -> None:
        if not self._save.isEnabled():
            return
        people, person_id, name = self._people, self._person_id, self._field.text()
        self._job = job = people.submit(lambda: _renamed(people.workshop(), person_id, name))
        job.done.connect(self._done)
        job.failed.connect(self._fail)
        self._allow()

    def _done(self) -> None:
        self._people.people_changed()
        if self.sender() is self._job:
            self.leave()

    def _fail(self, error: Exception) -> None:
        """A name that cannot be given is said where it was typed."""
        if self.sender() is self._job and isinstance(error, UserError):
            self._job = None
            set_role(self._note, "error")
            self._note.setText(translated(error).what)
            self._allow()
            self._field.setFocus()
            return
        self._people.failed.emit(error)
        self.leave()

    def _edited(self) -> None:
        """Says whom the name could be mistaken for; what is wrong with it is said when it is given."""
        name = self._field.text()
        alike = look_alike_names(name, self._others)[:MOST_NAMED] if name.strip() else []
        set_role(self._note, "hint")
        self._note.setText(self.tr("Easily mistaken for: {names}.").format(names=enumerated(alike)) if alike else "")
        self._allow()

    def _allow(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()) and self._job is None)

    def _build(self) -> None:
        self._field.setMinimumHeight(TARGET_PX)
        self._field.setMaxLength(LONGEST)
        self._field.setAccessibleName(self.tr("New name"))
        self._field.textChanged.connect(self._edited)
        self._field.returnPressed.connect(self._start)
        self._keyboard.attach(self._field)
        self._keep.clicked.connect(self.leave)
        self._save.clicked.connect(self._start)
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        row.addWidget(self._keep)
        row.addWidget(self._save)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(4)
        inside.addLayout(row)
        inside.addWidget(self._note)
        inside.addStretch(1)
        inside.addWidget(self._keyboard)


def _renamed(room: Workshop, person_id: int, name: str) -> Generator[None, None, None]:
    from engine.people import People

    yield None
    People(room.store()).rename(person_id, name)
