"""Everything a person head has learnt."""

from dataclasses import dataclass, replace

import numpy as np

from engine.calibration import NO_TAIL, Peers, StrangerScale, StrangerTail
from engine.evening import Evening
from engine.head_training import SoftmaxLayer
from engine.types import EMBEDDING_SIZE, Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class HeadState:
    """What a person head has learnt, as it is saved; names stay in the store.

    Attributes:
        evening: The map that every embedding goes through first; all vectors below are in its space.
        person_ids: (n,) int64.
        templates: (n, 128) float32 unit vectors.
        scale: Everybody's own scale of similarities to strangers.
        peers: Strangers that a seen face is compared with, for its own scale.
        floors: (n,) float32: an excess each must pass besides, because another enrolled person reaches it.
        tail: What strangers reach in a search among all.
        layer: Softmax weights of the n people (nobody's are only used in training).
        negatives: (k, 128) float32 unit vectors of "not me".
        negative_owners: (k,) index of the person it is not.
        own: (g,) float32, sorted: the strict threshold up to which an enrolled sample passes when it is left out of its
            own template; minus infinity where it is refused or below the person's floor.
        leads: (g,) float32, of the same samples: the loose threshold beyond which its own name leads clearly.
    """

    evening: Evening
    person_ids: Indices
    templates: Floats
    scale: StrangerScale
    peers: Peers
    floors: Floats
    tail: StrangerTail
    layer: SoftmaxLayer
    negatives: Floats
    negative_owners: Indices
    own: Floats
    leads: Floats

    @classmethod
    def empty(cls) -> "HeadState":
        """The state of a desk where nobody is enrolled."""
        none = np.zeros(0, np.float32)
        vectors = np.zeros((0, EMBEDDING_SIZE), np.float32)
        indices = np.zeros(0, np.int64)
        scale, layer = StrangerScale(none, none), SoftmaxLayer(vectors, none)
        peers = Peers.none()
        return cls(Evening.none(), indices, vectors, scale, peers, none, NO_TAIL, layer, vectors, indices, none, none)

    def keep(self, rows: Indices) -> "HeadState":
        """The same with only these people; thresholds stay, which errs to the strict side."""
        place = np.full(len(self.person_ids), -1)
        place[rows] = np.arange(len(rows))
        owners = place[self.negative_owners]
        return replace(
            self,
            person_ids=self.person_ids[rows],
            templates=self.templates[rows],
            scale=self.scale.at(rows),
            floors=self.floors[rows],
            layer=SoftmaxLayer(self.layer.weights[rows], self.layer.bias[rows]),
            negatives=self.negatives[owners >= 0],
            negative_owners=owners[owners >= 0],
        )

    def without_negatives(self) -> "HeadState":
        """The same without any "not me"."""
        return replace(self, negatives=self.negatives[:0], negative_owners=self.negative_owners[:0])
