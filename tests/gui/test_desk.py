import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.errors import SourceError
from engine.settings import Settings
from engine.sources import FrameSource
from engine.types import Frame, FrameResult
from gui.capture import SourcePhase, SourceState
from gui.desk import Desk
from tests.gui.scripted import ADA, ScriptedEngine, face
from tests.scripted_camera import LOST, ScriptedCamera, ScriptedOpening, number_of, numbered_frames

SETTINGS = Settings(network="first:int8")


class Watched(QObject):
    """A desk with what it said."""

    def __init__(self, opener: Callable[..., FrameSource], cameras: Sequence[str], engine: ScriptedEngine) -> None:
        super().__init__()
        self.frames: list[int] = []
        self.results: list[FrameResult] = []
        self.states: list[SourceState] = []
        self.missing = 0
        self.opened: list[str] = []
        self.cameras = tuple(cameras)
        self.looked_in: set[int] = set()
        self._opener = opener
        self.desk = Desk(self._open, self._look, engine, SETTINGS)
        self.desk.pictured.connect(self._picture)
        self.desk.answered.connect(self._answer)
        self.desk.state_changed.connect(self._state)
        self.desk.camera_missing.connect(self._missing)

    @property
    def phase(self) -> SourcePhase:
        return self.desk.state.phase

    def _open(self, source: str, settings: Settings) -> FrameSource:
        self.opened.append(source)
        return self._opener(source, settings)

    def _look(self) -> tuple[str, ...]:
        self.looked_in.add(threading.get_ident())
        return self.cameras

    def _picture(self, frame: Frame) -> None:
        self.frames.append(number_of(frame))

    def _answer(self, result: FrameResult) -> None:
        self.results.append(result)

    def _state(self, state: SourceState) -> None:
        self.states.append(state)

    def _missing(self) -> None:
        self.missing += 1


Start = Callable[..., Watched]


@pytest.fixture
def start(qapp: object) -> Iterator[Start]:
    started: list[Watched] = []

    def start_desk(
        opener: Callable[..., FrameSource], cameras: Sequence[str] = ("camera:0",), engine: ScriptedEngine | None = None
    ) -> Watched:
        watched = Watched(opener, cameras, engine or ScriptedEngine())
        started.append(watched)
        watched.desk.start()
        return watched

    yield start_desk
    for watched in started:
        watched.desk.stop()


def waiting_camera(*numbers: int) -> ScriptedCamera:
    """Shows some numbered frames, then nothing more."""
    return ScriptedCamera([image for number in numbers for image in numbered_frames(1, start=number)] + ["silence"])


def test_frames_and_results_arrive(qtbot: QtBot, start: Start) -> None:
    watched = start(
        ScriptedOpening([waiting_camera(1, 2, 3)]), engine=ScriptedEngine(script=lambda _: (face([1, 2, 3, 4], ADA),))
    )
    qtbot.waitUntil(lambda: watched.frames[-1:] == [3] and bool(watched.results))
    assert watched.results[-1].faces[0].identity is ADA


def test_a_camera_that_goes_silent_is_called_lost_within_two_seconds(qtbot: QtBot, start: Start) -> None:
    watched = start(ScriptedOpening([waiting_camera(1)]))
    qtbot.waitUntil(lambda: watched.frames == [1])
    began = time.monotonic()
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.LOST, timeout=2000)
    assert time.monotonic() - began < 2.0
    assert watched.desk.state.error is not None


def test_a_lost_camera_comes_back_by_itself(qtbot: QtBot, start: Start) -> None:
    broken = ScriptedCamera([*numbered_frames(2), LOST])
    watched = start(ScriptedOpening([broken, waiting_camera(50)]))
    qtbot.waitUntil(lambda: watched.frames[-1:] == [50] and watched.phase is SourcePhase.PLAYING)
    assert SourcePhase.LOST in [state.phase for state in watched.states]


def test_without_a_camera_the_demo_clip_plays(qtbot: QtBot, start: Start) -> None:
    def opener(source: str, _: Settings) -> FrameSource:
        if source != "demo":
            raise LOST
        return waiting_camera(7)

    watched = start(opener, cameras=())
    qtbot.waitUntil(lambda: watched.frames == [7])
    assert (watched.missing, watched.opened) == (1, ["camera:0", "demo"])


