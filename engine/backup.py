"""An encrypted copy of everything in one file, and its way back, here or on another machine.

The file: a magic line, a salt, then sealed pieces, each preceded by its length; the first holds the facts (the
database's own key among them), the others a snapshot of the database. The key of the file comes from a passphrase.
Restoring reads the snapshot and replaces the contents of the present database in one transaction.
"""

import json
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from engine.crypto import Cipher, key_from_passphrase
from engine.damage import receipts_aside
from engine.errors import StoreError
from engine.export_index import all_exports, remember
from engine.head_file import from_bytes, to_bytes
from engine.people import now
from engine.processes import has_ended
from engine.replacing import drop_left, mark_in_name, owner_in, private, replacing
from engine.retraining import Progress
from engine.room import DISK_FULL, NO_ROOM
from engine.store import Store, connect, migrate, sentences, version_of
from engine.tables import Base, Consent, Embedding, Export, Head, Person, Receipt, Sample
from engine.targets import require_target

MAGIC = b"FACEDESK-BACKUP-1\n"
SHORTEST_PASSPHRASE = 8
TEMPORARY = ".snapshot"
_PIECE = 1 << 20
_SALT = 16
_TABLES: tuple[type[Base], ...] = (Person, Consent, Sample, Embedding, Head, Export, Receipt)
_BATCH = 200


