"""Each enrolled sample against its own person without it, and against everybody else.

From that come everybody's floors, and the share of the enrolled that a setting names at once. A setting is a strict and
a loose threshold; so that any is answered at once, two figures are kept of each sample: the strict threshold up to
which it passes, and the loose one beyond which nobody else comes into question.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import StrangerTail, joint_excess, unit
from engine.head_state import HeadState
from engine.person_head import CLEAR_LEAD, MOST_CANDIDATES, in_question
from engine.training_set import TrainingSet, grouped_sums
from engine.types import Floats, Indices

MOST_PAIRS = 80_000_000
"""Samples times people that are compared, which takes about two seconds; beyond, some of the samples speak for all."""
_AT_ONCE = 1_000_000
_STRICTEST = 1e-5
_JUST = 1e-3
"""More than rounding changes an excess by."""
_FAR_AHEAD = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """What leaving samples out tells: `floors`, `own` and `leads` of a `HeadState`."""

    floors: Floats
    own: Floats
    leads: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Probes:
    """Samples as they were seen.

    Attributes:
        faces: (m, 128) float32, evened.
        owners: (m,) index of each one's person.
        rests: (m, 128) float32: the template of that person's other samples.
        single: (m,) bool: that person has no other.
    """

    faces: Floats
    owners: Indices
    rests: Floats
    single: NDArray[np.bool_]

    def at(self, rows: slice) -> "_Probes":
        return _Probes(self.faces[rows], self.owners[rows], self.rests[rows], self.single[rows])


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """Samples against everybody.

    Attributes:
        own: (m,) the excess over the own person's other samples; minus infinity where there is none: anybody else who
            is passed off as this person would be believed.
        asked: (m,) bool: the own person comes into question.
        highest: (m,) the largest excess of somebody else.
        whose: (m,) whose that is.
        leads: (m,) the loose threshold beyond which the own person leads clearly.
    """

    own: Floats
    asked: NDArray[np.bool_]
    highest: Floats
    whose: Indices
    leads: Floats


def leave_out(data: TrainingSet, state: HeadState) -> LeftOut:
    """Leaves each sample out once.

    Args:
        data: Everybody's embeddings, evened, at least one person's.
        state: What was learnt of them, without floors.
    """
    probes = _probes(data)
    found = _joined(_compared(probes, state))
    floors = np.full(data.people, -np.inf, np.float32)
    several = ~probes.single
    wrong = found.highest > found.own
    caps = _caps(found.own[several], probes.owners[several], data.people, state.tail)
    np.maximum.at(floors, found.whose[wrong], np.minimum(found.highest[wrong] + _JUST, caps[found.whose[wrong]]))
    passes = found.asked & (found.own >= floors[probes.owners])
    own, leads = np.where(passes, found.own, -np.inf)[several].astype(np.float32), found.leads[several]
    order = np.argsort(own, kind="stable")
    return LeftOut(floors, own[order], leads[order])


def _probes(data: TrainingSet) -> _Probes:
    rows = np.flatnonzero(data.as_seen)
    most = max(MOST_PAIRS // data.people, 1)
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(0).permutation(rows)[:most])
    owners = data.owners[rows]
    single = np.bincount(data.owners[data.as_seen], minlength=data.people)[owners] < 2
    _, numbers = np.unique(data.samples, return_inverse=True)
    rests = unit(data.sums()[owners] - grouped_sums(data.embeddings, numbers)[numbers[rows]])
    return _Probes(data.embeddings[rows], owners, rests, single)


def _compared(probes: _Probes, state: HeadState) -> Iterator[_Compared]:
    scales = state.peers.scale_of(probes.faces)
    step = max(_AT_ONCE // len(state.person_ids), 1)
    for start in range(0, len(probes.faces), step):
        part = slice(start, start + step)
        few = probes.at(part)
        rows, cosines = np.arange(len(few.owners)), few.faces @ state.templates.T
        cosines[rows, few.owners] = (few.faces * few.rests).sum(axis=1)
        excess = joint_excess(cosines, state.scale, scales.at(part).upright)
        candidates = in_question(state, few.faces, cosines, excess, state.tail.start)
        leads = _leads(few, state, excess, candidates)
        own = np.where(few.single, -np.inf, excess[rows, few.owners])
        excess[rows, few.owners] = -np.inf
        whose = excess.argmax(axis=1)
        yield _Compared(own, candidates[rows, few.owners], excess[rows, whose], whose, leads)


def _joined(parts: Iterator[_Compared]) -> _Compared:
    every = list(parts)
    names = ("own", "asked", "highest", "whose", "leads")
    return _Compared(*(np.concatenate([getattr(part, name) for part in every]) for name in names))


def _leads(probes: _Probes, state: HeadState, excess: Floats, candidates: NDArray[np.bool_]) -> Floats:
    """The excess of the first, counted from the top, with whom the own person's share is no clear lead any more."""
    leads = np.full(len(excess), -np.inf, np.float32)
    beside = candidates.sum(axis=1) - candidates[np.arange(len(excess)), probes.owners]
    crowded = np.flatnonzero(beside)
    faces, owners = probes.faces[crowded], probes.owners[crowded, None]
    top = np.argsort(-excess[crowded], axis=1)[:, :MOST_CANDIDATES]
    heights = np.take_along_axis(excess[crowded], top, axis=1)
    others = np.take_along_axis(candidates[crowded], top, axis=1) & (top != owners)
    ahead = np.minimum(_logits(state, faces, top) - _logits(state, faces, owners), _FAR_AHEAD)
    shares = 1.0 + np.where(others, np.exp(ahead), 0.0).cumsum(axis=1)
    leads[crowded] = np.where(shares * CLEAR_LEAD > 1.0, heights, -np.inf).max(axis=1, initial=-np.inf)
    return leads


def _logits(state: HeadState, faces: Floats, people: Indices) -> Floats:
    """Each face's logits of (m, k) people."""
    logits: Floats = np.einsum("md,mkd->mk", faces, state.layer.weights[people]) + state.layer.bias[people]
    return logits


def _caps(own: Floats, owners: Indices, people: int, tail: StrangerTail) -> Floats:
    """No floor may shut out a person's own samples: at most their lower quartile."""
    caps = np.full(people, tail.threshold(_STRICTEST), np.float32)
    order = np.lexsort((own, owners))
    counts = np.bincount(owners, minlength=people)
    starts = np.cumsum(counts) - counts
    sampled = counts > 0
    caps[sampled] = own[order[(starts + counts // 4)[sampled]]] - _JUST
    return caps
