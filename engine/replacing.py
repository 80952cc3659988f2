"""Files are written under a temporary name, then renamed; what killed programs left under such names goes."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from engine.processes import has_ended, own_mark

_PREFIX = ".facedesk-"
_OWNER = re.compile(r"-(\d+)_(\d+)_([0-9a-f-]{36})")
"""In a file's name: the mark of the process that works on it (processes.py)."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of another one once it is whole: a crash leaves the old file or the new one.

    Its temporary name is short, however long the other one is. What was left of that name by killed programs goes.

    Args:
        path: The file to replace or to make.

    Yields:
        The new file, readable by its owner alone.

    Raises:
        OSError: The disk is full or the folder is not writable; the old file is untouched.
    """
    name = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]
    drop_left(path.parent, name)
    temporary = path.parent / f"{_PREFIX}{name}-{mark_in_name()}.tmp"
    try:
        with private(temporary) as file:
            yield file
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def private(path: Path) -> Iterator[IO[bytes]]:
    """A new file, readable by its owner alone, that is on the disk when it is closed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def drop_left(folder: Path, name: str = "*") -> None:
    """Removes what killed programs left in a folder under temporary names; what another one writes stays."""
    with suppress(OSError):
        for left in folder.glob(f"{_PREFIX}{name}-*.tmp"):
            if has_ended(owner_in(left.name)):
                left.unlink(missing_ok=True)


def mark_in_name() -> str:
    """The mark of this process as a part of a file's name; its number alone where there is no mark."""
    return own_mark().replace(" ", "_") or str(os.getpid())


def owner_in(name: str) -> str:
    """The mark of the process that works on a file, from its name; empty where there is none."""
    owner = _OWNER.search(name)
    return " ".join(owner.groups()) if owner else ""
