"""The figures beside the charts: four large ones above, one line per stage at the side."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.labels import stage_label
from gui.numbers import NOTHING, ms_text, number
from gui.performance_history import STAGES, Figures
from gui.performance_plots import STAGE_COLOURS
from gui.touch import named


class _Tile(QFrame):
    """One large figure and what it is."""

    def __init__(self, caption: str, name: str) -> None:
        super().__init__()
        named(self, name, "tile")
        self.value = named(QLabel(NOTHING), role="figure")
        self.caption = named(QLabel(caption), role="hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.setSpacing(0)
        self.caption.setMinimumWidth(1)
        layout.addWidget(self.value)
        layout.addWidget(self.caption)


class HeadFigures(QWidget):
    """Results per second, median and 95th percentile of a frame, dropped frames."""

    def __init__(self) -> None:
        super().__init__()
        self._fps = _Tile(self.tr("fps"), "fpsTile")
        self._p50 = _Tile(self.tr("ms a frame, p50"), "p50Tile")
        self._p95 = _Tile(self.tr("ms a frame, p95"), "p95Tile")
        self._dropped = _Tile(self.tr("dropped frames"), "droppedTile")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Two by two where there is no room for four in a row."""
        in_a_row = 2 if narrow else 4
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < in_a_row else 0)
        for index, tile in enumerate((self._fps, self._p50, self._p95, self._dropped)):
            self._grid.addWidget(tile, index // in_a_row, index % in_a_row)

    def show_figures(self, figures: Figures, paused: bool) -> None:
        """Writes the figures."""
        self._fps.value.setText(number(figures.fps, 1) if figures.results else NOTHING)
        self._fps.caption.setText(self.tr("fps (paused)") if paused else self.tr("fps"))
        self._p50.value.setText(ms_text(figures.frame.p50_ms))
        self._p95.value.setText(ms_text(figures.frame.p95_ms))
        self._dropped.value.setText(number(figures.dropped))


class StageTable(QWidget):
    """What each stage takes: the legend of the lower chart, with figures."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "stageTable")
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        for column, title in ((1, self.tr("Step")), (2, self.tr("p50 ms")), (3, self.tr("p95 ms"))):
            self._grid.addWidget(named(QLabel(title), role="hint"), 0, column, _right(column))
        # As in the chart: the last stage lies on top.
        for row, stage in enumerate(reversed(STAGES), 1):
            self._add_row(row, stage)
        self._grid.setRowStretch(len(STAGES) + 1, 1)
        self._grid.setColumnStretch(1, 1)

    def _add_row(self, row: int, stage: str) -> None:
        swatch = QPixmap(14, 14)
        swatch.fill(QColor(STAGE_COLOURS[stage]))
        mark = QLabel()
        mark.setPixmap(swatch)
        self._grid.addWidget(mark, row, 0)
        self._grid.addWidget(QLabel(stage_label(stage)), row, 1)
        cells = (named(QLabel(NOTHING), f"p50_{stage}"), named(QLabel(NOTHING), f"p95_{stage}"))
        for column, cell in enumerate(cells, 2):
            self._grid.addWidget(cell, row, column, _right(column))
        self._cells[stage] = cells

    def show_figures(self, figures: Figures) -> None:
        """Writes the figures of each stage."""
        for stage, (p50, p95) in self._cells.items():
            p50.setText(ms_text(figures.stages[stage].p50_ms))
            p95.setText(ms_text(figures.stages[stage].p95_ms))


def _right(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
