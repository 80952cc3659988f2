"""What a run leaves on the disk; every file is written beside its place and moved there whole."""

import csv
import logging
import shlex
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.tasks import TASK_NAMES

log = logging.getLogger(__name__)

WEIGHTS_FILE = "weights.npz"
"""What a run leaves for `models.convert`."""


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


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """Read the state of a run; None when it has not begun."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, weights_only=True)
    return state


def append_log(folder: Path, figures: dict[str, float]) -> None:
    """Add a line to `log.csv`, and show it."""
    path = folder / "log.csv"
    rounded = {name: round(float(value), 5) for name, value in figures.items()}
    logging.getLogger(__name__).info(" ".join(f"{name}={value:g}" for name, value in rounded.items()))
    known = path.read_text().splitlines()[0].split(",") if path.exists() else []
    with path.open("a", newline="") as table:
        writer = csv.DictWriter(table, known or LOG_COLUMNS, extrasaction="ignore", lineterminator="\n")
        if not known:
            writer.writeheader()
        writer.writerow(rounded)


LOG_COLUMNS = (
    "epoch", "step", "progress", "epoch_s", "distillation", "relation", "identity", *TASK_NAMES, "norm",
    "kept_cosine", "kept_pairs", "kept_tar_0_1pct", *(f"kept_{name}" for name in TASK_NAMES),
)  # fmt: skip
"""Columns of `log.csv`: the losses of the epoch, then figures on kept-out faces."""


def _write_arrays(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    unfinished = path.with_name(path.name + ".part")
    write(unfinished)
    unfinished.replace(path)
