"""Paints the newest frame with the newest boxes; zooms by pinch, wheel and keys."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.types import Frame, FrameResult, TrackedFace
from gui import theme
from gui.overlay import FaceShape, face_shapes, is_current
from gui.overlay_painter import OverlayPainter
from gui.touch_zoom import TouchZoom
from gui.view_geometry import ViewGeometry

GROUND = QColor("#0b0e13")
DIM = QColor(11, 14, 19, 165)
ZOOM_STEP = 1.25
TAP_PX = 12


class CameraView(QWidget):
    """The picture with its boxes.

    The picture keeps its aspect; wheel, pinch, `+` and `-` zoom, dragging moves; double click, double tap and `0`
    show all of it. A tap on a face or its plate, or Enter for the largest one, tells which face is meant.

    Signals:
        face_tapped: The `TrackedFace` that was tapped, and the `FrameResult` it was in.
    """

    face_tapped = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._result: FrameResult | None = None
        self._image = QImage()
        self._image_of: tuple[Frame, bool] | None = None
        self._geometry = ViewGeometry(QSizeF(), QSizeF(self.size()))
        self._attributes = False
        self._dimmed = False
        self._drag_from: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._focus_ring = False
        self._fingers = TouchZoom(self)
        self._overlay = OverlayPainter()
        self.paint_times_ms: deque[float] = deque(maxlen=240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName(self.tr("Camera picture"))
        theme.manager().changed.connect(self._draw_anew)

    def set_frame(self, frame: Frame) -> None:
        """Shows a frame at the next repaint."""
        self._frame = frame
        size = QSizeF(frame.width, frame.height)
        if size != self._geometry.frame:
            self._geometry = replace(self._geometry, frame=size).clamped()
        self.update()

    def set_result(self, result: FrameResult | None) -> None:
        """Shows the boxes of a result, as long as they are not older than the picture by 300 ms."""
        self._result = result
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Shows the picture as in a mirror; texts stay readable."""
        self._geometry = replace(self._geometry, mirrored=mirrored)
        self.update()

    def set_attributes(self, shown: bool) -> None:
        """Shows age group and ethnicity, where a result has them."""
        self._attributes = shown
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Darkens the last picture and hides the boxes: it is not live."""
        self._dimmed = dimmed
        self.update()

    def clear(self) -> None:
        """Shows no picture."""
        self._frame = self._result = None
        self._image_of = None
        self._image = QImage()
        self.reset_zoom()

    @property
    def frame(self) -> Frame | None:
        """The frame on show."""
        return self._frame

    @property
    def dimmed(self) -> bool:
        """Whether the picture is shown as not live."""
        return self._dimmed

    @property
    def zoom(self) -> float:
        """1 shows the whole picture."""
        return self._geometry.zoom

    @property
    def view_geometry(self) -> ViewGeometry:
        """Where the frame lies in the view."""
        return self._geometry

    def shapes(self) -> tuple[FaceShape, ...]:
        """The faces drawn now, in view pixels."""
        if self._frame is None or self._result is None or self._dimmed or not is_current(self._result, self._frame):
            return ()
        return face_shapes(self._result, self._geometry, attributes=self._attributes)

    def labels(self) -> list[str]:
        """The titles of the plates drawn now, by track number."""
        shapes = sorted(self.shapes(), key=lambda shape: shape.track_id)
        return [shape.plate.title for shape in shapes if shape.plate is not None]

    def face_at(self, at: QPointF) -> TrackedFace | None:
        """The face whose box or plate lies at a point of the view; of several, the one on top."""
        for shape in reversed(self.shapes()):
            plate = self._overlay.place_of(shape.track_id) if shape.plate else QRectF()
            if shape.rect.contains(at) or plate.contains(at):
                return self._face(shape.track_id)
        return None

    def tap_at(self, at: QPointF) -> None:
        """Takes a tap, of a finger or the mouse, on a point of the view."""
        self._tap(self.face_at(at))

    def _face(self, track_id: int) -> TrackedFace | None:
        faces = self._result.faces if self._result is not None else ()
        return next((face for face in faces if face.track_id == track_id), None)

    def _tap(self, face: TrackedFace | None) -> None:
        if face is not None and self._result is not None:
            self.face_tapped.emit(face, self._result)

    def _tap_largest(self) -> None:
        shapes = self.shapes()
        self._tap(self._face(shapes[-1].track_id) if shapes else None)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms around a point of the view, by default its middle."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._geometry = self._geometry.zoomed(factor, at if at is not None else middle)
        self.update()

    def pan_by(self, by: QPointF) -> None:
        """Moves a zoomed picture by view pixels, no further than its edge."""
        self._geometry = self._geometry.panned(by)
        self.update()

    def reset_zoom(self) -> None:
        """Shows the whole picture."""
        self._geometry = replace(self._geometry, zoom=1.0, centre=QPointF(0.5, 0.5))
        self.update()

    def _draw_anew(self) -> None:
        self._overlay.forget()
        self.update()

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), GROUND)
        if self._frame is None:
            return
        picture = self._prepared(self._frame)
        visible = self._geometry.visible()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(visible, picture, self._geometry.source())
        if self._dimmed:
            painter.fillRect(visible, DIM)
        shapes = self.shapes()
        if shapes:
            self._overlay.paint(painter, shapes, QRectF(self.rect()), self.devicePixelRatioF())

    def _prepared(self, frame: Frame) -> QImage:
        """The frame as Qt draws it fastest: 32 bits a pixel, already mirrored; made once for each frame."""
        key = (frame, self._geometry.mirrored)
        if self._image_of is None or self._image_of[0] is not frame or self._image_of[1] != key[1]:
            self._image = to_qimage(frame, mirrored=self._geometry.mirrored)
            self._image_of = key
        return self._image

    def sizeHint(self) -> QSize:
        """The size of a common camera's picture."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a half of a 7-inch touchscreen."""
        return QSize(240, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the picture, the boxes and the plates."""
        began = perf_counter()
        painter = QPainter(self)
        self._paint(painter)
        if self._focus_ring:
            painter.setPen(QPen(QColor(theme.manager().tokens.focus), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
        self.paint_times_ms.append((perf_counter() - began) * 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the aspect."""
        self._geometry = replace(self._geometry, view=QSizeF(self.size())).clamped()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms around the cursor."""
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to move a zoomed picture."""
        self._drag_from = self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves a zoomed picture."""
        if self._drag_from is not None:
            self.pan_by(event.position() - self._drag_from)
            self._drag_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the movement; without one it was a tap."""
        pressed_at, self._pressed_at, self._drag_from = self._pressed_at, None, None
        if pressed_at is not None and (event.position() - pressed_at).manhattanLength() < TAP_PX:
            self.tap_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Shows the whole picture."""
        self.reset_zoom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zooms by keys."""
        actions: dict[str, Callable[[], None]] = {
            "+": lambda: self.zoom_by(ZOOM_STEP),
            "=": lambda: self.zoom_by(ZOOM_STEP),
            "-": lambda: self.zoom_by(1 / ZOOM_STEP),
            "0": self.reset_zoom,
            "\r": self._tap_largest,
        }
        if action := actions.get(event.text()):
            action()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the focus to those who came by key."""
        self._focus_ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the focus."""
        self._focus_ring = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Zooms by pinch, on a touchscreen or a touchpad."""
        if isinstance(event, QTouchEvent):
            if event.type() == QEvent.Type.TouchBegin and self.childAt(event.points()[0].position().toPoint()):
                event.ignore()  # what lies over the picture is for that finger; Qt then makes a click of it
                return False
            self._fingers.take(event)
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)


def to_qimage(frame: Frame, *, mirrored: bool = False) -> QImage:
    """A frame as a 32-bit picture of its own memory.

    Args:
        frame: The frame; its array is held until the copy is made.
        mirrored: Whether left and right change places.
    """
    # Flipped by OpenCV: Qt's own name for it is not the same in 6.8 and 6.11.
    array = cv2.flip(frame.image, 1) if mirrored else np.ascontiguousarray(frame.image)
    borrowed = QImage(array.data, frame.width, frame.height, array.strides[0], QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)
