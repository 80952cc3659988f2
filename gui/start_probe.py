"""The real window on the demo clip, saying when it shows the first label: what `facedesk bench` times and weighs.

Run as `python -m gui.start_probe NETWORK FOLDER`; prints one line, and goes on until it is ended.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.paths import DataFolder
from gui.app import Facedesk, LaunchOptions, run


class LabelWatch(QObject):
    """Looks every few milliseconds whether a label is shown.

    Args:
        facedesk: Whose window it watches, and who owns it.

    Signals:
        labelled: The first label is shown; emitted once.
    """

    labelled = Signal()

    def __init__(self, facedesk: Facedesk) -> None:
        super().__init__(facedesk)
        self._view = facedesk.live.view
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._view.labels():
            self._timer.stop()
            self.labelled.emit()


def _watch(facedesk: Facedesk) -> None:
    LabelWatch(facedesk).labelled.connect(_say)


def _say() -> None:
    print("labelled", flush=True)  # noqa: T201


def main() -> int:
    """Opens the window."""
    return run(LaunchOptions(source="demo", model=sys.argv[1], data=DataFolder(Path(sys.argv[2]))), _watch)


if __name__ == "__main__":
    sys.exit(main())
