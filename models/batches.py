"""Training batches: shuffled, augmented and made ready in a thread while the network learns from the last one."""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.augment import Augmenter
from models.data import AGE_GROUP_FROM_YEARS, UNKNOWN, Faces
from models.tasks import Task

Rows = NDArray[np.intp]
Floats = NDArray[np.float32]
AGE_DOUBT_YEARS = 1.7
AHEAD = 6
"""Batches that wait ready at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What the training faces should give; row i belongs to face i of `Faces`.

    Attributes:
        embedding: (n, 128) float32, the centred teacher at unit length; zeros where there is no teacher.
        identity: (n,) class of the person among the trained ones, -1 when not labelled.
        tasks: Share of each class by the task's name, (n, classes) float32; zeros where not labelled.
    """

    embedding: NDArray[np.float32]
    identity: NDArray[np.int64]
    tasks: dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Inputs (n, 128, 128, 3) uint8 and the rows of `Targets` they belong to."""

    images: NDArray[np.uint8]
    rows: Rows


def make_targets(faces: Faces, train: Rows, tasks: Sequence[Task]) -> Targets:
    """Centre the teacher on the training faces and number their identities.

    Args:
        faces: All faces.
        train: Rows that training uses.
        tasks: Names of the further tasks.

    Returns:
        Targets for all faces; only persons with two pictures or more in `train` are identities.
    """
    taught = (faces.teacher != 0).any(axis=1)
    mean = faces.teacher[train][taught[train]].mean(axis=0) if taught[train].any() else np.float32(0)
    centred = (faces.teacher - mean) * taught[:, np.newaxis]
    persons, counts = np.unique(faces.persons[train], return_counts=True)
    numbers = {str(person): i for i, person in enumerate(persons[(counts > 1) & (persons != "")])}
    identity = np.full(len(faces), UNKNOWN, np.int64)
    identity[train] = [numbers.get(str(person), UNKNOWN) for person in faces.persons[train]]
    return Targets(
        embedding=centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6),
        identity=identity,
        tasks={task.name: _shares(faces, task) for task in tasks},
    )


def _shares(faces: Faces, task: Task) -> Floats:
    """Give how far each face belongs to each class, (n, classes): wholly to its own, or by its years."""
    labels = faces.labels(task.name)
    shares = np.zeros((len(faces), len(task.labels)), np.float32)
    known = np.flatnonzero(labels != UNKNOWN)
    shares[known, labels[known]] = 1.0
    if task.name == "age":
        dated = np.flatnonzero(~np.isnan(faces.years))
        shares[dated] = age_shares(faces.years[dated])
    return shares


def age_shares(years: Floats) -> Floats:
    """Give the share of each age group (n, groups) that stands for a label of so many years (n,).

    Nobody tells 29 years from 31 by a face, and the years of the training faces are mostly guesses themselves: near
    a group's bound both groups get a share, by a logistic curve that leaves a twentieth at five years from it.
    """
    bounds = np.array(AGE_GROUP_FROM_YEARS[1:], np.float32)
    older = 1.0 / (1.0 + np.exp((bounds - 0.5 - years[:, np.newaxis]) / AGE_DOUBT_YEARS))
    ends = np.ones((len(years), 1)), np.zeros((len(years), 1))
    return -np.diff(np.hstack([ends[0], older, ends[1]])).astype(np.float32)


def class_weights(shares: Floats) -> Floats:
    """Weight classes (classes,) so that each counts the same in sum; the mean weight of a labelled face is one.

    Args:
        shares: (n, classes) of `Targets`.
    """
    sums = shares.sum(axis=0)
    return np.asarray(sums.sum() / (len(sums) * np.maximum(sums, 1.0)), np.float32)


def epoch_batches(faces: Faces, train: Rows, batch_size: int, seed: int) -> Iterator[Batch]:
    """Give every training face once, augmented, in batches; an incomplete last one is left out.

    Args:
        faces: All faces.
        train: Rows that training uses.
        batch_size: Faces in a batch.
        seed: Of order and augmentation.

    Yields:
        Batches, made ahead in a thread.

    Raises:
        Exception: Whatever went wrong in the thread.
    """
    ready: queue.Queue[Batch | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()

    def put(item: Batch | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.5)
            except queue.Full:
                continue
            return

    def fill() -> None:
        try:
            augment = Augmenter(seed)
            order = augment.rng.permutation(train)
            for start in range(0, len(order) - batch_size + 1, batch_size):
                rows = order[start : start + batch_size]
                put(Batch(np.stack([augment(faces.crops[row]) for row in rows]), rows))
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:  # the consumer raises it
            put(error)

    threading.Thread(target=fill, name="batches", daemon=True).start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
