"""Figures on kept-out faces: after every epoch, and for every exported file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.batches import make_targets
from models.data import SPLITS, UNKNOWN, Faces
from models.metrics import FEWEST_PERSONS, all_impostors, make_pairs, pair_accuracy, true_accept_rate
from models.splits import Rows, role_rows

Floats = NDArray[np.float32]
FOLDS = 10
InferRows = Callable[[Rows], dict[str, Floats]]
"""From rows of `Faces` to each output of a network, (rows, size)."""


class Validation:
    """Measures a network on identities and attributes that training never sees.

    Args:
        faces: All faces.
        tasks: Names of the further tasks.
        splits: Who may be used for what.
    """

    def __init__(self, faces: Faces, tasks: tuple[str, ...], splits: Path = SPLITS) -> None:
        self.faces = faces
        self.tasks = tasks
        self.pair_rows = role_rows(faces, "pairs", splits)
        self.attribute_rows = role_rows(faces, "attributes", splits)
        self.persons = faces.persons[self.pair_rows]
        self.teacher = make_targets(faces, role_rows(faces, "train", splits), ()).embedding[self.pair_rows]

    def measure(self, infer: InferRows) -> dict[str, float]:
        """Give the figures that there are kept-out faces for."""
        names, pictures = np.unique(self.persons[self.persons != ""], return_counts=True)
        enough = len(names) >= FOLDS and np.count_nonzero(pictures > 1) >= FEWEST_PERSONS
        pairs = self._measure_pairs(infer) if enough else {}
        return pairs | (self._measure_tasks(infer) if len(self.attribute_rows) else {})

    def _measure_pairs(self, infer: InferRows) -> dict[str, float]:
        """Give cosine to the teacher, accuracy on pairs, and TAR at FAR 1 and 0.1 %.

        The accept rates stand against every two faces of different persons.
        """
        embedding = infer(self.pair_rows)["embedding"]
        pairs = make_pairs(self.persons, FOLDS)
        similarity = (embedding[pairs.left] * embedding[pairs.right]).sum(axis=1)
        genuine, impostor = similarity[pairs.same], all_impostors(embedding, self.persons)
        return {
            "kept_cosine": float((embedding * self.teacher).sum(axis=1).mean()),
            "kept_pairs": pair_accuracy(similarity, pairs)[0],
            "kept_tar_1pct": true_accept_rate(genuine, impostor, 0.01),
            "kept_tar_0_1pct": true_accept_rate(genuine, impostor, 0.001),
        }

    def _measure_tasks(self, infer: InferRows) -> dict[str, float]:
        """Give the accuracy of each task on the faces whose label is known."""
        outputs = infer(self.attribute_rows)
        figures = {}
        for task in self.tasks:
            labels = self.faces.labels(task)[self.attribute_rows]
            known = labels != UNKNOWN
            if known.any():
                figures[f"kept_{task}"] = float(np.mean(outputs[task].argmax(axis=1)[known] == labels[known]))
        return figures
