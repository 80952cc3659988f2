"""Pictures with a known number of real faces: heads cut from the demo clip, set side by side and gently moving."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np

from engine.errors import SourceError
from engine.mtcnn import Mtcnn
from engine.sources import open_source
from engine.types import Floats, Frame, Image

CAMERA_FPS = 30.0
LOOP = 30
"""Frames until the movement repeats."""
HEAD = 1.9
"""Height of the cut head over that of the face's box."""
LARGEST_FACE_PX = 170
"""Of larger ones the demo clip does not show the whole head."""
FILL = 0.92
"""How much of its place in the grid a head fills."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A loop of pictures.

    Attributes:
        faces: How many faces are in view.
        images: The loop.
    """

    faces: int
    images: tuple[Image, ...]

    def frames(self) -> Iterator[Frame]:
        """Goes round for ever, on the time line of a 30 fps camera."""
        index = 0
        while True:
            yield Frame(self.images[index % len(self.images)], index, 0, index * 1000 / CAMERA_FPS)
            index += 1


def demo_scene(loop: int = 2 * LOOP) -> Scene:
    """The demo clip's beginning, there and back: one person comes nearer."""
    with open_source("demo") as clip:
        there = tuple(frame.image for _, frame in zip(range(loop // 2), iter(clip.read, None), strict=False) if frame)
    if not there:
        raise SourceError("The demo clip is empty.", "Reinstall Facedesk.")
    return Scene(1, there + there[::-1])


@lru_cache(maxsize=1)
def compose(faces: int, width: int, height: int, loop: int = LOOP) -> Scene:
    """Sets heads side by side on a plain room.

    Args:
        faces: How many, at least 1.
        width: Of the picture, pixels.
        height: Of the picture, pixels.
        loop: How many pictures.
    """
    columns = min(faces, int(np.ceil(np.sqrt(faces * width / height * 0.9))))
    rows = int(np.ceil(faces / columns))
    cell = (width / columns, height / rows)
    portrait = _portrait()[0]
    scale = FILL * min(cell[0] / portrait.shape[1], cell[1] / portrait.shape[0])
    if faces == 1:
        scale *= 0.62  # one person before the desk does not fill the picture
    centres = [((i % columns + 0.5) * cell[0], (i // columns + 0.5) * cell[1]) for i in range(faces)]
    images = tuple(_picture(step / loop, centres, scale, (width, height)) for step in range(loop))
    return Scene(faces, images)


def _picture(phase: float, centres: list[tuple[float, float]], scale: float, size: tuple[int, int]) -> Image:
    picture = _room(size).copy()
    height = _portrait()[0].shape[0]
    for number, (x, y) in enumerate(centres):
        turn = 2 * np.pi * (phase + number / len(centres))
        sway = 0.03 * scale * height
        _paste(picture, scale * (1 + 0.02 * np.sin(turn)), x + sway * np.cos(turn), y + sway * np.sin(2 * turn) / 2)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _paste(picture: Floats, scale: float, x: float, y: float) -> None:
    """Sets the head's middle to x, y, to a fraction of a pixel."""
    portrait, mask = _portrait()
    half_width, half_height = scale * portrait.shape[1] / 2, scale * portrait.shape[0] / 2
    left, top = max(int(x - half_width), 0), max(int(y - half_height), 0)
    right, bottom = min(int(x + half_width) + 2, picture.shape[1]), min(int(y + half_height) + 2, picture.shape[0])
    place = np.array([[scale, 0, x - half_width - left], [0, scale, y - half_height - top]])
    size = (right - left, bottom - top)
    alpha = cv2.warpAffine(mask, place, size, flags=cv2.INTER_AREA)[..., None]
    head = cv2.warpAffine(portrait, place, size, flags=cv2.INTER_AREA)
    part = picture[top:bottom, left:right]
    part += alpha * (head - part)


@cache
def _room(size: tuple[int, int]) -> Floats:
    """A wall lit from one side, with soft stains and the noise of a camera."""
    random = np.random.default_rng(7)
    width, height = size
    light = np.linspace(150, 95, width, dtype=np.float32)[None, :, None] * np.ones((height, 1, 3), np.float32)
    stains = random.normal(0, 16, (9, 12, 1)) + random.normal(0, 5, (9, 12, 3))
    soft = cv2.resize(stains, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(light + soft + random.normal(0, 3, (height, width, 3)), np.float32)


@cache
def _portrait() -> tuple[Image, Floats]:
    """The demo clip's largest face with hair and neck, and a mask that fades out around it."""
    detector = Mtcnn.load()
    best: tuple[float, Image] | None = None
    with open_source("demo") as clip:
        for frame in iter(clip.read, None):
            for face in detector.detect(frame.image) if frame.index % 10 == 0 else ():
                if (best[0] if best else 0) < face.width_px < LARGEST_FACE_PX and face.score > 0.99:
                    best = (face.width_px, _cut(frame.image, face.box))
    if best is None:
        raise SourceError("The demo clip shows no face.", "Reinstall Facedesk.")
    height, width = best[1].shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return best[1], np.clip((1 - x**2 - y**2) * 4, 0, 1).astype(np.float32)


def _cut(image: Image, box: Floats) -> Image:
    (x1, y1, x2, y2), side = box, float(box[3] - box[1]) * HEAD / 2
    centre_x, centre_y = float(x1 + x2) / 2, float(y1 + y2) / 2
    return cv2.getRectSubPix(image, (round(2 * side), round(2 * side)), (centre_x, centre_y)).astype(np.uint8)
