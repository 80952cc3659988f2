"""The networks and strangers that an enrolment works with."""

from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.gallery import Cohort, read_cohort
from engine.looks import Recogniser
from engine.mtcnn import Mtcnn
from engine.multitask import MultiTaskNetwork
from engine.photographs import FaceDetector


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
