"""Background work: a thread that is stopped by a flag, waited for with a bound, and never silent about a fault."""

import logging
import threading

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class Worker(QObject):
    """Runs `work` in a thread of its own.

    The object itself belongs to the GUI thread; its signals may be emitted from any thread and must be connected to
    bound methods of QObjects. The thread does not keep the process alive: a camera driver that never returns from a
    call can be given up.

    Signals:
        failed: An exception that ended the work or a part of it: a `UserError`, or a bug.
        finished: The thread is at its end; always the last signal.
    """

    failed = Signal(object)
    finished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stop.is_set()

    def start(self) -> None:
        """Starts the thread; once."""
        self._thread.start()

    def stop(self) -> None:
        """Asks for the end and returns at once; `wait` waits for it."""
        self._stop.set()

    def wait(self, timeout_s: float) -> bool:
        """Waits for the end of the thread, no longer than `timeout_s`; says whether it came."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def work(self) -> None:
        """What the thread does; looks at `stopping` often and returns soon after."""
        raise NotImplementedError

    def _run(self) -> None:
        try:
            self.work()
        except Exception as error:
            log.warning("%s ended with %r", self._thread.name, error)  # the banner logs the traceback
            self.failed.emit(error)
        finally:
            self.finished.emit()
