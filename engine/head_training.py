"""The softmax layer on the embedding, trained in NumPy by the paper's schedule: Adam, early stopping, halving.

It starts from each person's mean direction, so that it is useful from the first epoch, and has one class more than
people: nobody, taught with strangers from the network's cohort and with every "not me".
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.training_set import TrainingSet
from engine.types import EMBEDDING_SIZE, Floats, Indices

START_SCALE = 12.0
MIN_GAIN = 0.01
"""A smaller gain in the validation loss does not count as one."""
_BETA_1, _BETA_2, _EPSILON = 0.9, 0.999, 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class SoftmaxLayer:
    """Weights of the layer: logits = embedding · weightsᵀ + bias.

    Attributes:
        weights: (n, 128) float32, one row per class.
        bias: (n,) float32.
    """

    weights: Floats
    bias: Floats

    def logits(self, embeddings: Floats) -> Floats:
        """(m, 128) embeddings → (m, n) logits."""
        return embeddings @ self.weights.T + self.bias

    @classmethod
    def from_templates(cls, templates: Floats) -> "SoftmaxLayer":
        """The untrained layer: each person's mean direction, and nobody (last) at the height of a doubtful one."""
        weights = np.vstack([START_SCALE * templates, np.zeros((1, EMBEDDING_SIZE), np.float32)])
        bias = np.zeros(len(weights), np.float32)
        bias[-1] = 0.3 * START_SCALE
        return cls(weights.astype(np.float32), bias)


@dataclass(frozen=True, slots=True)
class EpochReport:
    """Progress after one epoch.

    Attributes:
        epoch: From 1.
        epochs: How many there will be at most.
        loss: Mean weighted cross-entropy on the training views.
        validation_loss: The same on the held-out views.
        validation_accuracy: Share of the held-out views that get their own class.
        learning_rate: The rate this epoch was trained with.
    """

    epoch: int
    epochs: int
    loss: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float


@dataclass(frozen=True, slots=True, eq=False)
class _Examples:
    vectors: Floats
    classes: Indices
    weights: Floats

    def part(self, rows: NDArray[np.bool_]) -> "_Examples":
        return _Examples(self.vectors[rows], self.classes[rows], self.weights[rows])


class _Adam:
    """Adam for one array, in place (Kingma and Ba 2015)."""

    def __init__(self, parameter: Floats) -> None:
        self._parameter = parameter
        self._mean = np.zeros_like(parameter)
        self._square = np.zeros_like(parameter)
        self._step = 0

    def step(self, gradient: Floats, learning_rate: float) -> None:
        self._step += 1
        self._mean *= _BETA_1
        self._mean += (1 - _BETA_1) * gradient
        self._square *= _BETA_2
        np.square(gradient, out=gradient)
        gradient *= 1 - _BETA_2
        self._square += gradient
        np.sqrt(self._square, out=gradient)
        gradient /= float(np.sqrt(1 - _BETA_2**self._step))
        gradient += _EPSILON
        np.divide(self._mean, gradient, out=gradient)
        gradient *= learning_rate / (1 - _BETA_1**self._step)
        self._parameter -= gradient


def _softmax(logits: Floats) -> Floats:
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits


