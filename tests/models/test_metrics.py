"""Verification figures on similarities whose answer is known."""

import numpy as np
import pytest

from models.metrics import (
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


def test_confusion_counts_what_is_against_what_is_said() -> None:
    counts = confusion(np.array([0, 0, 1], np.int8), np.array([0, 1, 1]), 2)
    assert counts.tolist() == [[1, 1], [0, 1]]
