"""Runs a pipeline over a scene and keeps the times."""

import time
from collections.abc import Iterator

from engine.bench.scenes import Scene
from engine.pipeline import Pipeline
from engine.types import Frame, StageTimes

WARM_UP_FRAMES = 20


class Run:
    """One pipeline on one scene, in as many turns as one likes.

    Args:
        pipeline: What is measured.
        scene: What it sees.
        warm_up: Frames that are not counted.
    """

    def __init__(self, pipeline: Pipeline, scene: Scene, *, warm_up: int = WARM_UP_FRAMES) -> None:
        self.times: list[StageTimes] = []
        self.faces_seen = 0
        self._pipeline = pipeline
        self._frames: Iterator[Frame] = scene.frames()
        pipeline.reset()
        for _ in range(warm_up):
            pipeline.process(next(self._frames))

    def turn(self, frames: int) -> float:
        """Processes some more frames and returns the milliseconds that they took."""
        spent_ms = 0.0
        for _ in range(frames):
            result = self._pipeline.process(next(self._frames))
            self.times.append(result.times)
            self.faces_seen += len(result.faces)
            spent_ms += result.times.total_ms
        return spent_ms

    def turns(self, seconds: float, *, at_least: int = 30) -> None:
        """Goes on for some seconds, and for so many frames at least."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until or len(self.times) < at_least:
            self.turn(10)

    @property
    def faces(self) -> float:
        """Mean number of faces found per frame."""
        return self.faces_seen / max(len(self.times), 1)
