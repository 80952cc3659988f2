"""Verification: are these two pictures of one person? In the form of LFW: pairs, ten folds, TAR at FAR."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.augment import draw_mask
from models.evaluation.pictures import Curve
from models.evaluation.tables import NOTHING, Cell
from models.inference import Images, Infer
from models.metrics import Pairs, pair_accuracy, true_accept_rate

Floats = NDArray[np.float32]
Image = NDArray[np.uint8]

RATES = (0.01, 0.001)
LOWEST_RATE = 1e-4
CURVE_POINTS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """Figures of a network on pairs.

    Attributes:
        accuracy: Mean over the folds.
        deviation: Standard deviation over the folds.
        genuine: (g,) similarities of pairs of one person.
        impostor: (i,) similarities of strangers, which accept rates stand against.
        pairs: How many pairs the accuracy is of.
    """

    accuracy: float
    deviation: float
    genuine: Floats
    impostor: Floats
    pairs: int

    def tells(self, rate: float) -> bool:
        """Tell whether there are strangers enough for a rate: each is a share no larger than it."""
        return rate * len(self.impostor) >= 1

    def tar(self, rate: float) -> float:
        """Give the share of genuine pairs accepted where a share `rate` of strangers is."""
        return true_accept_rate(self.genuine, self.impostor, rate)

    def roc(self) -> Curve:
        """Give FAR and TAR (k,), from one stranger in ten thousand, or from a single one, to all."""
        rates = np.geomspace(max(LOWEST_RATE, 1.0 / len(self.impostor)), 1.0, CURVE_POINTS)
        thresholds = np.quantile(self.impostor, 1.0 - rates, method="higher")
        refused = np.searchsorted(np.sort(self.genuine), thresholds, side="right")
        return rates, 1.0 - refused / len(self.genuine)


def verify(embeddings: Floats, pairs: Pairs, impostor: Floats | None = None) -> Verification:
    """Measure a network on pairs.

    Args:
        embeddings: (n, d) unit rows.
        pairs: Rows of `embeddings`.
        impostor: Similarities of strangers for the accept rates; those of the pairs when None.

    Raises:
        ValueError: The pairs are of fewer than two folds.
    """
    similarity = (embeddings[pairs.left] * embeddings[pairs.right]).sum(axis=1)
    accuracy, deviation = pair_accuracy(similarity, pairs)
    strangers = similarity[~pairs.same] if impostor is None else impostor
    return Verification(accuracy, deviation, similarity[pairs.same], strangers, len(pairs.same))


def tar_cell(result: Verification, rate: float) -> Cell:
    """Give TAR for a table, a dash where there are too few strangers for the rate."""
    return result.tar(rate) if result.tells(rate) else NOTHING


def cells(result: Verification) -> list[Cell]:
    """Give pairs, accuracy with its standard deviation over the folds, and TAR at each of `RATES` for a table."""
    accuracy = _spread(result.accuracy, result.deviation)
    return [result.pairs, accuracy, *(tar_cell(result, rate) for rate in RATES)]


def cells_over_draws(results: Sequence[Verification]) -> list[Cell]:
    """Give the same figures of several draws of pairs: the mean of each and its standard deviation over the draws.

    Args:
        results: (draws,) of one network, against the same strangers.
    """
    fewest, most = min(result.pairs for result in results), max(result.pairs for result in results)
    accuracies = [result.accuracy for result in results]
    return [
        most if fewest == most else f"{fewest}–{most}",
        _spread(float(np.mean(accuracies)), float(np.std(accuracies, ddof=1))),
        *(_tar_over_draws(results, rate) for rate in RATES),
    ]


def _tar_over_draws(results: Sequence[Verification], rate: float) -> str:
    if not results[0].tells(rate):
        return NOTHING
    shares = [result.tar(rate) for result in results]
    return _spread(float(np.mean(shares)), float(np.std(shares, ddof=1)))


def _spread(mean: float, deviation: float) -> str:
    return f"{100 * mean:.2f} ± {100 * deviation:.2f} %"


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


def under(change: Callable[[Image], Image], infer: Infer) -> Infer:
    """Give what changes each crop before a network looks at it."""

    def look(images: Images) -> dict[str, Floats]:
        return infer(np.stack([change(image) for image in images]))

    return look
