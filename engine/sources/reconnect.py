"""A camera that comes back: tried again and again, ever more slowly, without using the processor meanwhile."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.errors import CameraError
from engine.sources.base import FrameSource
from engine.types import Frame


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before the first, second, third … try: `first_s`, doubled each time, at most `longest_s`."""

    first_s: float = 0.5
    longest_s: float = 5.0

    def delay_s(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row (at least 1)."""
        return min(self.longest_s, self.first_s * 2.0 ** min(failures - 1, 30))


def _ignore(*_: object) -> None:
    """Nobody wants to know."""


class Reconnecting(FrameSource):
    """Hands out a camera's frames and opens it again whenever it is lost.

    `read` returns None only once `stop` was called (or at the end of a source that has one), and raises only what
    trying again cannot mend.

    Args:
        open_again: Opens the camera; may raise CameraError.
        name: What the status line calls it until it is open.
        source: The camera, when it is open already.
        on_lost: Called with the error and the seconds until the next try, in the thread that reads, at each failure.
        on_found: Called in the thread that reads when the first frame after a loss has come.
        backoff: How long to wait between tries.
        wait: Waits for an event, at most so many seconds; for tests.
    """

    is_live = True

    def __init__(
        self,
        open_again: Callable[[], FrameSource],
        *,
        name: str = "Camera",
        source: FrameSource | None = None,
        on_lost: Callable[[CameraError, float], None] = _ignore,
        on_found: Callable[[], None] = _ignore,
        backoff: Backoff | None = None,
        wait: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        super().__init__(name, 30.0)
        self._open_again = open_again
        self._on_lost = on_lost
        self._on_found = on_found
        self._backoff = backoff or Backoff()
        self._wait = wait
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._source: FrameSource | None = None
        self._failures = 0
        self._index = 0
        self._first_ns = 0
        if source is not None:
            self._adopt(source)

    def read(self) -> Frame | None:
        """The next frame, however long the camera is away; see `FrameSource.read`."""
        while not self._stopped.is_set():
            try:
                source = self._source or self._adopt(self._open_again())
                frame = source.read()
            except CameraError as error:
                self._lose(error)
                continue
            if frame is not None and self._failures:
                self._failures = 0
                self._on_found()
            return self._numbered(frame) if frame is not None and self.is_live else frame
        return None

    def retry_now(self) -> None:
        """Ends the wait for the next try; may be called from any thread."""
        self._wake.set()

    def stop(self) -> None:
        """Ends a waiting `read`; see `FrameSource.stop`."""
        super().stop()
        with self._lock:
            source = self._source
        if source is not None:
            source.stop()
        self._wake.set()

    def close(self) -> None:
        """Closes the camera too."""
        super().close()
        self._drop()

    def _adopt(self, source: FrameSource) -> FrameSource:
        with self._lock:
            self._source = source
        self.name, self.fps = source.name, source.fps
        self.is_live, self.is_camera = source.is_live, source.is_camera
        if self._stopped.is_set():  # stop() came while it was being opened and did not see it
            source.stop()
        return source

    def _numbered(self, frame: Frame) -> Frame:
        """Numbers and times that go on growing when the camera starts anew."""
        self._index += 1
        self._first_ns = self._first_ns or frame.captured_ns
        time_ms = (frame.captured_ns - self._first_ns) / 1e6
        return replace(frame, index=self._index - 1, time_ms=time_ms)

    def _drop(self) -> None:
        with self._lock:
            source, self._source = self._source, None
        if source is not None:
            source.close()

    def _lose(self, error: CameraError) -> None:
        self._drop()
        self._failures += 1
        delay_s = self._backoff.delay_s(self._failures)
        self._wake.clear()
        if self._stopped.is_set():
            return
        self._on_lost(error, delay_s)
        self._wait(self._wake, delay_s)
