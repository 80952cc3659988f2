"""Writes quantised.tflite: uint8 in, int8 `sum` and `twice` out. Needs the extra `train`.

python tests/engine/goldens/make_quantised.py
"""

from pathlib import Path

import numpy as np
import tensorflow as tf


def network(pixels: tf.Tensor) -> dict[str, tf.Tensor]:
    """Answer with a quarter of the sum of four pixels and with twice each of them."""
    return {"sum": tf.matmul(pixels, tf.ones((4, 1)) * 0.25), "twice": tf.matmul(pixels, 2.0 * tf.eye(4))}


module = tf.Module()
module.serve = tf.function(network, input_signature=[tf.TensorSpec((1, 4), tf.float32, "pixels")])
converter = tf.lite.TFLiteConverter.from_concrete_functions([module.serve.get_concrete_function()], module)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([row[None]] for row in np.eye(4, dtype=np.float32) * 255)
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
converter.inference_input_type = tf.uint8
converter.inference_output_type = tf.int8
(Path(__file__).parent / "quantised.tflite").write_bytes(converter.convert())
