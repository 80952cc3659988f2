"""Can a window open? Asked in a process of its own: the engine itself never loads Qt."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.findings import Finding

ASK_QT = (
    "from PySide6.QtCore import qVersion; from PySide6.QtGui import QGuiApplication; import PySide6.QtWidgets;"
    "print(QGuiApplication([]).platformName(), qVersion())"
)
REMEDY = "Run packaging/run.sh: it installs what is missing."


def qt_findings() -> Iterator[Finding]:
    """Whether Qt loads, its window plugin finds its libraries, and there is a display."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        yield Finding("fail", "PySide6 (Qt) is not installed.", REMEDY)
        return
    yield _starts("offscreen", "without a display")
    missing = _missing_libraries(Path(spec.submodule_search_locations[0]) / "Qt/plugins/platforms/libqxcb.so")
    if missing:
        yield Finding("fail", f"Qt's window plugin lacks {', '.join(missing)}.", REMEDY)
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"):
        yield _starts("", "on this display")
    else:
        yield Finding("warn", "There is no display here.", "Start the window from the desktop; the rest works without.")


def _starts(platform: str, where: str) -> Finding:
    """Starts Qt on a platform, or on the one it chooses."""
    environment = {**os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {})}
    try:
        done = subprocess.run(
            [sys.executable, "-c", ASK_QT], env=environment, capture_output=True, text=True, timeout=30, check=False
        )
    except subprocess.TimeoutExpired:
        return Finding("fail", f"Qt does not answer {where}.", REMEDY)
    if done.returncode == 0:
        name, version = done.stdout.split()
        return Finding("ok", f"Qt {version} starts {where} ({name}).")
    reason = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
    return Finding("fail", f"Qt does not start {where}: {reason[0]}.", REMEDY)


def _missing_libraries(plugin: Path) -> list[str]:
    if not sys.platform.startswith("linux") or not plugin.exists():
        return []
    try:
        done = subprocess.run(["ldd", str(plugin)], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line.split()[0] for line in done.stdout.splitlines() if "not found" in line]
