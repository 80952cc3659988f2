"""Who is enrolled: a list to search, and everything kept of each person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.names import folded
from gui import theme
from gui.backup_view import BackupView
from gui.enrol_texts import date_text
from gui.head_versions import HeadVersions
from gui.isolated import isolated
from gui.keyboard import TouchKeyboard
from gui.list_wizard import ListWizard
from gui.people_buttons import PeopleButtons
from gui.people_desk import PeopleDesk
from gui.people_jobs import everybody
from gui.person_view import PersonView
from gui.receipt_view import ReceiptView
from gui.restore_view import RestoreView
from gui.touch import TARGET_PX, KeyboardOnTap, named, text_label, touch_list

if TYPE_CHECKING:
    from engine.deletion import DeletionReceipt
    from engine.people import PersonRecord

WIDE_PX = 1000
LIST_PX = 520
ROW_PX = 58
TALL_PX = 720
"""On a page so high, list, buttons and keyboard have room below one another."""
PERSON = Qt.ItemDataRole.UserRole


class PeoplePage(QWidget):
    """List and detail: side by side where there is room, else one after the other.

    Args:
        people: Does the work in the background.

    Signals:
        failed: An error that belongs in the banner.
        noted: Something worth knowing.
        outdated: An error in the banner that is not true any more.
        enrol_wanted: Name and ID of somebody to enrol, or to take more pictures of; both may be empty.
    """

    failed = Signal(object)
    noted = Signal(str)
    outdated = Signal(object)
    enrol_wanted = Signal(str, str)

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._records: tuple[PersonRecord, ...] = ()
        self._list_side = QWidget()
        self._title = text_label(role="title")
        self._search = named(QLineEdit(), "searchPeople")
        self._list = touch_list(named(QListWidget(), "peopleList"))
        self._nobody = text_label(role="hint", name="nobody")
        self._keyboard = TouchKeyboard()
        self._typing = KeyboardOnTap(self._search, self._keyboard)
        self._stack = QStackedWidget()
        self._empty = text_label(role="hint")
        self.person = PersonView(people)
        self.heads = HeadVersions(people)
        self.receipt = ReceiptView()
        self.listing = ListWizard(people)
        self.backup = BackupView(people)
        self.restore = RestoreView(people)
        self._buttons = PeopleButtons()
        self._details = (self.person, self.heads, self.receipt, self.listing, self.backup, self.restore)
        self._opened = False
        self._build()
        people.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Lists everybody anew."""
        if self.isVisible():
            self._people.ask(everybody).done.connect(self._show)

    def names(self) -> list[str]:
        """The names on the list, as filtered."""
        return [self._list.item(row).text().split("\n")[0] for row in range(self._list.count())]

    def open_person(self, person_id: int) -> None:
        """Shows everything kept of a person."""
        self.person.open(person_id)
        self._open(self.person)

    def _show(self, records: tuple[PersonRecord, ...]) -> None:
        self._records = records
        self._title.setText(self.tr("%n people enrolled", "", len(records)))
        self._empty.setText(self.tr("Tap somebody to see what is kept of them.") if records else "")
        self._search.setVisible(bool(records))
        self._buttons.offer(len(records), is_event=self._people.is_event)
        self._filter()
        if self._stack.currentWidget() is self.person:
            self.person.refresh()
        elif self._stack.currentWidget() is self.heads:
            self.heads.refresh()

    def _filter(self) -> None:
        wanted = folded(self._search.text()) if self._search.text().strip() else ""
        self._list.clear()
        for record in self._records:
            if wanted in folded(record.name) or (wanted and wanted in folded(record.external_id)):
                self._list.addItem(self._item(record))
        self._nobody.setText(
            self.tr("Nobody of that name or ID.") if self._records else self.tr("Nobody is enrolled yet.")
        )
        self._nobody.setVisible(self._list.count() == 0)

    def _item(self, record: PersonRecord) -> QListWidgetItem:
        name = f"{isolated(record.name)} ({isolated(record.external_id)})" if record.external_id else record.name
        kept = self.tr("%n picture(s), until {date}", "", record.samples).format(date=date_text(record.retain_until))
        item = QListWidgetItem(f"{name}\n{kept}")
        item.setIcon(theme.manager().icon("person", "muted"))
        item.setData(PERSON, record.person_id)
        item.setSizeHint(QSize(0, ROW_PX))
        return item

    def _chosen(self, item: QListWidgetItem) -> None:
        self.open_person(int(item.data(PERSON)))

    def _open_heads(self) -> None:
        self.heads.refresh()
        self._open(self.heads)

    def _resume(self, detail: ListWizard | BackupView | RestoreView) -> None:
        """Shows what is under way, or begins anew."""
        if detail.pending:
            self._open(detail)
        else:
            detail.open_new()

    def _opened_detail(self) -> None:
        detail = self.sender()
        if isinstance(detail, QWidget):
            self._open(detail)

    def _open(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self._opened = widget is not self._empty
        self._arrange()

    def _closed(self) -> None:
        """Closes a detail that is done, unless another one is on show meanwhile."""
        if self.sender() is self._stack.currentWidget():
            self._close()

    def _close(self) -> None:
        self._list.clearSelection()
        self._open(self.listing if self.listing.pending else self._empty)

    def _enrol(self) -> None:
        self.enrol_wanted.emit("", "")

    def _show_receipt(self, receipt: DeletionReceipt) -> None:
        self.receipt.show_receipt(receipt)
        self._open(self.receipt)

    def _arrange(self) -> None:
        wide = self.width() >= WIDE_PX
        self._list_side.setVisible(wide or not self._opened)
        self._stack.setVisible(wide or self._opened)
        self._list_side.setMaximumWidth(LIST_PX if wide else 16777215)
        self._buttons.setVisible(self.height() >= TALL_PX or not self._typing.shown)

    def _build(self) -> None:
        theme.tag(self, "page")
        self.setAcceptDrops(True)
        self._search.setPlaceholderText(self.tr("Search by name or ID …"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumHeight(TARGET_PX)
        self._search.textChanged.connect(self._filter)
        self._keyboard.attach(self._search)
        self._typing.toggled.connect(self._arrange)
        self._list_side.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._nobody.hide()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list.itemClicked.connect(self._chosen)
        self._list.itemActivated.connect(self._chosen)
        column = QVBoxLayout(self._list_side)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._search, self._nobody):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addWidget(self._buttons)
        column.addWidget(self._keyboard)
        for page in (self._empty, *self._details):
            self._stack.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(14)
        layout.addWidget(self._list_side, 1)
        layout.addWidget(self._stack, 2)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self._buttons.enrol_wanted.connect(self._enrol)
        self._buttons.heads_wanted.connect(self._open_heads)
        self._buttons.list_wanted.connect(lambda: self._resume(self.listing))
        self._buttons.backup_wanted.connect(lambda: self._resume(self.backup))
        self._buttons.restore_wanted.connect(lambda: self._resume(self.restore))
        for page in self._details:
            page.closed.connect(self._closed)
        for detail in (self.listing, self.backup, self.restore):
            detail.opened.connect(self._opened_detail)
        self.listing.person_wanted.connect(self.open_person)
        for page in (self.person, self.listing):
            page.enrol_wanted.connect(self.enrol_wanted)
        for page in (self.backup, self.restore):
            page.outdated.connect(self.outdated)
        for page in (self.person, self.heads, self.listing, self.backup, self.restore):
            page.noted.connect(self.noted)
        self.person.receipt_ready.connect(self._show_receipt)
        self.receipt.failed.connect(self.failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a list."""
        if _dropped_list(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the list that was dropped."""
        path = _dropped_list(event)
        if path is not None:
            event.acceptProposedAction()
            self.listing.open_list(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Looks who is there."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody's pictures stay on show, and whoever comes back finds everybody listed."""
        super().hideEvent(event)
        self._search.clear()
        if not (self.person.busy or self.backup.pending or self.restore.pending):
            self._close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()


def _dropped_list(event: QDropEvent) -> Path | None:
    """The list among the files that are dropped."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lower() == ".csv"), None)
