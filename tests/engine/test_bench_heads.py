from pathlib import Path

import pytest

from engine.bench.heads import HeadFigures, measure_heads
from engine.bench.measuring import Findings
from engine.bench.report import as_record, report
from engine.bench.window import Pace, PaceBeside, measure_pace
from engine.errors import ModelError
from engine.paths import DataFolder

BESIDE = PaceBeside(Pace(4.2, 25.0), Pace(9.6, 24.5), 7)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setattr("engine.bench.window.TRAINING_PROBE", "tests.engine.stand_in_probe")
    monkeypatch.setattr("engine.bench.window.has_window", lambda: True)
    return DataFolder(tmp_path)


def findings(heads: HeadFigures) -> Findings:
    return Findings(machine={"processor": "x"}, network="mobilenet:int8", heads=heads)


def rows(heads: HeadFigures) -> dict[str, str]:
    """The rows of the tables by what they are about."""
    lines = [line.split("|") for line in report(findings(heads)).splitlines() if line.startswith("|")]
    return {cells[1].strip(): cells[2].strip() for cells in lines}


def test_what_a_person_head_costs_is_reported() -> None:
    figures = measure_heads(quick=True)
    assert figures.train_100_s > 0
    assert figures.train_1000_s is None
    assert as_record(findings(figures))["heads"]["identify_100k_ms"] > 0
    assert rows(figures)["training, 100 people of 20 samples"] == f"{figures.train_100_s:.2f} s"
    assert not [what for what in rows(figures) if "window" in what]


def test_what_the_window_feels_of_a_training_is_reported() -> None:
    figures = HeadFigures(0.1, None, 3.0, 4.0, BESIDE)
    assert as_record(findings(figures))["heads"]["window"] == {
        "before": {"longest_wait_ms": 4.2, "pictures_per_s": 25.0},
        "training": {"longest_wait_ms": 9.6, "pictures_per_s": 24.5},
        "trainings": 7,
    }
    told = rows(figures)
    assert told["longest wait of the window while training"] == "10 ms"
    assert told["longest wait of the window before"] == "4 ms"
    assert told["pictures a second in the window while training"] == "24.5"
    assert told["pictures a second in the window before"] == "25.0"


def test_the_figures_of_the_window_are_read(data: DataFolder) -> None:
    assert measure_pace("mobilenet:int8", data) == BESIDE


def test_without_qt_the_figures_of_the_window_are_left_out(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.bench.window.has_window", lambda: False)
    assert measure_pace("mobilenet:int8", data) is None


@pytest.mark.parametrize("network", ["silent", "hung"])
def test_a_window_that_does_not_end_its_training_is_said(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch, network: str
) -> None:
    monkeypatch.setattr("engine.bench.window.GIVE_UP_S", 5.0 if network == "silent" else 0.5)
    with pytest.raises(ModelError, match="did not come to its end"):
        measure_pace(network, data)
