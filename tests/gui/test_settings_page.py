from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.settings import Settings
from gui.fields import Choice
from gui.keyboard import TouchKeyboard
from gui.keyboard_layouts import LAYER
from gui.pin import pin_matches
from gui.pin_dialog import PinDialog
from gui.settings_page import SettingsPage
from gui.touch import TARGET_PX
from tests.gui.fingers import touch
from tests.gui.panels import catalogue, find, find_all, text_of

FOLDER = Path("/somewhere/facedesk")


class Told:
    """What a page told."""

    def __init__(self, page: SettingsPage) -> None:
        self.settings: list[Settings] = []
        self.sources: list[str] = []
        page.settings_changed.connect(self.settings.append)
        page.source_wanted.connect(self.sources.append)


def shows(field: QLineEdit, text: str) -> bool:
    return field.text() == text


def has_another_layer(keyboard: TouchKeyboard, before: QWidget) -> bool:
    return keyboard.key(LAYER) is not before


def make(qtbot: QtBot, settings: Settings) -> SettingsPage:
    page = SettingsPage(settings, catalogue(), ("camera:0", "camera:2"), FOLDER)
    qtbot.addWidget(page)
    page.resize(716, 480)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    return make(qtbot, Settings(purpose="try"))


@pytest.fixture
def told(page: SettingsPage) -> Iterator[Told]:
    told = Told(page)
    yield told
    assert len(told.settings) == len(set(told.settings)), "nothing is told twice"


def pick(page: SettingsPage, name: str, text: str) -> None:
    choice = find(page, Choice, name)
    index = choice.findText(text)
    assert index >= 0, [choice.itemText(i) for i in range(choice.count())]
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def shown(page: SettingsPage, name: str) -> str:
    return find(page, QComboBox, name).currentText()


def test_it_shows_what_is_in_force(page: SettingsPage, told: Told) -> None:
    assert shown(page, "sourceList") == "Camera 0"
    assert shown(page, "resolution") == "640 x 480"
    assert shown(page, "cameraFps") == "30"
    assert shown(page, "network") == "MobileNet · int8"
    assert shown(page, "minFacePx") == "up to about 2 m away (40 px)"
    assert shown(page, "theme") == "As the system"
    assert find(page, QCheckBox, "mirrored").isChecked()
    assert not told.settings


def test_every_change_applies_at_once(page: SettingsPage, told: Told) -> None:
    pick(page, "sourceList", "Camera 2")
    pick(page, "resolution", "1280 x 720")
    pick(page, "cameraFps", "15")
    pick(page, "network", "InceptionV3 · fp16")
    pick(page, "theme", "Dark")
    pick(page, "language", "Türkçe")
    find(page, QCheckBox, "mirrored").click()
    find(page, QCheckBox, "attributes").click()
    last = told.settings[-1]
    assert (last.source, last.width, last.height, last.camera_fps) == ("camera:2", 1280, 720, 15)
    assert (last.network, last.theme, last.language) == ("inception_v3:fp16", "dark", "tr")
    assert (last.mirrored, last.attributes) == (False, True)
    assert len(told.settings) == 8


def test_a_source_that_is_picked_is_wanted_even_when_it_is_the_setting_already(page: SettingsPage, told: Told) -> None:
    pick(page, "sourceList", "Camera 0")
    assert (told.sources, told.settings) == (["camera:0"], [])
    pick(page, "sourceList", "Camera 2")
    assert told.sources == ["camera:0", "camera:2"]
    assert told.settings[-1].source == "camera:2"


def test_the_smallest_face_is_stated_as_a_distance(page: SettingsPage, told: Told) -> None:
    pick(page, "minFacePx", "up to about 4 m away (20 px)")
    assert told.settings[-1].min_face_px == 20
    pick(page, "resolution", "1280 x 720")
    assert shown(page, "minFacePx") == "up to about 8 m away (20 px)"
    choice = find(page, Choice, "minFacePx")
    assert choice.itemText(choice.findData(160)) == "up to about 1.0 m away (160 px)"


def test_odd_values_of_the_file_can_be_shown(qtbot: QtBot) -> None:
    page = make(qtbot, Settings(source="/clips/lobby.mkv", width=1000, height=700, camera_fps=12, min_face_px=50))
    assert shown(page, "sourceList") == "lobby.mkv"
    assert shown(page, "resolution") == "1000 x 700"
    assert shown(page, "cameraFps") == "12"
    assert shown(page, "minFacePx") == "up to about 3 m away (50 px)" or "50 px" in shown(page, "minFacePx")


def test_attributes_come_with_the_law(page: SettingsPage) -> None:
    assert find(page, QCheckBox, "attributes").isEnabled()
    assert "AI Act, Article 5(1)(g)" in text_of(page, "attributesLaw")
    assert "never stored" in text_of(page, "attributesLaw")


def test_at_an_attendance_desk_attributes_are_off_and_it_says_why(page: SettingsPage, told: Told) -> None:
    find(page, QCheckBox, "attributes").click()
    pick(page, "purpose", "Attendance desk")
    box = find(page, QCheckBox, "attributes")
    assert not box.isEnabled()
    assert not box.isChecked()
    assert text_of(page, "attributesLaw").startswith("Always off at an attendance desk")
    assert not told.settings[-1].shows_attributes


def test_a_stream_is_typed_and_checked(page: SettingsPage, told: Told) -> None:
    address = find(page, QLineEdit, "streamAddress")
    assert not address.isVisible()
    pick(page, "sourceList", "Network stream …")
    assert address.isVisible()
    address.setText("my camera")
    find(page, QPushButton, "useStream").click()
    field = find(page, QWidget, "field_source")
    assert text_of(field, "fieldError") == "An address starts with rtsp:// or http://."
    assert not told.settings
    address.setText(" rtsp://door.local/live ")
    find(page, QPushButton, "useStream").click()
    assert told.settings[-1].source == "rtsp://door.local/live"
    assert text_of(field, "fieldError") == ""
    assert shown(page, "sourceList") == "rtsp://door.local/live"


