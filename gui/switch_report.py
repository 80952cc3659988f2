"""What a switch of the network changed: before → after, in figures."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from gui.measuring import Measured
from gui.numbers import ms_text, number
from gui.touch import named, text_label


class SwitchReport(QFrame):
    """Hidden until there was a switch.

    Args:
        title_of: The title of a network, by its key.
    """

    def __init__(self, title_of: Callable[[str], str]) -> None:
        super().__init__()
        named(self, "switchReport", "card")
        self.setMaximumWidth(480)
        self._title_of = title_of
        self._names = text_label(role="subtitle", name="switchNames")
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._names, 0, 0, 1, 2)
        captions = (
            self.tr("ms to look at faces"),
            self.tr("ms a frame"),
            self.tr("frames per second"),
            self.tr("MB in use"),
        )
        self._cells = [self._add(grid, row, caption) for row, caption in enumerate(captions, 1)]
        self.hide()

    def _add(self, grid: QGridLayout, row: int, caption: str) -> QLabel:
        value = named(QLabel(), f"switchFigure{row}", "subtitle")
        grid.addWidget(named(QLabel(caption), role="hint"), row, 0)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        return value

    def show_switch(self, before: Measured, after: Measured) -> None:
        """Shows the figures of the network before and of the one after."""
        names = self.tr("{before} → {after}")
        self._names.setText(names.format(before=self._title_of(before.key), after=self._title_of(after.key)))
        pairs = (
            (ms_text(before.look_ms), ms_text(after.look_ms)),
            (ms_text(before.frame_ms), ms_text(after.frame_ms)),
            (number(before.fps), number(after.fps)),
            (number(before.resident_mb), number(after.resident_mb)),
        )
        for cell, (old, new) in zip(self._cells, pairs, strict=True):
            cell.setText(f"{old} → {new}")
        self.show()
