"""The Raspberry Pi camera through picamera2, which comes with the system rather than from a package index."""

import importlib.util
import logging
import os
from typing import Any

import numpy as np

from engine.errors import CameraError, SourceError
from engine.sources.live import LiveSource, Shot, now_ns

FIRST_FRAME_S = 5.0
FRAME_S = 1.5
REMEDY = "Check its ribbon cable, then try again."


def has_picamera2() -> bool:
    """Whether picamera2 can be imported; does not import it."""
    return importlib.util.find_spec("picamera2") is not None


class PiCamera:
    """The device that `LiveSource` reads."""

    def __init__(self, width: int, height: int, fps: float) -> None:
        self._size = (width, height)
        self._fps = float(fps)
        self._camera: Any = None

    def open(self) -> float:
        """Starts the first camera at the ribbon connector (libcamera lists USB cameras too)."""
        os.environ.setdefault("LIBCAMERA_LOG_LEVELS", "*:ERROR")
        from picamera2 import Picamera2

        logging.getLogger("picamera2").setLevel(logging.WARNING)
        numbers = [info["Num"] for info in Picamera2.global_camera_info() if "usb" not in str(info.get("Id", ""))]
        if not numbers:
            raise CameraError("No Raspberry Pi camera is connected.", REMEDY)
        self._camera = Picamera2(numbers[0])
        # picamera2 names the order of bytes in memory backwards: "BGR888" gives RGB arrays.
        main = {"size": self._size, "format": "BGR888"}
        self._camera.configure(
            self._camera.create_video_configuration(main=main, controls={"FrameRate": self._fps}, buffer_count=3)
        )
        self._camera.start()
        return self._fps

    def read(self) -> Shot:
        """Waits for the next picture."""
        job = self._camera.capture_array("main", wait=False)
        image = self._camera.wait(job, timeout=FRAME_S)
        return Shot(np.ascontiguousarray(image, dtype=np.uint8), now_ns())

    def close(self) -> None:
        """Gives the camera back."""
        if self._camera is not None:
            self._camera.close()


def open_pi_camera(*, width: int, height: int, fps: float) -> LiveSource:
    """Opens the Raspberry Pi camera.

    Raises:
        SourceError: picamera2 is not installed.
        CameraError: The camera is in use.
    """
    if not has_picamera2():
        raise SourceError(
            "The Raspberry Pi camera needs picamera2, which is not installed.",
            "Run `sudo apt install python3-picamera2`, and make the virtual environment with --system-site-packages.",
        )
    return LiveSource(
        "Raspberry Pi camera",
        "picamera",
        PiCamera(width, height, fps),
        fps=fps,
        is_camera=True,
        remedy=REMEDY,
        first_frame_s=FIRST_FRAME_S,
    )
