"""Choose the network and its precision; see its card, its speed here, and what a switch changed."""

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.catalogue import Catalogue, network_name
from engine.errors import UserError
from engine.types import FrameResult
from gui.error_texts import translated
from gui.measurer import Measurer
from gui.measuring import Measured, NetworkSpeed, SwitchMeter, measure_all
from gui.network_card import NetworkCard
from gui.state_mark import RowState
from gui.switch_report import SwitchReport
from gui.touch import button, named, text_label, touch_scroll

CARD_PX = 320
SHUT_DOWN_S = 1.5


class ModelPanel(QWidget):
    """Lists every network of the catalogue, each file as a large button.

    Args:
        catalogue: The networks found, and the cards that could not be read.
        measure: Makes the job behind “Measure here”.

    Signals:
        network_chosen(str): The user wants this one, "mobilenet:int8".
        failed(UserError): The measurement broke off.
    """

    network_chosen = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        catalogue: Catalogue,
        parent: QWidget | None = None,
        *,
        measure: Callable[[Catalogue], Iterator[NetworkSpeed]] = measure_all,
    ) -> None:
        super().__init__(parent)
        self._meter = SwitchMeter()
        self._job = lambda: measure(catalogue)
        self._measurer: Measurer | None = None
        self.current = ""
        self._columns = 0
        self._cards = self._make_cards(catalogue)
        self._build(catalogue)

    def _make_cards(self, catalogue: Catalogue) -> dict[str, NetworkCard]:
        cards: dict[str, NetworkCard] = {}
        for card in catalogue.cards:
            widget = cards[card.name] = NetworkCard(card)
            widget.chosen.connect(self.network_chosen)
        return cards

    def _build(self, catalogue: Catalogue) -> None:
        self._measure = button(self.tr("Measure here"), "measureHere")
        self._measure.clicked.connect(self.measure_here)
        self._measure.setEnabled(bool(self._cards))
        self.report = SwitchReport(self._title_of)
        content = named(QWidget(), "modelPanelContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.report)
        if not self._cards:
            column.addWidget(
                _empty(self.tr("No network is installed."), self.tr("Reinstall Facedesk, then start again."))
            )
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        column.addLayout(self._grid)
        for problem in catalogue.problems:
            shown = translated(problem)
            column.addWidget(_empty(shown.what, shown.remedy))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = touch_scroll(content, "modelPanelScroll")
        outer.addWidget(self._scroll)
        self._arrange(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(text_label(self.tr("Network"), "title"), 1)
        head.addWidget(self._measure)
        return head

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for index, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, index // columns, index % columns)

    def _title_of(self, key: str) -> str:
        name, _, precision = key.partition(":")
        card = self._cards.get(name)
        return f"{card.title if card else name} {precision}"

    def _card_of(self, key: str) -> NetworkCard | None:
        return self._cards.get(network_name(key))

    def set_current(self, key: str) -> None:
        """Shows which network is in use; a busy one is idle again."""
        self.current = key
        for card in self._cards.values():
            card.show_state(key, RowState.CURRENT)
            card.show_error(None)

    def set_busy(self, key: str) -> None:
        """Shows that a network is being loaded; the current one stays in use meanwhile."""
        for card in self._cards.values():
            card.show_state(key, RowState.LOADING)
            card.show_error(None)

    def set_failed(self, key: str, error: Exception) -> None:
        """Says on its card why a network did not load; the current one stays in use."""
        card = self._card_of(key)
        if card:
            unknown = UserError("This network did not load.", "The log says more.")
            card.show_state(key, RowState.CURRENT if key == self.current else RowState.FAILED)
            card.show_error(error if isinstance(error, UserError) else unknown)

    def set_measured(self, key: str, ms: float | None, fps: float = math.nan, mb: float = math.nan) -> None:
        """Shows figures of a network on this machine.

        Args:
            key: Network and precision.
            ms: Milliseconds for one face; None leaves what is shown.
            fps: Results per second of the program with it; NaN when not known.
            mb: Memory that the program held with it, million bytes; NaN when not known.
        """
        card = self._card_of(key)
        row = card.rows.get(key) if card else None
        if row is None:
            return
        if ms is not None:
            row.set_latency(ms)
        if not math.isnan(fps):
            row.set_use(fps, mb)

    def show_before_after(self, before: Measured, after: Measured) -> None:
        """Shows what a switch changed."""
        self.report.show_switch(before, after)

    def add_result(self, result: FrameResult) -> None:
        """Follows how the program does, and reports by itself what a switch changed; cheap."""
        answer = self._meter.add(result)
        if answer is None:
            return
        before, after = answer
        self.set_measured(after.key, None, after.fps, after.resident_mb)
        if before is not None:
            self.show_before_after(before, after)

    def measure_here(self) -> None:
        """Measures every file in the background."""
        if self._measurer is not None:
            return
        self._measure.setEnabled(False)
        self._measure.setText(self.tr("Measuring …"))
        self._measurer = Measurer(self._job)
        self._measurer.measured.connect(self._show_speed)
        self._measurer.failed.connect(self.failed)
        self._measurer.finished.connect(self._measuring_ended)
        self._measurer.start()

    def _show_speed(self, speed: NetworkSpeed) -> None:
        if speed.error is not None:
            self.set_failed(speed.key, speed.error)
        else:
            self.set_measured(speed.key, speed.latency_ms)

    def _measuring_ended(self) -> None:
        self._measurer = None
        self._measure.setEnabled(True)
        self._measure.setText(self.tr("Measure here"))

    def shut_down(self) -> None:
        """Ends a measurement; call it before the window goes."""
        if self._measurer is not None:
            self._measurer.stop()
            self._measurer.wait(SHUT_DOWN_S)

    def showEvent(self, event: QShowEvent) -> None:
        """Brings the network in use into view."""
        super().showEvent(event)
        card = self._card_of(self.current)
        if card:
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(card, 0, 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange(max(1, min(3, event.size().width() // CARD_PX)))


def _empty(what: str, remedy: str) -> QFrame:
    frame = named(QFrame(), role="card")
    layout = QVBoxLayout(frame)
    layout.addWidget(text_label(what, "error"))
    layout.addWidget(text_label(remedy, "hint"))
    return frame
