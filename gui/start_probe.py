"""The real window on the demo clip, saying when it shows the first label: what `facedesk bench` times and weighs.

Run as `python -m gui.start_probe NETWORK FOLDER`; prints one line, and goes on until it is ended.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from engine.paths import DataFolder
from gui.app import LaunchOptions, run
from gui.camera_view import CameraView


class LabelWatch(QObject):
    """Looks every few milliseconds whether a label is shown, and says so once."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if any(_labels(window) for window in QApplication.topLevelWidgets()):
            print("labelled", flush=True)  # noqa: T201
            self._timer.stop()


def _labels(window: QWidget) -> list[str]:
    view = window.findChild(CameraView)
    return view.labels() if isinstance(view, CameraView) else []


def main() -> int:
    """Opens the window."""
    application = QApplication(sys.argv[:1])
    watch = LabelWatch()
    code = run(LaunchOptions(source="demo", model=sys.argv[1], data=DataFolder(Path(sys.argv[2]))))
    del watch, application
    return code


if __name__ == "__main__":
    sys.exit(main())
