"""A camera by script: numbered frames, then an end, a failure, or silence, then recovery."""

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import CameraError
from engine.sources import FrameSource
from engine.types import Frame, Image

Step = Frame | Image | Exception | Literal["end", "silence"]

LOST = CameraError("The camera does not answer.", "Check the cable, then tap Retry.")


def numbered_image(number: int, width: int = 64, height: int = 48) -> Image:
    """A grey picture whose first pixel tells its number; read it with `number_of`."""
    image = np.full((height, width, 3), 128, np.uint8)
    image[0, 0] = (number >> 16 & 255, number >> 8 & 255, number & 255)
    return image


def number_of(frame: Frame) -> int:
    high, middle, low = (int(value) for value in frame.image[0, 0])
    return high << 16 | middle << 8 | low


def numbered_frames(count: int, *, start: int = 0, width: int = 64, height: int = 48) -> tuple[Image, ...]:
    return tuple(numbered_image(start + number, width, height) for number in range(count))


class ScriptedCamera(FrameSource):
    """Plays its script once: an image or frame is handed out, an exception is raised, "silence" waits for `stop`,
    "end" is the end of a file. After the script: the end.

    Args:
        steps: The script.
        fps: Nominal frames per second; also the distance of the frames' times.
        is_live: Whether it behaves as a camera.
        gate: Where given, each `read` first takes one permit: the test releases frames one by one.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        *,
        fps: float = 30.0,
        is_live: bool = True,
        name: str = "Scripted camera",
        gate: threading.Semaphore | None = None,
    ) -> None:
        super().__init__(name, fps)
        self.is_live = self.is_camera = is_live
        self.closed = 0
        self.reads = 0
        self._script = tuple(steps)
        self._gate = gate
        self._next = 0
        self._index = 0

    def read(self) -> Frame | None:
        self.reads += 1
        if self._gate is not None:
            self._gate.acquire()
        if self._stopped.is_set() or self._next >= len(self._script):
            return None
        step = self._script[self._next]
        self._next += 1
        if isinstance(step, Exception):
            raise step
        if isinstance(step, str):
            if step == "silence":
                self._stopped.wait()
            return None
        return self._framed(step)

    def rewind(self) -> None:
        self._next = self._index = 0

    def stop(self) -> None:
        super().stop()
        if self._gate is not None:
            self._gate.release()

    def close(self) -> None:
        super().close()
        self.closed += 1

    def _framed(self, step: Frame | Image) -> Frame:
        if isinstance(step, Frame):
            return step
        frame = Frame(step, self._index, time.monotonic_ns(), self._index * 1000.0 / self.fps)
        self._index += 1
        return frame


@dataclass
class ScriptedOpening:
    """Stands for `open_source`: each call gives the next of these, or raises it; the last one again and again."""

    outcomes: Sequence[FrameSource | Exception]
    calls: int = 0

    def __call__(self, *_: object, **__: object) -> FrameSource:
        outcome = self.outcomes[min(self.calls, len(self.outcomes) - 1)]
        self.calls += 1
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
