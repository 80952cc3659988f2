"""How long one face takes, and how much memory a file needs; each file in a process of its own."""

import multiprocessing
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.litert import Network

RUNS = 100
WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds a face (median and 95th percentile) and mebibytes of memory that loading and running add."""

    median_ms: float
    p95_ms: float
    memory_mib: float


def measure_latency(path: Path, threads: int) -> Latency:
    """Load a file in a fresh process and run it a hundred times.

    Args:
        path: A .tflite file.
        threads: Of the interpreter.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (path, threads))


def _measure(path: Path, threads: int) -> Latency:
    before = _resident_mib()
    network = Network.load(path, threads=threads)
    image = np.full((1, *network.input_shape[1:]), 127, network.input_dtype)
    times_ms = []
    for _ in range(WARM_UP + RUNS):
        began = time.perf_counter()
        network.run(image)
        times_ms.append(1000 * (time.perf_counter() - began))
    median, p95 = np.percentile(times_ms[WARM_UP:], (50, 95))
    return Latency(float(median), float(p95), _resident_mib() - before)


def _resident_mib() -> float:
    """Read this process's resident memory (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
