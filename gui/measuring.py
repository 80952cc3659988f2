"""How fast a network is on this machine, and how much memory the program holds. No Qt."""

import ctypes
import math
import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from engine.catalogue import Card, Catalogue, NetworkFile
from engine.errors import UserError
from engine.types import CROP_SIZE, FrameResult, Image, TaskOutputs

WARM_UP = 2
REPEATS = 15
LONGEST_S = 1.0
SETTLE_NS = 500_000_000
LOOK_NS = 3_000_000_000
LOOKS = 50


class Looker(Protocol):
    """Anything that looks at one face, such as `MultiTaskNetwork`."""

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one face."""
        ...


@dataclass(frozen=True, slots=True)
class Measured:
    """How a network does on this machine, in the whole program.

    Attributes:
        key: Network and precision, "mobilenet:int8".
        look_ms: Median time of the network's look at the faces of a frame; NaN while nobody was looked at.
        frame_ms: Median time of a whole frame; most frames only follow the faces.
        fps: Results per second.
        resident_mb: Memory that the program holds, million bytes.
    """

    key: str
    look_ms: float
    frame_ms: float
    fps: float
    resident_mb: float


def infer_ms(network: Looker, repeats: int = REPEATS) -> float:
    """Median milliseconds that a network takes for one face; takes about a second at most.

    Raises:
        ModelError: The network failed.
    """
    crop = np.random.default_rng(0).integers(0, 256, (CROP_SIZE, CROP_SIZE, 3), np.uint8)
    stop_at = time.monotonic() + LONGEST_S
    for _ in range(WARM_UP):
        network.infer(crop)
    durations: list[float] = []
    while len(durations) < repeats and (not durations or time.monotonic() < stop_at):
        start = time.perf_counter()
        network.infer(crop)
        durations.append((time.perf_counter() - start) * 1000.0)
    return statistics.median(durations)


@dataclass(frozen=True, slots=True)
class NetworkSpeed:
    """One network file measured: milliseconds a face, or why it could not be."""

    key: str
    latency_ms: float | None
    error: UserError | None = None


def measure_all(catalogue: Catalogue) -> Iterator[NetworkSpeed]:
    """Measures every file of the catalogue, one at a time; each has its own interpreter for as long as that takes."""
    for card in catalogue.cards:
        for file in card.files:
            speed = _measure(card, file)
            give_back_memory()
            yield speed


def _measure(card: Card, file: NetworkFile) -> NetworkSpeed:
    from engine.multitask import MultiTaskNetwork  # Heavy; not needed to show the window.

    try:
        return NetworkSpeed(card.key(file), infer_ms(MultiTaskNetwork.load(card, file)))
    except UserError as error:
        return NetworkSpeed(card.key(file), None, error)


def resident_mb() -> float:
    """Memory that this process holds, million bytes; NaN where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def give_back_memory() -> None:
    """Returns memory that is free but still held (by glibc's arenas, after a network was unloaded) to the system."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


class SwitchMeter:
    """Compares the program before and after a switch of the network, from the results as they come.

    The first half second of a network does not count: it still looks again at everybody.
    """

    def __init__(self) -> None:
        self._network = ""
        self._since_ns = 0
        self._frames: deque[tuple[int, float]] = deque()
        self._looks: deque[float] = deque(maxlen=LOOKS)
        self._before: Measured | None = None
        self._told = False
        self._resident_mb = math.nan

    def add(self, result: FrameResult) -> tuple[Measured | None, Measured] | None:
        """Counts one result; a few microseconds.

        Returns:
            Before and after, once, when the network in use has run for 3.5 s; there is no before for the first one.
        """
        if result.network != self._network:
            self._switch(result)
        if result.times.embed_ms > 0.0:
            self._looks.append(result.times.embed_ms)
        if result.finished_ns < self._since_ns + SETTLE_NS:
            return None
        self._frames.append((result.finished_ns, result.times.total_ms))
        if result.finished_ns - self._frames[0][0] < LOOK_NS:
            return None
        answer = None if self._told else self._tell()
        while result.finished_ns - self._frames[0][0] >= LOOK_NS:
            self._frames.popleft()
        return answer

    def _tell(self) -> tuple[Measured | None, Measured]:
        self._told = True
        give_back_memory()
        self._resident_mb = resident_mb()
        return self._before, self._measured()

    def _switch(self, result: FrameResult) -> None:
        # A network left before it was told has no memory figure of its own: by now the next one is loaded.
        self._before = self._measured() if self._told else None
        self._network = result.network
        self._since_ns = result.finished_ns
        self._frames.clear()
        self._looks.clear()
        self._told = False

    def _measured(self) -> Measured:
        """Figures of the frames that are held, at least two."""
        span_s = (self._frames[-1][0] - self._frames[0][0]) / 1e9
        return Measured(
            key=self._network,
            look_ms=statistics.median(self._looks) if self._looks else math.nan,
            frame_ms=statistics.median(total_ms for _, total_ms in self._frames),
            fps=(len(self._frames) - 1) / span_s if span_s > 0 else 0.0,
            resident_mb=self._resident_mb,
        )
