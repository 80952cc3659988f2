"""Last step: what came of it, and a live picture to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from engine.types import Frame, FrameResult
from gui.camera_view import CameraView
from gui.enrol_step import Step
from gui.enrol_texts import others_text
from gui.isolated import isolated
from gui.numbers import number
from gui.touch import named, text_label
from gui.training_curve import TrainingCurve

if TYPE_CHECKING:
    from engine.retraining import Outcome

SIDE_PX = 280
CURVE_PX = 150


class DoneStep(Step):
    """Says that the person is enrolled, and shows the live picture with names."""

    def __init__(self) -> None:
        super().__init__("stepDone", self.tr("Enrolled"))
        self.back_text = ""
        self.next_text = self.tr("Done")
        self.cancel_text = self.tr("Enrol somebody else")
        self.view = CameraView()
        self.curve = TrainingCurve()
        self.curve.setFixedHeight(CURVE_PX)
        self._text = text_label(role="good", name="doneText")
        self._figures = text_label(name="doneFigures")
        self._note = text_label(role="hint", name="doneNote")
        self._build()

    def show_outcome(self, name: str, outcome: Outcome, *, is_event: bool) -> None:
        """Says what came of it."""
        self._text.setText(self.tr("{name} is enrolled.").format(name=isolated(name)))
        self._figures.setText("\n".join(self._lines(outcome)))
        kept = self.tr("Look into the camera to try it. Everything kept of you is on the page People.")
        event = self.tr("Look into the camera to try it. You will be forgotten when the program closes.")
        self._note.setText(event if is_event else kept)

    def set_frame(self, frame: Frame, *, mirrored: bool) -> None:
        """Shows a picture."""
        self.view.set_mirrored(mirrored)
        self.view.set_frame(frame)

    def set_result(self, result: FrameResult) -> None:
        """Shows who was recognised."""
        self.view.set_result(result)

    def _lines(self, outcome: Outcome) -> list[str]:
        others = others_text(outcome)
        lines = [others] if others else []
        people, samples = outcome.figures.get("people") or 0, outcome.figures.get("samples") or 0
        text = self.tr("People known now: {people}, with {pictures} pictures.")
        lines.append(text.format(people=number(people), pictures=number(samples)))
        return lines

    def _build(self) -> None:
        card = named(QFrame(), role="card")
        card.setFixedWidth(SIDE_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        for widget in (self._text, self._figures, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.curve)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.view, 1)
        layout.addWidget(card)
