"""Names inside sentences: one that is written from right to left keeps to itself."""

import unicodedata
from collections.abc import Iterable

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def isolated(name: str) -> str:
    """A name to put into a sentence or beside a figure.

    Unicode's bidirectional algorithm (UAX 9) would draw figures and brackets beside a right-to-left name on its wrong
    side. Not for files, exports and lists of plain names: the two marks cannot be seen, yet are there.
    """
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in name):
        return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"
    return name


def enumerated(names: Iterable[str]) -> str:
    """Names one after the other in a sentence."""
    return ", ".join(isolated(name) for name in names)


def without_isolates(text: str) -> str:
    """A text of the window as it is written to a file."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
