"""Verification figures on similarities whose answer is known."""

import numpy as np
import pytest

from models.metrics import (
    Pairs,
    all_impostors,
    best_threshold,
    confusion,
    impostor_threshold,
    make_pairs,
    pair_accuracy,
    true_accept_rate,
)

PERSONS = np.repeat([f"p{i}" for i in range(40)], 4)


def test_pairs_are_half_genuine_and_persons_keep_to_their_fold() -> None:
    pairs = make_pairs(PERSONS, per_fold=10)
    assert pairs.same.mean() == 0.5
    assert np.array_equal(PERSONS[pairs.left] == PERSONS[pairs.right], pairs.same)
    folds = {person: set[int]() for person in PERSONS.tolist()}
    for left, right, fold in zip(pairs.left, pairs.right, pairs.fold, strict=True):
        folds[str(PERSONS[left])].add(int(fold))
        folds[str(PERSONS[right])].add(int(fold))
    assert all(len(places) <= 1 for places in folds.values())


def test_440_kept_out_persons_give_ten_folds_of_600_pairs() -> None:
    rng = np.random.default_rng(0)
    persons = rng.permutation(np.repeat([f"p{i}" for i in range(440)], rng.integers(2, 31, 440)))
    pairs = make_pairs(persons)
    assert np.bincount(pairs.fold).tolist() == [600] * 10
    assert np.bincount(pairs.fold, weights=pairs.same).tolist() == [300] * 10
    everybody = np.random.default_rng(10).permutation(np.unique(persons))
    for fold, part in enumerate(np.array_split(everybody, 10)):
        assert set(persons[pairs.left[pairs.fold == fold]]) <= set(part)


@pytest.mark.parametrize(("people", "folds"), [(4, 2), (10, 5), (15, 7), (19, 9), (20, 10)])
def test_few_persons_make_fewer_folds_each_with_as_many_genuine_pairs_as_impostors(people: int, folds: int) -> None:
    persons = np.repeat([f"p{i}" for i in range(people)], 8)
    pairs = make_pairs(persons)
    assert np.unique(pairs.fold).tolist() == list(range(folds))
    assert [pairs.same[pairs.fold == fold].mean() for fold in range(folds)] == [0.5] * folds


def test_genuine_pairs_are_no_more_than_the_impostors_of_their_fold() -> None:
    persons = np.array(["a"] * 30 + ["b"] * 30 + ["c", "c", "d", "d"])
    pairs = make_pairs(persons)
    assert [pairs.same[pairs.fold == fold].mean() for fold in (0, 1)] == [0.5, 0.5]


def test_persons_with_one_picture_spread_over_the_folds_and_unnamed_faces_take_no_part() -> None:
    persons = np.array([*np.repeat(["a", "b", "c", "d"], 3), *(f"single-{i}" for i in range(30)), *[""] * 20])
    pairs = make_pairs(persons)
    assert [pairs.same[pairs.fold == fold].mean() for fold in (0, 1)] == [0.5, 0.5]
    assert "" not in persons[[*pairs.left, *pairs.right]].tolist()


def test_pairs_of_too_few_persons_are_an_error() -> None:
    with pytest.raises(
        ValueError, match="Expected 4 persons or more with two pictures or more to make pairs of, got 3"
    ):
        make_pairs(np.array([*np.repeat(["a", "b", "c"], 3), "d", "e", "", ""]))


def test_pairs_of_one_fold_have_no_threshold() -> None:
    pairs = Pairs(np.arange(2), np.arange(2), np.array([True, False]), np.zeros(2, np.intp))
    with pytest.raises(ValueError, match="Expected pairs in two folds or more, got 1"):
        pair_accuracy(np.array([0.9, 0.1], np.float32), pairs)


def test_compact_pairs_are_the_same_pairs() -> None:
    pairs = Pairs(np.array([7, 2]), np.array([4, 7]), np.array([True, False]), np.zeros(2, np.intp))
    used, places = pairs.compact()
    assert used.tolist() == [2, 4, 7]
    assert used[places.left].tolist() == [7, 2]
    assert used[places.right].tolist() == [4, 7]


def test_accuracy_is_one_when_similarities_are_apart_and_a_half_when_they_say_nothing() -> None:
    pairs = make_pairs(PERSONS, per_fold=20)
    apart = np.where(pairs.same, 0.8, 0.1).astype(np.float32)
    assert pair_accuracy(apart, pairs) == (1.0, 0.0)
    nothing = np.random.default_rng(1).random(len(pairs.same)).astype(np.float32)
    assert 0.4 < pair_accuracy(nothing, pairs)[0] < 0.6


def test_the_best_threshold_makes_the_fewest_errors() -> None:
    similarity = np.array([0.9, 0.8, 0.7, 0.3, 0.2], np.float32)
    same = np.array([True, True, False, True, False])
    assert best_threshold(similarity, same) == pytest.approx(0.8)


def test_a_share_of_impostors_passes_the_threshold() -> None:
    impostor = np.linspace(0.0, 1.0, 1001, dtype=np.float32)
    assert np.mean(impostor >= impostor_threshold(impostor, 0.01)) == pytest.approx(0.01, abs=0.001)
    assert true_accept_rate(np.full(10, 0.995, np.float32), impostor, 0.01) == 1.0


def test_only_different_persons_are_impostors() -> None:
    embeddings = np.eye(3, dtype=np.float32)
    assert len(all_impostors(embeddings, np.array(["a", "a", "b"]))) == 2
    assert len(all_impostors(np.eye(5, dtype=np.float32), np.array(["a", "", "a", "b", ""]))) == 2


def test_the_second_of_two_strangers_may_be_seen_otherwise() -> None:
    persons = np.array(["a", "", "b", "a", "c"])
    first, second = np.random.default_rng(0).normal(size=(2, 5, 3)).astype(np.float32)
    expected = [first[i] @ second[j] for i, j in ((0, 2), (0, 4), (2, 3), (2, 4), (3, 4))]
    assert all_impostors(first, persons, second) == pytest.approx(np.array(expected))


def test_confusion_counts_what_is_against_what_is_said() -> None:
    counts = confusion(np.array([0, 0, 1], np.int8), np.array([0, 1, 1]), 2)
    assert counts.tolist() == [[1, 1], [0, 1]]
