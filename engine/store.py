"""The database: one SQLite file in the data folder, readable by its owner alone."""

import os
import sqlite3
import stat
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from engine.crypto import Cipher, new_key
from engine.errors import InUseError, StoreError
from engine.keys import keep_key, load_key
from engine.paths import DataFolder
from engine.room import DISK_FULL, sqlite_lacks_room
from engine.tables import SCHEMA, Meta

DATABASE = "facedesk.db"
LOCKED_S = 5.0
"""How long to wait for another program that is writing."""
TO_WIPE = "to_wipe"
VACUUMED_BYTES = 64 << 20
"""A larger database is not written anew at each deletion; secure_delete alone left no trace in any trial."""
_SIZE = ("page_count", "page_size")
_CHECK = b"facedesk"
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
SENTENCES = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_READONLY: ("The database cannot be written.", "Give yourself the right to write the data folder."),
    sqlite3.SQLITE_CANTOPEN: ("The database cannot be opened.", "Give yourself the right to use the data folder."),
    sqlite3.SQLITE_IOERR: ("The disk does not answer.", "Check the disk or the memory card, then try again."),
    sqlite3.SQLITE_CORRUPT: ("The database is damaged.", "Restore a backup: facedesk people restore."),
    sqlite3.SQLITE_NOTADB: ("The database is damaged.", "Restore a backup: facedesk people restore."),
}
"""What SQLite says of its surroundings, as a sentence and its remedy."""


@contextmanager
def sentences(root: Path) -> Iterator[None]:
    """Turns what SQLite says of its surroundings into sentences; a bug of ours stays a bug.

    Args:
        root: The folder that it works in.
    """
    try:
        yield
    except DatabaseError as error:
        raise _translated(error.orig, error, root) from error
    except sqlite3.DatabaseError as error:
        raise _translated(error, error, root) from error


