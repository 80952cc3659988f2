"""Everything kept of one person, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.dates import local_date
from gui.crop_wall import CropWall
from gui.enrol_texts import date_text
from gui.health_texts import fact_texts, verdict_text
from gui.isolated import isolated
from gui.jobs import Job
from gui.people_desk import PeopleDesk
from gui.people_jobs import PersonDetail, deleted, detail, exported, remove_crops
from gui.person_corrections import PersonCorrections
from gui.question_card import QuestionCard
from gui.rename_card import RenameCard
from gui.touch import button, named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.health import HealthCard
    from engine.retraining import Progress

EASILY_MISTAKEN = 0.5


class PersonView(QWidget):
    """One person.

    Args:
        people: Does the work in the background.

    Signals:
        closed: Back to the list.
        enrol_wanted: Name and ID of the person, to take more pictures.
        receipt_ready: The person is deleted; a `DeletionReceipt`.
        noted: Something worth knowing.
    """

    closed = Signal()
    enrol_wanted = Signal(str, str)
    receipt_ready = Signal(object)
    noted = Signal(str)

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._person_id = 0
        self._detail: PersonDetail | None = None
        self._reading: Job | None = None
        self._job: Job | None = None
        self.wall = CropWall(can_drop=True)
        self._name = text_label(role="title", name="personTitle")
        self._facts = text_label(name="personFacts")
        self._corrections = PersonCorrections(people)
        self._verdict = text_label(role="subtitle", name="personVerdict")
        self._health = text_label(role="hint", name="personHealth")
        self._consent = text_label(role="hint", name="personConsent")
        self._more = button(self.tr("More pictures"), "morePictures")
        self._rename = button(self.tr("Rename …"), "renamePerson")
        self._renaming = RenameCard(people)
        self._body = QWidget()
        self._export = button(self.tr("Export …"), "exportPerson")
        self._delete = button(self.tr("Delete …"), "deletePerson", "danger")
        self._drop = button("", "dropCrops", "danger")
        self._ask = QuestionCard("confirmDelete", self.tr("Delete everything"), self.tr("Keep"))
        people.chore.connect(self._follow_learning)
        self._build()

    @property
    def busy(self) -> bool:
        """Whether something is being deleted."""
        return self._job is not None

    def open(self, person_id: int) -> None:
        """Shows a person; while another one is being deleted, that one stays."""
        if self.busy and person_id != self._person_id:
            return
        if person_id != self._person_id:
            self._forget()
        self._person_id = person_id
        self._ask.hide()
        self._renaming.leave()
        self.refresh()

    def refresh(self) -> None:
        """Reads the person anew."""
        people = self._people
        self._reading = job = people.ask(detail, self._person_id, people.key, people.settings.fpir)
        job.done.connect(self._show)

    def _show(self, shown: PersonDetail | None) -> None:
        if self.sender() is not self._reading:  # of somebody else, perhaps, or of somebody deleted since
            return
        if shown is None:
            if not self.busy:
                self._forget()
                self.closed.emit()
            return
        record = shown.record
        if not self.busy and self._detail is not None and self._detail.record != record:
            self._ask.hide()
        self._detail = shown
        self._name.setText(record.name)
        self._facts.setText("\n".join(self._fact_lines(shown)))
        self._corrections.show_detail(shown)
        self._show_health(shown.health)
        agreed, day = self.tr("Agreed on {date}: “{text}”"), date_text(local_date(record.consented_at))
        self._consent.setText(agreed.format(date=day, text=isolated(record.consent)))
        self.wall.show_crops([crop for _, crop in shown.crops])
        self._count_dropped()

    def _forget(self) -> None:
        """Shows nobody, asks nothing of anybody, and takes no result that is still to come."""
        self._detail = self._reading = None
        for label in (self._name, self._facts, self._verdict, self._health, self._consent):
            label.clear()
        self.wall.show_crops(())
        self._count_dropped()
        self._corrections.hide()
        self._ask.hide()

    def _show_health(self, health: HealthCard | None) -> None:
        if health is None:
            self._verdict.setText(self._unknown_text())
            self._health.setText("")
        else:
            self._verdict.setText(verdict_text(health))
            self._health.setText("\n".join(self._health_lines(health)))
        self._health.setVisible(health is not None)

    def _unknown_text(self) -> str:
        if self._people.learning:
            return self.tr("Not known to the network in use yet: it is being learnt.")
        return self.tr("Not known to the version in use: choose another one or train anew, at Versions …")

    def _follow_learning(self, text: str, _: float) -> None:
        """Keeps what is said of somebody unknown true: while something is learnt, and when that ends."""
        if not self.isVisible() or self._detail is None or self._detail.health is not None:
            return
        if text:
            self._verdict.setText(self._unknown_text())
        else:
            self.refresh()

    def _fact_lines(self, shown: PersonDetail) -> list[str]:
        record = shown.record
        lines = [self.tr("ID: {id}").format(id=record.external_id)] if record.external_id else []
        lines.append(self.tr("Enrolled on {date}").format(date=date_text(local_date(record.enrolled_at))))
        lines.append(self.tr("Kept until {date}").format(date=date_text(record.retain_until)))
        pictures = self.tr("%n picture(s)", "", record.samples)
        refusals = self.tr("%n time(s) “not me”", "", record.refusals)
        lines.append(f"{pictures}, {refusals}" if record.refusals else pictures)
        return lines

    def _health_lines(self, health: HealthCard) -> list[str]:
        lines = fact_texts(health)
        if health.outliers:
            lines.append(self.tr("%n picture(s) seem to show somebody else: have a look.", "", len(health.outliers)))
        nearest = health.nearest
        if nearest is None:
            lines.append(self.tr("Nobody else is enrolled who could be mistaken for this person."))
        elif nearest.probability >= EASILY_MISTAKEN:
            lines.append(self.tr("Easily mistaken for one another: the desk asks when in doubt."))
        return lines

    def _count_dropped(self) -> None:
        dropped = len(self.wall.dropped)
        self._drop.setText(self.tr("Delete %n picture(s)", "", dropped))
        left = self.wall.count - dropped
        self._drop.setVisible(dropped > 0 and left > 0)

    def _drop_crops(self) -> None:
        if self._detail is not None:
            numbers = tuple(self._detail.crops[place][0] for place in self.wall.dropped)
            fpir = self._people.settings.fpir
            job = self._people.ask(remove_crops, numbers, self._people.key, fpir, where="learning")
            job.done.connect(self._people.people_changed)
            self._drop.hide()

    def _take_more(self) -> None:
        if self._detail is not None:
            self.enrol_wanted.emit(self._detail.record.name, self._detail.record.external_id)

    def _ask_name(self) -> None:
        if self._detail is not None and not self.busy:
            self._ask.hide()
            self._body.hide()
            self._rename.hide()
            record = self._detail.record
            self._renaming.ask(record.person_id, record.name)

    def _end_renaming(self) -> None:
        self._body.show()
        self._rename.show()

    def _choose_export(self) -> None:
        if self._detail is None:
            return
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where to put the copy"))
        if folder:
            self.export_to(Path(folder))

    def export_to(self, folder: Path) -> None:
        """Writes everything kept of the person on show into a new folder; nothing as long as nobody is on show."""
        if self._detail is not None:
            job = self._people.ask(exported, self._detail.record.person_id, folder)
            job.done.connect(self._say_exported)

    def _say_exported(self, path: Path) -> None:
        self.noted.emit(self.tr("Copied to {path}. It is not encrypted there.").format(path=path))

    def _ask_delete(self) -> None:
        if self._detail is not None:
            text = self.tr("Delete everything kept of {name}? This cannot be undone.")
            self._ask.ask(text.format(name=isolated(self._detail.record.name)))

    def _start_delete(self) -> None:
        if self._detail is None:
            return
        self._ask.work()
        person_id, fpir = self._detail.record.person_id, self._people.settings.fpir
        self._job = job = self._people.ask(deleted, person_id, fpir, where="learning")
        job.progressed.connect(self._show_progress)
        job.done.connect(self._say_deleted)
        job.ended.connect(self._end_delete)

    def _show_progress(self, progress: Progress) -> None:
        self._ask.set_share(progress.fraction)

    def _say_deleted(self, receipt: object) -> None:
        self._people.forget(self._person_id)
        self._forget()
        self.receipt_ready.emit(receipt)
        self._people.people_changed()

    def _end_delete(self) -> None:
        self._job = None
        self._ask.hide()

    def _build(self) -> None:
        back = button(self.tr("Back"), "personBack")
        back.clicked.connect(self.closed)
        self._rename.clicked.connect(self._ask_name)
        self._renaming.closed.connect(self._end_renaming)
        self._more.clicked.connect(self._take_more)
        self._export.clicked.connect(self._choose_export)
        self._delete.clicked.connect(self._ask_delete)
        self._drop.clicked.connect(self._drop_crops)
        self._ask.agreed.connect(self._start_delete)
        self.wall.dropped_changed.connect(self._count_dropped)
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 6, 0)
        for widget in (self._facts, self._corrections, self._health_card(), self._consent):
            column.addWidget(widget)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(touch_scroll(facts, "personScroll"), 1)
        middle.addWidget(self.wall, 1)
        actions = QHBoxLayout()
        for action in (back, self._more, self._export):
            actions.addWidget(action)
        actions.addStretch(1)
        for action in (self._drop, self._delete):
            actions.addWidget(action)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(middle, 1)
        body.addLayout(actions)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._rename)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._ask)
        layout.addWidget(self._renaming, 1)
        layout.addWidget(self._body, 1)

    def _health_card(self) -> QFrame:
        card = named(QFrame(), role="card")
        inside = QVBoxLayout(card)
        for label in (self._verdict, self._health):
            inside.addWidget(label)
        return card
