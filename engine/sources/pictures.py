"""One picture file → RGB: turned upright, without transparency, 8 bits."""

import errno
import os
import stat
import zlib
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import SourceError
from engine.sources.opencv import to_rgb
from engine.types import Image

SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".jp2"}
)
APPLE_SUFFIXES = frozenset({".heic", ".heif"})
PNG_START = b"\x89PNG\r\n\x1a\n"


def read_picture(path: Path) -> Image:
    """Reads a picture; EXIF rotation is honoured, transparent parts become white.

    Args:
        path: A JPEG, PNG, BMP, WebP, TIFF or PNM file; grey and 16-bit ones too.

    Returns:
        (H, W, 3) uint8 RGB.

    Raises:
        SourceError: It cannot be read, is damaged or of a kind that is not supported.
    """
    if path.suffix.lower() in APPLE_SUFFIXES:
        raise _apple(path)
    data = _content(path)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        raise _apple(path)
    image = _decode(data)
    if image is None:
        raise SourceError(
            f"The picture {path.name} is damaged or of an unknown kind.", "Save it as JPEG or PNG, then try again."
        )
    return image


def _content(path: Path) -> bytes:
    try:
        _require_file(path)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # the latter of a name that no file can have
        reason = error.strerror if isinstance(error, OSError) else os.strerror(errno.ENOENT)
        raise SourceError(
            f"The picture {path.name} cannot be read: {reason}.", "Check the file and its permissions."
        ) from error


def _require_file(path: Path) -> None:
    """Raises OSError of a pipe or a device: reading it might never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no file")


def _apple(path: Path) -> SourceError:
    return SourceError(
        f"{path.name} is a HEIC picture, which cannot be read here.",
        "Save it as JPEG, then try again (iPhone: Settings, Camera, Formats, Most Compatible).",
    )


def _decode(data: bytes) -> Image | None:
    if data.startswith(PNG_START) and not _is_whole_png(data):
        return None
    coded = np.frombuffer(data, np.uint8)
    try:
        flat = cv2.imdecode(coded, cv2.IMREAD_COLOR) if data else None
        if flat is None:
            return None
        if _may_be_transparent(data):
            full = cv2.imdecode(coded, cv2.IMREAD_UNCHANGED)
            if full is not None and full.ndim == 3 and full.shape[2] == 4 and full.shape[:2] == flat.shape[:2]:
                return _on_white(to_rgb(flat), np.asarray(full)[:, :, 3])
        return to_rgb(flat)
    except cv2.error:
        return None


def _is_whole_png(data: bytes) -> bool:
    """Checks every chunk: libpng would report a damaged one on stderr."""
    place = len(PNG_START)
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        if zlib.crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return False
        if data[place + 4 : place + 8] == b"IEND":
            return True
        place = end + 4
    return False


def _may_be_transparent(data: bytes) -> bool:
    if data.startswith(PNG_START):
        return data[25] in (4, 6) or b"tRNS" in data[:2048]
    return data[8:12] == b"WEBP" or data[:4] in (b"II*\0", b"MM\0*")


def _on_white(rgb: Image, alpha: NDArray[np.generic]) -> Image:
    opaque = 65535.0 if alpha.dtype == np.uint16 else 255.0
    share = alpha[:, :, np.newaxis].astype(np.float32) / opaque
    white: Image = np.rint(rgb * share + 255.0 * (1.0 - share)).astype(np.uint8)
    return white
