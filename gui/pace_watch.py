"""How the window keeps up: the longest wait of its event loop, and the pictures it shows."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot

from engine.bench.window import Pace
from engine.types import Frame
from gui.camera_view import CameraView

TICK_MS = 2


class PaceWatch(QObject):
    """Watches the event loop of the GUI thread and a camera view, from `begin` to `end`.

    Args:
        view: The view whose pictures are counted.
        parent: Owns the watch.
    """

    def __init__(self, view: CameraView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._painted: Frame | None = None
        self._pictures = 0
        self._began_s = self._ticked_s = self._longest_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Forgets what was before."""
        self._pictures, self._painted, self._longest_s = 0, self._view.frame, 0.0
        self._began_s = self._ticked_s = time.perf_counter()
        self._view.installEventFilter(self)
        self._timer.start()

    def end(self) -> Pace:
        """Stops watching, and tells what it saw."""
        self._tick()
        self._timer.stop()
        self._view.removeEventFilter(self)
        seconds = max(self._ticked_s - self._began_s, 1e-6)
        return Pace(round(1e3 * self._longest_s, 1), round(self._pictures / seconds, 1))

    @Slot()
    def _tick(self) -> None:
        now_s = time.perf_counter()
        self._longest_s = max(self._longest_s, now_s - self._ticked_s)
        self._ticked_s = now_s

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Counts the pictures that are painted; the boxes alone may be painted anew over one of them."""
        if event.type() == QEvent.Type.Paint and self._view.frame is not self._painted:
            self._painted = self._view.frame
            self._pictures += 1
        return False
