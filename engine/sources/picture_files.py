"""A single picture, or a folder of them, as a source."""

import re
from collections.abc import Sequence
from pathlib import Path

from engine.errors import SourceError
from engine.sources.base import FrameSource
from engine.sources.live import now_ns
from engine.sources.pictures import APPLE_SUFFIXES, SUFFIXES, read_picture
from engine.types import Frame

PICTURES_PER_SECOND = 1.0


class PictureFiles(FrameSource):
    """Hands out pictures one after the other, one per second of its time line.

    Args:
        name: What the status line calls it.
        paths: The pictures, in order.
        skips_unreadable: Whether one that cannot be read is passed over and told by `problems`.
    """

    def __init__(self, name: str, paths: Sequence[Path], *, skips_unreadable: bool) -> None:
        super().__init__(name, PICTURES_PER_SECOND)
        self._paths = tuple(paths)
        self._skips_unreadable = skips_unreadable
        self._shown = False
        self.rewind()

    def rewind(self) -> None:
        """Starts again at the first picture."""
        self._next = 0
        self._index = 0
        self._frame_name = ""
        self._problems: tuple[SourceError, ...] = ()

    @property
    def frame_name(self) -> str:
        """Name of the file of the last frame."""
        return self._frame_name

    @property
    def problems(self) -> tuple[SourceError, ...]:
        """One error for each picture that was skipped."""
        return self._problems

    def read(self) -> Frame | None:
        """The next picture that can be read; see `FrameSource.read`."""
        while self._next < len(self._paths) and not self._stopped.is_set():
            path = self._paths[self._next]
            self._next += 1
            try:
                image = read_picture(path)
            except SourceError as error:
                if not self._skips_unreadable:
                    raise
                self._problems += (error,)
                continue
            unrelated = len(self._paths) > 1 or not self._shown
            self._shown = True
            frame = Frame(image, self._index, now_ns(), self._index * 1000.0 / self.fps, unrelated)
            self._index += 1
            self._frame_name = path.name
            return frame
        if self._index == 0 and not self._stopped.is_set():
            raise SourceError(
                f"None of the {len(self._paths)} pictures in {self.name} can be read.", self._problems[0].remedy
            )
        return None


def open_picture(path: Path) -> PictureFiles:
    """One picture as a source of one frame."""
    return PictureFiles(path.name, [path], skips_unreadable=False)


def open_folder(path: Path) -> PictureFiles:
    """The pictures of a folder as a source; see `pictures_in`.

    Raises:
        SourceError: The folder cannot be read or has no pictures.
    """
    return PictureFiles(path.resolve().name, pictures_in(path), skips_unreadable=True)


def pictures_in(path: Path) -> list[Path]:
    """The pictures of a folder, not of those inside it, in the order in which people count (2 before 10).

    Raises:
        SourceError: The folder cannot be read or has no pictures.
    """
    try:
        files = [file for file in path.iterdir() if _is_picture(file)]
    except OSError as error:
        raise SourceError(
            f"The folder {path.name} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    if not files:
        raise SourceError(f"The folder {path.resolve().name} has no pictures.", "Put JPEG or PNG files into it.")
    return sorted(files, key=_natural_order)


def _is_picture(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES | APPLE_SUFFIXES and not file.name.startswith(".") and file.is_file()


def _natural_order(file: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.findall(r"(\d+)|(\D+)", file.name.casefold())
    return [(int(digits), "") if digits else (-1, text) for digits, text in parts], file.name
