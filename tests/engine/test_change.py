import numpy as np
import pytest

from engine.change import ChangeWatch
from engine.types import Floats, Frame

NOBODY = np.empty((0, 4), np.float32)


def frame(noise: int = 0) -> Frame:
    values = np.random.default_rng(noise).normal(90, 12 if noise else 0, (480, 640, 3))
    return Frame(values.clip(0, 255).astype(np.uint8), 0, 0, 0.0)


def with_patch(x: int, y: int, side: int) -> Frame:
    image = np.array(frame().image)
    image[y : y + side, x : x + side] = 200
    return Frame(image, 1, 0, 40.0)


@pytest.fixture
def watch() -> ChangeWatch:
    watch = ChangeWatch(40.0**2)
    watch.remember(frame())
    return watch


def test_the_first_frame_counts_as_changed() -> None:
    assert ChangeWatch(1600.0).changed(frame(), NOBODY)


def test_a_still_picture_and_camera_noise_do_not(watch: ChangeWatch) -> None:
    assert not watch.changed(frame(), NOBODY)
    assert not watch.changed(frame(noise=1), NOBODY)


def test_something_as_large_as_a_face_does(watch: ChangeWatch) -> None:
    assert watch.changed(with_patch(300, 200, 64), NOBODY)
    assert not watch.changed(with_patch(300, 200, 16), NOBODY)


def test_a_face_that_is_followed_anyway_does_not(watch: ChangeWatch) -> None:
    known: Floats = np.array([[290, 190, 370, 270]], np.float32)
    assert not watch.changed(with_patch(300, 200, 64), known)


def test_another_size_does(watch: ChangeWatch) -> None:
    assert watch.changed(Frame(np.zeros((240, 320, 3), np.uint8), 2, 0, 80.0), NOBODY)


def test_forgetting_makes_the_next_frame_count(watch: ChangeWatch) -> None:
    watch.forget()
    assert watch.changed(frame(), NOBODY)
