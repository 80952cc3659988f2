"""Five landmarks → an upright crop; the one place that knows the template."""

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.types import CROP_SIZE, Image

TEMPLATE: NDArray[np.float64] = np.array(
    [(41.34, 47.25), (86.44, 47.00), (64.03, 72.90), (45.50, 99.31), (82.85, 99.10)], dtype=np.float64
)
"""Where left eye, right eye, nose, left and right corner of the mouth lie in a crop of 128 x 128, x y in pixels."""
TEMPLATE.flags.writeable = False

_TEMPLATE_MEAN = TEMPLATE.mean(axis=0)
_TEMPLATE_CENTRED = TEMPLATE - _TEMPLATE_MEAN
_SMALLEST_PLAIN_SCALE = 0.75  # below it, four neighbours per pixel no longer see every pixel of the source


def similarity_transform(landmarks: ArrayLike) -> NDArray[np.float64]:
    """Finds the rotation, scale and shift that bring landmarks nearest to the template, without mirroring.

    In two dimensions the least-squares solution of Umeyama (IEEE PAMI 13(4), 1991, eq. 40-43) has this closed form.

    Args:
        landmarks: (5, 2), x y in pixels of the frame.

    Returns:
        (2, 3) float64: maps a point of the frame to a point of the crop of 128 x 128.

    Raises:
        ValueError: The shape is another one, a value is not finite, or all five points are the same.
    """
    points = np.asarray(landmarks, dtype=np.float64)
    if points.shape != TEMPLATE.shape or not np.isfinite(points).all():
        raise ValueError(f"Expected finite landmarks of (5, 2), got {points.tolist()}.")
    mean = points.mean(axis=0)
    centred = points - mean
    spread = float((centred * centred).sum())
    if spread < 1e-12:
        raise ValueError(f"Expected five landmarks that are apart, got {points.tolist()}.")
    cosine = float((centred * _TEMPLATE_CENTRED).sum()) / spread
    sine = float((centred[:, 0] * _TEMPLATE_CENTRED[:, 1] - centred[:, 1] * _TEMPLATE_CENTRED[:, 0]).sum()) / spread
    rotation = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([rotation, _TEMPLATE_MEAN - rotation @ mean])


def align(image: Image, landmarks: ArrayLike, *, size: int = CROP_SIZE, margin: int = 0) -> Image:
    """Cuts a face out of a frame, upright and of one size.

    Where the crop reaches past the frame, the frame's edge is repeated. A face larger than the crop is averaged down
    first, so that fine structure does not alias.

    Args:
        image: (H, W, 3) uint8 RGB.
        landmarks: (5, 2), x y in pixels of the frame.
        size: Side of the part that the template fills, pixels.
        margin: Pixels added around it on every side.

    Returns:
        (size + 2 margin, size + 2 margin, 3) uint8 RGB.

    Raises:
        ValueError: The landmarks are no face (see `similarity_transform`).
    """
    zoom = size / CROP_SIZE
    transform = similarity_transform(landmarks) * zoom
    transform[:, 2] += margin + (zoom - 1.0) / 2.0  # pixel centres, not corners, keep their place
    side = size + 2 * margin
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    if scale < _SMALLEST_PLAIN_SCALE:
        image, transform = _averaged_down(image, transform, side, scale)
    return cv2.warpAffine(  # type: ignore[return-value]
        image, transform, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def _averaged_down(
    image: Image, transform: NDArray[np.float64], side: int, scale: float
) -> tuple[Image, NDArray[np.float64]]:
    """Shrinks the part of the image that the crop needs by `scale` (area means), and adapts the transform to it."""
    height, width = image.shape[:2]
    corners = np.array([[-1, -1, 1], [side, -1, 1], [-1, side, 1], [side, side, 1]], dtype=np.float64)
    reach = corners @ cv2.invertAffineTransform(transform).T
    pad = 2.0 / scale
    left, top = np.clip(np.floor(reach.min(axis=0) - pad), 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(np.ceil(reach.max(axis=0) + pad), (left + 1, top + 1), (width, height)).astype(int)
    part = image[top:bottom, left:right]
    small_size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    small = cv2.resize(part, small_size, interpolation=cv2.INTER_AREA)
    step = np.array([(right - left) / small_size[0], (bottom - top) / small_size[1]])
    # A pixel p of `small` lies at (p + 1/2) * step - 1/2 of the part, and the part begins at (left, top).
    adapted = transform.copy()
    adapted[:, :2] *= step
    adapted[:, 2] += transform[:, :2] @ (step / 2 - 0.5 + np.array([left, top]))
    return small, adapted  # type: ignore[return-value]
