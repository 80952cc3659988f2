"""Who was seen in the last minutes, over the live picture: a tap says who it is, or is not, after the face has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.types import FrameResult
from gui import theme
from gui.crop_wall import crop_pixmap
from gui.overlay import plate
from gui.seen_faces import Seen, SeenFaces
from gui.tapped_face import TappedFace
from gui.touch import TARGET_PX, clear, named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.person_head import PersonHead

TILE = QSize(132, 132)
FACE_PX = 72
EDGE_PX, GAP_PX, HEAD_PX = 8, 6, 84
WIDEST_PX = 760
REFRESH_MS = 10_000


class SeenSheet(QFrame):
    """A button in the corner of the live picture, and the sheet that it opens.

    Args:
        view: The live picture.

    Signals:
        chosen: A `TappedFace` that was tapped.
    """

    chosen = Signal(object)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        named(self, "seenSheet", "notice")
        self._view = view
        self._seen = SeenFaces()
        self._shown: tuple[Seen, ...] = ()
        self._offered = True
        self.opener = named(QToolButton(view), "seenOpen")
        self._close = QToolButton()
        self._tiles = QWidget()
        self._grid = QGridLayout(self._tiles)
        self._title = text_label(role="subtitle", name="seenTitle")
        self._timer = QTimer(self)
        self._build()
        view.installEventFilter(self)
        theme.manager().changed.connect(self._tint)
        self.hide()

    def add(self, result: FrameResult) -> None:
        """Takes what was found in a frame."""
        self._seen.add(result)
        self._offer()

    def ask_again(self, network: str, head: PersonHead) -> None:
        """Asks a new head about everybody who was seen."""
        self._seen.ask_again(head)
        if self.isVisible():
            self._refresh()
        self._offer()

    def new_source(self) -> None:
        """The picture comes from elsewhere, or begins anew."""
        self._seen.new_source()

    def set_offered(self, offered: bool) -> None:
        """Whether it may be opened: at a kiosk nobody sees who came before."""
        self._offered = offered
        if not offered:
            self.hide()
        self._offer()

    def open(self) -> None:
        """Shows everybody."""
        self._refresh()
        self.show()
        self.raise_()
        self._timer.start()

    def _offer(self) -> None:
        self.opener.setVisible(self._offered and bool(self._seen.newest()))

    def _refresh(self) -> None:
        seen = self._seen.newest()
        clear(self._grid)
        self._shown = seen
        for place, each in enumerate(seen):
            self._grid.addWidget(self._tile(each, place), *divmod(place, self._columns()))
        self._title.setText(self.tr("Seen in the last minutes") if seen else self.tr("Nobody was seen lately."))
        self._place()

    def _tile(self, seen: Seen, place: int) -> QToolButton:
        tile = named(QToolButton(), f"seen_{place}")
        theme.tag(tile, "quiet")
        said = plate(seen.tapped.face.identity)
        name, ago = (*said.details, said.title)[0], self._ago(self._seen.seconds_ago(seen))
        tile.setIcon(QIcon(crop_pixmap(seen.tapped.crop, FACE_PX)))
        tile.setIconSize(QSize(FACE_PX, FACE_PX))
        tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tile.setText(f"{tile.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, TILE.width() - 12)}\n{ago}")
        tile.setAccessibleName(f"{name}, {ago}")
        tile.setFixedSize(TILE)
        tile.setProperty("place", place)
        tile.clicked.connect(self._choose)
        return tile

    def _ago(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        return self.tr("%n min ago", "", minutes) if minutes else self.tr("just now")

    def _choose(self) -> None:
        tapped: TappedFace = self._shown[int(self.sender().property("place"))].tapped
        self.hide()
        self.chosen.emit(tapped)

    def _width(self) -> int:
        return min(self._view.width() - 2 * EDGE_PX, WIDEST_PX)

    def _columns(self) -> int:
        return max(1, (self._width() - 28) // (TILE.width() + GAP_PX))

    def _place(self) -> None:
        """The button in the lower left corner; the sheet as high as its tiles, or as the picture."""
        view, width = self._view, self._width()
        self.opener.move(EDGE_PX, view.height() - self.opener.height() - EDGE_PX)
        rows = -(-len(self._shown) // self._columns())
        height = min(view.height() - 2 * EDGE_PX, HEAD_PX + rows * (TILE.height() + GAP_PX))
        self.setGeometry((view.width() - width) // 2, view.height() - height - EDGE_PX, width, height)

    def _tint(self) -> None:
        self._close.setIcon(theme.manager().icon("close"))
        self.opener.setIcon(theme.manager().icon("recent"))

    def _build(self) -> None:
        for button, text in ((self._close, self.tr("Close")), (self.opener, self.tr("Seen in the last minutes"))):
            button.setFixedSize(TARGET_PX, TARGET_PX)
            button.setIconSize(QSize(24, 24))
            button.setAccessibleName(text)
            button.setToolTip(text)
        theme.tag(self._close, "quiet")
        self._close.clicked.connect(self.hide)
        self.opener.clicked.connect(self.open)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_PX)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addLayout(head)
        layout.addWidget(touch_scroll(self._tiles, "seenScroll"), 1)
        self._tint()
        self._offer()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not shown need not be kept fresh."""
        self._timer.stop()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the picture changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
            if self.isVisible():
                self._refresh()
        return super().eventFilter(watched, event)
