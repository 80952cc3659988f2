"""The program's commands, run in this process."""

from pathlib import Path

from click.testing import CliRunner, Result

from engine.cli import cli


def facedesk(*arguments: str | Path) -> Result:
    """Runs one command; it uses the data folder of the fixture `data_dir`."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])
