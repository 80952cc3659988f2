"""People kept out by name of whom training holds a picture under another one."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.data import Faces, read_faces
from models.evaluation.subject import Subject
from tests.models.faces import write_set

KEPT = range(6)
"""Pictures of the first two of four persons."""
PICTURES = 3


@pytest.fixture
def faces(tmp_path: Path) -> Faces:
    write_set(tmp_path / "faces" / "a")
    read = read_faces(tmp_path / "faces", tmp_path / "cache", ["a"])
    return replace(read, teacher=np.eye(128, dtype=np.float32)[np.arange(len(read)) // PICTURES])


@pytest.fixture
def splits(faces: Faces, tmp_path: Path) -> Path:
    lines = [f"{faces.hashes[row]},pairs" for row in KEPT]
    (tmp_path / "splits.csv").write_text("\n".join(["sha256_16,role", *lines, ""]))
    return tmp_path / "splits.csv"


def test_who_is_like_a_face_of_training_is_left_out(faces: Faces, splits: Path) -> None:
    faces.teacher[9] = faces.teacher[0] + 0.01
    apart = Subject(faces, np.array(KEPT), "kept-out faces").apart(splits)
    assert set(apart.persons) == {"person-1"}
    assert apart.source == "kept-out faces without 1 of 2 people, like faces of training"


def test_one_picture_of_several_is_not_enough(faces: Faces, splits: Path) -> None:
    faces.teacher[0] = faces.teacher[9]
    assert set(Subject(faces, np.array(KEPT), "").apart(splits).persons) == {"person-0", "person-1"}


@pytest.mark.parametrize("row", [0, 9])
def test_without_the_teacher_nothing_can_be_told(faces: Faces, splits: Path, row: int) -> None:
    faces.teacher[row] = 0
    with pytest.raises(ValueError, match="prepare the sets with --teacher"):
        Subject(faces, np.array(KEPT), "").apart(splits)
