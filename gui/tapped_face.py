"""A face that an operator says something about."""

from dataclasses import dataclass

from engine.align import align
from engine.catalogue import network_name
from engine.types import FrameResult, Image, TrackedFace


@dataclass(frozen=True, slots=True, eq=False)
class TappedFace:
    """A face as it was when it was seen.

    Attributes:
        face: What the program says of it; its embedding is known.
        crop: The cut-out face.
        network: Name of the network that looked at it, without precision.
        in_view: Whether it is in the picture now.
    """

    face: TrackedFace
    crop: Image
    network: str
    in_view: bool = True

    @classmethod
    def cut(cls, face: TrackedFace, result: FrameResult) -> "TappedFace":
        """Cuts it out of the frame that it was found in."""
        return cls(face, align(result.frame.image, face.detection.landmarks), network_name(result.network))
