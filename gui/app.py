"""The composition root: builds, wires, starts and stops the window."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from engine import __version__
from engine.catalogue import Catalogue
from engine.errors import SettingsError
from engine.paths import DataFolder
from engine.settings import Settings
from engine.types import FrameResult
from gui import theme, translations
from gui.camera_page import CameraPage
from gui.capture import CameraLister, SourcePhase, SourceState
from gui.desk import Desk, Opener
from gui.engine_room import EngineRoom, cameras_here, open_for_window
from gui.inference import Engine
from gui.main_window import MainWindow
from gui.pages import Pages
from gui.people_desk import PeopleDesk
from gui.process import GarbageCollector, catch_everything, leave_hanging_threads, log_to
from gui.settings_keeper import SettingsKeeper

STOP_S = 1.6


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """What the command line asks of the window.

    Attributes:
        source: What to look at this time, instead of the setting.
        model: Network and precision this time, instead of the setting.
        kiosk: Full screen, left by PIN or long press.
        demo: Event demo on the demo clip.
        data: Where settings and everything kept live; the platform's own place when None.
    """

    source: str | None = None
    model: str | None = None
    kiosk: bool = False
    demo: bool = False
    data: DataFolder | None = None


class Facedesk(QObject):
    """The whole program: settings, live desk and window, wired together.

    Args:
        options: From the command line.
        keeper: The settings.
        opener: Opens sources.
        cameras: Lists the cameras there are.
        engine: Builds pipelines and loads networks; by default the real one on the catalogue.

    Signals:
        fault: A bug that nobody caught, from any thread.
        ended: Everything has stopped; the event loop may end.
    """

    fault = Signal(object)
    ended = Signal()

    def __init__(
        self,
        options: LaunchOptions,
        keeper: SettingsKeeper,
        *,
        opener: Opener = open_for_window,
        cameras: CameraLister = cameras_here,
        engine: Engine | None = None,
    ) -> None:
        super().__init__()
        self._options = options
        self.data = options.data or DataFolder.default()
        self.keeper = keeper
        self.catalogue = Catalogue.read((self.data.models,))
        self._startup_errors = [error for error in (self.keeper.error,) if error is not None]
        self._take_options()
        theme.manager().set_choice(self.settings.theme)
        self.desk = Desk(opener, cameras, engine or EngineRoom(self.catalogue), self.settings)
        self.people = PeopleDesk(self.data, self.catalogue, self.settings)
        self.window = MainWindow(self.data.root / "window.ini")
        self.live = CameraPage()
        self.pages = Pages(self, cameras)
        self._network = ""
        self._wanted_network = self.settings.network
        self._replaced = False
        self._source_message = 0
        self._camera_note = 0
        self._stopped = False
        self._wire()

    @property
    def settings(self) -> Settings:
        """What is in force in this session."""
        return self.keeper.session

    @property
    def network(self) -> str:
        """Key of the network that answers; empty before the first one is loaded."""
        return self._network

    def start(self) -> None:
        """Shows the window and starts the threads; before the first question is answered no camera is opened."""
        for error in (*self._startup_errors, *self.catalogue.problems):
            self.window.messages.show_error(error)
        self.window.restore_state()
        self.pages.restore()
        self.window.show()
        self.live.view.setFocus()
        self.people.start()
        if self._asks_purpose():
            self.pages.ask_purpose()
        else:
            self.desk.start()
        if self._options.kiosk:
            self.pages.enter_kiosk()

    def stop(self) -> None:
        """Stops the threads, in well under two seconds; one that hangs in a driver is given up."""
        if not self._stopped:
            self._stopped = True
            deadline = time.monotonic() + STOP_S
            self.desk.ask_to_stop()
            self.pages.shut_down()
            self.people.ask_to_stop()
            self.desk.stop(max(0.1, deadline - time.monotonic()))
            self.people.stop(max(0.3, deadline - time.monotonic()))

    def leave(self) -> None:
        """Ends the program, also out of a kiosk, whose window cannot be closed."""
        self.window.save_state()
        self.stop()
        self.ended.emit()

    def change_settings(self, saved: Settings) -> None:
        """Takes over settings from a page, and saves them."""
        before = self.settings
        try:
            self.keeper.change(saved)
        except SettingsError as error:
            self.window.messages.show_error(error)
        now = self.settings
        self._apply_look(now)
        self.desk.apply(now)
        self.people.apply(now)
        if now.purpose != before.purpose:
            self.pages.forget_seen()
        if now.network != before.network and now.network != self._network:
            self.choose_network(now.network)
        if now.language != before.language:
            self.window.messages.show_note(self.tr("The language changes at the next start."))

    def choose_purpose(self, purpose: str) -> None:
        """Takes the answer to the first question, and starts."""
        self.window.uncover()
        attributes = purpose == "event"
        self.change_settings(replace(self.keeper.saved, purpose=purpose, attributes=attributes))  # type: ignore[arg-type]
        self.desk.start()

    def choose_network(self, key: str) -> None:
        """Switches to another network in the background; it becomes the setting once it has loaded."""
        self._wanted_network = key
        self.pages.network_busy(key)
        self.desk.request_network(key)

    def show_fault(self, error: BaseException) -> None:
        """Shows an error in the banner."""
        self.window.messages.show_error(error)

    def _take_options(self) -> None:
        values: dict[str, object] = {}
        if self._options.source:
            values["source"] = self._options.source
        if self._options.model:
            network = self._options.model
            values["network"] = network if ":" in network else f"{network}:int8"
        if self._options.demo:
            values.update(source="demo", purpose="event", attributes=True)
        try:
            self.keeper.override(**values)
            self.data.ensure()
        except SettingsError as error:
            self._startup_errors.append(error)
        except OSError as error:
            what = f"The data folder cannot be made: {error.strerror}."
            self._startup_errors.append(SettingsError(what, "Choose another one with --data-dir."))

    def _asks_purpose(self) -> bool:
        return not (self.settings.purpose or self._options.source or self._options.kiosk)

    def _wire(self) -> None:
        desk, live = self.desk, self.live
        desk.pictured.connect(live.set_frame)
        desk.answered.connect(self._take_result)
        desk.state_changed.connect(self._take_state)
        desk.network_changed.connect(self._network_changed)
        desk.network_failed.connect(self._network_failed)
        desk.failed.connect(self.show_fault)
        desk.camera_missing.connect(self._say_no_camera)
        desk.camera_still_missing.connect(self._say_still_no_camera)
        live.retry_wanted.connect(desk.retry)
        self.people.identifier_ready.connect(desk.set_identifier)
        self.people.chore.connect(live.status.set_chore)
        self.people.receipt.connect(self.pages.say_receipt)
        self.people.failed.connect(self.show_fault)
        self.fault.connect(self.show_fault)
        self.window.closing.connect(self.stop)
        self.window.page_shown.connect(self._page_shown)
        self.pages.add()
        self._apply_look(self.settings)

    def _apply_look(self, settings: Settings) -> None:
        theme.manager().set_choice(settings.theme)
        self.live.set_mirrored(settings.mirrored)
        self.live.set_attributes(settings.shows_attributes)

    def _take_result(self, result: FrameResult) -> None:
        self.live.set_result(result)
        self.pages.add_result(result, self.desk.dropped)

    def _take_state(self, state: SourceState) -> None:
        self.live.set_state(state)
        self.window.messages.withdraw(self._source_message)
        if state.is_live and state.phase is SourcePhase.PLAYING:
            self.window.messages.withdraw(self._camera_note)
        self._say_source_error(state)

    def _page_shown(self, key: str) -> None:
        self.window.messages.withdraw(self._source_message)
        self._say_source_error(self.desk.state)

    def _say_source_error(self, state: SourceState) -> None:
        """Where the picture itself is not on show, the banner says what ails the source."""
        if state.error is not None and self.window.current_page not in ("", "live"):
            self._source_message = self.window.messages.show_error(state.error, self.desk.retry)

    def _say_no_camera(self) -> None:
        text = self.tr("No camera was found: showing the demo clip.")
        self._camera_note = self._note_with_search(text)

    def _say_still_no_camera(self) -> None:
        self._camera_note = self._note_with_search(self.tr("Still no camera was found."))

    def _note_with_search(self, text: str) -> int:
        self.window.messages.withdraw(self._camera_note)
        return self.window.messages.show_note(text, self.tr("Look for a camera"), self.desk.look_for_camera)

    def _network_changed(self, key: str) -> None:
        self._network = key
        self.people.use_network(key)
        self.live.set_network(self.catalogue.title(key))
        self.pages.network_changed(key)
        if self._replaced:
            self._replaced = False
            text = self.tr("{network} is used instead.").format(network=self.catalogue.title(key))
            self.window.messages.show_note(text)
        if key == self._wanted_network and key != self.settings.network:
            self.change_settings(replace(self.keeper.saved, network=key))
            self.pages.show_settings()

    def _network_failed(self, key: str, error: Exception) -> None:
        self.pages.network_failed(key, error)
        if key == self._wanted_network:
            self.window.messages.show_error(error)
            self._wanted_network = self._network
            self._replaced = not self._network


def run(options: LaunchOptions, watch: Callable[[Facedesk], object] | None = None) -> int:
    """Opens the window and returns its exit code when it was closed.

    Args:
        options: From the command line.
        watch: Called when everything has started, by those who measure the program.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Facedesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("facedesk")
    app.setStyle("Fusion")
    app.setWindowIcon(theme.manager().icon("live", "accent"))
    data = options.data or DataFolder.default()
    log_to(data)
    keeper = SettingsKeeper(data.settings_file)
    translations.install(app, keeper.saved.language)
    facedesk = Facedesk(replace(options, data=data), keeper)
    catch_everything(facedesk.fault.emit, facedesk.leave)
    facedesk.ended.connect(app.exit)  # not quit, which would ask the window: a kiosk's refuses
    facedesk.start()
    GarbageCollector(facedesk)
    if watch is not None:
        watch(facedesk)
    code = app.exec()
    facedesk.stop()
    leave_hanging_threads(code)
    return code
