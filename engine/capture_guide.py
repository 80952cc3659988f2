"""Guides a capture: which pose is still missing, why it waits, and when there is enough. Pure: no camera, no clock."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from engine.face_quality import Hint, Look, judge, thumbnail
from engine.samples import FaceSample, Origin
from engine.types import Detection, Floats, Image

DUPLICATE = 0.97
"""Thumbnails that correlate more than this show the same again."""
MOST = 25


class PoseWanted(str, Enum):
    """A pose that a capture asks for; left and right are the person's own."""

    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"

    @property
    def sentence(self) -> str:
        """What to say, in English."""
        return _ASKS[self]


_ASKS = {
    PoseWanted.FRONT: "Please look straight into the camera.",
    PoseWanted.LEFT: "Please turn your head a little to your left.",
    PoseWanted.RIGHT: "Please turn your head a little to your right.",
    PoseWanted.UP: "Please raise your chin a little.",
    PoseWanted.DOWN: "Please lower your chin a little.",
}
QUOTA = {
    PoseWanted.FRONT: 6,
    PoseWanted.LEFT: 4,
    PoseWanted.RIGHT: 4,
    PoseWanted.UP: 3,
    PoseWanted.DOWN: 3,
}


class PoseSorter:
    """Tells which pose a look shows; up and down against the person's own level look, which differs between faces."""

    def __init__(self) -> None:
        self._level: list[float] = []

    def pose_of(self, yaw: float, pitch: float) -> PoseWanted:
        """The pose of the next look.

        Args:
            yaw: How far the face turns, as `FaceSample` has it.
            pitch: How far it looks up, likewise.
        """
        if abs(yaw) > 0.25:
            return PoseWanted.LEFT if yaw > 0 else PoseWanted.RIGHT
        if len(self._level) < 3:
            self._level.append(pitch)
            return PoseWanted.FRONT
        raised = pitch - float(np.median(self._level))
        if abs(raised) < 0.25:
            return PoseWanted.FRONT
        return PoseWanted.UP if raised > 0 else PoseWanted.DOWN


@dataclass(frozen=True, slots=True, eq=False)
class Guidance:
    """What the capture says of one picture.

    Attributes:
        hint: Why this picture was not used; None when it was, or when all that is missing is another pose.
        wanted: The pose to ask for now; None when there is enough, or when nothing is asked for.
        accepted: The sample that this picture gave.
        detection: The face it looked at.
        progress: Of the whole, in [0, 1].
        done: Whether there is enough.
    """

    hint: Hint | None
    wanted: PoseWanted | None
    accepted: FaceSample | None
    detection: Detection | None
    progress: float
    done: bool

    @property
    def sentence(self) -> str:
        """The one thing to say, in English."""
        if self.done:
            return "Thank you, that is enough."
        if self.hint is not None and (self.wanted is None or self.hint is not Hint.SAME_AGAIN):
            return self.hint.sentence
        return self.wanted.sentence if self.wanted else ""


