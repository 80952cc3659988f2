"""A list's second step: looking at the pictures, then one training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from gui.enrol_step import Step
from gui.enrol_train import share_done
from gui.isolated import isolated
from gui.touch import named, text_label

if TYPE_CHECKING:
    from engine.enrol_list import ListProgress
    from engine.retraining import Progress

PEOPLE_SHARE = 0.85
"""Share of the bar that the pictures take; the rest is the training."""


class ListWorkStep(Step):
    """Shows how far a list is."""

    def __init__(self) -> None:
        super().__init__("stepListWork", self.tr("Enrolling the list"))
        self.next_text = self.back_text = ""
        self.cancel_text = self.tr("Stop")
        self._pictures = self._refused = 0
        self._seen = 0
        self._text = text_label(role="subtitle", name="listText")
        self._bar = named(QProgressBar(), "listProgress")
        self._count = text_label(name="listPictures")
        self._note = text_label(role="hint", name="listNote")
        self._build()

    def restart(self) -> None:
        """Begins anew."""
        self._pictures = self._refused = 0
        self._bar.setValue(0)
        self._text.setText(self.tr("Getting ready …"))
        stays = self.tr("Stopping leaves nothing of the person in work; whoever is finished by then stays enrolled.")
        meanwhile = self.tr("Meanwhile the other pages can be used.")
        self._note.setText(f"{stays} {meanwhile}")
        self._show_count()

    def stop(self) -> None:
        """Shows that it was asked to stop."""
        self._text.setText(self.tr("Stopping …"))
        self.set_ready(False)

    def set_progress(self, progress: ListProgress) -> None:
        """Shows who is looked at."""
        picture = progress.picture
        self._seen = self._seen + 1 if picture else 0
        self._refused += bool(picture and picture.refusal)
        self._pictures += bool(picture and not picture.refusal)
        within = 1.0 - 1.0 / (1.0 + self._seen)
        self._fill((progress.place + within) / progress.people * PEOPLE_SHARE)
        place = self.tr("{name}: {place} of {people}")
        self._text.setText(place.format(name=isolated(progress.name), place=progress.place + 1, people=progress.people))
        self._show_count()

    def set_training(self, progress: Progress) -> None:
        """Shows how far the training is."""
        self._text.setText(self.tr("Learning everybody …"))
        self._fill(PEOPLE_SHARE + (1.0 - PEOPLE_SHARE) * share_done(progress))

    def _fill(self, share: float) -> None:
        self._bar.setValue(round(1000 * share))

    def _show_count(self) -> None:
        taken = self.tr("%n picture(s) taken", "", self._pictures)
        refused = self.tr("%n picture(s) refused", "", self._refused)
        self._count.setText(f"{taken}, {refused}" if self._refused else taken)

    def _build(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        card = named(QFrame(), role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        for widget in (self._text, self._bar, self._count, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
