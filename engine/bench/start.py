"""From nothing to the first labelled face, in a process of its own: headless, and as a window."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import IO

from engine.bench.machine import memory_mb
from engine.bench.window import has_window, window_process
from engine.errors import ModelError
from engine.paths import PROGRAM_ROOT, DataFolder

START_PROBE = "gui.start_probe"
WINDOW_SETTLES_S = 3.0
"""After so long with the demo clip running, the window's memory is read."""


@dataclass(frozen=True, slots=True)
class StartFigures:
    """What a start costs.

    Attributes:
        network: Which network.
        first_face_ms: From starting `analyse demo` to its first line with a labelled face.
        resident_mb: Memory held at the end of the clip; None where the system does not tell.
        window_first_face_ms: From starting the window on the demo clip to the first label shown; None without Qt.
        window_resident_mb: Memory that the window holds some seconds later.
    """

    network: str
    first_face_ms: float
    resident_mb: float | None
    window_first_face_ms: float | None = None
    window_resident_mb: float | None = None


def measure_start(network: str, data: DataFolder) -> StartFigures:
    """Starts the program twice: `analyse demo`, and the window where Qt is installed.

    Args:
        network: "mobilenet:int8".
        data: Where the user's own networks lie.

    Raises:
        ModelError: It ended before it labelled a face.
    """
    first_face_ms, resident_mb = _headless(network, data)
    if not has_window():
        return StartFigures(network, first_face_ms, resident_mb)
    return StartFigures(network, first_face_ms, resident_mb, *_window(network, data))


def _headless(network: str, data: DataFolder) -> tuple[float, float | None]:
    command = [sys.executable, "-m", "engine.cli", "--data-dir", str(data.root)]
    command += ["analyse", "demo", "--json", "--model", network]
    began = time.perf_counter()
    first_face_ms, resident_mb = None, None
    with subprocess.Popen(command, cwd=PROGRAM_ROOT, stdout=subprocess.PIPE, text=True) as process:
        for number, line in enumerate(_lines(process)):
            if first_face_ms is None and any(face["age"] for face in json.loads(line)["faces"]):
                first_face_ms = _since(began)
            if number % 10 == 0:
                resident_mb = memory_mb(process.pid) or resident_mb
    if first_face_ms is None:
        raise _nothing_labelled(network)
    return first_face_ms, resident_mb


def _window(network: str, data: DataFolder) -> tuple[float, float | None]:
    began = time.perf_counter()
    with window_process(START_PROBE, network, data) as process:
        if _lines(process).readline().strip() != "labelled":
            raise _nothing_labelled(network)
        first_face_ms = _since(began)
        time.sleep(WINDOW_SETTLES_S)
        return first_face_ms, memory_mb(process.pid)


def _lines(process: "subprocess.Popen[str]") -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _nothing_labelled(network: str) -> ModelError:
    return ModelError(f"No face of the demo clip was labelled with {network}.", "Run: facedesk doctor")
