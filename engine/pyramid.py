"""The image pyramid: one picture at ever smaller scales, each pixel the mean of the area that it covers."""

from collections.abc import Iterator
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.types import Floats, Image

Sums = TypeVar("Sums", NDArray[np.int32], Floats)

SCALE_FACTOR = 0.709
CELL_PX = 12
"""Side of the smallest face in a level: the field that P-Net looks at."""

_REFERENCE_FACE_PX = 20
_MOST_KEPT_PX = 1920 * 1200  # of a picture whose sums are kept from one call to the next
_MOST_BAND_PX = 2 << 20  # of a larger picture's rows that are summed up at once
_POINTS = 16_000  # computed at once: what fits into a core's cache
_ROW = 512  # points that OpenCV takes as one row of a picture


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the pyramid: its scale and its size in pixels."""

    scale: float
    height: int
    width: int


def levels(height: int, width: int, min_face_px: int) -> tuple[Level, ...]:
    """The levels for pictures of one size, from the largest to the smallest, as in the `mtcnn` package 1.0.0.

    The package counts them as if the smallest face had 20 pixels; here the count follows the smallest face, so that
    the smallest level still has at least 12 pixels. At 20 both are the same.

    Args:
        height: Of the pictures, pixels.
        width: Of the pictures, pixels.
        min_face_px: The smallest face to be found, pixels.
    """
    reach = min(height, width) * _REFERENCE_FACE_PX / min_face_px / CELL_PX
    count = max(0, round(-(np.log(reach) / np.log(SCALE_FACTOR) + 1)))
    scales = [CELL_PX / min_face_px * SCALE_FACTOR**number for number in range(count)]
    return tuple(Level(scale, int(height * scale), int(width * scale)) for scale in scales)


class Pyramid:
    """Scales pictures of one size.

    Args:
        height: Of the pictures, pixels.
        width: Of the pictures, pixels.
        min_face_px: The smallest face to be found, pixels.
        helper: Computes the smaller levels while the caller is busy with the larger ones; None does without.

    Attributes:
        levels: From the largest to the smallest.
        is_kept: Whether pictures are small enough to keep what was prepared for the next one.
    """

    def __init__(self, height: int, width: int, min_face_px: int, helper: Executor | None = None) -> None:
        self.levels = levels(height, width, min_face_px)
        self._size = height, width
        self._helper = helper
        self.is_kept = height * width <= _MOST_KEPT_PX
        self._grids: list[_Grid] = []
        self._sums = np.empty((0, 0, 3), np.int32)
        if self.is_kept:
            self._grids = [_Grid(parts, self._size, 0) for parts in _packed(self.levels)]
            self._sums = np.empty((height + 1, width + 1, 3), np.int32)

    def build(self, image: Image) -> Iterator[Floats]:
        """Scales a picture.

        Args:
            image: (H, W, 3) uint8 of the size that the pyramid was made for.

        Yields:
            Per level (h, w, 3) float32, 0..255.
        """
        if not self.is_kept:
            yield from (self._level_by_bands(level, image) for level in self.levels)
            return
        pixels = {level: np.empty((level.height, level.width, 3), np.float32) for level in self.levels}
        cv2.integral(image, self._sums)
        ahead = [self._helper.submit(grid.fill, self._sums, pixels) for grid in self._grids[1:]] if self._helper else []
        try:
            for number, grid in enumerate(self._grids):
                # What the helper has not begun is done here: on a busy machine it may come too late.
                if number == 0 or not ahead or ahead[number - 1].cancel():
                    grid.fill(self._sums, pixels)
                else:
                    ahead[number - 1].result()
                yield from (pixels[level] for level in grid.completed)
        finally:
            wait([job for job in ahead if not job.cancel()])  # the next picture's sums go to the same place

    def _level_by_bands(self, level: Level, image: Image) -> Floats:
        """A level of a large picture: never the sums of more than some of its rows at once."""
        height, width = self._size
        pixels = np.empty((level.height, level.width, 3), np.float32)
        rows = max(1, min(_MOST_BAND_PX * level.height // (height * width), _POINTS // (level.width + 1)))
        for first in range(0, level.height, rows):
            last = min(first + rows, level.height)
            top = int(first * height / level.height)
            bottom = min(height, int(np.ceil(last * height / level.height)) + 1)
            sums = np.asarray(cv2.integral(image[top:bottom]), np.int32)
            _Grid([(level, first, last)], self._size, top).fill(sums, {level: pixels})
        return pixels


_Part = tuple[Level, int, int]
"""A level, its first row and the row after its last."""


def _packed(all_levels: tuple[Level, ...]) -> Iterator[list[_Part]]:
    """Cuts large levels into parts and packs small ones together: about `_POINTS` points in each pack."""
    pack: list[_Part] = []
    points = 0
    for level in all_levels:
        pieces = -(-(level.height + 1) * (level.width + 1) // _POINTS)
        cuts = np.linspace(0, level.height, pieces + 1).astype(int).tolist()
        for first, last in pairwise(cuts):
            more = (last - first + 1) * (level.width + 1)
            if pack and points + more > _POINTS:
                yield pack
                pack, points = [], 0
            pack.append((level, first, last))
            points += more
    if pack:
        yield pack


class _Grid:
    """The points at which the pixels of levels meet, and the sums of a picture above and left of them.

    The sum of the area under a pixel is a second difference of those sums. A point lies between pixels of the picture;
    its sum is that at the whole place before it, exact, plus a part of the row, of the column and of the pixel that it
    cuts. So every level costs as much as it has pixels; `cv2.resize` would read the whole picture for each.

    Args:
        parts: Rows of levels.
        size: Height and width of the picture.
        top: The row of the picture at which the sums begin.

    Attributes:
        completed: The levels whose last row is among these.
    """

    def __init__(self, parts: list[_Part], size: tuple[int, int], top: int) -> None:
        height, width = size
        self.completed = [level for level, _, last in parts if last == level.height]
        self._parts = parts
        self._means = [np.float32(level.height * level.width / (height * width)) for level, _, _ in parts]
        down = [np.arange(first, last + 1) * (height / level.height) for level, first, last in parts]
        across = [np.arange(level.width + 1) * (width / level.width) for level, _, _ in parts]
        points = np.concatenate(
            [np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2) for x, y in zip(across, down, strict=True)]
        )
        whole = np.minimum(np.floor(points), (width - 1, height - 1))
        self._right, self._below = np.repeat((points - whole).T.astype(np.float32), 3, axis=1)
        corners = np.zeros((4, -(-len(points) // _ROW) * _ROW, 2), np.int16)
        corners[:, : len(points)] = whole - (0, top) + np.array([(0, 0), (1, 0), (0, 1), (1, 1)])[:, None]
        self._corners = corners.reshape(-1, _ROW, 2)

    def fill(self, sums: NDArray[np.int32], pixels: dict[Level, Floats]) -> None:
        """Computes the rows of the parts.

        Args:
            sums: (H + 1, W + 1, 3) as `cv2.integral` gives them.
            pixels: Where they go, by level.
        """
        whole, rest = self._sums_at_points(sums)
        start = 0
        for (level, first, last), mean in zip(self._parts, self._means, strict=True):
            shape = last - first + 1, 3 * (level.width + 1)
            stop = start + shape[0] * shape[1]
            area = _second_difference(rest[start:stop].reshape(shape))
            area += _second_difference(whole[start:stop].reshape(shape)).astype(np.float32)
            np.multiply(area, mean, out=pixels[level][first:last].reshape(last - first, -1))
            start = stop

    def _sums_at_points(self, sums: NDArray[np.int32]) -> tuple[NDArray[np.int32], Floats]:
        """The sums at the whole places before the points, and what the points lie beyond them; for each channel."""
        found = cv2.remap(sums, self._corners, None, cv2.INTER_NEAREST)  # type: ignore[call-overload]
        whole, row, column, pixel = found.reshape(4, -1)[:, : len(self._right)]
        pixel -= row
        column -= whole
        row -= whole
        pixel -= column
        # They now hold what their names say: the sum of the broken row left of the point, and so on.
        rest = pixel.astype(np.float32)
        rest *= self._right
        rest += column.astype(np.float32)
        rest *= self._below
        beside = row.astype(np.float32)
        beside *= self._right
        rest += beside
        return whole, rest


def _second_difference(values: Sums) -> Sums:
    """From sums above and left of points to sums between them: (h + 1, 3 (w + 1)) → (h, 3 w)."""
    rows = values[1:] - values[:-1]
    return rows[:, 3:] - rows[:, :-3]
