"""What `python -m models.train` refuses before anything is learned."""

from pathlib import Path

import pytest

from models.train import main

COMMAND = ["train", "mobilenet", "--start", "start.npz"]


def refused(monkeypatch: pytest.MonkeyPatch, *options: str) -> SystemExit:
    monkeypatch.setattr("sys.argv", [*COMMAND, *options])
    with pytest.raises(SystemExit) as stopped:
        main()
    return stopped.value


@pytest.mark.parametrize("zeros", ["1", "1.5", "-0.1", "nan"])
def test_zeros_are_a_share_below_one(
    zeros: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(monkeypatch, "--faces", "nowhere", f"--zeros={zeros}").code == 2
    assert f"expected a share of at least 0 and below 1, got {zeros}" in capsys.readouterr().err


def test_several_machines_do_not_know_the_threads_of_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "--faces", "nowhere", "--strategy", "multi-worker", "--threads", "2", "--still", "3"
    assert refused(monkeypatch, *words).code == 2
    assert "--strategy multi-worker does not know: still, threads." in capsys.readouterr().err


def test_faces_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stopped = refused(monkeypatch, "--faces", str(tmp_path / "nowhere"), "--runs", str(tmp_path))
    assert "nowhere, found none" in str(stopped)


@pytest.mark.parametrize(
    ("file", "options", "way"),
    [("shared.npz", (), "with"), ("checkpoint.pt", ("--strategy", "multi-worker"), "without")],
)
def test_one_machine_does_not_go_on_with_the_run_of_several(
    file: str, options: tuple[str, ...], way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mobilenet").mkdir()
    (tmp_path / "mobilenet" / file).touch()
    stopped = refused(monkeypatch, "--faces", "nowhere", "--runs", str(tmp_path), *options)
    assert f"mobilenet was begun {way} --strategy: give the new run a --name of its own." in str(stopped)
