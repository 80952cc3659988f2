"""One file of a network as a large button: precision, size, accuracy, speed here, and how it stands."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy

from engine.catalogue import NetworkFile
from gui.labels import accuracy_label
from gui.numbers import ms_text, number, percent
from gui.state_mark import RowState, StateMark
from gui.touch import named, set_role, text_label

NO_BREAK = "\N{NO-BREAK SPACE}"


class NetworkRow(QPushButton):
    """A tap chooses this file.

    Args:
        key: Network and precision, "mobilenet:int8".
        file: The file.
        figures: The card's figures for this precision.
    """

    def __init__(self, key: str, file: NetworkFile, figures: Mapping[str, float | str]) -> None:
        super().__init__()
        self.key = key
        self._state = RowState.IDLE
        named(self, f"network_{key}", "network")
        self._mark = StateMark()
        self._name = named(QLabel(f"{file.precision} · {_megabytes(file)} MB"), "networkFile")
        self._status = named(QLabel(), "networkStatus", "hint")
        self._speed = text_label(role="hint", name="networkSpeed")
        self._accuracy = text_label(self._accuracy_text(figures), "hint", "networkAccuracy")
        self._latency = self.tr("speed not measured here yet")
        self._use = ""
        self._lay_out()
        self._show_speed()
        self.set_state(RowState.IDLE)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._mark, 0, 0, 3, 1)
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._status, 0, 2, right)
        grid.addWidget(self._accuracy, 1, 1, 1, 2)
        grid.addWidget(self._speed, 2, 1, 1, 2)
        for part in (self._mark, self._name, self._status, self._accuracy, self._speed):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def state(self) -> RowState:
        """How this file stands."""
        return self._state

    def set_state(self, state: RowState) -> None:
        """Shows how this file stands, by mark, word and frame."""
        self._state = state
        self._mark.show_state(state)
        set_role(self._status, {RowState.CURRENT: "good", RowState.FAILED: "error"}.get(state, "hint"))
        self._status.setText(
            {
                RowState.IDLE: "",
                RowState.LOADING: self.tr("loading …"),
                RowState.CURRENT: self.tr("in use"),
                RowState.FAILED: self.tr("did not load"),
            }[state]
        )
        self._name_for_readers()

    def set_latency(self, latency_ms: float) -> None:
        """Shows what one face takes on this machine."""
        self._latency = self.tr("{ms} ms a face here").format(ms=ms_text(latency_ms))
        self._show_speed()

    def set_use(self, fps: float, resident_mb: float) -> None:
        """Shows how the program did with this file when it was last in use."""
        if not (math.isnan(fps) or math.isnan(resident_mb)):
            self._use = self.tr("{fps} fps, {mb} MB in use").format(fps=number(fps), mb=number(resident_mb))
            self._show_speed()

    def _show_speed(self) -> None:
        self._speed.setText(" · ".join(text for text in (self._latency, self._use) if text))
        self._name_for_readers()

    def _accuracy_text(self, figures: Mapping[str, float | str]) -> str:
        parts = [_accuracy(key, value) for key, value in figures.items() if key.endswith("accuracy")]
        return ", ".join(parts) if parts else self.tr("its card states no accuracy")

    def _name_for_readers(self) -> None:
        texts = (self._name.text(), self._status.text(), self._accuracy.text(), self._speed.text())
        self.setAccessibleName(", ".join(text for text in texts if text))

    def sizeHint(self) -> QSize:
        """As large as its texts, and never too low for a thumb."""
        return self._grid.sizeHint().expandedTo(QSize(0, 56))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`, with wrapped texts."""
        return self._grid.minimumSize().expandedTo(QSize(0, 56))

    def hasHeightForWidth(self) -> bool:
        """Its texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped texts."""
        return max(56, self._grid.heightForWidth(width))


def _megabytes(file: NetworkFile) -> str:
    return number(file.size_bytes / 1e6, 1)


def _accuracy(key: str, value: float | str) -> str:
    task = accuracy_label(key.removesuffix("accuracy").rstrip("_"))
    shown = percent(value) if isinstance(value, float | int) else value
    return f"{task} {shown}".strip().replace(" ", NO_BREAK)
