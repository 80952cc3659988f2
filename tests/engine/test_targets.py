"""Nothing that is written takes the place of the program's own files."""

from pathlib import Path

import pytest

from engine.backup import back_up
from engine.errors import StoreError
from engine.people import People
from engine.store import Store
from tests.engine.commands import facedesk
from tests.engine.desk import enrol, open_store

PASSPHRASE = "seven white geese"
OWN = ("facedesk.db", "facedesk.db-wal", "facedesk.db-shm", "secret.key", "settings.json", "facedesk-damaged-1.db")


@pytest.mark.parametrize("name", OWN)
def test_a_backup_never_replaces_what_the_program_keeps(store: Store, name: str) -> None:
    root = store.folder.root
    for made in ("settings.json", "facedesk-damaged-1.db"):
        (root / made).write_bytes(b"own")
    before = {path.name for path in root.iterdir()}
    key = (root / "secret.key").read_bytes()
    for target in (root / name, root / ".." / root.name / name):
        with pytest.raises(StoreError, match="belongs to Facedesk itself"):
            back_up(store, target, PASSPHRASE)
    assert {path.name for path in root.iterdir()} == before
    assert (root / "secret.key").read_bytes() == key
    assert People(store).all() == ()


def test_a_link_to_the_database_is_the_database(store: Store, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(store.folder.root / "facedesk.db")
    with pytest.raises(StoreError, match="belongs to Facedesk itself"):
        back_up(store, tmp_path / "link", PASSPHRASE)


def test_other_files_may_lie_beside_them(store: Store) -> None:
    target = store.folder.root / "desk.backup"
    for _ in range(2):
        back_up(store, target, PASSPHRASE)
    assert target.is_file()


def test_embeddings_do_not_take_the_place_of_the_database(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        enrol(store, "Ana", 1)
    for name in ("facedesk.db", "secret.key"):
        result = facedesk("embed", "none.jpg", "--out", data_dir / name)
        assert result.exit_code == 1
        assert "belongs to Facedesk itself. Choose another place for it." in result.stderr
    with open_store(data_dir) as store:
        assert [person.name for person in People(store).all()] == ["Ana"]
