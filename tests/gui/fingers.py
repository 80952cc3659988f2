"""Fingers on a touch screen."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.qtbot import QtBot

EDGE_PX = 15
STEPS = 20
STEP_MS = 15


def touch(qtbot: QtBot, widget: QWidget, place: QPoint | None = None) -> None:
    """Taps a widget in its middle, or in another place, as soon as it lies there."""
    window = widget.window()
    qtbot.waitUntil(lambda: window.childAt(_at(widget, place)) is widget)
    device, handle, at = QTest.createTouchDevice(), window.windowHandle(), _at(widget, place)
    QTest.touchEvent(handle, device).press(0, at, handle).commit()
    QTest.touchEvent(handle, device).release(0, at, handle).commit()


def _at(widget: QWidget, place: QPoint | None) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center() if place is None else place)


def swipe_up(qtbot: QtBot, view: QAbstractItemView) -> None:
    """Draws a finger over a list from its lower edge to its upper one."""
    window, viewport = view.window(), view.viewport()
    device, handle = QTest.createTouchDevice(), window.windowHandle()
    start = viewport.mapTo(window, QPoint(viewport.width() // 2, viewport.height() - EDGE_PX))
    way = viewport.height() - 2 * EDGE_PX
    at = start
    QTest.touchEvent(handle, device).press(0, at, handle).commit()
    for step in range(1, STEPS + 1):
        qtbot.wait(STEP_MS)
        at = start - QPoint(0, way * step // STEPS)
        QTest.touchEvent(handle, device).move(0, at, handle).commit()
    QTest.touchEvent(handle, device).release(0, at, handle).commit()
