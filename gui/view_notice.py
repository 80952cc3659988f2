"""The card in the middle of the picture: what the source is doing when there is no live picture, and what to do."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.errors import UserError
from gui import theme
from gui.capture import SourcePhase, SourceState, is_camera
from gui.error_texts import translated

WIDTH_PX = 400
ASIDE_PX = 240

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What the card says.

    Attributes:
        icon: Name of its icon.
        title: What happens or happened.
        text: What to do, or what the program does by itself.
        action: Text of the button; empty for none.
        busy: Whether something is under way that will soon be over. (A lost camera may stay away all night: nothing
            moves meanwhile.)
        aside: Whether it leaves the middle of the picture free.
    """

    icon: str
    title: str
    text: str = ""
    action: str = ""
    busy: bool = False
    aside: bool = False


def notice_text(state: SourceState) -> NoticeText | None:
    """What to say of a source's state; None while it plays."""
    match state.phase:
        case SourcePhase.PLAYING:
            return None
        case SourcePhase.OPENING:
            return NoticeText("camera", _opening_text(state.source), busy=True)
        case SourcePhase.ENDED:
            return NoticeText(
                "replay",
                translate("ViewNotice", "The end."),
                action=translate("ViewNotice", "Play again"),
                aside=True,
            )
        case SourcePhase.LOST:
            return NoticeText("camera-off", _what(state.error), _trying_text(), translate("ViewNotice", "Try now"))
        case SourcePhase.FAILED:
            icon = "camera-off" if state.tries_again else "error"
            return NoticeText(icon, _what(state.error), _remedy(state), translate("ViewNotice", "Retry"))


def _opening_text(source: str) -> str:
    if is_camera(source):
        return translate("ViewNotice", "Opening the camera…")
    return translate("ViewNotice", "Opening the stream…") if "://" in source else translate("ViewNotice", "Opening…")


def _what(error: UserError | None) -> str:
    return translated(error).what if error is not None else translate("ViewNotice", "There is no picture.")


def _remedy(state: SourceState) -> str:
    remedy = translated(state.error).remedy if state.error is not None else ""
    return f"{remedy} {_trying_text()}".strip() if state.tries_again else remedy


def _trying_text() -> str:
    return translate("ViewNotice", "Trying to reach it again…")


class ViewNotice(QFrame):
    """The card.

    Signals:
        acted: Its button was tapped.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: NoticeText | None = None
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._busy = QProgressBar()
        self._action = QPushButton()
        self._build()
        theme.manager().changed.connect(self._tint)
        self.hide()

    @property
    def text(self) -> str:
        """What the card says now; empty while it is hidden."""
        return f"{self._shown.title} {self._shown.text}".strip() if self._shown else ""

    @property
    def action(self) -> QPushButton:
        """The card's button."""
        return self._action

    def show_text(self, text: NoticeText | None) -> None:
        """Shows a text, or nothing."""
        self._shown = text
        self.setVisible(text is not None)
        if text is None:
            return
        self._icon.setVisible(not text.aside)
        self.setFixedWidth(ASIDE_PX if text.aside else WIDTH_PX)
        self._title.setText(text.title)
        self._text.setText(text.text)
        self._text.setVisible(bool(text.text))
        self._busy.setVisible(text.busy)
        self._action.setText(text.action)
        self._action.setVisible(bool(text.action))
        self.setAccessibleName(self.text)
        self._tint()

    def _tint(self) -> None:
        if self._shown is not None:
            pixmap = theme.manager().pixmap(self._shown.icon, "muted", 40, self.devicePixelRatioF())
            self._icon.setPixmap(pixmap)

    def _build(self) -> None:
        theme.tag(self, "notice")
        theme.tag(self._title, "subtitle")
        theme.tag(self._text, "hint")
        theme.tag(self._action, "primary")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(translate("ViewNotice", "Working"))
        self._action.clicked.connect(self.acted)
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 24)
        layout.setSpacing(12)
        for widget in (self._icon, self._title, self._text, self._busy, self._action):
            layout.addWidget(widget)
