"""Writes what the PyPI package `mtcnn` 1.0.0 finds in the shared clips and photographs, for the tests.

    python models/mtcnn/goldens.py ../shared/media tests/engine/goldens/mtcnn.json

Needs the extra `train`. Every photograph and every fifth frame of every clip, at min_face_size=20; boxes and landmarks
as the package gives them before it rounds them.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import numpy as np
from mtcnn import MTCNN
from numpy.typing import NDArray

EVERY = 5
MIN_FACE_PX = 20


def pictures(folder: Path) -> Iterator[tuple[str, int, Any]]:
    """Give file name, frame number and RGB image of every picture that is compared."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".jpg":
            yield path.name, 0, cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
        elif path.suffix in (".mkv", ".gif"):
            clip = cv2.VideoCapture(str(path))
            number = 0
            while (frame := clip.read())[0]:
                if number % EVERY == 0:
                    yield path.name, number, cv2.cvtColor(frame[1], cv2.COLOR_BGR2RGB)
                number += 1


def faces(detector: MTCNN, image: NDArray[np.uint8]) -> list[dict[str, Any]]:
    """Give the package's faces of one picture."""
    rows = np.atleast_2d(
        detector.detect_faces(image, box_format="xyxy", output_type="numpy", min_face_size=MIN_FACE_PX)
    )
    return [
        {
            "box": [round(float(value), 2) for value in row[1:5]],
            "landmarks": [[round(float(x), 2), round(float(y), 2)] for x, y in zip(row[6:11], row[11:16], strict=True)],
            "score": round(float(row[5]), 5),
        }
        for row in rows
    ]


def main(folder: Path, golden: Path) -> None:
    """Run the package on every picture and write the golden file."""
    detector = MTCNN()
    found = [
        {"file": name, "frame": number, "faces": faces(detector, image)} for name, number, image in pictures(folder)
    ]
    lines = ",\n".join(json.dumps(picture) for picture in found)
    golden.write_text(f'{{"package": "mtcnn 1.0.0", "min_face_px": {MIN_FACE_PX}, "pictures": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
