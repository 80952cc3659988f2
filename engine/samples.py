"""What is kept of a look at a face: the aligned crop, how it was taken, and what a network makes of it."""

from dataclasses import dataclass
from typing import Literal, Protocol

import cv2
import numpy as np

from engine.errors import StoreError
from engine.types import CROP_SIZE, EMBEDDING_SIZE, Floats, Image, TaskOutputs, TaskScore

Origin = Literal["camera", "photo", "correction"]


class Recogniser(Protocol):
    """Anything that turns a crop into an embedding."""

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one (128, 128, 3) crop."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FaceSample:
    """One look at a person.

    Attributes:
        crop: (128, 128, 3) uint8 RGB, aligned.
        quality: In [0, 1].
        yaw: How far the face turns, about -1 (to the picture's left) to 1; 0 is frontal.
        pitch: How far it looks up (positive) or down, likewise.
        origin: Where it came from.
    """

    crop: Image
    quality: float
    yaw: float
    pitch: float
    origin: Origin

    def __post_init__(self) -> None:
        if self.crop.shape != (CROP_SIZE, CROP_SIZE, 3) or self.crop.dtype != np.uint8:
            raise ValueError(f"Expected a crop of (128, 128, 3) uint8, got {self.crop.shape} {self.crop.dtype}.")
        self.crop.flags.writeable = False


def encode_crop(crop: Image) -> bytes:
    """A crop as lossless WebP."""
    done, data = cv2.imencode(".webp", crop[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 101])
    if not done:
        raise ValueError("The crop could not be encoded.")
    return data.tobytes()


def decode_crop(data: bytes) -> Image:
    """The crop again.

    Raises:
        StoreError: It is damaged.
    """
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape != (CROP_SIZE, CROP_SIZE, 3):
        raise StoreError("A stored crop is damaged.", "Restore a backup, or enrol that person again.")
    return np.ascontiguousarray(picture[..., ::-1]).astype(np.uint8, copy=False)


def views_of(crop: Image) -> tuple[Image, Image, Image]:
    """The crop as seen, flipped, and in other light: a dark one lighter, a light one darker."""
    gamma = 0.7 if float(crop.mean()) < 110.0 else 1.4
    curve = (255.0 * (np.arange(256) / 255.0) ** gamma).astype(np.uint8)
    return crop, mirrored(crop), curve[crop]


def mirrored(crop: Image) -> Image:
    """The face as a mirror shows it."""
    return np.ascontiguousarray(crop[:, ::-1])


def infer_both_ways(network: Recogniser, crop: Image) -> TaskOutputs:
    """Looks at a face and at its mirror image; the mean knows people and ages better than either.

    Args:
        network: Looks.
        crop: (128, 128, 3) uint8 RGB, aligned.

    Raises:
        ModelError: The network failed.
    """
    looks = network.infer(crop), network.infer(mirrored(crop))
    tasks = zip(*(look.tasks for look in looks), strict=True)
    return TaskOutputs(_unit(looks[0].embedding + looks[1].embedding), tuple(_mean(*pair) for pair in tasks))


def _mean(one: TaskScore, other: TaskScore) -> TaskScore:
    probabilities = tuple((p + q) / 2 for p, q in zip(one.probabilities, other.probabilities, strict=True))
    return TaskScore(one.task, one.labels, probabilities)


def embed_views(network: Recogniser, crop: Image) -> Floats:
    """Embeds a crop and its other views.

    Returns:
        (3, 128) float32 unit vectors, the crop as seen first.

    Raises:
        ModelError: The network failed.
    """
    return np.stack([network.infer(view).embedding for view in views_of(crop)])


def pack_vectors(vectors: Floats) -> bytes:
    """(v, 128) vectors as float16 bytes."""
    return vectors.astype("<f2").tobytes()


def unpack_vectors(data: bytes) -> Floats:
    """The vectors again, float32 of unit length."""
    vectors = np.frombuffer(data, "<f2").astype(np.float32).reshape(-1, EMBEDDING_SIZE)
    return _unit(vectors)


def _unit(vectors: Floats) -> Floats:
    """The vectors (…, 128) at unit length."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6), np.float32)