def test_looking_again_opens_the_camera_that_was_plugged_in(qtbot: QtBot, start: Start) -> None:
    def opener(source: str, _: Settings) -> FrameSource:
        if source == "camera:0":
            raise LOST
        return waiting_camera({"demo": 7, "camera:2": 9}[source])

    watched = start(opener, cameras=())
    qtbot.waitUntil(lambda: watched.frames == [7])
    with qtbot.waitSignal(watched.desk.camera_still_missing):
        watched.desk.look_for_camera()
    watched.cameras = ("camera:2",)

    def found_after_looking() -> bool:
        watched.desk.look_for_camera()
        return watched.frames[:2] == [7, 9]

    qtbot.waitUntil(found_after_looking)


class Doorway:
    """Opens the demo clip, and the cameras that are plugged in."""

    def __init__(self) -> None:
        self.cameras: dict[str, ScriptedCamera] = {}

    def __call__(self, source: str, _: Settings) -> FrameSource:
        if source == "demo":
            return waiting_camera(7)
        if source not in self.cameras:
            raise LOST
        return self.cameras[source]


@pytest.fixture
def late(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Watched]:
    """Starts a desk without a camera; one appears while the demo stands in."""

    def appear(source: str) -> Watched:
        monkeypatch.setattr("gui.capture.WATCH_S", 0.02)
        doorway = Doorway()
        watched = start(doorway, cameras=())
        qtbot.waitUntil(lambda: watched.frames == [7])
        doorway.cameras[source] = waiting_camera(9)
        watched.cameras = (source,)
        qtbot.waitUntil(lambda: watched.frames == [7, 9] and watched.phase is SourcePhase.PLAYING)
        return watched

    return appear


def test_a_camera_that_appears_late_is_opened_by_itself(late: Callable[[str], Watched]) -> None:
    watched = late("camera:0")
    assert (watched.missing, watched.opened) == (1, ["camera:0", "demo", "camera:0"])
    assert threading.get_ident() not in watched.looked_in


def test_a_camera_that_came_late_stays_when_its_settings_change(qtbot: QtBot, late: Callable[[str], Watched]) -> None:
    watched = late("camera:4")
    watched.desk.apply(replace(SETTINGS, width=1280))
    qtbot.waitUntil(lambda: watched.opened == ["camera:0", "demo", "camera:4", "camera:4"])


def test_a_demo_that_was_asked_for_stays_the_demo(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.capture.WATCH_S", 0.02)
    watched = start(Doorway(), cameras=())
    qtbot.waitUntil(lambda: watched.frames == [7])
    watched.desk.apply(replace(SETTINGS, source="demo"))
    qtbot.waitUntil(lambda: watched.frames == [7, 7])
    watched.cameras = ("camera:0",)
    qtbot.wait(200)
    assert watched.opened == ["camera:0", "demo", "demo"]


def test_retry_asks_for_the_camera_when_the_demo_that_stands_in_for_it_fails(qtbot: QtBot, start: Start) -> None:
    no_clip = SourceError("There is no clip.", "Install the program again.")
    watched = start(ScriptedOpening([LOST, no_clip, waiting_camera(9)]), cameras=())
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.FAILED)
    watched.desk.retry()
    qtbot.waitUntil(lambda: watched.frames == [9])
    assert watched.opened == ["camera:0", "demo", "camera:0"]


def test_it_stops_at_once_while_it_waits_for_a_camera(qtbot: QtBot, start: Start) -> None:
    watched = start(Doorway(), cameras=())
    qtbot.waitUntil(lambda: watched.frames == [7])
    assert watched.desk.stop()
    assert not watched.desk.running


def test_a_camera_that_is_there_but_busy_is_not_replaced_by_the_demo(qtbot: QtBot, start: Start) -> None:
    watched = start(ScriptedOpening([LOST]), cameras=("camera:0",))
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.FAILED)
    assert (watched.desk.state.tries_again, watched.missing) == (True, 0)


def test_a_file_is_opened_again_by_retry(qtbot: QtBot, start: Start) -> None:
    opening = ScriptedOpening([SourceError("There is no file.", "Choose another one."), waiting_camera(4)])
    watched = start(opening)
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.FAILED)
    watched.desk.retry()
    qtbot.waitUntil(lambda: watched.frames == [4])


