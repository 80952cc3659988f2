"""Who was seen in the last minutes, over the live picture: a tap says who it is, or is not, after the face has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.types import FrameResult, Identity, IdentityState
from gui import theme
from gui.crop_wall import crop_pixmap
from gui.isolated import isolated
from gui.overlay import plate
from gui.seen_faces import KEPT_S, Seen, SeenFaces
from gui.touch import TARGET_PX, clear, named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.person_head import PersonHead

TILE = QSize(132, 132)
FACE_PX = 72
EDGE_PX, GAP_PX, HEAD_PX = 8, 6, 84
WIDEST_PX = 760
TICK_MS = 5000


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
        self._buttons: list[QToolButton] = []
        self._offered = True
        self.opener = named(QToolButton(view), "seenOpen")
        self._close = named(QToolButton(), "seenClose")
        self._tiles = QWidget()
        self._grid = QGridLayout(self._tiles)
        self._title = text_label(role="subtitle", name="seenTitle")
        self._timer = QTimer(self)
        self._build()
        view.installEventFilter(self)
        theme.manager().changed.connect(self._tint)
        self.hide()

    def add(self, result: FrameResult) -> None:
        """Takes what was found in a frame; nobody is noted where nobody may look."""
        if self._offered:
            self._seen.add(result)
            self._offer()

    def ask_again(self, network: str, head: PersonHead) -> None:
        """Asks a new head about everybody who was seen."""
        self._seen.ask_again(network, head)
        self._refresh()

    def new_source(self) -> None:
        """The picture comes from elsewhere, or begins anew."""
        self._seen.new_source()

    def forget(self) -> None:
        """Forgets everybody."""
        self._seen.forget()
        self._refresh()

    def set_offered(self, offered: bool) -> None:
        """Whether it may be opened: at a kiosk nobody sees who came before."""
        self._offered = offered
        if not offered:
            self.hide()
            self.forget()
        self._offer()

    def open(self) -> None:
        """Shows everybody."""
        self.show()
        self.raise_()
        self._refresh()
        self._close.setFocus()

    def _offer(self) -> None:
        self.opener.setVisible(self._offered and bool(self._seen.newest()))

    def _refresh(self) -> None:
        """Shows who is on the list now; what is not shown holds nobody's picture."""
        clear(self._grid)
        self._shown = self._seen.newest() if self.isVisible() else ()
        self._buttons = [self._tile(seen, place) for place, seen in enumerate(self._shown)]
        self._title.setText(self.tr("Seen in the last minutes") if self._shown else self.tr("Nobody was seen lately."))
        self._tell_times()
        self._arrange()
        self._offer()

    def _tick(self) -> None:
        """Nobody stays longer than was said; otherwise the tiles stay where they are, under the finger."""
        if any(self._seen.seconds_ago(seen) > KEPT_S for seen in self._shown):
            self._refresh()
        self._tell_times()
        self._offer()

    def _tile(self, seen: Seen, place: int) -> QToolButton:
        tile = named(QToolButton(), f"seen_{place}")
        theme.tag(tile, "quiet")
        tile.setIcon(QIcon(crop_pixmap(seen.tapped.crop, FACE_PX)))
        tile.setIconSize(QSize(FACE_PX, FACE_PX))
        tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tile.setFixedSize(TILE)
        tile.setProperty("place", place)
        tile.clicked.connect(self._choose)
        return tile

    def _tell_times(self) -> None:
        for tile, seen in zip(self._buttons, self._shown, strict=True):
            name, ago = _name(seen.tapped.face.identity), self._ago(self._seen.seconds_ago(seen))
            short = tile.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, TILE.width() - 12)
            tile.setText(f"{short}\n{ago}".replace("&", "&&"))
            tile.setAccessibleName(f"{name}, {ago}")

    def _ago(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        return self.tr("%n min ago", "", minutes) if minutes else self.tr("just now")

    def _choose(self) -> None:
        tapped = self._shown[int(self.sender().property("place"))].tapped
        self.hide()
        self.chosen.emit(tapped)

    def _arrange(self) -> None:
        """The button in the lower left corner; the sheet as high as its tiles, or as the picture."""
        view = self._view
        width = min(view.width() - 2 * EDGE_PX, WIDEST_PX)
        columns = max(1, (width - 28) // (TILE.width() + GAP_PX))
        for place, tile in enumerate(self._buttons):
            self._grid.addWidget(tile, *divmod(place, columns))
        rows = -(-len(self._buttons) // columns)
        height = min(view.height() - 2 * EDGE_PX, HEAD_PX + rows * (TILE.height() + GAP_PX))
        self.opener.move(EDGE_PX, view.height() - self.opener.height() - EDGE_PX)
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
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
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
        """Stays closed when its page is left, and lets the pictures go."""
        super().hideEvent(event)
        self.hide()
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._view.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the picture changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)


def _name(identity: Identity) -> str:
    """Who it is taken for."""
    said = plate(identity)
    if identity.state is IdentityState.KNOWN:
        return isolated(said.title)
    return (*said.details, said.title)[0]
