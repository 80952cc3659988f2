"""The performance page: how fast the program is, and where the time goes."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import UserError
from engine.paths import write_atomically
from engine.types import FrameResult
from gui import theme
from gui.performance_figures import HeadFigures, StageTable
from gui.performance_history import PerformanceHistory
from gui.performance_plots import PerformancePlots
from gui.touch import button, named

CURVES_EVERY_MS = 200
TEXT_EVERY = 5
NARROW_PX = 560
LEAST_PX = 340


class PerformanceChart(QWidget):
    """Results per second and time per stage over the last minute.

    Results are kept whether it is shown or not; it draws only while it is shown.

    Args:
        history: Where results are kept; one made before the page was first shown, or its own.
        clock_ns: The clock of `FrameResult.finished_ns`.

    Signals:
        failed(UserError): An export could not be written.
        exported(str): A file was written there.
    """

    failed = Signal(object)
    exported = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        history: PerformanceHistory | None = None,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._clock_ns = clock_ns
        self._history = history if history is not None else PerformanceHistory()
        self._held: tuple[PerformanceHistory, int] | None = None
        self._ticks = 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(CURVES_EVERY_MS)
        self._timer.timeout.connect(self.redraw)

    def _build(self) -> None:
        self._head = HeadFigures()
        self._plots = PerformancePlots()
        self._plots.set_titles(
            self.tr("Frames looked at per second"), self.tr("Milliseconds a frame, by step, last 60 s")
        )
        self._table = StageTable()
        self._sheet = named(QWidget(), "performanceSheet")
        self._body = QHBoxLayout()
        self._body.addWidget(self._plots, 1)
        self._body.addWidget(self._table, 0)
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.addWidget(self._head)
        sheet.addLayout(self._body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._sheet, 1)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self._pause = button(self.tr("Pause"), "pauseChart")
        self._pause.setCheckable(True)
        self._pause.toggled.connect(self.set_paused)
        self._csv = button("CSV", "exportCsv")
        self._csv.setToolTip(self.tr("Save the last minute as a table"))
        self._csv.clicked.connect(self._ask_csv)
        self._png = button("PNG", "exportPng")
        self._png.setToolTip(self.tr("Save the charts as a picture"))
        self._png.clicked.connect(self._ask_png)
        row = QHBoxLayout()
        for each in (self._pause, self._csv, self._png):
            each.setAccessibleName(each.toolTip() or each.text())
            row.addWidget(each, 1)
        theme.manager().changed.connect(self._tint)
        self._tint()
        return row

    def _tint(self) -> None:
        self._pause.setIcon(theme.manager().icon("play" if self.paused else "pause"))
        for each in (self._csv, self._png):
            each.setIcon(theme.manager().icon("download"))

    def add_result(self, result: FrameResult, dropped: int = 0) -> None:
        """Keeps one result; cheap, and nothing is drawn.

        Args:
            result: The newest result.
            dropped: The work mailbox's count of dropped frames so far (`Latest.dropped`).
        """
        self._history.add(result, dropped)

    @property
    def paused(self) -> bool:
        """Whether the picture stands still; results are kept meanwhile."""
        return self._held is not None

    def set_paused(self, paused: bool) -> None:
        """Holds the picture, or lets it run again."""
        self._held = (self._history.copy(), self._clock_ns()) if paused else None
        self._pause.setChecked(paused)
        self._pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self._tint()
        self._ticks = 0
        self.redraw()

    def _now_shown(self) -> tuple[PerformanceHistory, int]:
        return self._held or (self._history, self._clock_ns())

    def redraw(self) -> None:
        """Draws the curves, and every fifth time the figures."""
        history, now_ns = self._now_shown()
        self._plots.draw(history.curves(now_ns))
        if self._ticks % TEXT_EVERY == 0:
            figures = history.figures(now_ns)
            self._head.show_figures(figures, self.paused)
            self._table.show_figures(figures)
        self._ticks += 1

    def export_csv(self, path: Path) -> None:
        """Writes the minute that is shown as a table, one line per result.

        Raises:
            UserError: The file cannot be written.
        """
        text = io.StringIO(newline="")
        history, now_ns = self._now_shown()
        csv.writer(text).writerows(history.table(now_ns))
        self._write(path, text.getvalue().encode())

    def export_png(self, path: Path) -> None:
        """Writes the charts and their figures as a picture.

        Raises:
            UserError: The file cannot be written.
        """
        self._ticks = 0
        self.redraw()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._sheet.grab().save(buffer, "PNG")
        self._write(path, bytes(buffer.data().data()))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_atomically(path, data)
        except OSError as error:
            raise UserError(
                self.tr("The file {name} cannot be written: {reason}.").format(name=path.name, reason=error.strerror),
                self.tr("Choose another folder."),
            ) from error

    def _ask_csv(self) -> None:
        self._ask(self.export_csv, "facedesk-performance.csv", self.tr("Tables (*.csv)"))

    def _ask_png(self) -> None:
        self._ask(self.export_png, "facedesk-performance.png", self.tr("Pictures (*.png)"))

    def _ask(self, export: Callable[[Path], None], name: str, kinds: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save"), str(Path.home() / name), kinds)
        if not chosen:
            return
        try:
            export(Path(chosen))
        except UserError as error:
            self.failed.emit(error)
        else:
            self.exported.emit(chosen)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a side column: below `NARROW_PX` its parts stand one below the other."""
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Starts drawing."""
        super().showEvent(event)
        self._ticks = 0
        self.redraw()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops drawing."""
        self._timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the table under the plots where there is no room beside them."""
        narrow = event.size().width() < NARROW_PX
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(direction)
        self._head.set_narrow(narrow)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Takes the colours of a new theme."""
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_plots"):
            self._plots.use_palette(self.palette())
        super().changeEvent(event)
