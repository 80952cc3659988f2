"""The real window without a display, as a process of its own; and how it holds its pace while a head is trained."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelError
from engine.paths import PROGRAM_ROOT, DataFolder

TRAINING_PROBE = "gui.training_probe"
GIVE_UP_S = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How the window kept up over some seconds.

    Attributes:
        longest_wait_ms: The longest that its event loop was busy or held up, by a timer that is due every 2 ms.
        pictures_per_s: Different pictures painted in the camera view.
    """

    longest_wait_ms: float
    pictures_per_s: float


@dataclass(frozen=True, slots=True)
class PaceBeside:
    """The window on the demo clip, before a training and during it.

    Attributes:
        before: Nothing else to do.
        training: While a head of 100 people of 20 samples each is trained in the background.
        trainings: How many trainings came to their end, one after the other.
    """

    before: Pace
    training: Pace
    trainings: int


@contextmanager
def window_process(module: str, network: str, data: DataFolder) -> Iterator["subprocess.Popen[str]"]:
    """Starts a module of the window's that watches it, on a data folder that is deleted afterwards.

    Args:
        module: Called with the network and the data folder; what it prints can be read.
        network: "mobilenet:int8".
        data: Where the user's own networks lie.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="facedesk-bench-") as folder:
        if data.models.is_dir():
            (Path(folder) / "models").symlink_to(data.models)
        command = [sys.executable, "-m", module, network, folder]
        with subprocess.Popen(command, cwd=PROGRAM_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield process
            finally:
                process.terminate()


def has_window() -> bool:
    """Whether Qt is installed."""
    return importlib.util.find_spec("PySide6") is not None


def measure_pace(network: str, data: DataFolder) -> PaceBeside | None:
    """Trains heads beside the live view of a window; takes about ten seconds.

    Args:
        network: "mobilenet:int8".
        data: Where the user's own networks lie.

    Returns:
        The figures; None without Qt.

    Raises:
        ModelError: The window ended, or hung, before the training was done.
    """
    if not has_window():
        return None
    with window_process(TRAINING_PROBE, network, data) as process:
        try:
            printed, _ = process.communicate(timeout=GIVE_UP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            printed = ""
    lines = printed.splitlines()
    if not lines:
        raise ModelError("The training beside the window did not come to its end.", "Run: facedesk doctor")
    return _read(json.loads(lines[-1]))


def _read(record: dict[str, Any]) -> PaceBeside:
    return PaceBeside(Pace(**record["before"]), Pace(**record["training"]), record["trainings"])
