import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.deletion import DeletionReceipt
from engine.errors import InUseError, SourceError
from engine.paths import DataFolder
from engine.people import now
from engine.settings import Settings, load_settings, save_settings
from engine.sources import FrameSource
from gui.app import Facedesk, LaunchOptions
from gui.settings_keeper import SettingsKeeper
from tests.gui.scripted import ADA, ScriptedEngine, face
from tests.scripted_camera import LOST, ScriptedCamera, numbered_frames

SETTINGS = Settings(purpose="try", network="first:int8", theme="light")

Launch = Callable[..., Facedesk]


def endless(*_: object) -> FrameSource:
    """A camera with a picture that stays."""
    return ScriptedCamera([*numbered_frames(3, width=640, height=480), "silence"])


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.ensure()
    save_settings(SETTINGS, folder.settings_file)
    return folder


@pytest.fixture
def launch(qtbot: QtBot, data: DataFolder) -> Iterator[Launch]:
    launched: list[Facedesk] = []

    def start(
        options: LaunchOptions | None = None,
        opener: Callable[..., FrameSource] = endless,
        engine: ScriptedEngine | None = None,
        cameras: Callable[[], tuple[str, ...]] = lambda: (),
    ) -> Facedesk:
        facedesk = Facedesk(
            options or LaunchOptions(data=data),
            SettingsKeeper(data.settings_file),
            opener=opener,
            cameras=cameras,
            engine=engine or ScriptedEngine(),
        )
        launched.append(facedesk)
        qtbot.addWidget(facedesk.window)
        facedesk.start()
        return facedesk

    yield start
    for facedesk in launched:
        facedesk.stop()


def message(facedesk: Facedesk) -> str:
    current = facedesk.window.messages.current
    return current.what if current is not None else ""


def button(facedesk: Facedesk, text: str) -> QPushButton:
    buttons = cast("list[QPushButton]", facedesk.window.findChildren(QPushButton))
    found = [each for each in buttons if each.text() == text]
    assert len(found) == 1, f"{len(found)} buttons say {text!r}"
    return found[0]


def tap(facedesk: Facedesk, text: str) -> None:
    QTest.mouseClick(button(facedesk, text), Qt.MouseButton.LeftButton)


