"""How a run of training learns."""

from dataclasses import dataclass, field
from pathlib import Path

from models.geometry import INPUT_PX


@dataclass(frozen=True, slots=True)
class LossWeights:
    """Share of each part beside the distillation, which counts one.

    Attributes:
        relation: Of the difference between the batch's similarity matrices of student and teacher.
        identity: Of the cosine softmax over labelled persons.
        guide: Of the difference between the feature maps of student and guide, see `models.guide`.
        margin: Cosine by which a face must be nearer to its person than to others.
        scale: Inverse temperature of that softmax.
    """

    relation: float = 1.0
    identity: float = 0.05
    guide: float = 2.0
    margin: float = 0.15
    scale: float = 24.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run learns.

    Attributes:
        backbone: A key of `models.backbones.BACKBONES`.
        epochs: Times that every face is seen, the rate falling towards the end; 0 leaves the start as it is.
        minutes: Longest training time in minutes; the rate falls so that it ends then at the latest.
        rate: Highest step relative to the weights.
        batch_size: Faces a step.
        warm_up: Steps until the rate is reached.
        seed: Of order and augmentation.
        still: Number of convolutions, from the input on, that stay as they start.
        side_px: Side of the images it learns from.
        start_side_px: Side at which the start weights learned, where it was another one: maps of smaller images are
            spread otherwise, and norms that know how carry the weights over.
        guide: Weights of a MobileNet that is already good and whose feature maps it learns to give; see `models.guide`.
        zeros: Share of the weights of trained convolutions that end as zeros; see `models.sparse`.
        loss: Shares of the parts of the loss.
    """

    backbone: str
    epochs: int = 16
    minutes: float = float("inf")
    rate: float = 1e-3
    batch_size: int = 64
    warm_up: int = 300
    seed: int = 1
    still: int = 0
    side_px: int = INPUT_PX
    start_side_px: int | None = None
    guide: Path | None = None
    zeros: float = 0.0
    loss: LossWeights = field(default_factory=LossWeights)
