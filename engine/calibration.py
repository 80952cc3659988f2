"""How high a similarity must be before it is believed: thresholds learnt from strangers.

A search among n people takes a stranger for somebody when *any* of the n similarities passes. So the rate that matters
(FPIR) belongs to the whole gallery, and the threshold must rise with the number enrolled. Each similarity is first
measured on two scales, the enrolled person's own and the seen face's own: where the nearest 5 % of strangers begin, and
how far they reach beyond it (some faces have many near strangers, some none), and the mean of the two excesses counts
(symmetric score normalisation, Matějka et al. 2017). Then the largest of the n excesses of each stranger is taken; a
generalised Pareto tail, fitted to these maxima, tells the threshold for any rate.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.types import EMBEDDING_SIZE, Floats, Indices

NEAR_SHARE = 0.05
SAFETY = 2.5
"""The threshold is set for this many times fewer strangers than asked: it is an estimate from a finite cohort, and the
strangers at a desk are not drawn from it."""
MIN_COHORT = 500
_MOST_PEERS = 1000
_SHAPE_BOUNDS = (-0.2, 0.05)
_CHUNK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class StrangerScale:
    """The own scales of n people or faces: their similarities to strangers.

    Attributes:
        location: (n,) float32: the cosine that 5 % of the strangers exceed.
        scale: (n,) float32: by how much these exceed it on average.
    """

    location: Floats
    scale: Floats

    def at(self, rows: Indices | slice) -> "StrangerScale":
        """The scales of some of them."""
        return StrangerScale(self.location[rows], self.scale[rows])

    @property
    def upright(self) -> "StrangerScale":
        """The same as a column, for cosines (n, …)."""
        return StrangerScale(self.location[:, None], self.scale[:, None])

    def excess(self, cosines: Floats) -> Floats:
        """How far cosines, their last axis of this scale's people, reach beyond strangers."""
        return (cosines - self.location) / self.scale


