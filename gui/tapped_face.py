"""A face that an operator says something about."""

from dataclasses import dataclass

from engine.align import align
from engine.types import Frame, Image, TrackedFace


@dataclass(frozen=True, slots=True, eq=False)
class TappedFace:
    """A face as it was when it was seen.

    Attributes:
        face: What the program says of it; its embedding is known.
        crop: The cut-out face.
    """

    face: TrackedFace
    crop: Image

    @classmethod
    def cut(cls, face: TrackedFace, frame: Frame) -> "TappedFace":
        """Cuts it out of the frame that it was found in."""
        return cls(face, align(frame.image, face.detection.landmarks))
