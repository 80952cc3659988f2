"""The pictures beside the tables; matplotlib is loaded when the first is drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
from numpy.typing import NDArray

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]
Confusion = tuple[NDArray[np.int64], Sequence[str]]
"""Counts (classes, classes), rows are what a face is, and the labels of the classes."""

LABEL_LETTERS = 14
"""Longest line of a label below bars."""


def draw_curves(path: Path, curves: Mapping[str, Curve], across: str, up: str) -> None:
    """Draw curves over a logarithmic axis.

    Args:
        path: PNG file.
        curves: x and y (n,) by name.
        across: What x is.
        up: What y is.
    """
    pyplot = _pyplot()
    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for name, (x, y) in curves.items():
        axes.plot(x, y, label=name)
    axes.set(xscale="log", xlabel=across, ylabel=up)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    _save(figure, path)


def draw_bars(path: Path, series: Mapping[str, Mapping[str, float]], up: str) -> None:
    """Draw bars in groups, one group for each name that the series have in common.

    Args:
        path: PNG file.
        series: Heights by group, by the name of the series; all of them have the same groups.
        up: What the height is, with its unit.
    """
    groups = list(next(iter(series.values())))
    pyplot = _pyplot()
    wide = 2.0 + 0.5 * len(groups) * (len(series) + 1)
    figure, axes = pyplot.subplots(figsize=(max(6.0, wide), 4), layout="constrained")
    width = 0.8 / len(series)
    for number, (name, heights) in enumerate(series.items()):
        places = np.arange(len(groups)) + (number - (len(series) - 1) / 2) * width
        bars = axes.bar(places, [heights[group] for group in groups], width, label=name)
        axes.bar_label(bars, fmt="%.3g", fontsize=7)
    axes.set_xticks(range(len(groups)), [fill(group, LABEL_LETTERS) for group in groups])
    axes.set(ylabel=up)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=min(len(series), 4), frameon=False)
    _save(figure, path)


def draw_confusions(path: Path, rows: Mapping[str, Mapping[str, Confusion]]) -> None:
    """Draw confusion matrices, a row of them for each network.

    Args:
        path: PNG file.
        rows: Counts (classes, classes) and labels, by title, by the name of the row; every row has the same titles.
    """
    pyplot = _pyplot()
    titles = list(next(iter(rows.values())))
    size = 4 * len(titles), 3.8 * len(rows)
    figure, places = pyplot.subplots(len(rows), len(titles), figsize=size, layout="constrained", squeeze=False)
    for line, (name, tables) in zip(places, rows.items(), strict=True):
        for axes, title in zip(line, titles, strict=True):
            _draw_confusion(axes, f"{name}: {title}", tables[title])
    _save(figure, path)


def _draw_confusion(axes: Any, title: str, table: Confusion) -> None:  # noqa: ANN401 - matplotlib is not typed here
    counts, labels = table
    axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
    axes.set_title(title, fontsize=10)
    axes.set(xlabel="said", ylabel="is")
    axes.set_xticks(range(len(labels)), labels, rotation=60 if len(labels) > 3 else 0)
    axes.set_yticks(range(len(labels)), labels)
    for row, column in np.ndindex(counts.shape):
        dark = counts[row, column] > 0.5 * counts[row].sum()
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", color="w" if dark else "k")


def _pyplot() -> Any:  # noqa: ANN401
    """Load matplotlib for files alone."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    return pyplot


def _save(figure: Any, path: Path) -> None:  # noqa: ANN401
    """Write a figure as PNG without the date, so that the same figure makes the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=90, metadata={"Software": None})
    _pyplot().close(figure)
