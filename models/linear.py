"""Linear maps fitted in closed form."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def ridge(features: Floats, wanted: Floats, strength: float = 0.05) -> tuple[Floats, Floats]:
    """Regress (n, outputs) on (n, channels) with a penalty relative to the features' variance.

    Returns:
        Kernel (channels, outputs) and bias (outputs,).
    """
    mean, wanted_mean = features.mean(axis=0), wanted.mean(axis=0)
    centred = (features - mean).astype(np.float64)
    covariance = centred.T @ centred / len(centred)
    penalty = strength * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    kernel = np.linalg.solve(covariance + penalty, centred.T @ (wanted - wanted_mean) / len(centred))
    return kernel.astype(np.float32), (wanted_mean - mean @ kernel).astype(np.float32)


def turn(embeddings: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Find what takes embeddings to others of the same faces, no further from a scaling than these faces tell.

    Args:
        embeddings: (n, size).
        wanted: (n, size).

    Returns:
        Kernel (size, size) and bias (size,).
    """
    scale = float((embeddings * wanted).sum() / (embeddings**2).sum())
    kernel, bias = ridge(embeddings, wanted - scale * embeddings)
    return kernel + scale * np.eye(len(kernel), dtype=np.float32), bias
