from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from engine.pipeline import Pipeline, PipelineOptions
from engine.types import Detection, FrameResult, Image, TaskOutputs
from tests.engine.scripted import ScriptedDetector, ScriptedGallery, ScriptedNetwork, detection, frame

Scene = list[list[Detection]]


@dataclass
class WatchingNetwork(ScriptedNetwork):
    """Keeps what it is shown."""

    crops: list[Image] = field(default_factory=list)

    def infer(self, crop: Image) -> TaskOutputs:
        self.crops.append(crop)
        return super().infer(crop)


def run(
    scene: Scene, network: ScriptedNetwork, options: PipelineOptions | None = None, names: dict[int, str] | None = None
) -> tuple[list[FrameResult], ScriptedDetector]:
    detector = ScriptedDetector(scene)
    pipeline = Pipeline(detector, network, ScriptedGallery(names or {1: "Ada", 2: "Ben"}), options=options)
    return [pipeline.process(frame(index)) for index in range(len(scene))], detector


def ids(result: FrameResult) -> list[int]:
    return [face.track_id for face in result.faces]


def test_a_still_face_is_scanned_now_and_then_and_followed_in_between() -> None:
    results, detector = run([[detection(200, 100)]] * 50, ScriptedNetwork([1]))
    assert [ids(r) for r in results] == [[1]] * 50
    assert detector.calls.count("detect") == 4
    assert all(r.faces[0].identity.name == "Ada" for r in results)


def test_every_frame_means_full_work_on_every_frame() -> None:
    network = ScriptedNetwork([1])
    _, detector = run([[detection(200, 100), detection(400, 100)]] * 10, network, PipelineOptions(every_frame=True))
    assert detector.calls == ["detect"] * 10
    assert network.looks == 30, "each face is first looked at in full"


def test_photographs_of_a_folder_share_no_faces_and_each_is_searched_in_full() -> None:
    network = ScriptedNetwork([1] * 6 + [2] * 6)
    faces = [detection(200, 100)]
    detector = ScriptedDetector([faces] * 2)
    options = PipelineOptions(budget_ms=40.0)
    pipeline = Pipeline(detector, network, ScriptedGallery({1: "Ada", 2: "Ben"}), options=options)
    results = [pipeline.process(replace(frame(index), unrelated=True)) for index in range(2)]
    assert [[face.identity.name for face in result.faces] for result in results] == [["Ada"], ["Ben"]]
    assert [ids(result) for result in results] == [[1], [2]]
    assert detector.calls == ["detect"] * 2
    assert network.looks == 12, "each face is looked at in full"


def test_a_moving_face_keeps_its_number() -> None:
    results, _ = run([[detection(50 + 10 * i, 100)] for i in range(40)], ScriptedNetwork([1]))
    assert {tuple(ids(r)) for r in results} == {(1,)}


def test_a_face_that_comes_back_elsewhere_gets_its_number_back() -> None:
    scene: Scene = [[detection(50, 100)]] * 10 + [[]] * 15 + [[detection(450, 200)]] * 10
    results, _ = run(scene, ScriptedNetwork([1]))
    assert ids(results[5]) == [1]
    assert ids(results[15]) == []
    assert ids(results[-1]) == [1]


def test_somebody_else_in_the_same_place_gets_another_number() -> None:
    scene: Scene = [[detection(50, 100)]] * 10 + [[]] * 75 + [[detection(50, 100)]] * 10
    results, _ = run(scene, ScriptedNetwork([1, 1, 1, 1, 2]))
    assert ids(results[-1]) == [2]
    assert results[-1].faces[0].identity.name == "Ben"


def test_a_weak_detection_must_be_seen_twice() -> None:
    ghost = detection(300, 300, score=0.72)
    results, _ = run([[ghost], [], [], []], ScriptedNetwork([1]))
    assert [ids(r) for r in results] == [[], [], [], []]


