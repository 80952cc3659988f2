"""The first question: what is the program for, and what will it keep."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.touch import named, text_label, touch_scroll

ICON_PX = 40
SIDE_BY_SIDE_PX = 620
LEAST_HEIGHT_PX = 140
TALLEST_PX = 320
WIDEST_PX = 1080


class FirstRunPage(QWidget):
    """Three large cards; a tap or a key chooses.

    Signals:
        purpose_chosen(str): "attendance", "try" or "event".
    """

    purpose_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = named(QWidget(), "firstRunContent")
        content.setMaximumWidth(WIDEST_PX)
        column = QVBoxLayout(content)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(text_label(self.tr("What is Facedesk for here?"), "title"))
        everywhere = self.tr(
            "Faces are looked at on this machine alone; nothing is sent anywhere. You can change this later."
        )
        column.addWidget(text_label(everywhere, "hint"))
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(10)
        for card in self._make_cards():
            card.clicked.connect(self._choose)
            self._cards.addWidget(card, 1)
        column.addLayout(self._cards)
        column.addStretch(2)
        self._lay_out(content)

    def _lay_out(self, content: QWidget) -> None:
        area = touch_scroll(content, "firstRunScroll")
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _make_cards(self) -> tuple["PurposeCard", ...]:
        return (
            PurposeCard(
                "attendance",
                "attendance",
                self.tr("Attendance desk"),
                self.tr("People walk up and are greeted by name."),
                self.tr("Keeps enrolled people, with their consent."),
            ),
            PurposeCard(
                "try",
                "camera",
                self.tr("Try it out"),
                self.tr("See what it can do with your own camera or clips."),
                self.tr("Keeps what you enrol, on this machine only."),
            ),
            PurposeCard(
                "event",
                "event",
                self.tr("Event demo"),
                self.tr("Boxes and names on a big screen, taught on the spot."),
                self.tr("Keeps nothing: everyone is forgotten when it closes."),
            ),
        )

    def _choose(self) -> None:
        card = self.sender()
        if isinstance(card, PurposeCard):
            self.purpose_chosen.emit(card.purpose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        wide = event.size().width() >= SIDE_BY_SIDE_PX
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class PurposeCard(QPushButton):
    """A card that is one large button.

    Args:
        purpose: What it stands for.
        icon: Name of its icon.
        title: Its heading.
        what: What happens.
        kept: What is kept.
    """

    def __init__(self, purpose: str, icon: str, title: str, what: str, kept: str) -> None:
        super().__init__()
        named(self, f"purpose_{purpose}", "purpose")
        self.purpose = purpose
        self._icon_name = icon
        self._icon = QLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 14, 14, 14)
        self._column.setSpacing(6)
        texts = (text_label(title, "subtitle"), text_label(what), text_label(kept, "hint", "kept"))
        for part in (self._icon, *texts):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{what} {kept}")
        self.setMaximumHeight(TALLEST_PX)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._paint_icon()
        theme.manager().changed.connect(self._paint_icon)

    def _paint_icon(self) -> None:
        self._icon.setPixmap(theme.manager().pixmap(self._icon_name, "accent", ICON_PX, self.devicePixelRatioF()))

    def sizeHint(self) -> QSize:
        """As large as its texts."""
        return self._column.sizeHint().expandedTo(QSize(0, LEAST_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        """As its wrapped texts need."""
        return self._column.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Its texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped texts."""
        return max(LEAST_HEIGHT_PX, self._column.heightForWidth(width))
