import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.errors import ModelError
from engine.latest import Latest
from engine.settings import Settings
from engine.types import Frame, FrameResult, TrackedFace
from gui.inference import InferenceWorker, replacements
from tests.gui.scripted import ADA, ScriptedEngine, ScriptedNetwork, face, frame

SETTINGS = Settings(network="first:int8")


class Watched(QObject):
    """An inference worker with what it said."""

    def __init__(self, engine: ScriptedEngine, settings: Settings) -> None:
        super().__init__()
        self.engine = engine
        self.work: Latest[Frame] = Latest()
        self.results: Latest[FrameResult] = Latest()
        self.networks: list[str] = []
        self.refused: list[tuple[str, Exception]] = []
        self.faults: list[Exception] = []
        self.worker = InferenceWorker(engine, settings, self.work, self.results)
        self.worker.network_changed.connect(self._change)
        self.worker.network_failed.connect(self._refuse)
        self.worker.failed.connect(self._fail)

    def _change(self, key: str) -> None:
        self.networks.append(key)

    def _fail(self, error: Exception) -> None:
        self.faults.append(error)

    def _refuse(self, key: str, error: Exception) -> None:
        self.refused.append((key, error))

    def answer(self) -> FrameResult | None:
        """Shows one more frame and returns the newest result."""
        self.work.put(frame())
        return self.results.take()


Infer = Callable[..., Watched]


@pytest.fixture
def infer(qapp: object) -> Iterator[Infer]:
    started: list[Watched] = []

    def start(engine: ScriptedEngine, settings: Settings = SETTINGS) -> Watched:
        watched = Watched(engine, settings)
        started.append(watched)
        watched.worker.start()
        return watched

    yield start
    for watched in started:
        watched.worker.stop()
        assert watched.worker.wait(2.0)


def answers_with(watched: Watched, network: str) -> bool:
    result = watched.answer()
    return result is not None and result.network == network


@pytest.mark.parametrize(
    ("wanted", "tried"),
    [
        ("mobilenet:int8", ["mobilenet:fp16", "inception_v3:int8", "inception_v3:fp16"]),
        ("inception_v3:fp16", ["inception_v3:int8", "mobilenet:int8", "mobilenet:fp16"]),
        ("unheard_of:int8", ["mobilenet:int8", "inception_v3:int8", "inception_v3:fp16", "mobilenet:fp16"]),
    ],
)
def test_the_likeliest_replacement_is_tried_first(wanted: str, tried: list[str]) -> None:
    keys = ("inception_v3:fp16", "inception_v3:int8", "mobilenet:fp16", "mobilenet:int8")
    assert replacements(wanted, keys) == tried


def test_the_newest_frame_is_answered(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine(script=lambda _: (face([1, 2, 3, 4], ADA),)))
    shown = frame()
    watched.work.put(shown)
    results: list[FrameResult] = []

    def answered() -> bool:
        result = watched.results.take()
        results.extend([result] if result is not None else [])
        return bool(results)

    qtbot.waitUntil(answered)
    assert results[0].frame is shown
    assert [found.identity.name for found in results[0].faces] == ["Ada"]


def test_a_switch_takes_over_without_a_gap(qtbot: QtBot, infer: Infer) -> None:
    loading = threading.Event()
    loading.set()
    watched = infer(ScriptedEngine(loading=loading))
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    loading.clear()
    watched.worker.request_network("second:int8")
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    loading.set()
    qtbot.waitUntil(lambda: answers_with(watched, "second:int8"))
    qtbot.waitUntil(lambda: watched.networks == ["first:int8", "second:int8"])


def test_a_network_that_does_not_load_leaves_the_old_one_running(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine(damaged=("second:int8",)))
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    watched.worker.request_network("second:int8")
    qtbot.waitUntil(lambda: bool(watched.refused))
    key, error = watched.refused[0]
    assert (key, type(error)) == ("second:int8", ModelError)
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))


