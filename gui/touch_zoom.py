"""Fingers on the picture: two zoom, one moves, a double tap shows all.

Qt's own pinch recogniser counts each step twice when a touch reaches both window and widget; positions do not.
"""

from typing import Protocol

from PySide6.QtCore import QLineF, QPointF, QTime
from PySide6.QtGui import QEventPoint, QGuiApplication, QTouchEvent

TAP_PX = 12.0


class Zoomable(Protocol):
    """What fingers need of a view."""

    @property
    def zoom(self) -> float:
        """1 shows the whole picture."""
        ...

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Zooms around a point of the view."""
        ...

    def pan_by(self, by: QPointF) -> None:
        """Moves the picture."""
        ...

    def reset_zoom(self) -> None:
        """Shows the whole picture."""
        ...

    def tap_at(self, at: QPointF) -> None:
        """Takes a tap on a point of the view."""
        ...


class TouchZoom:
    """Follows the fingers on one view.

    Args:
        view: What they zoom and move.
    """

    def __init__(self, view: Zoomable) -> None:
        self._view = view
        self._fingers = 0
        self._last = QPointF()
        self._first = QPointF()
        self._spread_px = 1.0
        self._zoom = 1.0
        self._moved = False
        self._tapped: QTime | None = None

    def take(self, event: QTouchEvent) -> None:
        """Takes one step of the fingers."""
        points = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        if len(points) == 2:
            self._pinch(points[0].position(), points[1].position())
        elif len(points) == 1:
            self._drag(points[0].position())
        elif not points and self._fingers:
            self._lifted()
        self._fingers = len(points)

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        line = QLineF(one, other)
        if self._fingers != 2:
            self._spread_px, self._zoom, self._last = max(line.length(), 1.0), self._view.zoom, line.center()
        self._moved = True
        self._view.pan_by(line.center() - self._last)
        self._view.zoom_by(self._zoom * line.length() / self._spread_px / self._view.zoom, line.center())
        self._last = line.center()

    def _drag(self, at: QPointF) -> None:
        if self._fingers == 0:
            self._first, self._moved = at, False
        elif self._fingers == 1:
            self._view.pan_by(at - self._last)
        self._moved = self._moved or QLineF(self._first, at).length() > TAP_PX
        self._last = at

    def _lifted(self) -> None:
        if self._moved:
            self._tapped = None
            return
        now = QTime.currentTime()
        limit_ms = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if self._tapped is not None and 0 <= self._tapped.msecsTo(now) <= limit_ms:
            self._view.reset_zoom()
            self._tapped = None
        else:
            self._tapped = now
            self._view.tap_at(self._first)
