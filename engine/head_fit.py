"""Everybody's embeddings → a person head: templates, softmax layer, thresholds, figures."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from threadpoolctl import threadpool_limits

from engine.calibration import Peers, check_cohort, measure_scale, measure_tail, unit
from engine.evening import Evening
from engine.head_state import HeadState
from engine.head_training import EpochReport, SoftmaxLayer, SoftmaxTrainer
from engine.left_out import leave_out
from engine.person_head import PersonHead
from engine.training_set import UNKEPT, TrainingSet, grouped_sums
from engine.types import Floats

MOST_TRAINED = 2000
"""Beyond this many people the softmax layer stays at everybody's mean direction: an epoch would take seconds."""
_MOST_CHECKED = 1000


@dataclass(frozen=True, slots=True)
class FitProgress:
    """How far a training is.

    Attributes:
        stage: What it does: train the layer, or learn the thresholds.
        fraction: Of the whole, in [0, 1]; early stopping makes it jump ahead.
        epoch: The epoch's report, while training.
    """

    stage: Literal["train", "calibrate", "done"]
    fraction: float
    epoch: EpochReport | None = None


class HeadTrainer:
    """Trains person heads.

    Args:
        seed: Makes a run repeatable.
        epochs: The most epochs.

    Attributes:
        head_: The new head's state; None until `fit` came to its end.
    """

    def __init__(self, *, seed: int = 0, epochs: int = 100) -> None:
        self.seed = seed
        self.epochs = epochs
        self.head_: HeadState | None = None

    def fit(self, data: TrainingSet, cohort: Floats) -> Iterator[FitProgress]:
        """Trains; closing the generator cancels, and `head_` stays None.

        Args:
            data: Everybody's embeddings.
            cohort: (m, 128): strangers' embeddings by the same network.

        Raises:
            ModelError: The cohort does not fit.
        """
        self.head_ = None
        cohort = check_cohort(cohort)
        evening = Evening.of(cohort)
        if not data.people:
            self.head_ = HeadState.empty()
            yield FitProgress("done", 1.0)
            return
        cohort, data = evening(cohort), data.evened(evening)
        templates = data.templates()
        layer = SoftmaxLayer.from_templates(templates)
        # Beside a live view, BLAS threads that wait for a busy core make an epoch eight times slower than one thread.
        with threadpool_limits(1, user_api="blas"):
            if data.people <= MOST_TRAINED:
                trainer = SoftmaxTrainer(seed=self.seed, epochs=self.epochs)
                for report in trainer.fit(data, cohort):
                    yield FitProgress("train", 0.9 * report.epoch / report.epochs, report)
                layer = trainer.layer_ or layer
            yield FitProgress("calibrate", 0.9)
            self.head_ = _calibrated(data, templates, layer, cohort, evening)
        yield FitProgress("done", 1.0)


def _calibrated(
    data: TrainingSet, templates: Floats, layer: SoftmaxLayer, cohort: Floats, evening: Evening
) -> HeadState:
    scale = measure_scale(templates, cohort)
    peers, strangers = Peers.of(cohort)
    tail = measure_tail(templates, scale, strangers, peers)
    none = np.zeros(0, np.float32)
    state = HeadState(
        evening=evening,
        person_ids=np.array(data.person_ids, np.int64),
        templates=templates,
        scale=scale,
        peers=peers,
        floors=none,
        tail=tail,
        layer=SoftmaxLayer(layer.weights[: data.people], layer.bias[: data.people]),
        negatives=data.negatives,
        negative_owners=data.negative_owners,
        own=none,
        leads=none,
    )
    left_out = leave_out(data, state)
    return replace(state, floors=left_out.floors, own=left_out.own, leads=left_out.leads)


@dataclass(frozen=True, slots=True)
class Named:
    """How a head names samples, each compared with the other samples of its person.

    Attributes:
        right: Share that is named at once and rightly.
        lost: Share that does not get its own name even as a question.
        samples: How many there are.
    """

    right: float
    lost: float
    samples: int


def name_samples(
    head: PersonHead, data: TrainingSet, people: Collection[int], newest: int = UNKEPT, *, knows_newer: bool = True
) -> Named:
    """Lets a head name the samples that it was made of.

    Who has a single sample is asked for with that one in the template.

    Args:
        head: The head.
        data: Embeddings.
        people: Numbers of those who count; with none, all is right.
        newest: Number of the newest sample that counts.
        knows_newer: Whether the head has learnt the samples after that, too.
    """
    held = data.as_seen & (data.samples <= newest)
    ids = np.array(data.person_ids, np.int64)
    places = {person: place for place, person in enumerate(head.state.person_ids.tolist())}
    rows = np.flatnonzero(held & np.isin(ids[data.owners], [person for person in people if person in places]))
    if not len(rows):
        return Named(1.0, 0.0, 0)
    if len(rows) > _MOST_CHECKED:
        rows = np.random.default_rng(0).permutation(rows)[:_MOST_CHECKED]
    several = np.bincount(data.owners[held], minlength=data.people) >= 2
    evened = head.state.evening(data.embeddings)
    if not knows_newer:
        evened[data.samples > newest] = 0.0
    _, numbers = np.unique(data.samples, return_inverse=True)
    rest = unit(grouped_sums(evened, data.owners)[data.owners[rows]] - grouped_sums(evened, numbers)[numbers[rows]])
    own = np.array([places[person] for person in ids[data.owners[rows]].tolist()])
    rest = np.where(several[data.owners[rows], None], rest, head.state.templates[own])
    best, certain = head.name_left_out(data.embeddings[rows], own, rest)
    right = int(((best == own) & certain).sum())
    return Named(right / len(rows), int((best != own).sum()) / len(rows), len(rows))
