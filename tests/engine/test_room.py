"""A disk without room is called that, whatever SQLite and the system make of it."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine import backup, data_findings, room
from engine.backup import back_up, restore
from engine.errors import StoreError
from engine.paths import DataFolder
from engine.people import ConsentText, People
from engine.store import Store
from tests.engine.desk import enrol, open_store, run

PASSPHRASE = "seven white geese"
NO_SHM_BYTES = 10_000
"""Less than what SQLite lays beside a database when it opens it."""


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """What does not fit fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def sentence_at(folder: Path, size: int) -> str:
    """What is said when somebody is begun while files may not grow beyond a size."""
    with no_file_larger_than(size), pytest.raises(StoreError) as caught, open_store(folder) as again:
        People(again).begin("Ana", ConsentText("paper " * 100_000))
    return str(caught.value)


@pytest.fixture
def folder(store: Store) -> Path:
    """A data folder with a closed database."""
    enrol(store, "Ben", 2)
    store.close()
    return store.folder.root


@pytest.mark.parametrize("size", [NO_SHM_BYTES, 200_000])
def test_files_that_may_not_grow_are_a_full_disk(folder: Path, size: int) -> None:
    assert sentence_at(folder, size) == " ".join(room.DISK_FULL)
    with open_store(folder) as again:
        assert [person.name for person in People(again).all()] == ["Ben"]


def test_no_room_beside_the_database_is_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "has_file_limit", lambda: False)
    assert sentence_at(folder, NO_SHM_BYTES) == " ".join(room.DISK_FULL)


@pytest.mark.parametrize(("full", "says"), [(True, "The disk is full"), (False, "The disk does not answer")])
def test_another_fault_of_the_disk_is_its_lack_of_room_where_it_has_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, full: bool, says: str
) -> None:
    monkeypatch.setattr(room, "has_file_limit", lambda: False)
    monkeypatch.setattr(room, "is_full", lambda asked: full and asked == folder)
    assert sentence_at(folder, 200_000).startswith(says)


def test_a_restore_that_finds_no_room_says_so(store: Store, tmp_path: Path) -> None:
    enrol(store, "Ana", 1)
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    with no_file_larger_than(50_000), pytest.raises(StoreError) as caught:
        run(restore(store, file, PASSPHRASE))
    assert str(caught.value) == " ".join(room.DISK_FULL)
    assert [person.name for person in People(store).all()] == ["Ana"]
    assert not list(store.folder.root.glob(f"{backup.TEMPORARY}*"))


def test_room_is_blocks_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not room.is_full(tmp_path)
    assert not room.is_full(tmp_path / "none")
    for blocks, files, free_files, full in (
        (100, 9, 9, True),
        (1000, 9, 9, False),
        (1000, 9, 0, True),
        (1000, 0, 0, False),
    ):
        disk = SimpleNamespace(f_bavail=blocks, f_frsize=4096, f_files=files, f_favail=free_files)
        monkeypatch.setattr(os, "statvfs", lambda _, disk=disk: disk)
        assert room.is_full(tmp_path) is full


@pytest.mark.parametrize(("free_mb", "state"), [(0.0, "fail"), (19.0, "fail"), (100.0, "warn"), (9000.0, "ok")])
def test_the_doctor_fails_where_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mb: float, state: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free_mb * 1e6))
    tmp_path.chmod(0o700)
    *_, found = data_findings.data_findings(DataFolder(tmp_path))
    assert (found.state, "are free" in found.what, bool(found.remedy)) == (state, True, state != "ok")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ])
def test_what_cannot_be_read_is_no_want_of_room(tmp_path: Path, code: int) -> None:
    with no_file_larger_than(10_000_000):
        assert not room.sqlite_lacks_room(code, tmp_path)
        assert room.sqlite_lacks_room(sqlite3.SQLITE_IOERR_WRITE, tmp_path)
