"""Where a face lies in its crop: sizes, landmarks, the ellipse outside of which nothing is seen."""

import numpy as np
from numpy.typing import NDArray

from engine.align import TEMPLATE

INPUT_PX = 128
"""Side of the network's input."""
STORED_PX = 144
"""Side of a stored crop; the input is its middle."""
MARGIN_PX = (STORED_PX - INPUT_PX) // 2

LANDMARKS_PX = TEMPLATE.astype(np.float32)
"""Where alignment puts left eye, right eye, nose and the corners of the mouth in the input (x, y)."""

ELLIPSE_CENTRE_PX = (64.0, 66.0)
ELLIPSE_HALF_AXES_PX = (56.0, 62.0)
SOFT_EDGE_PX = 4.0


def face_ellipse(side_px: int = INPUT_PX) -> NDArray[np.float32]:
    """Give the mask that keeps the face and drops the corners.

    The data sets differ in what surrounds a face (real background or repeated border pixels), and their labels differ
    with them; a network that sees the corners learns the set instead of the face.

    Args:
        side_px: Side of the image that is masked, the whole input made smaller.

    Returns:
        Array (side, side, 1) float32: 1 inside the ellipse, 0 outside, a soft edge of four input pixels between.
    """
    rows, columns = (np.mgrid[0:side_px, 0:side_px].astype(np.float32) + 0.5) * (INPUT_PX / side_px) - 0.5
    x = (columns - ELLIPSE_CENTRE_PX[0]) / ELLIPSE_HALF_AXES_PX[0]
    y = (rows - ELLIPSE_CENTRE_PX[1]) / ELLIPSE_HALF_AXES_PX[1]
    inside_px = (1.0 - np.hypot(x, y)) * min(ELLIPSE_HALF_AXES_PX)
    mask: NDArray[np.float32] = np.clip(inside_px / SOFT_EDGE_PX + 0.5, 0.0, 1.0)[..., np.newaxis].astype(np.float32)
    return mask
