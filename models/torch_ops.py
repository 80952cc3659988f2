"""Convolutions on PyTorch in the layouts that its CPU kernels like best, and resizing; used only while it trains."""

import torch
import torch.nn.functional as functional
from keras import Variable
from torch import Tensor


def convolve(maps: Tensor, kernel: Variable, bias: Variable, strides: tuple[int, int], padding: str) -> Tensor:
    """Convolve with bias.

    Args:
        maps: Feature maps (n, height, width, channels); seen by PyTorch as channels-last without a copy.
        kernel: Keras variable (height, width, channels in, channels out).
        bias: Keras variable (channels out,).
        strides: Rows and columns.
        padding: "same", with the odd pixel of a stride on the far side as TensorFlow has it, or "valid".

    Returns:
        Feature maps (n, height, width, channels out).
    """
    weight = kernel.value.to(maps.dtype).permute(3, 2, 0, 1)
    offset = bias.value.to(maps.dtype)
    channels_first = maps.permute(0, 3, 1, 2)
    if padding == "same" and strides != (1, 1):
        sides = [
            side
            for size, kernel_size, stride in zip(maps.shape[2:0:-1], weight.shape[:1:-1], strides[::-1], strict=True)
            for side in _padding(size, kernel_size, stride)
        ]
        channels_first, padding = functional.pad(channels_first, sides), "valid"
    return functional.conv2d(channels_first, weight, offset, strides, padding).permute(0, 2, 3, 1)


def _padding(size: int, kernel_size: int, stride: int) -> tuple[int, int]:
    """Give how many pixels to add before and after for "same" padding."""
    total = max(0, (-(-size // stride) - 1) * stride + kernel_size - size)
    return total // 2, total - total // 2


def convolve_depthwise(maps: Tensor, kernel: Variable, bias: Variable) -> Tensor:
    """Convolve each channel by itself, stride 1, "same" padding, with bias.

    Args:
        maps: Feature maps (n, height, width, channels).
        kernel: Keras variable (height, width, channels, 1).
        bias: Keras variable (channels,).

    Returns:
        Feature maps of the same shape.
    """
    weight = kernel.value.to(maps.dtype).permute(2, 3, 0, 1)
    offset = bias.value.to(maps.dtype)
    result = functional.conv2d(maps.permute(0, 3, 1, 2), weight, offset, 1, "same", groups=weight.shape[0])
    return result.permute(0, 2, 3, 1)


def smoothed(maps: Tensor) -> Tensor:
    """Average each pixel with its eight neighbours, or with those there are at the edge.

    Args:
        maps: Feature maps (n, height, width, channels).

    Returns:
        Feature maps of the same shape.
    """
    height, width, channels = maps.shape[1:]
    weight = maps.new_ones((channels, 1, 3, 3))
    sums = functional.conv2d(maps.permute(0, 3, 1, 2), weight, None, 1, "same", groups=channels).permute(0, 2, 3, 1)
    return sums / (_neighbours(height)[:, None] * _neighbours(width)).to(maps.dtype)[..., None]


def _neighbours(size: int) -> Tensor:
    """Give how many of three pixels in a row there are around each of `size`."""
    line = torch.ones(1, 1, size)
    return functional.conv1d(line, torch.ones(1, 1, 3), padding=1)[0, 0]


def largest_of_nine(maps: Tensor) -> Tensor:
    """Give the largest of each 3 × 3 window at a stride of 2, windows that reach over the edge left out.

    Args:
        maps: Feature maps (n, height, width, channels).

    Returns:
        Feature maps (n, (height − 1) // 2, (width − 1) // 2, channels).
    """
    for axis in (1, 2):
        last = maps.shape[axis] - 2
        first, second, third = (maps.narrow(axis, begin, last)[_every_second(axis)] for begin in range(3))
        maps = torch.maximum(torch.maximum(first, second), third)
    return maps


def _every_second(axis: int) -> tuple[slice, ...]:
    return (slice(None),) * axis + (slice(None, None, 2),)


def resized(maps: Tensor, height: int, width: int) -> Tensor:
    """Give images or feature maps (n, rows, columns, channels) at another size, smoothed where it is smaller."""
    if maps.shape[1:3] == (height, width):
        return maps
    channels_first = maps.permute(0, 3, 1, 2)
    smaller = functional.interpolate(channels_first, (height, width), mode="bilinear", antialias=True)
    return smaller.permute(0, 2, 3, 1)
