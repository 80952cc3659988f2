"""Batch norms behind the convolutions while a network trains, folded away in what it leaves behind.

A network with batch norms learns several times more from a step than the same network with its norms folded, but the
weights that training starts from, and those that ship, have them folded. So a norm is put behind every convolution
that changes nothing at first: its statistics are those of what the convolution gives, its scale and offset undo them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import keras
import torch
import torch.nn.functional as functional
from torch import Tensor

from models.layers import Conv, DepthwiseConv

EPSILON = 1e-3
MOMENTUM = 0.02


class Norm:
    """One batch norm over feature maps (n, height, width, channels).

    Attributes:
        scale: Trained, (channels,).
        offset: Trained, (channels,).
        mean: Running mean of the input, (channels,).
        variance: Running variance of the input, (channels,).
    """

    def __init__(self, mean: Tensor, variance: Tensor) -> None:
        self.mean = mean.clone()
        self.variance = variance.clone()
        self.scale = torch.nn.Parameter((variance + EPSILON).sqrt())
        self.offset = torch.nn.Parameter(mean.clone())

    def __call__(self, maps: Tensor, *, training: bool) -> Tensor:
        """Normalise by the batch while training, by the running statistics otherwise."""
        channels_first = maps.permute(0, 3, 1, 2)
        statistics = (self.mean, self.variance)
        normal = functional.batch_norm(
            channels_first, *statistics, self.scale, self.offset, training, MOMENTUM, EPSILON
        )
        return normal.permute(0, 2, 3, 1)

    def folded(self, kernel: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Give kernel and bias of the convolution that does the same without this norm."""
        gain = self.scale.detach() / (self.variance + EPSILON).sqrt()
        depthwise = kernel.shape[-1] == 1 and kernel.shape[-2] == gain.numel()
        return kernel * (gain[:, None] if depthwise else gain), (bias - self.mean) * gain + self.offset.detach()


@dataclass(slots=True)
class _Observer:
    """Stands in a norm's place and notes what it would normalise."""

    mean: Tensor | None = None
    variance: Tensor | None = None

    def __call__(self, maps: Tensor, *, training: bool) -> Tensor:
        self.variance, self.mean = torch.var_mean(maps.float(), dim=(0, 1, 2), correction=0)
        return maps


def convolutions(model: keras.Model) -> list[Conv | DepthwiseConv]:
    """Give the layers that a norm belongs behind: those that are trained."""
    return [layer for layer in model.layers if isinstance(layer, Conv | DepthwiseConv) and layer.trainable]


def hold_still(model: keras.Model, count: int) -> None:
    """Leave the first convolutions as they are.

    They see edges in any picture, and at their resolution they cost as much as all the others together.
    """
    for layer in convolutions(model)[:count]:
        layer.trainable = False


def attach(model: keras.Model, show: Callable[[], object]) -> list[Norm]:
    """Put a norm behind every convolution; the network computes what it did before.

    Args:
        model: A network without norms.
        show: Runs the network on a few hundred faces, all at once.

    Returns:
        The norms, in the order of the layers.
    """
    layers = convolutions(model)
    observers = [_Observer() for _ in layers]
    for layer, observer in zip(layers, observers, strict=True):
        layer.norm = observer
    show()
    return attach_known(model, [(observer.mean, observer.variance) for observer in observers])


def attach_known(model: keras.Model, statistics: Iterable[tuple[Tensor, Tensor]]) -> list[Norm]:
    """Put norms with these means and variances behind the convolutions."""
    norms = []
    for layer, (mean, variance) in zip(convolutions(model), statistics, strict=True):
        layer.norm = Norm(mean, variance)
        norms.append(layer.norm)
    return norms


def without_norms(model: keras.Model) -> dict[str, Tensor]:
    """Give every variable by its path, the norms folded into their convolutions."""
    weights = {variable.path: variable.value.detach() for variable in model.weights}
    for layer in convolutions(model):
        if isinstance(layer.norm, Norm):
            paths = layer.kernel.path, layer.bias.path
            folded = layer.norm.folded(*(weights[path] for path in paths))
            weights.update(zip(paths, folded, strict=True))
    return weights


def trained(model: keras.Model) -> list[Tensor]:
    """Give what is to be trained: a convolution's bias is not when a norm, which takes it out again, follows."""
    normed = {layer.bias.path: layer.norm for layer in convolutions(model) if isinstance(layer.norm, Norm)}
    weights = [variable.value for variable in model.trainable_variables if variable.path not in normed]
    return weights + [tensor for norm in normed.values() for tensor in (norm.scale, norm.offset)]
