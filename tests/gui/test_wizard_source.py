"""What the wizard and the settings make of the source: a clip at its end, a camera that is not there."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.errors import DamagedError
from engine.gallery import identifier_of
from engine.paths import DataFolder
from engine.settings import Settings, save_settings
from engine.sources import FrameSource
from engine.types import Frame
from gui.app import Facedesk, LaunchOptions
from gui.capture import SourcePhase
from gui.enrol_session import EnrolSession
from gui.enrolment_wizard import EnrolmentWizard
from gui.fields import Choice
from gui.head_loader import LoadedHead
from gui.settings_keeper import SettingsKeeper
from gui.settings_page import SettingsPage
from tests.engine.desk import NETWORK, enrol, open_store
from tests.gui.enrolling import STEP_MS, agree, child, tap, wizard_of
from tests.gui.scripted import ScriptedEngine
from tests.gui.test_enrol_session import picture
from tests.gui.test_people_jobs import StandInWorkshop
from tests.scripted_camera import LOST

SETTINGS = Settings(purpose="try", network="first:int8", theme="light", language="en")

Launch = Callable[..., Facedesk]


class Looks(FrameSource):
    """Somebody who looks a little different each time.

    Args:
        first: Number of the first look.
        count: How many there are; None for no end.
        is_live: Whether it is a camera.
    """

    def __init__(self, first: int = 0, count: int | None = None, *, is_live: bool = False) -> None:
        super().__init__("Looks", 30.0)
        self.is_live = self.is_camera = is_live
        self._first, self._count, self._index = first, count, 0

    def read(self) -> Frame | None:
        if self._index == self._count or self._stopped.wait(0.02):
            return None
        self._index += 1
        look = self._first + self._index % 20
        return Frame(picture(look), self._index, time.monotonic_ns(), self._index * 20.0)


class Doorway:
    """Opens clips that end after one look, the demo clip, and the cameras that are plugged in."""

    def __init__(self) -> None:
        self.cameras: tuple[str, ...] = ()
        self.opened = 0

    def look_for_cameras(self) -> tuple[str, ...]:
        return self.cameras

    def __call__(self, source: str, _: Settings) -> FrameSource:
        self.opened += 1
        if source.endswith(".gif"):
            return Looks(self.opened, 1)
        if source != "demo" and source not in self.cameras:
            raise LOST
        return Looks(is_live=source != "demo")


@pytest.fixture
def doorway() -> Doorway:
    return Doorway()


@pytest.fixture
def launch(qtbot: QtBot, tmp_path: Path, doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Launch]:
    monkeypatch.setattr("gui.capture.WATCH_S", 0.02)
    monkeypatch.setattr("gui.desk.REPEAT_AFTER_MS", 10)
    open_store(tmp_path).close()
    launched: list[Facedesk] = []

    def start(source: str | None = None) -> Facedesk:
        data = DataFolder(tmp_path)
        save_settings(SETTINGS, data.settings_file)
        facedesk = Facedesk(
            LaunchOptions(source=source, data=data),
            SettingsKeeper(data.settings_file),
            opener=doorway,
            cameras=doorway.look_for_cameras,
            engine=ScriptedEngine(),
        )
        facedesk.people._room = StandInWorkshop(data, facedesk.catalogue)
        launched.append(facedesk)
        qtbot.addWidget(facedesk.window)
        facedesk.start()
        facedesk.window.resize(800, 480)
        return facedesk

    yield start
    for facedesk in launched:
        facedesk.stop()


def to_capture(qtbot: QtBot, facedesk: Facedesk) -> EnrolmentWizard:
    wizard = wizard_of(facedesk)
    wizard.who.name_field.setText("Grace")
    tap(wizard, "wizardNext")
    agree(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.step is wizard.capture, timeout=STEP_MS)
    return wizard


def sentence(wizard: EnrolmentWizard) -> str:
    return child(wizard, QLabel, "captureSentence").text()


def pictures(wizard: EnrolmentWizard) -> int:
    """How many pictures it says that it has."""
    told = (re.match(r"(\d+) picture", label.text()) for label in wizard.capture.findChildren(QLabel))
    return next(int(count[1]) for count in told if count)


def test_a_clip_at_its_end_is_played_again_for_the_pictures(qtbot: QtBot, launch: Launch, doorway: Doorway) -> None:
    facedesk = launch("clip.gif")
    qtbot.waitUntil(lambda: facedesk.desk.state.phase is SourcePhase.ENDED)
    assert doorway.opened == 1
    wizard = to_capture(qtbot, facedesk)
    qtbot.waitUntil(lambda: pictures(wizard) >= 2, timeout=STEP_MS)
    assert doorway.opened >= 3, "also when it ends meanwhile"
    tap(wizard, "wizardCancel")
    qtbot.waitUntil(lambda: facedesk.desk.state.phase is SourcePhase.ENDED)


def test_nobody_of_the_demo_clip_is_enrolled_in_place_of_whoever_has_no_camera(
    qtbot: QtBot, launch: Launch, doorway: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.desk.state.source == "demo")
    shown: list[Frame] = []
    taken: list[Frame] = []
    put = EnrolSession.put

    def counted(session: EnrolSession, frame: Frame) -> None:
        taken.append(frame)
        put(session, frame)

    monkeypatch.setattr(EnrolSession, "put", counted)
    wizard = to_capture(qtbot, facedesk)
    facedesk.desk.pictured.connect(shown.append)
    qtbot.waitUntil(lambda: len(shown) > 10)
    assert taken == []
    assert sentence(wizard) == "The camera does not answer. Check the cable, then tap Retry."
    assert not wizard.capture.ready
    doorway.cameras = ("camera:0",)
    qtbot.waitUntil(lambda: wizard.capture.ready, timeout=STEP_MS)
    assert facedesk.desk.state.source == "camera:0"


def test_a_demo_clip_that_was_asked_for_may_be_enrolled(qtbot: QtBot, launch: Launch) -> None:
    wizard = to_capture(qtbot, launch("demo"))
    qtbot.waitUntil(lambda: wizard.capture.ready, timeout=STEP_MS)


def settings_of(facedesk: Facedesk) -> SettingsPage:
    facedesk.window.show_page("settings")
    return child(facedesk.window, SettingsPage)


def pick(page: SettingsPage, source: str) -> None:
    choice = child(page, Choice, "sourceList")
    choice.activated.emit(choice.findData(source))


def test_the_camera_of_the_settings_replaces_what_was_given_for_once(
    qtbot: QtBot, launch: Launch, doorway: Doorway
) -> None:
    doorway.cameras = ("camera:0",)
    facedesk = launch("clip.gif")
    page = settings_of(facedesk)
    pick(page, "camera:0")
    assert facedesk.desk.state.source == "camera:0"
    assert facedesk.settings.source == "camera:0", "also when something else is changed after that"
    opened = doorway.opened
    qtbot.waitUntil(lambda: facedesk.desk.state.phase is SourcePhase.PLAYING)
    page.strictness.chosen.emit(0.01)
    assert (facedesk.desk.state.phase, doorway.opened - opened) == (SourcePhase.PLAYING, 1)


def test_the_camera_of_the_settings_replaces_the_demo_that_stands_in_for_it(
    qtbot: QtBot, launch: Launch, doorway: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.capture.WATCH_S", 60.0)
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.desk.state.source == "demo")
    doorway.cameras = ("camera:0",)
    pick(settings_of(facedesk), "camera:0")
    qtbot.waitUntil(lambda: facedesk.desk.state.phase is SourcePhase.PLAYING)
    assert facedesk.desk.state.source == "camera:0"


def test_the_slider_does_not_speak_of_the_head_of_another_network(
    qtbot: QtBot, launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path) as store:
        enrol(store, "Ana", 1)
        head = identifier_of(store, NETWORK)

    def load(room: object, key: str, fpir: float) -> LoadedHead:
        if key != "first:int8":
            raise DamagedError("The head is damaged.", "Train it anew.")
        return LoadedHead("first", head, external_ids={})

    monkeypatch.setattr("gui.head_loader.loaded_head", load)
    facedesk = launch("demo")
    slider = settings_of(facedesk).strictness
    qtbot.waitUntil(lambda: "6 pictures" in slider.text)
    facedesk.choose_network("second:int8")
    qtbot.waitUntil(lambda: facedesk.network == "second:int8" and not facedesk.people.busy)
    assert "once somebody is enrolled" in slider.text