def _translated(origin: BaseException | None, error: Exception, root: Path) -> Exception:
    code = getattr(origin, "sqlite_errorcode", -1)
    if code < 0:
        return error
    if code & 0xFF in _IN_USE:
        return InUseError("The database is in use by another program.", "Close it, then try again.")
    if sqlite_lacks_room(code, root):
        return StoreError(*DISK_FULL)
    known = SENTENCES.get(code & 0xFF)
    return StoreError(*known) if known else error


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy hands over the driver's own
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, below
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def connect(path: Path) -> Engine:
    """An engine on a database file.

    Args:
        path: The file; made readable by its owner alone.

    Raises:
        OSError: It cannot be made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    options = {"timeout": LOCKED_S, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{path}", connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def migrate(engine: Engine) -> None:
    """Brings a database to the present form, all or nothing; one that has it is only read.

    Raises:
        StoreError: It was made by a newer program.
    """
    with engine.connect() as connection:
        if _known_version(connection) == SCHEMA:
            return
    with engine.execution_options(writes=True).begin() as connection:
        if _known_version(connection) != SCHEMA:
            upgrade(connection)


def upgrade(connection: Connection, version: str = SCHEMA) -> None:
    """Takes every step to a form, in the caller's transaction.

    Args:
        connection: Writes the database.
        version: Which form.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def version_of(connection: Connection) -> str | None:
    """The form of a database; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _known_version(connection: Connection) -> str | None:
    """The form of a database, as `version_of`; raises StoreError when it was made by a newer program."""
    version = version_of(connection)
    if version is not None and version > SCHEMA:
        raise StoreError("The database was made by a newer Facedesk.", "Install that version or a newer one.")
    return version


def _unusable(folder: DataFolder, error: OSError) -> StoreError:
    return StoreError(
        f"The data folder {folder.root} cannot be used: {error.strerror}.", "Choose another with --data-dir."
    )


class Store:
    """The open database and its cipher. Threads may share it; each session belongs to one thread.

    Args:
        folder: The data folder.
        engine: The database, migrated.
        key: The key that its sealed parts open with.
    """

    def __init__(self, folder: DataFolder, engine: Engine, key: bytes) -> None:
        self.folder = folder
        self.key = key
        self.cipher = Cipher(key)
        self._reading = engine
        self._writing = engine.execution_options(writes=True)

    @classmethod
    def open(cls, folder: DataFolder) -> "Store":
        """Opens the database of a data folder, or makes a new one.

        Raises:
            StoreError: It is damaged, in use, of a newer program, or its key is missing or another one; nothing is
                overwritten.
        """
        try:
            root = folder.ensure()
            root.chmod(0o700)
            engine = connect(root / DATABASE)
        except OSError as error:
            raise _unusable(folder, error) from error
        try:
            with sentences(root):
                key = _kept_key(engine, root)  # before anything is changed: with another one nothing may be
                _use_wal(engine)
                migrate(engine)
                return cls(folder, engine, key or _new_key(engine, root))
        except BaseException:
            engine.dispose()
            raise

    @staticmethod
    def exists(folder: DataFolder) -> bool:
        """Whether a data folder has a database.

        Raises:
            StoreError: The folder may not be entered.
        """
        try:
            return stat.S_ISREG((folder.root / DATABASE).stat().st_mode)
        except PermissionError as error:
            raise _unusable(folder, error) from error
        except OSError:
            return False

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database.

        Raises:
            StoreError: The database does not answer.
        """
        with sentences(self.folder.root), Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are kept together at its end, or none of them.

        Raises:
            StoreError: The database does not answer, or the disk is full; nothing was changed.
        """
        with sentences(self.folder.root), Session(self._writing) as session, session.begin():
            yield session

    @contextmanager
    def outside_transaction(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, for what SQLite does outside transactions."""
        with sentences(self.folder.root), self._reading.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            yield driver

    @staticmethod
    def mark_to_wipe(session: Session) -> None:
        """Notes, in the caller's transaction, that what it deletes may still lie in the files."""
        session.merge(Meta(name=TO_WIPE, value=b"1"))

    @property
    def is_to_wipe(self) -> bool:
        """Whether deleted data may still lie in the files."""
        with self.read() as session:
            return session.get(Meta, TO_WIPE) is not None

    def wipe(self) -> bool:
        """Makes sure that deleted data are gone from the files, too.

        `secure_delete` has overwritten them in the database, what still lies in the write-ahead log goes with it; a
        database of moderate size is written anew besides, in case a page was split in an unlucky way.

        Returns:
            Whether all is gone; False when another program is in the way: the next start will do it.
        """
        try:
            with self.outside_transaction() as connection:
                pages, page_bytes = (connection.execute(f"PRAGMA {fact}").fetchone()[0] for fact in _SIZE)
                if pages * page_bytes <= VACUUMED_BYTES:
                    connection.execute("VACUUM")
                blocked = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not blocked:
                with self.write() as session:
                    session.execute(delete(Meta).where(Meta.name == TO_WIPE))
        except StoreError:
            return False
        return not blocked

    def close(self) -> None:
        """Closes every connection."""
        self._reading.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _use_wal(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.connection.execute("PRAGMA journal_mode = WAL")


def _kept_key(engine: Engine, root: Path) -> bytes | None:
    """The key that a database was made with; None for a new one. What names it stands where it stood in every form."""
    with engine.connect() as connection:
        if _known_version(connection) is None:
            return None
        facts = connection.execute(text("SELECT name, value FROM meta")).all()
    return _named_key(root, {name: value for name, value in facts})


def _named_key(root: Path, facts: Mapping[str, bytes]) -> bytes | None:
    return _checked(load_key(root, facts["key_id"].decode()), facts["key_check"]) if facts else None


def _new_key(engine: Engine, root: Path) -> bytes:
    """A new database's key; where another program has just given it one, that."""
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        if there := _named_key(root, {fact.name: fact.value for fact in session.query(Meta)}):
            return there
        key_id, key = uuid.uuid4().hex, load_key(root, "") or new_key()
        try:
            keep_key(root, key_id, key)
        except OSError as error:
            raise StoreError(
                f"The key cannot be kept: {error.strerror}.", "Free some space, then try again."
            ) from error
        session.add(Meta(name="key_id", value=key_id.encode()))
        session.add(Meta(name="key_check", value=Cipher(key).seal(_CHECK, "check")))
        return key


def _checked(key: bytes | None, check: bytes) -> bytes:
    remedy = "Put the right key back (the file secret.key, or this user's keyring), or restore a backup elsewhere."
    if key is None:
        raise StoreError("The key of the stored data is missing.", remedy)
    try:
        Cipher(key).open(check, "check")
    except StoreError as error:
        raise StoreError("The key does not belong to the stored data.", remedy) from error
    return key
