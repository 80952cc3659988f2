"""Background work: a thread that is stopped by a flag, waited for with a bound, and never silent about a fault."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

log = logging.getLogger(__name__)

_started: list[QThread] = []
"""Threads that may still run: one that hangs must not be destroyed, or Qt ends the process on the spot."""


class _Thread(QThread):
    """Runs a function in a thread of Qt's."""

    def __init__(self, name: str, function: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._function = function

    def run(self) -> None:
        self._function()


def running_threads() -> list[str]:
    """Names of the workers' threads that are not at their end."""
    return [thread.objectName() for thread in _started if thread.isRunning()]


class Worker(QObject):
    """Runs `work` in a QThread of its own.

    The object itself belongs to the GUI thread; its signals may be emitted from any thread and must be connected to
    bound methods of QObjects. A thread that never ends, because a camera driver does not return from a call, can be
    given up: it is kept until the process leaves without it (`gui.process.leave_hanging_threads`).

    Signals:
        failed: An exception that ended the work or a part of it: a `UserError`, or a bug.
        finished: The thread is at its end; always the last signal.
    """

    failed = Signal(object)
    finished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread = _Thread(name, self._run)

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.isRunning()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stop.is_set()

    def start(self) -> None:
        """Starts the thread; once."""
        _started[:] = [thread for thread in _started if thread.isRunning()]
        _started.append(self._thread)
        self._thread.start()

    def stop(self) -> None:
        """Asks for the end and returns at once; `wait` waits for it."""
        self._stop.set()

    def wait(self, timeout_s: float) -> bool:
        """Waits for the end of the thread, no longer than `timeout_s`; says whether it came."""
        return self._thread.wait(round(1000 * timeout_s))

    def work(self) -> None:
        """What the thread does; looks at `stopping` often and returns soon after."""
        raise NotImplementedError

    def _run(self) -> None:
        try:
            self.work()
        except Exception as error:
            log.warning("%s ended with %r", self._thread.objectName(), error)  # the banner logs the traceback
            self.failed.emit(error)
        finally:
            self.finished.emit()
