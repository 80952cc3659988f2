"""Who may be used for what in somebody's own sets."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.data import Faces, read_faces
from models.splits import make_own_splits
from tests.models.faces import write_set


@pytest.fixture
def people(tmp_path: Path) -> Faces:
    """Twenty people with three pictures each, all labelled, no two of them alike."""
    write_set(tmp_path / "sets" / "mine", people=20)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    return replace(faces, teacher=10 * np.eye(len(faces), 128, dtype=np.float32))


def roles_of(faces: Faces, chosen: dict[str, np.ndarray]) -> np.ndarray:
    """Role of each face, (n,); "train" for those that none names."""
    roles = np.full(len(faces), "train", "<U10")
    for role, rows in chosen.items():
        assert (roles[rows] == "train").all(), "a face has two roles"
        roles[rows] = role
    return roles


def test_nobody_is_trained_and_measured_on(people: Faces) -> None:
    roles = roles_of(people, make_own_splits(people))
    for role in ("pairs", "attributes"):
        assert (roles == role).sum() == 9
    trained = set(people.persons[roles == "train"].tolist())
    assert not trained & set(people.persons[roles != "train"].tolist())


def test_what_the_owner_keeps_apart_is_kept_and_its_persons_are_not_trained(people: Faces) -> None:
    splits = np.where(people.persons == "person-3", "train", "")
    splits[people.persons == "person-5"] = "test"
    splits[np.flatnonzero(people.persons == "person-3")[0]] = "val"
    roles = roles_of(people, make_own_splits(replace(people, splits=splits)))
    assert set(roles[people.persons == "person-5"]) == {"attributes"}
    assert roles[people.persons == "person-3"].tolist() == ["attributes", "dropped", "dropped"]
    assert (roles == "train").sum() == 54


def test_faces_too_like_a_kept_one_are_dropped(people: Faces) -> None:
    teacher = people.teacher.copy()
    teacher[0] = teacher[-1] + 0.01
    splits = np.full(len(people), "train")
    splits[-3:] = "test"
    roles = roles_of(people, make_own_splits(replace(people, splits=splits, teacher=teacher)))
    assert roles[0] == "dropped"
    assert (roles[1:-3] == "train").all()


def test_without_a_teacher_nothing_is_taken_for_alike(people: Faces) -> None:
    blank = replace(people, teacher=np.zeros((len(people), 128), np.float32))
    roles = roles_of(blank, make_own_splits(blank))
    assert (roles == "dropped").sum() == 0
