"""Evaluation: identification, verification, tables, groups."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.looks import looks_at
from models.data import read_faces
from models.evaluation.classify import confusions, group_rows, known_labels
from models.evaluation.identify import enrollable, enrolments, search
from models.evaluation.paper import protocol, train_heads, watched_apart
from models.evaluation.tables import report, table
from models.evaluation.verify import CONDITIONS, cells, cells_over_draws, verify
from models.inference import both_ways, in_full
from models.metrics import all_impostors, make_pairs
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


def test_a_rate_takes_so_many_strangers_however_often_they_are_shown() -> None:
    found = search(embeddings(0.01), PERSONS, np.eye(16, dtype=np.float32)[8:], pictures=2, draws=5)
    assert (len(found.strangers), found.draws) == (40, 5)
    assert found.tells(1 / 8)
    assert not found.tells(0.1)
    assert found.curve()[0][0] == pytest.approx(1 / 8)


def test_both_ways_is_the_mean_of_a_face_and_its_mirror_image() -> None:
    def infer(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        left = images[:, 0, :2, 0].astype(np.float32)
        return {"embedding": left / np.linalg.norm(left, axis=1, keepdims=True), "age": left}

    image = np.zeros((1, 4, 4, 3), np.uint8)
    image[0, 0, :, 0] = (3, 0, 4, 0)
    outputs = both_ways(infer)(image)
    assert outputs["embedding"] == pytest.approx(np.array([[1, 1]]) / np.sqrt(2), abs=1e-6)
    assert outputs["age"].tolist() == [[1.5, 2.0]]


def test_in_full_is_the_mean_of_all_looks_of_the_desk() -> None:
    def infer(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        return {"embedding": images[:, 0, :2, 0].astype(np.float32)}

    image = np.random.default_rng(0).integers(1, 256, (1, 128, 128, 3), np.uint8)
    mean = np.mean([infer(look[np.newaxis])["embedding"][0] for look in looks_at(image[0])], axis=0)
    assert in_full(infer)(image)["embedding"][0] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_a_person_with_too_few_pictures_is_named() -> None:
    with pytest.raises(ValueError, match="p0 has 6 pictures"):
        search(embeddings(0.01), PERSONS, np.eye(16, dtype=np.float32)[8:], pictures=6)


def test_only_named_persons_with_more_pictures_are_enrolled() -> None:
    persons = np.array(["ada"] * 6 + ["bo"] * 7 + ["cy"] * 2 + [""] * 9)
    enrolled, notes = enrolments(persons)
    assert {pictures: np.unique(persons[rows]).tolist() for pictures, rows in enrolled.items()} == {
        1: ["ada", "bo", "cy"],
        5: ["ada", "bo"],
    }
    assert notes == ["15 enrolled pictures: left out; expected 2 persons with more pictures than that, got 0."]


def test_everybody_takes_part_who_has_pictures_enough() -> None:
    assert enrollable(np.repeat(["ada", "bo"], 16), 15).tolist() == list(range(32))


def test_one_person_alone_cannot_be_identified() -> None:
    with pytest.raises(ValueError, match="Expected 2 persons or more with two pictures"):
        enrolments(np.array(["ada", "ada", "bo"]))


def test_verification_is_right_for_persons_far_apart() -> None:
    looked = embeddings(0.01)
    result = verify(looked, make_pairs(PERSONS), all_impostors(looked, PERSONS))
    assert result.tar(0.001) == 1.0
    far, tar = result.roc()
    assert far[[0, -1]] == pytest.approx([1 / 1008, 1.0])  # 48 * 42 / 2 pairs of strangers
    assert tar.tolist() == [1.0] * len(far)


def test_the_curve_goes_through_the_rates_of_the_table() -> None:
    looked = embeddings(0.25)
    result = verify(looked, make_pairs(PERSONS), all_impostors(looked, PERSONS))
    far, tar = result.roc()
    assert tar.tolist() == pytest.approx([result.tar(rate) for rate in far])
    assert 0.0 < tar[0] < tar[-1]


def test_a_rate_without_strangers_enough_is_a_dash() -> None:
    looked = embeddings(0.01)
    few = verify(looked, make_pairs(PERSONS), all_impostors(looked, PERSONS)[:999])
    assert cells(few)[2:] == [1.0, "–"]
    assert cells_over_draws([few, few])[2:] == ["100.00 ± 0.00 %", "–"]
    assert few.tells(1 / 999)
    enough = verify(looked, make_pairs(PERSONS), all_impostors(looked, PERSONS)[:1000])
    assert cells(enough)[2:] == [1.0, 1.0]


def test_draws_are_told_by_their_mean_and_its_deviation() -> None:
    looked = embeddings(0.25)
    strangers = all_impostors(looked, PERSONS)
    results = [verify(looked, make_pairs(PERSONS, per_fold=9, seed=seed), strangers) for seed in (10, 11, 12)]
    figures = [[result.accuracy for result in results]] + [[r.tar(rate) for r in results] for rate in (0.01, 0.001)]
    told = [f"{100 * np.mean(values):.2f} ± {100 * np.std(values, ddof=1):.2f} %" for values in figures]
    assert np.std(figures[0]) > 0
    assert cells_over_draws(results) == [results[0].pairs, *told]
    fewer = replace(results[1], pairs=8)
    assert cells_over_draws([results[0], fewer])[0] == f"8–{results[0].pairs}"


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


def test_two_faces_of_one_person_are_no_false_match(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn", people=2, pictures=6)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    rows = np.arange(12)
    outputs = {
        "age": np.eye(3, dtype=np.float32)[rows % 3],
        "ethnicity": np.eye(3, dtype=np.float32)[rows % 3],
        "embedding": CENTRES[rows // 6],
    }
    lines = group_rows(outputs, faces, rows, (0.5,))
    assert [line[4] for line in lines] == ["0.00 ‰"] * 6
    unnamed = replace(faces, persons=np.full(12, ""))
    assert group_rows(outputs, unnamed, rows, (0.5,))[0][4] == "333.33 ‰"  # 2 of the 6 pairs of four faces


def test_a_group_without_faces_has_dashes(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    outputs = {"age": CENTRES[:1, :3], "ethnicity": CENTRES[:1, :3], "embedding": CENTRES[:1]}
    young, adult, *_ = group_rows(outputs, faces, np.arange(1), (0.5, 0.6))
    assert young == ["young", 1, 1.0, 1.0, "–", "–"]
    assert adult == ["adult", 0, "–", "–", "–", "–"]


def test_faces_without_any_label_cannot_be_classified(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    assert list(known_labels(faces, np.array([3]))) == ["age"]
    unknown = replace(faces, classes={task: np.full(12, -1, np.int8) for task in faces.classes})
    with pytest.raises(ValueError, match="None of the 12 faces has a label"):
        known_labels(unknown, np.arange(12))


def test_the_papers_protocol_splits_every_class_70_to_30(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn", people=10, pictures=10)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    chosen = protocol(faces, np.arange(60), np.arange(60, 100), people=5)
    assert len(chosen.people) == 5
    persons = chosen.labels["person"]
    assert chosen.train[persons >= 0].mean() == pytest.approx(0.7)
    assert np.all(chosen.labels["age"][persons >= 0] == -1)


def test_a_face_drawn_for_age_and_for_ethnicity_is_on_one_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.evaluation.paper.PER_CLASS", 60)
    write_set(tmp_path / "sets" / "drawn", people=40, pictures=10)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    chosen = protocol(faces, np.arange(60), np.arange(60, 400), people=5)
    age, ethnicity = chosen.labels["age"] >= 0, chosen.labels["ethnicity"] >= 0
    assert (age & ethnicity).sum() > 60
    assert len(np.unique(chosen.rows)) == len(chosen.rows) == 50 + (age | ethnicity).sum()
    for task, size in {"person": 10, "age": 60, "ethnicity": 60}.items():
        labels = chosen.labels[task]
        for label in range(labels.max() + 1):
            assert (labels == label).sum() == size
            assert chosen.train[labels == label].sum() == 0.7 * size
    again = protocol(faces, np.arange(60), np.arange(60, 400), people=5)
    assert np.array_equal(again.rows, chosen.rows)
    assert np.array_equal(again.train, chosen.train)


def test_a_tenth_of_training_tells_when_to_stop() -> None:
    train = np.arange(200) % 10 < 7
    learned, watched = watched_apart(train, seed=0)
    assert (learned.sum(), watched.sum()) == (126, 14)
    assert np.array_equal(learned | watched, train)
    assert np.array_equal(watched_apart(train, seed=0)[1], watched)
    assert not np.array_equal(watched_apart(train, seed=1)[1], watched)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_test_part_has_no_say_in_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("torch", reason="training needs PyTorch")
    pytest.importorskip("keras", reason="training needs Keras")
    write_set(tmp_path / "sets" / "drawn", people=10, pictures=10)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    chosen = protocol(faces, np.arange(60), np.arange(60, 100), people=5)
    other = {task: np.where(chosen.train | (labels < 0), labels, 0) for task, labels in chosen.labels.items()}
    features = np.random.default_rng(0).normal(size=(len(chosen.rows), 16)).astype(np.float32)
    answers, _, epochs = train_heads(features, chosen, shared=False)
    others, _, other_epochs = train_heads(features, replace(chosen, labels=other), shared=False)
    assert epochs == other_epochs
    assert all(np.array_equal(answers[task], others[task]) for task in answers)


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
