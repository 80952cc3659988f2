"""Looks at a face: as it is, mirrored, in other light."""

from typing import Protocol

import numpy as np

from engine.calibration import unit
from engine.types import Floats, Image, TaskOutputs, TaskScore


class Recogniser(Protocol):
    """Anything that turns a crop into an embedding."""

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one (128, 128, 3) crop."""
        ...


def views_of(crop: Image) -> tuple[Image, Image, Image]:
    """The crop as seen, flipped, and in other light: a dark one lighter, a light one darker."""
    gamma = 0.7 if float(crop.mean()) < 110.0 else 1.4
    curve = (255.0 * (np.arange(256) / 255.0) ** gamma).astype(np.uint8)
    return crop, mirrored(crop), curve[crop]


def mirrored(crop: Image) -> Image:
    """The face as a mirror shows it."""
    return np.ascontiguousarray(crop[:, ::-1])


def infer_both_ways(network: Recogniser, crop: Image) -> TaskOutputs:
    """Looks at a face and at its mirror image; the mean knows people and ages better than either.

    Args:
        network: Looks.
        crop: (128, 128, 3) uint8 RGB, aligned.

    Raises:
        ModelError: The network failed.
    """
    looks = network.infer(crop), network.infer(mirrored(crop))
    tasks = zip(*(look.tasks for look in looks), strict=True)
    return TaskOutputs(unit(looks[0].embedding + looks[1].embedding), tuple(_mean(*pair) for pair in tasks))


def _mean(one: TaskScore, other: TaskScore) -> TaskScore:
    probabilities = tuple((p + q) / 2 for p, q in zip(one.probabilities, other.probabilities, strict=True))
    return TaskScore(one.task, one.labels, probabilities)


def embed_views(network: Recogniser, crop: Image) -> Floats:
    """Embeds a crop and its other views.

    Returns:
        (3, 128) float32 unit vectors, the crop as seen first.

    Raises:
        ModelError: The network failed.
    """
    return np.stack([network.infer(view).embedding for view in views_of(crop)])
