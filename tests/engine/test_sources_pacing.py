import threading
from dataclasses import dataclass, field

import pytest

from engine.errors import SourceError
from engine.sources import Paced
from engine.types import Frame
from tests.scripted_camera import ScriptedCamera, number_of, numbered_frames, numbered_image


@dataclass
class Clock:
    """Time passes only by waiting, or when a test says so."""

    now_ns: int = 1_000_000_000
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> int:
        return self.now_ns

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 6))
        self.now_ns += round(seconds * 1e9)


def film(count: int, fps: float = 10.0) -> ScriptedCamera:
    return ScriptedCamera(numbered_frames(count), fps=fps, is_live=False)


def read(source: Paced) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def test_frames_come_at_their_own_times() -> None:
    clock = Clock()
    paced = Paced(film(3), clock_ns=clock, wait=clock.wait)
    frames = list(iter(paced.read, None))
    assert clock.waits == [0.1, 0.1]
    assert [frame.captured_ns for frame in frames] == [1_000_000_000, 1_100_000_000, 1_200_000_000]


def test_time_spent_elsewhere_is_not_waited_for_again() -> None:
    clock = Clock()
    paced = Paced(film(3), clock_ns=clock, wait=clock.wait)
    read(paced)
    clock.now_ns += 60_000_000
    read(paced)
    assert clock.waits == [0.04]


def test_after_a_long_pause_it_goes_on_instead_of_rushing() -> None:
    clock = Clock()
    paced = Paced(film(4), clock_ns=clock, wait=clock.wait)
    read(paced)
    clock.now_ns += 5_000_000_000
    read(paced)
    read(paced)
    assert clock.waits == [0.1]


def test_it_loops_with_growing_numbers_and_times() -> None:
    clock = Clock()
    paced = Paced(film(2), loop=True, clock_ns=clock, wait=clock.wait)
    frames = [read(paced) for _ in range(5)]
    assert [number_of(frame) for frame in frames] == [0, 1, 0, 1, 0]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.time_ms for frame in frames] == pytest.approx([0, 100, 200, 300, 400])
    assert clock.waits == [0.1] * 4


def test_a_camera_is_not_paced() -> None:
    clock = Clock()
    camera = ScriptedCamera(numbered_frames(3))
    paced = Paced(camera, loop=True, clock_ns=clock, wait=clock.wait)
    assert len(list(iter(paced.read, None))) == 3
    assert clock.waits == []
    assert paced.is_live
    assert paced.is_camera


def test_damage_is_passed_on() -> None:
    paced = Paced(ScriptedCamera([numbered_image(0), SourceError("Broken.", "Mend it.")], is_live=False), loop=True)
    read(paced)
    with pytest.raises(SourceError, match=r"Broken\."):
        paced.read()


def test_an_empty_film_does_not_loop_for_ever() -> None:
    assert Paced(film(0), loop=True).read() is None


def test_stop_ends_a_long_wait() -> None:
    late = Frame(numbered_image(1), 1, 0, 3_600_000.0)
    paced = Paced(ScriptedCamera([numbered_image(0), late], is_live=False))
    read(paced)
    ends: list[Frame | None] = []
    waiting = threading.Thread(target=lambda: ends.append(paced.read()))
    waiting.start()
    paced.stop()
    waiting.join(5)
    assert ends == [None]


def test_closing_closes_the_film() -> None:
    film_ = film(1)
    with Paced(film_):
        pass
    assert film_.closed == 1
