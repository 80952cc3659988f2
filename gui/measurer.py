"""Measures every network file in the background, each with an interpreter of its own."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal

from gui.measuring import NetworkSpeed
from gui.workers import Worker


class Measurer(Worker):
    """Runs a measurement job once; stops between two files when asked to.

    Args:
        job: Makes the generator of speeds; called in the thread.

    Signals:
        measured(NetworkSpeed): One more file was measured, or could not be.
    """

    measured = Signal(object)

    def __init__(self, job: Callable[[], Iterator[NetworkSpeed]]) -> None:
        super().__init__("measurement")
        self._job = job

    def work(self) -> None:
        """Works through the job."""
        for speed in self._job():
            if self.stopping:
                return
            self.measured.emit(speed)
