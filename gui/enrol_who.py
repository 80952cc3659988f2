"""First step: who is enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.errors import EnrolmentError
from engine.names import clean_id, clean_name, look_alike_names
from gui.enrol_session import Who
from gui.enrol_step import Step
from gui.error_texts import translated
from gui.isolated import enumerated, isolated
from gui.keyboard import TouchKeyboard
from gui.touch import TARGET_PX, button, named, set_role, text_label

if TYPE_CHECKING:
    from engine.people import PersonRecord

LOOK_MS = 250
MOST_NAMED = 3


class WhoStep(Step):
    """Name and, if wanted, an ID; warns of names that are easily mistaken for one another."""

    def __init__(self) -> None:
        super().__init__("stepWho", self.tr("Who are you?"))
        self.back_text = ""
        self._people: tuple[PersonRecord, ...] = ()
        self._same: PersonRecord | None = None
        self._adds = False
        self.name_field = _field("personName", self.tr("First and last name"))
        self.id_field = _field("personId", self.tr("Personnel number …"))
        self.keyboard = TouchKeyboard()
        self._note = text_label(role="hint", name="whoNote")
        self._add = button(self.tr("Add pictures to this person"), "addToPerson")
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._judge)
        self._build()
        self.clear()

    def set_people(self, people: tuple[PersonRecord, ...]) -> None:
        """Takes everybody who is enrolled."""
        self._people = people
        self._judge()

    def clear(self) -> None:
        """Begins with nobody."""
        self.name_field.clear()
        self.id_field.clear()
        self._adds = False
        self._judge()

    @property
    def who(self) -> Who:
        """Who was named."""
        if self._adds and self._same is not None:
            return Who(self._same.name, self._same.external_id, self._same.person_id)
        return Who(clean_name(self.name_field.text()), clean_id(self.id_field.text()))

    def first_focus(self) -> QWidget:
        """The name comes first."""
        return self.name_field

    def _build(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for title, field, share in (
            (self.tr("Name"), self.name_field, 3),
            (self.tr("ID (optional)"), self.id_field, 2),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(field)
            fields.addLayout(column, share)
            field.textEdited.connect(self._edited)
            field.textChanged.connect(self._look_soon)
            field.returnPressed.connect(self._entered)
            self.keyboard.attach(field)
        row = QHBoxLayout()
        row.addWidget(self._note, 1)
        row.addWidget(self._add)
        self._add.clicked.connect(self._add_to_same)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(fields)
        layout.addLayout(row)
        layout.addStretch(1)
        keys = QHBoxLayout()
        keys.addStretch(1)
        keys.addWidget(self.keyboard, 1000)
        keys.addStretch(1)
        layout.addLayout(keys)

    def _edited(self) -> None:
        self._adds = False

    def _look_soon(self) -> None:
        self.set_ready(bool(self.name_field.text().strip()))
        self._look.start()

    def _entered(self) -> None:
        self._judge()
        if self.ready:
            self.onward.emit()

    def _add_to_same(self) -> None:
        self._adds = True
        self._judge()
        self.onward.emit()

    def _judge(self) -> None:
        """Says what is wrong with the name or the ID, or whose name it could be mistaken for."""
        text = self.name_field.text()
        self._same = None
        try:
            name, external_id = clean_name(text), clean_id(self.id_field.text())
        except EnrolmentError as error:
            self._say(translated(error).what if text.strip() else "", "error", ready=False)
            return
        self._same = next((p for p in self._people if (p.name, p.external_id) == (name, external_id)), None)
        if self._same is not None:
            taken = self.tr("{name} is enrolled already. Somebody else needs an ID of their own.")
            self._say(taken.format(name=isolated(name)), "error", ready=self._adds)
            return
        alike = look_alike_names(name, [person.name for person in self._people])[:MOST_NAMED]
        warning = self.tr("Easily mistaken for: {names}. Check the spelling, or give an ID.")
        self._say(warning.format(names=enumerated(alike)) if alike else "", "hint", ready=True)

    def _say(self, text: str, role: str, *, ready: bool) -> None:
        self._look.stop()
        self._note.setText(text)
        set_role(self._note, role)
        self._add.setVisible(self._same is not None)
        self.set_ready(ready)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back is asked again whether the pictures are for somebody enrolled already."""
        super().showEvent(event)
        self._adds = False
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field has gone on already; the same key must not go on from the next step, too."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def _field(name: str, placeholder: str) -> QLineEdit:
    field = named(QLineEdit(), name)
    field.setPlaceholderText(placeholder)
    field.setMinimumHeight(TARGET_PX)
    field.setMaxLength(500)
    return field
