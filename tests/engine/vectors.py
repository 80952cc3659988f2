"""Embeddings as a network gives them, drawn at random: people lie around their own direction, strangers around zero."""

import numpy as np

from engine.calibration import unit
from engine.training_set import TrainingSet
from engine.types import Floats, Indices

# A network uses its 128 directions unevenly; about 60 carry most.
SPECTRUM = np.exp(-np.arange(128) / 40).astype(np.float32)


def draw(count: int, rng: np.random.Generator) -> Floats:
    """`count` people nobody has seen before."""
    return unit(rng.standard_normal((count, 128)).astype(np.float32) * SPECTRUM)


def views(people: Floats, each: int, rng: np.random.Generator, likeness: float = 0.65) -> Floats:
    """`each` photographs of everybody, person after person; two of the same have about this cosine."""
    noise = draw(len(people) * each, rng)
    return unit(np.sqrt(likeness) * np.repeat(people, each, axis=0) + np.sqrt(1 - likeness) * noise)


def training_set(embeddings: Floats, owners: Indices, first_id: int = 1) -> TrainingSet:
    """People numbered from `first_id`, named P1, P2 …; each embedding a sample of its own."""
    count = int(owners.max()) + 1 if len(owners) else 0
    ids = tuple(range(first_id, first_id + count))
    samples = np.arange(len(owners))
    return TrainingSet(ids, tuple(f"P{i}" for i in ids), embeddings, owners, samples, np.ones(len(owners), bool))


def crowd(people: int, each: int, rng: np.random.Generator) -> tuple[Floats, TrainingSet]:
    """Their true directions, and what was enrolled of them."""
    directions = draw(people, rng)
    return directions, training_set(views(directions, each, rng), np.repeat(np.arange(people), each))
