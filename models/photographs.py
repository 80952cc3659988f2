"""Finds the photographs that a set is made of, and what is known of the people on them."""

import logging
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.csv_tables import read_table
from engine.names import composed
from engine.paths import is_file
from engine.sources.pictures import SUFFIXES
from models.data import is_age
from models.tasks import TASKS

log = logging.getLogger(__name__)

FURTHER = tuple(task for task in TASKS if task.name != "age")
LABELS = {"person": "person", "age": "age_years", "split": "split"} | {task.name: task.name for task in FURTHER}
"""What a table of photographs calls a label, and the column of `labels.csv`."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what is known of the person in it.

    Attributes:
        path: The picture.
        original: Its name in the folder or table.
        labels: Text by column of `labels.csv`; what is not known is empty or absent.
    """

    path: Path
    original: str
    labels: Mapping[str, str]


def find_photos(source: Path) -> list[Photo]:
    """List the pictures of a folder, or of a table.

    Raises:
        FileNotFoundError: Nothing of the kind is there.
        ValueError: The table cannot be read, or has no column `file`.
    """
    photos = _photos_in(source) if source.is_dir() else _photos_of(source)
    if not photos:
        raise FileNotFoundError(f"Expected pictures in {source}, as <person>/*.jpg or a table; found none.")
    return photos


def _photos_in(folder: Path) -> list[Photo]:
    paths = sorted(path for path in (*folder.glob("*"), *folder.glob("*/*")) if path.suffix.lower() in SUFFIXES)
    return [Photo(path, path.relative_to(folder).as_posix(), _known_by_folder(path, folder)) for path in paths]


def _known_by_folder(path: Path, folder: Path) -> dict[str, str]:
    return {} if path.parent == folder else {"person": composed(path.parent.name)}


def _photos_of(table: Path) -> list[Photo]:
    titles, rows = read_table(table)
    if "file" not in titles:
        raise ValueError(f"Expected a column `file` in {table.name}, got {', '.join(titles) or 'none'}.")
    _tell_idle(titles)
    unknown: Counter[str] = Counter()
    photos = []
    for _, row in rows:
        name = (row["file"] or "").strip()
        photos.append(Photo(_path_of(table.parent, name), name, _labels(row, unknown)))
    for label, count in unknown.most_common():
        log.warning("%6d times %s: no label that is known here, taken as none", count, label)
    return photos


def _tell_idle(titles: Sequence[str]) -> None:
    idle = [title for title in titles if title and title not in ("file", *LABELS)]
    if idle:
        log.warning("columns that mean nothing here: %s; those that do: file, %s", ", ".join(idle), ", ".join(LABELS))


def _path_of(folder: Path, name: str) -> Path:
    """Find a picture whose name is spelt otherwise on the disk: Windows writes backslashes, macOS parts accents off."""
    slashed = name.replace("\\", "/")
    spelt = [name, slashed, *(unicodedata.normalize(form, slashed) for form in ("NFC", "NFD"))]
    return next((folder / spelling for spelling in spelt if is_file(folder / spelling)), folder / name)


def _labels(row: Mapping[str, str | None], unknown: Counter[str]) -> dict[str, str]:
    """Give the text of each column of `labels.csv`; those that mean nothing here are counted and left out."""
    given = {name: (row.get(name) or "").strip() for name in LABELS}
    known = {"person": composed(given["person"]), "split": given["split"].lower()}
    readable = {"age": is_age} | {task.name: task.labels.__contains__ for task in FURTHER}
    for name, means_something in readable.items():
        text = given[name].lower()
        if text and not means_something(text):
            unknown[f"{name} {text!r}"] += 1
        known[LABELS[name]] = text if means_something(text) else ""
    return known
