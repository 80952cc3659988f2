"""Whose face it is: known, unsure or unknown, from an embedding.

Similarity carries the open set: a name is believed only beyond what strangers reach (calibration.py). Where several
enrolled people pass, the softmax layer separates them, and a narrow lead (look-alikes, twins) is answered *unsure*.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import SAFETY, StrangerScale, joint_excess
from engine.head_state import HeadState
from engine.shortlist import Shortlist, shortlist_of
from engine.types import NOBODY, Floats, Identity, IdentityState, Indices

DEFAULT_FPIR = 0.001
FPIR_BOUNDS = (1e-5, 0.02)
UNSURE_FACTOR = 10.0
"""A name is offered as a question where this many times more strangers than FPIR would get it."""
CLEAR_LEAD = 0.9
"""The best of several candidates is believed when the softmax gives it this share."""
MOST_CANDIDATES = 16
"""No more people than this come into question for one face."""
_AT_ONCE = 1_000_000
"""Similarities that are looked at in one step."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What a setting means.

    Attributes:
        fpir: Share of strangers taken for somebody, as asked for.
        fnir: Share of visits of the enrolled that are not named at once, estimated by leaving each sample out of its
            own template and answering as `identify` does; None where nobody has two samples. Samples of one sitting
            resemble each other: at the desk expect more.
        samples: How many samples `fnir` rests on.
    """

    fpir: float
    fnir: float | None
    samples: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An enrolled person who resembles somebody.

    Attributes:
        person_id: The store's number.
        name: The name.
        similarity: Cosine of the evened embeddings, in [-1, 1].
        probability: How probable it is that it is the same person, as the head sees it.
    """

    person_id: int
    name: str
    similarity: float
    probability: float