def back_up(store: Store, target: Path, passphrase: str) -> None:
    """Writes a backup; an existing file of that name is replaced when the new one is whole.

    Raises:
        StoreError: The passphrase is too short, or the file cannot be written or is one of the program's own.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StoreError(f"The passphrase is shorter than {SHORTEST_PASSPHRASE} characters.", "Choose a longer one.")
    require_target(store.folder, target)
    try:
        with _scratch(store.folder.root) as snapshot, replacing(target) as file:
            _snapshot(store, snapshot)
            _write(file, store, snapshot, passphrase)
    except OSError as error:
        raise StoreError(f"The backup cannot be written: {error.strerror}.", "Choose another place for it.") from error


def restore(store: Store, source: Path, passphrase: str) -> Iterator[Progress]:
    """Replaces everything in the store by a backup; closing the generator, or a crash, leaves all as it was.

    People deleted here since the backup was made stay deleted, also where a damaged database was put aside. Where
    copies of the others were put from here stays known.

    Raises:
        StoreError: The passphrase is wrong, or the file is damaged; nothing was changed.
    """
    yield Progress("embed", 0.0)
    with _opened(store.folder.root, source, passphrase) as (engine, cipher):
        yield from _replace(store, engine, cipher)
    store.wipe()


def require_readable(folder: Path, source: Path, passphrase: str) -> None:
    """Makes sure that a backup can be restored, before something makes way for it.

    Args:
        folder: Where there is room for a snapshot of it.
        source: The backup.
        passphrase: Its passphrase.

    Raises:
        StoreError: The passphrase is wrong, or the file is damaged.
    """
    with _opened(folder, source, passphrase):
        pass


def drop_scratch(folder: Path) -> None:
    """Removes what a program that was killed left behind; what another one is at stays."""
    for left in folder.glob(f"{TEMPORARY}*"):
        owner = owner_in(left.name)
        if not owner or has_ended(owner):
            left.unlink(missing_ok=True)
    drop_left(folder)


@contextmanager
def _opened(folder: Path, source: Path, passphrase: str) -> Iterator[tuple[Engine, Cipher]]:
    """The snapshot in a backup, brought to the present form, and what opens its sealed parts."""
    with sentences(folder), _scratch(folder) as snapshot:
        facts = _read(source, snapshot, passphrase)
        engine = connect(snapshot)
        try:
            _require_whole(engine)
            migrate(engine)
            yield engine, Cipher(bytes.fromhex(facts["key"]))
        finally:
            engine.dispose()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    path = folder / f"{TEMPORARY}-{mark_in_name()}"
    try:
        _drop(path)
        yield path
    finally:
        _drop(path)


def _drop(snapshot: Path) -> None:
    """Removes a snapshot, and what SQLite puts beside it."""
    for file in snapshot.parent.glob(f"{snapshot.name}*"):
        file.unlink(missing_ok=True)


def _require_whole(engine: Engine) -> None:
    """A snapshot that somebody took away would be made anew, empty, and everything replaced by nothing."""
    with engine.connect() as connection:
        if version_of(connection) is None:
            raise _damaged()


def _damaged() -> StoreError:
    return StoreError("The backup is damaged or cut off.", "Use another backup; nothing was changed.")


def _snapshot(store: Store, path: Path) -> None:
    with store.outside_transaction() as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o600)


def _write(file: IO[bytes], store: Store, snapshot: Path, passphrase: str) -> None:
    salt = os.urandom(_SALT)
    cipher = Cipher(key_from_passphrase(passphrase, salt))
    file.write(MAGIC + salt)
    facts = json.dumps({"key": store.key.hex(), "made_at": str(now())})
    _put(file, cipher.seal(facts.encode(), "backup 0"))
    count = 0
    with snapshot.open("rb") as data:
        while piece := data.read(_PIECE):
            count += 1
            _put(file, cipher.seal(piece, f"backup {count}"))
    _put(file, cipher.seal(b"", f"backup end {count}"))


def _put(file: IO[bytes], sealed: bytes) -> None:
    file.write(struct.pack("<I", len(sealed)))
    file.write(sealed)


def _read(source: Path, snapshot: Path, passphrase: str) -> dict[str, str]:
    try:
        with source.open("rb") as file, private(snapshot) as target:
            if file.read(len(MAGIC)) != MAGIC:
                raise StoreError(f"{source.name} is no backup of Facedesk.", "Choose another file.")
            cipher = Cipher(key_from_passphrase(passphrase, file.read(_SALT)))
            facts: dict[str, str] = json.loads(_first(cipher, _get(file)))
            count = 1
            while sealed := _get(file):
                last = not file.peek(1)
                target.write(cipher.open(sealed, f"backup end {count - 1}" if last else f"backup {count}"))
                if last:
                    return facts
                count += 1
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StoreError(*DISK_FULL) from error
        raise StoreError(f"The backup cannot be read: {error.strerror}.", "Check the file or the disk.") from error
    except StoreError as error:
        raise (_damaged() if error.what.startswith("A piece") else error) from error
    raise _damaged()


def _first(cipher: Cipher, sealed: bytes) -> bytes:
    try:
        return cipher.open(sealed, "backup 0")
    except StoreError as error:
        raise StoreError(
            "The passphrase is wrong, or the backup is damaged.", "Try again; nothing was changed."
        ) from error


def _get(file: IO[bytes]) -> bytes:
    head = file.read(4)
    if len(head) < 4:
        return b""
    size = struct.unpack("<I", head)[0]
    return file.read(size) if size <= 2 * _PIECE else b""


def _replace(store: Store, engine: Engine, cipher: Cipher) -> Iterator[Progress]:
    with Session(engine) as old, store.write() as session:
        for known in receipts_aside(store.folder):
            session.merge(known)
        gone = _deleted_here(session)
        receipts = [_values(receipt) for receipt in session.scalars(select(Receipt))]
        exports = all_exports(session)
        for table in reversed(_TABLES):
            session.execute(delete(table))
        for place, table in enumerate(_TABLES):
            yield Progress("save", place / len(_TABLES))
            _copy(old, session, table, lambda row: _resealed(row, cipher, store.cipher))
        if session.scalars(delete(Person).where(Person.uid.in_(gone)).returning(Person.id)).all():
            session.execute(delete(Sample).where(Sample.negative))  # any "not me" may show who was deleted
            _forget_in_heads(session, store.cipher)
        for receipt in receipts:
            session.merge(Receipt(**receipt))
        remember(session, exports)
        Store.mark_to_wipe(session)


def _deleted_here(session: Session) -> list[str]:
    return [uid for text in session.scalars(select(Receipt.person_uids)) for uid in text.split(",") if uid]


def _forget_in_heads(session: Session, cipher: Cipher) -> None:
    """Takes people who were deleted since, and every "not me", out of the active heads; the older versions go."""
    known = set(session.scalars(select(Person.id)))
    session.execute(delete(Head).where(~Head.active))
    for head in session.scalars(select(Head)):
        state = from_bytes(cipher.open(head.state, "head"))
        if state is None:
            session.delete(head)
            continue
        rows = [row for row, person in enumerate(state.person_ids.tolist()) if person in known]
        left = state.keep(np.array(rows, np.int64)).without_negatives()
        head.state = cipher.seal(to_bytes(left), "head")


def _copy(old: Session, new: Session, table: type[Any], change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    for batch in old.scalars(select(table)).yield_per(_BATCH).partitions():
        new.execute(insert(table), [change(_values(row)) for row in batch])
        old.expunge_all()


def _values(row: object) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}  # type: ignore[attr-defined]


def _resealed(values: dict[str, Any], old: Cipher, new: Cipher) -> dict[str, Any]:
    """The row with its sealed part under the new key."""
    purposes = {"crop": "crop", "vectors": f"embedding {values.get('network')}", "state": "head"}
    for column, purpose in purposes.items():
        if values.get(column) is not None:
            values[column] = new.seal(old.open(values[column], purpose), purpose)
    return values
