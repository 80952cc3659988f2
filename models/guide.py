"""Feature maps of a network that is already good, for another one to learn to give (FitNets, Romero et al. 2015).

The teacher has one embedding for a photograph; a guide has maps for every augmented crop, and it learned from faces
that are not on this disk. Behind the pairs below a projection turns the student's maps into the guide's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import torch
from torch import Tensor

from models.networks import desk_network
from models.pretrained import start_weights
from models.start import port
from models.torch_ops import resized

GUIDE = "mobilenet"
PAIRS = {
    "mobilenet_v2": (("block_12_add", "conv_pw_11"), ("top", "conv_pw_13")),
    "inception_v3": (("mixed_5", "conv_pw_11"), ("mixed_7", "conv_pw_13")),
}
"""Layers of the student and of the guide, by the student's backbone."""

SHOWN_AT_ONCE = 64
RIDGE = 0.1
SMALLEST_DEVIATION = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """From a student's maps (…, channels) to the guide's, each channel of those at mean 0 and variance 1.

    Attributes:
        weight: (channels, guide's channels), trained with the student.
        bias: (guide's channels,), trained.
        mean: (guide's channels,) of the guide's maps.
        deviation: (guide's channels,) standard deviation of the guide's maps.
    """

    weight: Tensor
    bias: Tensor
    mean: Tensor
    deviation: Tensor

    def error(self, maps: Tensor, wanted: Tensor) -> Tensor:
        """Give the mean squared difference, 1 for a projection that knows nothing."""
        normal = resized((wanted - self.mean) / self.deviation, *maps.shape[1:3])
        return (maps @ self.weight + self.bias - normal).square().mean()


class Guide:
    """A trained MobileNet and the projections onto its maps.

    Args:
        student: A desk network of `models.networks`.
        weights: The guide's fp16 file or `weights.npz`.

    Attributes:
        student: The student's outputs, and the maps that it is guided by.
        projections: One for each pair of layers; empty until `begin` or `restore`.

    Raises:
        KeyError: There is no pair of layers for this student.
    """

    def __init__(self, student: keras.Model, weights: Path) -> None:
        pairs = PAIRS[student.name]
        network = desk_network(GUIDE)
        port(network, start_weights(GUIDE, weights))
        self._maps = keras.Model(network.input, [network.get_layer(name).output for _, name in pairs])
        self._maps.trainable = False
        maps = {f"maps_{number}": student.get_layer(name).output for number, (name, _) in enumerate(pairs)}
        self.student = keras.Model(student.input, {**student.output, **maps})
        self.projections: list[Projection] = []

    def begin(self, images: Tensor, shown: Tensor) -> None:
        """Fit the projections by ridge regression.

        Args:
            images: (n, 128, 128, 3) RGB 0..255, what the guide sees.
            shown: (n, side, side, 3), the same at the student's side.
        """
        with torch.no_grad():
            parts = [self._maps(part, training=False) for part in images.split(SHOWN_AT_ONCE)]
            outputs = [self.student(part, training=False) for part in shown.split(SHOWN_AT_ONCE)]
            self.projections = [
                _fitted(torch.cat([output[f"maps_{number}"] for output in outputs]).float(), torch.cat(wanted).float())
                for number, wanted in enumerate(zip(*parts, strict=True))
            ]

    @property
    def trained(self) -> list[Tensor]:
        """Give the weights of the projections."""
        return [tensor for projection in self.projections for tensor in (projection.weight, projection.bias)]

    def loss(self, images: Tensor, outputs: Mapping[str, Tensor]) -> Tensor:
        """Give the sum of the projections' errors on a batch.

        Args:
            images: (n, 128, 128, 3) RGB 0..255.
            outputs: What `student` gave for the same images.
        """
        with torch.no_grad():
            wanted = self._maps(images, training=False)
        errors = [
            projection.error(outputs[f"maps_{number}"].float(), maps.float())
            for number, (projection, maps) in enumerate(zip(self.projections, wanted, strict=True))
        ]
        return torch.stack(errors).sum()

    def state(self) -> list[dict[str, Any]]:
        """Give what `restore` needs."""
        names = Projection.__slots__
        return [{name: getattr(projection, name).detach() for name in names} for projection in self.projections]

    def restore(self, state: list[dict[str, Any]]) -> None:
        """Take back what `state` gave."""
        self.projections = [_projection(**values) for values in state]


def _fitted(maps: Tensor, wanted: Tensor) -> Projection:
    """Regress the guide's maps on the student's, both (n, height, width, channels)."""
    mean, deviation = wanted.mean((0, 1, 2)), wanted.std((0, 1, 2)).clamp_min(SMALLEST_DEVIATION)
    rows = maps.flatten(0, 2)
    normal = resized((wanted - mean) / deviation, *maps.shape[1:3]).flatten(0, 2)
    centre = rows.mean(0)
    centred = rows - centre
    covariance = centred.T @ centred / len(rows)
    penalty = RIDGE * covariance.diagonal().mean() * torch.eye(len(covariance))
    weight = torch.linalg.solve(covariance + penalty, centred.T @ normal / len(rows))
    return _projection(weight, normal.mean(0) - centre @ weight, mean, deviation)


def _projection(weight: Tensor, bias: Tensor, mean: Tensor, deviation: Tensor) -> Projection:
    return Projection(torch.nn.Parameter(weight), torch.nn.Parameter(bias), mean, deviation)
