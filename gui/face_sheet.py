"""What can be said of a face that was tapped in the live picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.names import folded
from engine.types import Identity, IdentityState, TrackedFace
from gui import theme
from gui.crop_wall import crop_pixmap
from gui.isolated import isolated
from gui.keyboard import TouchKeyboard
from gui.numbers import percent
from gui.tapped_face import TappedFace
from gui.touch import TARGET_PX, NameButton, button, clear, named, share_row, text_label, touch_list

if TYPE_CHECKING:
    from engine.person_head import PersonHead

FACE_PX = 72
MOST_OFFERED = 2
EDGE_PX, SIDE_PX = 8, 14
WIDEST_PX = 760
PERSON = Qt.ItemDataRole.UserRole


class FaceSheet(QFrame):
    """A sheet over the lower part of the live picture.

    Args:
        view: The live picture.

    Signals:
        refused: A `TappedFace`, number and name of the person it is not.
        named: A `TappedFace`, number and name of the person it is.
        enrol_wanted: The person is to be enrolled.
    """

    refused = Signal(object, int, str)
    named = Signal(object, int, str)
    enrol_wanted = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        named(self, "faceSheet", "notice")
        self._view = view
        self._tapped: TappedFace | None = None
        self._people: dict[int, str] = {}
        self._picture = QLabel()
        self._title = text_label(role="subtitle", name="faceSheetTitle")
        self._close = QToolButton()
        self._buttons = QWidget()
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        self._naming: list[NameButton] = []
        self._others: list[QPushButton] = []
        self._chooser = QWidget()
        self._search = named(QLineEdit(), "faceSheetSearch")
        self._list = touch_list(named(QListWidget(), "faceSheetList"))
        self._keyboard = TouchKeyboard()
        self._build()
        view.installEventFilter(self)
        theme.manager().changed.connect(self._tint)
        self.hide()

    def open(self, tapped: TappedFace, head: PersonHead | None, external_ids: Mapping[int, str]) -> None:
        """Shows what can be said of a face.

        Args:
            tapped: The face.
            head: Who is known, and who looks alike.
            external_ids: By the person's number; tell people of the same name apart.
        """
        self._tapped = tapped
        names = {} if head is None else dict(zip(head.state.person_ids.tolist(), head.names, strict=True))
        self._people = _told_apart(names, external_ids)
        self._picture.setPixmap(crop_pixmap(tapped.crop, FACE_PX))
        self._title.setText(self._title_text(tapped.face))
        self._offer(tapped.face, head)
        self._chooser.hide()
        self._place()
        self.show()
        self.raise_()

    def close_unless(self, network: str, head: PersonHead) -> None:
        """Closes unless this network looked at the face, and its head still knows everybody who is named here."""
        if self._tapped is None:
            return
        about = self._tapped.face.identity.person_id
        named_here = {*self._people} if about is None else {*self._people, about}
        if self._tapped.network != network or not named_here <= set(head.state.person_ids.tolist()):
            self.hide()

    def _title_text(self, face: TrackedFace) -> str:
        identity = face.identity
        if identity.name is None:
            return self.tr("Not known. Who is it?")
        return self.tr("{name}, {share}. Is that right?").format(
            name=isolated(self._called(identity)), share=percent(identity.probability, 0)
        )

    def _offer(self, face: TrackedFace, head: PersonHead | None) -> None:
        self._clear_buttons()
        identity = face.identity
        if identity.name is not None and identity.person_id is not None:
            refusing = NameButton(self.tr("Not {name}"), self._called(identity), "notThis")
            self._add_naming(refusing, identity.person_id, self._refuse)
        if head is not None and face.embedding is not None:
            sure = (
                identity.person_id if identity.state is IdentityState.KNOWN and identity.person_id is not None else -1
            )
            for likely in head.neighbours(face.embedding, most=MOST_OFFERED, besides=(sure,)):
                person_id = likely.person_id
                telling = NameButton(self.tr("It is {name}"), self._people[person_id], f"itIs_{person_id}")
                self._add_naming(telling, person_id, self._name)
        if len(self._people) > MOST_OFFERED:
            self._add(button(self.tr("Somebody else …"), "chooseName"), self._choose)
        if identity.state is not IdentityState.KNOWN and self._tapped is not None and self._tapped.in_view:
            self._add(button(self.tr("Enrol this person"), "enrolThis"), self._enrol)

    def _called(self, identity: Identity) -> str:
        """As on the list; who is not on it any more, as when the face was seen."""
        return self._people.get(identity.person_id or 0, identity.name or "")

    def _add_naming(self, made: NameButton, person_id: int, slot: object) -> None:
        made.setProperty("person", person_id)
        made.clicked.connect(slot)
        self._naming.append(made)

    def _add(self, made: QPushButton, slot: object) -> None:
        made.clicked.connect(slot)
        self._others.append(made)

    def _clear_buttons(self) -> None:
        for row in (self._row, self._below):
            clear(row)
        self._naming, self._others = [], []

    def _lay_buttons(self, width_px: int) -> None:
        """In one row where whole names fit; else those that name nobody stand below, and long names are cut."""
        for naming in self._naming:
            naming.show_whole()
        in_one_row = _width_px((*self._naming, *self._others), self._row.spacing()) <= width_px
        for each in (*self._naming, *self._others):
            row = self._row if in_one_row or each in self._naming else self._below
            row.addWidget(each, 1)
            each.show()
        share_row(self._naming, width_px, self._row.spacing())

    def _refuse(self) -> None:
        self._say(self.refused, int(self.sender().property("person")))

    def _name(self) -> None:
        self._say(self.named, int(self.sender().property("person")))

    def _say(self, signal: object, person_id: int) -> None:
        tapped, name = self._tapped, self._people.get(person_id, "")
        self.hide()
        if tapped is not None:
            signal.emit(tapped, person_id, name)  # type: ignore[attr-defined]

    def _enrol(self) -> None:
        self.hide()
        self.enrol_wanted.emit()

    def _choose(self) -> None:
        self._search.clear()
        self._filter()
        self._buttons.hide()
        self._chooser.show()
        self._search.setFocus()
        self._place()

    def _filter(self) -> None:
        wanted = folded(self._search.text()) if self._search.text().strip() else ""
        self._list.clear()
        for person_id, name in sorted(self._people.items(), key=lambda person: folded(person[1])):
            if wanted in folded(name):
                item = QListWidgetItem(name)
                item.setData(PERSON, person_id)
                item.setSizeHint(QSize(0, TARGET_PX))
                self._list.addItem(item)

    def _chosen(self, item: QListWidgetItem) -> None:
        self._say(self.named, int(item.data(PERSON)))

    def _place(self) -> None:
        """At the bottom of the picture, over all of it while a name is searched."""
        view = self._view
        width, tallest = min(view.width() - 2 * EDGE_PX, WIDEST_PX), view.height() - 2 * EDGE_PX
        self._buttons.setVisible(self._chooser.isHidden())
        self._lay_buttons(width - 2 * SIDE_PX)
        wanted = tallest if not self._chooser.isHidden() else self.sizeHint().height()
        height = min(max(wanted, 150), tallest)
        self.setGeometry(QRect((view.width() - width) // 2, view.height() - height - EDGE_PX, width, height))

    def _tint(self) -> None:
        self._close.setIcon(theme.manager().icon("close"))

    def _build(self) -> None:
        theme.tag(self._close, "quiet")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.clicked.connect(self.hide)
        self._search.setPlaceholderText(self.tr("Search by name …"))
        self._search.setMinimumHeight(TARGET_PX)
        self._search.textChanged.connect(self._filter)
        self._keyboard.attach(self._search)
        self._list.itemClicked.connect(self._chosen)
        rows = QVBoxLayout(self._buttons)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._row)
        rows.addLayout(self._below)
        head = QHBoxLayout()
        head.addWidget(self._picture)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self._chooser)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self._search, self._list, self._keyboard):
            inside.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE_PX, 10, SIDE_PX, 12)
        layout.addLayout(head)
        layout.addWidget(self._buttons)
        layout.addWidget(self._chooser, 1)
        self._chooser.hide()
        self._tint()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stays closed when its page is left, and lets go of the face and the names."""
        super().hideEvent(event)
        self.hide()
        self._tapped, self._people = None, {}
        self._picture.clear()
        self._title.clear()
        self._search.clear()
        self._list.clear()
        self._clear_buttons()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the picture changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _width_px(made: Sequence[QPushButton], spacing_px: int) -> int:
    return sum(each.sizeHint().width() for each in made) + spacing_px * (len(made) - 1)


def _told_apart(names: Mapping[int, str], external_ids: Mapping[int, str]) -> dict[int, str]:
    """The names; those that several people have, with their IDs."""
    counts = Counter(names.values())
    return {
        person_id: f"{isolated(name)} ({isolated(external_ids[person_id])})"
        if counts[name] > 1 and external_ids.get(person_id)
        else name
        for person_id, name in names.items()
    }
