"""MTCNN's first stage: every place of every scale that may be a face."""

from concurrent.futures import Executor
from itertools import cycle, pairwise

import numpy as np
from numpy.typing import NDArray

from engine.boxes import nms, ranked, unrivalled
from engine.litert import Network
from engine.pyramid import CELL_PX, Pyramid
from engine.types import Floats, Image

_STRIDE_PX = 2
_CELL = np.array([1, 1, CELL_PX, CELL_PX])
_MOST_PX = 1 << 18  # of a level that are looked at in one run
_OVERLAP_WITHIN_SCALE = 0.5
_OVERLAP_ACROSS_SCALES = 0.7
_LOG_ODDS_THRESHOLD = float(np.log(0.6 / 0.4))  # a score of 0.6


class ProposalNet:
    """P-Net over the pyramid of pictures of one size, with one interpreter per level (one for all of a large picture).

    Args:
        data: Contents of pnet.tflite.
        height: Of the pictures, pixels.
        width: Of the pictures, pixels.
        min_face_px: The smallest face to be found, pixels.
        helper: Scales the picture while the networks run; None does without.
    """

    def __init__(
        self, data: bytes, height: int, width: int, *, min_face_px: int, helper: Executor | None = None
    ) -> None:
        self._pyramid = Pyramid(height, width, min_face_px, helper)
        count = len(self._pyramid.levels)
        self._networks = [Network(data, "pnet.tflite") for _ in range(count if self._pyramid.is_kept else 1)]
        self._scales = np.array([[level.scale] for level in self._pyramid.levels])
        self._widths = np.array([_map_size(level.width) for level in self._pyramid.levels], np.intp)
        heights = np.array([_map_size(level.height) for level in self._pyramid.levels], np.intp)
        self._ends = np.cumsum(heights * self._widths)
        self._starts = self._ends - heights * self._widths

    @property
    def busy_ns(self) -> int:
        """Nanoseconds spent inside the interpreters so far."""
        return sum(network.busy_ns for network in self._networks)

    def propose(self, image: Image) -> NDArray[np.float64]:
        """Finds candidates.

        Returns:
            (n, 4) boxes in pixels of the image, best first.

        Raises:
            ModelError: An interpreter failed.
        """
        images = self._pyramid.build(image)
        maps = [_map(network, pixels) for network, pixels in zip(cycle(self._networks), images)]
        if not maps:
            return np.empty((0, 4))
        boxes, scores = self._candidates(maps)
        return boxes[nms(boxes, scores, _OVERLAP_ACROSS_SCALES)]

    def _candidates(self, maps: list[Floats]) -> tuple[NDArray[np.float64], Floats]:
        """Boxes and scores of the places that pass the threshold and have no better one near in their level."""
        values = np.concatenate([values.reshape(-1, 5) for values in maps])
        places = np.flatnonzero(values[:, 4] > _LOG_ODDS_THRESHOLD)
        if not len(places):
            return np.empty((0, 4)), np.empty(0, np.float32)
        values = values.take(places, axis=0)
        scores = probability(values[:, 4])

        cuts = np.searchsorted(places, self._ends)
        bounds = [0, *cuts.tolist()]
        order = np.concatenate([ranked(scores[first:last]) + first for first, last in pairwise(bounds) if first < last])
        level = np.searchsorted(cuts, order, side="right")
        places = places[order] - self._starts[level]
        rows, columns = np.divmod(places, self._widths[level])
        # The package's cell reaches from the place plus 1 to the place plus 12; its side counts as 11.
        boxes = np.stack([columns, rows, columns, rows], axis=1) * _STRIDE_PX + _CELL
        boxes = (boxes + values[order, :4] * np.float32(CELL_PX - 1)) / self._scales[level]
        keep = unrivalled(boxes, _OVERLAP_WITHIN_SCALE, groups=level)
        return boxes[keep], scores[order[keep]]


def _map_size(size: int) -> int:
    """Height or width of P-Net's map of a level."""
    return (size - 1) // _STRIDE_PX - 4


def _map(network: Network, pixels: Floats) -> Floats:
    """Runs P-Net on a level, (h, w, 3); on one of a large picture in strips, for the sake of memory: (h', w', 5)."""
    height, width = pixels.shape[:2]
    rows = _map_size(height)
    step = max(1, _MOST_PX // width // _STRIDE_PX)
    if rows <= step:
        whole: Floats = network.run(pixels[None])["proposals"][0]
        return whole
    strips = []
    for first in range(0, rows, step):
        # Each row of the map sees 12 rows of the level; the last one may see one less.
        strip = pixels[first * _STRIDE_PX : (min(first + step, rows) - 1) * _STRIDE_PX + CELL_PX]
        strips.append(network.run(strip[None])["proposals"][0])
    return np.concatenate(strips)


def probability(log_odds: Floats) -> Floats:
    """The probability behind log-odds, rounded to float32 as the package's softmax is: large ones are equally 1."""
    return np.float32(1.0) / (np.float32(1.0) + np.exp(-log_odds))
