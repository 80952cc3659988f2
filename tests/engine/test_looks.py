"""The ways in which a face is looked at."""

import numpy as np
import pytest

from engine.looks import SHIFT_PX, infer_in_full, looks_at
from engine.types import Image, TaskOutputs, TaskScore


class Corner:
    """Answers by the pixel in the left upper corner of what it is shown."""

    def infer(self, crop: Image) -> TaskOutputs:
        red = float(crop[0, 0, 0])
        embedding = np.zeros(128, np.float32)
        embedding[int(red)] = 1.0
        young = red / 10.0
        return TaskOutputs(embedding, (TaskScore("age", ("young", "old"), (young, 1.0 - young)),))


def face() -> Image:
    """Every row has its own red in its left half, from 1 on, and 0 in its right one."""
    rows = np.minimum(np.arange(128) + 1, 200)[:, None].repeat(128, axis=1)
    rows[:, 64:] = 0
    return np.stack([rows, rows, rows], axis=2).astype(np.uint8)


def test_a_face_is_looked_at_as_it_is_lower_and_higher_each_with_its_mirror_image() -> None:
    crop = face()
    looks = looks_at(crop)
    assert [look.shape for look in looks] == [(128, 128, 3)] * 6
    upright, lower, higher = looks[::2]
    assert (upright == crop).all()
    assert (lower[SHIFT_PX:] == crop[:-SHIFT_PX]).all()
    assert (higher[:-SHIFT_PX] == crop[SHIFT_PX:]).all()
    assert (lower[:SHIFT_PX] == crop[0]).all()
    assert all((mirrored == look[:, ::-1]).all() for look, mirrored in zip(looks[::2], looks[1::2], strict=True))


def test_the_mean_of_all_looks_counts() -> None:
    outputs = infer_in_full(Corner(), face())
    seen = np.zeros(128)
    np.add.at(seen, [1, 0, 1, 0, 1 + SHIFT_PX, 0], 1.0)
    assert outputs.embedding == pytest.approx(seen / np.linalg.norm(seen), abs=1e-6)
    assert outputs.tasks[0].probabilities == pytest.approx((0.1, 0.9))
    assert outputs.tasks[0].label == "old"
