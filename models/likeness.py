"""Which people that are kept out of training by name are in it all the same, as far as the teacher can tell.

Sets that are put together share people whom no label ties to one another.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data import SPLITS, Faces
from models.splits import Rows, role_rows

SAME_PERSON = 0.47
"""Median teacher distance to somebody's pictures under which a face is taken for theirs."""


def seen_in_training(faces: Faces, rows: Rows, splits: Path = SPLITS) -> NDArray[np.str_]:
    """Name the people of whom training seems to hold a picture.

    Some of them are mistaken for somebody alike, most of all those with two or three pictures.

    Args:
        faces: All faces, with the teacher's embeddings.
        rows: Faces that are kept out, with names.
        splits: Who may be used for what.

    Returns:
        Names.

    Raises:
        ValueError: The teacher has not looked at them all.
    """
    trained = faces.teacher[role_rows(faces, "train", splits)]
    persons = faces.persons[rows]
    if not (len(trained) and trained.any(axis=1).all() and faces.teacher[rows].any(axis=1).all()):
        raise ValueError("Only the teacher can tell who is in training: prepare the sets with --teacher.")
    return np.array(
        [
            person
            for person in np.unique(persons)
            if _distances(trained, faces.teacher[rows[persons == person]]).min() < SAME_PERSON
        ],
        dtype=np.str_,
    )


def _distances(trained: NDArray[np.float32], person: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give each training face's median distance (n,) to the pictures of a person."""
    squares = (trained**2).sum(axis=1)[:, np.newaxis] + (person**2).sum(axis=1) - 2.0 * trained @ person.T
    medians: NDArray[np.float32] = np.median(np.sqrt(np.maximum(squares, 0.0)), axis=1)
    return medians