class CaptureGuide:
    """Collects varied samples of one willing person.

    Args:
        guided: Ask for poses (camera); otherwise take every usable look that differs (photographs, videos).
        min_face_px: The smallest face width that is good enough; by default 80 at a camera, 40 elsewhere.
        origin: What the samples are marked with.
        patience_ms: How long a pose is waited for before the next one is asked for.
        limit_ms: After this long it ends with what there is, if that is at least `least`.
        least: See there.
        interval_ms: Least time between two samples at a camera.

    Attributes:
        samples: What was collected; the wizard may drop some.
        refused: How often each hint was given.
    """

    def __init__(
        self,
        *,
        guided: bool = True,
        min_face_px: float | None = None,
        origin: Origin = "camera",
        patience_ms: float = 3500.0,
        limit_ms: float = 19_000.0,
        least: int = 8,
        interval_ms: float = 150.0,
    ) -> None:
        self.guided = guided
        self.min_face_px = min_face_px if min_face_px is not None else (80.0 if guided else 40.0)
        self.origin: Origin = origin
        self.patience_ms = patience_ms
        self.limit_ms = limit_ms
        self.least = least
        self.interval_ms = interval_ms
        self.samples: list[FaceSample] = []
        self.refused: Counter[Hint] = Counter()
        self._thumbnails: list[Floats] = []
        self._poses: list[PoseWanted] = []
        self._given_up: set[PoseWanted] = set()
        self._sorter = PoseSorter()
        self._began_ms: float | None = None
        self._last_ms = -np.inf
        self._asked: tuple[PoseWanted | None, float] = (None, 0.0)

    def observe(self, image: Image, detections: Sequence[Detection], time_ms: float = 0.0) -> Guidance:
        """Looks at one picture.

        Args:
            image: (H, W, 3) uint8 RGB.
            detections: Every face found in it.
            time_ms: When it was taken, in any running time.
        """
        verdict = judge(image, detections, self.min_face_px)
        sample = None
        if isinstance(verdict, Look):
            self._began_ms = time_ms if self._began_ms is None else self._began_ms
            sample = self._take(verdict, time_ms)
            hint = None if sample is not None or self._is_too_soon(time_ms) else Hint.SAME_AGAIN
        else:
            hint = verdict
        if hint is not None:
            self.refused[hint] += 1
        self._lose_patience(time_ms)
        done = self._is_done(time_ms)
        face = max(detections, key=lambda found: found.width_px, default=None)
        return Guidance(hint, None if done else self.wanted, sample, face, self._progress(done), done)

    @property
    def wanted(self) -> PoseWanted | None:
        """The pose to ask for now."""
        if not self.guided:
            return None
        counts = Counter(self._poses)
        missing = (pose for pose, quota in QUOTA.items() if counts[pose] < quota and pose not in self._given_up)
        return next(missing, None)

    @property
    def missing_poses(self) -> tuple[PoseWanted, ...]:
        """Poses of which there is no sample."""
        return tuple(pose for pose in PoseWanted if pose not in self._poses)

    def drop(self, index: int) -> None:
        """Removes a sample again."""
        for kept in (self.samples, self._thumbnails, self._poses):
            del kept[index]

    def _take(self, look: Look, time_ms: float) -> FaceSample | None:
        if self._is_too_soon(time_ms):
            return None
        pose = self._sorter.pose_of(look.pose.yaw, look.pose.pitch)
        if self.guided and Counter(self._poses)[pose] >= QUOTA[pose]:
            return None
        small = thumbnail(look.crop)
        likeness = np.array([small @ other for other in self._thumbnails], np.float32)
        if len(likeness) and likeness.max() > DUPLICATE:
            return None
        if len(self.samples) >= MOST and not self._make_room(float(likeness.max())):
            return None
        sample = FaceSample(look.crop, look.quality, look.pose.yaw, look.pose.pitch, self.origin)
        self.samples.append(sample)
        self._thumbnails.append(small)
        self._poses.append(pose)
        self._last_ms = time_ms
        return sample

    def _make_room(self, likeness: float) -> bool:
        """Drops one of the two most alike samples, if they are more alike than the new one is to any."""
        small = np.stack(self._thumbnails)
        alike = small @ small.T
        np.fill_diagonal(alike, -1.0)
        one, other = divmod(int(alike.argmax()), len(small))
        if likeness >= alike[one, other]:
            return False
        self.drop(one if self.samples[one].quality < self.samples[other].quality else other)
        return True

    def _is_too_soon(self, time_ms: float) -> bool:
        return self.guided and time_ms - self._last_ms < self.interval_ms

    def _lose_patience(self, time_ms: float) -> None:
        wanted, since_ms = self._asked
        if self.wanted is not wanted:
            self._asked = (self.wanted, time_ms)
        elif wanted is not None and self.samples and time_ms - since_ms > self.patience_ms:
            self._given_up.add(wanted)
            self._asked = (self.wanted, time_ms)

    def _is_done(self, time_ms: float) -> bool:
        if not self.guided:
            return False
        waited_ms = time_ms - self._began_ms if self._began_ms is not None else 0.0
        return len(self.samples) >= self.least and (self.wanted is None or waited_ms > self.limit_ms)

    def _progress(self, done: bool) -> float:
        if done:
            return 1.0
        if not self.guided:
            return min(len(self.samples) / MOST, 1.0)
        counts = Counter(self._poses)
        there = sum(min(counts[pose], quota) for pose, quota in QUOTA.items())
        skipped = sum(QUOTA[pose] - min(counts[pose], QUOTA[pose]) for pose in self._given_up)
        return min((there + skipped) / sum(QUOTA.values()), 0.99)
