"""Two worker processes train as one does."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.pretrained import start_weights
from tests.models.faces import write_set

WORKER = Path(__file__).with_name("distributed_worker.py")
ROOT = Path(__file__).parents[2]
START = "models/mobilenet/mobilenet_fp16.tflite"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def start(folder: Path, name: str, config: dict[str, object] | None) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KERAS_BACKEND": "tensorflow"}
    if config:
        environment["TF_CONFIG"] = json.dumps(config)
    return subprocess.Popen([sys.executable, str(WORKER), str(folder), str(folder / name)], env=environment)


def cluster(index: int, ports: list[int]) -> dict[str, object]:
    """What TF_CONFIG holds for one worker of several on this machine."""
    workers = [f"localhost:{port}" for port in ports]
    return {"cluster": {"worker": workers}, "task": {"type": "worker", "index": index}}


def finished(workers: list[subprocess.Popen[bytes]]) -> list[int]:
    try:
        return [worker.wait(timeout=600) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def test_two_workers_give_the_losses_of_one(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow", reason="training needs the extra `train`")
    write_set(tmp_path / "sets" / "drawn")
    ports = [free_port(), free_port()]
    workers = [start(tmp_path, f"{i}.json", cluster(i, ports)) for i in range(2)]
    workers.append(start(tmp_path, "alone.json", None))
    assert finished(workers) == [0, 0, 0]
    first, second, alone = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("0", "1", "alone"))
    assert (first[0], second[0], alone[0]) == (2, 2, 1)
    assert first[1:] == pytest.approx(second[1:])
    assert first[1:] == pytest.approx(alone[1:], rel=1e-4)


def test_the_command_trains_with_two_workers_and_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow", reason="training needs the extra `train`")
    write_set(tmp_path / "sets" / "drawn")
    (tmp_path / "splits.csv").write_text("sha256_16,role\n")
    for epochs in (1, 2):
        ports = [free_port(), free_port()]
        workers = [train(tmp_path, epochs, cluster(index, ports)) for index in range(2)]
        assert finished(workers) == [0, 0]
        with np.load(tmp_path / "runs" / "far" / "shared.npz") as state:
            assert state["step"] == 3 * epochs
    assert start_weights("mobilenet", tmp_path / "runs" / "far" / "weights.npz").keys() >= {"conv1", "age"}


def train(folder: Path, epochs: int, config: dict[str, object]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CONFIG": json.dumps(config)}
    environment.pop("KERAS_BACKEND", None)
    command = f"-m models.train mobilenet --strategy multi-worker --epochs {epochs} --batch-size 4 --name far".split()
    places = {"faces": "sets", "splits": "splits.csv", "runs": "runs"}
    options = [word for option, name in places.items() for word in (f"--{option}", str(folder / name))]
    return subprocess.Popen(
        [sys.executable, *command, *options, "--start", str(ROOT / START)], env=environment, cwd=ROOT
    )
