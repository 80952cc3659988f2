"""Plays a file at the speed at which it was recorded."""

import time
from collections.abc import Callable
from dataclasses import replace

from engine.errors import SourceError
from engine.sources.base import FrameSource
from engine.types import Frame

# A computer that slept or was busy goes on from here instead of rushing through what it missed.
MAX_LATE_NS = 250_000_000


class Paced(FrameSource):
    """Hands out a file's frames at their own timestamps; a live source's as they come.

    Args:
        source: What is played; closed together with this.
        loop: Whether it starts again at its end; frame numbers and times go on growing.
        clock_ns: A monotonic clock.
        wait: Waits for so many seconds; by default until `stop` is called.
    """

    def __init__(
        self,
        source: FrameSource,
        *,
        loop: bool = False,
        clock_ns: Callable[[], int] = time.monotonic_ns,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        super().__init__(source.name, source.fps)
        self._source = source
        self._loop = loop and not source.is_live
        self._clock_ns = clock_ns
        self._wait = wait or self._stopped.wait
        self._start_ns: int | None = None
        self._lap_ms = 0.0
        self._last_ms = 0.0
        self._index = 0
        self.is_live = source.is_live
        self.is_camera = source.is_camera

    @property
    def frame_name(self) -> str:
        """What the source calls its last frame."""
        return self._source.frame_name

    @property
    def problems(self) -> tuple[SourceError, ...]:
        """What the source had to skip."""
        return self._source.problems

    def read(self) -> Frame | None:
        """Waits until the next frame is due, then returns it; see `FrameSource.read`."""
        if self.is_live:
            return self._source.read()
        frame = self._source.read() or self._from_the_start()
        if frame is None or self._stopped.is_set():
            return None
        time_ms = self._lap_ms + frame.time_ms
        self._wait_until_due(time_ms)
        if self._stopped.is_set():
            return None
        paced = replace(frame, index=self._index, time_ms=time_ms, captured_ns=self._clock_ns())
        self._index += 1
        self._last_ms = time_ms
        return paced

    def rewind(self) -> None:
        """Starts again at the first frame."""
        self._source.rewind()
        self._start_ns = None
        self._lap_ms = self._last_ms = 0.0
        self._index = 0

    def stop(self) -> None:
        """Ends a waiting `read`; see `FrameSource.stop`."""
        super().stop()
        self._source.stop()

    def close(self) -> None:
        """Closes the source too."""
        super().close()
        self._source.close()

    def _from_the_start(self) -> Frame | None:
        if not self._loop or self._index == 0 or self._stopped.is_set():
            return None
        self._source.rewind()
        frame = self._source.read()
        if frame is not None:
            self._lap_ms = self._last_ms + 1000.0 / self._source.fps - frame.time_ms
        return frame

    def _wait_until_due(self, time_ms: float) -> None:
        now_ns = self._clock_ns()
        offset_ns = round(time_ms * 1e6)
        if self._start_ns is None:
            self._start_ns = now_ns - offset_ns
        early_ns = self._start_ns + offset_ns - now_ns
        if early_ns > 0:
            self._wait(early_ns / 1e9)
        elif early_ns < -MAX_LATE_NS:
            self._start_ns -= early_ns
