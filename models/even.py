"""The map that lets each direction of an embedding count alike."""

import numpy as np
from numpy.typing import NDArray

RIDGE = 3.0
"""Of the mean variance, added to each direction's: those that carry noise alone stay small."""


def even_matrix(embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
    """Learn the map from strangers.

    A network that is not trained to the end gives most of an embedding's length to the few directions that it learned
    first. Scaling each direction by how much strangers vary along it mends that. What all faces have in common stays:
    taking it away, too, costs accuracy on pairs.

    Args:
        embeddings: (m, size) unit vectors of strangers.

    Returns:
        (size, size), symmetric; vectors of a typical direction keep about their length.
    """
    values, directions = np.linalg.eigh(np.cov(embeddings.astype(np.float64).T))
    typical = values.mean()
    scales = np.sqrt(typical / (np.maximum(values, 0.0) + RIDGE * typical))
    matrix: NDArray[np.float32] = ((directions * scales) @ directions.T).astype(np.float32)
    return matrix
