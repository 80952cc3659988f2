"""A network stream (RTSP, or Motion JPEG and the like over HTTP) through OpenCV's FFmpeg reader."""

import socket
from urllib.parse import urlsplit

import cv2

from engine.errors import CameraError
from engine.sources.live import STALL_S, LiveSource
from engine.sources.opencv import CaptureDevice, nominal_fps

CONNECT_S = 2.0
OPEN_S = 5.0
FIRST_FRAME_S = 8.0
REMEDY = "Check the address and that the camera is on the network, then try again."
PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}


def open_capture(url: str, *, open_s: float = OPEN_S, stall_s: float = STALL_S) -> cv2.VideoCapture:
    """OpenCV's reader of an address, which gives up on a server that stays silent."""
    limits = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(open_s * 1000)),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(stall_s * 1000)),
    ]
    return cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)


def public_name(url: str) -> str:
    """The address without user name, password and query, as it may stand on a screen."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


class Stream(CaptureDevice):
    """The device that `LiveSource` reads."""

    def __init__(self, url: str, fps: float, stall_s: float) -> None:
        self._url = url
        self._name = public_name(url)
        self._fps = fps
        self._stall_s = stall_s

    def open(self) -> float:
        """Connects; a machine that is not there is noticed sooner, and more gently, by a plain connection."""
        try:
            socket.create_connection(_place(self._url), CONNECT_S).close()
        except OSError as error:
            raise CameraError(f"{self._name} cannot be reached.", REMEDY) from error
        self._capture = open_capture(self._url, stall_s=self._stall_s)
        if not self._capture.isOpened():
            raise CameraError(f"{self._name} does not send a video.", REMEDY)
        return nominal_fps(self._capture, self._fps)


def open_stream(url: str, *, fps: float = 25.0, stall_s: float = STALL_S) -> LiveSource:
    """Opens a stream; it connects in the background, the first `read` waits for it.

    Raises:
        CameraError: The same stream is open already.
    """
    return LiveSource(
        public_name(url),
        url,
        Stream(url, fps, stall_s),
        fps=fps,
        is_camera=False,
        remedy=REMEDY,
        first_frame_s=FIRST_FRAME_S,
        stall_s=stall_s,
    )
