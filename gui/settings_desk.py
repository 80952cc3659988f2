"""The settings page, with what it shows of the rest: the head that its slider speaks of, and the cameras there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.capture import CameraLister, CameraSearch

if TYPE_CHECKING:
    from engine.person_head import PersonHead
    from gui.app import Facedesk
    from gui.settings_page import SettingsPage


class SettingsDesk(QObject):
    """Makes the page at its first visit, and tells it what concerns it.

    Args:
        facedesk: The program.
        cameras: Lists the cameras there are.
    """

    def __init__(self, facedesk: Facedesk, cameras: CameraLister) -> None:
        super().__init__()
        self._desk = facedesk
        self._cameras = cameras
        self._search: CameraSearch | None = None
        self._page: SettingsPage | None = None

    def make(self) -> QWidget:
        """The page."""
        from gui.settings_page import SettingsPage

        desk = self._desk
        self._page = page = SettingsPage(desk.keeper.saved, desk.catalogue, (), data_folder=desk.data.root)
        page.settings_changed.connect(desk.change_settings)
        page.source_wanted.connect(self._look_at)
        self.show_head()
        desk.people.identifier_ready.connect(self._take_head)
        page.cameras_wanted.connect(self._look_for_cameras)
        self._look_for_cameras()
        return page

    def show_settings(self) -> None:
        """Shows settings that were changed elsewhere."""
        if self._page is not None:
            self._page.show_settings(self._desk.keeper.saved)

    def show_head(self) -> None:
        """Lets the slider speak of the head in use; of none while that of another network is being loaded."""
        if self._page is not None:
            self._page.strictness.set_head(self._desk.people.head)

    def stop(self) -> None:
        """Ends what it does in the background."""
        if self._search is not None:
            self._search.stop()
        self._page = None

    def _take_head(self, network: str, head: PersonHead) -> None:
        if self._page is not None:
            self._page.strictness.set_head(head)

    def _look_at(self, source: str) -> None:
        """Opens what was picked, also in place of what is on show for this session only, or of the demo clip."""
        desk = self._desk
        desk.keeper.override(source=source)
        desk.desk.apply(desk.settings)
        if desk.desk.state.source != source:
            desk.desk.open(source)

    def _look_for_cameras(self) -> None:
        if self._search is None or not self._search.running:
            self._search = CameraSearch(self._cameras)
            self._search.found.connect(self._list_cameras)
            self._search.failed.connect(self._desk.show_fault)
            self._search.start()

    def _list_cameras(self, cameras: tuple[str, ...]) -> None:
        if self._page is not None:
            self._page.set_cameras(cameras)
