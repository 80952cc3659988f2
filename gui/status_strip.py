"""The strip under the picture: what is shown, by which network, how fast. Redrawn once a second."""

import time
from collections import deque

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.numbers import percent

REFRESH_MS = 1000
SPAN_NS = 2_000_000_000


class Rate:
    """Counts events per second over the last two seconds."""

    def __init__(self) -> None:
        self._moments: deque[int] = deque()

    def add(self) -> None:
        """Counts one event, now."""
        self._moments.append(time.monotonic_ns())
        self._forget()

    def per_second(self) -> float:
        """Events per second; 0 when there was none lately."""
        self._forget()
        if len(self._moments) < 2:
            return 0.0
        return (len(self._moments) - 1) * 1e9 / max(self._moments[-1] - self._moments[0], 1)

    def _forget(self) -> None:
        oldest = time.monotonic_ns() - SPAN_NS
        while self._moments and self._moments[0] < oldest:
            self._moments.popleft()


class StatusStrip(QFrame):
    """The strip.

    Signals:
        panel_toggled: The button of the side panel was switched on or off.
    """

    panel_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = Rate()
        self.answers = Rate()
        self._source = ""
        self._network = ""
        self._faces = 0
        self._attributes = False
        self._chore = ""
        self._left = _Elided()
        self._right = QLabel()
        self._panel = QToolButton()
        self._timer = QTimer(self)
        self._build()
        theme.manager().changed.connect(self._tint)
        self._tint()

    def set_source(self, name: str) -> None:
        """Names the source."""
        self._source = name
        self.refresh()

    def set_network(self, title: str) -> None:
        """Names the network that answers."""
        self._network = title
        self.refresh()

    def set_attributes(self, shown: bool) -> None:
        """Says whether age group and ethnicity are estimated."""
        self._attributes = shown
        self.refresh()

    def set_chore(self, text: str, fraction: float) -> None:
        """Says what is done in the background and how far it is; an empty text: nothing."""
        self._chore = f"{text} {percent(fraction, 0)}" if text else ""
        self.refresh()

    def set_faces(self, number: int) -> None:
        """Takes the number of faces, for the next refresh."""
        self._faces = number

    def offer_panel(self, offered: bool, shown: bool) -> None:
        """Offers the button of the side panel."""
        self._panel.setVisible(offered)
        self._panel.setChecked(shown)

    def text(self) -> str:
        """What the strip says."""
        return f"{self._left.text()} {self._right.text()}".strip()

    def refresh(self) -> None:
        """Writes the texts anew."""
        extra = self.tr("age and ethnicity are estimated") if self._attributes else ""
        self._left.set_text(" · ".join(part for part in (self._chore, self._source, self._network, extra) if part))
        pictures, answers = self.pictures.per_second(), self.answers.per_second()
        if not pictures:
            self._right.setText("")
            return
        faces = self.tr("1 face") if self._faces == 1 else self.tr("{number} faces").format(number=self._faces)
        rates = self.tr("{answers} of {pictures} fps").format(answers=round(answers), pictures=round(pictures))
        self._right.setText(f"{faces} · {rates}")

    def _tint(self) -> None:
        self._panel.setIcon(theme.manager().icon("panel"))

    def _build(self) -> None:
        theme.tag(self, "status")
        theme.tag(self._panel, "quiet")
        self._panel.setCheckable(True)
        self._panel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._panel.setIconSize(QSize(22, 22))
        self._panel.setToolTip(self.tr("Networks beside the picture"))
        self._panel.setAccessibleName(self.tr("Networks beside the picture"))
        self._panel.toggled.connect(self.panel_toggled)
        self._panel.hide()
        self._right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 2, 8, 2)
        layout.setSpacing(16)
        layout.addWidget(self._left, 1)
        layout.addWidget(self._right)
        layout.addWidget(self._panel)
        self.setMinimumHeight(40)


class _Elided(QLabel):
    """A text that is cut with an ellipsis rather than asking for width."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 60)))

    def resizeEvent(self, event: object) -> None:
        """Cuts anew."""
        self._fit()
