"""A USB camera through OpenCV; V4L2 on Linux."""

import os
import sys
from pathlib import Path

import cv2

from engine.errors import CameraError
from engine.sources.devices import list_cameras
from engine.sources.live import LiveSource
from engine.sources.opencv import CaptureDevice, nominal_fps

FIRST_FRAME_S = 5.0
REMEDY = "Check its cable, then try again."

_BACKENDS = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_DSHOW}


class UsbCamera(CaptureDevice):
    """The device that `LiveSource` reads."""

    def __init__(self, number: int, width: int, height: int, fps: float) -> None:
        self._number = number
        self._wishes = (
            # Motion JPEG first: over USB 2 raw pictures of 720 lines come at 10 fps. A camera without it ignores this.
            (cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG"))),
            (cv2.CAP_PROP_FRAME_WIDTH, float(width)),
            (cv2.CAP_PROP_FRAME_HEIGHT, float(height)),
            (cv2.CAP_PROP_FPS, float(fps)),
            # One buffer being filled, one being read. With a single one the driver has none while a picture is decoded
            # and skips every other frame; the thread that reads keeps the queue empty, so two add no delay.
            (cv2.CAP_PROP_BUFFERSIZE, 2.0),
        )
        self._fps = float(fps)

    def open(self) -> float:
        """Opens the camera with the size and rate it was asked for."""
        self._capture = cv2.VideoCapture(self._number, _BACKENDS.get(sys.platform, cv2.CAP_ANY))
        if not self._capture.isOpened():
            raise CameraError(
                f"Camera {self._number} cannot be opened.", "Close other programs that use it, or plug it in again."
            )
        for wish, value in self._wishes:
            self._capture.set(wish, value)
        return nominal_fps(self._capture, self._fps)


def open_usb_camera(number: int, *, width: int, height: int, fps: float) -> LiveSource:
    """Opens /dev/video<number>, or the platform's camera of that number.

    Raises:
        CameraError: There is no such camera, it may not be used, or it is in use.
    """
    if sys.platform == "linux":
        _require_node(number, Path(f"/dev/video{number}"))
    device = UsbCamera(number, width, height, fps)
    return LiveSource(
        f"Camera {number}",
        f"camera:{number}",
        device,
        fps=fps,
        is_camera=True,
        remedy=REMEDY,
        first_frame_s=FIRST_FRAME_S,
    )


def _require_node(number: int, node: Path) -> None:
    if not node.exists():
        others = [name for name in list_cameras() if name != f"camera:{number}"]
        found = f" This machine has: {', '.join(others)}." if others else ""
        raise CameraError(f"There is no camera {number}.{found}", "Plug a camera in, or choose another source.")
    if not os.access(node, os.R_OK | os.W_OK):
        raise CameraError(
            f"Camera {number} may not be used by you.",
            "Run `sudo usermod -aG video $USER`, then log out and in again.",
        )
