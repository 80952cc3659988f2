import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.latest import Latest
from engine.sources import FrameSource
from engine.types import Frame
from gui.capture import CameraSearch, CameraWatch, CaptureWorker, SourcePhase, SourceState
from tests.scripted_camera import LOST, ScriptedCamera, ScriptedOpening, number_of, numbered_frames

PLAYING, ENDED, LOST_PHASE, FAILED = SourcePhase.PLAYING, SourcePhase.ENDED, SourcePhase.LOST, SourcePhase.FAILED


class Watched(QObject):
    """A capture worker with what it said."""

    def __init__(self, source: str, opener: Callable[[str], FrameSource], cameras: Sequence[str]) -> None:
        super().__init__()
        self.preview: Latest[Frame] = Latest()
        self.work: Latest[Frame] = Latest()
        self.states: list[SourceState] = []
        self.worker = CaptureWorker(source, opener, self.preview, self.work, lambda: tuple(cameras))
        self.worker.state_changed.connect(self._take)

    def _take(self, state: SourceState) -> None:
        self.states.append(state)

    @property
    def phases(self) -> list[SourcePhase]:
        return [state.phase for state in self.states]


Capture = Callable[..., Watched]


@pytest.fixture
def capture(qapp: object) -> Iterator[Capture]:
    started: list[Watched] = []

    def start(opener: Callable[[str], FrameSource], source: str = "camera:0", cameras: Sequence[str] = ()) -> Watched:
        watched = Watched(source, opener, cameras)
        started.append(watched)
        watched.worker.start()
        return watched

    yield start
    for watched in started:
        watched.worker.stop()
        assert watched.worker.wait(2.0)


def test_frames_reach_both_mailboxes_in_order_until_the_end(qtbot: QtBot, capture: Capture) -> None:
    watched = capture(ScriptedOpening([ScriptedCamera(numbered_frames(5), is_live=False)]), "clip.mkv")
    qtbot.waitUntil(lambda: watched.phases[-1:] == [ENDED])
    assert watched.phases == [SourcePhase.OPENING, PLAYING, ENDED]
    for box in (watched.preview, watched.work):
        last = box.take()
        assert last is not None
        assert number_of(last) == 4


def test_a_lost_camera_is_said_and_comes_back(qtbot: QtBot, capture: Capture) -> None:
    before = ScriptedCamera([*numbered_frames(3), LOST])
    after = ScriptedCamera([*numbered_frames(2, start=10), "silence"])
    watched = capture(ScriptedOpening([before, after]))
    qtbot.waitUntil(lambda: watched.phases.count(PLAYING) == 2, timeout=5000)
    assert watched.phases == [SourcePhase.OPENING, PLAYING, LOST_PHASE, PLAYING]
    assert watched.states[2].error is LOST
    assert watched.states[2].tries_again
    assert before.closed


def test_a_camera_that_cannot_be_opened_is_tried_again(qtbot: QtBot, capture: Capture) -> None:
    opening = ScriptedOpening([LOST, ScriptedCamera([*numbered_frames(1), "silence"])])
    watched = capture(opening, cameras=["camera:0"])
    qtbot.waitUntil(lambda: watched.phases[-1:] == [PLAYING], timeout=5000)
    assert watched.phases == [SourcePhase.OPENING, FAILED, PLAYING]
    assert (watched.states[1].tries_again, watched.states[1].no_camera) == (True, False)


def test_a_machine_without_a_camera_is_told_apart(qtbot: QtBot, capture: Capture) -> None:
    watched = capture(ScriptedOpening([LOST]))
    qtbot.waitUntil(lambda: FAILED in watched.phases)
    assert watched.states[-1].no_camera


def test_a_stream_that_fails_does_not_mean_that_there_is_no_camera(qtbot: QtBot, capture: Capture) -> None:
    watched = capture(ScriptedOpening([LOST]), "rtsp://door")
    qtbot.waitUntil(lambda: FAILED in watched.phases)
    assert not watched.states[-1].no_camera


def test_a_file_that_cannot_be_read_is_not_tried_again(qtbot: QtBot, capture: Capture) -> None:
    opening = ScriptedOpening([SourceError("There is no file.", "Choose another one.")])
    watched = capture(opening, "missing.mkv")
    qtbot.waitUntil(lambda: watched.phases[-1:] == [FAILED] and not watched.worker.running)
    assert opening.calls == 1
    assert not watched.states[-1].tries_again


def test_retry_ends_the_pause_between_two_attempts(qtbot: QtBot, capture: Capture) -> None:
    opening = ScriptedOpening([LOST, LOST, LOST, LOST, ScriptedCamera([*numbered_frames(1), "silence"])])
    watched = capture(opening, cameras=["camera:0"])

    def found_after_tapping() -> bool:
        watched.worker.retry()
        return watched.phases[-1:] == [PLAYING]

    qtbot.waitUntil(found_after_tapping, timeout=2000)


def test_stop_ends_a_read_that_waits(qtbot: QtBot, capture: Capture) -> None:
    watched = capture(ScriptedOpening([ScriptedCamera([*numbered_frames(1), "silence"])]))
    qtbot.waitUntil(lambda: watched.phases[-1:] == [PLAYING])
    watched.worker.stop()
    assert watched.worker.wait(1.0)
    assert watched.phases[-1] is PLAYING


def test_stop_ends_the_pause_between_two_attempts(qtbot: QtBot, capture: Capture) -> None:
    watched = capture(ScriptedOpening([LOST]), "rtsp://door")
    qtbot.waitUntil(lambda: FAILED in watched.phases)
    watched.worker.stop()
    assert watched.worker.wait(0.4)


def test_a_bug_in_a_source_is_reported(qtbot: QtBot, capture: Capture) -> None:
    started = threading.Event()

    def broken(_: str) -> FrameSource:
        started.wait(5)
        raise ZeroDivisionError

    watched = capture(broken)
    with qtbot.waitSignals([watched.worker.failed, watched.worker.finished], order="strict"):
        started.set()


def test_a_search_finds_the_cameras(qtbot: QtBot) -> None:
    search = CameraSearch(lambda: ("camera:2",))
    with qtbot.waitSignal(search.found) as found:
        search.start()
    assert found.args == [("camera:2",)]
    assert search.wait(1.0)


@pytest.mark.parametrize(
    ("wanted", "listings", "opened"),
    [
        ("camera:1", [(), (), ("camera:1",)], "camera:1"),
        ("camera:1", [("camera:0",), ("camera:0", "camera:1")], "camera:1"),
        ("/dev/video2", [("camera:0", "camera:2")], "/dev/video2"),
        ("camera:0", [("picamera",), ("picamera",)], "picamera"),
        ("camera:0", [("camera:4",), (), ("camera:4",), ("camera:4",)], "camera:4"),
    ],
)
def test_a_camera_that_appears_is_told_and_the_wanted_one_comes_first(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wanted: str, listings: list[tuple[str, ...]], opened: str
) -> None:
    monkeypatch.setattr("gui.capture.WATCH_S", 0.001)
    watch = CameraWatch(wanted, lambda: listings.pop(0))
    with qtbot.waitSignal(watch.appeared) as told:
        watch.start()
    assert told.args == [opened]
    assert listings == []
    assert watch.wait(1.0)


def test_a_watch_for_cameras_ends_at_once(qapp: object) -> None:
    watch = CameraWatch("camera:0", lambda: ())
    watch.start()
    watch.stop()
    assert watch.wait(1.0)
