"""Markdown tables and classification reports."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Cell = str | int | float
NOTHING = "–"
"""Stands in a table where no face or pair is, or too few strangers are."""


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Write a Markdown table; shares in [0, 1] as floats become per cent."""
    lines = [head, ["---"] * len(head), *([_text(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def report(counts: Counts, labels: Sequence[str]) -> str:
    """Write confusion matrix, precision, recall and F1 of each class, and the accuracy.

    Args:
        counts: (classes, classes): rows are what a face is, columns what the network says.
        labels: Names of the classes.
    """
    right = np.diag(counts)
    recall = right / np.maximum(counts.sum(axis=1), 1)
    precision = right / np.maximum(counts.sum(axis=0), 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    rows: list[list[Cell]] = [
        [label, *(int(count) for count in counts[i]), float(precision[i]), float(recall[i]), float(f1[i])]
        for i, label in enumerate(labels)
    ]
    head = ["is \\ said", *labels, "precision", "recall", "F1"]
    images, accuracy = int(counts.sum()), float(right.sum() / max(counts.sum(), 1))
    return f"{table(head, rows)}\n{images} images, accuracy {accuracy:.1%}\n"


def _text(cell: Cell) -> str:
    return f"{100 * cell:.1f} %" if isinstance(cell, float) else str(cell)
