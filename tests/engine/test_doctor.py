"""What the doctor finds, on a sound installation and on damaged ones."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine import board
from engine.cli import cli
from engine.doctor import examine
from engine.paths import DataFolder, shipped_models


def states(data: Path) -> dict[str, str]:
    return {finding.what: finding.state for finding in examine(DataFolder(data))}


def of(found: dict[str, str], part: str) -> str:
    matching = [state for what, state in found.items() if part in what]
    assert len(matching) == 1, found
    return matching[0]


def test_a_sound_installation_passes(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--data-dir", str(tmp_path / "new"), "doctor"])
    assert result.exit_code == 0, result.stdout
    for part in ("Python", "starts without a display", "OpenCV", "The detector works", "mobilenet:int8 works"):
        assert any(line.startswith("ok") and part in line for line in result.stdout.splitlines()), part
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_cut_network_fails_and_the_rest_is_examined(tmp_path: Path) -> None:
    mine = tmp_path / "models" / "mobilenet"
    shutil.copytree(shipped_models() / "mobilenet", mine)
    whole = (mine / "mobilenet_int8.tflite").read_bytes()
    (mine / "mobilenet_int8.tflite").write_bytes(whole[: len(whole) // 2])
    (mine / "mobilenet_fp16.tflite").unlink()
    tmp_path.chmod(0o700)
    found = states(tmp_path)
    assert of(found, "mobilenet:int8 is not the file that its card describes") == "fail"
    assert of(found, "mobilenet:fp16 cannot be read") == "fail"
    assert of(found, "can be written, by you alone") == "ok"
    assert CliRunner().invoke(cli, ["--data-dir", str(tmp_path), "doctor"]).exit_code == 1


def test_an_open_data_folder_and_damaged_settings_are_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "settings.json").write_text('{"netwrok": "x"}', encoding="utf-8")
    found = states(tmp_path)
    assert of(found, "Others may look into") == "warn"
    assert of(found, "The settings file has something unknown: netwrok") == "fail"


def test_a_data_folder_that_is_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert of(states(tmp_path / "file"), "cannot be written") == "fail"


@pytest.mark.parametrize(
    ("thermal", "throttled", "expected"),
    [
        ("48200\n", "0\n", [("ok", "The processor has 48 °C."), ("ok", "The processor runs at full speed.")]),
        (
            "84000\n",
            "50005\n",
            [
                ("warn", "The processor has 84 °C and will slow down."),
                ("warn", "The power supply is too weak."),
                ("warn", "The processor is being held back."),
            ],
        ),
    ],
)
def test_a_raspberry_pi_tells_its_heat_and_its_power(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thermal: str, throttled: str, expected: list[tuple[str, str]]
) -> None:
    for name, text in (("THERMAL", thermal), ("THROTTLED", throttled), ("MEMORY", "MemAvailable: 1000000 kB\n")):
        (tmp_path / name).write_text(text, encoding="ascii")
        monkeypatch.setattr(board, name, tmp_path / name)
    found = [(finding.state, finding.what) for finding in board.board_findings()]
    assert found == [("ok", "1.0 GB of memory are free."), *expected]
