"""How much one look at a face is worth, in [0, 1]: the weight of its vote."""

import cv2
import numpy as np

from engine.align import TEMPLATE
from engine.types import Detection, Floats, Image

FULL_SIZE_PX = 100.0
"""From this face width on, more pixels add nothing: the crop has 128."""
FULL_SHARPNESS = 12.0
"""Standard deviation of the Laplacian from which a 128-pixel crop counts as sharp."""
TEMPLATE_ASPECT = float(np.ptp(TEMPLATE[:2, 0]) / (TEMPLATE[3:, 1].mean() - TEMPLATE[:2, 1].mean()))
"""Distance of the eyes over that from eyes to mouth in a frontal face."""


def look_quality(detection: Detection, crop: Image) -> float:
    """Weighs one look by the face's size, pose, sharpness, light and the detector's score.

    Args:
        detection: Where the face was found.
        crop: (128, 128, 3) uint8 RGB, the aligned face.

    Returns:
        A weight in [0, 1]; the product of the parts, so that one bad part is enough to lower it.
    """
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    return promise(detection) * sharpness(grey) * _light(grey) * detection.score


def promise(detection: Detection) -> float:
    """What a look may be worth before the crop is cut: the part of its weight that is size and pose."""
    return min(1.0, detection.width_px / FULL_SIZE_PX) * frontality(detection.landmarks)


def frontality(landmarks: Floats) -> float:
    """How frontal a face is: 1 when the nose lies where the template has it, towards 0 in profile.

    Args:
        landmarks: (5, 2) float32.
    """
    left, right, nose, mouth_left, mouth_right = landmarks.tolist()
    eyes = complex(left[0] + right[0], left[1] + right[1]) / 2
    mouth = complex(mouth_left[0] + mouth_right[0], mouth_left[1] + mouth_right[1]) / 2
    across = complex(right[0] - left[0], right[1] - left[1])
    width, height = abs(across), abs(mouth - eyes)
    if width < 1e-3 or height < 1e-3:
        return 0.0
    aside = ((complex(*nose) - (eyes + mouth) / 2) * across.conjugate()).real / width
    turn = abs(aside) / max(width, height)
    narrowing = min(1.0, width / height / TEMPLATE_ASPECT)
    return max(0.0, 1.0 - 2.0 * turn) * narrowing


def sharpness(grey: Image) -> float:
    """How sharp a crop is: deviation of the Laplacian over that of a sharp crop, at most 1.

    Args:
        grey: (H, W) uint8.
    """
    return min(1.0, float(cv2.Laplacian(grey, cv2.CV_32F).std()) / FULL_SHARPNESS)


def _light(grey: Image) -> float:
    """1 in good light, lower where the face is nearly black or white."""
    mean = float(grey.mean())
    return float(np.clip(min(mean / 60.0, (255.0 - mean) / 40.0), 0.05, 1.0))
