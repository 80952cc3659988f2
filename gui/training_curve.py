"""Loss and accuracy of a training, epoch by epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.touch import named

if TYPE_CHECKING:
    from engine.head_training import EpochReport


SHORTEST = 20
DRAW_MS = 100
"""Epochs come faster than anybody can see; drawing each would keep the window from everything else."""


class TrainingCurve(QWidget):
    """Two curves over the epochs: the loss on its own scale, the accuracy in percent."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "trainingCurve")
        self._epochs: list[float] = []
        self._losses: list[float] = []
        self._shares: list[float] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAW_MS)
        self._soon.timeout.connect(self._draw)
        self._plot = pg.PlotWidget()
        self._plot.setMouseEnabled(False, False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setYRange(0.0, 1.05, padding=0.0)
        self._plot.getAxis("left").setStyle(showValues=False)
        self._plot.getAxis("left").setWidth(8)
        self._plot.getAxis("bottom").setTickSpacing(levels=[(10, 0)])
        self._plot.setMinimumHeight(90)
        self._loss = self._plot.plot()
        self._share = self._plot.plot()
        self._legend = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._legend)
        layout.addWidget(self._plot, 1)
        theme.manager().changed.connect(self._dress)
        self._dress()

    def clear(self) -> None:
        """Begins anew."""
        for values in (self._epochs, self._losses, self._shares):
            values.clear()
        self._draw()

    def add(self, report: EpochReport) -> None:
        """Adds an epoch."""
        self._epochs.append(float(report.epoch))
        self._losses.append(report.loss)
        self._shares.append(report.validation_accuracy)
        if not self._soon.isActive():
            self._soon.start()

    def take(self, other: TrainingCurve) -> None:
        """Shows what another one shows."""
        self._epochs, self._losses, self._shares = list(other._epochs), list(other._losses), list(other._shares)
        self._draw()

    @property
    def epochs(self) -> int:
        """How many epochs are on show."""
        return len(self._epochs)

    def _draw(self) -> None:
        highest = max(self._losses, default=1.0) or 1.0
        self._plot.setXRange(1.0, max(SHORTEST, len(self._epochs)), padding=0.02)
        self._loss.setData(self._epochs, [loss / highest for loss in self._losses])
        self._share.setData(self._epochs, self._shares)

    def _dress(self) -> None:
        tokens = theme.manager().tokens
        self._plot.setBackground(QColor(tokens.surface))
        self._plot.getAxis("bottom").setTextPen(pg.mkPen(tokens.muted))
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setPen(pg.mkPen(tokens.line))
        self._loss.setPen(pg.mkPen(tokens.curve_2, width=2.5))
        self._share.setPen(pg.mkPen(tokens.curve_1, width=2.5))
        loss, share = self.tr("Loss"), self.tr("Rightly named")
        mark = '<span style="color:{colour}">━</span> {text}'
        entries = (mark.format(colour=tokens.curve_2, text=loss), mark.format(colour=tokens.curve_1, text=share))
        self._legend.setText("&nbsp;&nbsp; ".join(entries))