def test_a_streams_address_is_typed_by_touch(page: SettingsPage, told: Told, qtbot: QtBot) -> None:
    keyboard = find(page, TouchKeyboard, "keyboard")
    assert not keyboard.isVisible()
    pick(page, "sourceList", "Network stream …")
    qtbot.waitUntil(lambda: keyboard.visibleRegion().boundingRect() == keyboard.rect())
    assert keyboard.key("a").width() >= TARGET_PX
    address = find(page, QLineEdit, "streamAddress")
    typed = ""
    for letters in ("rtsp", "://", "door"):
        for letter in letters:
            typed += letter
            touch(qtbot, keyboard.key(letter))
            qtbot.waitUntil(partial(shows, address, typed))
        before = keyboard.key(LAYER)
        touch(qtbot, before)
        qtbot.waitUntil(partial(has_another_layer, keyboard, before))
    use = find(page, QPushButton, "useStream")
    touch(qtbot, use)
    qtbot.waitUntil(lambda: bool(told.settings))
    assert told.settings[-1].source == "rtsp://door"
    assert not keyboard.isVisible()


def test_an_address_that_is_refused_is_typed_on(page: SettingsPage, told: Told, qtbot: QtBot) -> None:
    keyboard = find(page, TouchKeyboard, "keyboard")
    pick(page, "sourceList", "Network stream …")
    use, field = find(page, QPushButton, "useStream"), find(page, QWidget, "field_source")
    touch(qtbot, use)
    qtbot.waitUntil(lambda: text_of(field, "fieldError") == "An address starts with rtsp:// or http://.")
    assert not told.settings
    assert keyboard.isVisible()
    page.hide()
    page.show()
    assert not keyboard.isVisible(), "nor is it in the way at the next visit"
    address = find(page, QLineEdit, "streamAddress")
    QTest.mouseClick(address, Qt.MouseButton.LeftButton)
    assert keyboard.isVisible()


def test_a_file_is_asked_for(page: SettingsPage, told: Told) -> None:
    with patch.object(QFileDialog, "getOpenFileName", return_value=("/clips/walk.gif", "")):
        pick(page, "sourceList", "Video or picture file …")
    assert told.settings[-1].source == "/clips/walk.gif"
    assert shown(page, "sourceList") == "walk.gif"


def test_a_dialog_that_is_called_off_changes_nothing(page: SettingsPage, told: Told) -> None:
    with patch.object(QFileDialog, "getExistingDirectory", return_value=""):
        pick(page, "sourceList", "Folder of pictures …")
    assert not told.settings
    assert shown(page, "sourceList") == "Camera 0"


def test_cameras_that_appear_later_can_be_chosen(page: SettingsPage, told: Told, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.cameras_wanted):
        find(page, QPushButton, "lookForCameras").click()
    page.set_cameras(("camera:0", "picamera"))
    pick(page, "sourceList", "Raspberry Pi camera")
    assert told.settings[-1].source == "picamera"


def test_what_does_not_fit_is_said_in_place_and_not_applied(page: SettingsPage, told: Told) -> None:
    page._change(camera_fps=1000)
    field = find(page, QWidget, "field_cameraFps")
    assert text_of(field, "fieldError") == "The setting camera_fps is 1000. Choose 1 to 240."
    assert not told.settings
    pick(page, "cameraFps", "24")
    assert text_of(field, "fieldError") == ""


def test_changes_from_elsewhere_are_shown_and_not_told_back(page: SettingsPage, told: Told) -> None:
    page.show_settings(Settings(purpose="event", network="mobilenet:fp16", source="demo"))
    assert shown(page, "network") == "MobileNet · fp16"
    assert shown(page, "sourceList") == "Demo clip (needs no camera)"
    assert not told.settings


def test_the_kiosk_pin_is_set_and_kept_as_a_hash(page: SettingsPage, told: Told) -> None:
    button = find(page, QPushButton, "setPin")
    assert button.text() == "Set a PIN …"
    assert not find(page, QPushButton, "removePin").isVisible()

    def type_it(dialog: PinDialog) -> QDialog.DialogCode:
        dialog.pad.entered.emit("2468")
        dialog.pad.entered.emit("2468")
        return QDialog.DialogCode(dialog.result())

    with patch.object(PinDialog, "exec", type_it):
        button.click()
    kept = told.settings[-1].kiosk_pin
    assert pin_matches("2468", kept)
    assert button.text() == "Change PIN …"
    assert find(page, QPushButton, "removePin").isVisible()


def test_the_data_folder_is_named_and_can_be_copied(page: SettingsPage) -> None:
    assert text_of(page, "dataFolder") == str(FOLDER)
    find(page, QPushButton, "copyDataFolder").click()
    assert QGuiApplication.clipboard().text() == str(FOLDER)


@pytest.mark.parametrize("size", [(716, 424), (1800, 1000)])
def test_every_control_can_be_hit_by_thumb(page: SettingsPage, qtbot: QtBot, size: tuple[int, int]) -> None:
    page.resize(*size)
    qtbot.waitUntil(lambda: page.width() == size[0])
    controls = [*find_all(page, QComboBox), *find_all(page, QPushButton), *find_all(page, QCheckBox)]
    assert len(controls) > 10
    for control in controls:
        assert control.height() >= 44, control.objectName()
        assert control.mapTo(page, control.rect().topRight()).x() < size[0], control.objectName()
