"""Paths that are empty, too long, of folders, pipes or nothing at all."""

import os
from pathlib import Path

import pytest

from engine.backup import back_up
from engine.errors import SourceError, StoreError
from engine.paths import DataFolder
from engine.sources.pictures import read_picture
from engine.store import Store
from tests.engine.commands import facedesk
from tests.engine.desk import enrol, open_store

PASSPHRASE = "seven white geese"
LONG = "a" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("enrol", "Zoe", "", "--consent", "t"),
        ("enrol", "Zoe", "a.jpg", "", "--consent", "t"),
        ("enrol", "Zoe", "--folder", "", "--consent", "t"),
        ("enrol", "--csv", "", "--consent", "t"),
        ("people", "export", "Zoe", ""),
        ("people", "backup", ""),
        ("people", "restore", ""),
        ("embed", "a.jpg", "--out", ""),
        ("--data-dir", "", "people"),
    ],
)
def test_an_empty_path_is_wrong_usage(data_dir: Path, arguments: tuple[str, ...]) -> None:
    result = facedesk(*arguments)
    assert result.exit_code == 2
    assert "The path is empty." in result.stderr
    assert not data_dir.exists()


@pytest.mark.parametrize("name", ["a\0b.jpg", "pipe.jpg", "none.jpg", "folder.jpg", f"{LONG}.jpg"])
def test_what_is_no_file_is_no_picture(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    with pytest.raises(SourceError, match="cannot be read: ") as caught:
        read_picture(tmp_path / name)
    assert caught.value.remedy == "Check the file and its permissions."


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (".", "is a folder. Name a file in it."),
        ("folder", "is a folder. Name a file in it."),
        ("file/below", "The backup cannot be written: Not a directory."),
        ("none/below", "The backup cannot be written: No such file or directory."),
        (LONG, "The backup cannot be written: File name too long."),
    ],
)
def test_a_place_where_no_backup_can_be_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for place in (Path(target), tmp_path / target):
        with pytest.raises(StoreError) as caught:
            back_up(store, place, PASSPHRASE)
        assert says in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "folder", "file"}


def test_a_backup_may_have_a_long_name(data_dir: Path, tmp_path: Path) -> None:
    with open_store(data_dir) as store:
        enrol(store, "Ana", 1)
    target = tmp_path / ("a" * 250)
    assert facedesk("people", "backup", target, "--passphrase", PASSPHRASE).exit_code == 0
    assert target.is_file()
    restored = facedesk("people", "restore", target, "--passphrase", PASSPHRASE, "--yes")
    assert restored.stdout.startswith("1 people restored.")
    (tmp_path / "short").write_bytes(target.read_bytes())
    elsewhere = facedesk("--data-dir", tmp_path / LONG, "people", "restore", tmp_path / "short", "--passphrase", "x")
    assert "cannot be used: File name too long. Choose another with --data-dir." in elsewhere.stderr


@pytest.mark.parametrize("name", [LONG, "folder", "file/below"])
def test_what_cannot_be_a_backup_is_not_restored(data_dir: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    result = facedesk("people", "restore", tmp_path / name, "--passphrase", PASSPHRASE)
    assert result.exit_code == 1
    assert "There is no file" in result.stderr


def test_a_data_folder_with_a_name_too_long_holds_nobody(data_dir: Path, tmp_path: Path) -> None:
    assert facedesk("--data-dir", tmp_path / LONG, "people").output == "Nobody is enrolled.\n"


def test_a_folder_that_may_not_be_entered_is_told(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)  # as root no folder is closed
    monkeypatch.setattr("engine.people_command.is_damaged", pytest.fail)
    result = facedesk("people", "restore", tmp_path / "closed" / "desk.backup", "--passphrase", PASSPHRASE)
    assert result.exit_code == 1
    assert "There is no file" in result.stderr


def test_a_closed_data_folder_is_not_taken_for_an_empty_one(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)  # as root no folder is closed
    with pytest.raises(StoreError, match="cannot be used: Permission denied"):
        Store.exists(DataFolder(data_dir))
