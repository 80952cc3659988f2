"""MTCNN on LiteRT: image pyramid → P-Net → R-Net → O-Net → detections.

The cascade of Zhang et al., "Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks" (IEEE
Signal Processing Letters 23(10), 2016), step by step as the PyPI package `mtcnn` 1.0.0 runs it, with its weights and
thresholds.
"""

import math
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.boxes import clip, nms, square
from engine.crops import cut, cut_quickly
from engine.errors import ModelError
from engine.litert import REMEDY, Network, read_checked
from engine.paths import shipped_models
from engine.pnet import ProposalNet, probability
from engine.types import Detection, Floats, Image

Boxes = NDArray[np.floating]

_R_NET_PX = 24
_O_NET_PX = 48
_R_NET_SCORE = 0.7
_O_NET_SCORE = 0.8
_FOLLOWED_SCORE = 0.4  # a face that was there a moment ago needs less proof: heads turn, hands pass
_OVERLAP = 0.7
_BATCH = 32
_FOLLOWED_SIDE = 0.925
"""Side of what O-Net looks at, over the longer side of a face's last box, that loses the fewest faces and strays least
from the full cascade over the shared clips; the cascade's own median is 0.95."""


class Mtcnn:
    """Finds faces and follows them; used by one thread.

    Args:
        p_net: Contents of pnet.tflite.
        r_net: R-Net.
        o_net: O-Net.
        min_face_px: The smallest face to be found, pixels.
        threads: 1 for all in the caller's thread; 2 for a helper that scales the picture while P-Net already runs.

    Attributes:
        min_face_px: The smallest face to be found, pixels; may be changed between two calls.
    """

    def __init__(
        self, p_net: bytes, r_net: Network, o_net: Network, *, min_face_px: int = 40, threads: int = 2
    ) -> None:
        if min_face_px < 12:
            raise ValueError(f"Expected min_face_px of 12 or more, got {min_face_px}.")
        self.min_face_px = min_face_px
        self._p_net_data = p_net
        self._helper = ThreadPoolExecutor(1, "pyramid") if threads > 1 else None
        self._r_net = r_net
        self._o_net = o_net
        self._proposals: ProposalNet | None = None
        self._proposals_for: tuple[int, int, int] | None = None
        self._past_ns = 0

    @classmethod
    def load(cls, folder: Path | None = None, *, min_face_px: int = 40, threads: int = 2) -> "Mtcnn":
        """Reads the three networks of a folder and its card.

        Args:
            folder: Holds pnet.tflite, rnet.tflite, onet.tflite and card.toml; None for the shipped one.
            min_face_px: The smallest face to be found, pixels.
            threads: 1 for all in the caller's thread; 2 for a helper that scales the picture while P-Net already runs.

        Raises:
            ModelError: A file is missing, damaged, or not the one that the card describes.
        """
        folder = folder or shipped_models() / "mtcnn"
        p_net, r_net, o_net = (_checked(folder, name) for name in ("pnet.tflite", "rnet.tflite", "onet.tflite"))
        ProposalNet(p_net, 12, 12, min_face_px=12)
        return cls(
            p_net,
            Network(r_net, "rnet.tflite"),
            Network(o_net, "onet.tflite"),
            min_face_px=min_face_px,
            threads=threads,
        )

    @property
    def busy_ns(self) -> int:
        """Nanoseconds spent inside the interpreters so far."""
        now_ns = self._proposals.busy_ns if self._proposals else 0
        return self._past_ns + now_ns + self._r_net.busy_ns + self._o_net.busy_ns

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """Finds every face, with the whole cascade.

        Args:
            image: (H, W, 3) uint8 RGB; a grey one has (H, W).

        Returns:
            The faces, best score first; () in an empty room. Boxes are cut at the frame's edge.

        Raises:
            ModelError: A network failed.
            ValueError: The image is of another form.
        """
        image = _rgb(image)
        boxes = self._refined(image, self._proposals_of(image).propose(image))
        values = _run(self._o_net, cut, image, boxes, _O_NET_PX)
        scores = probability(values[:, 4])
        sure = np.flatnonzero(scores > _O_NET_SCORE)
        boxes, values = boxes[sure], values[sure]
        keep = nms(_moved(boxes, values), scores[sure], _OVERLAP, "minimum")
        return tuple(_detections(image, boxes[keep], values[keep]))

    def follow(self, image: Image, boxes: Floats) -> tuple[Detection | None, ...]:
        """Finds known faces again near their last boxes, with O-Net alone.

        Args:
            image: (H, W, 3) uint8 RGB.
            boxes: (n, 4) the faces' last boxes.

        Returns:
            One entry per box: the face, or None where there is none any more.

        Raises:
            ModelError: A network failed.
            ValueError: The image or the boxes are of another form.
        """
        image = _rgb(image)
        if boxes.ndim != 2 or boxes.shape[1] != 4:
            raise ValueError(f"Expected boxes of (n, 4), got {boxes.shape}.")
        if not len(boxes):
            return ()
        looked = square(boxes.astype(np.float32, copy=False), _FOLLOWED_SIDE)
        values = _run(self._o_net, cut_quickly, image, looked, _O_NET_PX)
        found = _detections(image, looked, values)
        return tuple(face if face.score > _FOLLOWED_SCORE else None for face in found)

    def _proposals_of(self, image: Image) -> ProposalNet:
        height, width = image.shape[:2]
        wanted = (height, width, self.min_face_px)
        if self._proposals is None or self._proposals_for != wanted:
            if self._proposals is not None:
                self._past_ns += self._proposals.busy_ns
            self._proposals = ProposalNet(
                self._p_net_data, height, width, min_face_px=self.min_face_px, helper=self._helper
            )
            self._proposals_for = wanted
        return self._proposals

    def _refined(self, image: Image, boxes: Boxes) -> Boxes:
        """R-Net: throws most candidates out and mends the others."""
        boxes = square(boxes)
        values = _run(self._r_net, cut, image, boxes, _R_NET_PX)
        scores = probability(values[:, 4])
        likely = np.flatnonzero(scores > _R_NET_SCORE)
        boxes = _moved(boxes[likely], values[likely])
        return square(boxes[nms(boxes, scores[likely], _OVERLAP)])


