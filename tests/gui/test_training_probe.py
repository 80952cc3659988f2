"""The window's pace: that it is measured, and told by the real window. How good it is, is not asserted."""

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from engine.bench.window import measure_pace
from engine.paths import DataFolder
from engine.types import Frame
from gui.camera_view import CameraView
from gui.pace_watch import PaceWatch

BLOCKED_S = 0.1


def frame(index: int) -> Frame:
    return Frame(np.zeros((48, 64, 3), np.uint8), index, time.monotonic_ns(), 0.0)


@pytest.fixture
def view(qtbot: QtBot) -> CameraView:
    made = CameraView()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_an_event_loop_that_is_held_up_is_noticed(qtbot: QtBot, view: CameraView) -> None:
    watch = PaceWatch(view, view)
    watch.begin()
    ended: list[None] = []

    def hold_up() -> None:
        time.sleep(BLOCKED_S)
        ended.append(None)

    QTimer.singleShot(20, hold_up)
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert watch.end().longest_wait_ms >= 1000 * BLOCKED_S


def test_each_picture_counts_once_however_often_it_is_painted(view: CameraView) -> None:
    watch = PaceWatch(view, view)
    view.set_frame(frame(0))
    view.repaint()
    began_s = time.perf_counter()
    watch.begin()
    view.repaint()
    for index in range(1, 4):
        view.set_frame(frame(index))
        view.repaint()
        view.repaint()
    pictures_per_s = watch.end().pictures_per_s
    assert 3 / (time.perf_counter() - began_s) <= pictures_per_s + 0.1
    view.set_frame(frame(4))
    view.repaint()
    watch.begin()
    assert watch.end().pictures_per_s == 0


def test_the_real_window_tells_its_pace_beside_a_training(tmp_path: Path) -> None:
    figures = measure_pace("mobilenet:int8", DataFolder(tmp_path))
    assert figures is not None
    assert figures.trainings >= 1
    for pace in (figures.before, figures.training):
        assert 2 <= pace.longest_wait_ms < 10_000
        assert 0.5 < pace.pictures_per_s < 70
    assert list(tmp_path.iterdir()) == []
