"""A damaged database: its sentence names a remedy, and the remedy leads out of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine import damage
from engine.backup import back_up
from engine.damage import is_damaged, put_aside
from engine.data_findings import data_findings
from engine.deletion import Deletion
from engine.errors import StoreError
from engine.paths import DataFolder, write_atomically
from engine.people import People
from engine.store import DATABASE, Store
from tests.engine.commands import facedesk
from tests.engine.desk import cohort, enrol, open_store, run

PASSPHRASE = "seven white geese"
ASIDE = "facedesk-damaged-1.db"


@pytest.fixture
def backup(data_dir: Path, tmp_path: Path) -> Path:
    """A backup with Ana and Ben, of a desk that enrolled Cem since and deleted Ben."""
    file = tmp_path / "desk.backup"
    with open_store(data_dir) as store:
        enrol(store, "Ana", 1)
        ben = enrol(store, "Ben", 2)
        back_up(store, file, PASSPHRASE)
        enrol(store, "Cem", 3)
        run(Deletion(store, lambda _: cohort()).run([ben]))
    return file


def spoil_header(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(b"no header at all".ljust(100, b"x"))


def spoil_page(database: Path) -> None:
    """Spoils the root page of the people in the middle of the file; the receipts can still be read."""
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'person'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xaa" * size)


def names(data_dir: Path) -> list[str]:
    with Store.open(DataFolder(data_dir)) as store:
        return [person.name for person in People(store).all()]


def restore(file: Path, passphrase: str = PASSPHRASE) -> str:
    result = facedesk("people", "restore", file, "--passphrase", passphrase, "--yes")
    return result.stderr if result.exit_code == 0 else f"failed: {result.stderr}"


@pytest.mark.parametrize(
    ("spoil", "restored"), [(spoil_header, ["Ana", "Ben"]), (spoil_page, ["Ana"])], ids=["header", "page"]
)
def test_the_remedy_restores_and_keeps_the_damaged_database(
    data_dir: Path, backup: Path, spoil: Callable[[Path], None], restored: list[str]
) -> None:
    spoil(data_dir / DATABASE)
    damaged = (data_dir / DATABASE).read_bytes()
    told = facedesk("people")
    assert told.exit_code == 1
    assert "The database is damaged. Restore a backup: facedesk people restore." in told.stderr
    said = restore(backup)
    assert f"The damaged database is kept as {data_dir / ASIDE}." in said
    assert ("may be back" in said) == ("Ben" in restored), "told where the receipts are lost"
    assert names(data_dir) == restored
    assert (data_dir / ASIDE).read_bytes() == damaged
    assert (data_dir / ASIDE).stat().st_mode & 0o777 == 0o600
    assert not is_damaged(DataFolder(data_dir))
    spoil_header(data_dir / DATABASE)
    restore(backup)
    assert (data_dir / ASIDE).read_bytes() == damaged, "nothing is overwritten"
    assert (data_dir / "facedesk-damaged-2.db").is_file()


def test_who_is_deleted_is_in_the_damaged_database_still(data_dir: Path, backup: Path) -> None:
    spoil_page(data_dir / DATABASE)
    restore(backup)
    (data_dir / f"{ASIDE}-wal").write_bytes(b"changed last")
    receipt = facedesk("people", "delete", "Ana", "--yes").stdout
    assert f"Still there, delete it yourself: {data_dir / ASIDE}\n" in receipt
    assert f"Still there, delete it yourself: {data_dir / ASIDE}-wal\n" in receipt
    told = [finding for finding in data_findings(DataFolder(data_dir)) if ASIDE in finding.what]
    assert [(finding.state, finding.remedy) for finding in told] == [("warn", "Delete it once you can.")] * 2
    for path in data_dir.glob(f"{ASIDE}*"):
        path.unlink()
    assert not [finding for finding in data_findings(DataFolder(data_dir)) if "put aside" in finding.what]


def test_a_damaged_database_stays_where_it_is_until_the_backup_is_known_to_be_whole(
    data_dir: Path, backup: Path
) -> None:
    spoil_page(data_dir / DATABASE)
    before = {path.name: path.read_bytes() for path in data_dir.iterdir()}
    assert "passphrase is wrong" in restore(backup, "wrong words")
    backup.write_bytes(backup.read_bytes()[:-40])
    assert "nothing was changed" in restore(backup)
    assert {path.name: path.read_bytes() for path in data_dir.iterdir()} == before


def test_a_declined_question_changes_nothing(data_dir: Path, backup: Path) -> None:
    spoil_page(data_dir / DATABASE)
    declined = facedesk("people", "restore", backup, "--passphrase", PASSPHRASE)
    assert "The database here is damaged. Put it aside and restore into a new one?" in declined.output
    assert declined.exit_code == 1
    assert not (data_dir / ASIDE).exists()


def test_what_was_changed_last_goes_along(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies in the write-ahead log, which SQLite finds by the name of its database."""
    monkeypatch.setattr(damage, "_require_unused", lambda _: None)  # SQLite would empty the log of a whole database
    data_dir.mkdir()
    with closing(sqlite3.connect(tmp_path / "original.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE note (text)")
        connection.execute("INSERT INTO note VALUES ('late')")
        connection.commit()
        for end in ("", "-wal"):
            (data_dir / f"{DATABASE}{end}").write_bytes((tmp_path / f"original.db{end}").read_bytes())
        log = (data_dir / f"{DATABASE}-wal").read_bytes()
    aside = put_aside(DataFolder(data_dir))
    assert not list(data_dir.glob(f"{DATABASE}*"))
    (data_dir / f"{DATABASE}-wal").write_bytes(log)  # as if it was killed before this went
    assert names(data_dir) == []
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT text FROM note").fetchall() == [("late",)]


@pytest.mark.parametrize("steps", range(7))
def test_killed_while_it_makes_way(data_dir: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """After any number of steps the next restore ends well, and the damaged database is there whole."""
    spoil_header(data_dir / DATABASE)
    for end in ("-wal", "-shm"):
        (data_dir / f"{DATABASE}{end}").write_bytes(b"changed last" * 1000)
    damaged = [(data_dir / f"{DATABASE}{end}").read_bytes() for end in ("", "-wal")]
    with monkeypatch.context() as patched:
        left = iter(range(steps))

        def step(function: Callable[..., object]) -> Callable[..., object]:
            def counted(*arguments: object, **options: object) -> object:
                if next(left, None) is None:
                    raise KeyboardInterrupt
                return function(*arguments, **options)

            return counted

        patched.setattr(damage, "_require_unused", lambda _: None)  # SQLite would tidy the made-up log away
        patched.setattr(damage, "write_atomically", step(write_atomically))
        patched.setattr(Path, "rename", step(Path.rename))
        patched.setattr(Path, "unlink", step(Path.unlink))
        with pytest.raises(KeyboardInterrupt):
            put_aside(DataFolder(data_dir))
    places = [path for path in data_dir.glob("facedesk*.db") if path.read_bytes() == damaged[0]]
    assert any(place.with_name(f"{place.name}-wal").read_bytes() == damaged[1] for place in places)
    assert not restore(backup).startswith("failed")
    assert names(data_dir) == ["Ana", "Ben"]
    assert any(path.read_bytes() == damaged[0] for path in data_dir.glob("facedesk-damaged-*.db"))


def test_a_database_that_another_program_uses_stays(
    data_dir: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "LOCKED_S", 0.1)
    with open_store(data_dir) as store:
        People(store).all()
        with pytest.raises(StoreError, match="in use by another program"):
            put_aside(DataFolder(data_dir))
    assert names(data_dir) == ["Ana", "Cem"]


def test_what_is_whole_or_not_there_is_not_damaged(data_dir: Path, backup: Path) -> None:
    assert not is_damaged(DataFolder(data_dir))
    assert not is_damaged(DataFolder(data_dir / "none"))
    assert "damaged" not in restore(backup)
    assert names(data_dir) == ["Ana"]


def test_a_backup_that_is_not_there_is_told_before_the_passphrase_is_asked(data_dir: Path, tmp_path: Path) -> None:
    result = facedesk("people", "restore", tmp_path / "none.backup")
    assert result.exit_code == 1
    assert "There is no file" in result.output
    assert "Passphrase" not in result.output
