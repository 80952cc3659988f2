"""Folding batch norms and input scaling keeps the function."""

from pathlib import Path

import numpy as np
import pytest

from models.pretrained import _manifest_of, _unpack, fold, fold_input, start_weights

MODELS = Path(__file__).parents[2] / "models"


def test_folding_a_norm_keeps_the_function() -> None:
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(3, 3, 4, 8)).astype(np.float32)
    scale, offset = rng.normal(size=(2, 8)).astype(np.float32)
    patch = rng.normal(size=(3, 3, 4)).astype(np.float32)
    folded, bias = fold(kernel, scale, offset)
    before = np.einsum("hwi,hwio->o", patch, kernel) * scale + offset
    assert np.einsum("hwi,hwio->o", patch, folded) + bias == pytest.approx(before, rel=1e-4, abs=1e-5)


def test_a_depthwise_kernel_is_scaled_by_its_own_channel() -> None:
    kernel = np.ones((3, 3, 5, 1), np.float32)
    folded, _ = fold(kernel, np.arange(5, dtype=np.float32), np.zeros(5, np.float32))
    assert folded[1, 1, :, 0].tolist() == [0, 1, 2, 3, 4]


def test_folding_the_input_keeps_the_function() -> None:
    rng = np.random.default_rng(1)
    kernel, bias = rng.normal(size=(3, 3, 3, 6)).astype(np.float32), rng.normal(size=6).astype(np.float32)
    gain, offset = rng.normal(size=(2, 3)).astype(np.float32)
    patch = rng.normal(size=(3, 3, 3)).astype(np.float32)
    expected = np.einsum("hwi,hwio->o", patch * gain + offset, kernel) + bias
    folded, moved = fold_input(kernel, bias, gain, offset)
    assert np.einsum("hwi,hwio->o", patch, folded) + moved == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_eight_bit_weights_are_read_from_a_minified_manifest() -> None:
    script = 'x=[{name:"a/kernel",shape:[2,1],dtype:"float32",quantization:{min:-.5,scale:.01,dtype:"uint8"}}]'
    manifest = _manifest_of(script)
    arrays = _unpack(manifest, np.array([0, 100], np.uint8))
    assert arrays["a/kernel"].ravel().tolist() == pytest.approx([-0.5, 0.5])


def test_a_weight_file_of_another_size_is_refused() -> None:
    manifest: list[dict[str, object]] = [{"name": "a", "shape": [2]}]
    with pytest.raises(ValueError, match="Expected 8 bytes"):
        _unpack(manifest, np.zeros(9, np.uint8))


def test_weights_of_int8_are_not_taken_for_precise_ones() -> None:
    with pytest.raises(ValueError, match="name the fp16 file"):
        start_weights("mobilenet", MODELS / "mobilenet" / "mobilenet_int8.tflite")
