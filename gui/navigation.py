"""The rail of pages: large targets with icon and word, at the left or, on an upright screen, at the bottom."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QToolButton, QWidget

from gui import theme

RAIL_PX = 98
BAR_PX = 68
TALLEST_PX = 64
WIDEST_PX = 120


class NavigationRail(QFrame):
    """The rail.

    Signals:
        chosen: Key of the page that was tapped.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.tag(self, "rail")
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setSpacing(2)
        self._layout.addStretch(1)
        self._bar = False
        self.set_bar(False)
        self.setAccessibleName(self.tr("Pages"))
        theme.manager().changed.connect(self._tint)

    def add(self, key: str, title: str, icon: str) -> QToolButton:
        """Adds a page's button after the others."""
        button = theme.tag(QToolButton(self), "rail")
        assert isinstance(button, QToolButton)
        button.setText(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(title)
        button.setProperty("key", key)
        button.clicked.connect(self._tapped)
        for last in list(self._buttons.values())[-1:]:
            self.setTabOrder(last, button)
        self._buttons[key], self._icons[key] = button, icon
        self._layout.insertWidget(self._layout.count() - 1, button, 100)
        self._shape(button)
        self._tint()
        return button

    def button(self, key: str) -> QToolButton:
        """The button of a page."""
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Marks a page as the one on show."""
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        self._tint()

    def set_offered(self, key: str, offered: bool) -> None:
        """Shows or hides a page's button."""
        if key in self._buttons:
            self._buttons[key].setVisible(offered)

    def set_bar(self, bar: bool) -> None:
        """Lies at the bottom instead of standing at the left."""
        self._bar = bar
        self.setProperty("bar", bar)
        theme.repolish(self)
        way = QBoxLayout.Direction.LeftToRight if bar else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(way)
        self._layout.setContentsMargins(*((8, 4, 8, 4) if bar else (7, 8, 7, 8)))
        limits = (QSize(0, BAR_PX), QSize(16777215, BAR_PX)) if bar else (QSize(RAIL_PX, 0), QSize(RAIL_PX, 16777215))
        self.setMinimumSize(limits[0])
        self.setMaximumSize(limits[1])
        for button in self._buttons.values():
            self._shape(button)

    def _shape(self, button: QToolButton) -> None:
        """Buttons share the rail: roomy while there are few, no smaller than a thumb when there are many."""
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMaximumSize(WIDEST_PX, TALLEST_PX)
        if self._bar:
            button.setMaximumHeight(BAR_PX)

    def _tapped(self) -> None:
        self.chosen.emit(self.sender().property("key"))

    def _tint(self) -> None:
        for key, button in self._buttons.items():
            token = "accent" if button.isChecked() else "muted"
            button.setIcon(theme.manager().icon(self._icons[key], token))
