"""Who may be used for what in somebody's own sets."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from models.data import Faces, read_faces
from models.splits import main, make_own_splits, role_rows
from tests.models.faces import write_set


def some(faces: Faces, rows: np.ndarray) -> Faces:
    """A set that has only these rows of another one."""
    values = {field.name: getattr(faces, field.name) for field in fields(Faces)}
    classes = {task: labels[rows] for task, labels in values.pop("classes").items()}
    return replace(faces, **{name: value[rows] for name, value in values.items()}, classes=classes)


def kept(faces: Faces) -> set[str]:
    """Hashes of the faces that something is measured on."""
    chosen = make_own_splits(faces)
    return set(faces.hashes[np.concatenate([chosen["pairs"], chosen["attributes"]])].tolist())


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


def test_nobody_who_was_trained_is_kept_when_persons_are_added(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "mine", people=42)
    read = read_faces(tmp_path / "sets", tmp_path / "cache")
    everybody = replace(read, teacher=10 * np.eye(len(read), 128, dtype=np.float32))
    order = np.random.default_rng(0).permutation(np.unique(everybody.persons))
    for count in (24, 30, 36):
        before = some(everybody, np.flatnonzero(np.isin(everybody.persons, order[:count])))
        trained = set(before.hashes.tolist()) - kept(before)
        assert trained
        assert not trained & kept(everybody)


def test_no_loose_face_that_was_trained_is_kept_when_others_are_added(people: Faces) -> None:
    loose = replace(people, persons=np.full(len(people), ""))
    first = some(loose, np.arange(30))
    assert len(kept(first)) >= 4
    assert kept(loose) & set(first.hashes.tolist()) <= kept(first)


def test_pairs_get_the_four_persons_that_they_need(people: Faces) -> None:
    names = np.array([f"{person}-{number % 2}" for number, person in enumerate(people.persons)])
    several = replace(people, persons=names)  # forty persons
    assert len(np.unique(names[make_own_splits(several, share=0.1)["pairs"]])) >= 4


def test_another_table_than_that_of_the_roles_is_named(people: Faces, tmp_path: Path) -> None:
    table = tmp_path / "sets" / "mine" / "labels.csv"
    with pytest.raises(ValueError, match=r"Expected columns `sha256_16` and `role` in .*labels\.csv"):
        role_rows(people, "train", table)


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["splits", "--faces", str(tmp_path / "nowhere"), "--out", str(tmp_path / "o.csv")])
    with pytest.raises(SystemExit, match="nowhere, found none"):
        main()
