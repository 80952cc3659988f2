"""What travels between the stages: frozen, validated where it is made.

Images are (H, W, 3) uint8 RGB and read-only. Coordinates are pixels of the full frame, origin top left.
Scores and probabilities lie in [0, 1]. Moments are monotonic nanoseconds (`*_ns`), durations milliseconds (`*_ms`).
"""

from dataclasses import dataclass, fields
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

EMBEDDING_SIZE = 128
CROP_SIZE = 128


def _require_shape(what: str, array: NDArray[np.generic], shape: tuple[int | None, ...], dtype: type) -> None:
    fits = array.ndim == len(shape) and all(want in (None, got) for want, got in zip(shape, array.shape, strict=True))
    if not fits or array.dtype != dtype:
        wanted = ", ".join("n" if size is None else str(size) for size in shape)
        raise ValueError(f"Expected {what} of ({wanted}) {np.dtype(dtype)}, got {array.shape} {array.dtype}.")


def _freeze(array: NDArray[np.generic]) -> None:
    array.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: (H, W, 3) uint8 RGB; made read-only.
        index: Number of the frame in its source, from 0.
        captured_ns: When it was captured, monotonic clock.
        time_ms: Its place in the source's own time line (a file's timestamps; since the start for a camera).
        unrelated: It need not have anything to do with the frame before: a photograph, the first time it is shown.
    """

    image: Image
    index: int
    captured_ns: int
    time_ms: float
    unrelated: bool = False

    def __post_init__(self) -> None:
        _require_shape("an image", self.image, (None, None, 3), np.uint8)
        _freeze(self.image)

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """One face found in a frame.

    Attributes:
        box: (4,) float32: x1, y1, x2, y2 in pixels; may reach past the frame's edge.
        landmarks: (5, 2) float32, x y in pixels: left eye, right eye, nose, left and right corner of the mouth
            (left and right as seen in the picture).
        score: How sure the detector is.
    """

    box: Floats
    landmarks: Floats
    score: float

    def __post_init__(self) -> None:
        _require_shape("a box", self.box, (4,), np.float32)
        _require_shape("landmarks", self.landmarks, (5, 2), np.float32)
        _freeze(self.box)
        _freeze(self.landmarks)

    @property
    def width_px(self) -> float:
        """Width of the box in pixels."""
        return float(self.box[2] - self.box[0])


@dataclass(frozen=True, slots=True, eq=False)
class TaskScore:
    """What one attribute task says of a face.

    Attributes:
        task: Name of the task, as in the network's card ("age").
        labels: The task's labels, in the network's order.
        probabilities: One per label, summing to 1.
        label: The label that is shown; the most probable one unless said otherwise.
    """

    task: str
    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    label: str = ""

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.probabilities) or not self.labels:
            raise ValueError(f"Task {self.task}: {len(self.labels)} labels, {len(self.probabilities)} probabilities.")
        if not self.label:
            object.__setattr__(self, "label", self.labels[int(np.argmax(self.probabilities))])

    @property
    def probability(self) -> float:
        """The probability of `label`."""
        return self.probabilities[self.labels.index(self.label)]


@dataclass(frozen=True, slots=True, eq=False)
class TaskOutputs:
    """What a multi-task network says of one crop.

    Attributes:
        embedding: (128,) float32, unit length.
        tasks: One score per attribute task.
    """

    embedding: Floats
    tasks: tuple[TaskScore, ...]

    def __post_init__(self) -> None:
        _require_shape("an embedding", self.embedding, (EMBEDDING_SIZE,), np.float32)
        _freeze(self.embedding)


class IdentityState(str, Enum):
    """How far an identification goes."""

    KNOWN = "known"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose face it is.

    Attributes:
        state: Known, unsure (a name is likely, not certain) or unknown.
        name: The person's name; None when unknown.
        probability: How probable `name` is; for unknown, how probable it is that nobody enrolled was seen.
        person_id: The person's row in the store; None when unknown.
    """

    state: IdentityState
    name: str | None
    probability: float
    person_id: int | None = None

    def __post_init__(self) -> None:
        if (self.name is None) != (self.state is IdentityState.UNKNOWN):
            raise ValueError(f"State {self.state.value} does not go with the name {self.name!r}.")


NOBODY = Identity(IdentityState.UNKNOWN, None, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class TrackedFace:
    """One face followed over time, with what its track has voted so far.

    Attributes:
        track_id: Steady number of the track, from 1.
        detection: Where the face is in this frame.
        identity: The track's vote.
        attributes: The track's votes on age group, ethnicity …; empty when attributes are off or not yet known.
        quality: Quality of the crop that was looked at last, in [0, 1].
        embedding: (128,) float32 of that crop, or None before the first look.
    """

    track_id: int
    detection: Detection
    identity: Identity
    attributes: tuple[TaskScore, ...] = ()
    quality: float = 0.0
    embedding: Floats | None = None


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds that each stage of one frame took."""

    detect_ms: float = 0.0
    follow_ms: float = 0.0
    align_ms: float = 0.0
    embed_ms: float = 0.0
    identify_ms: float = 0.0
    track_ms: float = 0.0
    networks_ms: float = 0.0
    """The part of all the above that was spent inside the networks."""
    total_ms: float = 0.0

    def stages(self) -> dict[str, float]:
        """The stages that add up to the whole, by name without unit, in the order in which they run."""
        names = [f.name for f in fields(self) if f.name not in ("networks_ms", "total_ms")]
        return {name.removesuffix("_ms"): getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """What the pipeline says of one frame.

    Attributes:
        frame: The frame it speaks of.
        faces: The faces in view, by track number.
        times: What it cost.
        finished_ns: When the result was ready, monotonic clock.
        network: Which network answered, "mobilenet:int8".
    """

    frame: Frame
    faces: tuple[TrackedFace, ...]
    times: StageTimes
    finished_ns: int
    network: str
