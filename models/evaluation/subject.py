"""What is measured on: the faces that a role keeps out of training, or anybody's pictures."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.mtcnn import Mtcnn
from models.data import SPLITS, Faces, read_faces
from models.inference import Infer
from models.likeness import seen_in_training
from models.photographs import find_photos
from models.prepare import SAME_FILE, prepare
from models.splits import Rows, role_rows

Floats = NDArray[np.float32]
AT_ONCE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Faces to measure on, and which of them.

    Attributes:
        faces: The faces.
        rows: Those that are measured.
        source: What they are, for the table.
        refused: Pictures that could not be used, and the one of which each is a copy, empty when it is of none.
    """

    faces: Faces
    rows: Rows
    source: str
    refused: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> "Subject":
        """Leave out the faces of nobody known."""
        return replace(self, rows=self.rows[self.persons != ""])

    def apart(self, splits: Path) -> "Subject":
        """Leave out people of whom training seems to hold a picture under another name, or none."""
        seen = seen_in_training(self.faces, self.rows, splits)
        source = f"{self.source} without {len(seen)} of {len(np.unique(self.persons))} people, like faces of training"
        return replace(self, rows=self.rows[~np.isin(self.persons, seen)], source=source)

    def outputs(self, infer: Infer) -> dict[str, Floats]:
        """Give each output (rows, size) for the measured faces."""
        starts = range(0, len(self.rows), AT_ONCE)
        parts = [infer(self.faces.middle(self.rows[start : start + AT_ONCE])) for start in starts]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def embeddings(self, infer: Infer) -> Floats:
        """Embed the measured faces, (rows, 128)."""
        return self.outputs(infer)["embedding"]

    @property
    def persons(self) -> NDArray[np.str_]:
        """Who the measured faces show."""
        return self.faces.persons[self.rows]

    @property
    def originals(self) -> NDArray[np.str_]:
        """The pictures of the measured faces."""
        return self.faces.originals[self.rows]

    @property
    def unused(self) -> dict[str, str]:
        """All other pictures that are known of, and the one of which each is a copy, empty when it is of none."""
        return dict.fromkeys(np.delete(self.faces.originals, self.rows).tolist(), "") | dict(self.refused)


def kept_rows(faces: Faces, role: str, splits: Path = SPLITS) -> Rows:
    """Give the rows of the faces with a role.

    Args:
        faces: All faces.
        role: One of `models.splits.ROLES`, or "train".
        splits: Who may be used for what.

    Raises:
        ValueError: No face has this role.
        FileNotFoundError: There is no such file of splits.
    """
    rows = role_rows(faces, role, splits)
    if not len(rows):
        raise ValueError(
            f"None of the {len(faces)} faces has the role `{role}` in {splits}; --splits names another such file, "
            "and all but `paper` measure on any pictures that --photos names."
        )
    return rows


def role_subject(folder: Path, cache: Path, role: str, splits: Path = SPLITS) -> Subject:
    """Read the faces of a role.

    Args:
        folder: Folder of the face sets.
        cache: Folder for decoded crops.
        role: One of `models.splits.ROLES`.
        splits: Who may be used for what.

    Raises:
        ValueError: No face has this role.
        FileNotFoundError: There are no face sets, or no such file of splits.
    """
    faces = read_faces(folder, cache)
    return Subject(faces, kept_rows(faces, role, splits), f"kept-out faces ({role})")


def photos_subject(photos: Path, cache: Path) -> Subject:
    """Detect, align and keep anybody's pictures; those that their table keeps for training are not measured.

    Args:
        photos: Folder of pictures or table, see `models.prepare`.
        cache: Folder for the set that is made of them, and for decoded crops.

    Raises:
        ValueError: No picture shows a face that can be used, or the table is not as expected.
        FileNotFoundError: There are no pictures.
    """
    folder = cache / "photos" / photos.resolve().name.removesuffix(".csv")
    found = find_photos(photos)
    refused = prepare(found, folder, Mtcnn.load()).total()
    if refused == len(found):
        raise ValueError(f"None of the {refused} pictures of {photos} can be used; {folder / 'refused.csv'} says why.")
    faces = read_faces(folder.parent, cache, [folder.name])
    rows = np.flatnonzero(faces.splits != "train")
    if not len(rows):
        raise ValueError(f"{photos.name} keeps all {len(faces)} pictures that can be used for training.")
    source = f"{photos.name} ({refused} pictures refused)"
    return Subject(faces, rows, source, read_refused(folder / "refused.csv"))


def read_refused(path: Path) -> dict[str, str]:
    """Give the refused pictures, and the one of which each is a copy, empty when it is of none.

    Args:
        path: Table with the columns original and reason, as `models.prepare` leaves it.
    """
    with path.open(newline="", encoding="utf-8") as table:
        _, *lines = csv.reader(table)
    reasons = {original: ",".join(reason) for original, *reason in lines}
    return {
        original: reason.removeprefix(SAME_FILE) if reason.startswith(SAME_FILE) else ""
        for original, reason in reasons.items()
    }
