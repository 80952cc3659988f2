"""Results, cards and networks by script, for the tests of the panels."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from engine.catalogue import Card, Catalogue, NetworkFile, TaskCard
from engine.errors import ModelError
from engine.types import EMBEDDING_SIZE, Frame, FrameResult, Image, StageTimes, TaskOutputs

NS = 1_000_000_000
PICTURE = np.zeros((4, 4, 3), np.uint8)


def result_at(
    finished_ns: int, *, network: str = "mobilenet:int8", detect_ms: float = 4.0, embed_ms: float = 6.0
) -> FrameResult:
    times = StageTimes(detect_ms=detect_ms, embed_ms=embed_ms, networks_ms=8.0, total_ms=detect_ms + embed_ms)
    return FrameResult(Frame(PICTURE.copy(), 0, finished_ns, 0.0), (), times, finished_ns, network)


def card(name: str, title: str, figures: Mapping[str, Mapping[str, float | str]] | None = None) -> Card:
    files = tuple(
        NetworkFile(precision, Path(f"{name}-{precision}.tflite"), size, "0")
        for precision, size in (("fp16", 6_600_000), ("int8", 3_450_000))
    )
    tasks = (TaskCard("age", ("young", "adult", "old")), TaskCard("ethnicity", ("asian", "white", "black")))
    terms = f"{title} is for research only."
    return Card(name, title, f"{title} in one sentence.", "MIT", terms, Path(name), files, tasks, figures or {})


def catalogue() -> Catalogue:
    figures = {"fp16": {"person_accuracy": 0.99, "age_accuracy": 0.912}, "int8": {"person_accuracy": 0.987}}
    cards = (card("inception_v3", "InceptionV3"), card("mobilenet", "MobileNet", figures))
    broken = ModelError("The card odd/card.toml lacks 'title'.", "Mend the card or reinstall Facedesk.")
    return Catalogue(cards, (broken,))


class SlowNetwork:
    """A network that takes a known time for a face."""

    def __init__(self, latency_ms: float) -> None:
        self._latency_ms = latency_ms
        self.looks = 0

    def infer(self, crop: Image) -> TaskOutputs:
        assert crop.shape == (128, 128, 3)
        self.looks += 1
        time.sleep(self._latency_ms / 1000.0)
        return TaskOutputs(np.eye(1, EMBEDDING_SIZE, dtype=np.float32)[0], ())


W = TypeVar("W", bound=QWidget)


def find(inside: QWidget, kind: type[W], name: str) -> W:
    """The one child of a kind and name."""
    found = cast("W | None", inside.findChild(kind, name))
    assert found is not None, f"no {kind.__name__} {name}"
    return found


def find_all(inside: QWidget, kind: type[W]) -> list[W]:
    """Every child of a kind that can be seen when the widget is."""
    return [child for child in cast("list[W]", inside.findChildren(kind)) if child.isVisibleTo(inside)]


def text_of(widget: QWidget, name: str) -> str:
    """The text of a label that a person can see inside a widget."""
    found = find(widget, QLabel, name)
    return found.text() if found.isVisibleTo(widget) else ""
