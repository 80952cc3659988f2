"""The strangers that a network's thresholds are set on."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.calibration import MIN_COHORT
from models.data import Faces
from models.inference import both_ways, file_inference, network_file
from models.linear import turn
from models.metrics import impostor_threshold
from models.splits import Rows, role_rows

SEEN_FACES = 5000
"""Faces at most that tell how one network's embeddings become another's."""


def stranger_rows(faces: Faces, splits: Path) -> Rows:
    """Give the faces that neither training nor any figure uses; none where the sets are too small to keep enough."""
    rows = role_rows(faces, "cohort", splits)
    return rows if len(rows) >= MIN_COHORT else rows[:0]


def embed_strangers(file: Path, crops: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Look at strangers and at their mirror images: at the desk they are looked at once or twice before they leave.

    Args:
        file: The network's fp16 file.
        crops: (m, 128, 128, 3) RGB.

    Returns:
        (m, 128) unit vectors.
    """
    return np.asarray(both_ways(file_inference(file))(crops)["embedding"], np.float16)


def carried_strangers(network: Path, file: Path, crops: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Carry the strangers of a shipped network over to one that went on learning from it.

    Their pictures are not at hand, only what the shipped network made of them. How the new one sees faces otherwise
    is told by faces that both look at: people of a small set who may come to be enrolled cannot be its strangers.

    Args:
        network: Folder of the shipped network.
        file: The new network's fp16 file.
        crops: (n, 128, 128, 3) RGB, any faces.

    Returns:
        (m, 128) unit vectors.

    Raises:
        FileNotFoundError: The shipped network has no cohort.
    """
    with np.load(network / "cohort.npz") as stored:
        strangers = stored["embeddings"].astype(np.float32)
    before = embed_strangers(network_file(network, "fp16"), crops[:SEEN_FACES]).astype(np.float32)
    after = embed_strangers(file, crops[:SEEN_FACES]).astype(np.float32)
    kernel, bias = turn(before, after)
    carried = strangers @ kernel + bias
    return np.asarray(carried / np.linalg.norm(carried, axis=1, keepdims=True), np.float16)


def thresholds(cohort: NDArray[np.float16]) -> dict[str, float]:
    """Give the similarities that 1, 0.1 and 0.01 % of the comparisons between strangers reach."""
    embeddings = cohort.astype(np.float32)
    similarity = (embeddings @ embeddings.T)[np.triu_indices(len(embeddings), 1)]
    rates = {"1pct": 0.01, "0_1pct": 0.001, "0_01pct": 0.0001}
    return {f"similarity_at_fmr_{name}": round(impostor_threshold(similarity, rate), 4) for name, rate in rates.items()}
