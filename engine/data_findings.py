"""What `facedesk doctor` says of the data folder: who may look in, how much room is left, what lies about."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from engine.damage import files_aside
from engine.findings import Finding
from engine.paths import DataFolder

SPACE_ADVISED_MB = 500
SPACE_NEEDED_MB = 20
"""With less than this, somebody who is enrolled or a backup may not fit any more."""


def data_findings(data: DataFolder) -> Iterator[Finding]:
    """Asks every question about a data folder.

    Args:
        data: The folder; made if there is none.
    """
    try:
        folder = data.ensure()
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding("fail", f"{data.root} cannot be written: {error.strerror}.", "Choose another --data-dir.")
        return
    if folder.stat().st_mode & 0o077:
        yield Finding("warn", f"Others may look into {folder}.", f"chmod 700 {folder}")
    else:
        yield Finding("ok", f"{folder} can be written, by you alone.")
    yield _room(folder)
    for path in files_aside(data):
        yield Finding(
            "warn", f"{path} was put aside because it is damaged; it holds people's data.", "Delete it once you can."
        )


def _room(folder: Path) -> Finding:
    free_mb = shutil.disk_usage(folder).free / 1e6
    if free_mb >= SPACE_ADVISED_MB:
        return Finding("ok", f"{free_mb / 1000:.1f} GB are free.")
    state: Literal["warn", "fail"] = "warn" if free_mb >= SPACE_NEEDED_MB else "fail"
    return Finding(state, f"Only {free_mb:.0f} MB are free.", f"Make room: {SPACE_ADVISED_MB} MB are advised.")
