"""Photographs are searched for large faces first."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from engine.errors import ModelError
from engine.photographs import LONGEST_SIDE_PX, faces_in_photograph, search_sizes, shrunk
from engine.types import Detection, Image
from tests.engine.scripted import detection


@dataclass
class OneFace:
    """Finds a face of this size where it searches for such small ones."""

    size_px: int
    min_face_px: int = 40
    searched: list[int] = field(default_factory=list)

    def detect(self, image: Image) -> tuple[Detection, ...]:
        self.searched.append(self.min_face_px)
        if not image.any():
            raise ModelError("The detector failed.", "Install it again.")
        return (detection(10, 10, self.size_px),) if self.size_px >= self.min_face_px else ()


def picture(height: int, width: int) -> Image:
    return np.full((height, width, 3), 90, np.uint8)


@pytest.mark.parametrize(("size_px", "found", "searches"), [(300, 1, 1), (30, 1, 2), (10, 0, 2)])
def test_small_faces_are_searched_for_where_there_is_no_large_one(size_px: int, found: int, searches: int) -> None:
    detector = OneFace(size_px)
    photograph = picture(1000, 1500)
    assert len(faces_in_photograph(detector, photograph)) == found
    assert detector.searched == list(search_sizes(photograph)[:searches])
    assert detector.min_face_px == 40


def test_a_detector_that_fails_searches_afterwards_as_before() -> None:
    detector = OneFace(300)
    with pytest.raises(ModelError):
        faces_in_photograph(detector, np.zeros_like(picture(1000, 1500)))
    assert detector.min_face_px == 40


def test_a_small_photograph_is_searched_once() -> None:
    assert search_sizes(picture(100, 100)) == (20,)


def test_a_large_photograph_is_shrunk_and_others_are_left_alone() -> None:
    assert shrunk(picture(3000, 4000)).shape == (1500, LONGEST_SIDE_PX, 3)
    small = picture(1500, 2000)
    assert shrunk(small) is small


def test_a_photograph_far_longer_than_wide_stays_a_picture() -> None:
    assert shrunk(picture(1, 20000)).shape == (1, LONGEST_SIDE_PX, 3)
