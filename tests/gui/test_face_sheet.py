"""What the sheet over the live picture calls people, with stand-in networks."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from engine.enrolment import Enrolment
from engine.gallery import identifier_of
from engine.people import People
from engine.types import Detection, Identity, IdentityState, TrackedFace
from gui.face_sheet import FaceSheet
from gui.tapped_face import TappedFace
from tests.engine.desk import CONSENT, NETWORK, Projection, crop_of, open_store, recognition, run, take
from tests.gui.enrolling import buttons, child

EVERYBODY = (("Ana", "12"), ("Ana", "77"), ("Ben", "5"), ("Ana", ""))


@pytest.fixture
def sheet(qtbot: QtBot) -> FaceSheet:
    view = QWidget()
    view.resize(800, 480)
    qtbot.addWidget(view)
    view.show()
    return FaceSheet(view)


def test_people_of_one_name_are_told_apart_by_their_ids(qtbot: QtBot, sheet: FaceSheet, tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store:
        for number, (name, external_id) in enumerate(EVERYBODY, 1):
            enrolment = Enrolment(store, recognition())
            enrolment.begin(name, CONSENT, external_id)
            take(enrolment, number)
            run(enrolment.finish(accept_worse=True))
        head, external_ids = identifier_of(store, NETWORK), People(store).external_ids()
    detection = Detection(np.zeros(4, np.float32), np.zeros((5, 2), np.float32), 1.0)
    embedding = Projection().infer(crop_of(2, 50)).embedding
    face = TrackedFace(1, detection, Identity(IdentityState.UNSURE, "Ana", 0.6, 2), embedding=embedding)
    sheet.open(TappedFace(face, crop_of(2, 50), NETWORK.name), head, external_ids)
    assert child(sheet, QLabel, "faceSheetTitle").text().startswith("Ana (77), ")
    texts = {each.objectName(): each.text() for each in buttons(sheet)}
    assert (texts["notThis"], texts["itIs_2"]) == ("Not Ana (77)", "It is Ana (77)")
    sheet._choose()
    rows = child(sheet, QListWidget, "faceSheetList")
    assert [rows.item(row).text() for row in range(rows.count())] == ["Ana", "Ana (12)", "Ana (77)", "Ben"]
    with qtbot.waitSignal(sheet.named) as said:
        rows.itemClicked.emit(rows.item(1))
    assert said.args is not None
    assert said.args[1:] == [1, "Ana (12)"]
