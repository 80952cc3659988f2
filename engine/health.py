"""How well what is kept of a person will do: against each other, against everybody enrolled, and against strangers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from engine.calibration import unit
from engine.capture_guide import PoseSorter, PoseWanted
from engine.evening import Evening
from engine.gallery import Cohort, identifier_of
from engine.person_head import DEFAULT_FPIR, Neighbour, PersonHead
from engine.sample_store import SampleStore
from engine.store import Store
from engine.types import Floats

SAME_PERSON = 0.9
"""From this probability on somebody is taken for a person who is enrolled already."""


@dataclass(frozen=True, slots=True)
class HealthCard:
    """How well an enrolment will do.

    Attributes:
        samples: How many there are.
        agreement: Mean cosine of a sample to the others' mean; None with one sample.
        separability: How many times further from strangers than the strangers' own spread; above about 1 is named
            at once, below about 0.5 often not at all.
        nearest: The enrolled person who resembles this one most.
        outliers: Places of samples that look like somebody else's.
        missing: Poses that would help.
    """

    samples: int
    agreement: float | None
    separability: float
    nearest: Neighbour | None
    outliers: tuple[int, ...]
    missing: tuple[PoseWanted, ...]

    @property
    def duplicate(self) -> Neighbour | None:
        """The enrolled person whom this one seems to be."""
        return self.nearest if self.nearest and self.nearest.probability >= SAME_PERSON else None


def health_card(
    vectors: Floats,
    cohort: Cohort,
    head: PersonHead,
    missing: Sequence[PoseWanted],
    besides: Collection[int] = (),
) -> HealthCard:
    """Compares somebody's samples with each other, with everybody enrolled and with strangers.

    Args:
        vectors: (m, v, 128) float32: the views of m samples, each as seen first; m ≥ 1.
        cohort: The network's strangers.
        head: Who is enrolled.
        missing: Poses that would help.
        besides: Person numbers that are not compared with: the person's own.
    """
    evening = Evening.of(cohort.embeddings)
    evened, strangers = evening(vectors), evening(cohort.embeddings)
    sums = evened.sum(axis=(0, 1))
    likeness = np.einsum("md,md->m", evened[:, 0], unit(sums - evened.sum(axis=1)))
    location, reach = np.quantile(strangers @ unit(sums), [0.95, 0.999])
    others = likeness if len(evened) > 1 else evened[0, :1] @ evened[0, 1:].T
    return HealthCard(
        samples=len(evened),
        agreement=float(likeness.mean()) if len(evened) > 1 else None,
        separability=float((others.mean() - location) / max(reach - location, 1e-3)),
        nearest=next(iter(head.neighbours(unit(vectors.sum(axis=(0, 1))), most=1, besides=besides)), None),
        outliers=tuple(np.flatnonzero(likeness < location).tolist()) if len(evened) > 2 else (),
        missing=tuple(missing),
    )


def health_of(store: Store, person_id: int, cohort: Cohort, fpir: float = DEFAULT_FPIR) -> HealthCard | None:
    """How well somebody enrolled will do; None as long as the network's head does not know the person.

    Args:
        store: The open store.
        person_id: Who.
        cohort: The strangers of the network in use.
        fpir: The setting that the answer is given for.

    Raises:
        StoreError: The database does not answer.
    """
    head = identifier_of(store, cohort.network, fpir)
    kept = SampleStore(store).looks(person_id, cohort.network)
    if not len(kept.vectors) or person_id not in head.state.person_ids:
        return None
    sorter = PoseSorter()
    poses = {sorter.pose_of(yaw, pitch) for yaw, pitch in kept.turns}
    missing = [pose for pose in PoseWanted if pose not in poses]
    return health_card(kept.vectors, cohort, head, missing, (person_id,))
