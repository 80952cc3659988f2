"""The set-up script, run for real with stand-ins for the programs that would change the machine."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [*sorted((ROOT / "packaging").glob("*.sh")), ROOT / ".ci" / "run"]

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a pyproject.toml and an environment whose Python writes down how it was called."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/calls"\nexit "${{PIP_ENDS:-0}}"\n', encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def in_setup(checkout: Path, commands: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs commands in a bash that has sourced setup.sh."""
    program = f'set -euo pipefail; checkout="{checkout}"; source "{ROOT}/packaging/setup.sh"; {commands}'
    return subprocess.run(
        ["bash", "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def stand_in(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_are_sound_bash(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True, timeout=30)
    if script.name != "setup.sh":
        assert os.access(script, os.X_OK)
        assert "set -euo pipefail" in script.read_text(encoding="utf-8")


def test_the_program_is_installed_once_and_again_when_pyproject_changes(checkout: Path) -> None:
    calls = checkout / "calls"
    for _ in range(2):
        assert in_setup(checkout, 'install_program "dev,pi"').returncode == 0
    assert calls.read_text(encoding="utf-8").count("pip install") == 1
    assert f"--editable {checkout}[dev,pi]" in calls.read_text(encoding="utf-8")
    (checkout / "pyproject.toml").write_text("[project]\nname = 'changed'\n", encoding="utf-8")
    in_setup(checkout, 'install_program "dev,pi"')
    assert calls.read_text(encoding="utf-8").count("pip install") == 2


def test_an_installation_that_failed_is_tried_again(checkout: Path) -> None:
    failed = in_setup(checkout, 'install_program ""', PIP_ENDS="1")
    assert failed.returncode == 1
    assert "pip could not install the program" in failed.stderr
    assert in_setup(checkout, 'install_program ""').returncode == 0
    assert (checkout / "calls").read_text(encoding="utf-8").count("pip install") == 2


def test_missing_libraries_are_installed_by_their_debian_names(checkout: Path) -> None:
    bin_folder = checkout / "bin"
    stand_in(bin_folder, "ldconfig", "echo '  libEGL.so.1 (libc6,x86-64) => /usr/lib/libEGL.so.1'")
    stand_in(bin_folder, "apt-get", f'echo "$@" >>"{checkout}/calls"')
    done = in_setup(
        checkout,
        'python=python3; as_root() { "$@"; }; has_font() { true; }; install_system_packages',
        PATH=f"{bin_folder}:{os.environ['PATH']}",
    )
    assert done.returncode == 0, done.stderr
    update, install = (checkout / "calls").read_text(encoding="utf-8").splitlines()
    assert update.split()[0] == "update"
    assert {"libgl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(install.split())
    assert not {"libegl1", "fonts-dejavu-core"} & set(install.split())


def test_without_rights_the_exact_command_is_named(checkout: Path) -> None:
    bin_folder = checkout / "bin"
    stand_in(bin_folder, "ldconfig", "true")
    stand_in(bin_folder, "apt-get", "exit 0")
    done = in_setup(
        checkout,
        "python=python3; as_root() { return 1; }; has_font() { true; }; install_system_packages",
        PATH=f"{bin_folder}:{os.environ['PATH']}",
    )
    assert done.returncode == 1
    assert re.search(r"Run: sudo apt-get update && sudo apt-get install libegl1 libgl1 .*libxcb-cursor0", done.stderr)


def test_a_machine_that_has_everything_is_left_alone(checkout: Path) -> None:
    bin_folder = checkout / "bin"
    stand_in(bin_folder, "apt-get", f'echo "$@" >>"{checkout}/calls"')
    done = in_setup(
        checkout,
        "missing_packages() { true; }; install_system_packages",
        PATH=f"{bin_folder}:{os.environ['PATH']}",
    )
    assert done.returncode == 0
    assert not (checkout / "calls").exists()


def test_an_old_python_is_refused_with_what_to_do(checkout: Path) -> None:
    done = in_setup(checkout, "find_python() { return 1; }; set_up")
    assert done.returncode == 1
    assert "Python 3.11 to 3.14 is needed" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_an_environment_of_another_checkout_is_made_again(checkout: Path) -> None:
    stale = checkout / ".venv" / ".made-from"
    stale.write_text("Python 3.11.2\n/somewhere/else\n", encoding="utf-8")
    done = in_setup(
        checkout,
        f'missing_packages() {{ true; }}; make_venv() {{ echo made >>"{checkout}/calls"; }}; set_up dev',
    )
    assert done.returncode == 0, done.stderr
    assert (checkout / "calls").read_text(encoding="utf-8").splitlines()[0] == "made"


def test_what_pyproject_promises_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) == {"train", "bench", "pi", "large", "dev"}
    assert project["scripts"] == {"facedesk": "gui.__main__:main"}
    for name in (project["readme"], *project["license-files"]):
        assert (ROOT / name).is_file(), name
