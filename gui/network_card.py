"""One network on the model panel: what its card says, its files, and why one did not load."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from engine.catalogue import Card
from engine.errors import UserError
from gui.card_texts import card_text
from gui.error_texts import translated
from gui.network_row import NetworkRow
from gui.state_mark import RowState
from gui.theme import repolish
from gui.touch import named, text_label


class NetworkCard(QFrame):
    """A network and its files.

    Args:
        card: What its folder says of it.

    Signals:
        chosen(str): A file was tapped, "mobilenet:int8".
    """

    chosen = Signal(str)

    def __init__(self, card: Card) -> None:
        super().__init__()
        named(self, f"card_{card.name}", "card")
        self.title = card.title
        self.rows: dict[str, NetworkRow] = {}
        self._error = text_label(role="error", name="networkError")
        self._error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(6)
        layout.addWidget(text_label(card.title, "subtitle"))
        layout.addWidget(text_label(card_text(card.description), "hint"))
        for file in card.files:
            row = NetworkRow(card.key(file), file, card.figures.get(file.precision, {}))
            row.clicked.connect(self._choose)
            self.rows[row.key] = row
            layout.addWidget(row)
        layout.addWidget(self._error)
        layout.addStretch(1)

    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, NetworkRow) and row.state not in (RowState.CURRENT, RowState.LOADING):
            self.chosen.emit(row.key)

    def show_state(self, key: str, state: RowState) -> None:
        """Shows how one file stands; any other file of this card in that state or loading is idle again."""
        for row in self.rows.values():
            if row.key == key:
                row.set_state(state)
            elif row.state in (state, RowState.LOADING):
                row.set_state(RowState.IDLE)
        in_use = any(row.state is RowState.CURRENT for row in self.rows.values())
        self.setProperty("selected", in_use)
        repolish(self)

    def show_error(self, error: UserError | None) -> None:
        """Says why a file did not load; None clears it."""
        shown = translated(error) if error else None
        self._error.setText(f"{shown.what} {shown.remedy}" if shown else "")
        self._error.setVisible(shown is not None)
