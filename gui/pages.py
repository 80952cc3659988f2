"""The pages beside the live one: made at their first visit, and told what concerns them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.catalogue import network_name
from engine.types import FrameResult, TrackedFace
from gui import theme
from gui.capture import CameraLister, SourcePhase, SourceState
from gui.isolated import enumerated
from gui.performance_history import PerformanceHistory
from gui.seen_sheet import SeenSheet
from gui.settings_desk import SettingsDesk
from gui.tapped_face import TappedFace
from gui.worse_head import WorseHead

if TYPE_CHECKING:
    from engine.deletion import DeletionReceipt
    from gui.about_page import AboutPage
    from gui.app import Facedesk
    from gui.corrections import Corrections
    from gui.enrolment_wizard import EnrolmentWizard
    from gui.kiosk import KioskGuard
    from gui.model_panel import ModelPanel

PANEL_AFTER_MS = 400
"""The side panel is filled a little after the window shows: the first picture comes first."""


class Pages(QObject):
    """Makes the pages of the window and keeps those that were made.

    Args:
        facedesk: The program they belong to.
        cameras: Lists the cameras there are.
    """

    def __init__(self, facedesk: Facedesk, cameras: CameraLister) -> None:
        super().__init__()
        self._desk = facedesk
        self._window = facedesk.window
        self._settings = SettingsDesk(facedesk, cameras)
        self._panel: ModelPanel | None = None
        self._history = PerformanceHistory()
        self._kiosk: KioskGuard | None = None
        self._networks = QWidget()
        self._failed: dict[str, Exception] = {}
        self._panel_shown = True
        self._wizard: EnrolmentWizard | None = None
        self._about: AboutPage | None = None
        self._corrections: Corrections | None = None
        self._seen = SeenSheet(facedesk.live.view)
        self._worse = WorseHead(facedesk.people, facedesk.window.messages, lambda: not self._in_kiosk)

    def add(self) -> None:
        """Puts all pages on the rail."""
        window = self._window
        QVBoxLayout(self._networks).setContentsMargins(0, 0, 0, 0)
        theme.tag(self._networks, "page")
        window.add_page("live", self.tr("Live"), "live", self._desk.live)
        window.add_page("enrol", self.tr("Enrol"), "enrol", self._make_wizard)
        window.add_page("people", self.tr("People"), "people", self._make_people)
        window.add_page("performance", self.tr("Speed"), "performance", self._make_chart)
        window.add_page("networks", self.tr("Networks"), "networks", self._networks)
        window.add_page("settings", self.tr("Settings"), "settings", self._settings.make)
        window.add_page("about", self.tr("About"), "about", self._make_about)
        window.page_shown.connect(self._page_shown)
        window.widened.connect(self._place_panel)
        self._desk.live.panel_toggled.connect(self._toggle_panel)
        self._desk.live.view.face_tapped.connect(self._face_tapped)
        self._desk.desk.state_changed.connect(self._source_changed)
        self._desk.people.identifier_ready.connect(self._seen.ask_again)
        self._desk.people.outdated.connect(window.messages.withdraw_error)
        self._seen.chosen.connect(self._open_face)

    def restore(self) -> None:
        """Shows the page of the last time, and the side panel if it was open."""
        state = self._window.state
        self._panel_shown = str(state.value("live/panel", "true")) == "true"
        page = str(state.value("window/page", "live"))
        self._window.show_page(page if page in self._window.page_keys else "live")
        self._place_panel()

    def ask_purpose(self) -> None:
        """Covers the window with the first question."""
        from gui.first_run import FirstRunPage

        page = FirstRunPage()
        page.purpose_chosen.connect(self._desk.choose_purpose)
        page.purpose_chosen.connect(self._tell_about)
        self._window.cover(page)

    def enter_kiosk(self) -> None:
        """Guards the window as a kiosk."""
        from gui.kiosk import KioskGuard

        self._window.show_page("live")
        self._kiosk = KioskGuard(self._window, self._pin)
        self._kiosk.left.connect(self._kiosk_left)
        self._lock_rail(True)
        self._kiosk.enter()

    def shut_down(self) -> None:
        """Remembers the side panel and ends what pages do in the background."""
        self._window.state.setValue("live/panel", "true" if self._panel_shown else "false")
        self._window.state.sync()
        if self._panel is not None:
            self._panel.shut_down()
        if self._wizard is not None:
            self._wizard.shut_down()
        self._settings.stop()

    def add_result(self, result: FrameResult, dropped: int) -> None:
        """Feeds the figures of the pages."""
        if self._panel is not None:
            self._panel.add_result(result)
        self._history.add(result, dropped)
        self._seen.add(result)

    def network_busy(self, key: str) -> None:
        """A network is being loaded."""
        if self._panel is not None:
            self._panel.set_busy(key)

    def network_changed(self, key: str) -> None:
        """Another network answers."""
        self._failed.pop(key, None)
        if self._panel is not None:
            self._panel.set_current(key)
        self._settings.show_head()
        self._tell_about()

    def network_failed(self, key: str, error: Exception) -> None:
        """A network did not load."""
        self._failed[key] = error
        if self._panel is not None:
            self._panel.set_failed(key, error)

    def forget_seen(self) -> None:
        """Forgets who was seen: the house has another purpose from now on."""
        self._seen.forget()

    def show_settings(self) -> None:
        """Shows settings that were changed elsewhere."""
        self._settings.show_settings()

    def _kiosk_left(self) -> None:
        self._lock_rail(False)

    def _lock_rail(self, locked: bool) -> None:
        """Passers-by at a kiosk reach no other page, by thumb or by key."""
        self._window.rail.setHidden(locked)
        self._window.rail.setDisabled(locked)
        self._seen.set_offered(not locked)
        self._place_panel()

    def _pin(self) -> str:
        return self._desk.settings.kiosk_pin

    def _page_shown(self, key: str) -> None:
        if key == "networks":
            self._place_panel()
        elif key == "about":
            self._tell_about()

    def _tell_about(self) -> None:
        """Lets the privacy notice say what runs and is kept now; the network is the one that answers."""
        if self._about is not None:
            desk = self._desk
            self._about.show_settings(replace(desk.settings, network=desk.network or desk.settings.network))

    def _toggle_panel(self, shown: bool) -> None:
        self._panel_shown = shown
        self._place_panel()

    def _place_panel(self) -> None:
        """Beside the picture on a wide window, else on a page of its own."""
        wide = self._window.wide and self._window.rail.isEnabled()
        self._window.rail.set_offered("networks", not wide)
        self._desk.live.status.offer_panel(wide, self._panel_shown)
        if wide and self._window.current_page == "networks":
            self._panel_shown = True
            self._desk.live.status.offer_panel(wide, shown=True)
            self._window.show_page("live")
        beside = wide and self._panel_shown
        self._desk.live.show_side(beside)
        if beside:
            QTimer.singleShot(0 if self._panel else PANEL_AFTER_MS, self, self._fill_side)
        elif self._window.current_page == "networks":
            layout = self._networks.layout()
            if layout is not None:
                layout.addWidget(self._model_panel())

    def _fill_side(self) -> None:
        if self._window.wide and self._panel_shown and self._window.rail.isEnabled():
            self._desk.live.put_beside(self._model_panel())

    def _model_panel(self) -> ModelPanel:
        if self._panel is None:
            from gui.model_panel import ModelPanel

            self._panel = ModelPanel(self._desk.catalogue)
            self._panel.network_chosen.connect(self._desk.choose_network)
            self._panel.failed.connect(self._desk.show_fault)
            if self._desk.network:
                self._panel.set_current(self._desk.network)
            for key, error in self._failed.items():
                self._panel.set_failed(key, error)
        return self._panel

    def enrol(self, name: str = "", external_id: str = "") -> None:
        """Opens the enrolment, with a name and an ID that are known already."""
        self._window.show_page("enrol")
        if self._wizard is not None and not self._wizard.busy:
            self._wizard.begin_with(name, external_id)

    def _make_wizard(self) -> QWidget:
        from gui.enrolment_wizard import EnrolmentWizard

        live, desk = self._desk.live, self._desk.desk
        self._wizard = wizard = EnrolmentWizard(self._desk.people, lambda: live.view.view_geometry.mirrored)
        desk.pictured.connect(wizard.set_frame)
        desk.answered.connect(wizard.set_result)
        desk.state_changed.connect(self._tell_wizard)
        wizard.capturing_changed.connect(self._capturing)
        wizard.busy_changed.connect(self._hide_rail)
        wizard.failed.connect(self._desk.show_fault)
        wizard.closed.connect(self._show_live)
        return wizard

    def _source_changed(self, state: SourceState) -> None:
        if state.phase is SourcePhase.OPENING:
            self._seen.new_source()

    def _face_tapped(self, face: TrackedFace, result: FrameResult) -> None:
        if not self._in_kiosk and face.embedding is not None:  # at a kiosk anybody taps
            tapped = TappedFace.cut(face, result)
            if tapped.network == network_name(self._desk.people.key):  # else it will be looked at anew soon
                self._open_face(tapped)

    def _open_face(self, tapped: TappedFace) -> None:
        from gui.corrections import Corrections

        if self._corrections is None:
            self._corrections = Corrections(self._desk.people, self._desk.live.view, self._window.messages)
            self._corrections.enrol_wanted.connect(self.enrol)
        self._corrections.open(tapped)

    def _hide_rail(self, busy: bool) -> None:
        """An enrolment that was begun is ended or cancelled, not left; in a kiosk the rail stays away."""
        self._window.rail.setHidden(busy or self._in_kiosk)

    @property
    def _in_kiosk(self) -> bool:
        return self._kiosk is not None and self._kiosk.active

    def _capturing(self, capturing: bool) -> None:
        self._desk.desk.pause_recognition(capturing)
        self._desk.desk.repeat(capturing)
        self._tell_wizard()

    def _tell_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.set_trouble(self._desk.desk.trouble)

    def say_receipt(self, receipt: DeletionReceipt) -> None:
        """Says who was deleted because the date agreed on has passed; passers-by at a kiosk read no names."""
        if self._in_kiosk:
            text = self.tr("People were deleted, because the date agreed on has passed. Receipt {number}.")
            self._say(text.format(number=receipt.number))
            return
        text = self.tr("Deleted, because the date agreed on has passed: {names}. Receipt {number}.")
        self._say(text.format(names=enumerated(receipt.names), number=receipt.number))

    def _show_live(self) -> None:
        self._window.show_page("live")

    def _make_people(self) -> QWidget:
        from gui.people_page import PeoplePage

        page = PeoplePage(self._desk.people)
        page.failed.connect(self._desk.show_fault)
        page.enrol_wanted.connect(self.enrol)
        page.noted.connect(self._say)
        page.outdated.connect(self._window.messages.withdraw_error)
        return page

    def _make_chart(self) -> QWidget:
        from gui.performance_chart import PerformanceChart

        chart = PerformanceChart(history=self._history)
        chart.failed.connect(self._desk.show_fault)
        chart.exported.connect(self._say_exported)
        return chart

    def _say(self, text: str) -> None:
        self._window.messages.show_note(text)

    def _say_exported(self, path: str) -> None:
        self._window.messages.show_note(self.tr("Saved as {path}.").format(path=path))

    def _make_about(self) -> QWidget:
        from gui.about_page import AboutPage

        self._about = page = AboutPage(self._desk.settings, self._desk.catalogue, self._desk.data.root)
        return page
