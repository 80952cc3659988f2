import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.litert import Network
from engine.paths import PROGRAM_ROOT, shipped_models

R_NET = shipped_models() / "mtcnn" / "rnet.tflite"
P_NET = shipped_models() / "mtcnn" / "pnet.tflite"
QUANTISED = Path(__file__).parent / "goldens" / "quantised.tflite"


def noise(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(1).uniform(0, 255, shape).astype(np.float32)


def test_a_network_says_what_it_takes_and_gives() -> None:
    network = Network.load(R_NET)
    assert network.input_shape == (-1, 24, 24, 3)
    assert network.input_dtype == np.float32
    assert network.output_names == ("refined",)


def test_any_number_of_crops_gives_each_the_same() -> None:
    network = Network.load(R_NET)
    crops = noise(7, 24, 24, 3)
    together = network.run(crops)["refined"]
    assert together.shape == (7, 5)
    assert together.dtype == np.float32
    alone = np.concatenate([network.run(crop[None])["refined"] for crop in crops])
    np.testing.assert_allclose(alone, together, atol=1e-4)


def test_another_size_of_picture_is_taken() -> None:
    network = Network.load(P_NET)
    assert network.run(noise(1, 12, 12, 3))["proposals"].shape == (1, 1, 1, 5)
    assert network.run(noise(1, 40, 63, 3))["proposals"].shape == (1, 15, 27, 5)


def test_a_result_outlives_the_next_run() -> None:
    network = Network.load(R_NET)
    first = network.run(noise(1, 24, 24, 3))["refined"]
    copy = first.copy()
    network.run(np.zeros((1, 24, 24, 3), np.float32))
    np.testing.assert_array_equal(first, copy)


def test_quantised_outputs_come_as_floats() -> None:
    network = Network.load(QUANTISED)
    assert network.input_dtype == np.uint8
    outputs = network.run(np.array([[10, 20, 30, 100]], np.uint8))
    assert set(outputs) == {"sum", "twice"}
    assert all(values.dtype == np.float32 for values in outputs.values())
    np.testing.assert_allclose(outputs["sum"], [[40]], atol=0.5)
    np.testing.assert_allclose(outputs["twice"], [[20, 40, 60, 200]], atol=2)


def test_time_inside_is_counted() -> None:
    network = Network.load(R_NET)
    assert network.busy_ns == 0
    began = time.perf_counter_ns()
    network.run(noise(16, 24, 24, 3))
    assert 0 < network.busy_ns < time.perf_counter_ns() - began


@pytest.mark.parametrize(
    ("inputs", "got"),
    [
        (np.zeros((1, 24, 25, 3), np.float32), r"\(1, 24, 25, 3\) float32"),
        (np.zeros((24, 24, 3), np.float32), r"\(24, 24, 3\) float32"),
        (np.zeros((0, 24, 24, 3), np.float32), r"\(0, 24, 24, 3\) float32"),
        (np.zeros((1, 24, 24, 3), np.uint8), r"\(1, 24, 24, 3\) uint8"),
    ],
)
def test_a_wrong_input_is_named(inputs: np.ndarray[tuple[int, ...], np.dtype[np.generic]], got: str) -> None:
    network = Network.load(R_NET)
    with pytest.raises(ValueError, match=rf"expected \(n, 24, 24, 3\) float32, got {got}"):
        network.run(inputs)
    assert network.run(noise(1, 24, 24, 3))["refined"].shape == (1, 5)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.tflite is missing") as caught:
        Network.load(tmp_path / "gone.tflite")
    assert caught.value.remedy


@pytest.mark.parametrize("kept", [0.0, 0.00001, 0.001, 0.1, 0.5, 0.9, 0.99999])
def test_a_cut_file_is_refused(kept: float, tmp_path: Path) -> None:
    data = R_NET.read_bytes()
    path = tmp_path / "cut.tflite"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(ModelError, match=r"cut\.tflite") as caught:
        Network.load(path)
    assert caught.value.remedy


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.tflite"
    path.write_text("Dear all, " * 1000)
    with pytest.raises(ModelError, match=r"letter\.tflite is damaged"):
        Network.load(path)
    with pytest.raises(ModelError, match="cannot be read"):
        Network.load(tmp_path)


def test_another_checksum_is_refused(tmp_path: Path) -> None:
    data = bytearray(R_NET.read_bytes())
    data[len(data) // 2] ^= 1  # a flipped bit in a weight still makes a network
    path = tmp_path / "flipped.tflite"
    path.write_bytes(data)
    Network.load(path)
    with pytest.raises(ModelError, match="checksum"):
        Network.load(path, sha256="0" * 64)


def test_loading_and_running_prints_nothing() -> None:
    code = (
        "import sys, numpy as np; from pathlib import Path; from engine.litert import Network\n"
        "n = Network.load(Path(sys.argv[1])); n.run(np.zeros((1, 24, 24, 3), np.float32))\n"
        "Network.load(Path(sys.argv[1])).run(np.zeros((2, 24, 24, 3), np.float32))\n"
        "print('heard', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, R_NET], cwd=PROGRAM_ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "heard\n")
