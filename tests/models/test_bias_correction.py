"""Biases of an int8 file that give back what rounding shifted."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.paths import shipped_models
from models.bias_correction import _constants, _Watched, correct_biases
from models.data import read_faces
from models.inference import file_inference, network_file

MOBILENET = shipped_models() / "mobilenet"
MOVED = (3, 14, 24)
"""Layers whose biases are moved, by a tenth of what their outputs reach."""


@pytest.fixture(scope="module")
def crops(shared_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.uint8]:
    return read_faces(shared_faces, tmp_path_factory.mktemp("cache"), ["asian_portraits"]).middle(range(0, 400, 50))


def moved(content: bytes) -> bytes:
    watched, changed = _Watched(content), bytearray(content)
    for layer in MOVED:
        biases = _constants(changed, watched.bias(layer))
        biases += np.rint(0.6 / watched.bias_step(layer)).astype(np.int32)
    return bytes(changed)


def cosine(content: bytes, folder: Path, crops: NDArray[np.uint8]) -> float:
    file = folder / "file.tflite"
    file.write_bytes(content)
    told, wanted = (file_inference(path)(crops) for path in (file, network_file(MOBILENET, "fp16")))
    return float((told["embedding"] * wanted["embedding"]).sum(axis=1).mean())


def test_biases_that_were_moved_come_back(tmp_path: Path, crops: NDArray[np.uint8]) -> None:
    shipped, precise = (network_file(MOBILENET, precision).read_bytes() for precision in ("int8", "fp16"))
    spoilt = moved(shipped)
    mended = correct_biases(spoilt, precise, crops[:4])
    assert cosine(spoilt, tmp_path, crops[4:]) < 0.9
    assert cosine(mended, tmp_path, crops[4:]) > 0.995


def test_nothing_but_biases_changes(crops: NDArray[np.uint8]) -> None:
    shipped, precise = (network_file(MOBILENET, precision).read_bytes() for precision in ("int8", "fp16"))
    same, mended = bytearray(shipped), bytearray(correct_biases(shipped, precise, crops[:1]))
    watched = _Watched(shipped)
    for layer in watched.rounded:
        for content in (same, mended):
            _constants(content, watched.bias(layer))[:] = 0
    assert mended == same
    assert bytes(mended) != shipped


def test_files_of_two_networks_are_refused(crops: NDArray[np.uint8]) -> None:
    other = network_file(shipped_models() / "mobilenet_v2", "fp16").read_bytes()
    with pytest.raises(ValueError, match="of the same network"):
        correct_biases(network_file(MOBILENET, "int8").read_bytes(), other, crops[:1])
