"""The networks and strangers that an enrolment works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.catalogue import Catalogue
from engine.gallery import Cohort, read_cohort
from engine.looks import Recogniser
from engine.mtcnn import Mtcnn
from engine.multitask import MultiTaskNetwork
from engine.types import Detection, Image


class FaceDetector(Protocol):
    """Anything that finds faces."""

    min_face_px: int

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """Finds every face, best score first."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """A detector, a network and its strangers; used by one thread.

    Attributes:
        detector: Finds faces.
        network: Embeds them.
        cohort: The network's strangers.
    """

    detector: FaceDetector
    network: Recogniser
    cohort: Cohort

    @classmethod
    def load(cls, catalogue: Catalogue, network_key: str, *, min_face_px: int = 40) -> "Recognition":
        """Loads them.

        Args:
            catalogue: Where the network is found.
            network_key: "mobilenet" or "mobilenet:int8".
            min_face_px: The smallest face searched for.

        Raises:
            ModelError: Something is missing or damaged.
        """
        card, file = catalogue.find(network_key)
        return cls(Mtcnn.load(min_face_px=min_face_px), MultiTaskNetwork.load(card, file), read_cohort(card))

    def faces_in_photograph(self, image: Image, sizes: Sequence[int]) -> tuple[Detection, ...]:
        """Finds the faces of a photograph.

        Args:
            image: (H, W, 3) uint8 RGB.
            sizes: Smallest faces to search for, one after the other until there is one: where there are large faces,
                the fine levels of the pyramid only add people in the background.
        """
        usual = self.detector.min_face_px
        try:
            for self.detector.min_face_px in sizes:
                faces = self.detector.detect(image)
                if faces:
                    return faces
            return ()
        finally:
            self.detector.min_face_px = usual
