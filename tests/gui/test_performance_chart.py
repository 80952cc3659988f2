import csv
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.errors import UserError
from gui import theme
from gui.performance_chart import PerformanceChart
from gui.performance_history import PerformanceHistory
from tests.gui.panels import NS, find, find_all, result_at, text_of


class Clock:
    def __init__(self) -> None:
        self.now_ns = 1000 * NS

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chart(qtbot: QtBot, clock: Clock) -> PerformanceChart:
    chart = PerformanceChart(clock_ns=clock)
    qtbot.addWidget(chart)
    chart.resize(720, 420)
    return chart


def feed(chart: PerformanceChart, clock: Clock, count: int, *, dropped: int = 0, detect_ms: float = 4.0) -> None:
    for _ in range(count):
        clock.now_ns += NS // 25
        chart.add_result(result_at(clock.now_ns, detect_ms=detect_ms), dropped)


def figure(chart: PerformanceChart, tile: str) -> str:
    (label,) = (each for each in find_all(find(chart, QFrame, tile), QLabel) if each.property("role") == "figure")
    return label.text()


def test_three_thousand_updates(chart: PerformanceChart, clock: Clock, qtbot: QtBot) -> None:
    chart.show()
    qtbot.waitExposed(chart)
    for i in range(3000):
        feed(chart, clock, 1, dropped=i // 10)
        chart.redraw()
        if i % 50 == 0:
            chart.grab()
    assert figure(chart, "fpsTile") == "25.0"
    assert figure(chart, "p50Tile") == "10.0"


def test_figures_say_how_fast_it_is_and_what_was_dropped(chart: PerformanceChart, clock: Clock) -> None:
    feed(chart, clock, 100)
    feed(chart, clock, 100, dropped=17)
    chart.show()
    assert figure(chart, "fpsTile") == "25.0"
    assert figure(chart, "p95Tile") == "10.0"
    assert figure(chart, "droppedTile") == "17"
    assert text_of(chart, "p50_detect") == "4.0"
    assert text_of(chart, "p95_embed") == "6.0"
    assert text_of(chart, "p50_follow") == "—"


def test_without_results_there_are_dashes(chart: PerformanceChart) -> None:
    chart.show()
    assert [figure(chart, tile) for tile in ("fpsTile", "p50Tile", "p95Tile")] == ["—"] * 3


def test_curves_are_kept_and_get_new_data(chart: PerformanceChart, clock: Clock) -> None:
    feed(chart, clock, 100)
    chart.show()
    curves = chart._plots.fps_plot.listDataItems()
    before = np.array(curves[0].getData()[1])
    feed(chart, clock, 100)
    chart.redraw()
    assert chart._plots.fps_plot.listDataItems() == curves
    assert np.isnan(before[-60])
    assert curves[0].getData()[1][-20] == 25.0


def test_a_slow_start_does_not_flatten_the_chart(chart: PerformanceChart, clock: Clock) -> None:
    feed(chart, clock, 25, detect_ms=400.0)
    feed(chart, clock, 300)
    chart.show()
    (low, high) = chart._plots.stage_plot.viewRange()[1]
    assert low == 0.0
    assert 10.0 < high <= 15.0


def test_it_draws_only_while_it_is_shown(chart: PerformanceChart, clock: Clock, qtbot: QtBot) -> None:
    chart.show()
    qtbot.waitUntil(chart._timer.isActive)
    chart.hide()
    assert not chart._timer.isActive()
    feed(chart, clock, 50)
    chart.show()
    assert figure(chart, "p50Tile") == "10.0"


def test_text_changes_once_a_second_curves_five_times(chart: PerformanceChart, clock: Clock) -> None:
    feed(chart, clock, 50)
    chart.show()
    assert chart._timer.interval() == 200
    feed(chart, clock, 200, detect_ms=20.0)
    for _ in range(4):
        chart.redraw()
        assert figure(chart, "p50Tile") == "10.0"
    chart.redraw()
    assert figure(chart, "p50Tile") == "26.0"


def test_pause_holds_the_picture_and_keeps_results(chart: PerformanceChart, clock: Clock, qtbot: QtBot) -> None:
    feed(chart, clock, 50)
    chart.show()
    button = find(chart, QPushButton, "pauseChart")
    button.click()
    feed(chart, clock, 200, detect_ms=20.0)
    for _ in range(6):
        chart.redraw()
    assert figure(chart, "p50Tile") == "10.0"
    assert button.text() == "Go on"
    button.click()
    assert figure(chart, "p50Tile") == "26.0"
    assert button.text() == "Pause"


def test_the_minute_as_a_table(chart: PerformanceChart, clock: Clock, tmp_path: Path) -> None:
    feed(chart, clock, 30)
    chart.export_csv(tmp_path / "speed.csv")
    with (tmp_path / "speed.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30
    assert rows[-1]["network"] == "mobilenet:int8"
    assert float(rows[-1]["detect_ms"]) == 4.0
    assert float(rows[0]["seconds_ago"]) == pytest.approx(29 / 25, abs=0.001)


def test_the_charts_as_a_picture(chart: PerformanceChart, clock: Clock, tmp_path: Path) -> None:
    feed(chart, clock, 1500)
    chart.export_png(tmp_path / "speed.png")
    picture = QImage(str(tmp_path / "speed.png"))
    assert picture.width() >= 600
    colours = {picture.pixelColor(x, y).name() for x in range(0, 500, 3) for y in range(0, picture.height(), 3)}
    assert "#0072b2" in colours, "the band of finding faces"
    assert "#d55e00" in colours, "the band of looking at faces"


def test_an_export_that_fails_says_why(chart: PerformanceChart, qtbot: QtBot, tmp_path: Path) -> None:
    button = find(chart, QPushButton, "exportCsv")
    nowhere = str(tmp_path / "missing" / "speed.csv")
    chosen = patch.object(QFileDialog, "getSaveFileName", return_value=(nowhere, ""))
    with chosen, qtbot.waitSignal(chart.failed) as said:
        button.click()
    assert said.args is not None
    error = said.args[0]
    assert isinstance(error, UserError)
    assert error.what == "The file speed.csv cannot be written: No such file or directory."
    assert error.remedy == "Choose another folder."


def test_an_export_that_is_called_off_does_nothing(chart: PerformanceChart, qtbot: QtBot) -> None:
    button = find(chart, QPushButton, "exportPng")
    with patch.object(QFileDialog, "getSaveFileName", return_value=("", "")), qtbot.assertNotEmitted(chart.failed):
        button.click()


def test_results_from_before_its_first_visit_are_shown(qtbot: QtBot, clock: Clock) -> None:
    history = PerformanceHistory()
    for i in range(50):
        history.add(result_at(clock.now_ns - (49 - i) * NS // 25))
    chart = PerformanceChart(history=history, clock_ns=clock)
    qtbot.addWidget(chart)
    chart.show()
    assert figure(chart, "fpsTile") == "25.0"


def test_it_follows_the_theme(chart: PerformanceChart, qapp: QApplication) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    chart.show()
    try:
        for tokens in (theme.DARK, theme.LIGHT):
            theme.manager().set_choice("dark" if tokens is theme.DARK else "light")
            assert chart._plots.backgroundBrush().color().name() == tokens.window
            assert chart._plots.fps_plot.getAxis("left").textPen().color().name() == tokens.text
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_it_fits_a_small_screen_and_a_side_column(chart: PerformanceChart, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(chart)
    page.show()
    for width, height in ((720, 420), (360, 700)):
        page.resize(width, height)
        qtbot.waitUntil(lambda: chart.width() in (720, 360))
        for button in find_all(chart, QPushButton):
            assert button.height() >= 44
            assert button.mapTo(chart, button.rect().topRight()).x() < width
    chart.setParent(None)