def test_a_person_swapped_under_a_track_is_noticed() -> None:
    network = ScriptedNetwork([1] * 4 + [2])
    results, _ = run([[detection(200, 100)]] * 60, network)
    names = [r.faces[0].identity.name for r in results]
    assert names[0] == "Ada"
    assert names[-1] == "Ben"


def test_no_more_looks_than_a_frame_affords() -> None:
    crowd = [detection(30 + 60 * (i % 10), 60 + 200 * (i // 10), 50) for i in range(20)]
    network = ScriptedNetwork([1])
    detector = ScriptedDetector([crowd] * 6)
    pipeline = Pipeline(detector, network, options=PipelineOptions(max_looks=4, budget_ms=1000.0))
    for index in range(6):
        before = network.looks
        pipeline.process(frame(index))
        assert network.looks - before <= 4


@pytest.mark.parametrize(
    ("budget_ms", "turned"), [(40.0, [False, True] * 4), (None, [False, True] * 3 + [True, False])]
)
def test_a_face_is_looked_at_both_ways(budget_ms: float | None, turned: list[bool]) -> None:
    network = WatchingNetwork([1])
    pipeline = Pipeline(
        ScriptedDetector([[detection(200, 100)]]), network, options=PipelineOptions(budget_ms=budget_ms)
    )
    shaded = frame(0)
    image = np.array(shaded.image)
    image[:, 250:] = 200
    for index in range(100):
        pipeline.process(type(shaded)(image, index, 0, index * 40.0))
    assert [crop[64, 0].mean() > crop[64, -1].mean() for crop in network.crops][:8] == turned


def test_an_age_near_the_border_does_not_flicker() -> None:
    network = ScriptedNetwork([1], adult=[0.6, 0.46, 0.53, 0.47, 0.55, 0.46] * 5)
    results, _ = run([[detection(200, 100)]] * 120, network)
    assert {r.faces[0].attributes[0].label for r in results} == {"adult"}


def test_attributes_can_be_off() -> None:
    results, _ = run([[detection(200, 100)]] * 3, ScriptedNetwork([1]), PipelineOptions(attributes=False))
    assert all(r.faces[0].attributes == () for r in results)


def test_a_new_network_looks_afresh_and_the_name_stays_meanwhile() -> None:
    detector = ScriptedDetector([[detection(200, 100)]])
    pipeline = Pipeline(detector, ScriptedNetwork([1]), ScriptedGallery({1: "Ada"}))
    for index in range(5):
        pipeline.process(frame(index))
    other = ScriptedNetwork([1], key="other:int8")
    pipeline.network = other
    result = pipeline.process(frame(5))
    assert (result.network, other.looks, result.faces[0].identity.name) == ("other:int8", 6, "Ada")


def test_a_new_identifier_answers_at_once() -> None:
    pipeline = Pipeline(ScriptedDetector([[detection(200, 100)]]), ScriptedNetwork([1]))
    for index in range(5):
        pipeline.process(frame(index))
    pipeline.identifier = ScriptedGallery({1: "Ada"})
    assert pipeline.process(frame(6)).faces[0].identity.name == "Ada"


def test_a_change_in_the_picture_brings_the_next_scan_forward() -> None:
    detector = ScriptedDetector([[detection(200, 100)]])
    pipeline = Pipeline(detector, ScriptedNetwork([1]))
    for index in range(6):
        pipeline.process(frame(index))
    assert detector.calls.count("detect") == 1
    changed = frame(6)
    image = np.array(changed.image)
    image[300:480, 500:640] = 255
    pipeline.process(type(changed)(image, 6, 0, changed.time_ms))
    assert detector.calls.count("detect") == 2


def test_times_add_up() -> None:
    results, _ = run([[detection(200, 100)]] * 3, ScriptedNetwork([1]))
    for result in results:
        assert result.times.total_ms > 0
        assert sum(result.times.stages().values()) == pytest.approx(result.times.total_ms)
