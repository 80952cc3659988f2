"""Where a point of the frame lies in the view: aspect kept, mirrored, zoomed; pure."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST_ZOOM = 8.0


@dataclass(frozen=True, slots=True)
class ViewGeometry:
    """Maps frame pixels to view pixels and back.

    The *shown picture* is the frame, turned left to right when mirrored; `centre` is a point of it.

    Args:
        frame: Size of the frame, pixels.
        view: Size of the view, pixels.
        mirrored: Whether the picture is shown as in a mirror.
        zoom: 1 shows the whole picture.
        centre: The point of the shown picture in the middle of the view, as parts of its width and height.
    """

    frame: QSizeF
    view: QSizeF
    mirrored: bool = False
    zoom: float = 1.0
    centre: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))

    @property
    def scale(self) -> float:
        """View pixels per frame pixel."""
        if self.frame.isEmpty():
            return 1.0
        fit = min(self.view.width() / self.frame.width(), self.view.height() / self.frame.height())
        return fit * self.zoom

    def picture(self) -> QRectF:
        """Where the whole shown picture lies, in view pixels; reaches past the view when zoomed."""
        if self.frame.isEmpty():
            return QRectF()
        size = self.frame * self.scale
        left = self.view.width() / 2 - self.centre.x() * size.width()
        top = self.view.height() / 2 - self.centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    def visible(self) -> QRectF:
        """The part of the view that the picture covers."""
        return self.picture().intersected(QRectF(QPointF(0, 0), self.view))

    def source(self) -> QRectF:
        """The part of the shown picture that is visible, in its own pixels."""
        visible, picture, scale = self.visible(), self.picture(), self.scale
        left, top = (visible.left() - picture.left()) / scale, (visible.top() - picture.top()) / scale
        return QRectF(left, top, visible.width() / scale, visible.height() / scale)

    def to_view(self, x1: float, y1: float, x2: float, y2: float) -> QRectF:
        """A box of the frame as a rectangle of the view."""
        if self.mirrored:
            x1, x2 = self.frame.width() - x2, self.frame.width() - x1
        origin, scale = self.picture().topLeft(), self.scale
        return QRectF(origin.x() + x1 * scale, origin.y() + y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale)

    def zoomed(self, factor: float, at: QPointF) -> "ViewGeometry":
        """Zooms by a factor; the point of the picture under `at` (view pixels) stays there."""
        zoom = min(max(self.zoom * factor, 1.0), LARGEST_ZOOM)
        before = self.picture()
        if before.isEmpty():
            return self
        part_x = (at.x() - before.left()) / before.width()
        part_y = (at.y() - before.top()) / before.height()
        size = self.frame * (self.scale / self.zoom * zoom)
        centre_x = part_x + (self.view.width() / 2 - at.x()) / size.width()
        centre_y = part_y + (self.view.height() / 2 - at.y()) / size.height()
        return replace(self, zoom=zoom, centre=QPointF(centre_x, centre_y)).clamped()

    def panned(self, by: QPointF) -> "ViewGeometry":
        """Moves the picture by view pixels, no further than its edge."""
        picture = self.picture()
        if picture.isEmpty():
            return self
        moved = QPointF(self.centre.x() - by.x() / picture.width(), self.centre.y() - by.y() / picture.height())
        return replace(self, centre=moved).clamped()

    def clamped(self) -> "ViewGeometry":
        """The same without empty ground beside a picture that could fill it."""
        picture = self.picture()
        if picture.isEmpty():
            return self
        x = _clamped_centre(self.centre.x(), self.view.width() / picture.width())
        y = _clamped_centre(self.centre.y(), self.view.height() / picture.height())
        return replace(self, centre=QPointF(x, y))


def _clamped_centre(centre: float, shown_part: float) -> float:
    half = shown_part / 2
    return 0.5 if half >= 0.5 else min(max(centre, half), 1 - half)
