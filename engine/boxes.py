"""Geometry of boxes: pure functions on (n, 4) arrays of x1, y1, x2, y2 in pixels."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Overlap = Literal["union", "minimum"]

_PAIRS = 1 << 13  # pairs of boxes compared at once: what fits into a core's cache


def iou(boxes: NDArray[np.floating], others: NDArray[np.floating], mode: Overlap = "union") -> NDArray[np.floating]:
    """Says how much each box overlaps each other one.

    Args:
        boxes: (n, 4).
        others: (m, 4).
        mode: What the common area is divided by: the union of both, or the smaller of both.

    Returns:
        (n, m) in [0, 1]; 0 where both boxes are empty.
    """
    common, whole = _common_and_whole(boxes.T[:, :, None], others.T[:, None], mode)
    shares: NDArray[np.floating] = np.divide(common, whole, out=np.zeros_like(common), where=whole > 0)
    return shares


def _common_and_whole(
    columns: NDArray[np.floating], others: NDArray[np.floating], mode: Overlap
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """What pairs of boxes have in common, and what that is measured by; boxes as (4, …) that broadcast."""
    sides = np.minimum(columns[2:], others[2:])
    sides -= np.maximum(columns[:2], others[:2])
    np.maximum(sides, 0, out=sides)
    common = sides[0] * sides[1]
    areas, other_areas = _areas(columns), _areas(others)
    return common, areas + other_areas - common if mode == "union" else np.minimum(areas, other_areas)


def _areas(columns: NDArray[np.floating]) -> NDArray[np.floating]:
    sides = columns[2:] - columns[:2]
    product: NDArray[np.floating] = sides[0] * sides[1]
    return product


def ranked(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    """Indices of scores, best first.

    Equal scores come in the order in which the `mtcnn` package 1.0.0 has them: many of a large face's candidates
    saturate at 1, and which of them wins moves the box.
    """
    return np.argsort(scores.astype(np.float64))[::-1]


def nms(
    boxes: NDArray[np.floating], scores: NDArray[np.floating], threshold: float, mode: Overlap = "union"
) -> NDArray[np.intp]:
    """Keeps the best of boxes that overlap.

    Args:
        boxes: (n, 4).
        scores: (n,).
        threshold: A box goes when its overlap with a better one is more than this.
        mode: See `iou`.

    Returns:
        Indices of the kept boxes, best score first.
    """
    order = ranked(scores)
    return order[unrivalled(boxes[order], threshold, mode)]


def unrivalled(
    boxes: NDArray[np.floating],
    threshold: float,
    mode: Overlap = "union",
    groups: NDArray[np.intp] | None = None,
) -> NDArray[np.bool_]:
    """Says which of ranked boxes overlap no better one of their group too much.

    As in the `mtcnn` package 1.0.0 a box goes when *any* better one overlaps it too much, even one that goes itself:
    that needs no loop over the boxes.

    Args:
        boxes: (n, 4), best first in each group.
        threshold: How much is too much.
        mode: See `iou`.
        groups: (n,) ascending; None for one group.

    Returns:
        (n,).
    """
    places = np.arange(len(boxes))
    first = np.zeros_like(places) if groups is None else np.searchsorted(groups, groups)
    pairs = np.cumsum(places - first)
    kept = np.ones(len(boxes), dtype=bool)
    columns = np.ascontiguousarray(boxes.T)
    start = 0
    while start < len(boxes):
        done = pairs[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(pairs, done + _PAIRS, side="right")))
        worse = np.repeat(places[start:stop], (places - first)[start:stop])
        # Pair k of all belongs to a box whose last pair is `pairs`: its rivals are the boxes just before it.
        better = worse - pairs[worse] + np.arange(done, done + len(worse))
        common, whole = _common_and_whole(columns.take(better, axis=1), columns.take(worse, axis=1), mode)
        kept[worse[common > threshold * whole]] = False
        start = stop
    return kept


def clip(boxes: NDArray[np.floating], width: int, height: int) -> NDArray[np.floating]:
    """Cuts boxes at the frame: x in [0, width - 1], y in [0, height - 1]."""
    edge = np.array([width - 1, height - 1, width - 1, height - 1], dtype=boxes.dtype)
    inside: NDArray[np.floating] = np.minimum(np.maximum(boxes, 0), edge)
    return inside


def square(boxes: NDArray[np.floating], enlarged: float = 1.0) -> NDArray[np.floating]:
    """Makes boxes square around their centres, as wide as their longer side.

    Args:
        boxes: (n, 4).
        enlarged: The new side as a multiple of the longer one.
    """
    starts = boxes[:, :2]
    sides = boxes[:, 2:] - starts
    longer = np.maximum(sides[:, :1], sides[:, 1:]) * enlarged
    starts = starts + (sides - longer) / 2
    return np.concatenate([starts, starts + longer], axis=1)
