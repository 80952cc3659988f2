"""What concerns the process as a whole: its log, faults that nobody caught, signals, and its end."""

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, QTimer

from engine.paths import DataFolder
from gui.workers import running_threads

log = logging.getLogger(__name__)

LOG_BYTES = 1_000_000
COLLECT_EVERY_MS = 1000


class _PrivateLog(RotatingFileHandler):
    """A log that its owner alone can read, after each rotation, too."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.touch(mode=0o600)
        path.chmod(0o600)
        return super()._open()


def log_to(data: DataFolder) -> None:
    """Writes the log to the data folder, or to stderr where that is not possible."""
    handler: logging.Handler
    try:
        data.ensure()
        handler = _PrivateLog(data.log_file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def catch_everything(tell: Callable[[BaseException], object], leave: Callable[[], object]) -> None:
    """Lets faults that nobody caught be told, and signals end the program.

    Args:
        tell: Takes an exception, in any thread.
        leave: Ends the program; called in the main thread.
    """

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            leave()
        else:
            tell(error)

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            tell(args.exc_value)

    def signalled(number: int, frame: FrameType | None) -> None:
        leave()

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signalled)


class GarbageCollector(QObject):
    """Collects Python's reference cycles in the GUI thread alone.

    Python collects in whatever thread happens to allocate; a widget that dies in the capture or inference thread takes
    the process with it. What the start has made is taken out of the count, so that a collection stays short.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collects the generations that Python itself would have collected by now."""
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count > threshold:
                gc.collect(generation)


def leave_hanging_threads(code: int) -> None:
    """Ends the process at once when a thread hangs in a driver: the usual end would crash beside it."""
    readers = [thread.name for thread in threading.enumerate() if type(thread) is threading.Thread and thread.daemon]
    hanging = running_threads() + readers
    if hanging:
        log.warning("Leaving without %s.", ", ".join(hanging))
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)
