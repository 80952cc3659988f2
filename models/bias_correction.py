"""Lets every layer of an int8 file give, on average, what it gives in floating point.

Rounded weights shift the mean of each channel, and the shifts add up from layer to layer. The biases, which int8 keeps
in 32 bits, take them back: layer after layer, each behind layers that are mended already (empirical bias correction,
Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction").
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from numpy.typing import NDArray

from models.progress import progress

LAYERS = ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED")
LEAST_INSIDE = 0.1
"""A channel that is cut off nearly everywhere would take an immense bias to move: it is moved as with this share."""

Means = NDArray[np.float64]
Images = NDArray[np.uint8]
Whole = NDArray[np.int32]


def correct_biases(quantised: bytes, precise: bytes, crops: Images) -> bytes:
    """Correct the biases of an int8 file; all else in it stays as it is.

    Args:
        quantised: An int8 file, each layer with a bias of its own; some layers may have stayed in floating point.
        precise: The same network in floating point.
        crops: (n, 128, 128, 3) training crops.

    Returns:
        The file with other biases.

    Raises:
        ValueError: The files are not of the same network.
    """
    reference, watched = _Watched(precise), _Watched(quantised)
    if reference.names != watched.names:
        raise ValueError("Expected an int8 and a floating-point file of the same network.")
    wanted = _means(reference, crops)
    content = bytearray(quantised)
    for layer in progress(watched.rounded, "correcting biases"):
        _correct(content, watched, layer, wanted[layer], crops)
    return bytes(content)


def _means(watched: "_Watched", crops: Images) -> list[Means]:
    """Give the mean of each channel of each layer, (channels,)."""
    return [
        np.mean(means, axis=0)
        for means in zip(*([_mean(pixels) for pixels in maps] for maps in watched.maps(crops)), strict=True)
    ]


def _correct(content: bytearray, watched: "_Watched", layer: int, wanted: Means, crops: Images) -> None:
    """Move the biases of one layer, in place, so that its channels' means come to what is wanted, (channels,)."""
    steps = _steps_of(content, watched.layers[layer][1], crops)
    mean = watched.real(layer, _mean(steps))
    bounds = np.iinfo(steps.dtype)
    inside = np.mean((steps > bounds.min) & (steps < bounds.max), axis=0)
    change = (wanted - mean) / np.maximum(inside, LEAST_INSIDE) / watched.bias_step(layer)
    biases = _constants(content, watched.bias(layer))
    biases += np.rint(change).astype(np.int32)


def _steps_of(content: bytearray, output: int, crops: Images) -> NDArray[np.int8]:
    """Give what a layer's output holds for all crops, (pixels, channels), on the kernels that the desk runs on."""
    ending = bytearray(content)
    schema.Model.GetRootAs(ending, 0).Subgraphs(0).OutputsAsNumpy()[0] = output
    interpreter = Interpreter(model_content=bytes(ending), num_threads=2)
    interpreter.allocate_tensors()
    return np.concatenate([steps for (steps,) in _maps(interpreter, [output], crops)])


def _maps(interpreter: Interpreter, outputs: Sequence[int], crops: Images) -> Iterator[list[NDArray[Any]]]:
    """Give, crop by crop, what tensors hold: (pixels, channels)."""
    (image,) = interpreter.get_input_details()
    for crop in crops:
        interpreter.set_tensor(image["index"], crop[np.newaxis].astype(image["dtype"]))
        interpreter.invoke()
        maps = [interpreter.get_tensor(output) for output in outputs]
        yield [values.reshape(-1, values.shape[-1]) for values in maps]


def _mean(pixels: NDArray[np.float32] | NDArray[np.int8]) -> Means:
    """Give the mean of each channel; a sum of a million values in float32 would be off by whole steps."""
    mean: Means = np.mean(pixels, axis=0, dtype=np.float64)
    return mean


def _constants(content: bytearray, tensor: int) -> Whole:
    """Give the int32 values of a tensor, as a view into the file."""
    model = schema.Model.GetRootAs(content, 0)
    buffer = model.Buffers(model.Subgraphs(0).Tensors(tensor).Buffer())
    values: Whole = buffer.DataAsNumpy().view(np.int32)
    return values


class _Watched:
    """A file that tells what its layers give; it runs on kernels that keep every map.

    Attributes:
        layers: Input and output tensors of each layer that has weights.
        names: The names of these outputs.
        rounded: Which of the layers are in int8.
    """

    def __init__(self, content: bytes) -> None:
        self._interpreter = Interpreter(
            model_content=content,
            num_threads=2,
            experimental_preserve_all_tensors=True,
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        self._interpreter.allocate_tensors()
        tensors = {int(tensor["index"]): tensor for tensor in self._interpreter.get_tensor_details()}
        self._steps = {index: tensor["quantization_parameters"] for index, tensor in tensors.items()}
        self.layers = [
            ([int(index) for index in operation["inputs"]], int(operation["outputs"][0]))
            for operation in self._interpreter._get_ops_details()
            if operation["op_name"] in LAYERS
        ]
        self.names = [str(tensors[output]["name"]) for _, output in self.layers]
        self.rounded = [at for at, (inputs, _) in enumerate(self.layers) if tensors[inputs[2]]["dtype"] == np.int32]

    def maps(self, crops: Images) -> Iterator[list[NDArray[np.float32]]]:
        """Give, crop by crop, what each layer gives: (pixels, channels)."""
        yield from _maps(self._interpreter, [output for _, output in self.layers], crops)

    def real(self, layer: int, steps: Means) -> Means:
        """Give what steps of a layer's output stand for."""
        output = self._steps[self.layers[layer][1]]
        return np.asarray((steps - output["zero_points"][0]) * output["scales"][0], np.float64)

    def bias(self, layer: int) -> int:
        """Give the tensor of a layer's biases."""
        return self.layers[layer][0][2]

    def bias_step(self, layer: int) -> Means:
        """Give what a step of each bias stands for, (channels,)."""
        source, kernel = self.layers[layer][0][:2]
        return np.asarray(self._steps[source]["scales"] * self._steps[kernel]["scales"], np.float64)
