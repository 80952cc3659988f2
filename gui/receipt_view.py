"""The receipt of a deletion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import StoreError
from engine.paths import write_atomically
from gui.enrol_texts import moment_text
from gui.isolated import enumerated, without_isolates
from gui.touch import button, named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.deletion import DeletionReceipt


class ReceiptView(QWidget):
    """Says what was deleted; the receipt itself is not kept with the name.

    Signals:
        closed: Back to the list.
        failed: The receipt could not be saved.
    """

    closed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._text = text_label(name="receiptText")
        done = button(self.tr("Done"), "receiptDone", "primary")
        done.clicked.connect(self.closed)
        save = button(self.tr("Save the receipt …"), "saveReceipt")
        save.clicked.connect(self._choose_file)
        card = named(QFrame(), role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.addWidget(self._text)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        row.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text_label(self.tr("Deleted"), "title"))
        layout.addWidget(touch_scroll(card), 1)
        layout.addLayout(row)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_receipt(self, receipt: DeletionReceipt) -> None:
        """Shows a receipt."""
        self._text.setText(self._words(receipt))

    def _words(self, receipt: DeletionReceipt) -> str:
        asked, expired = self.tr("as asked"), self.tr("the retention date has passed")
        when = moment_text(receipt.deleted_at)
        lines = [
            self.tr("Receipt {number}, {when}").format(number=receipt.number, when=when),
            self.tr("Deleted: {names} ({why})").format(
                names=enumerated(receipt.names), why=expired if receipt.reason == "retention" else asked
            ),
            self.tr("%n picture(s) with what was computed from them, and all consents.", "", receipt.samples),
            self._heads_text(receipt),
        ]
        if not receipt.wiped:
            lines.append(self.tr("Another program uses the database: the next start overwrites the last traces."))
        still = self.tr("Still there, delete it yourself: {path}")
        lines += [still.format(path=path) for path in receipt.exports]
        lines.append(self.tr("Backups made earlier still hold them; restoring one here leaves them out."))
        return "\n".join(line for line in lines if line)

    def _heads_text(self, receipt: DeletionReceipt) -> str:
        if receipt.untrained:
            gone = self.tr("Recognition by {networks} was deleted; make it anew: facedesk retrain.")
            return gone.format(networks=", ".join(receipt.untrained))
        return self.tr("Recognition was trained anew without them.") if receipt.heads else ""

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save the receipt"), "receipt.txt")
        if file:
            try:
                write_atomically(Path(file), without_isolates(self.text).encode())
            except OSError as error:
                self.failed.emit(StoreError(f"{file} cannot be written: {error.strerror}.", "Choose another folder."))
