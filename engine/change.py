"""Has something moved where no face is followed? A cheap look at a coarse grid of the picture."""

import numpy as np
from numpy.typing import NDArray

from engine.types import Floats, Frame

CELL_PX = 16
"""Side of a grid cell."""
NOTICEABLE = 16
"""Levels of 255 by which a cell must differ from the reference to count."""
_STEP = 4


class ChangeWatch:
    """Compares each frame with the one that was last scanned in full.

    Args:
        min_area_px: The area that must have changed, in square pixels: about that of the smallest face.
    """

    def __init__(self, min_area_px: float) -> None:
        self._min_cells = max(3.0, min_area_px / CELL_PX**2)
        self._reference: NDArray[np.int16] | None = None

    def remember(self, frame: Frame) -> None:
        """Makes a frame the reference."""
        self._reference = _grid(frame)

    def forget(self) -> None:
        """Drops the reference: the next frame counts as changed."""
        self._reference = None

    def changed(self, frame: Frame, known: Floats) -> bool:
        """Whether enough has changed outside the boxes that are followed anyway.

        Args:
            frame: The frame to compare.
            known: (n, 4) float32 boxes that do not count.
        """
        grid = _grid(frame)
        if self._reference is None or self._reference.shape != grid.shape:
            return True
        moved = np.abs(grid - self._reference) > NOTICEABLE
        for x1, y1, x2, y2 in _grown(known):
            moved[y1:y2, x1:x2] = False
        return bool(moved.sum() >= self._min_cells)


def _grid(frame: Frame) -> NDArray[np.int16]:
    """Means of green over cells, from every fourth pixel: enough against noise, and cheap."""
    green = frame.image[::_STEP, ::_STEP, 1]
    per_cell = CELL_PX // _STEP
    rows, columns = green.shape[0] // per_cell, green.shape[1] // per_cell
    cells = green[: rows * per_cell, : columns * per_cell].reshape(rows, per_cell, columns, per_cell)
    means: NDArray[np.int16] = (cells.sum(axis=(1, 3), dtype=np.uint16) // per_cell**2).astype(np.int16)
    return means


def _grown(boxes: Floats) -> NDArray[np.intp]:
    """The grid cells of boxes that were made half as large again, since head and shoulders move with a face."""
    if not len(boxes):
        return np.empty((0, 4), np.intp)
    margin = 0.5 * (boxes[:, 2:] - boxes[:, :2])
    grown = np.concatenate([boxes[:, :2] - margin, boxes[:, 2:] + margin * (1.0, 3.0)], axis=1)
    return np.maximum(0, np.ceil(grown / CELL_PX)).astype(np.intp)
