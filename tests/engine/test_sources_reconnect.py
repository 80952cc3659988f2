import threading

import pytest

from engine.errors import CameraError, SourceError
from engine.sources import Backoff, FrameSource, Reconnecting
from engine.types import Frame
from tests.scripted_camera import LOST, ScriptedCamera, ScriptedOpening, number_of, numbered_frames


class Diary:
    """Notes what happens, and lets no time pass."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.waits = 0

    def lost(self, error: CameraError, retry_in_s: float) -> None:
        self.entries.append(f"lost, again in {retry_in_s:g} s")

    def found(self) -> None:
        self.entries.append("found")

    def wait(self, event: threading.Event, seconds: float) -> bool:
        self.waits += 1
        return event.is_set()


def reconnecting(opening: ScriptedOpening, diary: Diary, source: FrameSource | None = None) -> Reconnecting:
    return Reconnecting(opening, source=source, on_lost=diary.lost, on_found=diary.found, wait=diary.wait)


def read(source: FrameSource) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def test_waits_double_up_to_five_seconds() -> None:
    assert [Backoff().delay_s(failures) for failures in range(1, 8)] == [0.5, 1, 2, 4, 5, 5, 5]
    assert Backoff().delay_s(10_000) == 5


def test_a_lost_camera_is_found_again() -> None:
    first = ScriptedCamera([*numbered_frames(2), LOST])
    second = ScriptedCamera(numbered_frames(2, start=10))
    diary = Diary()
    source = reconnecting(ScriptedOpening([first, LOST, LOST, second]), diary)
    frames = [read(source) for _ in range(4)]
    assert [number_of(frame) for frame in frames] == [0, 1, 10, 11]
    assert diary.entries == ["lost, again in 0.5 s", "lost, again in 1 s", "lost, again in 2 s", "found"]
    assert diary.waits == 3  # one for each try: nothing is polled
    assert first.closed == 1


def test_numbers_and_times_go_on_growing() -> None:
    cameras = [ScriptedCamera([*numbered_frames(2), LOST]), ScriptedCamera(numbered_frames(2))]
    source = reconnecting(ScriptedOpening(cameras), Diary())
    frames = [read(source) for _ in range(4)]
    times = [frame.time_ms for frame in frames]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    assert times == sorted(times)
    assert times[0] == 0


def test_the_wait_is_short_again_after_a_recovery() -> None:
    cameras: list[FrameSource | Exception] = [LOST, LOST]
    cameras += [ScriptedCamera([*numbered_frames(1), LOST]), ScriptedCamera(numbered_frames(1))]
    diary = Diary()
    source = reconnecting(ScriptedOpening(cameras), diary)
    read(source)
    read(source)
    assert diary.entries[-2:] == ["lost, again in 0.5 s", "found"]


def test_a_camera_that_opens_but_gives_nothing_is_not_found() -> None:
    mute = [ScriptedCamera([LOST]) for _ in range(3)]
    diary = Diary()
    source = reconnecting(ScriptedOpening([*mute, ScriptedCamera(numbered_frames(1))]), diary)
    read(source)
    assert diary.entries == ["lost, again in 0.5 s", "lost, again in 1 s", "lost, again in 2 s", "found"]
    assert [camera.closed for camera in mute] == [1, 1, 1]


def test_it_takes_over_a_camera_that_is_open() -> None:
    opening = ScriptedOpening([LOST])
    source = reconnecting(opening, Diary(), ScriptedCamera(numbered_frames(1), name="Camera 7", fps=15))
    assert (source.name, source.fps, source.is_camera) == ("Camera 7", 15, True)
    read(source)
    assert opening.calls == 0


def test_what_trying_again_cannot_mend_is_raised() -> None:
    source = reconnecting(ScriptedOpening([SourceError("Not installed.", "Install it.")]), Diary())
    with pytest.raises(SourceError, match="Not installed"):
        source.read()


class WaitingReader:
    """Reads in a thread of its own, as a capture worker does."""

    def __init__(self, source: FrameSource) -> None:
        self.frames: list[Frame | None] = []
        self._thread = threading.Thread(target=lambda: self.frames.append(source.read()))
        self._thread.start()

    def join(self) -> list[Frame | None]:
        self._thread.join(5)
        assert not self._thread.is_alive()
        return self.frames


def test_stop_ends_the_wait_for_the_next_try() -> None:
    lost = threading.Event()
    source = Reconnecting(ScriptedOpening([LOST]), on_lost=lambda *_: lost.set(), backoff=Backoff(3600, 3600))
    reader = WaitingReader(source)
    assert lost.wait(5)
    source.stop()
    assert reader.join() == [None]


def test_stop_ends_a_read_of_a_silent_camera() -> None:
    silent = ScriptedCamera(["silence"])
    source = Reconnecting(ScriptedOpening([]), source=silent)
    reader = WaitingReader(source)
    source.stop()
    assert reader.join() == [None]


def test_retry_now_does_not_wait() -> None:
    lost = threading.Event()
    opening = ScriptedOpening([LOST, ScriptedCamera(numbered_frames(1, start=5))])
    source = Reconnecting(opening, on_lost=lambda *_: lost.set(), backoff=Backoff(3600, 3600))
    reader = WaitingReader(source)
    assert lost.wait(5)
    source.retry_now()
    (frame,) = reader.join()
    assert frame is not None
    assert number_of(frame) == 5
