"""Training batches: shuffled, augmented and made ready in a thread while the network learns from the last one."""

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.augment import Augmenter
from models.data import UNKNOWN, Faces

Rows = NDArray[np.intp]
AHEAD = 6
"""Batches that wait ready at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What the training faces should give; row i belongs to face i of `Faces`.

    Attributes:
        embedding: (n, 128) float32, the centred teacher at unit length; zeros where there is no teacher.
        identity: (n,) class of the person among the trained ones, -1 when not labelled.
        tasks: Class of each task by name, (n,), -1 when not labelled.
    """

    embedding: NDArray[np.float32]
    identity: NDArray[np.int64]
    tasks: dict[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Inputs (n, 128, 128, 3) uint8 and the rows of `Targets` they belong to."""

    images: NDArray[np.uint8]
    rows: Rows


def make_targets(faces: Faces, train: Rows, tasks: tuple[str, ...]) -> Targets:
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
        tasks={task: faces.labels(task).astype(np.int64) for task in tasks},
    )


def class_weights(labels: NDArray[np.int64], classes: int) -> NDArray[np.float32]:
    """Weight classes (classes,) so that each counts the same in sum; the mean weight of a labelled face is one."""
    counts = np.bincount(labels[labels != UNKNOWN], minlength=classes)
    weights: NDArray[np.float32] = (counts.sum() / (classes * np.maximum(counts, 1))).astype(np.float32)
    return weights


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