def joint_excess(cosines: Floats, people: StrangerScale, faces: StrangerScale) -> Floats:
    """How far cosines reach beyond strangers on both scales.

    Args:
        cosines: (n,) of n pairs, or (m, n) of everybody of one kind with everybody of the other.
        people: Of the people; `upright` where they lie along the first axis.
        faces: Of the faces, likewise.
    """
    excess: Floats = 0.5 * (people.excess(cosines) + faces.excess(cosines))
    return excess


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """Strangers that every seen face is compared with, for its own scale.

    Attributes:
        vectors: (k, 128) float32 unit vectors, evened.
        typical: The mean scale of a stranger.
    """

    vectors: Floats
    typical: float

    @classmethod
    def none(cls) -> "Peers":
        """Those of a desk where nobody is enrolled."""
        return cls(np.zeros((0, EMBEDDING_SIZE), np.float32), 1.0)

    @classmethod
    def of(cls, cohort: Floats) -> tuple["Peers", Floats]:
        """Takes them out of a cohort.

        Args:
            cohort: (m, 128) unit vectors, evened.

        Returns:
            The peers, and the strangers that are left.
        """
        chosen = np.arange(len(cohort)) % max(len(cohort) // _MOST_PEERS, 2) == 0
        peers, others = cohort[chosen], cohort[~chosen]
        return cls(peers, float(_measured(others, peers).scale.mean())), others

    def scale_of(self, faces: Floats) -> StrangerScale:
        """The scales of (m, 128) faces, evened."""
        measured = _measured(faces, self.vectors)
        return StrangerScale(measured.location, _steadied(measured.scale, self.typical))


@dataclass(frozen=True, slots=True)
class StrangerTail:
    """Tail of the largest excess that a stranger reaches among everybody enrolled (generalised Pareto).

    Attributes:
        start: Excess where the tail begins.
        scale: Its scale.
        shape: Its shape; 0 is exponential, below 0 is bounded.
        share: Share of the strangers beyond `start`.
    """

    start: float
    scale: float
    shape: float
    share: float = NEAR_SHARE

    def threshold(self, rate: float) -> float:
        """The excess that this share of strangers reaches."""
        odds = min(rate / self.share, 1.0)
        if abs(self.shape) < 1e-6:
            return self.start - self.scale * float(np.log(odds))
        return self.start + self.scale / self.shape * float(odds**-self.shape - 1.0)

    def rate(self, threshold: float) -> float:
        """The share of strangers that reaches this excess; never above `share`, which is where the tail begins."""
        beyond = max(threshold - self.start, 0.0) / self.scale
        if abs(self.shape) < 1e-6:
            return self.share * float(np.exp(-beyond))
        return self.share * float(max(1.0 + self.shape * beyond, 0.0) ** (-1.0 / self.shape))


NO_TAIL = StrangerTail(0.0, 1.0, 0.0)


def unit(vectors: Floats) -> Floats:
    """Scales (…, d) float32 vectors to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def check_cohort(cohort: NDArray[np.floating]) -> Floats:
    """Makes a cohort ready for use.

    Args:
        cohort: (m, 128), any float type: strangers' embeddings.

    Returns:
        The same as unit float32 vectors.

    Raises:
        ModelError: It has another form, too few strangers, or values that are no numbers.
    """
    remedy = "Install the network again: its folder must hold a whole cohort.npz."
    if cohort.ndim != 2 or cohort.shape[1] != EMBEDDING_SIZE or len(cohort) < MIN_COHORT:
        raise ModelError(
            f"The network's strangers do not fit: expected at least {MIN_COHORT} by {EMBEDDING_SIZE}, "
            f"got {' by '.join(map(str, cohort.shape))}.",
            remedy,
        )
    vectors = cohort.astype(np.float32)
    if not np.isfinite(vectors).all():
        raise ModelError("The network's strangers are damaged.", remedy)
    return unit(vectors)


def _similarities(templates: Floats, cohort: Floats) -> Iterator[tuple[slice, Floats]]:
    for start in range(0, len(templates), _CHUNK):
        part = slice(start, start + _CHUNK)
        yield part, templates[part] @ cohort.T


def measure_scale(templates: Floats, cohort: Floats) -> StrangerScale:
    """Measures everybody's own scale.

    Args:
        templates: (n, 128) unit vectors, one per person.
        cohort: (m, 128) unit vectors, one per stranger.
    """
    measured = _measured(templates, cohort)
    typical = float(measured.scale.mean()) if len(templates) else 1.0
    return StrangerScale(measured.location, _steadied(measured.scale, typical))


def _measured(vectors: Floats, strangers: Floats) -> StrangerScale:
    near = max(round(NEAR_SHARE * len(strangers)), 2)
    location = np.empty(len(vectors), np.float32)
    scale = np.empty(len(vectors), np.float32)
    for part, similarities in _similarities(vectors, strangers):
        similarities.partition(len(strangers) - near - 1, axis=1)
        location[part] = similarities[:, -near - 1]
        scale[part] = similarities[:, -near:].mean(axis=1) - location[part]
    return StrangerScale(location, scale)


def _steadied(scale: Floats, typical: float) -> Floats:
    """A scale from 250 strangers is off by 6 %; leaning on everybody's average halves the luck of the draw."""
    steadied: Floats = np.maximum(0.5 * scale + 0.5 * typical, 1e-4).astype(np.float32)
    return steadied


def fit_tail(values: Floats) -> StrangerTail:
    """Fits a tail to the largest 5 % of (m,) values by L-moments (Hosking and Wallis 1987)."""
    ordered = np.sort(values.astype(np.float64))
    near = max(round(NEAR_SHARE * len(ordered)), 2)
    start = float(ordered[-near - 1])
    beyond = ordered[-near:] - start
    first = max(float(beyond.mean()), 1e-6)
    ranks = np.arange(near) / (near - 1)
    second = max(float(2.0 * (ranks * beyond).mean() - beyond.mean()), 1e-9)
    shape = float(np.clip(2.0 - first / second, *_SHAPE_BOUNDS))
    return StrangerTail(start, first * (1.0 - shape), shape)


def measure_tail(templates: Floats, scale: StrangerScale, strangers: Floats, peers: Peers) -> StrangerTail:
    """Fits the tail of the largest excess that a stranger reaches among everybody enrolled.

    Args:
        templates: (n, 128) unit vectors, n ≥ 1.
        scale: Everybody's own scale.
        strangers: (m, 128) unit vectors, none of them a peer.
        peers: What the strangers' own scales come from.
    """
    largest = np.full(len(strangers), -np.inf, np.float32)
    own = peers.scale_of(strangers)
    for part, similarities in _similarities(templates, strangers):
        np.maximum(largest, joint_excess(similarities, scale.at(part).upright, own).max(axis=0), out=largest)
    return fit_tail(largest)
