"""Keras → LiteRT, in float32, with float16 weights, or in int8 with a float32 tail."""

import tempfile
from collections.abc import Iterator

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.lite.python.convert import mlir_quantize

from models.bias_correction import correct_biases

PRECISIONS = ("fp32", "fp16", "int8")
FLOAT_OPERATIONS = ["ABS", "SQUARE", "SUM", "MAXIMUM", "SQRT", "RSQRT", "DIV", "SOFTMAX", "AVERAGE_POOL_2D"]
"""What stays in float32 in an int8 file: the ends of the outputs, and what XNNPACK does not run in int8."""
CORRECTION_FACES = 200
"""Of the calibration crops, those that the biases of int8 are corrected on."""

Images = NDArray[np.uint8]


def to_litert(model: keras.Model, precision: str, calibration: Images) -> bytes:
    """Convert a model to the contents of a LiteRT file.

    Args:
        model: A float32 desk network.
        precision: "fp32", "fp16" (weights) or "int8" (weights per channel and activations; uint8 input).
        calibration: (n, 128, 128, 3) training crops that set the ranges of int8 activations, and its biases.

    Returns:
        The file: input (1, 128, 128, 3), outputs named as those of the model, float32.

    Raises:
        ValueError: The precision is not known.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"Expected a precision of {', '.join(PRECISIONS)}, got {precision!r}.")
    with tempfile.TemporaryDirectory() as folder:
        _save(model, folder)
        converter = _converter(folder)
        if precision != "fp32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if precision == "fp16":
            converter.target_spec.supported_types = [tf.float16]
        if precision == "int8":
            precise = _converter(folder).convert()
            return correct_biases(_quantised(converter, calibration), precise, calibration[:CORRECTION_FACES])
        content: bytes = converter.convert()
        return content


def _save(model: keras.Model, folder: str) -> None:
    """Save a model that takes one face and gives its outputs by name."""
    one_face = tf.TensorSpec((1, *model.input_shape[1:]), tf.float32, name="image")
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serving_default", lambda image: model(image, training=False), input_signature=[one_face])
    archive.write_out(folder, verbose=False)


def _converter(folder: str) -> tf.lite.TFLiteConverter:
    return tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serving_default"])


def _quantised(converter: tf.lite.TFLiteConverter, calibration: Images) -> bytes:
    """Measure the ranges of activations and quantise everything but the ends of the outputs."""

    def crops() -> Iterator[list[NDArray[np.float32]]]:
        for crop in calibration:
            yield [crop[np.newaxis].astype(np.float32)]

    converter.representative_dataset = crops
    converter._experimental_calibrate_only = True
    calibrated = converter.convert()
    content: bytes = mlir_quantize(
        calibrated, input_data_type=tf.uint8, denylisted_ops=FLOAT_OPERATIONS, denylisted_nodes=_float_ends(calibrated)
    )
    return content


def _float_ends(content: bytes) -> list[str]:
    """Name the outputs and the logits: a step of int8 would decide between two labels that are nearly as likely."""
    interpreter = tf.lite.Interpreter(model_content=content)
    names = {int(tensor["index"]): str(tensor["name"]) for tensor in interpreter.get_tensor_details()}
    softmaxes = [operation for operation in interpreter._get_ops_details() if operation["op_name"] == "SOFTMAX"]
    logits = [names[int(operation["inputs"][0])] for operation in softmaxes]
    return [detail["name"] for detail in interpreter.get_output_details()] + logits
