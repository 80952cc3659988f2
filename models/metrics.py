"""Figures of verification and classification, from similarities and labels alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of faces in LFW's form.

    Attributes:
        left: (n,) row of one face.
        right: (n,) row of the other.
        same: (n,) whether both show one person.
        fold: (n,) which part of the cross-validation a pair belongs to; persons never cross folds.
    """

    left: Rows
    right: Rows
    same: NDArray[np.bool_]
    fold: Rows


def make_pairs(persons: NDArray[np.str_], folds: int = 10, per_fold: int = 300, seed: int = 10) -> Pairs:
    """Draw as many pairs of one person as of two in each fold.

    Args:
        persons: (n,) who each face shows.
        folds: Parts into which the persons are divided.
        per_fold: Pairs of each kind in a part.
        seed: Of the draw.

    Returns:
        folds * per_fold * 2 pairs, fewer when a part has not enough different genuine pairs.
    """
    rng = np.random.default_rng(seed)
    parts = np.array_split(rng.permutation(np.unique(persons)), folds)
    drawn = [_pairs_of(np.flatnonzero(np.isin(persons, part)), persons, per_fold, rng) for part in parts]
    return Pairs(
        left=np.concatenate([pairs[:, 0] for pairs, _ in drawn]),
        right=np.concatenate([pairs[:, 1] for pairs, _ in drawn]),
        same=np.concatenate([same for _, same in drawn]),
        fold=np.concatenate([np.full(len(same), number) for number, (_, same) in enumerate(drawn)]),
    )


def _pairs_of(
    rows: Rows, persons: NDArray[np.str_], count: int, rng: np.random.Generator
) -> tuple[Rows, NDArray[np.bool_]]:
    """Draw genuine and impostor pairs (2 * count, 2) among some faces."""
    first, second = np.triu_indices(len(rows), 1)
    same = persons[rows[first]] == persons[rows[second]]
    genuine = rng.permutation(np.flatnonzero(same))[:count]
    impostor = rng.permutation(np.flatnonzero(~same))[: len(genuine)]
    chosen = np.concatenate([genuine, impostor])
    return np.stack([rows[first[chosen]], rows[second[chosen]]], axis=1), same[chosen]


def pair_accuracy(similarity: Floats, pairs: Pairs) -> tuple[float, float]:
    """Verify each fold at the threshold that is best on the others, as LFW's protocol has it.

    Args:
        similarity: (n,) of each pair.
        pairs: The pairs.

    Returns:
        Mean accuracy over the folds and its standard deviation.
    """
    accuracies = []
    for fold in np.unique(pairs.fold):
        held = pairs.fold == fold
        threshold = best_threshold(similarity[~held], pairs.same[~held])
        accuracies.append(float(np.mean((similarity[held] >= threshold) == pairs.same[held])))
    return float(np.mean(accuracies)), float(np.std(accuracies))


def best_threshold(similarity: Floats, same: NDArray[np.bool_]) -> float:
    """Give the threshold (similarity >= threshold means same) that makes the fewest errors."""
    order = np.argsort(-similarity)
    right = np.cumsum(np.where(same[order], 1, -1))
    return float(similarity[order][int(np.argmax(right))])


def impostor_threshold(impostor: Floats, fmr: float) -> float:
    """Give the similarity that a share `fmr` of impostor comparisons reaches."""
    return float(np.quantile(impostor, 1.0 - fmr, method="higher"))


def true_accept_rate(genuine: Floats, impostor: Floats, far: float) -> float:
    """Give the share of genuine comparisons accepted where a share `far` of impostor comparisons is."""
    return float(np.mean(genuine > impostor_threshold(impostor, far)))


def all_impostors(embeddings: Floats, persons: NDArray[np.str_]) -> Floats:
    """Give the similarity of every two faces (n, d) of different persons."""
    similarity = embeddings @ embeddings.T
    different = persons[:, np.newaxis] != persons[np.newaxis]
    result: Floats = similarity[np.triu(different, 1)]
    return result


def confusion(truth: NDArray[np.int8], answer: Rows, classes: int) -> NDArray[np.int64]:
    """Count (classes, classes): rows are what a face is, columns what the network says."""
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (truth, answer), 1)
    return table
