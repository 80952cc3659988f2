"""A whole program on a clip of the shared media, for tests of enrolling and of the people page."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.capture_guide import CaptureGuide
from engine.catalogue import Catalogue
from engine.enrolment import Enrolment
from engine.paths import DataFolder
from engine.people import ConsentText, People
from engine.recognition import Recognition
from engine.settings import Settings, save_settings
from engine.sources import FrameSource, open_source
from engine.store import Store
from engine.types import Frame
from gui.app import Facedesk, LaunchOptions
from gui.enrolment_wizard import EnrolmentWizard
from gui.face_sheet import FaceSheet
from gui.people_page import PeoplePage
from gui.settings_keeper import SettingsKeeper
from gui.wizard_frame import WizardFrame

WOMAN = "head-pose-face-detection-female.gif"
MAN = "head-pose-face-detection-male.gif"
STEP_MS = 90_000
"""Most that a step may take where other programs keep the processors busy."""

W = TypeVar("W", bound=QWidget)


class EndlessClip(FrameSource):
    """A clip as a camera gives it: enlarged, at its own speed, over and over."""

    def __init__(self, clip: Path) -> None:
        super().__init__("Clip", 30.0)
        self.is_live = self.is_camera = True
        with open_source(str(clip)) as source:
            self._frames = [frame for frame in iter(source.read, None) if frame is not None]
        self._index = 0

    def read(self) -> Frame | None:
        if self._stopped.wait(0.033):
            return None
        image = self._frames[self._index % len(self._frames)].image
        enlarged = np.asarray(cv2.resize(image, None, fx=2, fy=2), np.uint8)
        self._index += 1
        return Frame(enlarged, self._index, time.monotonic_ns(), self._index * 33.3)


class Desk:
    """Starts the program with a clip as its camera."""

    def __init__(self, qtbot: QtBot, data: DataFolder, media: Path) -> None:
        self.qtbot, self.data, self.media = qtbot, data, media
        self.launched: list[Facedesk] = []

    def launch(self, clip: str = WOMAN, **settings: object) -> Facedesk:
        base = Settings(purpose="try", theme="light", language="en", source="camera:0")
        save_settings(replace(base, **settings), self.data.settings_file)  # type: ignore[arg-type]
        facedesk = Facedesk(
            LaunchOptions(data=self.data),
            SettingsKeeper(self.data.settings_file),
            opener=lambda *_: EndlessClip(self.media / clip),
            cameras=lambda: ("camera:0",),
        )
        self.launched.append(facedesk)
        self.qtbot.addWidget(facedesk.window)
        facedesk.window.resize(800, 480)
        facedesk.start()
        facedesk.window.showNormal()
        facedesk.window.resize(800, 480)
        self.qtbot.waitUntil(lambda: facedesk.network != "", timeout=STEP_MS)
        return facedesk

    def enrolled(self, name: str, clip: str = WOMAN) -> int:
        """Enrols somebody from a clip, without the window."""
        recognition = Recognition.load(Catalogue.read([self.data.models]), "mobilenet:int8")
        with Store.open(self.data) as store:
            enrolment = Enrolment(store, recognition, CaptureGuide(guided=False))
            enrolment.begin(name, ConsentText("test"))
            with open_source(str(self.media / clip)) as source:
                for frame in iter(source.read, None):
                    assert frame is not None
                    enrolment.observe(frame.image, frame.time_ms)
            for _ in enrolment.finish(accept_worse=True):
                pass
            assert enrolment.person_id is not None
            return enrolment.person_id

    def names(self) -> list[str]:
        """Names of everybody in the store."""
        if not Store.exists(self.data):
            return []
        with Store.open(self.data) as store:
            return sorted(People(store).names().values())

    def holds(self, text: str) -> bool:
        """Whether any file of the data folder holds a text."""
        return any(text.encode() in _bytes(path) for path in self.data.root.rglob("*") if path.is_file())


def _bytes(path: Path) -> bytes:
    """What a file holds; nothing when it is gone by now, as the database's own are while jobs run."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def wait_for_labels(qtbot: QtBot, facedesk: Facedesk, *labels: str) -> None:
    """Waits until the live picture names these faces, from left to right."""

    def check() -> None:
        assert facedesk.live.view.labels() == list(labels)

    qtbot.waitUntil(check, timeout=STEP_MS)


