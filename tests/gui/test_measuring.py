import time

import pytest

from engine.catalogue import Catalogue
from engine.errors import ModelError
from gui.measuring import NetworkSpeed, SwitchMeter, infer_ms, measure_all, resident_mb
from tests.gui.panels import NS, SlowNetwork, catalogue, result_at


def test_the_latency_of_a_network_is_the_median_of_its_looks() -> None:
    network = SlowNetwork(4.0)
    assert infer_ms(network) == pytest.approx(4.5, abs=1.5)
    assert network.looks == 17


def test_a_very_slow_network_is_not_waited_for() -> None:
    network = SlowNetwork(400.0)
    started = time.monotonic()
    assert infer_ms(network) == pytest.approx(400.0, abs=50.0)
    assert time.monotonic() - started < 3.0
    assert network.looks < 7


def test_a_file_that_is_missing_is_named_and_the_others_go_on() -> None:
    speeds = list(measure_all(catalogue()))
    assert [speed.key for speed in speeds] == [
        "inception_v3:fp16",
        "inception_v3:int8",
        "mobilenet:fp16",
        "mobilenet:int8",
    ]
    assert all(isinstance(speed.error, ModelError) for speed in speeds)
    assert all(speed.latency_ms is None for speed in speeds)


def test_memory_is_that_of_this_process() -> None:
    assert 20.0 < resident_mb() < 4000.0


def run(meter: SwitchMeter, network: str, start_s: float, seconds: float, fps: int, total_ms: float) -> list[object]:
    answers = []
    for i in range(int(seconds * fps)):
        look_ms = 5.0 if i % 10 == 0 else 0.0
        finished_ns = int((start_s + i / fps) * NS)
        answers.append(
            meter.add(result_at(finished_ns, network=network, detect_ms=total_ms - look_ms, embed_ms=look_ms))
        )
    return [answer for answer in answers if answer is not None]


def test_a_switch_is_reported_once_with_before_and_after() -> None:
    meter = SwitchMeter()
    first = run(meter, "mobilenet:fp16", 0.0, 10.0, 20, 30.0)
    assert len(first) == 1
    second = run(meter, "mobilenet:int8", 10.0, 10.0, 40, 12.0)
    assert len(second) == 1
    (answer,) = second
    assert isinstance(answer, tuple)
    before, after = answer
    assert (before.key, after.key) == ("mobilenet:fp16", "mobilenet:int8")
    assert (before.frame_ms, after.frame_ms) == (30.0, 12.0)
    assert (before.look_ms, after.look_ms) == (5.0, 5.0)
    assert before.fps == pytest.approx(20.0, abs=0.5)
    assert after.fps == pytest.approx(40.0, abs=0.5)
    assert after.resident_mb > 0


def test_the_first_network_has_no_before() -> None:
    (answer,) = run(SwitchMeter(), "mobilenet:int8", 100.0, 5.0, 30, 10.0)
    assert isinstance(answer, tuple)
    assert answer[0] is None
    assert answer[1].key == "mobilenet:int8"


def test_measuring_leaves_no_memory_behind() -> None:
    listed = Catalogue.read()
    list(measure_all(listed))
    before = resident_mb()
    speeds = list(measure_all(listed))
    assert len(speeds) == sum(len(card.files) for card in listed.cards)
    assert resident_mb() < before + 15.0


def test_a_network_left_at_once_is_not_reported() -> None:
    meter = SwitchMeter()
    run(meter, "mobilenet:fp16", 0.0, 5.0, 20, 30.0)
    assert run(meter, "inception_v3:int8", 5.0, 1.0, 20, 90.0) == []


def test_speed_says_what_it_is() -> None:
    assert NetworkSpeed("mobilenet:int8", 3.0).error is None
