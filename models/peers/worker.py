"""The worker process of a comparison: frame numbers in, milliseconds and faces out, one JSON object per line."""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

Look = Callable[[NDArray[np.uint8]], int]


def serve(prepare: Callable[[], Look], packages: tuple[str, ...]) -> None:
    """Answers `{"frames": [0, 1]}` with `{"ms": [201.5, 198.0], "faces": [1, 1]}` until its input ends.

    Args:
        prepare: Loads what is needed, and returns what looks at one picture and says how many faces it saw.
        packages: Whose versions the first line tells.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    images = np.load(sys.argv[1], mmap_mode="r")
    look = prepare()

    def answer(value: object) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    answer({package: version(package) for package in packages})
    for line in sys.stdin:
        spent_ms, faces = [], []
        for number in json.loads(line)["frames"]:
            image = np.array(images[number])
            began = time.perf_counter()
            faces.append(look(image))
            spent_ms.append((time.perf_counter() - began) * 1000)
        answer({"ms": spent_ms, "faces": faces})
