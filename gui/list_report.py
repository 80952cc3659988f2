"""A list's last step: what became of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout

from gui import theme
from gui.enrol_step import Step
from gui.enrol_texts import others_text, refusal_text
from gui.error_texts import translated
from gui.health_texts import GOOD, verdict_text
from gui.isolated import enumerated, isolated
from gui.list_jobs import ListOutcome
from gui.numbers import number
from gui.report_rows import ReportRows
from gui.touch import named, text_label, touch_list

if TYPE_CHECKING:
    from engine.enrol_files import FileReport
    from engine.enrol_list import PersonReport

REPORT = Qt.ItemDataRole.UserRole
MOST_REFUSED = 12
"""So many refused pictures of one person are named."""


class ListReportStep(Step):
    """Lists everybody: first those who were not enrolled, then those of whom there is something to say.

    Signals:
        chosen: The `PersonReport` that was tapped.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("stepListReport", self.tr("The list is done"))
        self.back_text = self.cancel_text = ""
        self.next_text = self.tr("Done")
        self._text = text_label(role="subtitle", name="listSummary")
        self._note = text_label(role="hint", name="listStopped")
        self._rows = touch_list(named(QListWidget(), "listReport"))
        self._build()

    def show_outcome(self, outcome: ListOutcome, people: int) -> None:
        """Shows what came of a list.

        Args:
            outcome: What became of each, as far as it came.
            people: How many are on the list.
        """
        self.title = self.tr("The list was stopped") if outcome.stopped else self.tr("The list is done")
        enrolled = sum(report.person_id is not None for report in outcome.reports)
        text = self.tr("{enrolled} of {people} people were enrolled.")
        self._text.setText(text.format(enrolled=number(enrolled), people=number(people)))
        self._note.setText(self._note_text(outcome))
        self._note.setVisible(bool(self._note.text()))
        self._rows.clear()
        for report in sorted(outcome.reports, key=_urgency):
            self._rows.addItem(self._item(report))
        self._rows.setVisible(bool(outcome.reports))

    def rows(self) -> list[str]:
        """What the list says, row by row."""
        return [self._rows.item(row).text() for row in range(self._rows.count())]

    def _note_text(self, outcome: ListOutcome) -> str:
        if outcome.unfinished:
            stays = self.tr("Whoever was finished stays enrolled; nothing is kept of {name}.")
            return stays.format(name=isolated(outcome.unfinished))
        if outcome.stopped:
            return self.tr("Whoever was finished stays enrolled.")
        return "" if outcome.outcome is None else f"{others_text(outcome.outcome)} {self._worse_text(outcome)}".strip()

    def _worse_text(self, outcome: ListOutcome) -> str:
        before = outcome.worse_for
        if before <= 0:
            return ""
        return self.tr("The answers got worse for %n people enrolled before: look for mixed-up names.", "", before)

    def _item(self, report: PersonReport) -> QListWidgetItem:
        item = QListWidgetItem("\n".join(self._lines(report)))
        icon, token = ("check", "good") if report.person_id is not None else ("warning", "danger")
        item.setIcon(theme.manager().icon(icon, token))
        item.setData(REPORT, report)
        return item

    def _lines(self, report: PersonReport) -> list[str]:
        name = isolated(report.person.name)
        if report.person_id is not None:
            lines = [self.tr("{name}: enrolled with %n picture(s)", "", report.pictures).format(name=name)]
            if report.health is not None and report.health.separability < GOOD:
                lines.append(verdict_text(report.health))
        else:
            lines = [self.tr("{name}: not enrolled").format(name=name)]
        lines += self._look_alike_lines(report)
        if report.error is not None and not (report.looks_like or report.refused):
            lines.append(translated(report.error).what)
        lines += [_refused_text(refused) for refused in report.refused[:MOST_REFUSED]]
        more = len(report.refused) - MOST_REFUSED
        return [*lines, self.tr("and %n more picture(s) refused", "", more)] if more > 0 else lines

    def _look_alike_lines(self, report: PersonReport) -> list[str]:
        lines = []
        if report.looks_like is not None:
            text = self.tr("Looks like {name}, who is enrolled already ({likeness}).")
            likeness = number(report.looks_like.similarity, 2)
            lines.append(text.format(name=isolated(report.looks_like.name), likeness=likeness))
        if report.alike_names:
            text = self.tr("Easily mistaken for: {names}.")
            lines.append(text.format(names=enumerated(report.alike_names)))
        return lines

    def _tell(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(REPORT))

    def _build(self) -> None:
        ReportRows(self._rows)
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._rows.itemClicked.connect(self._tell)
        hint = self.tr("Tap somebody to see what is kept of them, or to enrol who was not.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self._text, self._note, text_label(hint, "hint")):
            layout.addWidget(widget)
        layout.addWidget(self._rows, 1)


def _urgency(report: PersonReport) -> int:
    """Who was not enrolled comes first, then who needs a look."""
    if report.person_id is None:
        return 0
    return 1 if report.refused or report.looks_like or report.alike_names else 2


def _refused_text(refused: FileReport) -> str:
    """Why a picture was refused; an error names the file itself."""
    reason = refusal_text(refused.refusal)
    return reason if refused.name in reason else f"{refused.name}: {reason}"
