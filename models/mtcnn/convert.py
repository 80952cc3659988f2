"""Turns the weights of the PyPI package `mtcnn` 1.0.0 into the three LiteRT files beside this script.

    python models/mtcnn/convert.py        (needs the extra `train`: TensorFlow and mtcnn)

What changes is the form, not the function:
- the networks take pixels 0..255: the package's (x - 127.5) / 128 is folded into the first convolution;
- of the two softmax channels only the face's log-odds are computed: logistic(difference) is the same number;
- the permutation before the first dense layer is folded into that layer's weights.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from mtcnn import MTCNN
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
Weights = dict[str, list[NDArray[np.float32]]]


def weights_of(model: tf.keras.Model) -> Weights:
    """Read the weights of one of the package's networks, by layer name."""
    return {layer.name: [np.asarray(value) for value in layer.get_weights()] for layer in model.layers}


def for_pixels(kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fold the normalisation of the input into the first convolution, in float64."""
    wide = kernel.astype(np.float64) / 128.0
    return wide.astype(np.float32), (bias - 127.5 * wide.sum(axis=(0, 1, 2))).astype(np.float32)


def log_odds(kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Reduce the two classes (no face, face) to the log-odds of a face."""
    return [kernel[..., 1:] - kernel[..., :1], bias[1:] - bias[:1]]


def unpermuted(kernel: NDArray[np.float32], side: int, channels: int) -> NDArray[np.float32]:
    """Reorder a dense kernel's rows from the package's column-major flattening to the plain one."""
    return kernel.reshape(side, side, channels, -1).transpose(1, 0, 2, 3).reshape(kernel.shape)


def convolved(x: tf.Tensor, weights: Weights, number: int, *, first: bool = False) -> tf.Tensor:
    """Add the convolution `number` and its PReLU."""
    kernel, bias = weights[f"conv{number}"]
    if first:
        kernel, bias = for_pixels(kernel, bias)
    x = tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "VALID"), bias)
    return prelu(x, weights[f"prelu{number}"][0].reshape(1, 1, -1))


def prelu(x: tf.Tensor, slope: NDArray[np.float32]) -> tf.Tensor:
    """Add a PReLU with one slope per channel, in the form that the converter knows as one operation."""
    return tf.nn.relu(x) + (-slope) * tf.nn.relu(-x)


def dense(x: tf.Tensor, layer: list[NDArray[np.float32]]) -> tf.Tensor:
    """Add a dense layer."""
    return tf.nn.bias_add(tf.matmul(x, layer[0]), layer[1])


def p_net(weights: Weights) -> Callable[[tf.Tensor], dict[str, tf.Tensor]]:
    """P-Net: image (1, h, w, 3) → proposals (1, h', w', 5): four offsets of the box, then the face's log-odds."""
    offsets, face = weights["conv4-1"], log_odds(*weights["conv4-2"])
    kernel, bias = (np.concatenate([a, b], axis=-1) for a, b in zip(offsets, face, strict=True))

    def network(image: tf.Tensor) -> dict[str, tf.Tensor]:
        x = convolved(image, weights, 1, first=True)
        x = tf.nn.max_pool2d(x, 2, 2, "SAME")
        x = convolved(convolved(x, weights, 2), weights, 3)
        return {"proposals": tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "VALID"), bias)}

    return network


def r_net(weights: Weights) -> Callable[[tf.Tensor], dict[str, tf.Tensor]]:
    """R-Net: crops (n, 24, 24, 3) → refined (n, 5): four offsets of the box, then the face's log-odds."""

    def network(image: tf.Tensor) -> dict[str, tf.Tensor]:
        x = tf.nn.max_pool2d(convolved(image, weights, 1, first=True), 3, 2, "SAME")
        x = tf.nn.max_pool2d(convolved(x, weights, 2), 3, 2, "VALID")
        x = convolved(x, weights, 3)
        kernel, bias = weights["fc4"]
        x = tf.reshape(x, (-1, 576))
        x = prelu(dense(x, [unpermuted(kernel, 3, 64), bias]), weights["prelu4"][0])
        return {"refined": dense(x, joined(weights["fc5-1"], log_odds(*weights["fc5-2"])))}

    return network


def o_net(weights: Weights) -> Callable[[tf.Tensor], dict[str, tf.Tensor]]:
    """O-Net: crops (n, 48, 48, 3) → refined (n, 15): four offsets, the face's log-odds, five x, five y."""

    def network(image: tf.Tensor) -> dict[str, tf.Tensor]:
        x = tf.nn.max_pool2d(convolved(image, weights, 1, first=True), 3, 2, "SAME")
        x = tf.nn.max_pool2d(convolved(x, weights, 2), 3, 2, "VALID")
        x = tf.nn.max_pool2d(convolved(x, weights, 3), 2, 2, "SAME")
        x = convolved(x, weights, 4)
        kernel, bias = weights["fc5"]
        x = tf.reshape(x, (-1, 1152))
        x = prelu(dense(x, [unpermuted(kernel, 3, 128), bias]), weights["prelu5"][0])
        return {"refined": dense(x, joined(weights["fc6-1"], log_odds(*weights["fc6-3"]), weights["fc6-2"]))}

    return network


def joined(*layers: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """Join dense layers of one input into one."""
    return [np.concatenate([layer[part] for layer in layers], axis=-1) for part in (0, 1)]


def converted(network: Callable[[tf.Tensor], dict[str, tf.Tensor]], shape: tuple[int | None, ...]) -> bytes:
    """Make a LiteRT file (float32) with one signature: `image` in, outputs by name."""
    module = tf.Module()
    module.serve = tf.function(network, input_signature=[tf.TensorSpec(shape, tf.float32, "image")])
    concrete = module.serve.get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], module)
    return bytes(converter.convert())


def main() -> None:
    """Write the three files and print what the card says of them."""
    detector = MTCNN()
    for number, (name, build, shape) in enumerate(
        [
            ("pnet", p_net, (1, None, None, 3)),
            ("rnet", r_net, (None, 24, 24, 3)),
            ("onet", o_net, (None, 48, 48, 3)),
        ],
        start=1,
    ):
        data = converted(build(weights_of(detector.get_stage(stage_id=number).model)), shape)
        (HERE / f"{name}.tflite").write_bytes(data)
        print(f"{name}.tflite: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
