import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.align import TEMPLATE, align, similarity_transform


def checked(height: int, width: int) -> NDArray[np.uint8]:
    """A smooth picture in which every place has its own colour."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    planes = [255 * x / width, 255 * y / height, 127 + 100 * np.sin(x / 40) * np.cos(y / 40)]
    return np.stack(planes, axis=-1).astype(np.uint8)


def moved(points: NDArray[np.float64], scale: float, degrees: float, shift: tuple[float, float]) -> NDArray[np.float64]:
    angle = np.radians(degrees)
    rotation = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    result: NDArray[np.float64] = points @ rotation.T + np.array(shift)
    return result


@pytest.mark.parametrize(("scale", "degrees"), [(1.0, 0.0), (0.4, 25.0), (3.0, -140.0)])
def test_a_moved_template_comes_back_to_the_template(scale: float, degrees: float) -> None:
    landmarks = moved(TEMPLATE, scale, degrees, (120.0, 80.0))
    transform = similarity_transform(landmarks)
    back = np.column_stack([landmarks, np.ones(5)]) @ transform.T
    np.testing.assert_allclose(back, TEMPLATE, atol=1e-9)


def test_the_transform_is_the_least_squares_one() -> None:
    landmarks = moved(TEMPLATE, 1.3, 12.0, (200.0, 150.0)) + np.random.default_rng(3).normal(0, 4, (5, 2))
    # Unknowns a, b, tx, ty of x' = a x - b y + tx, y' = b x + a y + ty, solved by lstsq.
    x, y = landmarks.T
    one, zero = np.ones(5), np.zeros(5)
    system = np.concatenate([np.column_stack([x, -y, one, zero]), np.column_stack([y, x, zero, one])])
    a, b, tx, ty = np.linalg.lstsq(system, np.concatenate([TEMPLATE[:, 0], TEMPLATE[:, 1]]))[0]
    np.testing.assert_allclose(similarity_transform(landmarks), [[a, -b, tx], [b, a, ty]], atol=1e-9)


def test_a_mirrored_face_is_not_mirrored_back() -> None:
    mirrored = TEMPLATE * [-1, 1] + [128, 0]
    transform = similarity_transform(mirrored)
    assert np.linalg.det(transform[:, :2]) > 0


def test_a_face_in_place_is_copied() -> None:
    image = checked(128, 128)
    np.testing.assert_array_equal(align(image, TEMPLATE), image)


@pytest.mark.parametrize(("scale", "degrees"), [(0.6, 10.0), (1.4, -20.0), (2.5, 30.0), (6.0, -8.0)])
def test_every_size_of_face_gives_the_same_crop(scale: float, degrees: float) -> None:
    upright = cv2.GaussianBlur(checked(128, 128), (0, 0), 3)
    landmarks = moved(TEMPLATE, scale, degrees, (300.0, 300.0))
    to_frame = cv2.invertAffineTransform(similarity_transform(landmarks))
    frame = cv2.warpAffine(upright, to_frame, (1200, 1200), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    crop = align(np.asarray(frame, dtype=np.uint8), landmarks)
    assert crop.shape == (128, 128, 3)
    assert crop.dtype == np.uint8
    inside = np.abs(crop.astype(int) - upright)[4:-4, 4:-4]
    assert inside.mean() < 1.0
    assert inside.max() <= 8


def test_a_large_face_does_not_alias() -> None:
    fine = np.zeros((1024, 1024, 3), dtype=np.uint8)
    fine[::2] = 255  # lines far finer than the crop's pixels
    crop = align(fine, TEMPLATE * 7.3 + 30)
    assert crop.std() < 8
    assert abs(float(crop.mean()) - 127.5) < 4


def test_the_margin_surrounds_the_same_crop() -> None:
    image = checked(480, 640)
    landmarks = moved(TEMPLATE, 0.9, 5.0, (200.0, 120.0))
    wide = align(image, landmarks, margin=8)
    assert wide.shape == (144, 144, 3)
    difference = np.abs(wide[8:-8, 8:-8].astype(int) - align(image, landmarks))
    assert difference.max() <= 1


def test_another_size_shows_the_same_face() -> None:
    image = checked(480, 640)
    landmarks = moved(TEMPLATE, 1.1, -7.0, (200.0, 120.0))
    half = cv2.resize(align(image, landmarks), (64, 64), interpolation=cv2.INTER_AREA)
    assert np.abs(align(image, landmarks, size=64).astype(int) - half).mean() < 1.0


@pytest.mark.parametrize("shift", [(-60.0, -50.0), (600.0, 440.0), (-4000.0, 9000.0)])
@pytest.mark.parametrize("scale", [0.8, 4.0])
def test_a_face_past_the_edge_repeats_the_edge(shift: tuple[float, float], scale: float) -> None:
    image = np.full((480, 640, 3), 90, dtype=np.uint8)
    assert (align(image, moved(TEMPLATE, scale, 0.0, shift)) == 90).all()


@pytest.mark.parametrize(
    "landmarks", [np.zeros((4, 2)), np.full((5, 2), 7.0), np.full((5, 2), np.nan), np.full((5, 2), np.inf)]
)
def test_what_is_no_face_is_refused(landmarks: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match=r"[Ee]xpected"):
        similarity_transform(landmarks)
