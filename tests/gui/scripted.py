"""A pipeline and an engine that answer by script, for tests of the window alone."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.align import TEMPLATE
from engine.errors import ModelError
from engine.identifier import Identifier, NobodyEnrolled
from engine.pipeline import PipelineOptions
from engine.settings import Settings
from engine.types import (
    EMBEDDING_SIZE,
    NOBODY,
    Detection,
    Floats,
    Frame,
    FrameResult,
    Identity,
    IdentityState,
    StageTimes,
    TaskScore,
    TrackedFace,
)

ADA = Identity(IdentityState.KNOWN, "Ada", 0.97, 1)
PERHAPS_BOB = Identity(IdentityState.UNSURE, "Bob", 0.62, 2)
AGE = TaskScore("age", ("young", "adult", "old"), (0.1, 0.8, 0.1))
ETHNICITY = TaskScore("ethnicity", ("asian", "white", "black"), (0.1, 0.2, 0.7))

Script = Callable[[Frame], tuple[TrackedFace, ...]]


def embedding() -> Floats:
    vector = np.zeros(EMBEDDING_SIZE, np.float32)
    vector[0] = 1.0
    return vector


def face(
    box: Sequence[float],
    identity: Identity = NOBODY,
    *,
    track_id: int = 1,
    attributes: tuple[TaskScore, ...] = (),
    looked_at: bool = True,
) -> TrackedFace:
    x1, y1, x2, y2 = box
    landmarks = (TEMPLATE / 128 * (x2 - x1, y2 - y1) + (x1, y1)).astype(np.float32)
    detection = Detection(np.asarray(box, np.float32), landmarks, 0.99)
    return TrackedFace(track_id, detection, identity, attributes, 0.9, embedding() if looked_at else None)


def frame(width: int = 640, height: int = 480, *, index: int = 0, captured_ns: int | None = None) -> Frame:
    image = np.full((height, width, 3), 90, np.uint8)
    return Frame(image, index, time.monotonic_ns() if captured_ns is None else captured_ns, index * 33.3)


def result(of: Frame, *faces: TrackedFace, network: str = "first:int8") -> FrameResult:
    times = StageTimes(detect_ms=3, embed_ms=4, networks_ms=6, total_ms=8)
    return FrameResult(of, faces, times, time.monotonic_ns(), network)


@dataclass
class ScriptedNetwork:
    key: str


@dataclass
class ScriptedPipeline:
    network: ScriptedNetwork
    script: Script = lambda _: ()
    options: PipelineOptions = field(default_factory=PipelineOptions)
    gate: threading.Event | None = None
    resets: int = 0
    identifier: Identifier = field(default_factory=NobodyEnrolled)

    def process(self, frame: Frame) -> FrameResult:
        if self.gate is not None:
            self.gate.wait(30)
        return result(frame, *self.script(frame), network=self.network.key)

    def reset(self) -> None:
        self.resets += 1


@dataclass
class ScriptedEngine:
    """Loads what is in `networks`; refuses what is in `damaged`; waits for `loading` before each load."""

    networks: tuple[str, ...] = ("first:int8", "second:int8")
    damaged: tuple[str, ...] = ()
    script: Script = lambda _: ()
    gate: threading.Event | None = None
    loading: threading.Event | None = None
    pipeline: ScriptedPipeline | None = None

    def build(self, settings: Settings) -> ScriptedPipeline:
        options = PipelineOptions(attributes=settings.shows_attributes)
        self.pipeline = ScriptedPipeline(self.load(settings.network), self.script, options, self.gate)
        return self.pipeline

    def load(self, key: str) -> ScriptedNetwork:
        if self.loading is not None:
            self.loading.wait(30)
        if key in self.damaged or key not in self.networks:
            raise ModelError(f"The network {key} is damaged.", "Choose another one.")
        return ScriptedNetwork(key)

    def network_keys(self) -> tuple[str, ...]:
        return self.networks
