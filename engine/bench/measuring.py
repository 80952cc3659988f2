"""What `facedesk bench` measures, in order."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.bench.figures import RunFigures, run_figures
from engine.bench.heads import HeadFigures, measure_heads
from engine.bench.machine import machine, peak_memory_mb
from engine.bench.peers import Comparison, compare
from engine.bench.running import Run
from engine.bench.scenes import compose, demo_scene
from engine.bench.start import StartFigures, measure_start
from engine.bench.window import measure_pace
from engine.catalogue import Card, Catalogue, NetworkFile
from engine.multitask import MultiTaskNetwork
from engine.paths import DataFolder
from engine.pipeline import build_pipeline
from engine.settings import Settings
from engine.types import CROP_SIZE

FACES = (1, 2, 5, 10, 20)
SIZES = ((320, 240), (640, 480), (1280, 720))
DESK = (640, 480)
QUICK_COMPARISON_S = 12.0
COMPARISON_S = 45.0


@dataclass(frozen=True, slots=True)
class SceneFigures:
    """One scene: how many faces, how large the picture, how many faces were found, what it cost."""

    faces: int
    width: int
    height: int
    faces_found: float
    run: RunFigures


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """One network in one precision.

    Attributes:
        network: "mobilenet:int8".
        size_bytes: Of its file.
        load_ms: To be ready, with its first look.
        look_median_ms: For one face.
        look_p95_ms: Likewise, 95th percentile.
        fps: Of the whole desk with one face at 640 × 480.
    """

    network: str
    size_bytes: int
    load_ms: float
    look_median_ms: float
    look_p95_ms: float
    fps: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was measured; what was not asked for is empty.

    Attributes:
        machine: What it was measured on.
        network: The network of the scenes.
        scenes: By faces in view, then by picture size.
        networks: Each network and precision.
        start: From nothing to the first labelled face, and memory.
        comparison: With another way to do the job.
        peak_mb: The most memory the measuring process itself held, before the person heads.
        heads: What training and asking a person head costs, and what the window feels of it.
    """

    machine: dict[str, str]
    network: str
    scenes: tuple[SceneFigures, ...] = ()
    networks: tuple[NetworkFigures, ...] = ()
    start: StartFigures | None = None
    comparison: Comparison | None = None
    peak_mb: float = 0.0
    heads: HeadFigures | None = None


def measure(settings: Settings, catalogue: Catalogue, data: DataFolder, *, quick: bool = False) -> Findings:
    """Measures this machine by itself.

    Args:
        settings: Names the network of the scenes.
        catalogue: The networks.
        data: Where the user's own networks lie.
        quick: Fewer repeats.

    Raises:
        ModelError: A network is missing or fails.
    """
    seconds = 0.4 if quick else 5.0
    card, file = catalogue.find(settings.network)
    desk = replace(settings, network=card.key(file), attributes=True, purpose="try")
    start = measure_start(desk.network, data)
    return Findings(
        machine=machine(),
        network=desk.network,
        scenes=tuple(_scenes(desk, catalogue, seconds)),
        networks=tuple(
            _network(desk, catalogue, card, file, seconds) for card in catalogue.cards for file in card.files
        ),
        start=start,
        peak_mb=peak_memory_mb(),
        heads=replace(measure_heads(quick=quick), window=measure_pace(desk.network, data)),
    )


def measure_against(
    peer: str, settings: Settings, catalogue: Catalogue, *, python: str, quick: bool = False
) -> Findings:
    """Measures this machine with one face at 640 × 480, turn by turn with another way to do the job.

    Args:
        peer: "paper" or "dlib".
        settings: Names the network.
        catalogue: The networks.
        python: The Python that has the peer's packages.
        quick: Fewer repeats.

    Raises:
        UserError: The peer's packages are not installed, or a network fails.
    """
    card, file = catalogue.find(settings.network)
    desk = replace(settings, network=card.key(file), attributes=True, purpose="try")
    seconds = QUICK_COMPARISON_S if quick else COMPARISON_S
    comparison = compare(peer, desk, catalogue, demo_scene(), seconds=seconds, python=python)
    return Findings(machine=machine(), network=desk.network, comparison=comparison, peak_mb=peak_memory_mb())


def _scenes(settings: Settings, catalogue: Catalogue, seconds: float) -> Iterator[SceneFigures]:
    views = [(faces, *DESK) for faces in FACES] + [(1, *size) for size in SIZES if size != DESK]
    for faces, width, height in views:
        run = Run(build_pipeline(settings, catalogue), compose(faces, width, height))
        run.turns(seconds)
        yield SceneFigures(faces, width, height, round(run.faces, 2), run_figures(run.times))


def _network(settings: Settings, catalogue: Catalogue, card: Card, file: NetworkFile, seconds: float) -> NetworkFigures:
    began = time.perf_counter()
    network = MultiTaskNetwork.load(card, file)
    load_ms = (time.perf_counter() - began) * 1000
    looks_ms = _looks(network, seconds)
    run = Run(build_pipeline(replace(settings, network=card.key(file)), catalogue), compose(1, *DESK))
    run.turns(seconds)
    return NetworkFigures(
        network=card.key(file),
        size_bytes=file.size_bytes,
        load_ms=round(load_ms, 1),
        look_median_ms=round(float(np.median(looks_ms)), 3),
        look_p95_ms=round(float(np.percentile(looks_ms, 95)), 3),
        fps=run_figures(run.times).fps,
    )


def _looks(network: MultiTaskNetwork, seconds: float) -> Sequence[float]:
    crop = np.random.default_rng(0).integers(0, 256, (CROP_SIZE, CROP_SIZE, 3), np.uint8)
    looks_ms: list[float] = []
    until = time.perf_counter() + seconds / 2
    while time.perf_counter() < until or len(looks_ms) < 20:
        began = time.perf_counter()
        network.infer(crop)
        looks_ms.append((time.perf_counter() - began) * 1000)
    return looks_ms[5:]
