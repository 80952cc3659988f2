"""Two worker processes train as one does."""

import csv
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
    with (tmp_path / "runs" / "far" / "log.csv").open(newline="") as table:
        lines = list(csv.DictReader(table))
    assert [(line["epoch"], line["step"], line["progress"]) for line in lines] == [
        ("1.0", "3.0", "1.0"),
        ("2.0", "6.0", "1.0"),
    ]
    assert all(float(line["loss"]) > 0.0 for line in lines)


def test_fewer_faces_than_a_batch_are_learned_from_and_other_faces_are_another_run(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow", reason="training needs the extra `train`")
    write_set(tmp_path / "sets" / "drawn")
    splits = tmp_path / "splits.csv"
    splits.write_text("sha256_16,role\n")
    assert finished([train(tmp_path, 1, None, batch_size=64)]) == [0]
    with np.load(tmp_path / "runs" / "far" / "shared.npz") as state:
        assert state["step"] == 1
    assert "is finished: its weights.npz stays" in said(tmp_path, code=0)
    splits.write_text("sha256_16,role\n0000000000000000,pairs\n")
    assert "was begun with other training faces" in said(tmp_path, code=1)
    splits.write_text("sha256_16,role\n" + "".join(f"{number:016x},pairs\n" for number in range(12)))
    assert "leaves none of 12 faces for training" in said(tmp_path, code=1)


def said(folder: Path, code: int) -> str:
    """What one worker writes to stderr that ends with this code."""
    worker = train(folder, 1, None, batch_size=64, stderr=subprocess.PIPE)
    _, written = worker.communicate(timeout=600)
    assert worker.returncode == code
    return written.decode()


def train(
    folder: Path, epochs: int, config: dict[str, object] | None, batch_size: int = 4, stderr: int | None = None
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if config:
        environment["TF_CONFIG"] = json.dumps(config)
    environment.pop("KERAS_BACKEND", None)
    command = ["-m", "models.train", "mobilenet", "--strategy", "multi-worker", "--name", "far"]
    command += ["--epochs", str(epochs), "--batch-size", str(batch_size), "--start", str(ROOT / START)]
    places = {"faces": "sets", "splits": "splits.csv", "runs": "runs"}
    options = [word for option, name in places.items() for word in (f"--{option}", str(folder / name))]
    return subprocess.Popen([sys.executable, *command, *options], env=environment, cwd=ROOT, stderr=stderr)
