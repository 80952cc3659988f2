"""The window: layout and navigation only."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.messages import Messages
from gui.navigation import NavigationRail

WIDE_PX = 1180
SMALL_SCREEN = QSize(1100, 700)
DEFAULT_SIZE = QSize(1180, 760)

PageFactory = Callable[[], QWidget]


@dataclass(slots=True)
class _Page:
    title: str
    make: PageFactory | None
    widget: QWidget | None = None


class MainWindow(QMainWindow):
    """Rail, banner and pages.

    Args:
        state_file: Where geometry and the last page are remembered.

    Signals:
        page_shown: Key of the page that is on show now.
        widened: Whether there is room for a side panel, when that changed.
        closing: The window is about to close.
    """

    page_shown = Signal(str)
    widened = Signal(bool)
    closing = Signal()

    def __init__(self, state_file: Path) -> None:
        super().__init__()
        self.state = QSettings(str(state_file), QSettings.Format.IniFormat)
        self.messages = Messages()
        self.rail = NavigationRail()
        self._pages: dict[str, _Page] = {}
        self._stack = QStackedWidget()
        self._covers = QStackedWidget()
        self._shell = QWidget()
        self._current = ""
        self._wide = False
        self._was_maximized = False
        self._build()

    @property
    def current_page(self) -> str:
        """Key of the page on show."""
        return self._current

    @property
    def wide(self) -> bool:
        """Whether there is room for a side panel."""
        return self._wide

    def add_page(self, key: str, title: str, icon_name: str, page: QWidget | PageFactory) -> None:
        """Adds a page.

        Args:
            key: By which it is shown and remembered.
            title: Its word on the rail.
            icon_name: Its icon on the rail.
            page: The page, or what makes it at the first visit.
        """
        button = self.rail.add(key, title, icon_name)
        if isinstance(page, QWidget):
            self._pages[key] = _Page(title, None, page)
            self._stack.addWidget(page)
        else:
            self._pages[key] = _Page(title, page)
        if len(self._pages) <= 9:
            keys = f"Ctrl+{len(self._pages)}"
            button.setToolTip(f"{title} ({keys})")
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(button.click)

    def show_page(self, key: str) -> None:
        """Shows a page; the first visit makes it."""
        page = self._pages[key]
        if page.widget is None and page.make is not None:
            page.widget = page.make()
            self._stack.addWidget(page.widget)
        assert page.widget is not None
        self._current = key
        self._stack.setCurrentWidget(page.widget)
        self.rail.set_current(key)
        self.setWindowTitle(self.tr("{page} – Facedesk").format(page=page.title))
        self.page_shown.emit(key)

    @property
    def page_keys(self) -> tuple[str, ...]:
        """Every page, in the order of the rail."""
        return tuple(self._pages)

    def cover(self, widget: QWidget) -> None:
        """Shows a widget over everything, rail included."""
        self._covers.addWidget(widget)
        self._covers.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Shows the pages again and deletes what covered them."""
        while (cover := self._covers.currentWidget()) is not self._shell and cover is not None:
            self._covers.removeWidget(cover)
            cover.deleteLater()

    def restore_state(self) -> None:
        """Takes the place and size of the last time; on a small screen, all of it."""
        geometry = self.state.value("window/geometry")
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(DEFAULT_SIZE.boundedTo(screen))
        if geometry is not None and self.restoreGeometry(geometry):
            return
        if screen.width() <= SMALL_SCREEN.width() or screen.height() <= SMALL_SCREEN.height():
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def save_state(self) -> None:
        """Remembers place, size and page."""
        self.state.setValue("window/geometry", self.saveGeometry())
        self.state.setValue("window/page", self._current)
        self.state.sync()

    def toggle_full_screen(self) -> None:
        """Fills the screen, or goes back to what was before."""
        if not self.isFullScreen():
            self._was_maximized = self.isMaximized()
            self.showFullScreen()
        elif self._was_maximized:
            self.showMaximized()
        else:
            self.showNormal()

    def _build(self) -> None:
        self.setMinimumSize(480, 400)
        theme.tag(self._shell, "page")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._shell)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addLayout(column, 1)
        self._covers.addWidget(self._shell)
        self.setCentralWidget(self._covers)
        self.rail.chosen.connect(self.show_page)

    def _arrange(self) -> None:
        upright = self.height() > self.width()
        way = QBoxLayout.Direction.BottomToTop if upright else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
            self.rail.set_bar(upright)
        theme.manager().set_base_px(15 if self.width() < 1100 else 16 if self.width() < 1700 else 18)
        if (self.width() >= WIDE_PX) != self._wide:
            self._wide = not self._wide
            self.widened.emit(self._wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chooses rail or bar, text size, and whether there is room for a side panel."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen; Escape leaves the full screen, else closes the banner."""
        # Not shortcuts: a kiosk filters these keys, and a shortcut would come before its filter.
        if event.key() == Qt.Key.Key_F11 or (event.key() == Qt.Key.Key_Escape and self.isFullScreen()):
            self.toggle_full_screen()
        elif event.key() == Qt.Key.Key_Escape:
            self.messages.dismiss()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers the state, then lets the owner stop everything."""
        self.save_state()
        self.closing.emit()
        event.accept()
