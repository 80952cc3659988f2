"""What a run leaves on the disk; every file is written beside its place and moved there whole."""

import csv
import hashlib
import logging
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.data import Faces
from models.settings import Settings
from models.splits import Rows
from models.tasks import TASK_NAMES

log = logging.getLogger(__name__)

WEIGHTS_FILE = "weights.npz"
"""What a run leaves for `models.convert`."""
FACES = "training faces"


def save_checkpoint(folder: Path, state: dict[str, Any], weights: dict[str, torch.Tensor]) -> None:
    """Write the state of a run, its weights for export, and the command that made it."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "checkpoint.pt", lambda path: torch.save(state, path))
    write_run(folder, {WEIGHTS_FILE: {name: value.numpy() for name, value in weights.items()}})


def write_run(folder: Path, files: Mapping[str, Mapping[str, NDArray[Any]]]) -> None:
    """Write files of named arrays, and the command that made them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, arrays in files.items():
        _replace(folder / name, partial(_write_arrays, arrays))
    (folder / "command.txt").write_text(f"{shlex.join(['python', '-m', 'models.train', *sys.argv[1:]])}\n")


def begun_with(settings: Settings, start: Path, faces: Faces, train: Rows) -> dict[str, str]:
    """Tell what a run begins with and keeps to its end, by name; a path by its last two parts, for disks move."""
    known = sorted(f"{faces.hashes[row]} {faces.persons[row]}" for row in train)
    return {
        "backbone": settings.backbone,
        "tasks": ", ".join(TASK_NAMES),
        "--start": _last_parts(start),
        "--still": str(settings.still),
        "--side-px": str(settings.side_px),
        "--guide": _last_parts(settings.guide) if settings.guide else "none",
        FACES: hashlib.sha256("\n".join(known).encode()).hexdigest(),
    }


def expect_begun_with(folder: Path, begun: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Refuse to go on with a run that was begun with something else.

    Args:
        folder: Of the run.
        begun: What `begun_with` gave then; what is absent was not kept by an earlier version.
        now: What it gives now.

    Raises:
        SystemExit: One of these differs.
    """
    for name, value in now.items():
        if begun.get(name, value) != value:
            other = f"other {name}" if name == FACES else f"{name} {begun[name]}, not {value}"
            raise SystemExit(f"The run in {folder} was begun with {other}: give the new run a --name of its own.")


def finished(folder: Path) -> str:
    """Say that a run has come to its end."""
    return f"The run in {folder} is finished: its {WEIGHTS_FILE} stays; more --epochs or --minutes go on with it."


def _last_parts(path: Path) -> str:
    return "/".join(path.resolve().parts[-2:])


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """Read the state of a run; None when it has not begun."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, weights_only=True)
    return state


def append_log(folder: Path, figures: dict[str, float], columns: Sequence[str] = ()) -> None:
    """Add a line to `log.csv`, and show it; a new file gets these columns, or `LOG_COLUMNS`."""
    path = folder / "log.csv"
    rounded = {name: round(float(value), 5) for name, value in figures.items()}
    logging.getLogger(__name__).info(" ".join(f"{name}={value:g}" for name, value in rounded.items()))
    known = path.read_text().splitlines()[0].split(",") if path.exists() else []
    with path.open("a", newline="") as table:
        writer = csv.DictWriter(table, known or columns or LOG_COLUMNS, extrasaction="ignore", lineterminator="\n")
        if not known:
            writer.writeheader()
        writer.writerow(rounded)


LOG_COLUMNS = (
    "epoch", "step", "progress", "epoch_s", "distillation", "relation", "identity", *TASK_NAMES, "norm",
    "kept_cosine", "kept_pairs", "kept_tar_0_1pct", *(f"kept_{name}" for name in TASK_NAMES),
)  # fmt: skip
"""Columns of `log.csv`: the losses of the epoch, then figures on kept-out faces."""


def _write_arrays(arrays: Mapping[str, Any], path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, **arrays)


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    unfinished = path.with_name(path.name + ".part")
    write(unfinished)
    unfinished.replace(path)
