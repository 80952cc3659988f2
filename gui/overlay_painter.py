"""Draws the shapes of the overlay: rounded boxes and label plates."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.types import IdentityState
from gui.overlay import FaceShape, place_plates
from gui.plates import PlateCache, PlateStyle, state_colour

HALO = QColor(0, 0, 0, 120)
LINE_PX = 3.0
EDGE_PX = 4.0
DASHES = {
    IdentityState.KNOWN: Qt.PenStyle.SolidLine,
    IdentityState.UNSURE: Qt.PenStyle.DashLine,
    IdentityState.UNKNOWN: Qt.PenStyle.SolidLine,
}


class OverlayPainter:
    """Draws boxes and plates, and remembers where the plates lie."""

    def __init__(self) -> None:
        self._plates = PlateCache()
        self._places: dict[int, QRectF] = {}

    def paint(self, painter: QPainter, shapes: Sequence[FaceShape], bounds: QRectF, device_pixel_ratio: float) -> None:
        """Draws all of them.

        Args:
            painter: Draws on the view.
            shapes: What to draw, the most important one last.
            bounds: The view.
            device_pixel_ratio: Of the screen.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shape in shapes:
            self._paint_box(painter, shape)
        self._paint_plates(painter, shapes, bounds, device_pixel_ratio)

    def place_of(self, track_id: int) -> QRectF:
        """Where the plate of a face was drawn last; empty when it has none."""
        return self._places.get(track_id, QRectF())

    def forget(self) -> None:
        """Draws everything anew, as when the theme changes."""
        self._plates.clear()

    def _paint_box(self, painter: QPainter, shape: FaceShape) -> None:
        radius = min(16.0, shape.rect.width() * 0.12)
        painter.setPen(QPen(HALO, LINE_PX + 2.5))
        painter.drawRoundedRect(shape.rect, radius, radius)
        painter.setPen(QPen(state_colour(shape.state), LINE_PX, DASHES[shape.state]))
        painter.drawRoundedRect(shape.rect, radius, radius)

    def _paint_plates(
        self, painter: QPainter, shapes: Sequence[FaceShape], bounds: QRectF, device_pixel_ratio: float
    ) -> None:
        text_px = max(16, min(26, round(bounds.height() / 38)))
        style = PlateStyle(text_px, device_pixel_ratio, min(bounds.width() * 0.6, text_px * 20.0))
        plated = [(shape, self._plates.pixmap(shape.plate, style)) for shape in shapes if shape.plate]
        sizes = [pixmap.deviceIndependentSize() for _, pixmap in plated]
        ground = bounds.adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        places = place_plates([shape.rect for shape, _ in plated], sizes, ground)
        self._places = {shape.track_id: place for (shape, _), place in zip(plated, places, strict=True)}
        for (_, pixmap), place in zip(plated, places, strict=True):
            painter.drawPixmap(place.topLeft(), pixmap)
