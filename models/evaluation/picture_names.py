"""Finds the picture that a list names, however much of its path the list writes."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.sources.pictures import SUFFIXES


@dataclass(frozen=True, slots=True)
class _Known:
    """A picture: its path without the suffix, the suffix, and its row where it can be used."""

    path: str
    suffix: str
    row: int | None


class PictureNames:
    """Pictures by what a list may call them.

    A list may write the end of a picture's path, down to its file name, or more folders than are known here; with
    backslashes; with accents parted off as macOS does; without the suffix. What several pictures may be called names
    none of them.
    """

    def __init__(self, originals: Sequence[str], unused: Mapping[str, str]) -> None:
        """Take the names.

        Args:
            originals: (n,) paths of the pictures that can be used, in the order of their rows; empty where not known.
            unused: Paths of further pictures, and the picture of which each is a copy, empty when it is of none.
        """
        rows = {original: row for row, original in enumerate(originals)}
        known = [_known(original, row) for row, original in enumerate(originals) if original]
        known += [_known(other, rows.get(kept) if kept else None) for other, kept in unused.items()]
        self._by_tail: dict[str, list[_Known]] = defaultdict(list)
        for picture in known:
            for tail in _tails(picture.path):
                self._by_tail[tail].append(picture)

    def row(self, listed: str) -> int | None:
        """Give the row of the picture that a list means; None when it is none that can be used, or not one alone."""
        path, suffix = _parted(listed)
        whole, *shorter = _tails(path)
        bearers = self._bearers(whole, suffix)
        found = [picture for picture in bearers if (picture.path, picture.suffix) == (whole, suffix)] or bearers
        for tail in shorter:
            found = found or [picture for picture in self._bearers(tail, suffix) if picture.path == tail]
        rows = {picture.row for picture in found}
        return rows.pop() if len(rows) == 1 else None

    def _bearers(self, tail: str, suffix: str) -> list[_Known]:
        """Give the pictures whose path ends so; a suffix that one of both lacks tells nothing apart."""
        pictures = self._by_tail.get(tail, [])
        return [picture for picture in pictures if not suffix or picture.suffix in ("", suffix)]


def _known(original: str, row: int | None) -> _Known:
    return _Known(*_parted(original), row)


def _parted(name: str) -> tuple[str, str]:
    """Give the path without its suffix, with slashes and composed accents, and the suffix in small letters."""
    path = PurePosixPath(unicodedata.normalize("NFC", name.strip()).replace("\\", "/"))
    suffix = path.suffix.lower()
    return (str(path.with_suffix("")), suffix) if suffix in SUFFIXES else (str(path), "")


def _tails(path: str) -> Iterator[str]:
    """Give a path, then what is left of it when one folder after the other is dropped."""
    while True:
        yield path
        _, slash, path = path.partition("/")
        if not slash:
            return
