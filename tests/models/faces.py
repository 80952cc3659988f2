"""A small face set of drawn faces, as `models.data` reads it."""

import csv
import zipfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

COLUMNS = (
    "file", "original", "person", "age_years", "gender", "ethnicity", "face_width_px", "detector_score", "sha256_16",
)  # fmt: skip


def drawn_face(seed: int, side: int = 144) -> NDArray[np.uint8]:
    """Draw something with eyes and a mouth where the template has them."""
    rng = np.random.default_rng(seed)
    image = np.full((side, side, 3), rng.integers(40, 200, 3), np.uint8)
    cv2.ellipse(image, (72, 74), (48, 60), 0, 0, 360, [int(c) for c in rng.integers(60, 230, 3)], -1)
    for x, y in ((49, 55), (94, 55)):
        cv2.circle(image, (x, y), int(rng.integers(4, 8)), (20, 20, 20), -1)
    cv2.ellipse(image, (72, 107), (19, int(rng.integers(3, 9))), 0, 0, 180, (150, 40, 40), -1)
    return image


def write_set(folder: Path, people: int = 4, pictures: int = 3) -> None:
    """Write a set of `people` persons with `pictures` each; ages 20, 40, 60 and ethnicities go round."""
    folder.mkdir(parents=True)
    lines = []
    with zipfile.ZipFile(folder / "crops.zip", "w") as archive:
        for number in range(people * pictures):
            file = f"{number:05d}.png"
            _, encoded = cv2.imencode(".png", drawn_face(number))
            archive.writestr(file, encoded.tobytes())
            person, age = f"person-{number // pictures}", 20 * (1 + number % 3)
            ethnicity = ("asian", "white", "black", "")[number % 4]
            lines.append((file, f"{person}/{number}.jpg", person, age, "", ethnicity, 100, 0.99, f"{number:016x}"))
    with (folder / "labels.csv").open("w", newline="") as table:
        csv.writer(table).writerows([COLUMNS, *lines])
    teacher = np.random.default_rng(0).normal(size=(people * pictures, 128)).astype(np.float16)
    np.save(folder / "teacher.npy", teacher)
