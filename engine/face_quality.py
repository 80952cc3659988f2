"""Is this look at a face good enough to enrol somebody with, and if not, why: pure rules on one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from engine.align import TEMPLATE, align, similarity_transform
from engine.quality import look_quality
from engine.types import Detection, Floats, Image

PASSER_BY = 0.4
"""A second face narrower than this share of the first belongs to somebody behind."""
MOST_YAW = 0.9
DARK, BLACK_EYES = 40.0, 45.0
SHARP = 25.0
"""Least variance of the Laplacian of the crop at 64 pixels; a softly focused face has about 5, a webcam's 60 to 200."""
_NEUTRAL_NOSE = float((TEMPLATE[2, 1] - TEMPLATE[:2, 1].mean()) / (TEMPLATE[3:, 1].mean() - TEMPLATE[:2, 1].mean()))
_ELLIPSE_CENTRE, _ELLIPSE_AXES = (64.0, 66.0), (52.0, 58.0)


class Hint(str, Enum):
    """Why a picture is not used; each has a sentence for the person in front of the camera."""

    NO_FACE = "no_face"
    TWO_FACES = "two_faces"
    TOO_FAR = "too_far"
    CUT_OFF = "cut_off"
    TOO_DARK = "too_dark"
    BACK_LIGHT = "back_light"
    BLURRED = "blurred"
    EYES_COVERED = "eyes_covered"
    LOOKING_AWAY = "looking_away"
    SAME_AGAIN = "same_again"

    @property
    def sentence(self) -> str:
        """What to say, in English; the window has it in its own language."""
        return _SENTENCES[self]

    @property
    def reason(self) -> str:
        """Why a photograph was refused."""
        return _REASONS[self]


_SENTENCES = {
    Hint.NO_FACE: "I see no face. Please stand in front of the camera.",
    Hint.TWO_FACES: "I see more than one face. One person at a time, please.",
    Hint.TOO_FAR: "Please come closer.",
    Hint.CUT_OFF: "Your face is cut off at the edge. Please move to the middle.",
    Hint.TOO_DARK: "It is too dark. Please turn on a light.",
    Hint.BACK_LIGHT: "The light is behind you. Please turn so that it falls on your face.",
    Hint.BLURRED: "The picture is blurred. Please hold still.",
    Hint.EYES_COVERED: "I cannot see your eyes. Please take off sunglasses.",
    Hint.LOOKING_AWAY: "You are looking too far away. Please turn back a little.",
    Hint.SAME_AGAIN: "Please move your head a little.",
}
_REASONS = {
    Hint.NO_FACE: "shows no face",
    Hint.TWO_FACES: "shows more than one face",
    Hint.TOO_FAR: "the face is too small",
    Hint.CUT_OFF: "the face is cut off at the edge",
    Hint.TOO_DARK: "too dark",
    Hint.BACK_LIGHT: "the light is behind the face",
    Hint.BLURRED: "blurred",
    Hint.EYES_COVERED: "the eyes are covered",
    Hint.LOOKING_AWAY: "looks away",
    Hint.SAME_AGAIN: "nearly the same as another one",
}


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a face looks, from its landmarks; rough, in no unit.

    Attributes:
        yaw: 0 frontal; positive when the person turns to their own left (the picture's right), 1 about three quarters.
        pitch: 0 level for an average face; positive looking up.
    """

    yaw: float
    pitch: float


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One usable look at one person."""

    detection: Detection
    crop: Image
    pose: Pose
    quality: float


def pose_of(landmarks: Floats) -> Pose:
    """Estimates the pose.

    Args:
        landmarks: (5, 2) float32.
    """
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    across = landmarks[1] - landmarks[0]
    width = max(float(np.hypot(across[0], across[1])), 1e-3)
    along, down = across / width, np.array([-across[1], across[0]]) / width
    height = float((mouth - eyes) @ down)
    if height < 1e-3:
        return Pose(2.0, 0.0)
    nose = landmarks[2] - eyes
    drop = float(nose @ down) / height
    aside = float(nose @ along) - drop * float((mouth - eyes) @ along)
    return Pose(aside / (width / 2), 4.0 * (_NEUTRAL_NOSE - drop))


def judge(image: Image, detections: Sequence[Detection], min_face_px: float) -> Look | Hint:
    """Looks at a picture as an enrolment does.

    Args:
        image: (H, W, 3) uint8 RGB.
        detections: The faces found in it.
        min_face_px: The smallest face width that is good enough.

    Returns:
        The look at its one face, or why it cannot be used.
    """
    if not detections:
        return Hint.NO_FACE
    face, *others = sorted(detections, key=lambda found: -found.width_px)
    if any(other.width_px > PASSER_BY * face.width_px for other in others):
        return Hint.TWO_FACES
    if face.width_px < min_face_px:
        return Hint.TOO_FAR
    if _share_outside(image, face) > 0.1:
        return Hint.CUT_OFF
    pose, crop = pose_of(face.landmarks), align(image, face.landmarks)
    hint = _flaw(image, face, crop, pose)
    return hint or Look(face, crop, pose, look_quality(face, crop))


def _flaw(image: Image, face: Detection, crop: Image, pose: Pose) -> Hint | None:
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    light = float(grey[24:112, 28:100].mean())
    if light < 2 * DARK and _surroundings(image, face) > light + 90.0:
        return Hint.BACK_LIGHT
    if light < DARK:
        return Hint.TOO_DARK
    if abs(pose.yaw) > MOST_YAW:
        return Hint.LOOKING_AWAY
    if sharpness_at_64(grey) < SHARP:
        return Hint.BLURRED
    return Hint.EYES_COVERED if _eyes_are_covered(grey) else None


def sharpness_at_64(grey: Image) -> float:
    """Variance of the Laplacian of a crop reduced to 64 pixels, so that faces of all sizes compare.

    Args:
        grey: (128, 128) uint8.
    """
    small = cv2.resize(grey, (64, 64), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_32F).var())


