"""Cuts boxes out of a picture and brings them to one size, all of them in one call.

As TensorFlow's `crop_and_resize`, which the `mtcnn` package uses: bilinear, the first and last sample on the edges,
mid-grey outside the picture.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import Floats, Image

_GREY = 127.5
_COUNTED = np.arange(64.0)
_SHARES = [np.linspace(0, 1, side, dtype=np.float32) for side in range(65)]


def cut(image: Image, boxes: NDArray[np.floating], side: int) -> Floats:
    """Cuts exactly, as the cascade needs it: a shift of a hundredth of a pixel there can make another candidate win.

    Args:
        image: (H, W, 3) uint8.
        boxes: (n, 4), n at most 300.
        side: Of the crops, pixels; at most 64.

    Returns:
        (n, side, side, 3) float32, 0..255.
    """
    count = len(boxes)
    places, outside = _samples(image, boxes, side)
    outside_any = bool(outside.any())
    if outside_any:
        places[outside] = 0
    before = np.floor(places)
    parts = (places - before).astype(np.float32)

    # Each sample's four neighbours: rows before, rows after, and in each of them columns before, columns after.
    neighbours = np.stack([before, before + 1], axis=2).reshape(count, 2, -1).astype("<i4")
    neighbours[:, 1] <<= 16  # x in the lower half, y in the upper one: a pair of int16 for OpenCV
    sources = neighbours[:, 1, :, None] + neighbours[:, 0, None, :]
    found = cv2.remap(  # type: ignore[call-overload]
        image, sources.view("<i2").reshape(-1, 2 * side, 2), None, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
    )
    near: Floats = found.astype(np.float32)
    above, below = near.reshape(count, 2, side, -1).swapaxes(0, 1)
    below -= above
    below *= parts[:, 1, :, None]
    above += below
    left, right = above.reshape(count, side, 2, -1).transpose(2, 0, 1, 3)
    crops: Floats = right - left
    crops *= np.repeat(parts[:, None, 0], 3, axis=2)
    crops += left
    crops = crops.reshape(count, side, side, 3)
    if outside_any:
        crops[outside[:, 1, :, None] | outside[:, 0, None, :]] = _GREY
    return crops


def cut_quickly(image: Image, boxes: NDArray[np.floating], side: int) -> Floats:
    """Cuts to whole grey levels and, with OpenCV 4, to the nearest 32nd of a pixel: enough to follow a face.

    Args:
        image: (H, W, 3) uint8.
        boxes: (n, 4), n at most 600.
        side: Of the crops, pixels; at most 64.

    Returns:
        (n, side, side, 3) float32, 0..255.
    """
    height, width = image.shape[:2]
    starts = boxes[:, :2, None]
    places: NDArray[np.floating] = starts + (boxes[:, 2:, None] - starts) * _SHARES[side]
    places *= np.array([[1 - 1 / width], [1 - 1 / height]], np.float32)
    grid = np.empty((len(boxes), side, side, 2), np.float32)
    grid[..., 0] = places[:, 0, None, :]
    grid[..., 1] = places[:, 1, :, None]
    found = cv2.remap(  # type: ignore[call-overload]
        image, grid.reshape(-1, side, 2), None, cv2.INTER_LINEAR, borderValue=(_GREY, _GREY, _GREY)
    )
    crops: Floats = found.reshape(-1, side, side, 3).astype(np.float32)
    return crops


def _samples(image: Image, boxes: NDArray[np.floating], side: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Where to sample, (n, 2, side): x of the columns, then y of the rows; and which of them lie outside."""
    height, width = image.shape[:2]
    last = np.array([width - 1, height - 1], np.float64)
    # The package divides by the size and TensorFlow multiplies by the size less 1.
    corners = boxes.reshape(-1, 2, 2) * (last / (last + 1))
    start = corners[:, 0]
    steps = (corners[:, 1] - start) / (side - 1)
    places = start[:, :, None] + steps[:, :, None] * _COUNTED[:side]
    outside = places < 0
    outside |= places > last[:, None]
    return places, outside
