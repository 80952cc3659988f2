"""A window that needs no Qt: it prints noise and figures, nothing when it is to be silent, and hangs when asked to."""

import sys
import threading


def main(network: str) -> None:
    if network == "hung":
        threading.Event().wait()
    if network != "silent":
        before, training = (
            '{"longest_wait_ms": 4.2, "pictures_per_s": 25.0}',
            '{"longest_wait_ms": 9.6, "pictures_per_s": 24.5}',
        )
        print("noise on stdout")  # noqa: T201
        print(f'{{"before": {before}, "training": {training}, "trainings": 7}}')  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
