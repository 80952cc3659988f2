"""`face_recognition` (dlib): its defaults find the faces (HOG) and encode each (128-d ResNet), on every frame."""

import face_recognition
import numpy as np
from numpy.typing import NDArray

from models.peers.worker import Look, serve


def prepare() -> Look:
    """Its networks load with the import."""

    def look(image: NDArray[np.uint8]) -> int:
        places = face_recognition.face_locations(image)
        return len(face_recognition.face_encodings(image, known_face_locations=places))

    return look


if __name__ == "__main__":
    serve(prepare, ("face_recognition",))
