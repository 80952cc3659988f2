"""Age group and ethnicity on kept-out faces, and how the network fares per group."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.data import UNKNOWN, Faces
from models.evaluation.tables import Cell
from models.metrics import confusion
from models.tasks import AGE_GROUPS, ETHNICITIES

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
LABELS = {"age": AGE_GROUPS, "ethnicity": ETHNICITIES}


def confusions(outputs: Mapping[str, Floats], faces: Faces, rows: Rows) -> dict[str, NDArray[np.int64]]:
    """Count, for each task, what faces are and what the network says; faces without that label are left out."""
    tables = {}
    for task, labels in LABELS.items():
        truth = faces.labels(task)[rows]
        known = truth != UNKNOWN
        tables[task] = confusion(truth[known], outputs[task][known].argmax(axis=1), len(labels))
    return tables


def group_rows(
    outputs: Mapping[str, Floats], faces: Faces, rows: Rows, thresholds: tuple[float, ...]
) -> list[list[Cell]]:
    """Compare groups: accuracy of both tasks, and how often two strangers of one group are taken for one person.

    Args:
        outputs: Of the network on these rows.
        faces: All faces.
        rows: Which of them.
        thresholds: Similarities; the false match rate is given at each.

    Returns:
        A line for each ethnicity and age group: name, images, accuracy of age and of ethnicity, the rates in per mille.
    """
    lines: list[list[Cell]] = []
    for task, labels in LABELS.items():
        for index, label in enumerate(labels):
            here = faces.labels(task)[rows] == index
            cells: list[Cell] = [label, int(here.sum())]
            cells += [_accuracy(outputs[other], faces.labels(other)[rows], here) for other in LABELS]
            cells += [f"{1000 * rate:.2f} ‰" for rate in _match_rates(outputs["embedding"][here], thresholds)]
            lines.append(cells)
    return lines


def _accuracy(probabilities: Floats, truth: NDArray[np.int8], here: NDArray[np.bool_]) -> float:
    known = here & (truth != UNKNOWN)
    return float(np.mean(probabilities[known].argmax(axis=1) == truth[known]))


def _match_rates(embeddings: Floats, thresholds: tuple[float, ...]) -> list[float]:
    """Give the share of all pairs (taken to be of different persons) that reach each threshold."""
    similarity = (embeddings @ embeddings.T)[np.triu_indices(len(embeddings), 1)]
    return [float(np.mean(similarity >= threshold)) for threshold in thresholds]
