"""Which files a command may write."""

import os
from collections.abc import Iterator
from pathlib import Path

from engine.damage import files_aside
from engine.errors import StoreError
from engine.keys import KEY_FILE
from engine.paths import DataFolder, is_folder
from engine.store import DATABASE

_BESIDE = ("", "-wal", "-shm", "-journal")


def require_target(folder: DataFolder, target: Path) -> None:
    """Makes sure that what is written to a file takes the place of nothing that the program needs.

    Args:
        folder: The data folder in use.
        target: The file that was chosen.

    Raises:
        StoreError: It is a folder, or one of the program's own files.
    """
    if is_folder(target):
        raise StoreError(f"{target} is a folder.", "Name a file in it.")
    if any(_are_same(target, own) for own in _own_files(folder)):
        raise StoreError(f"{target} belongs to Facedesk itself.", "Choose another place for it.")


def _own_files(folder: DataFolder) -> Iterator[Path]:
    yield from (folder.root / f"{DATABASE}{end}" for end in _BESIDE)
    yield folder.root / KEY_FILE
    yield folder.settings_file
    yield folder.log_file
    yield from files_aside(folder)


def _are_same(one: Path, other: Path) -> bool:
    """Whether two paths mean one file, also where it is not there yet."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)
