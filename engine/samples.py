"""What is kept of a look at a face: the aligned crop, how it was taken, and what a network makes of it."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from engine.calibration import unit
from engine.errors import DamagedError
from engine.types import CROP_SIZE, EMBEDDING_SIZE, Floats, Image

Origin = Literal["camera", "photo", "correction"]


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
        DamagedError: It is damaged.
    """
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape != (CROP_SIZE, CROP_SIZE, 3):
        raise DamagedError("A stored crop is damaged.", "Restore a backup, or enrol that person again.")
    return np.ascontiguousarray(picture[..., ::-1]).astype(np.uint8, copy=False)


def pack_vectors(vectors: Floats) -> bytes:
    """(v, 128) vectors as float16 bytes."""
    return vectors.astype("<f2").tobytes()


def unpack_vectors(data: bytes) -> Floats:
    """The vectors again, float32 of unit length."""
    vectors = np.frombuffer(data, "<f2").astype(np.float32).reshape(-1, EMBEDDING_SIZE)
    return unit(vectors)
