"""A video file, read as fast as it decodes, with its own timestamps."""

import math
from collections.abc import Callable
from pathlib import Path

import cv2

from engine.errors import SourceError
from engine.sources.base import FrameSource
from engine.sources.gif import is_whole_gif
from engine.sources.live import now_ns
from engine.sources.opencv import nominal_fps, to_rgb
from engine.types import Frame

FALLBACK_FPS = 25.0
# A file's header may promise a little more than there is (the last frame's length, a longer sound track).
MISSING_MS = 500.0
MISSING_SHARE = 0.1
# FFmpeg would play these as text on a terminal.
TEXT_SUFFIXES = {".txt", ".ans", ".art", ".asc", ".diz", ".ice", ".nfo", ".vt"}


class VideoFile(FrameSource):
    """Plays a video file once; `rewind` plays it again.

    Args:
        name: What the status line calls it.
        open_capture: Gives OpenCV's reader, placed at the first frame.
        is_whole: False when the file is known to be damaged; what can be played is, then `read` says so.

    Raises:
        SourceError: It is no video, or damaged.
    """

    def __init__(self, name: str, open_capture: Callable[[], cv2.VideoCapture], *, is_whole: bool = True) -> None:
        super().__init__(name, FALLBACK_FPS)
        self._open_capture = open_capture
        self._is_whole = is_whole
        self._capture: cv2.VideoCapture | None = None
        self.rewind()

    def rewind(self) -> None:
        """Starts again at the first frame. Opening anew is the only way that holds for every kind of file."""
        self._release()
        self._capture = self._open_capture()
        if not self._capture.isOpened():
            self._release()
            raise self._unreadable()
        self.fps = nominal_fps(self._capture, FALLBACK_FPS)
        self._promised_ms = max(0.0, self._capture.get(cv2.CAP_PROP_FRAME_COUNT)) / self.fps * 1000.0
        self._index = 0
        self._time_ms = 0.0

    def read(self) -> Frame | None:
        """The next frame; see `FrameSource.read`."""
        if self._capture is None or self._stopped.is_set():
            return None
        ok, image = self._capture.read()
        if not ok:
            self._check_end()
            return None
        self._time_ms = self._timestamp(self._capture.get(cv2.CAP_PROP_POS_MSEC))
        frame = Frame(to_rgb(image), self._index, now_ns(), self._time_ms)
        self._index += 1
        return frame

    def close(self) -> None:
        """Closes the file."""
        super().close()
        self._release()

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _timestamp(self, file_ms: float) -> float:
        """The file's timestamp, or one frame after the last where the file has none that grows."""
        if self._index == 0:
            return max(0.0, file_ms) if math.isfinite(file_ms) else 0.0
        return file_ms if file_ms > self._time_ms else self._time_ms + 1000.0 / self.fps

    def _check_end(self) -> None:
        if self._index == 0:
            raise self._unreadable()
        seen_ms = self._time_ms + 1000.0 / self.fps
        missing_ms = self._promised_ms - seen_ms
        if missing_ms > max(MISSING_MS, MISSING_SHARE * self._promised_ms) or not self._is_whole:
            raise SourceError(
                f"The video {self.name} breaks off after {self._index} frames ({seen_ms / 1000:.1f} s).",
                "The file is damaged or incomplete; copy it again.",
            )

    def _unreadable(self) -> SourceError:
        return SourceError(
            f"The file {self.name} cannot be read as a video.",
            "It may be damaged or of an unknown kind; try another file (MP4, MKV, GIF …).",
        )


def open_video_file(path: Path, name: str = "") -> VideoFile:
    """Opens a video file.

    Args:
        path: The file.
        name: What the status line calls it; the file's name by default.

    Raises:
        SourceError: It is empty, no video, or damaged.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise SourceError(f"The file {name} is empty.", "Copy or record it again.")
    except OSError as error:
        raise SourceError(f"The file {name} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if path.suffix.lower() in TEXT_SUFFIXES:
        raise SourceError(f"The file {name} is a text.", "Choose a video, a picture or a folder of pictures.")
    is_whole = path.suffix.lower() != ".gif" or is_whole_gif(path.read_bytes())
    return VideoFile(name, lambda: cv2.VideoCapture(str(path), cv2.CAP_FFMPEG), is_whole=is_whole)
