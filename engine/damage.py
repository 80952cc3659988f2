"""A damaged database makes way for a new one: whether it is damaged, putting it aside, what it still tells."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from engine.errors import InUseError, StoreError
from engine.paths import DataFolder, write_atomically
from engine.store import DATABASE, LOCKED_S, Store, connect
from engine.tables import Receipt

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database; the first holds what was changed last."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_damaged(folder: DataFolder) -> bool:
    """Whether a data folder has a database that cannot be relied on; of one that does not answer `Store.open` tells."""
    path = folder.root / DATABASE
    if not Store.exists(folder):
        return False
    try:
        with closing(sqlite3.connect(path, timeout=LOCKED_S)) as connection:
            answer: tuple[str] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return _code(error) in _DAMAGED
    return answer != ("ok",)


def put_aside(folder: DataFolder) -> Path:
    """Gives a database another name, under which it can still be opened; nothing is overwritten.

    Broken off anywhere, it is whole under the old name or under the new one.

    Returns:
        The new path.

    Raises:
        StoreError: Another program uses it, or the disk is full; nothing was changed.
    """
    path = folder.root / DATABASE
    _require_unused(path)
    aside = _free_name(path)
    try:
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                write_atomically(_with(aside, end), _with(path, end).read_bytes())
        path.rename(aside)
        for end in _BESIDE:
            _with(path, end).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The damaged database cannot be put aside: {error.strerror}.",
            "Free some space, or give yourself the right to write the data folder.",
        ) from error
    return aside


def receipts_in(aside: Path) -> Sequence[Receipt] | None:
    """Who was deleted according to a database put aside; None where it does not tell any more."""
    engine = connect(aside)
    try:
        with Session(engine) as session:
            return session.scalars(select(Receipt)).all()
    except (DatabaseError, ValueError):
        return None
    finally:
        engine.dispose()


def receipts_aside(folder: DataFolder) -> list[Receipt]:
    """What can be read of that in all databases put aside in a data folder."""
    return [receipt for aside in folder.root.glob(_aside_name("*")) for receipt in receipts_in(aside) or ()]


def files_aside(folder: DataFolder) -> list[Path]:
    """The databases put aside in a data folder, and what lies beside them: whoever was enrolled is in there still."""
    return sorted(folder.root.glob(f"{_aside_name('*')}*"))


def _require_unused(path: Path) -> None:
    """Raises StoreError when another program has the database open: it would go on with the one put aside."""
    try:
        with closing(sqlite3.connect(path, timeout=LOCKED_S)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        if _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise InUseError("The database is in use by another program.", "Close it, then try again.") from error


def _free_name(path: Path) -> Path:
    number = 1
    while any(_with(path.with_name(_aside_name(number)), end).exists() for end in ("", *_BESIDE)):
        number += 1
    return path.with_name(_aside_name(number))


def _aside_name(number: object) -> str:
    return f"facedesk-damaged-{number}.db"


def _with(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", -1)) & 0xFF
