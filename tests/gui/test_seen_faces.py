from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.head_state import HeadState
from engine.person_head import PersonHead
from engine.types import NOBODY, FrameResult, Identity, TrackedFace
from gui.camera_view import CameraView
from gui.seen_faces import KEPT_S, MOST_KEPT, SeenFaces
from gui.seen_sheet import SeenSheet
from gui.touch import TARGET_PX
from tests.gui.scripted import ADA, PERHAPS_BOB, face, frame, result

BOX = [100.0, 100.0, 200.0, 200.0]


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def seen_face(track: int, identity: Identity, quality: float = 0.5) -> TrackedFace:
    vector = np.zeros(128, np.float32)
    vector[track % 128] = 1.0
    return replace(face(BOX, identity), track_id=track, quality=quality, embedding=vector)


def results(*faces: TrackedFace, network: str = "scripted:int8") -> FrameResult:
    return replace(result(frame(), *faces), network=network)


def names(log: SeenFaces) -> list[str | None]:
    return [seen.tapped.face.identity.name for seen in log.newest()]


def test_each_face_is_listed_once_the_last_one_first() -> None:
    clock = Clock()
    log = SeenFaces(clock)
    for second, who in enumerate([(1, NOBODY), (1, ADA), (2, PERHAPS_BOB), (1, ADA)]):
        clock.now_s = float(second)
        log.add(results(seen_face(*who)))
    assert names(log) == ["Ada", "Bob"]
    log.new_source()
    log.add(results(seen_face(1, NOBODY)))
    assert sorted(names(log), key=str) == ["Ada", "Bob", None]


def test_a_better_look_takes_the_place_of_a_worse_one() -> None:
    log = SeenFaces(Clock())
    for quality in (0.3, 0.35, 0.6, 0.2):
        log.add(results(seen_face(1, ADA, quality)))
    (seen,) = log.newest()
    assert seen.tapped.face.quality == 0.6


def test_nobody_is_kept_for_long_nor_too_many() -> None:
    clock = Clock()
    log = SeenFaces(clock)
    log.add(results(*(seen_face(track, ADA) for track in range(1, MOST_KEPT + 5))))
    assert len(log.newest()) == MOST_KEPT
    clock.now_s = KEPT_S + 1
    assert log.newest() == ()


def test_somebody_else_in_the_same_place_is_another_entry() -> None:
    log = SeenFaces(Clock())
    log.add(results(seen_face(1, ADA)))
    log.add(results(replace(seen_face(2, PERHAPS_BOB), track_id=1)))
    assert sorted(names(log), key=str) == ["Ada", "Bob"]


def test_a_new_head_answers_and_who_was_deleted_is_forgotten() -> None:
    log = SeenFaces(Clock())
    log.add(results(seen_face(1, ADA), seen_face(2, NOBODY)))
    nobody = PersonHead(HeadState.empty(), {})
    log.ask_again("scripted", nobody)
    assert names(log) == [None]
    log.ask_again("other", nobody)
    assert names(log) == []


def test_another_networks_looks_are_forgotten() -> None:
    log = SeenFaces(Clock())
    log.add(results(seen_face(1, ADA)))
    log.add(results(seen_face(2, NOBODY), network="other:int8"))
    assert names(log) == [None]


@pytest.fixture
def sheet(qtbot: QtBot) -> SeenSheet:
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(700, 420)
    made = SeenSheet(view)
    view.show()
    return made


def test_a_tap_on_somebody_seen_chooses_that_face(qtbot: QtBot, sheet: SeenSheet) -> None:
    assert not sheet.opener.isVisible()
    sheet.add(results(seen_face(1, ADA), seen_face(2, PERHAPS_BOB)))
    assert sheet.opener.isVisible()
    assert min(sheet.opener.width(), sheet.opener.height()) >= TARGET_PX
    QTest.mouseClick(sheet.opener, Qt.MouseButton.LeftButton)
    tiles = [tile for tile in sheet.findChildren(QToolButton) if tile.objectName().startswith("seen_")]
    assert sorted(tile.accessibleName() for tile in tiles) == ["Ada, just now", "perhaps Bob, just now"]
    with qtbot.waitSignal(sheet.chosen) as chosen:
        QTest.mouseClick(next(tile for tile in tiles if "Ada" in tile.text()), Qt.MouseButton.LeftButton)
    assert chosen.args[0].face.identity == ADA
    assert chosen.args[0].crop.shape == (128, 128, 3)
    assert not chosen.args[0].in_view
    assert not sheet.isVisible()
    assert not sheet._shown, "what is closed holds nobody's picture"


def test_it_opens_by_finger_over_the_picture(qtbot: QtBot) -> None:
    view = CameraView()
    qtbot.addWidget(view)
    view.resize(700, 420)
    sheet = SeenSheet(view)
    view.show()
    sheet.add(results(seen_face(1, ADA)))
    device, place = QTest.createTouchDevice(), sheet.opener.rect().center()
    QTest.touchEvent(sheet.opener, device).press(0, place, sheet.opener).commit()
    QTest.touchEvent(sheet.opener, device).release(0, place, sheet.opener).commit()
    qtbot.waitUntil(sheet.isVisible)


def test_it_is_closed_by_escape_and_when_its_page_is_left(sheet: SeenSheet) -> None:
    sheet.add(results(seen_face(1, ADA)))
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    sheet.open()
    view = sheet.parentWidget()
    assert view is not None
    view.hide()
    view.show()
    assert not sheet.isVisible()


def test_at_a_kiosk_nobody_sees_who_came_before(sheet: SeenSheet) -> None:
    sheet.add(results(seen_face(1, ADA)))
    sheet.open()
    sheet.set_offered(False)
    sheet.add(results(seen_face(2, ADA)))
    assert not sheet.isVisible()
    assert not sheet.opener.isVisible()