class PersonHead:
    """Answers whose face it is. Immutable: a new training makes a new head, which replaces this one at once.

    Args:
        state: What was learnt.
        names: Names by the store's person number; people without a name here have been deleted and are left out.
        fpir: Share of strangers that may be taken for somebody, in a search among all.
        like: A head whose shortlist is taken over where it is of the same people.
    """

    def __init__(
        self,
        state: HeadState,
        names: Mapping[int, str],
        fpir: float = DEFAULT_FPIR,
        *,
        like: "PersonHead | None" = None,
    ) -> None:
        low, high = FPIR_BOUNDS
        if not low <= fpir <= high:
            raise ValueError(f"Expected an FPIR of {low} to {high}, got {fpir}.")
        present = np.array([person in names for person in state.person_ids.tolist()], bool)
        self.state = state if present.all() else state.keep(np.flatnonzero(present))
        self.fpir = fpir
        self.names = tuple(names[person] for person in self.state.person_ids.tolist())
        self.strict = self.state.tail.threshold(fpir / SAFETY)
        self.loose = self.state.tail.threshold(UNSURE_FACTOR * fpir / SAFETY)
        if like is not None and like.state is self.state:
            self._shortlist: Shortlist | None = like._shortlist
        else:
            self._shortlist = shortlist_of(self.state.templates)

    def __len__(self) -> int:
        return len(self.names)

    def at(self, fpir: float) -> "PersonHead":
        """The same head at another setting."""
        return PersonHead(self.state, dict(self._ids_and_names()), fpir, like=self)

    def without(self, person_ids: Collection[int]) -> "PersonHead":
        """The same head without these people."""
        names = {person: name for person, name in self._ids_and_names() if person not in person_ids}
        return PersonHead(self.state, names, self.fpir, like=self)

    def _ids_and_names(self) -> Iterator[tuple[int, str]]:
        return zip(self.state.person_ids.tolist(), self.names, strict=True)

    def identify(self, embedding: Floats) -> Identity:
        """Says whose face it is.

        Args:
            embedding: (128,) float32, unit length.
        """
        if not self.names:
            return NOBODY
        face = self.state.evening(embedding)
        return self._answer(face, self._excess(face))

    def _excess(self, face: Floats) -> Floats:
        """How far a (128,) face reaches beyond strangers, (n,); minus infinity for those not on the shortlist."""
        own = self.state.peers.scale_of(face[None])
        if self._shortlist is None:
            return joint_excess(self.state.templates @ face, self.state.scale, own)
        rows = self._shortlist(face)
        excess = np.full(len(self), -np.inf, np.float32)
        excess[rows] = joint_excess(self.state.templates[rows] @ face, self.state.scale.at(rows), own)
        return excess

    def name_left_out(self, embeddings: Floats, rows: Indices, rests: Floats) -> tuple[Indices, NDArray[np.bool_]]:
        """Names faces, each as if its own person's template had been made of other samples than this face.

        It answers as `identify` does, for many faces in a few matrix products: a loop in Python beside a live view
        makes its thread wait again and again.

        Args:
            embeddings: (m, 128) float32, unit length.
            rows: (m,) the place in the state of each face's person.
            rests: (m, 128) float32: the template of that person's other samples, evened.

        Returns:
            (m,) the place in the state of whom each face is taken for, as a question at least, -1 for nobody; and (m,)
            whether that is certain.
        """
        faces = self.state.evening(embeddings)
        scales = self.state.peers.scale_of(faces)
        best, certain = np.full(len(faces), -1), np.zeros(len(faces), np.bool_)
        step = max(_AT_ONCE // len(self), 1)
        for start in range(0, len(faces), step):
            part = slice(start, start + step)
            cosines = faces[part] @ self.state.templates.T
            cosines[np.arange(len(cosines)), rows[part]] = (rests[part] * faces[part]).sum(axis=1)
            best[part], certain[part] = self._answers(faces[part], cosines, scales.at(part))
        return best, certain

    def _answers(self, faces: Floats, cosines: Floats, scales: StrangerScale) -> tuple[Indices, NDArray[np.bool_]]:
        """Whom (m, 128) faces are taken for, -1 for nobody, and whether that is certain; `_answer` says it of one."""
        excess = joint_excess(cosines, self.state.scale, scales.upright)
        candidates = in_question(self.state, faces, cosines, excess, self.loose)
        logits = np.where(candidates, self.state.layer.logits(faces), -np.inf)
        best, every = logits.argmax(axis=1), np.arange(len(faces))
        some = candidates.any(axis=1)
        highest = np.where(some, logits[every, best], 0.0)
        leads = np.exp(logits - highest[:, None]).sum(axis=1) * CLEAR_LEAD <= 1.0
        certain = leads & (excess[every, best] >= np.maximum(self.strict, self.state.floors[best]))
        return np.where(some, best, -1), certain & some

    def _answer(self, embedding: Floats, excess: Floats) -> Identity:
        candidates = self._candidates(excess, embedding)
        if not len(candidates):
            return Identity(IdentityState.UNKNOWN, None, 1.0 - self._openness(float(excess.max())))
        shares = self._shares(candidates, embedding)
        place = int(shares.argmax())
        best, share = int(candidates[place]), float(shares[place])
        certain = excess[best] >= max(self.strict, float(self.state.floors[best])) and share >= CLEAR_LEAD
        state = IdentityState.KNOWN if certain else IdentityState.UNSURE
        probability = share * self._openness(float(excess[best]))
        return Identity(state, self.names[best], probability, int(self.state.person_ids[best]))

    def _candidates(self, excess: Floats, embedding: Floats) -> Indices:
        candidates = np.flatnonzero(excess >= self.loose)
        if len(candidates) > MOST_CANDIDATES:
            candidates = candidates[np.argsort(excess[candidates])[-MOST_CANDIDATES:]]
        if len(candidates) and len(self.state.negatives):
            return candidates[[not self._is_refused(int(row), embedding) for row in candidates]]
        return candidates

    def _is_refused(self, person: int, embedding: Floats) -> bool:
        """Whether the face is nearer to a "not me" of that person than to the person."""
        refused = self.state.negatives[self.state.negative_owners == person]
        return bool(len(refused)) and bool((refused @ embedding).max() >= self.state.templates[person] @ embedding)

    def _shares(self, candidates: Indices, embedding: Floats) -> Floats:
        layer = self.state.layer
        logits = layer.weights[candidates] @ embedding + layer.bias[candidates]
        powers = np.exp(logits - logits.max())
        return np.asarray(powers / powers.sum(), np.float32)

    def _openness(self, excess: float) -> float:
        """How probable somebody enrolled was seen: 0.5 at the loose threshold, 0.9 at the strict one."""
        steepness = np.log(9.0) / max(self.strict - self.loose, 1e-6)
        return float(1.0 / (1.0 + np.exp(np.clip(-steepness * (excess - self.loose), -50.0, 50.0))))

    def rates(self, fpir: float | None = None) -> Rates:
        """What a setting means, by default this head's own."""
        asked, tail = self.fpir if fpir is None else fpir, self.state.tail
        strict, loose = tail.threshold(asked / SAFETY), tail.threshold(UNSURE_FACTOR * asked / SAFETY)
        named = (self.state.own >= strict) & (self.state.leads < loose)
        return Rates(asked, 1.0 - float(named.mean()) if len(named) else None, len(named))

    def neighbours(self, embedding: Floats, most: int = 3, besides: Collection[int] = ()) -> tuple[Neighbour, ...]:
        """The enrolled people who resemble a face most, the nearest first.

        Args:
            embedding: (128,) float32, unit length, as the network gives it; or the mean of several.
            most: How many at most.
            besides: Person numbers to leave out.
        """
        return self._neighbours(self.state.evening(embedding), most, besides)

    def neighbours_of(self, person_id: int, most: int = 3) -> tuple[Neighbour, ...]:
        """The other enrolled people who resemble an enrolled person most; none where the head does not know them."""
        rows = np.flatnonzero(self.state.person_ids == person_id)
        return self._neighbours(self.state.templates[rows[0]], most, (person_id,)) if len(rows) else ()

    def _neighbours(self, evened: Floats, most: int, besides: Collection[int]) -> tuple[Neighbour, ...]:
        if not self.names:
            return ()
        similarities = self.state.templates @ evened
        excess = joint_excess(similarities, self.state.scale, self.state.peers.scale_of(evened[None]))
        order = np.argsort(similarities)[::-1][: most + len(besides)]
        found = (
            Neighbour(
                int(self.state.person_ids[row]),
                self.names[row],
                float(similarities[row]),
                self._openness(float(excess[row])),
            )
            for row in order.tolist()
        )
        return tuple(neighbour for neighbour in found if neighbour.person_id not in besides)[:most]


def in_question(state: HeadState, faces: Floats, cosines: Floats, excess: Floats, loose: float) -> NDArray[np.bool_]:
    """Who comes into question for each of many faces.

    Args:
        state: What was learnt.
        faces: (m, 128) float32, evened.
        cosines: (m, n): theirs with everybody.
        excess: (m, n): how far these reach beyond strangers.
        loose: The excess from which on somebody does.

    Returns:
        (m, n): not whoever is nearer to a "not me" of that person than to the person.
    """
    candidates = excess >= loose
    if excess.shape[1] > MOST_CANDIDATES:
        candidates &= excess >= np.partition(excess, -MOST_CANDIDATES, axis=1)[:, -MOST_CANDIDATES, None]
    for person in np.unique(state.negative_owners):
        refused = (faces @ state.negatives[state.negative_owners == person].T).max(axis=1)
        candidates[:, person] &= refused < cosines[:, person]
    return candidates
