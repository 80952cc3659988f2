"""The paper's own way: the `mtcnn` package finds the faces, Keras `predict` looks at each, on every frame.

The backbone and its heads have the paper's form (shared Dense(128), three softmax heads); the weights are random,
which takes the same time.
"""

import os
import sys

os.environ.update(KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="-1", TF_CPP_MIN_LOG_LEVEL="2")

import cv2
import keras
import numpy as np
from mtcnn import MTCNN
from numpy.typing import NDArray

from models.peers.worker import Look, serve

PEOPLE = 9
BACKBONES = {
    "mobilenet": keras.applications.MobileNet,
    "mobilenet_v2": keras.applications.MobileNetV2,
    "inception_v3": keras.applications.InceptionV3,
}


def paper_network(backbone: str) -> keras.Model:
    """The backbone in the paper's form, with random weights."""
    base = BACKBONES[backbone](input_shape=(128, 128, 3), include_top=False, pooling="avg", weights=None)
    shared = keras.layers.Dense(128, activation="relu")(base.output)
    heads = [keras.layers.Dense(labels, activation="softmax")(shared) for labels in (PEOPLE, 3, 3)]
    return keras.Model(base.input, heads)


def upright(image: NDArray[np.uint8], face: dict[str, dict[str, tuple[int, int]]]) -> NDArray[np.uint8]:
    """The face turned until its eyes are level, 128 × 128."""
    left, right = (np.array(face["keypoints"][eye], np.float32) for eye in ("left_eye", "right_eye"))
    if left[0] > right[0]:
        left, right = right, left
    span = right - left
    x, y = (float(value) for value in (left + right) / 2)
    angle, scale = float(np.degrees(np.arctan2(span[1], span[0]))), 45.0 / max(float(np.hypot(*span)), 1.0)
    turn = cv2.getRotationMatrix2D((x, y), angle, scale) + np.array([[0, 0, 64 - x], [0, 0, 47 - y]])
    return np.asarray(cv2.warpAffine(image, turn, (128, 128)), np.uint8)


def prepare() -> Look:
    """Loads the detector and the network."""
    detector = MTCNN()
    network = paper_network(sys.argv[2])

    def look(image: NDArray[np.uint8]) -> int:
        faces = detector.detect_faces(image)
        if faces:
            crops = np.stack([upright(image, face) for face in faces]).astype(np.float32) / 255
            network.predict(crops, verbose=0)
        return len(faces)

    return look


if __name__ == "__main__":
    serve(prepare, ("mtcnn", "tensorflow", "keras"))
