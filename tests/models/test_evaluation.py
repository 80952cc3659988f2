"""Evaluation: identification, pairs files, tables, groups."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.data import read_faces
from models.evaluation.classify import confusions, group_rows
from models.evaluation.identify import search
from models.evaluation.paper import protocol
from models.evaluation.tables import report, table
from models.evaluation.verify import CONDITIONS, read_pairs, verify_persons
from models.inference import both_ways
from tests.models.faces import drawn_face, write_set

RNG = np.random.default_rng(0)
CENTRES = np.eye(8, 16, dtype=np.float32)
PERSONS = np.repeat([f"p{i}" for i in range(8)], 6)


def embeddings(noise: float) -> NDArray[np.float32]:
    raw = np.repeat(CENTRES, 6, axis=0) + noise * RNG.normal(size=(48, 16))
    return np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), np.float32)


def test_persons_far_apart_are_all_found_and_strangers_refused() -> None:
    strangers = np.eye(16, dtype=np.float32)[8:]
    found = search(embeddings(0.01), PERSONS, strangers, pictures=2)
    assert found.right.all()
    assert found.fnir(0.01) == 0.0
    rates, misses = found.curve()
    assert rates[-1] == pytest.approx(1.0)
    assert misses.max() == 0.0


def test_both_ways_is_the_mean_of_a_face_and_its_mirror_image() -> None:
    def infer(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        left = images[:, 0, :2, 0].astype(np.float32)
        return {"embedding": left / np.linalg.norm(left, axis=1, keepdims=True), "age": left}

    image = np.zeros((1, 4, 4, 3), np.uint8)
    image[0, 0, :, 0] = (3, 0, 4, 0)
    outputs = both_ways(infer)(image)
    assert outputs["embedding"] == pytest.approx(np.array([[1, 1]]) / np.sqrt(2), abs=1e-6)
    assert outputs["age"].tolist() == [[1.5, 2.0]]


def test_a_person_with_too_few_pictures_is_named() -> None:
    with pytest.raises(ValueError, match="p0 has 6 pictures"):
        search(embeddings(0.01), PERSONS, np.eye(16, dtype=np.float32)[8:], pictures=6)


def test_verification_is_right_for_persons_far_apart() -> None:
    persons = np.array([f"{name}" for name in PERSONS])
    result = verify_persons(embeddings(0.01), np.concatenate([persons]))
    assert result.tar[0.001] == 1.0


def test_both_forms_of_pairs_files_are_read(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    (tmp_path / "pairs.csv").write_text(
        "left,right,same\nperson-0/0.jpg,person-0/1.jpg,1\nperson-0/0.jpg,person-1/3.jpg,0\nperson-9/9.jpg,x,0\n"
    )
    pairs = read_pairs(tmp_path / "pairs.csv", faces)
    assert pairs.same.tolist() == [True, False]
    assert faces.persons[pairs.right].tolist() == ["person-0", "person-1"]


def test_lfw_pairs_name_their_files(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    labels = tmp_path / "sets" / "drawn" / "labels.csv"
    text = (
        labels.read_text().replace("person-0/0.jpg", "Ada/Ada_0001.jpg").replace("person-0/1.jpg", "Ada/Ada_0002.jpg")
    )
    labels.write_text(text.replace("person-1/3.jpg", "Bo/Bo_0004.jpg"))
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    (tmp_path / "pairs.txt").write_text("1\t1\nAda\t1\t2\nAda\t1\tBo\t4\n")
    pairs = read_pairs(tmp_path / "pairs.txt", faces)
    assert pairs.same.tolist() == [True, False]
    assert faces.originals[pairs.right].tolist() == ["Ada/Ada_0002.jpg", "Bo/Bo_0004.jpg"]


def test_pairs_of_other_pictures_are_an_error(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    (tmp_path / "pairs.csv").write_text("left,right,same\na,b,1\n")
    with pytest.raises(ValueError, match="None of the 1 pairs"):
        read_pairs(tmp_path / "pairs.csv", faces)


def test_faces_without_a_label_take_no_part(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    rows = np.arange(12)
    outputs = {
        "age": np.tile(np.array([1, 0, 0], np.float32), (12, 1)),
        "ethnicity": np.tile(np.array([0, 1, 0], np.float32), (12, 1)),
        "embedding": np.tile(CENTRES[0], (12, 1)),
    }
    counts = confusions(outputs, faces, rows)
    assert counts["age"].sum() == 12
    assert counts["ethnicity"].sum() == 9
    lines = group_rows(outputs, faces, rows, (0.5,))
    assert [line[0] for line in lines] == ["young", "adult", "old", "asian", "white", "black"]
    assert lines[0][2] == 1.0
    assert lines[0][4] == "1000.00 ‰"


def test_the_papers_protocol_splits_every_class_70_to_30(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn", people=10, pictures=10)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    chosen = protocol(faces, np.arange(60), np.arange(60, 100), people=5)
    assert len(chosen.people) == 5
    persons = chosen.labels["person"]
    assert chosen.train[persons >= 0].mean() == pytest.approx(0.7)
    assert np.all(chosen.labels["age"][persons >= 0] == -1)


def test_a_table_shows_shares_as_per_cent() -> None:
    assert "| a | 3 | 50.0 % |" in table(["x", "n", "share"], [["a", 3, 0.5]])


def test_a_report_gives_the_number_of_images() -> None:
    text = report(np.array([[3, 1], [0, 4]]), ("young", "old"))
    assert "8 images, accuracy 87.5%" in text
    assert "| young | 3 | 1 | 100.0 % | 75.0 %" in text


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_gives_a_crop_and_leaves_the_original(name: str) -> None:
    crop = drawn_face(0)[8:136, 8:136]
    before = crop.copy()
    changed = CONDITIONS[name](crop)
    assert (changed.shape, changed.dtype) == ((128, 128, 3), np.dtype(np.uint8))
    assert np.array_equal(crop, before)
    assert name == "as it is" or not np.array_equal(changed, crop)
