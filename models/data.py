"""Reads aligned face sets: crops, labels, teacher embeddings.

A set is a folder as `shared/faces` has them (`crops.zip`, `labels.csv`, `teacher.npy`). `models.prepare` makes such
folders from raw photographs.
"""

import csv
import hashlib
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.geometry import MARGIN_PX, STORED_PX
from models.tasks import AGE_GROUPS, TASKS, Task

SETS = ("actors", "utkface", "allage", "celeba", "celeba_small", "portraits", "asian_portraits", "synthetic")
UNKNOWN = -1
SPLITS = Path(__file__).parent / "splits.csv"

AGE_GROUP_FROM_YEARS = (0, 30, 55)
OLDEST_YEARS = 130


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """Aligned faces with what is known about them; row i of every array is face i.

    Attributes:
        crops: (n, 144, 144, 3) uint8 RGB; the network's input is the middle 128.
        sets: (n,) name of the set a face comes from.
        originals: (n,) name of the source picture within its set.
        hashes: (n,) first 16 hexadecimal digits of the source file's SHA-256.
        persons: (n,) name, empty when not known.
        splits: (n,) what the picture is for as its owner says, "train" or another word; empty when nothing is said.
        years: (n,) age, NaN when only its group or nothing is known.
        classes: By the name of a task of `models.tasks`: (n,) index into its labels, -1 when not known or another.
        teacher: (n, 128) float32, the teacher's embedding of the source picture as it came (not centred);
            zeros when there is none.
    """

    crops: NDArray[np.uint8]
    sets: NDArray[np.str_]
    originals: NDArray[np.str_]
    hashes: NDArray[np.str_]
    persons: NDArray[np.str_]
    splits: NDArray[np.str_]
    years: NDArray[np.float32]
    classes: dict[str, NDArray[np.int8]]
    teacher: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.hashes)

    def labels(self, task: str) -> NDArray[np.int8]:
        """Give the (n,) class of each face in a task, -1 where it is not known."""
        return self.classes[task]

    def middle(self, rows: NDArray[np.intp] | Sequence[int]) -> NDArray[np.uint8]:
        """Give the network's input (rows, 128, 128, 3) uint8 of some faces."""
        inner = slice(MARGIN_PX, STORED_PX - MARGIN_PX)
        return np.stack([self.crops[row, inner, inner] for row in rows])


def read_faces(root: Path, cache: Path, names: Sequence[str] = ()) -> Faces:
    """Read sets of aligned faces; decoded crops are kept in `cache` and mapped from there.

    Args:
        root: Folder that holds the sets.
        cache: Folder for the decoded crops (62 kB a face); made when absent.
        names: Sets to read, in this order; all that lie in `root` when none is named.

    Returns:
        All faces of these sets.

    Raises:
        FileNotFoundError: A set or one of its files is not there.
    """
    names = names or [name for name in SETS if (root / name).is_dir()] or _sets_in(root)
    rows = [row for name in names for row in _rows(root / name)]
    return Faces(
        crops=_crops(root, cache, names, rows),
        sets=np.array([row["set"] for row in rows]),
        originals=np.array([row["original"] for row in rows]),
        hashes=np.array([row["sha256_16"] for row in rows]),
        persons=np.array([row["person"] for row in rows]),
        splits=np.array([row.get("split") or "" for row in rows]),
        years=np.array([_years(row["age_years"]) for row in rows], np.float32),
        classes={task.name: np.array([_class_of(row, task) for row in rows], np.int8) for task in TASKS},
        teacher=np.concatenate([_teacher(root / name) for name in names]),
    )


def age_group(age: str) -> int:
    """Give the age group of an age in years or of a group's name: 0 to 29, 1 from 30, 2 from 55 on, -1 for no text."""
    if not age or age in AGE_GROUPS:
        return index_of(AGE_GROUPS, age)
    return int(np.searchsorted(AGE_GROUP_FROM_YEARS, float(age), side="right")) - 1


def is_age(text: str) -> bool:
    """Tell whether a text names an age group or gives years."""
    try:
        return text in AGE_GROUPS or 0.0 <= float(text) <= OLDEST_YEARS
    except ValueError:
        return False


def _years(age: str) -> float:
    return float("nan") if not age or age in AGE_GROUPS else float(age)


def _class_of(row: Mapping[str, str], task: Task) -> int:
    return age_group(row["age_years"]) if task.name == "age" else index_of(task.labels, row.get(task.name) or "")


def index_of(labels: Sequence[str], label: str) -> int:
    """Give the place of a label, -1 when it is none of them."""
    return labels.index(label) if label in labels else UNKNOWN


def _sets_in(root: Path) -> list[str]:
    names = sorted(path.parent.name for path in root.glob("*/labels.csv"))
    if not names:
        raise FileNotFoundError(f"Expected folders with a labels.csv in {root}, found none.")
    return names


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as table:
        return [{**row, "set": folder.name} for row in csv.DictReader(table)]


def _teacher(folder: Path) -> NDArray[np.float32]:
    path, count = folder / "teacher.npy", len(_rows(folder))
    if not path.exists():
        return np.zeros((count, 128), np.float32)
    stored: NDArray[np.float16] = np.load(path)
    if len(stored) != count:
        raise ValueError(f"{path} knows {len(stored)} faces, labels.csv {count}: prepare the set with --teacher again.")
    return stored.astype(np.float32)


def _crops(root: Path, cache: Path, names: Sequence[str], rows: list[dict[str, str]]) -> NDArray[np.uint8]:
    """Map the decoded crops, decoding them on the first use."""
    content = hashlib.sha256(" ".join(row["set"] + row["file"] + row["sha256_16"] for row in rows).encode())
    path = cache / f"crops-{content.hexdigest()[:12]}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{uuid.uuid4().hex[:8]}.part")  # several workers may begin together
        shape = (len(rows), STORED_PX, STORED_PX, 3)
        try:
            crops = np.lib.format.open_memmap(unfinished, mode="w+", dtype=np.uint8, shape=shape)
            start = 0
            for name in names:
                start += _decode(root / name, crops[start:])
            crops.flush()
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    mapped: NDArray[np.uint8] = np.load(path, mmap_mode="r")
    return mapped


def _decode(folder: Path, into: NDArray[np.uint8]) -> int:
    """Decode a set's crops in the order of its labels and give their number."""
    rows = _rows(folder)
    with zipfile.ZipFile(folder / "crops.zip") as archive:
        for index, row in enumerate(rows):
            encoded = np.frombuffer(archive.read(row["file"]), np.uint8)
            image = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
            if image is None:
                raise ValueError(f"{folder / 'crops.zip'}: {row['file']} is no picture.")
            into[index] = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    return len(rows)
