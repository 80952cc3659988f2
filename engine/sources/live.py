"""A camera or stream read by a thread of its own, so that a dead device never holds the program."""

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import Protocol

from engine.errors import CameraError, SourceError
from engine.latest import Latest
from engine.sources.base import FrameSource
from engine.types import Frame, Image

STALL_S = 2.0
CLOSE_S = 1.0
# A camera may take seconds to wake; later, one late or damaged picture does not make it lost.
FIRST_TRIES = 5
TRIES = 2

_readers: dict[str, threading.Thread] = {}
_readers_lock = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A picture fresh from the device: (H, W, 3) uint8 RGB, and when it was captured."""

    image: Image
    captured_ns: int


class Device(Protocol):
    """A camera or stream as its own thread sees it; every call may block."""

    def open(self) -> float:
        """Opens it and returns its nominal frames per second; raises CameraError."""

    def read(self) -> Shot | None:
        """Waits for the next picture, not for ever; None when it did not come; raises CameraError."""

    def close(self) -> None:
        """Gives it back; also called when `open` failed."""


class LiveSource(FrameSource):
    """Hands out the newest picture of a device.

    The device is opened, read and closed in a thread of its own, at once when the object is made. A device whose last
    thread still hangs is refused, so there is never more than one thread for each.

    Args:
        name: What the status line calls it.
        address: What tells devices apart.
        device: The camera or stream.
        fps: Nominal frames per second, until the device says better.
        is_camera: Whether it is a camera on this machine.
        remedy: What the user can do when it does not answer.
        first_frame_s: How long the first picture may take.
        stall_s: How long every later one may take.

    Raises:
        CameraError: The device is in use or its last reader still hangs.
    """

    is_live = True

    def __init__(
        self,
        name: str,
        address: str,
        device: Device,
        *,
        fps: float,
        is_camera: bool,
        remedy: str,
        first_frame_s: float,
        stall_s: float = STALL_S,
    ) -> None:
        super().__init__(name, fps)
        self.is_camera = is_camera
        self._device = device
        self._remedy = remedy
        self._patience_s = first_frame_s
        self._stall_s = stall_s
        self._frames: Latest[Frame] = Latest()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"reader of {address}", daemon=True)
        with _readers_lock:
            former = _readers.get(address)
            if former is not None and former.is_alive():
                raise CameraError(f"{name} is still in use or does not answer.", remedy)
            _readers[address] = self._thread
            self._thread.start()

    def read(self) -> Frame | None:
        """The newest picture; see `FrameSource.read`."""
        frame = self._frames.take(self._patience_s)
        if frame is not None:
            self._patience_s = self._stall_s
            return frame
        if self._stopped.is_set():
            return None
        if isinstance(self._failure, SourceError):
            raise self._failure
        raise CameraError(f"{self.name} does not answer.", self._remedy) from self._failure

    def stop(self) -> None:
        """Ends a waiting `read`; see `FrameSource.stop`."""
        super().stop()
        self._frames.close()

    def close(self) -> None:
        """Lets the device's thread give it back; does not wait for one that hangs."""
        super().close()
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        try:
            self.fps = self._device.open()
            self._hand_out()
        except Exception as error:  # whatever a driver raises, `read` tells it
            self._failure = error
        finally:
            with contextlib.suppress(Exception):
                self._device.close()
            self._frames.close()

    def _hand_out(self) -> None:
        index, first_ns, tries = 0, 0, FIRST_TRIES
        while not self._stopped.is_set() and tries:
            shot = self._device.read()
            if shot is None:
                tries -= 1
                continue
            tries = TRIES
            first_ns = first_ns or shot.captured_ns
            self._frames.put(Frame(shot.image, index, shot.captured_ns, (shot.captured_ns - first_ns) / 1e6))
            index += 1


def now_ns() -> int:
    """The clock of `Frame.captured_ns`."""
    return time.monotonic_ns()
