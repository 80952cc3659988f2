"""Whether further pictures of somebody show that person: against what is kept, against everybody else and strangers."""

import numpy as np

from engine.calibration import unit
from engine.evening import Evening
from engine.person_head import PersonHead
from engine.types import Floats

UNLIKE = "does not seem to show this person"
FAR, CLEAR = 0.95, 0.999
"""Shares of the strangers: who is no nearer than the first is as far as strangers are, who is beyond the second is not
in doubt. Between them people change: a beard, glasses, ten years."""
SOMEBODY = 0.5
"""From this probability on somebody else comes into question."""


def unlike(vectors: Floats, own: Floats, strangers: Floats, head: PersonHead, person_id: int) -> tuple[int, ...]:
    """Places of the pictures that do not seem to show a person who is enrolled already.

    Args:
        vectors: (m, v, 128) float32: the views of the new pictures, each as seen first.
        own: (k, v, 128): likewise of those that are kept of the person, k ≥ 1.
        strangers: (s, 128): embeddings of strangers.
        head: Who is enrolled.
        person_id: The person.
    """
    evening = Evening.of(strangers)
    looks, template = evening(vectors[:, 0]), unit(evening(own).sum(axis=(0, 1)))
    likeness = looks @ template
    far, clear = np.quantile(evening(strangers) @ template, [FAR, CLEAR])
    strange = (likeness < far) | np.array(
        [
            _is_nearer_to_another(head, look, person_id, float(like))
            for look, like in zip(vectors[:, 0], likeness, strict=True)
        ],
        bool,
    )
    doubtful = strange | (likeness < clear)
    if strange.any() and 2 * strange.sum() >= doubtful.sum():  # whoever came with strangers, and is more like them
        strange |= doubtful & ((looks @ looks[strange].T).max(axis=1) > likeness)
    return tuple(np.flatnonzero(strange).tolist())


def _is_nearer_to_another(head: PersonHead, look: Floats, person_id: int, likeness: float) -> bool:
    others = head.neighbours(look, most=1, besides=(person_id,))
    return any(other.similarity > likeness and other.probability >= SOMEBODY for other in others)
