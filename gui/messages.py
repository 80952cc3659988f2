"""The one road for errors to the user: a banner with what happened and what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from engine.errors import UserError
from gui import theme
from gui.error_texts import translated

log = logging.getLogger(__name__)

Action = Callable[[], object]
MOST_WAITING = 6


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        number: By which it is withdrawn.
        tone: "error" or "note".
        what: What happened.
        remedy: What to do; empty for a note.
        action_text: Text of the button; empty for none.
        action: What the button does.
    """

    number: int
    tone: str
    what: str
    remedy: str = ""
    action_text: str = ""
    action: Action | None = None


class Messages(QFrame):
    """Shows one message at a time, errors before notes; the others wait their turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._waiting: list[Message] = []
        self._icon = QLabel()
        self._text = QLabel()
        self._action = QPushButton()
        self._close = QToolButton()
        self._build()
        theme.manager().changed.connect(self._tint)
        self._refresh()

    def show_error(self, error: BaseException, retry: Action | None = None) -> int:
        """Shows an error.

        Args:
            error: What the user can mend is shown in its own words; anything else is a bug: logged with its traceback
                and called a fault of the program.
            retry: What a *Retry* button does.

        Returns:
            The message's number, for `withdraw`.
        """
        if isinstance(error, UserError):
            told = translated(error)
            what, remedy = told.what, told.remedy
        else:
            log.error("A fault of the program", exc_info=error)
            what = self.tr("Something in the program went wrong ({kind}).").format(kind=type(error).__name__)
            remedy = self.tr("It goes on; the log file says more.")
        text = self.tr("Retry") if retry is not None else ""
        return self._add(Message(next(self._numbers), "error", what, remedy, text, retry))

    def show_note(self, text: str, action_text: str = "", slot: Action | None = None) -> int:
        """Shows something worth knowing, with a button if there is something to do; returns its number."""
        return self._add(Message(next(self._numbers), "note", text, "", action_text, slot))

    def withdraw(self, number: int) -> None:
        """Takes back a message that is no longer true; harmless when it is gone."""
        self._waiting = [message for message in self._waiting if message.number != number]
        self._refresh()

    def withdraw_error(self, error: UserError) -> None:
        """Takes back an error that is no longer true; harmless when it is gone."""
        told = translated(error)
        for message in self._waiting:
            if (message.what, message.remedy) == (told.what, told.remedy):
                self.withdraw(message.number)

    def dismiss(self) -> None:
        """Closes the message on show."""
        self._waiting = self._waiting[1:]
        self._refresh()

    @property
    def current(self) -> Message | None:
        """The message on show."""
        return self._waiting[0] if self._waiting else None

    def _add(self, message: Message) -> int:
        for waiting in self._waiting:
            if (waiting.tone, waiting.what, waiting.remedy) == (message.tone, message.what, message.remedy):
                return waiting.number
        self._waiting.append(message)
        self._waiting.sort(key=lambda waiting: waiting.tone != "error")
        del self._waiting[MOST_WAITING:]
        self._refresh()
        return message.number

    def _refresh(self) -> None:
        message = self.current
        self.setVisible(message is not None)
        if message is None:
            return
        what = _escaped(message.what)
        self._text.setText(f"<b>{what}</b> {_escaped(message.remedy)}" if message.remedy else what)
        self._text.setAccessibleName(f"{message.what} {message.remedy}".strip())
        self._action.setText(message.action_text)
        self._action.setVisible(bool(message.action_text))
        self.setProperty("tone", message.tone)
        theme.repolish(self)
        self._tint()

    def _tint(self) -> None:
        tone = self.current.tone if self.current else "note"
        icon, token = ("error", "danger") if tone == "error" else ("info", "accent")
        self._icon.setPixmap(theme.manager().pixmap(icon, token, 28, self.devicePixelRatioF()))
        self._close.setIcon(theme.manager().icon("close"))

    def _act(self) -> None:
        message = self.current
        self.dismiss()
        if message is not None and message.action is not None:
            message.action()

    def _build(self) -> None:
        theme.tag(self, "banner")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._action.clicked.connect(self._act)
        theme.tag(self._close, "quiet")
        self._close.setIconSize(QSize(22, 22))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
