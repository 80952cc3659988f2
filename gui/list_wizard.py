"""Enrolling a whole class: the consent → the pictures and one training → a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from gui.jobs import Job
from gui.list_consent import ListConsentStep
from gui.list_jobs import ListOutcome, list_enrolled, list_read
from gui.list_report import ListReportStep
from gui.list_work import ListWorkStep
from gui.people_desk import PeopleDesk
from gui.wizard_frame import WizardFrame

if TYPE_CHECKING:
    from engine.enrol_files import ListedPerson
    from engine.enrol_list import ListStep, PersonReport


class ListWizard(WizardFrame):
    """Enrols everybody on a list. Nothing is kept before the consent; the work goes on while other pages are shown.

    Args:
        people: Does the work in the background.

    Signals:
        opened: A list was read and waits for the consent.
        closed: The user is done here.
        enrol_wanted: Name and ID of somebody who was not enrolled.
        person_wanted: Number of somebody who was.
        noted: Something worth knowing, when the page is not on show.
    """

    opened = Signal()
    closed = Signal()
    enrol_wanted = Signal(str, str)
    person_wanted = Signal(int)
    noted = Signal(str)

    def __init__(self, people: PeopleDesk) -> None:
        self.consent = ListConsentStep()
        self.work = ListWorkStep()
        self.report = ListReportStep()
        super().__init__((self.consent, self.work, self.report), fills=True)
        self._people = people
        self._listed: tuple[ListedPerson, ...] = ()
        self._reports: list[PersonReport] = []
        self._in_work = ""
        self._job: Job | None = None
        self.report.chosen.connect(self._choose)
        self.show_step(self.consent)

    @property
    def pending(self) -> bool:
        """Whether a list is being enrolled, or its report waits to be read."""
        return self.step is not self.consent

    def open_new(self) -> None:
        """Asks for a list."""
        file, _ = QFileDialog.getOpenFileName(self, self.tr("List of people"), "", self.tr("Lists") + " (*.csv)")
        if file:
            self.open_list(Path(file))

    def open_list(self, path: Path) -> None:
        """Reads a list and asks for the consent; while another one is pending it does nothing."""
        if not self.pending:
            self._people.ask(list_read, path).done.connect(self._ask_consent)

    def advance(self) -> None:
        """Does what the button onward says."""
        if self.step is self.consent:
            self._start()
        elif self.step is self.report:
            self.show_step(self.consent)
            self.closed.emit()

    def go_back(self) -> None:
        """There is no way back: what is done is done."""

    def cancel(self) -> None:
        """Stops after the picture that is being looked at, or leaves before anything was kept."""
        if self._job is not None:
            self._job.cancel()
            self.work.stop()
        else:
            self.closed.emit()

    def _ask_consent(self, listed: tuple[ListedPerson, ...]) -> None:
        if not self.pending:
            self._listed = listed
            self.consent.show_list(listed, is_event=self._people.is_event)
            self.show_step(self.consent)
            self.opened.emit()

    def _start(self) -> None:
        self._reports.clear()
        self._in_work = ""
        self.work.restart()
        self.show_step(self.work)
        people = self._people
        self._job = job = people.ask(
            list_enrolled, people.key, people.settings.fpir, self._listed, self.consent.consent, where="back"
        )
        job.progressed.connect(self._take_step)
        job.done.connect(self._finish)
        job.failed.connect(self._break_off)
        job.cancelled.connect(self._break_off)

    def _take_step(self, step: ListStep) -> None:
        from engine.enrol_list import ListProgress, PersonReport  # loaded by the job, too slowly for the window

        if isinstance(step, PersonReport):
            self._reports.append(step)
            self._in_work = ""
        elif isinstance(step, ListProgress):
            self._in_work = step.name
            self.work.set_progress(step)
        else:
            self.work.set_training(step)

    def _break_off(self, _: object = None) -> None:
        self._show_report(ListOutcome(tuple(self._reports), stopped=True, unfinished=self._in_work))

    def _finish(self, outcome: ListOutcome) -> None:
        self._show_report(outcome)
        if not self.isVisible():
            self.noted.emit(self.tr("The list is done; the page People tells what became of everybody."))

    def _show_report(self, outcome: ListOutcome) -> None:
        self._job = None
        self.report.show_outcome(outcome, len(self._listed))
        self.show_step(self.report)
        self._people.people_changed()

    def _choose(self, report: PersonReport) -> None:
        if report.person_id is not None:
            self.person_wanted.emit(report.person_id)
        else:
            self.enrol_wanted.emit(report.person.name, report.person.external_id)
