"""Making a set from photographs."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.align import TEMPLATE
from engine.mtcnn import Mtcnn
from engine.types import Detection, Image
from models.data import read_faces
from models.photographs import find_photos
from models.prepare import _replace, crop_photo, main, prepare
from tests.models.faces import drawn_face


class OneFace(Mtcnn):
    """A detector that finds one face where a drawn one is, and none in black pictures."""

    def __init__(self) -> None:
        self.looked_at = 0

    def detect(self, image: Image) -> tuple[Detection, ...]:
        self.looked_at += 1
        if not image.any():
            return ()
        box = np.array([10, 10, 110, 130], np.float32)
        return (Detection(box, (TEMPLATE + 8).astype(np.float32), 0.99),)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for person in ("ada", "bo"):
        (folder / person).mkdir(parents=True)
        cv2.imwrite(str(folder / person / "1.png"), drawn_face(len(person)))
    cv2.imwrite(str(folder / "ada" / "2.png"), drawn_face(7))
    cv2.imwrite(str(folder / "bo" / "black.png"), np.zeros((144, 144, 3), np.uint8))
    (folder / "bo" / "copy.png").write_bytes((folder / "bo" / "1.png").read_bytes())
    (folder / "bo" / "text.png").write_text("no picture")
    return folder


def test_faces_are_aligned_and_what_cannot_be_used_is_reported(photos: Path, tmp_path: Path) -> None:
    refused = prepare(find_photos(photos), tmp_path / "sets" / "people", OneFace())
    assert refused == {"no face found": 1, "same file": 1, "not a picture that can be read": 1}
    with (tmp_path / "sets" / "people" / "refused.csv").open(newline="") as table:
        assert {line["original"] for line in csv.DictReader(table)} == {"bo/black.png", "bo/copy.png", "bo/text.png"}
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert sorted(faces.persons.tolist()) == ["ada", "ada", "bo"]
    row = faces.originals.tolist().index("ada/2.png")
    expected = drawn_face(7)[..., ::-1].astype(int)
    assert np.abs(faces.crops[row].astype(int) - expected).mean() < 2


def test_called_again_it_only_looks_at_new_pictures(photos: Path, tmp_path: Path) -> None:
    detector = OneFace()
    prepare(find_photos(photos), tmp_path / "people", detector)
    first = detector.looked_at
    cv2.imwrite(str(photos / "ada" / "3.png"), drawn_face(9))
    prepare(find_photos(photos), tmp_path / "people", detector)
    assert detector.looked_at == first + 2  # the new picture, and the black one that never gave a crop


def test_a_table_brings_ages_and_ethnicities(photos: Path, tmp_path: Path) -> None:
    table = photos / "labels.csv"
    table.write_text("file,person,age,ethnicity\nada/1.png,ada,34,asian\nbo/1.png,,old,\n")
    prepare(find_photos(table), tmp_path / "sets" / "people", OneFace())
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert faces.labels("age").tolist() == [1, 2]
    assert faces.labels("ethnicity").tolist() == [0, -1]
    assert faces.persons.tolist() == ["ada", ""]


def test_a_table_is_read_as_programs_write_it(photos: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    table = photos / "labels.csv"
    text = "file;person;age;ethnicity;split\nada/1.png; ada ;Adult;ASIAN;Test\nada/2.png;ada;25-32;martian;\n"
    table.write_text(text, encoding="utf-8-sig")
    prepare(find_photos(table), tmp_path / "sets" / "people", OneFace())
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert faces.labels("age").tolist() == [1, -1]
    assert faces.labels("ethnicity").tolist() == [0, -1]
    assert faces.splits.tolist() == ["test", ""]
    assert "ethnicity 'martian'" in caplog.text
    assert "age '25-32'" in caplog.text


def test_pictures_beside_the_folders_show_nobody_known(photos: Path) -> None:
    (photos / "loose.png").write_bytes((photos / "ada" / "1.png").read_bytes())
    (loose,) = [photo for photo in find_photos(photos) if not photo.labels]
    assert loose.original == "loose.png"


def test_an_empty_file_is_refused_and_the_others_are_kept(photos: Path, tmp_path: Path) -> None:
    (photos / "ada" / "0.jpg").touch()
    refused = prepare(find_photos(photos), tmp_path / "people", OneFace())
    assert refused["not a picture that can be read"] == 2


def test_a_set_that_grew_forgets_the_teacher_of_the_old_one(photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sets" / "people"
    prepare(find_photos(photos), folder, OneFace())
    np.save(folder / "teacher.npy", np.ones((3, 128), np.float16))
    (folder / "teacher.txt").touch()
    prepare(find_photos(photos), folder, OneFace())
    assert read_faces(tmp_path / "sets", tmp_path / "cache").teacher.all()
    cv2.imwrite(str(photos / "ada" / "3.png"), drawn_face(9))
    prepare(find_photos(photos), folder, OneFace())
    assert not read_faces(tmp_path / "sets", tmp_path / "cache").teacher.any()
    assert not (folder / "teacher.txt").exists()


def test_pictures_that_changed_tell_that_the_teacher_goes(
    photos: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(find_photos(photos), tmp_path / "people", OneFace())
    np.save(tmp_path / "people" / "teacher.npy", np.ones((3, 128), np.float16))
    prepare(find_photos(photos), tmp_path / "people", OneFace())
    assert "teacher" not in caplog.text
    (photos / "ada" / "2.png").unlink()
    prepare(find_photos(photos), tmp_path / "people", OneFace())
    assert "teacher.npy goes; with --teacher it is made anew" in caplog.text


def test_a_picture_listed_twice_is_known_by_both_lines(
    photos: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (photos / "black.png").write_bytes((photos / "bo" / "black.png").read_bytes())
    lines = [
        *("ada/1.png,ada,34,,train", "ada/1.png,bo,34,black,test"),
        *("bo/1.png,,,white,test", "bo/copy.png,bo,old,,train"),
        *("ada/2.png,ada,60,,", "ada/2.png,ada,20,,val", "black.png,cy,,,", "bo/black.png,cy,,,test"),
    ]
    table = photos / "labels.csv"
    table.write_text("\n".join(["file,person,age,ethnicity,split", *lines]))
    refused = prepare(find_photos(table), tmp_path / "sets" / "people", OneFace())
    assert refused == {"same file": 4, "no face found": 1}
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert faces.splits.tolist() == ["test", "test", "val"]
    assert faces.persons.tolist() == ["ada", "bo", "ada"]
    assert faces.labels("age").tolist() == [1, 2, 2]
    assert faces.labels("ethnicity").tolist() == [2, 1, -1]
    assert [record.getMessage() for record in caplog.records] == [
        "ada/1.png and ada/1.png are one picture, but person is 'ada' and 'bo': 'ada' is taken",
        "ada/1.png and ada/1.png are one picture, but split is 'train' and 'test': 'test' is taken",
        "bo/1.png and bo/copy.png are one picture, but split is 'test' and 'train': 'test' is taken",
        "ada/2.png and ada/2.png are one picture, but age is '60' and '20': '60' is taken",
    ]


def test_a_line_without_a_file_is_refused_and_the_others_are_kept(photos: Path, tmp_path: Path) -> None:
    table = photos / "labels.csv"
    table.write_text("person,file\nanna\nada,ada/1.png\nbo," + 5000 * "x" + "\n")
    assert prepare(find_photos(table), tmp_path / "people", OneFace()) == {"file is missing": 2}


def test_of_several_faces_the_one_in_the_middle_is_cut_out(tmp_path: Path) -> None:
    class TwoFaces(OneFace):
        """Finds a second, wider face far to the left."""

        def detect(self, image: Image) -> tuple[Detection, ...]:
            (face,) = super().detect(image)
            box = np.array([-220, 10, -110, 130], np.float32)
            aside = Detection(box, (TEMPLATE - 200).astype(np.float32), 0.99)
            return (aside, face)

    cv2.imwrite(str(tmp_path / "two.png"), drawn_face(0))
    crop, width_px, _ = crop_photo(tmp_path / "two.png", TwoFaces())
    assert width_px == pytest.approx(100)
    assert np.abs(crop.astype(int) - drawn_face(0)[..., ::-1].astype(int)).mean() < 2


def test_a_table_without_files_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("name\nada\n")
    with pytest.raises(ValueError, match="column `file`"):
        find_photos(tmp_path / "labels.csv")
    with pytest.raises(FileNotFoundError, match="Expected pictures"):
        find_photos(tmp_path)


def test_pictures_of_which_none_can_be_used_are_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photos" / "ada").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "photos" / "ada" / "1.png"), np.zeros((144, 144, 3), np.uint8))
    monkeypatch.setattr(Mtcnn, "load", OneFace)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["prepare", "photos", "--out", "mine/people", "--teacher", "nowhere"])
    with pytest.raises(SystemExit, match=r"No picture of photos can be used; mine.people.refused\.csv says why"):
        main()
    monkeypatch.setattr("sys.argv", ["prepare", "table.csv", "--out", "mine/people"])
    with pytest.raises(SystemExit, match=r"table\.csv is not there"):
        main()


def test_two_programs_may_write_one_file_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, plain = tmp_path / "labels.csv", Path.replace

    def another_is_quicker(unfinished: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", plain)
        _replace(path, b"theirs")
        return plain(unfinished, target)

    monkeypatch.setattr(Path, "replace", another_is_quicker)
    _replace(path, b"ours")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"labels.csv": b"ours"}
