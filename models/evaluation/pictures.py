"""The pictures beside the tables; matplotlib is loaded when the first is drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


def draw_curves(path: Path, curves: Mapping[str, Curve], across: str, up: str, *, log_up: bool = False) -> None:
    """Draw curves over a logarithmic axis.

    Args:
        path: PNG file.
        curves: x and y (n,) by name.
        across: What x is.
        up: What y is.
        log_up: Whether y is logarithmic too.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for name, (x, y) in curves.items():
        axes.plot(x, y, label=name)
    axes.set(xscale="log", xlabel=across, ylabel=up)
    if log_up:
        axes.set_yscale("log")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    _save(figure, path)


def draw_confusions(path: Path, tables: Mapping[str, tuple[NDArray[np.int64], Sequence[str]]]) -> None:
    """Draw confusion matrices side by side.

    Args:
        path: PNG file.
        tables: Counts (classes, classes) and labels by title.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    wide = 4 * len(tables), 3.8
    figure, places = pyplot.subplots(1, len(tables), figsize=wide, layout="constrained", squeeze=False)
    for axes, (title, (counts, labels)) in zip(places[0], tables.items(), strict=True):
        axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
        axes.set(title=title, xlabel="said", ylabel="is")
        axes.set_xticks(range(len(labels)), labels, rotation=60 if len(labels) > 3 else 0)
        axes.set_yticks(range(len(labels)), labels)
        for row, column in np.ndindex(counts.shape):
            dark = counts[row, column] > 0.5 * counts[row].sum()
            axes.text(column, row, int(counts[row, column]), ha="center", va="center", color="w" if dark else "k")
    _save(figure, path)


def _save(figure: object, path: Path) -> None:
    """Write a figure as PNG without the date, so that the same figure makes the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=90, metadata={"Software": None})  # type: ignore[attr-defined]
