"""Background jobs in a queue: generators, whose steps are progress reports and places where they can be cancelled."""

import logging
import queue
import threading
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.errors import UserError
from engine.processes import let_others_go_first
from gui.workers import Worker

log = logging.getLogger(__name__)

Steps = Generator[Any, None, Any]


def _for_the_log(error: Exception) -> str:
    """An error without its words where they may name somebody: the log outlives a deletion."""
    return type(error).__name__ if isinstance(error, UserError) else repr(error)


class Job(QObject):
    """One job. Made, connected and deleted in the GUI thread; its signals come from the job's own.

    Args:
        steps: Makes the generator; called in the background.
        parent: Owns the job.
        must_run: Whether it is done even when the program ends: clearing up.

    Signals:
        progressed: What the generator yielded.
        done: What it returned.
        failed: What it raised; nothing was changed then.
        cancelled: It was broken off.
        ended: Always the last one.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, steps: Callable[[], Steps], parent: QObject, *, must_run: bool = False) -> None:
        super().__init__(parent)
        self.must_run = must_run
        self._steps = steps
        self._broken_off = threading.Event()

    def cancel(self) -> None:
        """Asks for the end at the next step; returns at once."""
        self._broken_off.set()

    def run(self) -> None:
        """Does the job in the calling thread."""
        try:
            self._run()
        except Exception as error:
            log.warning("A job ended with %s", _for_the_log(error))  # the banner logs the traceback
            self.failed.emit(error)
        finally:
            self.ended.emit()

    def _run(self) -> None:
        if self._broken_off.is_set():
            self.cancelled.emit()
            return
        steps = self._steps()
        while True:
            try:
                report = next(steps)
            except StopIteration as end:
                self.done.emit(end.value)
                return
            if report is not None:
                self.progressed.emit(report)
            if self._broken_off.is_set():
                steps.close()
                self.cancelled.emit()
                return


class JobThread(Worker):
    """Does jobs one after the other.

    Args:
        name: Of the thread.
        patient: Whether it lets everything else go first: the live view must not wait for it.

    Signals:
        job_ended: A `Job` that is at its end.
    """

    job_ended = Signal(object)

    def __init__(self, name: str, *, patient: bool = False) -> None:
        super().__init__(name)
        self._patient = patient
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def put(self, job: Job) -> None:
        """Adds a job at the end."""
        self._queue.put(job)

    def stop(self) -> None:
        """Asks for the end: what clears up is still done, the rest is dropped."""
        if not self.stopping:
            super().stop()
            self._queue.put(None)

    def work(self) -> None:
        """Does jobs until asked to stop."""
        if self._patient:
            let_others_go_first()
        while (job := self._queue.get()) is not None:
            if self.stopping and not job.must_run:
                job.cancel()
            job.run()
            self.job_ended.emit(job)
