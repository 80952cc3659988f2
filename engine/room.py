"""Whether a disk has room left; what fails for lack of it does not always say so."""

import errno
import os
import resource
import sqlite3
from pathlib import Path

DISK_FULL = ("The disk is full; nothing was changed.", "Free some space, then try again.")
"""The sentence and its remedy."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when something does not fit on the disk, or would be larger than it may be."""
_READING = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)
LEAST_BYTES = 1 << 20
"""With less than this a database can hardly be written."""


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has no room for data or for another file; False where it does not answer."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < LEAST_BYTES or (disk.f_files > 0 and disk.f_favail == 0)


def has_file_limit() -> bool:
    """Whether no file may grow beyond some size (`ulimit -f`)."""
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


def sqlite_lacks_room(code: int, folder: Path) -> bool:
    """Whether SQLite lacks room; it says so itself only of the database, not of what it keeps beside it.

    Args:
        code: Its extended result code.
        folder: The folder that the database lies in.
    """
    if code in _READING:
        return False
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return code == sqlite3.SQLITE_IOERR_SHMSIZE or is_full(folder) or has_file_limit()
    return code & 0xFF == sqlite3.SQLITE_CANTOPEN and is_full(folder)
