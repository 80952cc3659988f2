"""What every source of frames can do."""

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from engine.errors import SourceError
from engine.types import Frame


class FrameSource(ABC):
    """Hands out frames one by one; a context manager, used by one thread (`stop` alone may come from another).

    Args:
        name: What the status line calls it ("Camera 0", "walk.gif").
        fps: Nominal frames per second.

    Attributes:
        is_live: A camera or stream: it is never paced, and frames nobody reads in time are dropped.
        is_camera: A camera on this machine, whose picture may be shown as in a mirror.
    """

    is_live = False
    is_camera = False

    def __init__(self, name: str, fps: float) -> None:
        self.name = name
        self.fps = fps
        self._stopped = threading.Event()

    @abstractmethod
    def read(self) -> Frame | None:
        """The next frame; None at the end of a file or folder, or once `stop` was called.

        Raises:
            CameraError: A camera or stream does not answer; opening it again later may help.
            SourceError: A file is damaged.
        """

    def rewind(self) -> None:
        """Starts again at the first frame.

        Raises:
            SourceError: A live source has no beginning, or the file has gone.
        """
        raise SourceError(f"{self.name} cannot be played again.", "Open it anew.")

    def stop(self) -> None:
        """Ends a `read` that waits, and all later ones, with None; may be called from any thread."""
        self._stopped.set()

    def close(self) -> None:
        """Gives back the camera or file; harmless when repeated."""
        self.stop()

    @property
    def frame_name(self) -> str:
        """What the last frame is called in a folder (its file's name); empty elsewhere."""
        return ""

    @property
    def problems(self) -> tuple[SourceError, ...]:
        """What had to be skipped so far, such as unreadable pictures of a folder."""
        return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
