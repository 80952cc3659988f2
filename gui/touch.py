"""Small parts of a page that is used by thumb: large buttons, wrapped texts, scrolling by dragging."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QSizePolicy,
    QWidget,
)

from gui.isolated import isolated, without_isolates

TARGET_PX = 48
"""Least height of anything that is tapped."""
RELEASE_MS = 50
"""How often it is looked whether the finger has gone up."""
ROUNDING_PX = 2
"""The widths of the parts of a text are rounded one by one."""

W = TypeVar("W", bound=QWidget)
V = TypeVar("V", bound=QAbstractItemView)


def named(widget: W, name: str = "", role: str = "") -> W:
    """Gives a widget the name by which it is found, and the role by which the theme styles it."""
    if name:
        widget.setObjectName(name)
    if role:
        widget.setProperty("role", role)
    return widget


def set_role(widget: QWidget, role: str) -> None:
    """Changes a widget's role and lets the theme style it anew."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(text: str, name: str, role: str = "") -> QPushButton:
    """A button that is large enough for a thumb."""
    made = named(QPushButton(text), name, role)
    made.setMinimumHeight(TARGET_PX)
    return made


class NameButton(QPushButton):
    """Says something of somebody. Too long a name loses its middle, the words around it stay.

    Args:
        text: What it says, with {name} in it.
        person: What the person is called.
        name: Under which it is found.
    """

    def __init__(self, text: str, person: str, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setMinimumHeight(TARGET_PX)
        self._text, self._person = text, person
        self.setAccessibleName(text.format(name=isolated(person)))
        self.show_whole()

    def show_whole(self) -> None:
        """Shows the whole name."""
        self._write(self._person)

    def fit(self, width_px: int) -> None:
        """Shows as much of the name as there is room for."""
        self.show_whole()
        if self.sizeHint().width() <= width_px:
            return
        self._write("")
        room = max(width_px - self.sizeHint().width() - ROUNDING_PX, 0)
        whole = without_isolates(self._person)
        self._write(self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, room))

    def _write(self, person: str) -> None:
        self.setText(self._text.format(name=isolated(person)).replace("&", "&&"))


def share_row(made: Sequence[NameButton], width_px: int, spacing_px: int) -> None:
    """Shares out the width of a row among the buttons in it: what short names leave is the long ones'.

    Args:
        made: The buttons.
        width_px: How wide the row is.
        spacing_px: How far apart they stand.
    """
    left = width_px - spacing_px * (len(made) - 1)
    for others, each in zip(range(len(made), 0, -1), sorted(made, key=lambda one: one.sizeHint().width()), strict=True):
        each.fit(left // others)
        left -= each.sizeHint().width()


def check_box(text: str, name: str) -> QCheckBox:
    """A box to tick, with room for a thumb."""
    made = named(QCheckBox(text), name)
    made.setMinimumHeight(TARGET_PX)
    return made


def text_label(text: str = "", role: str = "", name: str = "") -> QLabel:
    """A text that wraps instead of asking for width."""
    made = named(QLabel(text), name, role)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and deletes it."""
    while layout.count():
        item = layout.takeAt(0)
        if item and (widget := item.widget()):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def touch_scroll(content: QWidget, name: str = "") -> QScrollArea:
    """Lets a page that is too high be scrolled by dragging, wheel and keys; never sideways."""
    area = named(QScrollArea(), name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    _scroll_by_dragging(area.viewport())
    return area


def touch_list(view: V) -> V:
    """Lets the rows of a list be scrolled by dragging, wheel and keys; never sideways."""
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    _scroll_by_dragging(view.viewport())
    return view


def _scroll_by_dragging(viewport: QWidget) -> None:
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    for metric in (
        QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
        QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
    ):
        properties.setScrollMetric(metric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff)
    scroller.setScrollerProperties(properties)


class KeyboardOnTap(QObject):
    """Shows a keyboard when its field is tapped, until the field is left.

    Args:
        field: What is typed into.
        keyboard: Hidden at first.

    Signals:
        toggled: Whether the keyboard is on show.
    """

    toggled = Signal(bool)

    def __init__(self, field: QLineEdit, keyboard: QWidget) -> None:
        super().__init__(field)
        self._field, self._keyboard = field, keyboard
        keyboard.hide()
        keyboard.setFocusProxy(field)  # else a tap on a key gives the focus to whatever lies behind the keyboard
        field.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """Whether the keyboard is on show."""
        return not self._keyboard.isHidden()

    def show(self) -> None:
        """Shows it, and scrolls the page to it."""
        self._toggle(True)
        QTimer.singleShot(0, self, self._bring_into_view)

    def hide(self) -> None:
        """Hides it."""
        self._toggle(False)

    def _toggle(self, shown: bool) -> None:
        if shown != self.shown:
            self._keyboard.setVisible(shown)
            self.toggled.emit(shown)

    def _bring_into_view(self) -> None:
        area = self._keyboard.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.shown:
            area.ensureWidgetVisible(self._keyboard, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows a finger to the field and away from it; another window or a menu is only a while."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.show()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        elif isinstance(event, QFocusEvent) and _leaves(event):
            self._hide_when_released()
        return super().eventFilter(watched, event)

    def _hide_when_released(self) -> None:
        """What is being pressed must not move away from under the finger."""
        if self._field.hasFocus():
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.hide()
        else:
            QTimer.singleShot(RELEASE_MS, self, self._hide_when_released)


def _leaves(event: QFocusEvent) -> bool:
    """Whether the focus goes to another field or button."""
    passing = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
    return event.lostFocus() and event.reason() not in passing
