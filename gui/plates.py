"""Label plates as pictures: drawn once for each text, kept while they are in use."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from engine.types import IdentityState
from gui import theme
from gui.overlay import Plate

KEPT = 128
ICONS = {IdentityState.KNOWN: "check", IdentityState.UNSURE: "question", IdentityState.UNKNOWN: "person"}


@dataclass(frozen=True, slots=True)
class PlateStyle:
    """Sizes of plates in one view.

    Args:
        text_px: Height of the title's text.
        device_pixel_ratio: Of the screen.
        widest_px: Longer texts are cut with an ellipsis.
    """

    text_px: int
    device_pixel_ratio: float
    widest_px: float


class PlateCache:
    """Draws plates and keeps the last ones."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Plate, PlateStyle], QPixmap] = OrderedDict()

    def pixmap(self, plate: Plate, style: PlateStyle) -> QPixmap:
        """The picture of a plate."""
        key = (plate, style)
        if key not in self._kept:
            self._kept[key] = draw_plate(plate, style)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def clear(self) -> None:
        """Forgets all, as when the theme changes."""
        self._kept.clear()


def state_colour(state: IdentityState) -> QColor:
    """The colour that a state has everywhere."""
    return QColor(getattr(theme.manager().tokens, state.value))


def draw_plate(plate: Plate, style: PlateStyle) -> QPixmap:
    """Draws one plate: icon in the state's colour, title, probability, details."""
    return _PlateDrawing(plate, style).draw()


class _PlateDrawing:
    def __init__(self, plate: Plate, style: PlateStyle) -> None:
        self._plate = plate
        self._style = style
        self._title_font = theme.base_font(style.text_px, bold=True)
        self._small_font = theme.base_font(max(15, round(style.text_px * 0.86)))
        self._pad = style.text_px * 0.5
        self._icon_px = style.text_px * 1.35
        self._title_height = style.text_px * 1.75
        self._line_height = style.text_px * 1.3
        room = style.widest_px - self._text_left() - self._pad
        self._probability_width = self._width(self._small_font, plate.probability)
        gap = self._pad if plate.probability else 0.0
        self._title = self._elided(self._title_font, plate.title, room - self._probability_width - gap)
        self._details = [self._elided(self._small_font, line, room) for line in plate.details]
        title_width = self._width(self._title_font, self._title) + gap + self._probability_width
        widths = [title_width, *(self._width(self._small_font, line) for line in self._details)]
        height = self._title_height + self._line_height * len(self._details) + (self._pad * 0.4 if self._details else 0)
        self._size = QSizeF(self._text_left() + max(widths) + self._pad, height)

    def draw(self) -> QPixmap:
        ratio = self._style.device_pixel_ratio
        pixmap = QPixmap(int(self._size.width() * ratio) + 1, int(self._size.height() * ratio) + 1)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._draw_icon(painter)
        self._draw_texts(painter)
        painter.end()
        return pixmap

    def _draw_ground(self, painter: QPainter) -> None:
        ground = QColor(theme.manager().tokens.plate)
        ground.setAlpha(225)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius = self._style.text_px * 0.55
        painter.drawRoundedRect(QRectF(QPointF(0, 0), self._size), radius, radius)

    def _draw_icon(self, painter: QPainter) -> None:
        top = (self._title_height - self._icon_px) / 2
        disc = QRectF(self._pad * 0.7, top, self._icon_px, self._icon_px)
        painter.setBrush(state_colour(self._plate.state))
        painter.drawEllipse(disc)
        size = round(self._icon_px * 0.72)
        glyph = theme.tinted(
            ICONS[self._plate.state], theme.manager().tokens.plate, size, self._style.device_pixel_ratio
        )
        painter.drawPixmap(QPointF(disc.center().x() - size / 2, disc.center().y() - size / 2), glyph)

    def _draw_texts(self, painter: QPainter) -> None:
        tokens = theme.manager().tokens
        left, width = self._text_left(), self._size.width() - self._text_left() - self._pad
        row = QRectF(left, 0, width, self._title_height)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._title_font)
        painter.setPen(QColor(tokens.on_plate))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, self._title)
        painter.setFont(self._small_font)
        painter.setPen(QColor(tokens.plate_muted))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, self._plate.probability)
        for number, line in enumerate(self._details):
            top = self._title_height - self._pad * 0.3 + number * self._line_height
            painter.drawText(QRectF(left, top, width, self._line_height), middle, line)

    def _text_left(self) -> float:
        return self._pad * 0.7 + self._icon_px + self._pad * 0.8

    def _width(self, font: QFont, text: str) -> float:
        return QFontMetricsF(font).horizontalAdvance(text) + 1 if text else 0.0

    def _elided(self, font: QFont, text: str, room: float) -> str:
        return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 40.0))
