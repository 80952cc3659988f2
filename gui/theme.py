"""Light and dark: one style sheet with tokens, tinted icons, and the colours of the states."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from engine.paths import resources
from engine.settings import Theme

FONT_FAMILIES = ["Inter", "Noto Sans", "Cantarell", "Ubuntu", "Segoe UI", "DejaVu Sans"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, "#rrggbb".

    Text tokens hold a contrast of at least 4.5 on `window`, `surface` and `raised`. `known`, `unsure` and `unknown` are
    from the palette of Okabe and Ito, which people with any kind of colour blindness can tell apart; they are
    the same in both themes, because they lie on the picture.
    """

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    selected: str
    text: str
    muted: str
    line: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    warning: str
    good: str
    focus: str
    curve_1: str
    curve_2: str
    curve_3: str
    curve_4: str
    curve_5: str
    curve_6: str
    known: str = "#00b386"
    unsure: str = "#f0a800"
    unknown: str = "#56b4e9"
    plate: str = "#10141b"
    on_plate: str = "#ffffff"
    plate_muted: str = "#c3cad6"


LIGHT = Tokens(
    window="#f3f5f8",
    surface="#ffffff",
    raised="#e9edf2",
    hover="#dfe4eb",
    pressed="#d2d9e3",
    selected="#dcebf7",
    text="#18202e",
    muted="#556074",
    line="#ccd3dd",
    accent="#005f96",
    accent_hover="#004f7d",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#855000",
    good="#006b4c",
    focus="#005f96",
    curve_1="#0072b2",
    curve_2="#d55e00",
    curve_3="#009e73",
    curve_4="#b85c94",
    curve_5="#a87800",
    curve_6="#3f8fc4",
)

DARK = Tokens(
    window="#11151b",
    surface="#191e27",
    raised="#262d39",
    hover="#313a48",
    pressed="#3b4657",
    selected="#17344a",
    text="#eef2f7",
    muted="#a7b1c1",
    line="#363f4d",
    accent="#6cc0f7",
    accent_hover="#93d1fa",
    on_accent="#06233a",
    danger="#ff8f85",
    warning="#ffbd59",
    good="#56d6ac",
    focus="#9ad5ff",
    curve_1="#56b4e9",
    curve_2="#f28a3c",
    curve_3="#23c495",
    curve_4="#dd96bd",
    curve_5="#f0e442",
    curve_6="#8f9ff0",
)


class ThemeManager(QObject):
    """Holds the theme in force and repaints the application when it changes.

    Signals:
        changed: Tokens, icons or the size of the base font are others now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice: Theme = "system"
        self._base_px = 15
        self._in_force: tuple[bool, int] | None = None
        self.tokens = DARK if _system_is_dark() else LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def dark(self) -> bool:
        """Whether the dark theme is in force."""
        return self.tokens is DARK

    def set_choice(self, choice: Theme) -> None:
        """Chooses light, dark, or what the system says."""
        self._choice = choice
        self._apply(_system_is_dark() if choice == "system" else choice == "dark")

    def set_base_px(self, base_px: int) -> None:
        """Chooses the height of ordinary text in pixels; the other sizes follow."""
        if base_px != self._base_px:
            self._base_px = base_px
            self._apply(self.dark)

    def icon(self, name: str, token: str = "text") -> QIcon:
        """An icon in the colour of a token.

        Raises:
            FileNotFoundError: There is no such icon.
        """
        icon = QIcon()
        for scale in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, token, 24, scale))
        return icon

    def pixmap(self, name: str, token: str, size_px: int, device_pixel_ratio: float = 1.0) -> QPixmap:
        """An icon as a square picture, in the colour of a token.

        Raises:
            FileNotFoundError: There is no such icon.
        """
        return tinted(name, getattr(self.tokens, token), size_px, device_pixel_ratio)

    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply(_system_is_dark())

    def _apply(self, dark: bool) -> None:
        self.tokens = DARK if dark else LIGHT
        look = (dark, self._base_px)
        if look == self._in_force:
            return
        self._in_force = look
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet("")  # replacing a sheet costs four times as much as setting one anew
            app.setPalette(_palette(self.tokens))
            app.setFont(base_font(self._base_px))
            app.setStyleSheet(style_sheet(self.tokens, self._base_px))
        self.changed.emit()


@lru_cache(maxsize=1)
def manager() -> ThemeManager:
    """The one theme manager of the process; needs a QApplication."""
    return ThemeManager()


def tag(widget: QWidget, role: str) -> QWidget:
    """Gives a widget a role that the style sheet knows ("primary", "card", "title" …) and returns it."""
    widget.setProperty("role", role)
    repolish(widget)
    return widget


def repolish(widget: QWidget) -> None:
    """Lets the style sheet see changed properties of a widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def base_font(size_px: int, *, bold: bool = False) -> QFont:
    """The application's font in a height of pixels."""
    font = QFont(FONT_FAMILIES)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def style_sheet(tokens: Tokens, base_px: int) -> str:
    """The style sheet with its tokens filled in.

    Raises:
        KeyError: The sheet names a token that does not exist.
    """
    folder = resources() / "style"
    sizes = {
        "base_px": base_px,
        "subtitle_px": round(base_px * 1.2),
        "title_px": round(base_px * 1.55),
        "figure_px": round(base_px * 1.7),
    }
    shade = "dark" if tokens is DARK else "light"
    template = Template((folder / "facedesk.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(tokens), style=folder.as_posix(), shade=shade, **sizes)


@lru_cache(maxsize=256)
def tinted(name: str, colour: str, size_px: int, device_pixel_ratio: float) -> QPixmap:
    """An icon of resources/icons in one colour.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    svg = (resources() / "icons" / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    pixels = round(size_px * device_pixel_ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    return pixmap


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: tokens.window,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.raised,
        roles.Button: tokens.raised,
        roles.WindowText: tokens.text,
        roles.Text: tokens.text,
        roles.ButtonText: tokens.text,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Link: tokens.accent,
    }.items():
        palette.setColor(role, QColor(colour))
    return palette
