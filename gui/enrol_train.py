"""Fifth step: the training."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from gui.enrol_step import Step
from gui.numbers import number
from gui.touch import button, named, set_role, text_label
from gui.training_curve import TrainingCurve

if TYPE_CHECKING:
    from engine.retraining import Progress

PARTS = {"embed": (0.0, 0.3), "train": (0.3, 0.6), "calibrate": (0.9, 0.06), "save": (0.96, 0.04)}
"""Where each stage begins on the bar, and its share of it."""
TELL_AFTER_S = 1.0


def share_done(progress: Progress) -> float:
    """How much of a whole training is done, in [0, 1]."""
    start, share = PARTS[progress.stage]
    return start + share * min(progress.fraction, 1.0)


class TrainStep(Step):
    """Shows how far the training is; cancelling or failing leaves everything as it was.

    Signals:
        retry_wanted: Train again.
        accept_wanted: Train again and keep the result even though others are named less often.
    """

    retry_wanted = Signal()
    accept_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("stepTrain", self.tr("Learning your face"))
        self.next_text = ""
        self.curve = TrainingCurve()
        self._began_s = 0.0
        self._text = text_label(role="subtitle", name="trainText")
        self._bar = named(QProgressBar(), "trainProgress")
        self._rest = text_label(role="hint", name="trainRest")
        self._retry = button(self.tr("Try again"), "trainAgain", "primary")
        self._accept = button(self.tr("Enrol all the same"), "acceptWorse")
        self._build()

    def restart(self) -> None:
        """Begins anew."""
        self._began_s = time.monotonic()
        self.curve.clear()
        set_role(self._text, "subtitle")
        self._text.setText(self.tr("Learning …"))
        self._rest.setText("")
        self._bar.setRange(0, 1000)
        self._bar.setValue(0)
        self._retry.hide()
        self._accept.hide()

    def set_progress(self, progress: Progress) -> None:
        """Shows how far it is."""
        whole = share_done(progress)
        self._bar.setValue(round(1000 * whole))
        if progress.fit is not None and progress.fit.epoch is not None:
            self.curve.add(progress.fit.epoch)
        self._text.setText(self._stage_text(progress.stage))
        self._rest.setText(self._rest_text(whole))

    def show_error(self, what: str, remedy: str, *, worse: bool) -> None:
        """Says why nothing was changed.

        Args:
            what: What went wrong.
            remedy: What to do.
            worse: Whether the result can be kept all the same.
        """
        set_role(self._text, "error")
        self._text.setText(what)
        unchanged = self.tr("Everything is as it was before.")
        self._rest.setText(f"{remedy} {unchanged}".strip())
        self._retry.setVisible(not worse)
        self._accept.setVisible(worse)

    def _stage_text(self, stage: str) -> str:
        texts = {
            "embed": self.tr("Looking at everybody's pictures …"),
            "train": self.tr("Learning …"),
            "calibrate": self.tr("Comparing with strangers …"),
            "save": self.tr("Keeping it, encrypted …"),
        }
        return texts.get(stage, self.tr("Learning …"))

    def _rest_text(self, whole: float) -> str:
        spent_s = time.monotonic() - self._began_s
        if spent_s < TELL_AFTER_S or whole < 0.05:
            return ""
        return self.tr("About {seconds} s left").format(seconds=number(max(1.0, spent_s / whole * (1 - whole))))

    def _build(self) -> None:
        self._bar.setTextVisible(False)
        self._retry.clicked.connect(self.retry_wanted)
        self._accept.clicked.connect(self.accept_wanted)
        card = named(QFrame(), role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        for widget in (self._text, self._bar, self._rest, self._retry, self._accept):
            column.addWidget(widget)
        column.addWidget(self.curve, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
