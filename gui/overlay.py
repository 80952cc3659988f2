"""What is drawn over the picture: `FrameResult` → shapes and texts; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF

from engine.types import Frame, FrameResult, Identity, IdentityState, TaskScore, TrackedFace
from gui.isolated import isolated
from gui.labels import label
from gui.numbers import percent
from gui.view_geometry import ViewGeometry

STALE_MS = 300.0
"""Boxes that speak of a picture this much older than the shown one are hidden."""
GAP_PX = 6.0


@dataclass(frozen=True, slots=True)
class Plate:
    """The texts of one face's label plate.

    Attributes:
        state: Decides colour and icon.
        title: Name, "Unknown" or "Unsure".
        probability: How sure, "97 %"; empty when there is nothing to say.
        details: Further lines: a likely name, age group and ethnicity.
    """

    state: IdentityState
    title: str
    probability: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaceShape:
    """One face to draw: its box in view pixels, and its plate once the face was looked at."""

    track_id: int
    rect: QRectF
    state: IdentityState
    plate: Plate | None


def is_current(result: FrameResult, shown: Frame) -> bool:
    """Whether a result still goes with the shown picture."""
    age_ms = (shown.captured_ns - result.frame.captured_ns) / 1e6
    return abs(age_ms) <= STALE_MS


def face_shapes(result: FrameResult, geometry: ViewGeometry, *, attributes: bool) -> tuple[FaceShape, ...]:
    """What to draw for a result: the largest face last, on top.

    Args:
        result: What the pipeline says.
        geometry: Where the frame lies in the view.
        attributes: Whether age group and ethnicity may be shown.
    """
    faces = sorted(result.faces, key=lambda face: face.detection.width_px)
    return tuple(_shape(face, geometry, attributes) for face in faces)


def _shape(face: TrackedFace, geometry: ViewGeometry, attributes: bool) -> FaceShape:
    x1, y1, x2, y2 = (float(value) for value in face.detection.box)
    looked_at = face.embedding is not None
    return FaceShape(
        track_id=face.track_id,
        rect=geometry.to_view(x1, y1, x2, y2),
        state=face.identity.state,
        plate=plate(face.identity, face.attributes if attributes else ()) if looked_at else None,
    )


def plate(identity: Identity, attributes: Sequence[TaskScore] = ()) -> Plate:
    """The texts for one face."""
    details = [f"{label(task.label)} {percent(task.probability, 0)}" for task in attributes]
    lines = (" · ".join(details),) if details else ()
    if identity.state is IdentityState.KNOWN:
        return Plate(identity.state, identity.name or "", percent(identity.probability, 0), lines)
    if identity.state is IdentityState.UNSURE:
        guess = QCoreApplication.translate("Overlay", "perhaps {name}").format(name=isolated(identity.name or ""))
        title = QCoreApplication.translate("Overlay", "Unsure")
        return Plate(identity.state, title, percent(identity.probability, 0), (guess, *lines))
    # 0 and 1 are what an empty gallery answers: nothing was weighed, so there is no figure to show.
    weighed = 0.0 < identity.probability < 1.0
    title = QCoreApplication.translate("Overlay", "Unknown")
    return Plate(identity.state, title, percent(identity.probability, 0) if weighed else "", lines)


def place_plates(boxes: Sequence[QRectF], sizes: Sequence[QSizeF], bounds: QRectF) -> list[QRectF]:
    """Finds a place for each plate: above its box, else below, else inside its top; within bounds, off other plates.

    Args:
        boxes: The faces' boxes, the most important one last.
        sizes: Each plate's size.
        bounds: The ground that may be covered.

    Returns:
        One rectangle per plate, in the order given.
    """
    placed: dict[int, QRectF] = {}
    for index in reversed(range(len(boxes))):
        box, size = boxes[index], sizes[index]
        candidates = [_within(QRectF(corner, size), bounds) for corner in _corners(box, size)]
        fits = [c for c in candidates if not any(c.intersects(other) for other in placed.values())]
        clear = [c for c in fits if not c.intersects(box)]
        placed[index] = (clear or fits or candidates)[0]
    return [placed[index] for index in range(len(boxes))]


def _corners(box: QRectF, size: QSizeF) -> tuple[QPointF, ...]:
    left = box.center().x() - size.width() / 2
    return (
        QPointF(left, box.top() - GAP_PX - size.height()),
        QPointF(left, box.bottom() + GAP_PX),
        QPointF(box.right() + GAP_PX, box.top()),
        QPointF(box.left() - GAP_PX - size.width(), box.top()),
        QPointF(left, box.top() + GAP_PX),
    )


def _within(rect: QRectF, bounds: QRectF) -> QRectF:
    x = max(bounds.left(), min(rect.left(), bounds.right() - rect.width()))
    y = max(bounds.top(), min(rect.top(), bounds.bottom() - rect.height()))
    return QRectF(x, y, rect.width(), rect.height())
