"""The only place where the stages meet: a frame in, named faces out."""

import time
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from engine.align import align
from engine.catalogue import Catalogue
from engine.change import ChangeWatch
from engine.identifier import Identifier, NobodyEnrolled
from engine.looks import infer_in_full, mirrored
from engine.mtcnn import Mtcnn
from engine.multitask import MultiTaskNetwork
from engine.quality import look_quality
from engine.settings import Settings
from engine.track import Track
from engine.tracker import Tracker
from engine.types import Detection, Floats, Frame, FrameResult, Image, StageTimes, TaskOutputs

SCAN_MS = 500.0
"""A full cascade is due after this long, whatever happens."""
SCAN_EMPTY_MS = 250.0
"""… and after this long while nobody is in view."""
SCAN_PAUSE_MS = 90.0
"""Between two scans that a change in the picture or a lost face asked for; doubled while such scans find nobody new."""


class Detector(Protocol):
    """What the pipeline needs of a face detector."""

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """Finds every face."""
        ...

    def follow(self, image: Image, boxes: Floats) -> tuple[Detection | None, ...]:
        """Finds each face again near its last box; None where it is gone."""
        ...

    @property
    def busy_ns(self) -> int:
        """Nanoseconds spent inside the networks so far."""
        ...


class Recogniser(Protocol):
    """What the pipeline needs of a multi-task network."""

    key: str

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one crop."""
        ...

    @property
    def busy_ns(self) -> int:
        """Nanoseconds spent inside the network so far."""
        ...


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """How much work a frame may cost.

    Attributes:
        attributes: Whether age group and ethnicity are reported.
        every_frame: Full cascade and a look at every face, on every frame. Always so for unrelated frames.
        max_looks: The most faces looked at in one frame.
        budget_ms: Time a frame may take; fewer faces are looked at when looks have been slow. None means no such
            limit: the answer then depends on the pictures alone.
    """

    attributes: bool = True
    every_frame: bool = False
    max_looks: int = 4
    budget_ms: float | None = None


@dataclass(slots=True)
class _StageClock:
    """Says what each stage of one frame costs: the time since the last lap goes to the stage that is named."""

    started_ns: int = field(default_factory=time.perf_counter_ns)
    lapped_ns: int = 0
    spent_ns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lapped_ns = self.started_ns

    def lap(self, stage: str) -> None:
        now_ns = time.perf_counter_ns()
        self.spent_ns[stage] = self.spent_ns.get(stage, 0) + now_ns - self.lapped_ns
        self.lapped_ns = now_ns

    def times(self, networks_ns: int) -> StageTimes:
        spent = {f"{stage}_ms": ns / 1e6 for stage, ns in self.spent_ns.items()}
        total_ms = (self.lapped_ns - self.started_ns) / 1e6
        return StageTimes(**spent, networks_ms=networks_ns / 1e6, total_ms=total_ms)


class Pipeline:
    """Detects once, follows always, looks at identity and attributes when a track asks for it. Used by one thread.

    Args:
        detector: Finds and follows faces.
        network: Looks at a face.
        identifier: Names an embedding.
        min_face_px: The smallest face that matters, for noticing that somebody came in.
        options: How much work a frame may cost.
    """

    def __init__(
        self,
        detector: Detector,
        network: Recogniser,
        identifier: Identifier | None = None,
        *,
        min_face_px: int = 40,
        options: PipelineOptions | None = None,
    ) -> None:
        self.options = options or PipelineOptions()
        self._detector = detector
        self._network = network
        self._identifier: Identifier = identifier or NobodyEnrolled()
        self._tracker = Tracker()
        self._change = ChangeWatch(float(min_face_px) ** 2)
        self._scanned_ms = -np.inf
        self._pause_ms = SCAN_PAUSE_MS
        self._must_scan = False
        self._look_ms = 0.0

    @property
    def network(self) -> Recogniser:
        """The network in use. Setting another one makes every track be looked at afresh."""
        return self._network

    @network.setter
    def network(self, network: Recogniser) -> None:
        self._network = network
        self._look_ms = 0.0
        self._tracker.forget_votes()

    @property
    def identifier(self) -> Identifier:
        """What names the embeddings. Setting another one asks it about every track at once."""
        return self._identifier

    @identifier.setter
    def identifier(self, identifier: Identifier) -> None:
        self._identifier = identifier
        self._tracker.identify_again(identifier)

    def reset(self) -> None:
        """Forgets the tracks, as when the source changes; numbers start at 1 again."""
        self._tracker.reset()
        self._forget_scan()

    def _forget_scan(self) -> None:
        self._change.forget()
        self._scanned_ms = -np.inf
        self._must_scan = False

    def process(self, frame: Frame) -> FrameResult:
        """Finds, follows and names the faces of a frame.

        Raises:
            ModelError: A network failed.
        """
        clock = _StageClock()
        busy_ns = self._busy_ns()
        self._locate(frame, clock)
        for track in self._wanted(frame, clock):
            self._look(track, frame, clock)
        faces = self._tracker.faces(attributes=self.options.attributes)
        clock.lap("track")
        times = clock.times(self._busy_ns() - busy_ns)
        return FrameResult(frame, faces, times, time.monotonic_ns(), self._network.key)

    def _busy_ns(self) -> int:
        return self._detector.busy_ns + self._network.busy_ns

    def _locate(self, frame: Frame, clock: _StageClock) -> None:
        """Follows the known faces, and scans the whole picture when that is due.

        Following comes first even then: the cascade now and then misses a face that O-Net alone still sees.
        """
        if frame.time_ms < self._scanned_ms:
            self.reset()
        if frame.unrelated:
            self._tracker.forget()
            self._forget_scan()
        elif not self.options.every_frame:
            self._follow(frame, clock)
        due = self._scan_is_due(frame)
        clock.lap("track")
        if due:
            self._scan(frame, clock)

    def _follow(self, frame: Frame, clock: _StageClock) -> None:
        boxes = self._tracker.boxes(frame.time_ms)
        if not len(boxes):
            return
        detections = self._detector.follow(frame.image, boxes)
        clock.lap("follow")
        self._must_scan |= not self._tracker.follow(detections, frame.time_ms)

    def _scan_is_due(self, frame: Frame) -> bool:
        waited_ms = frame.time_ms - self._scanned_ms
        if self._spares_nothing(frame) or waited_ms >= (SCAN_MS if self._tracker.visible else SCAN_EMPTY_MS):
            return True
        if self._must_scan:
            return waited_ms >= SCAN_PAUSE_MS
        return waited_ms >= self._pause_ms and self._change.changed(frame, self._tracker.boxes(frame.time_ms))

    def _scan(self, frame: Frame, clock: _StageClock) -> None:
        detections = self._detector.detect(frame.image)
        clock.lap("detect")
        found = self._tracker.scan(detections, frame.time_ms)
        self._pause_ms = SCAN_PAUSE_MS if found else min(2 * self._pause_ms, SCAN_MS)
        self._change.remember(frame)
        self._scanned_ms = frame.time_ms
        self._must_scan = False
        clock.lap("track")

    def _wanted(self, frame: Frame, clock: _StageClock) -> list[Track]:
        """The tracks to look at in this frame, no more than its budget allows."""
        if self._spares_nothing(frame):
            return self._tracker.visible
        wanted = self._tracker.wants_look(frame.time_ms)
        return wanted[: self._affordable_looks(clock)]

    def _spares_nothing(self, frame: Frame) -> bool:
        return self.options.every_frame or frame.unrelated

    def _in_a_hurry(self, frame: Frame) -> bool:
        return self.options.budget_ms is not None and not frame.unrelated

    def _affordable_looks(self, clock: _StageClock) -> int:
        if self.options.budget_ms is None or not self._look_ms:
            return self.options.max_looks
        left_ms = self.options.budget_ms - (time.perf_counter_ns() - clock.started_ns) / 1e6
        return int(np.clip(left_ms / self._look_ms, 1, self.options.max_looks))

    def _look(self, track: Track, frame: Frame, clock: _StageClock) -> None:
        began = time.perf_counter_ns()
        crop = align(frame.image, track.detection.landmarks)
        quality = look_quality(track.detection, crop)
        clock.lap("align")
        outputs = self._infer(crop, track.looks, hurried=self._in_a_hurry(frame))
        clock.lap("embed")
        self._tracker.vote(track, outputs, quality, self._identifier, frame.time_ms)
        clock.lap("identify")
        spent_ms = (time.perf_counter_ns() - began) / 1e6
        self._look_ms = spent_ms if not self._look_ms else 0.8 * self._look_ms + 0.2 * spent_ms

    def _infer(self, crop: Image, looks: int, *, hurried: bool) -> TaskOutputs:
        """Looks at the face and at its mirror image by turns, so that the votes know both.

        Where time does not matter the first look is taken in full: in a photograph it is the only one.
        """
        if looks == 0 and not hurried:
            return infer_in_full(self._network, crop)
        return self._network.infer(mirrored(crop) if looks % 2 else crop)


def build_pipeline(settings: Settings, catalogue: Catalogue, options: PipelineOptions | None = None) -> Pipeline:
    """Builds the pipeline that the settings ask for.

    Args:
        settings: Names the network and the smallest face.
        catalogue: Where the network is found.
        options: How much work a frame may cost; by default that of a live view.

    Raises:
        ModelError: A network is missing or damaged.
    """
    card, file = catalogue.find(settings.network)
    if options is None:
        options = PipelineOptions(attributes=settings.shows_attributes, budget_ms=settings.frame_ms)
    return Pipeline(
        Mtcnn.load(min_face_px=settings.min_face_px),
        MultiTaskNetwork.load(card, file),
        min_face_px=settings.min_face_px,
        options=options,
    )
