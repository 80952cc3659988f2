"""OpenCV's reader, made quiet: what goes wrong is told by an exception, not on stderr."""

import os
from abc import ABC, abstractmethod

# OpenCV asks for these when the first capture is opened, so this need not come before every other import of cv2.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# Without this a server that stays silent while it is connected to keeps every other video from being opened; FFmpeg has
# been safe to use from several threads since its version 4.
os.environ.setdefault("OPENCV_FFMPEG_IS_THREAD_SAFE", "1")
# A dead USB camera would otherwise hold its thread for ten seconds.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.sources.live import Shot, now_ns
from engine.types import Image

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def to_rgb(bgr: NDArray[np.generic]) -> Image:
    """A fresh RGB array from what a capture handed out."""
    rgb: Image = np.asarray(cv2.cvtColor(np.asarray(bgr), cv2.COLOR_BGR2RGB), dtype=np.uint8)
    return rgb


def grab_shot(capture: cv2.VideoCapture) -> Shot | None:
    """Waits for a camera's next picture; None when none came in time or it was damaged on its way."""
    if not capture.grab():
        return None
    captured_ns = now_ns()
    ok, image = capture.retrieve()
    return Shot(to_rgb(image), captured_ns) if ok else None


class CaptureDevice(ABC):
    """A device that `LiveSource` reads through an OpenCV capture; `open` makes the capture."""

    _capture: cv2.VideoCapture | None = None

    @abstractmethod
    def open(self) -> float:
        """Opens it and returns its nominal frames per second; raises CameraError."""

    def read(self) -> Shot | None:
        """Waits a bounded time for the next picture; see `grab_shot`."""
        assert self._capture is not None
        return grab_shot(self._capture)

    def close(self) -> None:
        """Gives it back."""
        if self._capture is not None:
            self._capture.release()


def nominal_fps(capture: cv2.VideoCapture, fallback: float) -> float:
    """The capture's frames per second, or `fallback` where it says nothing sensible."""
    fps = capture.get(cv2.CAP_PROP_FPS)
    return fps if 0.1 <= fps <= 1000.0 else fallback
