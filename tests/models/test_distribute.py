"""Two worker processes train as one does."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.faces import write_set

WORKER = Path(__file__).with_name("distributed_worker.py")
ROOT = Path(__file__).parents[2]


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


def test_two_workers_give_the_losses_of_one(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow", reason="training needs the extra `train`")
    write_set(tmp_path / "sets" / "drawn")
    cluster = {"worker": [f"localhost:{free_port()}" for _ in range(2)]}
    workers = [
        start(tmp_path, f"{i}.json", {"cluster": cluster, "task": {"type": "worker", "index": i}}) for i in range(2)
    ]
    workers.append(start(tmp_path, "alone.json", None))
    try:
        assert [worker.wait(timeout=600) for worker in workers] == [0, 0, 0]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    first, second, alone = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("0", "1", "alone"))
    assert (first[0], second[0], alone[0]) == (2, 2, 1)
    assert first[1:] == pytest.approx(second[1:])
    assert first[1:] == pytest.approx(alone[1:], rel=1e-4)