def test_a_damaged_first_network_is_replaced_by_the_next_one(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine(damaged=("first:int8",)))
    qtbot.waitUntil(lambda: answers_with(watched, "second:int8"))
    qtbot.waitUntil(lambda: watched.networks == ["second:int8"])
    assert [key for key, _ in watched.refused] == ["first:int8"]


def test_a_bug_in_loading_does_not_end_the_thread(qtbot: QtBot, infer: Infer, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScriptedEngine()
    load = engine.load

    def broken(key: str) -> ScriptedNetwork:
        if key == "first:int8":
            raise ZeroDivisionError
        return load(key)

    monkeypatch.setattr(engine, "load", broken)
    watched = infer(engine)
    qtbot.waitUntil(lambda: answers_with(watched, "second:int8"))
    assert [type(error) for _, error in watched.refused] == [ZeroDivisionError]


def test_without_any_network_a_later_one_is_taken(qtbot: QtBot, infer: Infer) -> None:
    engine = ScriptedEngine(damaged=("first:int8", "second:int8"))
    watched = infer(engine)
    qtbot.waitUntil(lambda: len(watched.refused) == 2)
    engine.damaged = ()
    watched.worker.request_network("second:int8")
    qtbot.waitUntil(lambda: answers_with(watched, "second:int8"))


def test_a_fault_in_a_frame_is_reported_and_the_next_frame_answered(qtbot: QtBot, infer: Infer) -> None:
    trouble = [ModelError("The network failed.", "Choose another one.")]

    def script(_: Frame) -> tuple[TrackedFace, ...]:
        if trouble:
            raise trouble.pop()
        return ()

    watched = infer(ScriptedEngine(script=script))
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"), timeout=3000)
    qtbot.waitUntil(lambda: [str(fault) for fault in watched.faults] == ["The network failed. Choose another one."])


def test_a_fault_that_stays_is_told_once(qtbot: QtBot, infer: Infer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.inference.PAUSE_AFTER_FAULT_S", 0.0)

    def script(_: Frame) -> tuple[TrackedFace, ...]:
        raise ModelError("The network failed.", "Choose another one.")

    watched = infer(ScriptedEngine(script=script))

    def three_frames_spoilt() -> bool:
        watched.answer()
        return watched.engine.pipeline is not None and watched.engine.pipeline.resets >= 3

    qtbot.waitUntil(three_frames_spoilt)
    assert len(watched.faults) == 1


def test_attributes_are_switched_while_running(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine())
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    pipeline = watched.engine.pipeline
    assert pipeline is not None
    assert not pipeline.options.attributes
    watched.worker.apply(replace(SETTINGS, attributes=True))
    qtbot.waitUntil(lambda: watched.engine.pipeline is pipeline and pipeline.options.attributes)


def test_a_frame_may_take_until_the_next_one_comes(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine())
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    pipeline = watched.engine.pipeline
    assert pipeline is not None
    assert pipeline.options.budget_ms == pytest.approx(1000 / 30)
    watched.worker.apply(replace(SETTINGS, camera_fps=10))
    qtbot.waitUntil(lambda: watched.engine.pipeline is pipeline and pipeline.options.budget_ms == 100.0)


def test_another_smallest_face_builds_the_pipeline_anew(qtbot: QtBot, infer: Infer) -> None:
    watched = infer(ScriptedEngine())
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    first = watched.engine.pipeline
    watched.worker.apply(replace(SETTINGS, min_face_px=60))
    qtbot.waitUntil(lambda: watched.engine.pipeline is not first)


def test_stop_does_not_wait_for_a_network_that_loads(qtbot: QtBot, infer: Infer) -> None:
    loading = threading.Event()
    loading.set()
    watched = infer(ScriptedEngine(loading=loading))
    qtbot.waitUntil(lambda: answers_with(watched, "first:int8"))
    loading.clear()
    watched.worker.request_network("second:int8")
    watched.worker.stop()
    assert watched.worker.wait(1.0)
    loading.set()
