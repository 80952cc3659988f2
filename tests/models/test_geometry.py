"""The face ellipse."""

import numpy as np

from models.geometry import LANDMARKS_PX, face_ellipse


def test_the_corners_are_hidden_and_the_face_is_seen() -> None:
    mask = face_ellipse()[..., 0]
    assert mask.shape == (128, 128)
    assert mask[[0, 0, 127, 127], [0, 127, 0, 127]].max() == 0.0
    assert all(mask[round(y), round(x)] == 1.0 for x, y in LANDMARKS_PX)


def test_the_edge_is_soft_and_lies_on_the_half_axes() -> None:
    mask = face_ellipse()[..., 0]
    assert 0.3 < mask[66, 64 - 56] < 0.7
    assert np.abs(np.diff(mask[66])).max() < 0.5


def test_a_smaller_image_has_the_same_ellipse() -> None:
    shrunk = face_ellipse().reshape(64, 2, 64, 2).mean(axis=(1, 3))
    assert np.abs(face_ellipse(64)[..., 0] - shrunk).max() < 0.1
