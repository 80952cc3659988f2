"""Verification: are these two pictures of one person? In the form of LFW: pairs, ten folds, TAR at FAR."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.augment import draw_mask
from models.data import Faces
from models.metrics import Pairs, all_impostors, make_pairs, pair_accuracy, true_accept_rate

Floats = NDArray[np.float32]
Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Verification:
    """Figures of a network on pairs.

    Attributes:
        pairs: How many.
        accuracy: Mean over the folds.
        deviation: Standard deviation over the folds.
        tar: Share of genuine pairs accepted, by share of impostors accepted.
    """

    pairs: int
    accuracy: float
    deviation: float
    tar: Mapping[float, float]


RATES = (0.01, 0.001)


def verify(embeddings: Floats, pairs: Pairs, impostor: Floats | None = None) -> Verification:
    """Measure a network on pairs.

    Args:
        embeddings: (n, d) unit rows.
        pairs: Rows of `embeddings`.
        impostor: Similarities of strangers for the accept rates; those of the pairs when None.
    """
    similarity = (embeddings[pairs.left] * embeddings[pairs.right]).sum(axis=1)
    accuracy, deviation = pair_accuracy(similarity, pairs)
    genuine = similarity[pairs.same]
    strangers = similarity[~pairs.same] if impostor is None else impostor
    tar = {rate: true_accept_rate(genuine, strangers, rate) for rate in RATES}
    return Verification(len(pairs.same), accuracy, deviation, tar)


def verify_persons(embeddings: Floats, persons: NDArray[np.str_]) -> Verification:
    """Make pairs of labelled faces and measure; every two faces of different persons count as impostors."""
    return verify(embeddings, make_pairs(persons), all_impostors(embeddings, persons))


def read_pairs(path: Path, faces: Faces) -> Pairs:
    """Read a pairs file for faces made by `models.prepare`.

    Two forms are known: LFW's `pairs.txt`, and a CSV table with the columns left, right (as in a set's `original`) and
    same (1 or 0), which is cut into ten folds in its order.

    Raises:
        ValueError: No pair of the file could be found among the faces.
    """
    rows = {str(original): row for row, original in enumerate(faces.originals)}
    rows |= {Path(original).stem: row for original, row in rows.items()}
    named = _csv_pairs(path) if path.suffix == ".csv" else _lfw_pairs(path)
    found = [(rows[a], rows[b], same, fold) for a, b, same, fold in named if a in rows and b in rows]
    if not found:
        raise ValueError(f"None of the {len(named)} pairs of {path.name} is among the {len(faces)} faces.")
    left, right, same, fold = (np.array(column) for column in zip(*found, strict=True))
    return Pairs(left, right, same.astype(bool), fold)


def _csv_pairs(path: Path) -> list[tuple[str, str, bool, int]]:
    with path.open(newline="", encoding="utf-8") as table:
        lines = list(csv.DictReader(table))
    return [(line["left"], line["right"], line["same"] == "1", 10 * i // len(lines)) for i, line in enumerate(lines)]


def _lfw_pairs(path: Path) -> list[tuple[str, str, bool, int]]:
    """Read `name 1 2` and `name 1 other 2` lines, as many folds as the head says."""
    head, *lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    per_fold = 2 * int(head[-1])
    named = []
    for number, words in enumerate(lines):
        name, first, *rest = words
        other, second = (name, rest[0]) if len(rest) == 1 else (rest[0], rest[1])
        pair = f"{name}_{int(first):04d}", f"{other}_{int(second):04d}"
        named.append((*pair, len(rest) == 1, number // per_fold))
    return named


def blurred(image: Image) -> Image:
    """Blur as a lens out of focus does."""
    return cv2.GaussianBlur(image, (0, 0), 2.0)  # type: ignore[return-value]


def darkened(image: Image) -> Image:
    """Leave a quarter of the light, with the noise that a camera adds then."""
    noise = np.random.default_rng(0).normal(0.0, 6.0, image.shape)
    return np.clip(image * 0.25 + noise, 0, 255).astype(np.uint8)


def small(image: Image) -> Image:
    """Show the face as a camera does that sees it 32 pixels wide."""
    reduced = cv2.resize(image, (36, 36), interpolation=cv2.INTER_AREA)
    return cv2.resize(reduced, image.shape[:2], interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]


def masked(image: Image) -> Image:
    """Draw a surgical mask."""
    return draw_mask(image.copy(), (150, 190, 215))


CONDITIONS: dict[str, Callable[[Image], Image]] = {
    "as it is": lambda image: image,
    "blur (sigma 2 px)": blurred,
    "a quarter of the light": darkened,
    "32-pixel face": small,
    "mask drawn on": masked,
}
"""What robustness is measured under; one picture of each pair is changed."""
