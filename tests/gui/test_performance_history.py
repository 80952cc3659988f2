import math

import numpy as np
import pytest

from gui.performance_history import STAGES, PerformanceHistory
from tests.gui.panels import NS, result_at

NOW = 1000 * NS


def filled(fps: int = 20, seconds: int = 60) -> PerformanceHistory:
    history = PerformanceHistory()
    count = fps * seconds
    for i in range(count):
        history.add(result_at(NOW - (count - 1 - i) * NS // fps))
    return history


def test_the_fps_curve_shows_the_rate_over_the_whole_minute() -> None:
    curves = filled(fps=20).curves(NOW)
    assert curves.ago_s[0] == -60.0
    assert curves.ago_s[-1] == 0.0
    assert set(curves.fps[5:]) == {20.0}


def test_stages_are_stacked_in_their_order() -> None:
    stacked = filled().curves(NOW).stacked_ms
    assert tuple(stacked) == STAGES
    assert stacked["detect"][-1] == pytest.approx(4.0)
    assert stacked["align"][-1] == pytest.approx(4.0)
    assert stacked["embed"][-1] == pytest.approx(10.0)
    assert stacked["track"][-1] == pytest.approx(10.0)


def test_before_the_first_result_there_is_no_rate() -> None:
    history = PerformanceHistory()
    for i in range(200):
        history.add(result_at(NOW - (199 - i) * NS // 20))
    fps = history.curves(NOW).fps
    assert np.isnan(fps[:200]).all()
    assert np.isnan(history.curves(NOW).stacked_ms["track"][:200]).all()
    assert set(fps[-30:]) == {20.0}


def test_a_pause_is_a_gap_and_not_the_old_rate() -> None:
    curves = filled(fps=20).curves(NOW + 10 * NS)
    assert set(curves.fps[-30:]) == {0.0}
    assert curves.stacked_ms["track"][-1] == 0.0


def test_figures_are_the_median_and_the_slow_end_of_the_minute() -> None:
    history = PerformanceHistory()
    for i in range(100):
        history.add(result_at(NOW - (99 - i) * NS // 10, detect_ms=float(i + 1), embed_ms=0.0))
    figures = history.figures(NOW)
    durations = np.arange(1, 101)
    assert figures.frame.p50_ms == pytest.approx(np.percentile(durations, 50))
    assert figures.frame.p95_ms == pytest.approx(np.percentile(durations, 95))
    assert figures.fps == pytest.approx(10.0, abs=0.5)
    assert math.isnan(figures.stages["embed"].p50_ms), "a stage that never ran has no median"


def test_dropped_frames_are_counted_over_the_minute_and_survive_a_new_mailbox() -> None:
    history = PerformanceHistory()
    for seconds_ago, counter in ((90, 5), (50, 7), (40, 12), (30, 3), (20, 4)):
        history.add(result_at(NOW - seconds_ago * NS), counter)
    assert history.figures(NOW).dropped == 2 + 5 + 3 + 1


def test_nothing_yet() -> None:
    figures = PerformanceHistory().figures(NOW)
    assert figures.results == 0
    assert math.isnan(figures.frame.p50_ms)
    assert PerformanceHistory().curves(NOW).stacked_ms["track"].max() == 0.0


def test_the_ring_forgets_the_oldest_first() -> None:
    history = PerformanceHistory(capacity=100)
    for i in range(250):
        history.add(result_at(NOW - (249 - i) * NS // 50))
    assert history.figures(NOW).results == 100
    assert history.newest_ns == NOW


def test_the_table_has_one_line_per_result() -> None:
    history = PerformanceHistory()
    history.add(result_at(NOW - 2 * NS), 0)
    history.add(result_at(NOW - NS, network="mobilenet:fp16"), 3)
    head, first, second = history.table(NOW)
    assert head[:4] == ("seconds_ago", "network", "dropped_frames", "detect_ms")
    assert head[-1] == "total_ms"
    assert first == (
        "2.000",
        "mobilenet:int8",
        "0",
        "4.000",
        *["0.000"] * 2,
        "6.000",
        *["0.000"] * 2,
        "8.000",
        "10.000",
    )
    assert second[:3] == ("1.000", "mobilenet:fp16", "3")


def test_a_copy_stands_still() -> None:
    history = filled(seconds=10)
    copy = history.copy()
    history.add(result_at(NOW))
    assert copy.figures(NOW).results == 200
    assert history.figures(NOW).results == 201
