"""The live desk: capture and inference with their mailboxes, seen from the GUI thread."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import CameraError, UserError
from engine.identifier import Identifier
from engine.latest import Latest
from engine.settings import Settings
from engine.sources.base import FrameSource
from engine.types import Frame, FrameResult
from gui.capture import CameraLister, CameraSearch, CameraWatch, CaptureWorker, SourcePhase, SourceState, likeliest
from gui.inference import Engine, InferenceWorker
from gui.workers import Worker

log = logging.getLogger(__name__)

SILENCE_NS = 1_500_000_000
"""A live source that gives no picture for so long is called lost, whatever its thread is doing."""
WATCH_MS = 200
REPEAT_AFTER_MS = 300
"""Between the end of a clip and its beginning; a single photograph ends as soon as it is shown."""
DEMO = "demo"

Opener = Callable[[str, Settings], FrameSource]


class Desk(QObject):
    """Starts, watches and stops the threads of the live view. Belongs to the GUI thread; all its signals come there.

    Args:
        opener: Opens a source with the settings' resolution.
        cameras: Lists the cameras there are.
        engine: Builds pipelines and loads networks.
        settings: What to start with.

    Signals:
        pictured: The newest `Frame`.
        answered: The newest `FrameResult`.
        state_changed: A `SourceState`.
        network_changed: Key of the network that answers now.
        network_failed: Key and error of a network that did not load.
        failed: An error that belongs in the banner.
        camera_missing: No camera was found: the demo clip plays until one appears.
        camera_still_missing: Looking again found none either.
    """

    pictured = Signal(object)
    answered = Signal(object)
    state_changed = Signal(object)
    network_changed = Signal(str)
    network_failed = Signal(str, object)
    failed = Signal(object)
    camera_missing = Signal()
    camera_still_missing = Signal()

    def __init__(self, opener: Opener, cameras: CameraLister, engine: Engine, settings: Settings) -> None:
        super().__init__()
        self._opener = opener
        self._cameras = cameras
        self._settings = settings
        self._preview: Latest[Frame] = Latest()
        self._work: Latest[Frame] = Latest()
        self._results: Latest[FrameResult] = Latest()
        self._capture: CaptureWorker | None = None
        self._search: CameraSearch | None = None
        self._camera_watch: CameraWatch | None = None
        self._retired: list[Worker] = []
        self._stopping = False
        self._opened_ns = 0
        self._pictured_ns = 0
        self._asked = settings.source
        self._missing: UserError | None = None
        self._repeats = False
        self._state = SourceState(SourcePhase.OPENING, settings.source)
        self._inference = InferenceWorker(engine, settings, self._work, self._results)
        self._inference.result_ready.connect(self._show_result)
        self._inference.network_changed.connect(self.network_changed)
        self._inference.network_failed.connect(self.network_failed)
        self._inference.failed.connect(self.failed)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look_after)

    @property
    def state(self) -> SourceState:
        """How it stands with the source."""
        return self._state

    @property
    def trouble(self) -> UserError | None:
        """Why what was asked for is not on show, though the demo clip may stand in for it; None where nothing ails."""
        return self._missing or self._state.error

    @property
    def running(self) -> bool:
        """Whether any of its threads lives."""
        return any(worker.running for worker in self._workers())

    @property
    def dropped(self) -> int:
        """How many frames inference had no time for."""
        return self._work.dropped

    def start(self) -> None:
        """Opens the source of the settings and loads the network, both in the background."""
        self.open(self._settings.source)
        self._inference.start()
        self._watch.start()

    def open(self, source: str) -> None:
        """Lets the present source go and opens another one, or the same anew; after the end it does nothing."""
        if not self._stopping:
            self._asked, self._missing = source, None
            self._end_camera_watch()
            self._open(source)

    def _open(self, source: str) -> None:
        former = self._capture
        if former is not None:
            former.stop()
            self._retired.append(former)
        self._opened_ns = time.monotonic_ns()
        for box in (self._preview, self._work, self._results):
            box.take()
        self._inference.reset()
        settings = self._settings
        self._capture = CaptureWorker(
            source, lambda text: self._opener(text, settings), self._preview, self._work, self._cameras, former
        )
        self._capture.frame_ready.connect(self._show_frame)
        self._capture.state_changed.connect(self._take_state)
        self._capture.failed.connect(self._capture_failed)
        self._enter(SourceState(SourcePhase.OPENING, source))
        self._capture.start()

    def retry(self) -> None:
        """Tries again now: ends the pause of a source that tries by itself, opens any other anew."""
        if self._capture is not None and self._capture.running and self._state.tries_again:
            self._capture.retry()
        else:
            self.open(self._asked)

    def look_for_camera(self) -> None:
        """Looks for a camera in the background and opens the one asked for, or the first one found."""
        if self._search is not None or self._stopping:
            return
        self._search = CameraSearch(self._cameras)
        self._search.found.connect(self._take_cameras)
        self._search.failed.connect(self.failed)
        self._search.finished.connect(self._search_ended)
        self._search.start()

    def request_network(self, key: str) -> None:
        """Switches to another network as soon as it is loaded."""
        self._inference.request_network(key)

    def set_identifier(self, network: str, identifier: Identifier) -> None:
        """Lets somebody else name the faces of a network."""
        self._inference.set_identifier(network, identifier)

    def pause_recognition(self, paused: bool) -> None:
        """Shows the picture without looking for faces."""
        self._inference.set_paused(paused)

    def repeat(self, repeated: bool) -> None:
        """Plays what has an end over and over, as while an enrolment looks at it, or not any more."""
        self._repeats = repeated
        self._repeat_soon()

    def apply(self, settings: Settings) -> None:
        """Takes over settings; a changed source or resolution is opened, a changed network is not.

        What was opened beside the settings, as a camera that came late, stays while no other source is set.
        """
        old, self._settings = self._settings, settings
        self._inference.apply(settings)
        camera = [(s.source, s.width, s.height, s.camera_fps) for s in (old, settings)]
        if camera[0] != camera[1]:
            self.open(self._asked if settings.source == old.source else settings.source)

    def ask_to_stop(self) -> None:
        """Asks all threads for the end, without waiting."""
        self._stopping = True
        self._watch.stop()
        for worker in self._workers():
            worker.stop()
        for box in (self._preview, self._work, self._results):
            box.close()

    def stop(self, timeout_s: float = 1.5) -> bool:
        """Stops all threads; says whether all ended in time. A thread that hangs in a driver is given up."""
        self.ask_to_stop()
        deadline = time.monotonic() + timeout_s
        ended = [worker.wait(max(0.0, deadline - time.monotonic())) for worker in self._workers()]
        return all(ended)

    def _workers(self) -> list[Worker]:
        live = (self._capture, self._inference, self._search, self._camera_watch)
        return [worker for worker in (*live, *self._retired) if worker]

    def _show_frame(self) -> None:
        frame = self._preview.take()
        if frame is None or frame.captured_ns < self._opened_ns:
            return
        self._pictured_ns = time.monotonic_ns()
        if self._state.phase is SourcePhase.LOST and self._capture is not None and self._capture.playing:
            self._enter(replace(self._state, phase=SourcePhase.PLAYING, error=None, tries_again=False))
        self.pictured.emit(frame)

    def _show_result(self) -> None:
        result = self._results.take()
        if result is not None and result.frame.captured_ns >= self._opened_ns:
            self.answered.emit(result)

    def _take_state(self, state: SourceState) -> None:
        if self.sender() is not self._capture:
            return
        if state.no_camera:
            self._missing = state.error
            self.camera_missing.emit()
            self._stand_in()
        else:
            self._pictured_ns = time.monotonic_ns()
            self._enter(state)

    def _stand_in(self) -> None:
        """Plays the demo clip until a camera appears."""
        if self._stopping:
            return
        self._camera_watch = CameraWatch(self._asked, self._cameras)
        self._camera_watch.appeared.connect(self._take_camera)
        self._camera_watch.failed.connect(self.failed)
        self._open(DEMO)
        self._camera_watch.start()

    def _take_camera(self, source: str) -> None:
        if self.sender() is self._camera_watch:
            self.open(source)

    def _end_camera_watch(self) -> None:
        if self._camera_watch is not None:
            self._camera_watch.stop()
            self._retired.append(self._camera_watch)
            self._camera_watch = None

    def _capture_failed(self, error: Exception) -> None:
        """A bug in the capture thread: told in the banner; the view offers to try again."""
        if self.sender() is self._capture:
            trouble = CameraError("The source stopped because of a fault in the program.", "Tap Retry.")
            self._enter(replace(self._state, phase=SourcePhase.FAILED, error=trouble, tries_again=False))
        self.failed.emit(error)

    def _take_cameras(self, cameras: tuple[str, ...]) -> None:
        if cameras:
            self.open(likeliest(self._asked, cameras))
        else:
            self.camera_still_missing.emit()

    def _search_ended(self) -> None:
        if self._search is not None:
            self._retired.append(self._search)
            self._search = None

    def _look_after(self) -> None:
        self._retired = [worker for worker in self._retired if worker.running]
        state = self._state
        if state.phase is not SourcePhase.PLAYING or not state.is_live:
            return
        self._show_frame()
        if time.monotonic_ns() - self._pictured_ns > SILENCE_NS:
            silence = CameraError("The camera does not answer.", "Check its cable; the picture comes back by itself.")
            self._enter(replace(state, phase=SourcePhase.LOST, error=silence, tries_again=True))

    def _repeat_soon(self) -> None:
        if self._repeats and self._state.phase is SourcePhase.ENDED:
            QTimer.singleShot(REPEAT_AFTER_MS, self, self._play_again)

    def _play_again(self) -> None:
        if self._repeats and self._state.phase is SourcePhase.ENDED:
            self.retry()

    def _enter(self, state: SourceState) -> None:
        self._state = state
        self.state_changed.emit(state)
        self._repeat_soon()