def test_a_clip_at_its_end_is_played_again(qtbot: QtBot, start: Start) -> None:
    clips = [ScriptedCamera(numbered_frames(1, start=number), is_live=False) for number in (1, 2)]
    watched = start(ScriptedOpening(clips))
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.ENDED)
    watched.desk.retry()
    qtbot.waitUntil(lambda: watched.frames == [1, 2])


def test_a_clip_is_played_over_and_over_where_that_is_asked_for(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.desk.REPEAT_AFTER_MS", 10)
    clips = [ScriptedCamera(numbered_frames(1, start=number), is_live=False) for number in range(1, 6)]
    watched = start(ScriptedOpening(clips))
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.ENDED)
    watched.desk.repeat(True)
    qtbot.waitUntil(lambda: watched.frames[:3] == [1, 2, 3])
    watched.desk.repeat(False)
    qtbot.waitUntil(lambda: watched.phase is SourcePhase.ENDED)
    opened = len(watched.opened)
    qtbot.wait(100)
    assert len(watched.opened) == opened


def test_a_missing_camera_is_a_trouble_as_long_as_the_demo_stands_in_for_it(qtbot: QtBot, start: Start) -> None:
    watched = start(Doorway(), cameras=())
    qtbot.waitUntil(lambda: watched.frames == [7] and watched.phase is SourcePhase.PLAYING)
    assert watched.desk.state.error is None
    assert watched.desk.trouble is LOST
    watched.desk.open("demo")
    assert watched.desk.trouble is None, "this demo was asked for"


def test_another_source_replaces_the_first_and_gives_it_back(qtbot: QtBot, start: Start) -> None:
    first, second = waiting_camera(1), waiting_camera(2)
    watched = start(ScriptedOpening([first, second]))
    qtbot.waitUntil(lambda: watched.frames == [1])
    watched.desk.apply(replace(SETTINGS, source="camera:1"))
    qtbot.waitUntil(lambda: watched.frames == [1, 2])
    assert first.closed
    assert watched.opened == ["camera:0", "camera:1"]


def test_settings_that_do_not_concern_the_camera_leave_it_open(qtbot: QtBot, start: Start) -> None:
    watched = start(ScriptedOpening([waiting_camera(1)]))
    qtbot.waitUntil(lambda: watched.frames == [1])
    watched.desk.apply(replace(SETTINGS, attributes=True, theme="dark"))
    assert watched.opened == ["camera:0"]


def test_the_picture_moves_while_inference_is_busy(qtbot: QtBot, start: Start) -> None:
    gate = threading.Event()
    watched = start(ScriptedOpening([waiting_camera(*range(1, 20))]), engine=ScriptedEngine(gate=gate))
    qtbot.waitUntil(lambda: watched.frames[-1:] == [19])
    assert watched.results == []
    gate.set()
    qtbot.waitUntil(lambda: bool(watched.results))


def test_the_picture_moves_while_a_network_loads(qtbot: QtBot, start: Start) -> None:
    loading = threading.Event()
    watched = start(ScriptedOpening([waiting_camera(1, 2, 3)]), engine=ScriptedEngine(loading=loading))
    qtbot.waitUntil(lambda: watched.frames[-1:] == [3])
    loading.set()


def stopped_in(watched: Watched) -> float:
    began = time.monotonic()
    watched.desk.stop()
    return time.monotonic() - began


def test_it_stops_at_once_while_a_camera_is_being_opened(qtbot: QtBot, start: Start) -> None:
    release = threading.Event()

    def hanging(*_: object) -> FrameSource:
        release.wait(30)
        raise LOST

    watched = start(hanging)
    qtbot.waitUntil(lambda: bool(watched.opened))
    assert stopped_in(watched) < 2.0
    release.set()


@pytest.mark.parametrize("busy", ["loading", "looking"])
def test_it_stops_in_time_while_a_network_is_busy(qtbot: QtBot, start: Start, busy: str) -> None:
    held = threading.Event()
    engine = ScriptedEngine(loading=held) if busy == "loading" else ScriptedEngine(gate=held)
    watched = start(ScriptedOpening([waiting_camera(1)]), engine=engine)
    qtbot.waitUntil(lambda: watched.frames == [1])
    assert stopped_in(watched) < 2.0
    held.set()


def test_stopping_gives_the_camera_back(qtbot: QtBot, start: Start) -> None:
    camera = waiting_camera(1)
    watched = start(ScriptedOpening([camera]))
    qtbot.waitUntil(lambda: watched.frames == [1])
    assert watched.desk.stop()
    assert camera.closed
