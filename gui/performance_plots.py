"""The two pictures of the performance page: results per second, and time per stage, over the last minute."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

from gui.performance_history import SPAN_S, STAGES, Curves, Series

STAGE_COLOURS = dict(
    zip(STAGES, ("#0072b2", "#56b4e9", "#f0e442", "#d55e00", "#009e73", "#cc79a7"), strict=True),
)
"""Okabe and Ito's palette: neighbours differ in lightness too, so that they part without colour."""

_AXIS_WIDTH = 44

START_POINTS = 8
"""Points of the first two seconds, in which networks warm up."""


class PerformancePlots(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Draws curves that are made once and only get new data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("performancePlots")
        self.setMinimumHeight(170)
        self.ci.layout.setContentsMargins(0, 4, 8, 0)
        self.ci.layout.setSpacing(2)
        self.fps_plot = self._add_plot(0)
        self.stage_plot = self._add_plot(1)
        self.fps_plot.getAxis("bottom").setStyle(showValues=False)
        self.ci.layout.setRowStretchFactor(0, 2)
        self.ci.layout.setRowStretchFactor(1, 3)
        self._fps_curve = self.fps_plot.plot(connect="finite")
        # The widest sum first: each further one paints over it and leaves its own band.
        self._stage_curves = {
            stage: self.stage_plot.plot(fillLevel=0.0, fillBrush=colour, pen=pg.mkPen(colour), connect="finite")
            for stage, colour in reversed(STAGE_COLOURS.items())
        }
        self.use_palette(self.palette())

    def _add_plot(self, row: int) -> pg.PlotItem:
        plot = self.addPlot(row=row, col=0)
        plot.setMouseEnabled(False, False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setClipToView(False)
        plot.showGrid(x=False, y=True, alpha=0.25)
        plot.setXRange(-SPAN_S, 0.0, padding=0.0)
        plot.disableAutoRange()
        plot.getAxis("left").setWidth(_AXIS_WIDTH)
        plot.getAxis("left").setStyle(maxTickLevel=0)
        plot.getAxis("bottom").setTickSpacing(10, 10)
        return plot

    def set_titles(self, fps: str, stages: str) -> None:
        """Names the two plots, in the user's language."""
        self._titles = (fps, stages)
        for plot, title in ((self.fps_plot, fps), (self.stage_plot, stages)):
            plot.setTitle(title, color=self._ink, size=f"{self._text_px()}px", justify="left")

    def use_palette(self, palette: QPalette) -> None:
        """Takes paper and ink from the theme."""
        self._ink = palette.color(QPalette.ColorRole.WindowText)
        self.setBackground(palette.color(QPalette.ColorRole.Window))
        self._fps_curve.setPen(pg.mkPen(self._fps_colour(palette), width=2.5))
        for plot in (self.fps_plot, self.stage_plot):
            for side in ("left", "bottom"):
                plot.getAxis(side).setStyle(tickFont=self._tick_font())
                plot.getAxis(side).setPen(pg.mkPen(self._faded(0.5)))
                plot.getAxis(side).setTextPen(pg.mkPen(self._ink))
        if hasattr(self, "_titles"):
            self.set_titles(*self._titles)

    def _text_px(self) -> int:
        return QFontInfo(self.font()).pixelSize()

    def _tick_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(12, self._text_px() - 2))
        return font

    def _fps_colour(self, palette: QPalette) -> QColor:
        dark = palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5
        return QColor("#56b4e9" if dark else "#0072b2")

    def _faded(self, alpha: float) -> QColor:
        colour = QColor(self._ink)
        colour.setAlphaF(alpha)
        return colour

    def draw(self, curves: Curves) -> None:
        """Shows new data on the curves that are there."""
        self._fps_curve.setData(curves.ago_s, curves.fps)
        for stage, heights_ms in curves.stacked_ms.items():
            self._stage_curves[stage].setData(curves.ago_s, heights_ms)
        self.fps_plot.setYRange(0.0, _ceiling(float(np.nan_to_num(curves.fps).max()), 5.0), padding=0.0)
        self.stage_plot.setYRange(0.0, _ceiling(_usual(curves.stacked_ms[STAGES[-1]]), 5.0), padding=0.0)


def _usual(heights_ms: Series) -> float:
    """The height that nearly all points keep to: a slow start must not flatten the whole minute."""
    known = heights_ms[~np.isnan(heights_ms)]
    settled = known[START_POINTS:] if len(known) > START_POINTS else known
    return float(np.percentile(settled, 97)) if settled.size else 0.0


def _ceiling(highest: float, least: float) -> float:
    """A round number above the highest value, so that the axis does not move with every result."""
    wanted = max(highest * 1.1, least)
    power = 10.0 ** np.floor(np.log10(wanted))
    rounded = (step * power for step in (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.5))
    return float(next((value for value in rounded if value >= wanted), 10.0 * power))
