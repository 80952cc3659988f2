"""The versions of what recognition has learnt: their figures, one tap to go back, and training anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from gui.enrol_texts import moment_text
from gui.numbers import number, percent
from gui.people_desk import PeopleDesk
from gui.people_jobs import head_activated, head_versions
from gui.touch import button, clear, named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.head_store import HeadVersion
    from engine.retraining import Outcome, Progress


class HeadVersions(QWidget):
    """The last five versions for the network in use.

    Args:
        people: Does the work in the background.

    Signals:
        closed: Back to the list.
        noted: Something worth knowing.
    """

    closed = Signal()
    noted = Signal(str)

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._train = button(self.tr("Train anew"), "trainAnew")
        self._bar = named(QProgressBar(), "trainAnewProgress")
        self._build()

    def refresh(self) -> None:
        """Reads the versions anew."""
        self._people.ask(head_versions, self._people.key).done.connect(self._show)

    def _show(self, versions: tuple[HeadVersion, ...]) -> None:
        clear(self._column)
        for version in versions:
            self._column.addWidget(self._row(version))
        if not versions:
            self._column.addWidget(text_label(self.tr("Nothing was learnt yet for this network."), "hint"))
        self._column.addStretch(1)

    def _row(self, version: HeadVersion) -> QFrame:
        row = named(QFrame(), f"head_{version.number}", "card")
        row.setProperty("selected", version.active)
        layout = QHBoxLayout(row)
        column = QVBoxLayout()
        column.addWidget(text_label(moment_text(version.made_at), "subtitle"))
        column.addWidget(text_label(self._figures(version), "hint", "headFigures"))
        layout.addLayout(column, 1)
        if version.active:
            layout.addWidget(named(QLabel(self.tr("in use")), role="good"))
            return row
        use = button(self.tr("Use this one"), f"useHead_{version.number}")
        use.setProperty("number", version.number)
        use.clicked.connect(self._use)
        layout.addWidget(use)
        return row

    def _figures(self, version: HeadVersion) -> str:
        figures = version.figures
        people, samples = figures.get("people") or 0, figures.get("samples") or 0
        parts = [
            self.tr("{people} people, {pictures} pictures").format(people=number(people), pictures=number(samples))
        ]
        right, missed = figures.get("accuracy"), figures.get("fnir")
        if right is not None:
            parts.append(self.tr("{share} rightly named").format(share=percent(right, 0)))
        if missed is not None:
            parts.append(self.tr("{share} need a second look").format(share=percent(missed, 0)))
        return " · ".join(parts)

    def _use(self) -> None:
        job = self._people.ask(head_activated, int(self.sender().property("number")))
        job.done.connect(self._used)

    def _used(self, _: object) -> None:
        self.noted.emit(self.tr("Went back. The other version stays on the list."))
        self._people.people_changed()

    def _train_anew(self) -> None:
        self._train.setEnabled(False)
        self._bar.setValue(0)
        self._bar.show()
        job = self._people.train_anew()
        job.progressed.connect(self._show_progress)
        job.done.connect(self._trained)
        job.ended.connect(self._ended)

    def _show_progress(self, progress: Progress) -> None:
        self._bar.setValue(round(100 * progress.fraction))

    def _trained(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            text = self.tr("Trained: rightly named {before} → {after}.")
            before = percent(outcome.before, 0) if outcome.before is not None else "–"
            self.noted.emit(text.format(before=before, after=percent(outcome.after, 0)))
        self._people.people_changed()

    def _ended(self) -> None:
        self._train.setEnabled(True)
        self._bar.hide()

    def _build(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._train.clicked.connect(self._train_anew)
        back = button(self.tr("Back"), "headsBack")
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._train)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text_label(self.tr("What recognition has learnt"), "title"))
        hint = self.tr("Each enrolment, deletion and correction makes a new version; the last five are kept.")
        layout.addWidget(text_label(hint, "hint"))
        layout.addWidget(self._bar)
        layout.addWidget(touch_scroll(self._rows, "headsScroll"), 1)
        layout.addLayout(row)
