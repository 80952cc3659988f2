"""A progress bar for the terminal."""

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

Item = TypeVar("Item", covariant=True)
WIDTH = 30


class _SizedIterable(Sized, Iterable[Item], Protocol[Item]):
    """What has a length and can be gone through."""


def progress(items: _SizedIterable[Item], what: str) -> Iterator[Item]:
    """Go through items and show on the terminal how far it is; elsewhere show nothing.

    Args:
        items: What to go through.
        what: Shown before the bar.

    Yields:
        The items.
    """
    shown_s = 0.0
    total = len(items)
    for done, item in enumerate(items, start=1):
        yield item
        now_s = time.monotonic()
        if sys.stderr.isatty() and (now_s - shown_s > 0.1 or done == total):
            shown_s = now_s
            filled = WIDTH * done // total
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}{end}")
            sys.stderr.flush()