def test_a_face_gets_its_label(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch(engine=ScriptedEngine(script=lambda _: (face([100, 100, 300, 300], ADA),)))
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Ada"])
    assert facedesk.live.notice.isHidden()
    qtbot.waitUntil(lambda: facedesk.live.view.accessibleDescription() == "Ada")


def test_a_camera_being_opened_is_said(qtbot: QtBot, launch: Launch) -> None:
    release = threading.Event()

    def slow(*_: object) -> FrameSource:
        release.wait(30)
        return endless()

    facedesk = launch(opener=slow)
    assert facedesk.live.notice.text == "Opening the camera…"
    release.set()
    qtbot.waitUntil(facedesk.live.notice.isHidden)


def test_a_camera_is_mirrored_and_a_clip_is_not(qtbot: QtBot, launch: Launch) -> None:
    def clip(*_: object) -> FrameSource:
        return ScriptedCamera(numbered_frames(1), is_live=False)

    camera, other = launch(), launch(opener=clip)
    qtbot.waitUntil(lambda: camera.live.view.view_geometry.mirrored)
    qtbot.waitUntil(lambda: other.live.notice.text == "The end.")
    assert not other.live.view.view_geometry.mirrored


def test_a_lost_camera_dims_the_last_picture_and_says_so(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.live.view.frame is not None)
    qtbot.waitUntil(lambda: facedesk.live.view.dimmed, timeout=2000)
    assert facedesk.live.notice.text.startswith("The camera does not answer.")
    assert facedesk.live.notice.isVisible()


def test_without_a_camera_one_line_says_so_and_a_button_looks_again(qtbot: QtBot, launch: Launch) -> None:
    cameras: list[str] = []

    def opener(source: str, _: Settings) -> FrameSource:
        if source == "camera:0" and not cameras:
            raise LOST
        return ScriptedCamera([*numbered_frames(3), "silence"], is_live=source != "demo")

    facedesk = launch(opener=opener, cameras=lambda: tuple(cameras))
    qtbot.waitUntil(lambda: message(facedesk) == "No camera was found: showing the demo clip.")
    tap(facedesk, "Look for a camera")
    qtbot.waitUntil(lambda: message(facedesk) == "Still no camera was found.")
    cameras.append("camera:0")
    tap(facedesk, "Look for a camera")
    qtbot.waitUntil(lambda: facedesk.desk.state.source == "camera:0" and message(facedesk) == "")


def test_an_error_of_the_source_can_be_retried(qtbot: QtBot, launch: Launch) -> None:
    trouble = [SourceError("There is no file or folder clip.mkv.", "Choose another one.")]

    def opener(*_: object) -> FrameSource:
        if trouble:
            raise trouble.pop()
        return endless()

    facedesk = launch(opener=opener)
    qtbot.waitUntil(lambda: facedesk.live.notice.text == "There is no file or folder clip.mkv. Choose another one.")
    tap(facedesk, "Retry")
    qtbot.waitUntil(facedesk.live.notice.isHidden)


def test_on_other_pages_the_banner_says_what_ails_the_source(qtbot: QtBot, launch: Launch) -> None:
    def opener(*_: object) -> FrameSource:
        raise SourceError("There is no file or folder clip.mkv.", "Choose another one.")

    facedesk = launch(opener=opener)
    qtbot.waitUntil(lambda: facedesk.live.notice.text == "There is no file or folder clip.mkv. Choose another one.")
    assert message(facedesk) == ""
    facedesk.window.show_page("about")
    assert message(facedesk) == "There is no file or folder clip.mkv."
    facedesk.window.show_page("live")
    assert message(facedesk) == ""


def test_a_clip_at_its_end_offers_to_play_again(qtbot: QtBot, launch: Launch) -> None:
    opened: list[str] = []

    def clip(source: str, _: Settings) -> FrameSource:
        opened.append(source)
        return ScriptedCamera(numbered_frames(1), is_live=False)

    facedesk = launch(opener=clip)
    qtbot.waitUntil(lambda: facedesk.live.notice.text == "The end.")
    assert not facedesk.live.view.dimmed
    tap(facedesk, "Play again")
    qtbot.waitUntil(lambda: len(opened) == 2)


def test_a_damaged_network_is_named_and_another_one_answers(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch(engine=ScriptedEngine(damaged=("first:int8",)))
    qtbot.waitUntil(lambda: message(facedesk) == "The network first:int8 is damaged.")
    qtbot.waitUntil(lambda: facedesk.network == "second:int8")
    facedesk.window.messages.dismiss()
    qtbot.waitUntil(lambda: message(facedesk) == "second int8 is used instead.")


def test_a_chosen_network_becomes_the_setting_once_it_has_loaded(
    qtbot: QtBot, launch: Launch, data: DataFolder
) -> None:
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.network == "first:int8")
    facedesk.choose_network("second:int8")
    assert load_settings(data.settings_file).network == "first:int8"
    qtbot.waitUntil(lambda: load_settings(data.settings_file).network == "second:int8")


def test_a_network_that_fails_is_not_saved(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    facedesk = launch(engine=ScriptedEngine(damaged=("second:int8",)))
    qtbot.waitUntil(lambda: facedesk.network == "first:int8")
    facedesk.choose_network("second:int8")
    qtbot.waitUntil(lambda: message(facedesk) == "The network second:int8 is damaged.")
    assert (facedesk.network, load_settings(data.settings_file).network) == ("first:int8", "first:int8")


def test_a_source_given_for_once_is_not_saved(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    facedesk = launch(LaunchOptions(source="demo", model="second:int8", data=data))
    qtbot.waitUntil(lambda: facedesk.network == "second:int8")
    assert facedesk.desk.state.source == "demo"
    facedesk.window.close()
    assert load_settings(data.settings_file) == SETTINGS


def test_the_first_question_comes_before_the_first_picture(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    data.settings_file.unlink()
    opened: list[str] = []

    def opener(source: str, _: Settings) -> FrameSource:
        opened.append(source)
        return endless()

    facedesk = launch(opener=opener)
    assert not facedesk.window.rail.isVisible()
    assert opened == []
    facedesk.choose_purpose("attendance")
    qtbot.waitUntil(lambda: opened == ["camera:0"])
    assert facedesk.window.rail.isVisible()
    assert load_settings(data.settings_file).purpose == "attendance"


def test_attributes_are_never_shown_at_an_attendance_desk(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    save_settings(Settings(purpose="attendance", attributes=True, network="first:int8"), data.settings_file)
    engine = ScriptedEngine()
    facedesk = launch(engine=engine)
    qtbot.waitUntil(lambda: facedesk.network == "first:int8")
    assert engine.pipeline is not None
    assert not engine.pipeline.options.attributes
    assert "ethnicity" not in facedesk.live.status.text()


def test_damaged_settings_are_said_and_the_program_lives_on(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    data.settings_file.write_text("{")
    facedesk = launch(LaunchOptions(source="demo", data=data))
    assert message(facedesk) == "The settings file is damaged."
    qtbot.waitUntil(lambda: facedesk.live.view.frame is not None)


def test_a_bug_in_any_thread_reaches_the_banner(qtbot: QtBot, launch: Launch, caplog: pytest.LogCaptureFixture) -> None:
    facedesk = launch()
    thread = threading.Thread(target=facedesk.fault.emit, args=(ZeroDivisionError("a bug"),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "ZeroDivisionError" in message(facedesk))


def test_a_kiosk_shows_nothing_but_the_picture(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    facedesk = launch(LaunchOptions(kiosk=True, data=data))
    window = facedesk.window
    assert window.isFullScreen()
    assert not window.rail.isVisible()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page == "live"


def test_a_kiosk_ends_with_the_program(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    facedesk = launch(LaunchOptions(kiosk=True, data=data))
    with qtbot.waitSignal(facedesk.ended):
        facedesk.leave()
    assert not facedesk.desk.running


def test_the_last_page_is_remembered(launch: Launch) -> None:
    first = launch()
    first.window.show_page("about")
    first.window.close()
    assert launch().window.current_page == "about"


@pytest.mark.parametrize("state", ["opening", "loading", "looking", "playing", "lost"])
def test_closing_takes_less_than_two_seconds_from_any_state(qtbot: QtBot, launch: Launch, state: str) -> None:
    held = threading.Event()

    def opener(*_: object) -> FrameSource:
        if state == "opening":
            held.wait(30)
        if state == "lost":
            return ScriptedCamera([*numbered_frames(1), LOST])
        return endless()

    engine = ScriptedEngine(loading=held if state == "loading" else None, gate=held if state == "looking" else None)
    facedesk = launch(opener=opener, engine=engine, cameras=lambda: ("camera:0",))
    if state != "opening":
        qtbot.waitUntil(lambda: facedesk.live.view.frame is not None)
    began = time.monotonic()
    facedesk.window.close()
    took = time.monotonic() - began
    held.set()
    assert took < 2.0


def test_passers_by_at_a_kiosk_do_not_read_whose_date_has_passed(qtbot: QtBot, launch: Launch) -> None:
    receipt = DeletionReceipt("20260101-abc", ("Zelda",), now(), "retention", 6, 1, (), wiped=True)
    desk, kiosk = launch(), launch()
    kiosk.pages.enter_kiosk()
    for facedesk in (desk, kiosk):
        facedesk.people.receipt.emit(receipt)
    assert message(desk) == "Deleted, because the date agreed on has passed: Zelda. Receipt 20260101-abc."
    assert message(kiosk) == "People were deleted, because the date agreed on has passed. Receipt 20260101-abc."


def test_a_database_that_was_in_use_is_told_no_longer_than_it_is(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch()
    error = InUseError("The database is in use by another program.", "Close it, then try again.")
    facedesk.people.failed.emit(error)
    assert message(facedesk) == error.what
    facedesk.people.outdated.emit(error)
    assert message(facedesk) == ""
