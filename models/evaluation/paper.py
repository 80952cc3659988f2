"""The protocol of Aboluhom and Kandilli (2025): nine persons, three age groups, three ethnicities, 70/30, both forms.

The base stays frozen, so its features are computed once and the layers above are trained on them: the same function
and the same gradients as training the whole network, in seconds instead of hours.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.data import UNKNOWN, Faces
from models.metrics import confusion

if TYPE_CHECKING:
    import keras

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

PER_CLASS = 450
PER_PERSON = 150
TRAIN_SHARE = 0.7
WATCHED_SHARE = 0.1
"""Share of the 70 % that tells when to stop."""
TASKS = ("person", "age", "ethnicity")
CLASSES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Protocol:
    """Which faces the protocol uses, and their labels.

    Attributes:
        rows: (n,) rows of `Faces`, each once.
        labels: (n,) class by task, -1 where a face takes no part in it; a face may take part in age and in ethnicity.
        train: (n,) whether a face is of the 70 %.
        people: Names of the persons, by class.
    """

    rows: Rows
    labels: dict[str, NDArray[np.int8]]
    train: NDArray[np.bool_]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came out: counts by task (rows: is, columns: said), seconds of training, epochs."""

    counts: dict[str, NDArray[np.int64]]
    seconds: float
    epochs: int

    def accuracy(self, task: str) -> float:
        """Share of right answers."""
        counts = self.counts[task]
        return float(np.trace(counts) / counts.sum())


def protocol(faces: Faces, persons: Rows, attributes: Rows, people: int, seed: int = 7) -> Protocol:
    """Choose faces in the proportions of the paper's Table 2.

    A face that is drawn for age and for ethnicity is on one side for both: the layers of both share what they learn.
    Each class is filled up to its 70 % from its other faces.

    Args:
        faces: All faces.
        persons: Rows of labelled persons.
        attributes: Rows that ages and ethnicities may come from.
        people: How many persons; those with the most pictures.
        seed: Of the choice and the split.
    """
    rng = np.random.default_rng(seed)
    names, counts = np.unique(faces.persons[persons], return_counts=True)
    chosen = names[np.argsort(-counts)][:people]
    pictures = {name: persons[faces.persons[persons] == name] for name in chosen}
    parts = [(_some(rng, pictures[name], PER_PERSON), ("person", i)) for i, name in enumerate(chosen)]
    for task in ("age", "ethnicity"):
        for label in range(CLASSES):
            candidates = attributes[faces.labels(task)[attributes] == label]
            parts.append((_some(rng, candidates, PER_CLASS), (task, label)))
    rows = np.unique(np.concatenate([part for part, _ in parts]))
    labels = {task: np.full(len(rows), UNKNOWN, np.int8) for task in TASKS}
    train, dealt = np.zeros(len(rows), bool), np.zeros(len(rows), bool)
    for part, (task, label) in parts:
        here = np.searchsorted(rows, part)
        labels[task][here] = label
        missing = round(TRAIN_SHARE * len(part)) - int(train[here].sum())
        train[rng.permutation(here[~dealt[here]])[: max(0, missing)]] = True
        dealt[here] = True
    return Protocol(rows, labels, train, tuple(str(name) for name in chosen))


def _some(rng: np.random.Generator, rows: Rows, count: int) -> Rows:
    return rng.permutation(rows)[:count]


def train_heads(
    features: Floats, chosen: Protocol, *, shared: bool, seed: int = 0
) -> tuple[Mapping[str, Floats], float, int]:
    """Train the layers above a frozen base with the paper's settings.

    Adam 1e-4, batch 32, up to 100 epochs, sparse categorical cross-entropy, early stop after three epochs without
    gain, rate halved on a plateau, best weights kept. When to do so is told by a tenth of the 70 %; the 30 % have no
    say in the training.

    Args:
        features: (n, channels) of the protocol's faces.
        chosen: The protocol.
        shared: Whether a Dense(128, ReLU) and dropout lie between (the paper's form); otherwise the heads sit on the
            features, as on the desk form's embedding.
        seed: Of weights, order and the tenth.

    Returns:
        Probabilities (n, classes) by task for all faces, seconds, epochs.
    """
    import keras

    keras.utils.set_random_seed(seed)
    model = _heads(features.shape[1], len(chosen.people), shared=shared)
    learned, watched = (_fit_arguments(features, chosen, here) for here in watched_apart(chosen.train, seed))
    began = time.perf_counter()
    history = model.fit(
        learned[0],
        learned[1],
        sample_weight=learned[2],
        validation_data=watched,
        batch_size=32,
        epochs=100,
        verbose=0,
        callbacks=[
            keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
            keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=1),
        ],
    )
    seconds = time.perf_counter() - began
    return model.predict(features, verbose=0), seconds, len(history.history["loss"])


def watched_apart(train: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Part the faces of training (n,) into those that are learned from and the tenth that tells when to stop."""
    rows = np.flatnonzero(train)
    watched = np.zeros(len(train), bool)
    watched[np.random.default_rng(seed).permutation(rows)[: round(WATCHED_SHARE * len(rows))]] = True
    return train & ~watched, watched


def _heads(channels: int, people: int, *, shared: bool) -> "keras.Model":
    """Build and compile the layers above a base; the desk's embedding takes a hundred times the paper's rate."""
    import keras

    from models.networks import paper_heads, softmax_heads

    features = keras.Input((channels,))
    heads = paper_heads(features, people) if shared else softmax_heads(features, people)
    model = keras.Model(features, heads)
    rate = 1e-4 if shared else 1e-2
    model.compile(keras.optimizers.Adam(rate), dict.fromkeys(TASKS, "sparse_categorical_crossentropy"))
    return model


def _fit_arguments(
    features: Floats, chosen: Protocol, here: NDArray[np.bool_]
) -> tuple[Floats, dict[str, NDArray[np.int8]], dict[str, Floats]]:
    """Give features, labels and weights; a weight of 0 leaves a face out of a task it has no label for."""
    labels = {task: classes[here] for task, classes in chosen.labels.items()}
    weights = {task: (classes != UNKNOWN).astype(np.float32) for task, classes in labels.items()}
    return features[here], {task: np.maximum(classes, 0) for task, classes in labels.items()}, weights


def count(answers: Mapping[str, Floats], chosen: Protocol) -> dict[str, NDArray[np.int64]]:
    """Count answers on the protocol's 30 %, by task."""
    counts = {}
    for task, labels in chosen.labels.items():
        here = ~chosen.train & (labels != UNKNOWN)
        probabilities = answers[task][here]
        counts[task] = confusion(labels[here], probabilities.argmax(axis=1), probabilities.shape[1])
    return counts
