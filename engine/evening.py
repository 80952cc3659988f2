"""Evens out an embedding: directions in which strangers differ much anyway count less.

A network spreads faces mostly along a few directions (age, skin, light), so that the cosine of two strangers is often
high there. Scaling each direction by how much the cohort varies along it (ridge-regularised whitening) leaves what
tells people apart.
"""

from dataclasses import dataclass

import numpy as np

from engine.calibration import unit
from engine.types import EMBEDDING_SIZE, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Evening:
    """A shift and a linear map, learnt from strangers.

    Attributes:
        mean: (128,) float32: what every face has in common.
        matrix: (128, 128) float32, symmetric.
    """

    mean: Floats
    matrix: Floats

    @classmethod
    def none(cls) -> "Evening":
        """The map that changes nothing."""
        return cls(np.zeros(EMBEDDING_SIZE, np.float32), np.eye(EMBEDDING_SIZE, dtype=np.float32))

    @classmethod
    def of(cls, cohort: Floats) -> "Evening":
        """Learns the map.

        Args:
            cohort: (m, 128) unit vectors of strangers.
        """
        mean = cohort.mean(axis=0)
        values, directions = np.linalg.eigh(np.cov((cohort - mean).T).astype(np.float64))
        # Directions that the network hardly uses carry noise, of the quantisation too: the ridge keeps them small.
        scales = 1.0 / np.sqrt(np.maximum(values, 0.0) + max(float(values.mean()), 1e-12))
        return cls(mean, ((directions * scales) @ directions.T).astype(np.float32))

    def __call__(self, embeddings: Floats) -> Floats:
        """(…, 128) embeddings → evened unit vectors."""
        return unit(np.asarray((embeddings - self.mean) @ self.matrix, np.float32))
