"""The few layers that Keras does not bring: the face ellipse, quick convolutions, unit length."""

from collections.abc import Callable

import keras
from keras import KerasTensor

from models.geometry import face_ellipse


class FacePixels(keras.layers.Layer):  # type: ignore[misc]
    """Turn RGB 0..255 into -1..1 inside the face ellipse and 0 (mid-grey) outside it."""

    def call(self, image: KerasTensor) -> KerasTensor:
        """Scale and mask images (n, side, side, 3) float32."""
        mask = keras.ops.convert_to_tensor(face_ellipse(image.shape[1]))
        return image * (mask / 127.5) - mask


class Conv(keras.layers.Conv2D):  # type: ignore[misc]
    """A convolution that hands bias and layout to PyTorch in one call when PyTorch trains it.

    Keras adds the bias in a pass of its own and copies the kernel's layout, which costs a quarter of a step.

    Attributes:
        norm: What follows the convolution while training, see `models.norms`; nothing in a network that ships.
    """

    norm: Callable[..., KerasTensor] | None = None

    def call(self, inputs: KerasTensor, training: bool | None = None) -> KerasTensor:
        """Convolve feature maps (n, height, width, channels)."""
        if keras.backend.backend() != "torch":
            return super().call(inputs)
        from models.torch_ops import convolve

        outputs = convolve(inputs, self.kernel, self.bias, self.strides, self.padding)
        return self.activation(outputs if self.norm is None else self.norm(outputs, training=bool(training)))


class DepthwiseConv(keras.layers.DepthwiseConv2D):  # type: ignore[misc]
    """A depthwise convolution with "same" padding that trains quickly on a CPU.

    PyTorch computes the gradient of a strided depthwise convolution in bfloat16 some twenty times slower than that of
    an unstrided one. For even sizes a stride of two with "same" padding is exactly the unstrided result at every
    second pixel, beginning with the second, so that is what training computes; the exported network keeps its stride.

    Attributes:
        norm: As in `Conv`.
    """

    norm: Callable[..., KerasTensor] | None = None

    def call(self, inputs: KerasTensor, training: bool | None = None) -> KerasTensor:
        """Convolve feature maps (n, height, width, channels)."""
        if keras.backend.backend() != "torch":
            return super().call(inputs)
        from models.torch_ops import convolve_depthwise

        outputs = convolve_depthwise(inputs, self.kernel, self.bias)
        if self.strides != (1, 1):
            outputs = outputs[:, 1::2, 1::2, :]
        return self.activation(outputs if self.norm is None else self.norm(outputs, training=bool(training)))


class Smooth(keras.layers.AveragePooling2D):  # type: ignore[misc]
    """Average each pixel with its neighbours; PyTorch's own average takes ten times as long in bfloat16."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(3, 1, padding="same", name=name)

    def call(self, inputs: KerasTensor) -> KerasTensor:
        """Average feature maps (n, height, width, channels)."""
        if keras.backend.backend() != "torch":
            return super().call(inputs)
        from models.torch_ops import smoothed

        return smoothed(inputs)


class Largest(keras.layers.MaxPooling2D):  # type: ignore[misc]
    """Keep the largest of 3 × 3 pixels at a stride of 2, by comparing maps whole, which PyTorch does quickly."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(3, 2, name=name)

    def call(self, inputs: KerasTensor) -> KerasTensor:
        """Shrink feature maps (n, height, width, channels)."""
        if keras.backend.backend() != "torch":
            return super().call(inputs)
        from models.torch_ops import largest_of_nine

        return largest_of_nine(inputs)


class UnitLength(keras.layers.Layer):  # type: ignore[misc]
    """Scale each row (n, size) to length one, in float32.

    It is made of operations that occur nowhere else in the networks, so that the int8 export can leave just these in
    float32. The needless-looking `abs` keeps the converter from fusing them into L2_NORMALIZATION, which XNNPACK
    does not run.
    """

    def call(self, rows: KerasTensor) -> KerasTensor:
        """Divide each row by its length."""
        squared = keras.ops.sum(keras.ops.square(keras.ops.abs(rows)), axis=-1, keepdims=True)
        return rows / keras.ops.sqrt(keras.ops.maximum(squared, 1e-12))
