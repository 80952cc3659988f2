"""Convolutions on PyTorch in the layouts that its CPU kernels like best; used only while PyTorch trains."""

import torch.nn.functional as functional
from keras import Variable
from torch import Tensor


def convolve(maps: Tensor, kernel: Variable, bias: Variable, strides: tuple[int, int], padding: str) -> Tensor:
    """Convolve with bias.

    Args:
        maps: Feature maps (n, height, width, channels); seen by PyTorch as channels-last without a copy.
        kernel: Keras variable (height, width, channels in, channels out).
        bias: Keras variable (channels out,).
        strides: Rows and columns; "same" padding needs (1, 1).
        padding: "same" or "valid".

    Returns:
        Feature maps (n, height, width, channels out).
    """
    weight = kernel.value.to(maps.dtype).permute(3, 2, 0, 1)
    offset = bias.value.to(maps.dtype)
    result = functional.conv2d(maps.permute(0, 3, 1, 2), weight, offset, strides, padding)
    return result.permute(0, 2, 3, 1)


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