def wait_for_jobs(qtbot: QtBot, facedesk: Facedesk) -> None:
    """Waits until nothing is done in the background any more, clearing up included."""
    qtbot.waitUntil(lambda: not facedesk.people.busy, timeout=STEP_MS)


def message(facedesk: Facedesk) -> str:
    """What the banner says; empty without one."""
    current = facedesk.window.messages.current
    return current.what if current is not None else ""


def wizard_of(facedesk: Facedesk) -> EnrolmentWizard:
    facedesk.window.show_page("enrol")
    return child(facedesk.window, EnrolmentWizard)


def people_page_of(facedesk: Facedesk) -> PeoplePage:
    facedesk.window.show_page("people")
    return child(facedesk.window, PeoplePage)


def child(parent: QWidget, kind: type[W], name: str = "") -> W:
    found: object = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert isinstance(found, kind), f"no {kind.__name__} {name}"
    return found


def tap(parent: QWidget, name: str) -> None:
    """Taps a button as a finger does: it must be on show (or come soon), usable, and large enough."""
    button = child(parent, QWidget, name)
    deadline_s = time.monotonic() + STEP_MS / 1000
    while not _can_be_tapped(button) and time.monotonic() < deadline_s:
        QTest.qWait(10)
    assert button.isVisible(), f"{name} is not on show"
    assert button.isEnabled(), f"{name} cannot be used"
    assert button.height() >= 44, f"{name} is {button.height()} px high"
    window = button.window()
    corner = button.mapTo(window, button.rect().bottomRight())
    assert window.rect().contains(corner), f"{name} lies outside the window"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def agree(qtbot: QtBot, wizard: WizardFrame) -> None:
    """Reads the consent, then agrees."""
    qtbot.waitUntil(lambda: not wizard.unread, timeout=STEP_MS)
    tap(wizard, "wizardNext")


def shows_row(rows: QListWidget, row: int) -> bool:
    """Whether a row of a list has its place on show."""
    return rows.viewport().rect().contains(rows.visualItemRect(rows.item(row)).center())


def open_ada(qtbot: QtBot, facedesk: Facedesk, *everybody: str) -> PeoplePage:
    """Opens the first person of the list on the page People."""
    page = people_page_of(facedesk)
    qtbot.waitUntil(lambda: page.names() == list(everybody or ("Ada",)), timeout=STEP_MS)
    people = child(page, QListWidget, "peopleList")
    qtbot.waitUntil(lambda: shows_row(people, 0), timeout=STEP_MS)
    middle = people.visualItemRect(people.item(0)).center()
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: page.person.wall.count > 0, timeout=STEP_MS)
    return page


def buttons(parent: QWidget) -> list[QPushButton]:
    """All buttons of a part of the window."""
    return cast("list[QPushButton]", parent.findChildren(QPushButton))


def tap_face(qtbot: QtBot, facedesk: Facedesk, name: str = "Ada") -> FaceSheet | None:
    """Taps the face, which is on show only while what is known of it belongs to the picture on show."""
    view = facedesk.live.view
    wait_for_labels(qtbot, facedesk, name)
    (shape,) = view.shapes()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=shape.rect.center().toPoint())
    return cast("FaceSheet | None", facedesk.window.findChild(FaceSheet))


def _can_be_tapped(button: QWidget) -> bool:
    window = button.window()
    within = window.rect().contains(button.mapTo(window, button.rect().bottomRight()))
    return button.isVisible() and button.isEnabled() and within


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, shared_media: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("FACEDESK_NO_KEYRING", "1")
    assert os.environ["FACEDESK_NO_KEYRING"] == "1"
    data = DataFolder(tmp_path / "data")
    data.ensure()
    made = Desk(qtbot, data, shared_media)
    yield made
    for facedesk in made.launched:
        facedesk.stop()


@pytest.fixture
def ada(qtbot: QtBot, desk: Desk) -> Facedesk:
    """A running desk that knows Ada."""
    desk.enrolled("Ada")
    facedesk = desk.launch()
    wait_for_labels(qtbot, facedesk, "Ada")
    return facedesk
