"""Faces that come, cross, are hidden and are missed: which tracks stay, and how often the whole picture is searched."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.boxes import iou
from engine.pipeline import Pipeline
from engine.tracker import FORGET_MS, MISSED_SCANS, Tracker
from engine.types import Detection, Floats, Frame, Image, TaskOutputs
from tests.engine.scripted import ScriptedDetector, ScriptedGallery, ScriptedNetwork, detection, embedding, frame

ADA, BEN = 1, 2
NAMES = {ADA: "Ada", BEN: "Ben"}
GREYS = {ADA: 40, BEN: 200}
FACE_PX = 100
HIDDEN_IOU = 0.35
"""Whoever is overlapped this much by somebody nearer is not seen."""
FOLLOWED_IOU = 0.35


@dataclass
class StickyDetector(ScriptedDetector):
    """Following finds what `likes` lists, too: O-Net needs less proof than a scan."""

    likes: Sequence[Detection] = ()

    def follow(self, image: Image, boxes: Floats) -> tuple[Detection | None, ...]:
        self.calls.append("follow")
        return tuple(_nearest((*self._now(image), *self.likes), box) for box in boxes)


def _nearest(faces: Sequence[Detection], box: Floats) -> Detection | None:
    overlaps = [float(iou(face.box[None], box[None])[0, 0]) for face in faces]
    return faces[int(np.argmax(overlaps))] if overlaps and max(overlaps) > FOLLOWED_IOU else None


@dataclass
class GreyNetwork:
    """Knows people by how bright they are."""

    key: str = "grey:int8"
    busy_ns: int = 0

    def infer(self, crop: Image) -> TaskOutputs:
        grey = float(crop[40:90, 40:90].mean())
        return TaskOutputs(embedding(min(GREYS, key=lambda person: abs(GREYS[person] - grey))), ())


@dataclass
class Hall:
    """People walk past each other before a live pipeline, at 25 frames a second; Ada is nearer than Ben."""

    detector: StickyDetector = field(default_factory=lambda: StickyDetector([]))
    frames: int = 0

    def __post_init__(self) -> None:
        self.pipeline = Pipeline(self.detector, GreyNetwork(), ScriptedGallery(NAMES))

    def shows(self, places: dict[int, float]) -> dict[str, int]:
        """One frame with people at these x; who is shown under which number."""
        image = np.full((480, 1280, 3), 120, np.uint8)
        for person in sorted(places, reverse=True):
            x = int(places[person])
            image[150 : 150 + FACE_PX, x : x + FACE_PX] = GREYS[person]
        self.detector.script = [_seen(places)]
        result = self.pipeline.process(Frame(image, self.frames, 0, self.frames * 40.0))
        self.frames += 1
        return {str(face.identity.name): face.track_id for face in result.faces}

    @property
    def scans(self) -> int:
        return self.detector.calls.count("detect")


def _seen(places: dict[int, float]) -> list[Detection]:
    faces = {person: detection(x, 150, FACE_PX) for person, x in places.items()}
    if len(faces) == 2 and iou(faces[ADA].box[None], faces[BEN].box[None])[0, 0] > HIDDEN_IOU:
        del faces[BEN]
    return list(faces.values())


def shown(detector: ScriptedDetector, frames: int) -> list[list[int]]:
    """The numbers of the faces on show in each frame."""
    pipeline = Pipeline(detector, ScriptedNetwork([1]), ScriptedGallery(NAMES))
    return [[face.track_id for face in pipeline.process(frame(index)).faces] for index in range(frames)]


def test_a_false_face_that_only_following_likes_goes_for_good() -> None:
    ghost = detection(200, 100)
    numbers = shown(StickyDetector([[ghost], []], likes=[ghost]), 500)
    gone = numbers.index([])
    assert gone <= (1 + MISSED_SCANS) * 500 / 40, "scans are half a second apart at most"
    assert not any(numbers[gone:])


def test_a_face_that_was_given_up_is_taken_up_where_a_scan_finds_it() -> None:
    face = detection(200, 100)
    gone = shown(StickyDetector([[face], []], likes=[face]), 200).index([])
    numbers = shown(StickyDetector([[face], *[[]] * (gone + 5), [face]], likes=[face]), gone + 60)
    assert numbers[gone + 4] == []
    assert numbers[-1] == [1]


def test_who_comes_back_elsewhere_is_not_given_up_at_the_next_scan_that_misses_them() -> None:
    tracker = Tracker()
    tracker.scan([detection(50, 100)], 0.0)
    tracker.vote(tracker.visible[0], TaskOutputs(embedding(1), ()), 1.0, ScriptedGallery(NAMES), 0.0)
    tracker.faces(attributes=False)
    for number in range(1, MISSED_SCANS + 1):
        tracker.follow([detection(50, 100)], 100.0 * number)
        tracker.scan([], 100.0 * number)
    assert tracker.visible == []
    tracker.scan([detection(450, 200)], 1000.0)
    tracker.vote(tracker.visible[0], TaskOutputs(embedding(1), ()), 1.0, ScriptedGallery(NAMES), 1000.0)
    tracker.follow([detection(450, 200)], 1040.0)
    tracker.scan([], 1040.0)
    assert [face.track_id for face in tracker.faces(attributes=False)] == [1]


def test_a_face_in_view_is_followed_however_slow_the_source_is() -> None:
    tracker = Tracker()
    tracker.scan([detection(50, 100)], 0.0)
    assert len(tracker.followed(3000.0)) == 1


def test_two_who_cross_and_part_again_keep_their_names() -> None:
    hall = Hall()
    told = [hall.shows({ADA: 50 + 10 * step, BEN: 1050 - 10 * step}) for step in range(101)]
    assert set(told[20]) == set(told[-1]) == {"Ada", "Ben"}
    assert told[-1]["Ada"] == told[20]["Ada"], "who was nearer was never out of view"
    assert all("Ada" in names for names in told[1:])
    parted = next(step for step in range(51, 101) if 20 * step - 1000 > FACE_PX)
    assert all("Ben" in names for names in told[parted + 5 :])


def test_who_stays_behind_somebody_costs_no_more_scans_than_one_face() -> None:
    hall = Hall()
    for step in range(56):
        hall.shows({ADA: 50 + 10 * step, BEN: 1150 - 10 * step})
    before = hall.scans
    for _ in range(500):
        assert set(hall.shows({ADA: 600, BEN: 600})) == {"Ada"}
    assert hall.scans - before <= 20 * 2 + 8, "one every half second, and a few for when they part at once"


def test_a_track_that_ran_into_another_is_forgotten_in_time() -> None:
    tracker = Tracker()
    tracker.scan([detection(50, 100), detection(300, 100)], 0.0)
    tracker.faces(attributes=False)
    tracker.follow([detection(300, 100)] * 2, 40.0)
    for now_ms in np.arange(80.0, FORGET_MS + 200.0, 40.0):
        assert len(tracker.followed(now_ms)) == 1
        tracker.follow([detection(300, 100)], now_ms)
        tracker.scan([detection(300, 100)], now_ms)
    assert len(tracker._tracks) == 1


def test_one_face_that_a_scan_finds_twice_is_not_searched_for_all_the_time() -> None:
    twice = [detection(200, 100), detection(220, 100)]
    detector = ScriptedDetector([twice])
    numbers = shown(detector, 250)
    assert numbers == [[1]] * 250
    assert detector.calls.count("detect") <= 10_000 / 90 / 2
