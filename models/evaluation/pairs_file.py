"""Reads files that name pairs of pictures: LFW's form, and CSV tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.csv_tables import read_table, read_text
from models.evaluation.picture_names import PictureNames
from models.metrics import Pairs

Rows = NDArray[np.intp]
Named = tuple[str, str, bool, int]
"""Names of both pictures, whether they show one person, and the fold."""

FOLDS = 10
COLUMNS = ("left", "right", "same")
MISSING = "the others' pictures were refused, are not there or share their name"
TABLES = (".csv", ".tsv")
ANSWERS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True, eq=False)
class ListedPairs:
    """What a pairs file says about some faces.

    Attributes:
        pairs: Those of which both pictures are among the faces.
        listed: How many pairs stand in the file.
    """

    pairs: Pairs
    listed: int

    def __str__(self) -> str:
        used = f"{len(self.pairs.same):,} of {self.listed:,} pairs"
        missing = len(self.pairs.same) < self.listed
        return f"{used}; {MISSING}" if missing else used


def read_pairs(path: Path, originals: NDArray[np.str_], unused: Mapping[str, str] | None = None) -> ListedPairs:
    """Read a pairs file for faces made by `models.prepare`.

    Two forms are known: LFW's (`pairs.txt` with its ten folds, `pairsDevTest.txt` with one), and a CSV table with the
    columns left, right (see `PictureNames`) and same (1 or 0, true or false, yes or no), which is cut into ten
    folds in its order. Where there is one fold, or one has pairs of one kind only, pairs are dealt out to ten folds
    anew, genuine ones and impostors each in turn.

    Args:
        path: The file; a table when its name ends in .csv or .tsv.
        originals: (n,) names of the faces' pictures, whose rows the pairs give.
        unused: Pictures that are not among the faces, and the one of which each is a copy, empty when it is of none.

    Raises:
        ValueError: The file is of neither form, or its usable pairs are not of both kinds.
    """
    names = PictureNames(originals.tolist(), unused or {})
    named = _csv_pairs(path) if path.suffix.lower() in TABLES else _lfw_pairs(path)
    rows = [(names.row(left), names.row(right), same, fold) for left, right, same, fold in named]
    found = [row for row in rows if row[0] is not None and row[1] is not None]
    if not found:
        listed, known = named[0][0] if named else "nothing", next(filter(None, originals.tolist()), "nothing")
        raise ValueError(
            f"None of the {len(named)} pairs of {path.name} is among the {len(originals)} faces: a picture is called "
            f"{listed!r} there, and one of the faces {known!r}."
        )
    left, right, flags, folds = (np.array(column) for column in zip(*found, strict=True))
    same = flags.astype(bool)
    if same.all() or not same.any():
        raise ValueError(
            f"Expected pairs of one person and of two in {path.name}; the {len(same)} of {len(named)} that can be used "
            f"are all of {'one' if same.all() else 'two'}."
        )
    return ListedPairs(Pairs(left, right, same, _folds_of_both_kinds(same, folds)), len(named))


def _folds_of_both_kinds(same: NDArray[np.bool_], folds: Rows) -> Rows:
    """Keep the folds when there are several and each holds pairs of both kinds; otherwise deal the pairs out."""
    numbers = np.unique(folds)
    if len(numbers) > 1 and all(0 < same[folds == number].mean() < 1 for number in numbers):
        return folds
    dealt = np.zeros(len(same), np.intp)
    count = min(FOLDS, int(same.sum()), int((~same).sum()))
    for kind in (same, ~same):
        dealt[kind] = np.arange(kind.sum()) % count
    return dealt


def _csv_pairs(path: Path) -> list[Named]:
    columns, rows = read_table(path)
    if not set(COLUMNS) <= set(columns):
        raise ValueError(
            f"Expected the columns {', '.join(COLUMNS)} in {path.name}, got {', '.join(columns) or 'none'}."
        )
    named = [_csv_line(row, f"Line {number} of {path.name}") for number, row in rows]
    return [(*pair, FOLDS * place // len(named)) for place, pair in enumerate(named)]


def _csv_line(row: Mapping[str, str | None], where: str) -> tuple[str, str, bool]:
    left, right, answer = ((row[column] or "").strip() for column in COLUMNS)
    if not left or not right:
        raise ValueError(f"{where}: expected a picture in the columns left and right, got {left!r} and {right!r}.")
    if answer.lower() not in ANSWERS:
        raise ValueError(f"{where}: expected {', '.join(ANSWERS)} in the column same, got {answer or 'nothing'!r}.")
    return left, right, ANSWERS[answer.lower()]


def _lfw_pairs(path: Path) -> list[Named]:
    """Read `name 1 2` and `name 1 other 2` lines, as many folds as the head says."""
    head, *lines = read_text(path).splitlines() or [""]
    words = head.split()
    if len(words) not in (1, 2) or not all(word.isdecimal() and int(word) for word in words):
        raise ValueError(f"Expected numbers in the first line of {path.name}, as in LFW's pairs.txt, got {head!r}.")
    texts = [(number, line) for number, line in enumerate(lines, start=2) if line.strip()]
    named = [_lfw_line(line, f"Line {number} of {path.name}") for number, line in texts]
    return [(*pair, place // (2 * int(words[-1]))) for place, pair in enumerate(named)]


def _lfw_line(line: str, where: str) -> tuple[str, str, bool]:
    """Read one line; names may hold spaces where tabs part the columns."""
    words = [word.strip() for word in line.rstrip().split("\t")] if "\t" in line else line.split()
    if len(words) not in (3, 4) or not all(word.isdecimal() for word in (words[1], words[-1])):
        raise ValueError(f"{where}: expected `name 1 2` or `name 1 other 2`, got {line!r}.")
    name, other = words[0], words[0] if len(words) == 3 else words[2]
    return f"{name}_{int(words[1]):04d}", f"{other}_{int(words[-1]):04d}", len(words) == 3
