"""Figures of verification and classification, from similarities and labels alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
FEWEST_PERSONS = 4
"""With several pictures each: two folds of two persons."""
SEED = 10
"""Of the pairs whose figures are published."""


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

    def compact(self) -> "tuple[Rows, Pairs]":
        """Give the rows that take part (k,), sorted, and the same pairs as places among these."""
        used, places = np.unique(np.concatenate([self.left, self.right]), return_inverse=True)
        left, right = np.split(places, 2)
        return used, Pairs(left, right, self.same, self.fold)


def make_pairs(persons: NDArray[np.str_], folds: int = 10, per_fold: int = 300, seed: int = SEED) -> Pairs:
    """Draw as many pairs of one person as of two in each fold.

    Args:
        persons: (n,) who each face shows; faces whose person is empty are left out.
        folds: Parts into which the persons are divided, at most; each holds two persons or more with two pictures.
        per_fold: Pairs of each kind in a part.
        seed: Of the draw.

    Returns:
        folds * per_fold * 2 pairs, fewer when a part has not enough different pairs of either kind.

    Raises:
        ValueError: Fewer than four persons have two pictures or more.
    """
    names, pictures = np.unique(persons[persons != ""], return_counts=True)
    several = int((pictures > 1).sum())
    if several < FEWEST_PERSONS:
        raise ValueError(
            f"Expected {FEWEST_PERSONS} persons or more with two pictures or more to make pairs of, got {several}."
        )
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(names))
    parts = _divided(names[order], pictures[order] > 1, min(folds, several // 2))
    drawn = [_pairs_of(np.flatnonzero(np.isin(persons, part)), persons, per_fold, rng) for part in parts]
    return Pairs(
        left=np.concatenate([pairs[:, 0] for pairs, _ in drawn]),
        right=np.concatenate([pairs[:, 1] for pairs, _ in drawn]),
        same=np.concatenate([same for _, same in drawn]),
        fold=np.concatenate([np.full(len(same), number) for number, (_, same) in enumerate(drawn)]),
    )


def _divided(names: NDArray[np.str_], several: NDArray[np.bool_], folds: int) -> list[NDArray[np.str_]]:
    """Divide persons so that each part has its share of those with several pictures, and of the others."""
    kinds = np.array_split(names[several], folds), np.array_split(names[~several], folds)
    return [np.concatenate(parts) for parts in zip(*kinds, strict=True)]


def _pairs_of(
    rows: Rows, persons: NDArray[np.str_], count: int, rng: np.random.Generator
) -> tuple[Rows, NDArray[np.bool_]]:
    """Draw equally many genuine and impostor pairs, at most (2 * count, 2), among some faces."""
    first, second = np.triu_indices(len(rows), 1)
    same = persons[rows[first]] == persons[rows[second]]
    genuine = rng.permutation(np.flatnonzero(same))[:count]
    impostor = rng.permutation(np.flatnonzero(~same))[: len(genuine)]
    chosen = np.concatenate([genuine[: len(impostor)], impostor])
    return np.stack([rows[first[chosen]], rows[second[chosen]]], axis=1), same[chosen]


def pair_accuracy(similarity: Floats, pairs: Pairs) -> tuple[float, float]:
    """Verify each fold at the threshold that is best on the others, as LFW's protocol has it.

    Args:
        similarity: (n,) of each pair.
        pairs: The pairs.

    Returns:
        Mean accuracy over the folds and its standard deviation.

    Raises:
        ValueError: All pairs are of one fold, so that none is left to set the threshold on.
    """
    folds = np.unique(pairs.fold)
    if len(folds) < 2:
        raise ValueError(f"Expected pairs in two folds or more, got {len(folds)}: there are too few pairs.")
    accuracies = []
    for fold in folds:
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


def all_impostors(embeddings: Floats, persons: NDArray[np.str_], others: Floats | None = None) -> Floats:
    """Give the similarity of every two faces of different persons; unnamed faces are left out.

    Args:
        embeddings: (n, d) unit rows.
        persons: (n,) who they show, empty when not known.
        others: (n, d) unit rows of the same faces seen otherwise, which the second of each two is taken from, as the
            right one of `make_pairs` is the second; the same rows when None.
    """
    named = persons != ""
    known = embeddings[named]
    similarity = known @ (known if others is None else others[named]).T
    _, numbers = np.unique(persons[named], return_inverse=True)
    different = numbers[:, np.newaxis] != numbers[np.newaxis]
    result: Floats = similarity[np.triu(different, 1)]
    return result


def confusion(truth: NDArray[np.int8], answer: Rows, classes: int) -> NDArray[np.int64]:
    """Count (classes, classes): rows are what a face is, columns what the network says."""
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (truth, answer), 1)
    return table
