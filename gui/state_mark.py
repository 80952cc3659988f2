"""The mark of a network file: a shape for each state, not just a colour."""

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QWidget

_TICK = QPolygonF([QPointF(8.5, 14.5), QPointF(12.5, 18.5), QPointF(20.0, 10.0)])


class RowState(Enum):
    """How a network file stands."""

    IDLE = "idle"
    LOADING = "loading"
    CURRENT = "current"
    FAILED = "failed"


class StateMark(QWidget):
    """A ring that is empty, turns, holds a tick or an exclamation mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = RowState.IDLE
        self._angle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._turn)
        self.setFixedSize(QSize(28, 28))

    def show_state(self, state: RowState) -> None:
        """Shows the mark of a state."""
        self._state = state
        self._run_timer(self.isVisible())
        self.update()

    def _run_timer(self, visible: bool) -> None:
        if visible and self._state is RowState.LOADING:
            self._timer.start()
        else:
            self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle - 30) % 360
        self.update()

    def _draw_filled(self, painter: QPainter, ink: QColor, paper: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2))
        painter.setPen(QPen(paper, 3.0, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._state is RowState.CURRENT:
            painter.drawPolyline(_TICK)
        else:
            painter.drawLine(14, 8, 14, 15)
            painter.drawPoint(14, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the mark in the colours of the theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.WindowText)
        ring = self.rect().adjusted(3, 3, -3, -3)
        if self._state is RowState.LOADING:
            painter.setPen(QPen(ink, 3.0, c=Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, self._angle * 16, 270 * 16)
        elif self._state is RowState.IDLE:
            painter.setPen(QPen(ink, 2.0))
            painter.drawEllipse(ring)
        else:
            accent = palette.color(QPalette.ColorRole.Highlight) if self._state is RowState.CURRENT else ink
            self._draw_filled(painter, accent, palette.color(QPalette.ColorRole.HighlightedText))

    def showEvent(self, event: QShowEvent) -> None:
        """Turns again when it is seen."""
        super().showEvent(event)
        self._run_timer(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops turning while nobody sees it."""
        self._run_timer(False)
        super().hideEvent(event)