def _eyes_are_covered(grey: Image) -> bool:
    """Whether both eyes lie in even darkness, much darker than the cheeks, as behind sunglasses."""
    cheeks = float(np.median(grey[72:92, 34:94]))
    eyes = [grey[38:58, x - 14 : x + 15] for x in (41, 86)]
    return all(float(eye.mean()) < min(BLACK_EYES, 0.45 * cheeks) and float(eye.std()) < 30.0 for eye in eyes)


def _surroundings(image: Image, face: Detection) -> float:
    """Mean brightness of the picture beside the face."""
    x1, y1, x2, y2 = (int(value) for value in face.box)
    margin = x2 - x1
    top, bottom = max(y1 - margin // 2, 0), min(y2, image.shape[0])
    left = image[top:bottom, max(x1 - margin, 0) : max(x1, 0)]
    right = image[top:bottom, min(x2, image.shape[1]) : x2 + margin]
    sides = [float(side.mean()) for side in (left, right) if side.size]
    return float(np.mean(sides)) if sides else 0.0


def _share_outside(image: Image, face: Detection) -> float:
    """Which share of the face's outline lies outside the picture."""
    angles = np.linspace(0.0, 2.0 * np.pi, 48, endpoint=False)
    outline = np.stack([np.cos(angles), np.sin(angles)], axis=1) * _ELLIPSE_AXES + _ELLIPSE_CENTRE
    to_crop = similarity_transform(face.landmarks)
    places = (outline - to_crop[:, 2]) @ np.linalg.inv(to_crop[:, :2]).T
    inside = (places >= -1.0).all(axis=1) & (places <= (image.shape[1], image.shape[0])).all(axis=1)
    return float(1.0 - inside.mean())


def thumbnail(crop: Image) -> Floats:
    """A tiny even-lit grey picture of the inner face, unit length: dot products tell near-duplicates."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)[16:120, 20:108]
    small = cv2.resize(grey, (24, 28), interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    small -= small.mean()
    return np.asarray(small / max(float(np.linalg.norm(small)), 1e-6), np.float32)
