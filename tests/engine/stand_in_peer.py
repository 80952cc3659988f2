"""A peer's worker process that needs no packages and always sees two faces; it prints, as noisy libraries do."""

import time

import numpy as np
from numpy.typing import NDArray

from models.peers.worker import Look, serve


def prepare() -> Look:
    def look(image: NDArray[np.uint8]) -> int:
        print("noise on stdout")  # noqa: T201
        time.sleep(0.02)
        return 2

    return look


if __name__ == "__main__":
    serve(prepare, ("click",))
