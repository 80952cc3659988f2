"""Reading face sets."""

from pathlib import Path

import numpy as np
import pytest

from models.data import age_group, read_faces
from models.tasks import TASKS, Task
from tests.models.faces import drawn_face, write_set


def test_a_set_is_read_with_its_labels(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert len(faces) == 12
    assert faces.persons[3] == "person-1"
    assert faces.labels("age")[:3].tolist() == [0, 1, 2]
    assert faces.labels("ethnicity")[:4].tolist() == [0, 1, 2, -1]
    assert faces.teacher.shape == (12, 128)


def test_a_further_task_is_an_entry_and_a_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path / "sets" / "drawn")
    table = tmp_path / "sets" / "drawn" / "labels.csv"
    header, first, *others = table.read_text().splitlines()
    table.write_text("\n".join([f"{header},emotion", f"{first},glad", *(f"{line}," for line in others)]))
    monkeypatch.setattr("models.data.TASKS", (*TASKS, Task("emotion", ("calm", "glad"), weight=0.5)))
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert faces.labels("emotion").tolist() == [1, *[-1] * 11]


def test_the_middle_of_a_crop_is_the_networks_input(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    expected = drawn_face(5)[8:136, 8:136, ::-1]
    assert np.array_equal(faces.middle([5])[0], expected)


def test_decoded_crops_are_used_again(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    first = read_faces(tmp_path / "sets", tmp_path / "cache")
    (tmp_path / "sets" / "drawn" / "crops.zip").unlink()
    again = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert np.array_equal(first.crops, again.crops)


def test_an_empty_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"folders with a labels\.csv"):
        read_faces(tmp_path, tmp_path / "cache")


@pytest.mark.parametrize(
    ("age", "group"), [("", -1), ("0", 0), ("29", 0), ("30", 1), ("54", 1), ("55", 2), ("101", 2), ("adult", 1)]
)
def test_age_groups_begin_at_30_and_55(age: str, group: int) -> None:
    assert age_group(age) == group
