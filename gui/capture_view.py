"""The picture of a capture: an oval for the face, how far it is, and an arrow for the pose that is still missing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.types import Frame
from gui import theme
from gui.camera_view import GROUND, to_qimage
from gui.touch import named

SHADE = QColor(11, 14, 19, 150)
TRACK = QColor(255, 255, 255, 90)
RING_PX = 7.0


class CaptureView(QWidget):
    """Paints the newest frame, cut to fill the view, with the guide over it."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "captureView")
        self._image = QImage()
        self._mirrored = False
        self._wanted = ""
        self._progress = 0.0
        self._good = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Camera picture"))

    def set_frame(self, frame: Frame, *, mirrored: bool) -> None:
        """Shows a frame."""
        self._mirrored = mirrored
        self._image = to_qimage(frame, mirrored=mirrored)
        self.update()

    def set_guide(self, wanted: str, progress: float, *, good: bool) -> None:
        """Shows how far it is.

        Args:
            wanted: The pose to ask for: "front", "left" … as the person sees it, or nothing.
            progress: In [0, 1].
            good: Whether the last picture could be used.
        """
        self._wanted, self._progress, self._good = wanted, progress, good
        self.update()

    @property
    def arrow(self) -> str:
        """Where the arrow on the screen points; empty without one."""
        if self._wanted in ("left", "right") and not self._mirrored:
            return "right" if self._wanted == "left" else "left"
        return self._wanted if self._wanted != "front" else ""

    def _oval(self) -> QRectF:
        height = min(self.height() * 0.8, self.width() * 0.9)
        width = height * 0.74
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), GROUND)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(QRectF(self.rect()), self._image, self._cut())
        oval = self._oval()
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        shade.addEllipse(oval)
        painter.fillPath(shade, SHADE)
        self._paint_ring(painter, oval)
        if self.arrow:
            self._paint_arrow(painter, oval)

    def _cut(self) -> QRectF:
        """The part of the picture that fills the view without being stretched."""
        picture, view = self._image.size(), self.size()
        scale = min(picture.width() / max(view.width(), 1), picture.height() / max(view.height(), 1))
        width, height = view.width() * scale, view.height() * scale
        return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)

    def _paint_ring(self, painter: QPainter, oval: QRectF) -> None:
        tokens = theme.manager().tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(TRACK, RING_PX))
        painter.drawEllipse(oval)
        colour = QColor(tokens.known if self._good else tokens.unsure)
        painter.setPen(QPen(colour, RING_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(oval, 90 * 16, -round(self._progress * 360 * 16))

    def _paint_arrow(self, painter: QPainter, oval: QRectF) -> None:
        size = max(18.0, oval.width() * 0.11)
        gap = RING_PX + size * 0.9
        places = {
            "left": (QPointF(oval.left() - gap, oval.center().y()), 180.0),
            "right": (QPointF(oval.right() + gap, oval.center().y()), 0.0),
            "up": (QPointF(oval.center().x(), oval.top() + gap), -90.0),
            "down": (QPointF(oval.center().x(), oval.bottom() - gap), 90.0),
        }
        at, turn = places[self.arrow]
        painter.save()
        painter.translate(at)
        painter.rotate(turn)
        painter.setPen(QPen(QColor("#0b0e13"), 2))
        painter.setBrush(QColor("#ffffff"))
        points = ((-0.9, -0.35), (0.0, -0.35), (0.0, -0.95), (1.0, 0.0), (0.0, 0.95), (0.0, 0.35), (-0.9, 0.35))
        painter.drawPolygon(QPolygonF([QPointF(x * size, y * size) for x, y in points]))
        painter.restore()

    def sizeHint(self) -> QSize:
        """The size of a common camera's picture."""
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a 7-inch touchscreen."""
        return QSize(240, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints picture and guide."""
        painter = QPainter(self)
        self._paint(painter)
        painter.end()
