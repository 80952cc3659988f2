"""The measuring: that it counts what it says. How fast this machine is, is not asserted."""

import sys
from pathlib import Path

import numpy as np
import pytest

from engine.bench.figures import run_figures
from engine.bench.measuring import measure_against
from engine.bench.peers import PEERS, Peer, PeerKind
from engine.bench.report import as_record, report, table
from engine.bench.running import Run
from engine.bench.scenes import Scene, compose, demo_scene
from engine.bench.start import measure_start
from engine.catalogue import Catalogue
from engine.errors import UserError
from engine.mtcnn import Mtcnn
from engine.paths import DataFolder
from engine.pipeline import Pipeline
from engine.settings import Settings
from engine.types import StageTimes
from tests.engine.scripted import ScriptedDetector, ScriptedNetwork, detection

STAND_IN = PeerKind("tests.engine.stand_in_peer", "stand-in", "a stand-in that sees two faces", 20, "nothing")
ABSENT = PeerKind("tests.engine.no_such_module", "absent", "not there", 20, "two packages")


@pytest.fixture
def plain() -> Scene:
    return Scene(1, tuple(np.full((48, 64, 3), grey, np.uint8) for grey in range(4)))


def times(detect_ms: float, follow_ms: float, networks_ms: float) -> StageTimes:
    return StageTimes(detect_ms=detect_ms, follow_ms=follow_ms, networks_ms=networks_ms, total_ms=detect_ms + follow_ms)


def test_figures_of_a_run() -> None:
    figures = run_figures([times(20, 0, 10), times(0, 2, 1), times(0, 2, 1), times(0, 4, 2)])
    assert figures.frames == 4
    assert figures.fps == pytest.approx(1000 * 4 / 28, abs=0.001)
    assert figures.median_ms == 3
    assert figures.outside_networks == 0.5
    detect, follow = figures.stages["detect"], figures.stages["follow"]
    assert (detect.mean_ms, detect.median_ms, detect.share) == (5, 20, 0.25)
    assert (follow.mean_ms, follow.median_ms, follow.share) == (2, 2, 0.75)


@pytest.mark.parametrize(("faces", "width", "height"), [(1, 640, 480), (5, 640, 480), (20, 640, 480), (1, 320, 240)])
def test_a_scene_shows_as_many_faces_as_it_says(faces: int, width: int, height: int) -> None:
    scene = compose(faces, width, height, loop=3)
    assert {image.shape for image in scene.images} == {(height, width, 3)}
    detector = Mtcnn.load()
    assert [len(detector.detect(image)) for image in scene.images] == [faces] * 3


def test_the_clip_of_the_comparison_goes_there_and_back() -> None:
    scene = demo_scene(loop=10)
    assert len(scene.images) == 10
    assert all(np.array_equal(there, back) for there, back in zip(scene.images, scene.images[::-1], strict=True))


def test_frames_come_on_the_time_line_of_a_camera(plain: Scene) -> None:
    frames = plain.frames()
    some = [next(frames) for _ in range(6)]
    assert [frame.index for frame in some] == list(range(6))
    assert [int(frame.image[0, 0, 0]) for frame in some] == [0, 1, 2, 3, 0, 1]
    assert some[3].time_ms == pytest.approx(100.0)


def test_a_run_does_not_count_its_warm_up(plain: Scene) -> None:
    detector = ScriptedDetector([[detection(10, 10)]])
    run = Run(Pipeline(detector, ScriptedNetwork([1])), plain, warm_up=5)
    spent_ms = run.turn(7)
    assert len(run.times) == 7
    assert run.faces == 1
    assert spent_ms == pytest.approx(sum(each.total_ms for each in run.times))
    assert len(detector.calls) >= 12


def test_a_peer_answers_turn_by_turn(monkeypatch: pytest.MonkeyPatch, plain: Scene) -> None:
    monkeypatch.setitem(PEERS, "stand-in", STAND_IN)
    with Peer("stand-in", "mobilenet", sys.executable, plain) as peer:
        assert peer.versions == {"click": pytest.approx(peer.versions["click"])}
        assert peer.turn(3) == pytest.approx(sum(peer.spent_ms))
        peer.turn(3)
        assert len(peer.spent_ms) == 6
        assert peer.faces == [2] * 6
        peer.forget()
        assert peer.spent_ms == []


def test_a_peer_that_is_not_installed_is_said_with_a_remedy(monkeypatch: pytest.MonkeyPatch, plain: Scene) -> None:
    monkeypatch.setitem(PEERS, "absent", ABSENT)
    with pytest.raises(UserError, match="needs two packages") as caught:
        Peer("absent", "mobilenet", sys.executable, plain)
    assert "[bench]" in caught.value.remedy


def test_a_comparison_tells_its_ratios(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEERS, "stand-in", STAND_IN)
    monkeypatch.setattr("engine.bench.measuring.QUICK_COMPARISON_S", 0.0)
    findings = measure_against("stand-in", Settings(), Catalogue.read(), python=sys.executable, quick=True)
    comparison = findings.comparison
    assert comparison is not None
    assert comparison.rounds == 3
    assert comparison.peer_faces == 2
    assert comparison.ours.stages["detect"].share < 0.3
    assert comparison.ours_equal_work.stages["detect"].share == 1
    assert comparison.ours_equal_work.stages["embed"].share == 1
    assert comparison.ours_equal_work_same_size.fps < comparison.ours_equal_work.fps
    assert comparison.ratio == pytest.approx(comparison.ours.fps / comparison.peer_fps, rel=0.05, abs=0.1)
    record = as_record(findings)
    assert record["ratio"] == comparison.ratio
    assert record["ratio_equal_work"] == comparison.ratio_equal_work
    assert "a stand-in that sees two faces" in report(findings)


def test_the_start_is_timed_headless_and_as_a_window(tmp_path: Path) -> None:
    figures = measure_start("mobilenet:int8", DataFolder(tmp_path))
    assert figures.first_face_ms > 50
    assert figures.window_first_face_ms is not None
    assert figures.window_first_face_ms > 50
    if sys.platform.startswith("linux"):
        assert figures.resident_mb is not None
        assert figures.window_resident_mb is not None
        assert 30 < figures.resident_mb < figures.window_resident_mb


def test_tables_are_markdown() -> None:
    assert table(("a", "long"), [("1", "2")]) == "| a | long |\n| - | ---- |\n| 1 | 2    |"
