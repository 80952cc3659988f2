"""The three backbones, batch norms folded into the convolutions.

Each function takes feature maps (n, 128, 128, 3) in -1..1 and returns pooled features (n, channels). The weights that
training starts from come with their batch norms folded or frozen, and a third of the training time went into
normalising; so every convolution here carries a bias and no batch norm follows it.
"""

from collections.abc import Callable

import keras
from keras import KerasTensor

from models.layers import Conv, DepthwiseConv, Largest, Smooth

MOBILENET_BLOCKS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip
"""Output channels and stride of each depthwise-separable block (Howard et al. 2017, Table 1)."""

MOBILENET_V2_STAGES = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
)  # fmt: skip
"""Expansion, output channels, repetitions and first stride of each stage (Sandler et al. 2018, Table 2)."""


def mobilenet(x: KerasTensor) -> KerasTensor:
    """Build MobileNet 1.0 (Howard et al. 2017); 1,024 features."""
    x = _conv(x, 32, 3, "conv1", strides=2, activation="relu6")
    for number, (channels, strides) in enumerate(MOBILENET_BLOCKS, start=1):
        x = _depthwise(x, f"conv_dw_{number}", strides)
        x = _conv(x, channels, 1, f"conv_pw_{number}", activation="relu6")
    return keras.layers.GlobalAveragePooling2D(name="features")(x)


def mobilenet_v2(x: KerasTensor) -> KerasTensor:
    """Build MobileNetV2 1.0 (Sandler et al. 2018); 1,280 features."""
    x = _conv(x, 32, 3, "stem", strides=2, activation="relu6")
    number = 0
    for expansion, channels, repetitions, first_stride in MOBILENET_V2_STAGES:
        for repetition in range(repetitions):
            number += 1
            strides = first_stride if repetition == 0 else 1
            x = _inverted_residual(x, f"block_{number}", expansion, channels, strides)
    x = _conv(x, 1280, 1, "top", activation="relu6")
    return keras.layers.GlobalAveragePooling2D(name="features")(x)


def _inverted_residual(x: KerasTensor, name: str, expansion: int, channels: int, strides: int) -> KerasTensor:
    """Expand, filter each channel, project; add the input where the shapes allow it."""
    inner = x
    if expansion > 1:
        inner = _conv(inner, x.shape[-1] * expansion, 1, f"{name}_expand", activation="relu6")
    inner = _depthwise(inner, f"{name}_depthwise", strides)
    inner = _conv(inner, channels, 1, f"{name}_project")
    if strides == 1 and x.shape[-1] == channels:
        inner = keras.layers.Add(name=f"{name}_add")([x, inner])
    return inner


def inception_v3(x: KerasTensor) -> KerasTensor:
    """Build InceptionV3 (Szegedy et al. 2016) in the layer order of Keras; 2,048 features."""
    conv = _Numbered()
    x = conv(x, 32, 3, strides=2, padding="valid")
    x = conv(x, 32, 3, padding="valid")
    x = conv(x, 64, 3)
    x = Largest(name="pool_1")(x)
    x = conv(x, 80, 1, padding="valid")
    x = conv(x, 192, 3, padding="valid")
    x = Largest(name="pool_2")(x)
    for pooled in (32, 64, 64):
        x = _inception_a(x, conv, pooled)
    x = _reduction_a(x, conv)
    for inner in (128, 160, 160, 192):
        x = _inception_b(x, conv, inner)
    x = _reduction_b(x, conv)
    for _ in range(2):
        x = _inception_c(x, conv)
    return keras.layers.GlobalAveragePooling2D(name="features")(x)


class _Numbered:
    """Makes convolutions named conv_1, conv_2, … and blocks mixed_0, mixed_1, … in the order of Keras."""

    def __init__(self) -> None:
        self.made = 0
        self.joined = 0

    def __call__(
        self, x: KerasTensor, filters: int, kernel: int | tuple[int, int], strides: int = 1, padding: str = "same"
    ) -> KerasTensor:
        self.made += 1
        name = f"conv_{self.made}"
        return _conv(x, filters, kernel, name, strides=strides, padding=padding, activation="relu")

    def join(self, *parts: KerasTensor) -> KerasTensor:
        """Put the branches of a block side by side."""
        self.joined += 1
        return keras.layers.Concatenate(name=f"mixed_{self.joined - 1}")(list(parts))


def _inception_a(x: KerasTensor, conv: _Numbered, pooled: int) -> KerasTensor:
    one = conv(x, 64, 1)
    five = conv(conv(x, 48, 1), 64, 5)
    double = conv(conv(conv(x, 64, 1), 96, 3), 96, 3)
    pool = conv(Smooth()(x), pooled, 1)
    return conv.join(one, five, double, pool)


def _reduction_a(x: KerasTensor, conv: _Numbered) -> KerasTensor:
    three = conv(x, 384, 3, strides=2, padding="valid")
    double = conv(conv(conv(x, 64, 1), 96, 3), 96, 3, strides=2, padding="valid")
    return conv.join(three, double, Largest()(x))


def _inception_b(x: KerasTensor, conv: _Numbered, inner: int) -> KerasTensor:
    one = conv(x, 192, 1)
    seven = conv(conv(conv(x, inner, 1), inner, (1, 7)), 192, (7, 1))
    double = conv(conv(conv(x, inner, 1), inner, (7, 1)), inner, (1, 7))
    double = conv(conv(double, inner, (7, 1)), 192, (1, 7))
    pool = conv(Smooth()(x), 192, 1)
    return conv.join(one, seven, double, pool)


def _reduction_b(x: KerasTensor, conv: _Numbered) -> KerasTensor:
    three = conv(conv(x, 192, 1), 320, 3, strides=2, padding="valid")
    seven = conv(conv(conv(x, 192, 1), 192, (1, 7)), 192, (7, 1))
    seven = conv(seven, 192, 3, strides=2, padding="valid")
    return conv.join(three, seven, Largest()(x))


def _inception_c(x: KerasTensor, conv: _Numbered) -> KerasTensor:
    one = conv(x, 320, 1)
    three = conv(x, 384, 1)
    three = keras.layers.Concatenate()([conv(three, 384, (1, 3)), conv(three, 384, (3, 1))])
    double = conv(conv(x, 448, 1), 384, 3)
    double = keras.layers.Concatenate()([conv(double, 384, (1, 3)), conv(double, 384, (3, 1))])
    pool = conv(Smooth()(x), 192, 1)
    return conv.join(one, three, double, pool)


def _conv(
    x: KerasTensor,
    filters: int,
    kernel: int | tuple[int, int],
    name: str,
    *,
    strides: int = 1,
    padding: str = "same",
    activation: str | None = None,
) -> KerasTensor:
    return Conv(filters, kernel, strides, padding, activation=activation, name=name)(x)


def _depthwise(x: KerasTensor, name: str, strides: int) -> KerasTensor:
    return DepthwiseConv(3, strides, "same", activation="relu6", name=name)(x)


BACKBONES: dict[str, Callable[[KerasTensor], KerasTensor]] = {
    "mobilenet": mobilenet,
    "mobilenet_v2": mobilenet_v2,
    "inception_v3": inception_v3,
}
"""What `--backbone` may name."""