def _run(network: Network, how: Callable[[Image, Boxes, int], Floats], image: Image, boxes: Boxes, side: int) -> Floats:
    """Runs R-Net or O-Net on boxes: (n, 5 or 15) offsets, log-odds of a face, and O-Net's five x, five y."""
    if not len(boxes):
        return np.empty((0, 15), np.float32)
    parts = [
        network.run(how(image, boxes[first : first + _BATCH], side))["refined"]
        for first in range(0, len(boxes), _BATCH)
    ]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _moved(looked: Boxes, values: Floats) -> Boxes:
    """Moves boxes by the offsets that a network gives for what it looked at."""
    corners = looked.reshape(-1, 2, 2)
    sides = corners[:, 1:] - corners[:, :1] + 1
    return (corners + values[:, :4].reshape(-1, 2, 2) * sides).reshape(-1, 4)


def _detections(image: Image, looked: Boxes, values: Floats) -> list[Detection]:
    """Makes detections of what O-Net said.

    Args:
        image: For its size.
        looked: (n, 4) what O-Net looked at.
        values: (n, 15) its output.
    """
    height, width = image.shape[:2]
    boxes = clip(_moved(looked, values), width, height).astype(np.float32)
    starts = looked[:, :2, None]
    sides = looked[:, 2:, None] - starts + 1
    # O-Net gives five x, then five y, as parts of what it looked at.
    landmarks = (values[:, 5:].reshape(-1, 2, 5) * sides + (starts - 1)).transpose(0, 2, 1).astype(np.float32)
    scores = [1 / (1 + math.exp(-value)) for value in values[:, 4].tolist()]
    return list(map(Detection, boxes, landmarks, scores))


def _rgb(image: Image) -> Image:
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or 0 in image.shape or image.shape[2:] not in ((), (3,)):
        raise ValueError(f"Expected an image of (H, W, 3) uint8, got {image.shape} {image.dtype}.")
    if image.ndim == 2:
        image = np.repeat(image[:, :, None], 3, axis=2)
    return np.ascontiguousarray(image)


def _checked(folder: Path, name: str) -> bytes:
    return read_checked(folder / name, _checksums(folder).get(name))


def _checksums(folder: Path) -> dict[str, Any]:
    """The checksums of the card's files, by file name."""
    try:
        card = tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))
        return {file["path"]: file["sha256"] for file in card["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The card of the detector cannot be read: {error}.", REMEDY) from error
