import cv2
import numpy as np
import pytest

from engine.align import TEMPLATE
from engine.quality import frontality, look_quality, promise
from engine.types import Image
from tests.engine.scripted import detection


@pytest.fixture
def sharp() -> Image:
    return np.random.default_rng(0).integers(0, 255, (128, 128, 3), np.uint8)


def test_a_large_sharp_frontal_face_counts_in_full(sharp: Image) -> None:
    assert look_quality(detection(0, 0, 120), sharp) == pytest.approx(0.999, abs=0.01)


@pytest.mark.parametrize("spoil", [lambda crop: cv2.GaussianBlur(crop, (0, 0), 4), lambda crop: crop // 16])
def test_blur_and_darkness_lower_it(sharp: Image, spoil) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    whole = look_quality(detection(0, 0, 120), sharp)
    assert look_quality(detection(0, 0, 120), spoil(sharp)) < 0.7 * whole


def test_a_small_face_promises_less() -> None:
    assert promise(detection(0, 0, 40)) == pytest.approx(0.4, abs=0.02)


def test_a_turned_head_is_less_frontal() -> None:
    straight = TEMPLATE.astype(np.float32)
    turned = straight.copy()
    turned[2, 0] += 20
    profile = straight.copy()
    profile[[0, 3], 0] = profile[[1, 4], 0] - 12
    assert frontality(straight) > 0.95
    assert frontality(turned) < 0.5
    assert frontality(profile) < 0.4


def test_landmarks_on_one_point_are_worth_nothing() -> None:
    assert frontality(np.ones((5, 2), np.float32)) == 0.0
