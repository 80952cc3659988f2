from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.types import NOBODY, FrameResult, Identity, TrackedFace
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
    assert not sheet.isVisible()


def test_at_a_kiosk_nobody_sees_who_came_before(sheet: SeenSheet) -> None:
    sheet.add(results(seen_face(1, ADA)))
    sheet.open()
    sheet.set_offered(False)
    sheet.add(results(seen_face(2, ADA)))
    assert not sheet.isVisible()
    assert not sheet.opener.isVisible()
