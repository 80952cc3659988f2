"""Runs exported files on many crops, one after the other as the desk does."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.litert import Network
from engine.looks import looks_at, mirrored
from engine.types import Image

Floats = NDArray[np.float32]
Images = NDArray[np.uint8]
Infer = Callable[[Images], dict[str, Floats]]
"""From crops (n, 128, 128, 3) uint8 RGB to each output (n, size) float32 by name."""


def file_inference(path: Path, threads: int = 2) -> Infer:
    """Open an exported file.

    Args:
        path: A .tflite file with named outputs.
        threads: Of the interpreter.

    Returns:
        What runs it on crops.

    Raises:
        engine.errors.ModelError: The file is missing or damaged.
    """
    network = Network.load(path, threads=threads)

    def infer(images: Images) -> dict[str, Floats]:
        outputs = [network.run(image[np.newaxis].astype(network.input_dtype)) for image in images]
        return {name: np.concatenate([output[name] for output in outputs]) for name in outputs[0]}

    return infer


def both_ways(infer: Infer) -> Infer:
    """Look at each crop and at its mirror image.

    Args:
        infer: Looks once.

    Returns:
        What gives the mean of the two looks, the embedding again of unit length.
    """
    return _together(infer, lambda crop: (crop, mirrored(crop)))


def in_full(infer: Infer) -> Infer:
    """Look at each crop as the desk does at a photograph, and `facedesk embed` at every one.

    Args:
        infer: Looks once.

    Returns:
        What gives the mean of all looks, the embedding again of unit length.
    """
    return _together(infer, looks_at)


def _together(infer: Infer, views: Callable[[Image], tuple[Image, ...]]) -> Infer:
    def together(images: Images) -> dict[str, Floats]:
        looks = [infer(np.stack(crops)) for crops in zip(*map(views, images), strict=True)]
        outputs = {name: np.asarray(sum(look[name] for look in looks) / len(looks), np.float32) for name in looks[0]}
        outputs["embedding"] /= np.maximum(np.linalg.norm(outputs["embedding"], axis=1, keepdims=True), 1e-6)
        return outputs

    return together


def network_file(folder: Path, precision: str) -> Path:
    """Give the path of a network's file by the naming of `models.convert`."""
    return folder / f"{folder.name}_{precision}.tflite"
