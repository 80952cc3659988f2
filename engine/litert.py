"""One LiteRT interpreter: arrays in, outputs by name, (de)quantised."""

import hashlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.types import Floats

REMEDY = "Reinstall Facedesk, or choose another network."

_making = threading.Lock()
_announced = False


@dataclass(frozen=True, slots=True)
class _Output:
    name: str
    index: int
    scale: float | None
    zero: int


class Network:
    """One interpreter, made once and used by one thread.

    Args:
        data: Contents of a .tflite file with one input and one signature.
        name: How errors call it ("onet.tflite").
        threads: Threads that one run may use.

    Attributes:
        input_shape: Shape of the input; -1 where any size goes.
        input_dtype: float32 or uint8.
        output_names: Names of the outputs, from the signature.
        busy_ns: Nanoseconds spent inside the interpreter so far.

    Raises:
        ModelError: The data are damaged, or not a network of one float32 or uint8 input and named outputs.
    """

    def __init__(self, data: bytes, name: str, *, threads: int = 1) -> None:
        self.name = name
        self.busy_ns = 0
        self._interpreter = _interpreter(data, name, threads)
        signatures = self._interpreter.get_signature_list()
        if len(signatures) != 1:
            raise ModelError(f"The network {name} has {len(signatures)} signatures instead of one.", REMEDY)
        runner = self._interpreter.get_signature_runner(next(iter(signatures)))
        self._read_input(runner.get_input_details())
        self._outputs = tuple(_output(key, details) for key, details in runner.get_output_details().items())
        self.output_names = tuple(output.name for output in self._outputs)

    @classmethod
    def load(cls, path: Path, *, threads: int = 1, sha256: str | None = None) -> "Network":
        """Reads a .tflite file.

        Args:
            path: The file.
            threads: Threads that one run may use.
            sha256: Its checksum, hexadecimal; None does not check it.

        Raises:
            ModelError: The file is missing, damaged, cut, or not a network that fits.
        """
        return cls(read_checked(path, sha256), path.name, threads=threads)

    def run(self, inputs: NDArray[Any]) -> dict[str, Floats]:
        """Runs the network once.

        Args:
            inputs: Of `input_shape` and `input_dtype`.

        Returns:
            The outputs by name, float32; the caller's own, a later run does not change them.

        Raises:
            ValueError: The input is of another shape or type.
            ModelError: The interpreter failed.
        """
        if inputs.shape != self._shape or inputs.dtype != self.input_dtype:
            self._fit(inputs)
        interpreter = self._interpreter
        try:
            interpreter.set_tensor(self._input, inputs)
            began = time.perf_counter_ns()
            interpreter.invoke()
            self.busy_ns += time.perf_counter_ns() - began
        except RuntimeError as error:
            raise ModelError(f"The network {self.name} failed: {_first_line(error)}.", REMEDY) from error
        return {output.name: _floats(interpreter.get_tensor(output.index), output) for output in self._outputs}

    def _read_input(self, inputs: dict[str, dict[str, Any]]) -> None:
        if len(inputs) != 1:
            raise ModelError(f"The network {self.name} has {len(inputs)} inputs instead of one.", REMEDY)
        (details,) = inputs.values()
        self._input: int = details["index"]
        self.input_shape = tuple(int(size) for size in details["shape_signature"])
        self.input_dtype: np.dtype[Any] = np.dtype(details["dtype"])
        self._shape: tuple[int, ...] = ()
        if self.input_dtype not in (np.float32, np.uint8):
            raise ModelError(f"The network {self.name} takes {self.input_dtype} instead of float32 or uint8.", REMEDY)

    def _fit(self, inputs: NDArray[Any]) -> None:
        """Prepares the interpreter for the shape of this input; cheap, but not for every call."""
        wanted = self.input_shape
        fits = len(wanted) == inputs.ndim and all(
            size in (-1, given) and given > 0 for size, given in zip(wanted, inputs.shape, strict=True)
        )
        if not fits or inputs.dtype != self.input_dtype:
            shape = ", ".join("n" if size == -1 else str(size) for size in wanted)
            raise ValueError(f"{self.name}: expected ({shape}) {self.input_dtype}, got {inputs.shape} {inputs.dtype}.")
        self._shape = ()
        try:
            self._interpreter.resize_tensor_input(self._input, inputs.shape)
            _allocate(self._interpreter)
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"The network {self.name} cannot take an input of {inputs.shape}: {_first_line(error)}.", REMEDY
            ) from error
        self._shape = inputs.shape


def read_checked(path: Path, sha256: str | None = None) -> bytes:
    """Reads a network's file and compares it with its checksum.

    The contents are read rather than mapped: a mapped file that is cut while the program runs would end the program.

    Raises:
        ModelError: The file is missing, unreadable or not the expected one.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The network's file {path.name} is missing.", REMEDY) from error
    except OSError as error:
        raise ModelError(f"The network's file {path.name} cannot be read: {error.strerror}.", REMEDY) from error
    if not data:
        raise ModelError(f"The network's file {path.name} is empty.", REMEDY)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256.lower():
        raise ModelError(f"The network's file {path.name} is damaged: its checksum is not that of its card.", REMEDY)
    return data


def _interpreter(data: bytes, name: str, threads: int) -> Interpreter:
    try:
        return Interpreter(model_content=data, num_threads=threads)
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"The network's file {name} is damaged or cut: {_first_line(error)}.", REMEDY) from error


def _allocate(interpreter: Interpreter) -> None:
    global _announced
    with _making:
        if _announced:
            interpreter.allocate_tensors()
            return
        with _without_announcement():
            interpreter.allocate_tensors()
        _announced = True


@contextmanager
def _without_announcement() -> Iterator[None]:
    """Holds back what LiteRT writes to the process's error stream once: that it made its XNNPACK delegate.

    No setting silences it. Anything else written meanwhile is passed on.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a program without console has no such stream
        yield
        return
    if sys.stderr:
        sys.stderr.flush()
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            held.seek(0)
            lines = [line for line in held if b"XNNPACK delegate" not in line]
            if lines:
                os.write(2, b"".join(lines))


def _output(name: str, details: dict[str, Any]) -> _Output:
    quantisation = details["quantization_parameters"]
    if np.issubdtype(details["dtype"], np.floating) or not len(quantisation["scales"]):
        return _Output(name, details["index"], None, 0)
    return _Output(name, details["index"], float(quantisation["scales"][0]), int(quantisation["zero_points"][0]))


def _floats(values: NDArray[Any], output: _Output) -> Floats:
    if output.scale is None:
        return values.astype(np.float32, copy=False)
    return (values.astype(np.float32) - np.float32(output.zero)) * np.float32(output.scale)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
