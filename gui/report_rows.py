"""Rows of a report: an icon, a heading, and below it what there is to say, wrapped."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme

ICON_PX = 24
GAP_PX = 10
LEAST_PX = 48
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

Index = QModelIndex | QPersistentModelIndex


class ReportRows(QStyledItemDelegate):
    """Draws the first line of an item as its heading, the others as its text.

    Args:
        rows: The list; takes this delegate.
    """

    def __init__(self, rows: QListWidget) -> None:
        super().__init__(rows)
        self._rows = rows
        rows.setItemDelegate(self)
        rows.setResizeMode(QListWidget.ResizeMode.Adjust)

    def _texts(self, index: Index) -> tuple[str, str]:
        heading, _, text = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        return heading, text

    def _heading_font(self) -> QFont:
        font = QFont(self._rows.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _parts(self, index: Index, area: QRect) -> tuple[QRect, QRect]:
        """Where heading and text lie in an area."""
        heading, text = self._texts(index)
        room = area.adjusted(ICON_PX + 2 * GAP_PX, GAP_PX, -GAP_PX, 0)
        above = QFontMetrics(self._heading_font()).boundingRect(room, int(_WRAPPED), heading)
        below = QRect(room.left(), above.bottom() + 1, room.width(), 0)
        if text:
            below = QFontMetrics(self._rows.font()).boundingRect(below.adjusted(0, 2, 0, 2000), int(_WRAPPED), text)
        return above, below

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws a row."""
        heading, text = self._texts(index)
        area: QRect = option.rect
        above, below = self._parts(index, area)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(area.left() + GAP_PX, above.top() - 1, ICON_PX, ICON_PX))
        painter.setFont(self._heading_font())
        painter.setPen(QColor(theme.manager().tokens.text))
        painter.drawText(above, int(_WRAPPED), heading)
        painter.setFont(self._rows.font())
        painter.setPen(QColor(theme.manager().tokens.muted))
        painter.drawText(below, int(_WRAPPED), text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its texts need at the list's width."""
        width = self._rows.viewport().width()
        _, below = self._parts(index, QRect(0, 0, width, 0))
        return QSize(width, max(below.bottom() + GAP_PX, LEAST_PX))
