"""What a person head learns from: everybody's embeddings, and whose they are."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from engine.calibration import unit
from engine.evening import Evening
from engine.types import EMBEDDING_SIZE, Floats, Indices

UNKEPT = 1 << 62
"""Samples that are not in the store yet are numbered beyond this."""


def grouped_sums(vectors: Floats, groups: Indices) -> Floats:
    """Sums the vectors of each group.

    Args:
        vectors: (m, d) float32.
        groups: (m,) number of each vector's group; every group from 0 on has at least one.

    Returns:
        (groups, d) float32.
    """
    order = np.argsort(groups, kind="stable")
    counts = np.bincount(groups)
    starts = np.cumsum(counts) - counts
    sums = np.zeros((len(counts), vectors.shape[1]), np.float32)
    # Many short steps: np.add.at and reduceat hold the interpreter's lock for tens of milliseconds.
    for place in range(int(counts.max(initial=0))):
        has_one = np.flatnonzero(counts > place)
        sums[has_one] += vectors[order[starts[has_one] + place]]
    return sums


def _no_vectors() -> Floats:
    return np.zeros((0, EMBEDDING_SIZE), np.float32)


def _no_indices() -> Indices:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """Everybody's embeddings for one network.

    Attributes:
        person_ids: The store's number of each of the n people.
        names: Their names, in the same order.
        embeddings: (m, 128) float32 unit vectors: every kept view (as seen, flipped, re-lit) of every sample.
        owners: (m,) index of each view's person.
        samples: (m,) number of the sample each view was made of; equal numbers belong together.
        as_seen: (m,) bool: the view is the sample itself, not an augmented one.
        negatives: (k, 128) float32 unit vectors: faces of which somebody said "not me".
        negative_owners: (k,) index of the person it is not.
    """

    person_ids: tuple[int, ...]
    names: tuple[str, ...]
    embeddings: Floats
    owners: Indices
    samples: Indices
    as_seen: NDArray[np.bool_]
    negatives: Floats = field(default_factory=_no_vectors)
    negative_owners: Indices = field(default_factory=_no_indices)

    def __post_init__(self) -> None:
        rows = (len(self.embeddings), len(self.owners), len(self.samples), len(self.as_seen))
        if len(set(rows)) != 1 or len(self.person_ids) != len(self.names):
            raise ValueError(f"Expected as many owners, samples and flags as embeddings, got {rows}.")
        if len(self.negatives) != len(self.negative_owners):
            raise ValueError(f"{len(self.negatives)} negatives, {len(self.negative_owners)} owners.")
        if set(np.unique(self.owners).tolist()) != set(range(len(self.names))):
            raise ValueError("Expected at least one embedding for each person.")

    @property
    def people(self) -> int:
        """How many people it holds."""
        return len(self.names)

    def evened(self, evening: Evening) -> "TrainingSet":
        """The same in the evened space."""
        return replace(self, embeddings=evening(self.embeddings), negatives=evening(self.negatives))

    def with_samples(self, person_id: int, vectors: Floats) -> "TrainingSet":
        """The same with further samples of one person, who may be new.

        Args:
            person_id: Whose they are.
            vectors: (m, v, 128): the views of each sample.
        """
        ids, names = self.person_ids, self.names
        if person_id not in ids:
            ids, names = (*ids, person_id), (*names, "")
        count, views = vectors.shape[:2]
        first = int(self.samples.max(initial=UNKEPT)) + 1
        return replace(
            self,
            person_ids=ids,
            names=names,
            embeddings=np.concatenate([self.embeddings, vectors.reshape(-1, vectors.shape[-1])]),
            owners=np.concatenate([self.owners, np.full(count * views, ids.index(person_id))]),
            samples=np.concatenate([self.samples, np.repeat(np.arange(first, first + count), views)]),
            as_seen=np.concatenate([self.as_seen, np.tile(np.arange(views) == 0, count)]),
        )

    def with_negative(self, person_id: int, vector: Floats) -> "TrainingSet":
        """The same with a further face of which somebody said "not me"; of people without samples it says nothing.

        Args:
            person_id: Who it is not.
            vector: (128,) float32.
        """
        if person_id not in self.person_ids:
            return self
        return replace(
            self,
            negatives=np.concatenate([self.negatives, vector[None]]),
            negative_owners=np.append(self.negative_owners, self.person_ids.index(person_id)),
        )

    def sums(self) -> Floats:
        """The sum of each person's views, (n, 128)."""
        return grouped_sums(self.embeddings, self.owners)

    def templates(self) -> Floats:
        """Each person's mean direction, (n, 128) unit vectors."""
        return unit(self.sums())

    def held_out(self, share: float, seed: int) -> NDArray[np.bool_]:
        """Chooses views for validation: the same share of everybody's samples, whole samples at a time.

        Args:
            share: Share of each person's samples; a person with fewer than four samples keeps them all for training.
            seed: The same seed chooses the same samples.

        Returns:
            (m,) bool: the views of the chosen samples.
        """
        first_rows = np.unique(self.samples, return_index=True)[1]
        rng = np.random.default_rng(seed)
        shuffled = rng.permutation(first_rows)
        by_person = shuffled[np.argsort(self.owners[shuffled], kind="stable")]
        owners = self.owners[by_person]
        counts = np.bincount(owners, minlength=self.people)
        rank = np.arange(len(by_person)) - np.repeat(np.cumsum(counts) - counts, counts)
        wanted = np.where(counts >= 4, np.maximum(np.floor(share * counts), 1), 0)
        chosen = self.samples[by_person[rank < wanted[owners]]]
        return np.isin(self.samples, chosen)
