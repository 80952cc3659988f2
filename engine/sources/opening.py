"""What the user writes → the source it means."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import SourceError
from engine.paths import is_file, is_folder, resources
from engine.sources.base import FrameSource
from engine.sources.pi_camera import open_pi_camera
from engine.sources.picture_files import open_folder, open_picture
from engine.sources.pictures import APPLE_SUFFIXES, SUFFIXES
from engine.sources.stream import PORTS, open_capture, open_stream, public_name
from engine.sources.usb_camera import open_usb_camera
from engine.sources.video_file import VideoFile, open_video_file

DEMO = "demo.mp4"
HELP = "Write camera:0, picamera, demo, an rtsp:// or http:// address, or the path of a video, picture or folder."

# Of these, a web address is a file with an end, not a stream.
_VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mkv", ".webm", ".mov", ".avi", ".gif"})


def open_source(text: str, *, width: int = 640, height: int = 480, fps: float = 30.0) -> FrameSource:
    """Opens a source.

    A camera or stream opens in the background: this returns at once, its first `read` waits.

    Args:
        text: `camera:0`, `picamera`, `demo`, `rtsp://…`, `http://…`, or the path of a video, picture or folder.
        width: Picture width asked of a camera, pixels.
        height: Picture height asked of a camera, pixels.
        fps: Frame rate asked of a camera.

    Raises:
        CameraError: The camera is not there or in use; trying again may help.
        SourceError: The text means nothing, or the file is missing, empty or damaged.
    """
    text = text.strip()
    if text == "demo":
        return open_video_file(_existing(resources() / DEMO), "Demo clip")
    if text == "picamera":
        return open_pi_camera(width=width, height=height, fps=fps)
    if match := re.fullmatch(r"camera:(\d{1,3})|/dev/video(\d{1,3})", text):
        return open_usb_camera(int(match[1] or match[2]), width=width, height=height, fps=fps)
    if text.startswith("camera:") or not text:
        raise SourceError(f"“{text}” is not a source.", HELP)
    if "://" in text:
        return _open_address(text)
    return _open_path(_existing(Path(text).expanduser()))


def _open_address(url: str) -> FrameSource:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise SourceError(f"“{url.partition('://')[0]}://…” is not an address of a stream.", HELP)
    if parts.scheme.startswith("http") and Path(parts.path).suffix.lower() in _VIDEO_SUFFIXES:
        return VideoFile(public_name(url), lambda: open_capture(url))
    return open_stream(url)


def _open_path(path: Path) -> FrameSource:
    if path.is_dir():
        return open_folder(path)
    if path.suffix.lower() in SUFFIXES | APPLE_SUFFIXES:
        return open_picture(path)
    return open_video_file(path)


def _existing(path: Path) -> Path:
    if is_folder(path) or is_file(path):
        return path
    raise SourceError(f"There is no file or folder {path}.", HELP)
