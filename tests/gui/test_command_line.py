"""What `facedesk` without a command hands to the window."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.paths import DataFolder
from gui.__main__ import facedesk
from gui.app import LaunchOptions


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[LaunchOptions]:
    """The options with which the window was opened; it ends with 3."""
    options: list[LaunchOptions] = []

    def run(given: LaunchOptions) -> int:
        options.append(given)
        return 3

    monkeypatch.setattr("gui.app.run", run)
    monkeypatch.delenv("FACEDESK_DATA_DIR", raising=False)
    return options


def test_the_options_reach_the_window_and_its_exit_code_comes_back(opened: list[LaunchOptions], tmp_path: Path) -> None:
    arguments = ["--source", "camera:1", "--model", "inception_v3:fp16", "--kiosk", "--data-dir", str(tmp_path)]
    assert CliRunner().invoke(facedesk, arguments).exit_code == 3
    assert opened == [LaunchOptions("camera:1", "inception_v3:fp16", True, False, DataFolder(tmp_path))]


def test_without_options_the_settings_decide(opened: list[LaunchOptions]) -> None:
    CliRunner().invoke(facedesk, [])
    assert opened == [LaunchOptions(None, None, False, False, DataFolder.default())]


def test_the_demo_plays_the_demo_clip(opened: list[LaunchOptions]) -> None:
    CliRunner().invoke(facedesk, ["--demo"])
    assert (opened[0].source, opened[0].demo) == ("demo", True)


@pytest.mark.parametrize(
    "arguments", [["--demo", "--source", "camera:0"], ["--kiosk", "models"], ["--kisok"], ["--source"]]
)
def test_wrong_usage_opens_nothing(opened: list[LaunchOptions], arguments: list[str]) -> None:
    assert CliRunner().invoke(facedesk, arguments).exit_code == 2
    assert opened == []


def test_a_command_does_not_open_the_window(opened: list[LaunchOptions], tmp_path: Path) -> None:
    assert CliRunner().invoke(facedesk, ["--data-dir", str(tmp_path), "models"]).exit_code == 0
    assert opened == []
