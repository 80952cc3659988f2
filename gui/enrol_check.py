"""Fourth step: the crops, and whether they will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from gui.crop_wall import CropWall
from gui.enrol_session import Checked
from gui.enrol_step import Step
from gui.health_texts import fact_texts, verdict_text
from gui.isolated import isolated
from gui.numbers import number
from gui.touch import button, named, set_role, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.health import HealthCard
    from engine.types import Image

SIDE_PX = 300


class CheckStep(Step):
    """Shows what was taken; asks when the person seems to be enrolled already.

    Signals:
        same_person: Number and name of the enrolled person whom these pictures show.
        retry_wanted: Compare again.
    """

    same_person = Signal(int, str)
    retry_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("stepCheck", self.tr("Are these pictures good?"))
        self.next_text = self.tr("Enrol")
        self.wall = CropWall(can_drop=True)
        self.different = False
        self._health: HealthCard | None = None
        self._verdict = text_label(role="subtitle", name="healthVerdict")
        self._facts = text_label(role="hint", name="healthFacts")
        self._question = text_label(role="error", name="duplicateQuestion")
        self._same = button(self.tr("Same person: add the pictures"), "samePerson")
        self._other = button(self.tr("Somebody else"), "somebodyElse")
        self._retry = button(self.tr("Try again"), "checkAgain", "primary")
        self._left = QLabel()
        self._build()

    def wait(self) -> None:
        """Shows that the pictures are being compared."""
        self.different = False
        self._health = None
        self.wall.show_crops(())
        self._verdict.setText(self.tr("Comparing …"))
        self._facts.setText("")
        self._retry.hide()
        self._ask(None)
        self.set_ready(False)

    def show_crops(self, crops: tuple[Image, ...]) -> None:
        """Shows the crops while they are being compared."""
        self.wall.show_crops(crops)

    def show_failure(self) -> None:
        """Lets one try again what failed: the pictures are still there."""
        if self._health is None:
            self._verdict.setText(self.tr("The pictures could not be compared."))
            self._retry.show()
        self._let_answer(True)
        self._count()

    def show_checked(self, checked: Checked) -> None:
        """Shows crops and health."""
        self._health = checked.health
        self.wall.show_crops(checked.crops, (*self.wall.dropped, *checked.health.outliers))
        self._verdict.setText(verdict_text(checked.health))
        self._facts.setText("\n".join(self._fact_texts(checked.health)))
        self._ask(checked.health)
        self._count()

    @property
    def dropped(self) -> tuple[int, ...]:
        """Places of the crops to remove."""
        return self.wall.dropped

    def _fact_texts(self, health: HealthCard) -> list[str]:
        facts = []
        if health.outliers:
            facts.append(
                self.tr("%n picture(s) seem to show somebody else and are struck out.", "", len(health.outliers))
            )
        facts += fact_texts(health)
        facts.append(self.tr("Tap a picture to strike it out."))
        return facts

    def _ask(self, health: HealthCard | None) -> None:
        duplicate = health.duplicate if health is not None else None
        for widget in (self._question, self._same, self._other):
            widget.setVisible(duplicate is not None)
        if duplicate is not None:
            text = self.tr("Looks like {name}, {likeness}. Is it the same person?")
            self._question.setText(text.format(name=isolated(duplicate.name), likeness=number(duplicate.similarity, 2)))
            set_role(self._question, "error")
            self._let_answer(True)

    def _let_answer(self, allowed: bool) -> None:
        self._same.setEnabled(allowed)
        self._other.setEnabled(allowed)

    def _say_different(self) -> None:
        """Twins: both are enrolled, and the desk asks where it cannot tell them apart."""
        duplicate = self._health.duplicate if self._health is not None else None
        if duplicate is not None:
            text = self.tr("Then the desk may ask whether it is {name} when they look alike.")
            self._question.setText(text.format(name=isolated(duplicate.name)))
            set_role(self._question, "hint")
        self.different = True
        self._same.hide()
        self._other.hide()
        self._count()

    def _say_same(self) -> None:
        duplicate = self._health.duplicate if self._health is not None else None
        if duplicate is not None:
            self._let_answer(False)
            self.same_person.emit(duplicate.person_id, duplicate.name)

    def _count(self) -> None:
        left = self.wall.count - len(self.wall.dropped)
        self._left.setText(self.tr("%n picture(s) will be kept, encrypted.", "", left))
        asks = self._health is not None and self._health.duplicate is not None and not self.different
        self.set_ready(left > 0 and self._health is not None and not asks)

    def _build(self) -> None:
        self._left.setProperty("role", "hint")
        self._left.setWordWrap(True)
        self._same.clicked.connect(self._say_same)
        self._other.clicked.connect(self._say_different)
        self._retry.clicked.connect(self.retry_wanted)
        self.wall.dropped_changed.connect(self._count)
        card = named(QFrame(), "healthCard", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for widget in (self._verdict, self._retry, self._question, self._same, self._other, self._facts, self._left):
            column.addWidget(widget)
        column.addStretch(1)
        side = touch_scroll(card, "healthScroll")
        side.setFixedWidth(SIDE_PX)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.wall, 1)
        layout.addWidget(side)
