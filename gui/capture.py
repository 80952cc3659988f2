"""The capture thread: opens a source, hands its frames on, and opens it again when a camera was lost."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Signal

from engine.errors import CameraError, SourceError, UserError
from engine.latest import Latest
from engine.sources.base import FrameSource
from engine.sources.reconnect import Reconnecting
from engine.types import Frame
from gui.workers import Worker

log = logging.getLogger(__name__)

Opener = Callable[[str], FrameSource]
CameraLister = Callable[[], tuple[str, ...]]

FORMER_S = 3.0
"""How long a source that was let go may take to give the camera back."""
WATCH_S = 3.0
"""How often it looks whether a camera has appeared."""


class SourcePhase(Enum):
    """How it stands with the source."""

    OPENING = "opening"
    PLAYING = "playing"
    LOST = "lost"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceState:
    """How it stands with the source.

    Attributes:
        phase: What it is doing.
        source: The source as it was asked for ("camera:0").
        name: How the status line calls it; empty before it was opened.
        is_live: Whether it is a camera or a stream.
        is_camera: Whether it is a camera of this machine.
        error: Why it failed or was lost.
        tries_again: Whether it opens again by itself.
        no_camera: Whether this machine has no camera at all.
    """

    phase: SourcePhase
    source: str
    name: str = ""
    is_live: bool = False
    is_camera: bool = False
    error: UserError | None = None
    tries_again: bool = False
    no_camera: bool = False


class CaptureWorker(Worker):
    """Reads one source from its opening to its end and puts every frame in two mailboxes.

    Args:
        source: What to open, as in the settings.
        opener: Opens it.
        preview: For the picture on screen.
        work: For the inference thread.
        cameras: Lists the cameras there are.
        former: A worker that held a source before; waited for (bounded), so that a camera is never opened twice.

    Attributes:
        playing: Whether the last thing the source did was to hand out a frame.

    Signals:
        frame_ready: A frame lies in the mailboxes.
        state_changed: A `SourceState`.
    """

    frame_ready = Signal()
    state_changed = Signal(object)

    def __init__(
        self,
        source: str,
        opener: Opener,
        preview: Latest[Frame],
        work: Latest[Frame],
        cameras: CameraLister,
        former: Worker | None = None,
    ) -> None:
        super().__init__("capture")
        self.source = source
        self._preview = preview
        self._work_box = work
        self._cameras = cameras
        self._former = former
        self.playing = False
        self._seen = False
        self._camera = Reconnecting(lambda: opener(source), name="", on_lost=self._lost, on_found=self._found)

    def stop(self) -> None:
        """Asks for the end, also out of a waiting read or a pause between two attempts."""
        super().stop()
        self._camera.stop()

    def retry(self) -> None:
        """Ends the pause between two attempts."""
        self._camera.retry_now()

    def work(self) -> None:
        """Plays to the end, its own or the one asked for."""
        if self._former is not None:
            self._former.wait(FORMER_S)
            self._former = None
        self._say(SourcePhase.OPENING)
        with self._camera:
            try:
                self._play()
            except SourceError as error:
                log.warning("%s", error)  # not the source: an address may hold a password
                self._say(SourcePhase.FAILED, error)

    def _play(self) -> None:
        while (frame := self._camera.read()) is not None:
            if not self.playing:
                self._found()
            self._work_box.put(frame)
            self._preview.put(frame)
            self.frame_ready.emit()
        if not self.stopping:
            self._say(SourcePhase.ENDED)

    def _found(self) -> None:
        self.playing = True
        self._say(SourcePhase.PLAYING)

    def _lost(self, error: CameraError, delay_s: float) -> None:
        log.warning("%s Next try in %.1f s.", error, delay_s)
        was_playing, self.playing = self.playing, False
        self._seen = self._seen or was_playing
        phase = SourcePhase.LOST if self._seen else SourcePhase.FAILED
        no_camera = not self._seen and is_camera(self.source) and not self._cameras()
        self._say(phase, error, tries_again=True, no_camera=no_camera)

    def _say(
        self,
        phase: SourcePhase,
        error: UserError | None = None,
        *,
        tries_again: bool = False,
        no_camera: bool = False,
    ) -> None:
        if self.stopping:
            return
        camera = self._camera
        self.state_changed.emit(
            SourceState(
                phase, self.source, camera.name, camera.is_live, camera.is_camera, error, tries_again, no_camera
            )
        )


class CameraSearch(Worker):
    """Looks for cameras in the background.

    Signals:
        found: A tuple of source texts ("camera:0", …), empty when there is none.
    """

    found = Signal(object)

    def __init__(self, cameras: CameraLister) -> None:
        super().__init__("camera search")
        self._cameras = cameras

    def work(self) -> None:
        """Looks once."""
        self.found.emit(self._cameras())


class CameraWatch(Worker):
    """Waits in the background for a camera to appear.

    Args:
        wanted: The camera that was asked for.
        cameras: Lists the cameras there are.

    Signals:
        appeared: The source to open; the last thing it does.
    """

    appeared = Signal(str)

    def __init__(self, wanted: str, cameras: CameraLister) -> None:
        super().__init__("camera watch")
        self._wanted = wanted
        self._cameras = cameras

    def work(self) -> None:
        """Looks now and then; a camera other than the one wanted must be there twice, as that may come yet."""
        before: tuple[str, ...] = ()
        while not self._stop.wait(WATCH_S):
            cameras = self._cameras()
            choice = likeliest(self._wanted, cameras)
            if choice == self._wanted or choice in before:
                self.appeared.emit(choice)
                return
            before = cameras


def likeliest(wanted: str, cameras: Sequence[str]) -> str:
    """The camera to open: the one wanted where it is there, else the first one; empty without any."""
    if wanted.replace("/dev/video", "camera:") in cameras:
        return wanted
    return next(iter(cameras), "")


def is_camera(source: str) -> bool:
    """Whether a source text means a camera of this machine."""
    return source.startswith(("camera:", "/dev/video")) or source == "picamera"
