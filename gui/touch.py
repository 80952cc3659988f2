"""Small parts of a page that is used by thumb: large buttons, wrapped texts, scrolling by dragging."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QSizePolicy,
    QWidget,
)

TARGET_PX = 48
"""Least height of anything that is tapped."""

W = TypeVar("W", bound=QWidget)


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
    viewport = area.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    for metric in (
        QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
        QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
    ):
        properties.setScrollMetric(metric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff)
    scroller.setScrollerProperties(properties)
    return area
