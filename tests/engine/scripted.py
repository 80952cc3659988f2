"""Faces by script: what a detector and a network would say, for tests of what is built on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.align import TEMPLATE
from engine.types import Detection, Floats, Frame, Identity, IdentityState, Image, TaskOutputs, TaskScore


def detection(x: float, y: float, size: float = 100.0, score: float = 0.999) -> Detection:
    """A frontal face whose box has its top left corner at x, y."""
    box = np.array([x, y, x + size, y + size], np.float32)
    landmarks = (TEMPLATE * (size / 128) + (x, y)).astype(np.float32)
    return Detection(box, landmarks, score)


def frame(index: int, fps: float = 25.0, grey: int = 90) -> Frame:
    """A plain picture; its first pixel holds its number."""
    image = np.full((480, 640, 3), grey, np.uint8)
    image[0, 0] = (index % 256, grey, index // 256)
    return Frame(image, index, 0, index * 1000.0 / fps)


def embedding(seed: int) -> Floats:
    """A unit vector; different seeds are nearly at right angles."""
    vector = np.random.default_rng(seed).normal(size=128).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


@dataclass
class ScriptedDetector:
    """Finds what `script` lists for each frame, whichever way it is asked; the frame's number is in its first pixel."""

    script: Sequence[Sequence[Detection]]
    calls: list[str] = field(default_factory=list)
    busy_ns: int = 0

    def _now(self, image: Image) -> Sequence[Detection]:
        number = int(image[0, 0, 0]) + 256 * int(image[0, 0, 2])
        return self.script[min(number, len(self.script) - 1)]

    def detect(self, image: Image) -> tuple[Detection, ...]:
        self.calls.append("detect")
        return tuple(self._now(image))

    def follow(self, image: Image, boxes: Floats) -> tuple[Detection | None, ...]:
        self.calls.append("follow")
        here = self._now(image)

        def nearest(box: Floats) -> Detection | None:
            near = [d for d in here if np.abs(d.box - box).max() < 40]
            return min(near, key=lambda d: float(np.abs(d.box - box).max())) if near else None

        return tuple(nearest(box) for box in boxes)


@dataclass
class ScriptedNetwork:
    """Answers with the embedding and age of the next person in `people`, the last one for ever."""

    people: list[int]
    adult: list[float] = field(default_factory=lambda: [0.8])
    key: str = "scripted:int8"
    busy_ns: int = 0
    looks: int = 0

    def infer(self, crop: Image) -> TaskOutputs:
        person = self.people[min(self.looks, len(self.people) - 1)]
        adult = self.adult[min(self.looks, len(self.adult) - 1)]
        self.looks += 1
        return TaskOutputs(embedding(person), (TaskScore("age", ("young", "adult"), (1 - adult, adult)),))


@dataclass
class ScriptedGallery:
    """Knows the people in `names` by their embedding's seed."""

    names: dict[int, str]

    def identify(self, vector: Floats) -> Identity:
        best = max(self.names, key=lambda seed: float(embedding(seed) @ vector))
        if float(embedding(best) @ vector) < 0.6:
            return Identity(IdentityState.UNKNOWN, None, 0.9)
        return Identity(IdentityState.KNOWN, self.names[best], 0.9, best)
