"""Age group and ethnicity on kept-out faces, and how the network fares per group."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.data import UNKNOWN, Faces
from models.evaluation.tables import NOTHING, Cell
from models.metrics import confusion
from models.tasks import TASKS

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
LABELS = {task.name: task.labels for task in TASKS}


def known_labels(faces: Faces, rows: Rows) -> dict[str, tuple[str, ...]]:
    """Give the labels of each task that is known of a face among these rows.

    Raises:
        ValueError: None is known of any.
    """
    known: dict[str, tuple[str, ...]] = {
        task: labels for task, labels in LABELS.items() if np.any(faces.labels(task)[rows] != UNKNOWN)
    }
    if not known:
        raise ValueError(
            f"None of the {len(rows)} faces has a label: expected a table with a column {' or '.join(LABELS)}."
        )
    return known


def answered(outputs: Mapping[str, Floats]) -> dict[str, tuple[str, ...]]:
    """Give the labels of each task that a network answers: one that was trained earlier may lack a task."""
    return {task: labels for task, labels in LABELS.items() if task in outputs}


def confusions(outputs: Mapping[str, Floats], faces: Faces, rows: Rows) -> dict[str, NDArray[np.int64]]:
    """Count, for each answered task, what faces are and what the network says; faces without its label are left out."""
    tables = {}
    for task, labels in answered(outputs).items():
        truth = faces.labels(task)[rows]
        known = truth != UNKNOWN
        tables[task] = confusion(truth[known], outputs[task][known].argmax(axis=1), len(labels))
    return tables


def group_rows(
    outputs: Mapping[str, Floats], faces: Faces, rows: Rows, thresholds: tuple[float, ...]
) -> list[list[Cell]]:
    """Compare groups: accuracy of each task, and how often two strangers of one group are taken for one person.

    Args:
        outputs: Of the network on these rows.
        faces: All faces.
        rows: Which of them.
        thresholds: Similarities; the false match rate is given at each.

    Returns:
        A line for each class of the tasks it answers: name, images, accuracy of each of these tasks, the rates in per
        mille; a dash where no face of the group has the label, or no two are of different persons.
    """
    tasks = answered(outputs)
    lines: list[list[Cell]] = []
    for task, labels in tasks.items():
        for index, label in enumerate(labels):
            here = faces.labels(task)[rows] == index
            cells: list[Cell] = [label, int(here.sum())]
            cells += [_accuracy(outputs[other], faces.labels(other)[rows], here) for other in tasks]
            cells += _match_rates(outputs["embedding"][here], faces.persons[rows][here], thresholds)
            lines.append(cells)
    return lines


def _accuracy(probabilities: Floats, truth: NDArray[np.int8], here: NDArray[np.bool_]) -> Cell:
    known = here & (truth != UNKNOWN)
    return float(np.mean(probabilities[known].argmax(axis=1) == truth[known])) if known.any() else NOTHING


def _match_rates(embeddings: Floats, persons: NDArray[np.str_], thresholds: tuple[float, ...]) -> list[Cell]:
    """Give the share of pairs that reach each threshold; an unnamed face is taken to be of a person of its own."""
    one_person = (persons[:, np.newaxis] == persons[np.newaxis]) & (persons != "")
    similarity = (embeddings @ embeddings.T)[np.triu(~one_person, 1)]
    if not len(similarity):
        return [NOTHING] * len(thresholds)
    return [f"{1000 * float(np.mean(similarity >= threshold)):.2f} ‰" for threshold in thresholds]
