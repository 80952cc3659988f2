"""A file that is written anew is the old one or the new one, and what a killed program left goes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.paths import PROGRAM_ROOT, write_atomically
from engine.replacing import drop_left

WRITER = """
import sys
from pathlib import Path
from engine.replacing import replacing

with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writer(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that is writing a file."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(
        command, cwd=PROGRAM_ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def test_what_a_killed_program_left_goes_when_the_file_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "desk [1].backup"
    with writer(path):
        write_atomically(path, b"mine")
        assert len(hidden(tmp_path)) == 1, "the other one is still at it"
    assert len(hidden(tmp_path)) == 1
    write_atomically(tmp_path / "other", b"")
    assert len(hidden(tmp_path)) == 1
    write_atomically(path, b"whole")
    assert hidden(tmp_path) == []
    assert path.read_bytes() == b"whole"


def test_all_of_a_folder_can_be_tidied(tmp_path: Path) -> None:
    with writer(tmp_path / "one"):
        drop_left(tmp_path)
        assert len(hidden(tmp_path)) == 1
    drop_left(tmp_path)
    assert hidden(tmp_path) == []
    drop_left(tmp_path / "none")


def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path: Path) -> None:
    path = tmp_path / ("ş" * 127)
    write_atomically(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_fails_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path / "folder", b"new")

    def refuse(_path: Path, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)  # as on a stick that is write-protected
    with pytest.raises(NotADirectoryError):
        write_atomically(path / "below", b"new")
    assert path.read_bytes() == b"old"
    assert hidden(tmp_path) == []