def _examples(data: TrainingSet, cohort: Floats, seed: int) -> tuple[_Examples, NDArray[np.bool_]]:
    """All views, then "not me"s and strangers as the last class; and which of them are held out."""
    rng = np.random.default_rng(seed)
    wanted = min(len(cohort), max(500, len(data.embeddings) // 5))
    strangers = cohort[rng.permutation(len(cohort))[:wanted]]
    nobody = np.full(len(data.negatives) + len(strangers), data.people)
    classes = np.concatenate([data.owners, nobody])
    counts = np.bincount(classes, minlength=data.people + 1).astype(np.float32)
    per_class = 1.0 / counts
    per_class[-1] *= max(1.0, 0.2 * data.people)
    weights = per_class[classes] * (len(classes) / per_class[classes].sum())
    held_out = np.concatenate([data.held_out(0.2, seed), np.arange(len(nobody)) % 5 == 4])
    vectors = np.concatenate([data.embeddings, data.negatives, strangers])
    return _Examples(vectors, classes, weights.astype(np.float32)), held_out


class SoftmaxTrainer:
    """Trains the layer.

    Args:
        learning_rate: Adam's first step size.
        batch: Examples a step.
        epochs: The most epochs.
        patience: Epochs without gain after which it stops.
        seed: Makes a run repeatable.

    Attributes:
        layer_: The best layer so far; None before the first epoch.
    """

    def __init__(
        self, *, learning_rate: float = 0.02, batch: int = 256, epochs: int = 100, patience: int = 3, seed: int = 0
    ) -> None:
        self.learning_rate = learning_rate
        self.batch = batch
        self.epochs = epochs
        self.patience = patience
        self.seed = seed
        self.layer_: SoftmaxLayer | None = None

    def fit(self, data: TrainingSet, cohort: Floats) -> Iterator[EpochReport]:
        """Trains epoch by epoch; closing the generator cancels.

        Args:
            data: Everybody's embeddings.
            cohort: (m, 128) unit vectors of strangers.

        Yields:
            A report after each epoch.
        """
        examples, held_out = _examples(data, cohort, self.seed)
        training = examples.part(~held_out)
        # Where nobody has samples to spare, their own views stand in, so that people count beside the strangers.
        spared = held_out[: len(data.owners)].any()
        validation = examples.part(held_out if spared else held_out | (examples.classes < data.people))
        layer = SoftmaxLayer.from_templates(data.templates())
        self.layer_ = None
        optimisers = (_Adam(layer.weights), _Adam(layer.bias))
        rng = np.random.default_rng(self.seed + 1)
        rate, best, without_gain = self.learning_rate, np.inf, 0
        for epoch in range(1, self.epochs + 1):
            loss = self._epoch(layer, optimisers, training, rng.permutation(len(training.classes)), rate)
            validation_loss, accuracy = _evaluate(layer, validation, self.batch)
            if validation_loss < best - MIN_GAIN:
                best, without_gain = validation_loss, 0
                self.layer_ = SoftmaxLayer(layer.weights.copy(), layer.bias.copy())
            else:
                without_gain += 1
            yield EpochReport(epoch, self.epochs, loss, validation_loss, accuracy, rate)
            if without_gain >= self.patience:
                return
            if without_gain:
                rate *= 0.5

    def _epoch(
        self,
        layer: SoftmaxLayer,
        optimisers: tuple[_Adam, _Adam],
        examples: _Examples,
        order: Indices,
        rate: float,
    ) -> float:
        total = 0.0
        for start in range(0, len(order), self.batch):
            rows = order[start : start + self.batch]
            vectors, classes, weights = examples.vectors[rows], examples.classes[rows], examples.weights[rows]
            gradient = _softmax(layer.logits(vectors))
            picked = (np.arange(len(rows)), classes)
            total -= float((np.log(np.maximum(gradient[picked], 1e-12)) * weights).sum())
            gradient[picked] -= 1.0
            gradient *= weights[:, None] / len(rows)
            optimisers[0].step(gradient.T @ vectors, rate)
            optimisers[1].step(gradient.sum(axis=0), rate)
        return total / len(order)


def _evaluate(layer: SoftmaxLayer, examples: _Examples, batch: int) -> tuple[float, float]:
    loss, right = 0.0, 0
    for start in range(0, len(examples.classes), batch):
        part = slice(start, start + batch)
        probabilities = _softmax(layer.logits(examples.vectors[part]))
        classes = examples.classes[part]
        own = probabilities[np.arange(len(classes)), classes]
        loss -= float((np.log(np.maximum(own, 1e-12)) * examples.weights[part]).sum())
        right += int((probabilities.argmax(axis=1) == classes).sum())
    return loss / len(examples.classes), right / len(examples.classes)
