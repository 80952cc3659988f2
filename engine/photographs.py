"""Faces in photographs of any size: the large ones first."""

from typing import Protocol

import cv2
import numpy as np

from engine.types import Detection, Image

LONGEST_SIDE_PX = 2000
SMALLEST_FACE_PX = 20
PYRAMID_STEP = 0.709
"""The detector's scale factor: sizes along it search the very same pyramid, from a coarser level on."""


class FaceDetector(Protocol):
    """Anything that finds faces."""

    min_face_px: int

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """Finds every face, best score first."""
        ...


def shrunk(photograph: Image) -> Image:
    """A photograph, at most 2000 pixels long and at least one pixel narrow."""
    height, width = photograph.shape[:2]
    scale = LONGEST_SIDE_PX / max(height, width)
    if scale >= 1:
        return photograph
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    return np.asarray(cv2.resize(photograph, size, interpolation=cv2.INTER_AREA), np.uint8)


def faces_in_photograph(detector: FaceDetector, photograph: Image) -> tuple[Detection, ...]:
    """Finds the faces of a photograph; smaller ones only where there is no large one.

    Where there are large faces, the costly fine levels of the pyramid only add people in the background.

    Args:
        detector: Finds them; its smallest face is afterwards what it was.
        photograph: (H, W, 3) uint8 RGB.

    Raises:
        ModelError: A network failed.
    """
    usual = detector.min_face_px
    try:
        for detector.min_face_px in search_sizes(photograph):
            faces = detector.detect(photograph)
            if faces:
                return faces
        return ()
    finally:
        detector.min_face_px = usual


def search_sizes(photograph: Image) -> tuple[int, ...]:
    """The smallest faces to search for, one after the other: an eighth of the picture, then down to 20 pixels."""
    steps = int(np.log(min(photograph.shape[:2]) / 8 / SMALLEST_FACE_PX) / -np.log(PYRAMID_STEP))
    coarse = round(SMALLEST_FACE_PX * PYRAMID_STEP ** -max(steps, 0))
    return (coarse, SMALLEST_FACE_PX) if coarse > SMALLEST_FACE_PX else (SMALLEST_FACE_PX,)
