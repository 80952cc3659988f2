"""Cut-out faces as a wall of tiles."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from engine.types import Image
from gui import theme
from gui.touch import named, touch_scroll

TILE_PX = 88


def crop_pixmap(crop: Image, size_px: int) -> QPixmap:
    """A crop as a square picture of its own memory."""
    array = np.ascontiguousarray(crop)
    image = QImage(array.data, array.shape[1], array.shape[0], array.strides[0], QImage.Format.Format_RGB888)
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.copy()).scaled(size_px, size_px, mode=smooth)


class CropTile(QPushButton):
    """One crop that can be struck out and taken back.

    Args:
        crop: The picture.
        number: Its place, for its name.
        can_drop: Whether it can be struck out.
    """

    def __init__(self, crop: Image, number: int, *, can_drop: bool) -> None:
        super().__init__()
        named(self, f"crop_{number}", "crop")
        self._plain = crop_pixmap(crop, TILE_PX - 8)
        self.setFixedSize(TILE_PX, TILE_PX)
        self.setIconSize(QSize(TILE_PX - 8, TILE_PX - 8))
        self.setCheckable(can_drop)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_drop else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Picture {number}").format(number=number + 1))
        self.toggled.connect(self._paint_mark)
        self.setIcon(QIcon(self._plain))

    def _paint_mark(self, dropped: bool) -> None:
        pixmap = self._plain.copy()
        if dropped:
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(pixmap.rect(), QColor(11, 14, 19, 150))
            painter.setPen(QPen(QColor(theme.LIGHT.unsure if theme.manager().dark else "#ffffff"), 5))
            inset = pixmap.rect().adjusted(18, 18, -18, -18)
            painter.drawLine(inset.topLeft(), inset.bottomRight())
            painter.drawLine(inset.topRight(), inset.bottomLeft())
            painter.end()
        self.setIcon(QIcon(pixmap))


class CropWall(QWidget):
    """Tiles in as many columns as there is room for; scrolled by dragging.

    Args:
        can_drop: Whether tiles can be struck out.

    Signals:
        dropped_changed: A tile was struck out or taken back.
    """

    dropped_changed = Signal()

    def __init__(self, *, can_drop: bool) -> None:
        super().__init__()
        self._can_drop = can_drop
        self._tiles: list[CropTile] = []
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(touch_scroll(self._inside, "cropWall"))

    def show_crops(self, crops: Sequence[Image], dropped: Sequence[int] = ()) -> None:
        """Shows crops; some of them struck out from the beginning."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [CropTile(crop, place, can_drop=self._can_drop) for place, crop in enumerate(crops)]
        for place, tile in enumerate(self._tiles):
            tile.setChecked(place in dropped)
            tile.toggled.connect(self.dropped_changed)
        self._arrange()

    @property
    def dropped(self) -> tuple[int, ...]:
        """Places of the crops that are struck out."""
        return tuple(place for place, tile in enumerate(self._tiles) if tile.isChecked())

    @property
    def count(self) -> int:
        """How many there are, with those struck out."""
        return len(self._tiles)

    def _arrange(self) -> None:
        columns = max(1, (self.width() - 12) // (TILE_PX + 6))
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(place, columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Finds new columns."""
        super().resizeEvent(event)
        self._arrange()
