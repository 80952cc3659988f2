"""What the sheet over the live picture calls people, with stand-in networks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.enrolment import Enrolment
from engine.gallery import identifier_of
from engine.people import People
from engine.person_head import PersonHead
from engine.types import Detection, Identity, IdentityState, TrackedFace
from gui import theme, translations
from gui.face_sheet import FaceSheet
from gui.tapped_face import TappedFace
from tests.engine.desk import CONSENT, NETWORK, Projection, crop_of, open_store, recognition, run, take
from tests.gui.enrolling import buttons, child
from tests.gui.fingers import swipe_up

EVERYBODY = (("Ana", "12"), ("Ana", "77"), ("Ben", "5"), ("Ana", ""))
LONG = "Maria-Fernanda Alejandra Konstantinopolskaya-Wolfeschlegelsteinhausenbergerdorff de la Santísima Tri"
LONG_NAMES = ((LONG, ""), (LONG.replace("Maria", "Petra"), ""), ("Ben", ""))
MANY = tuple((f"Ana {number}", "") for number in range(12))


@pytest.fixture
def sheet(qtbot: QtBot) -> FaceSheet:
    view = QWidget()
    view.resize(702, 440)
    qtbot.addWidget(view)
    view.show()
    return FaceSheet(view)


def known(folder: Path, everybody: Sequence[tuple[str, str]]) -> tuple[PersonHead, Mapping[int, str]]:
    """The head that knows these people, by name and ID, and everybody's ID; their numbers are 1, 2, …"""
    with open_store(folder) as store:
        for number, (name, external_id) in enumerate(everybody, 1):
            enrolment = Enrolment(store, recognition())
            enrolment.begin(name, CONSENT, external_id)
            take(enrolment, number)
            run(enrolment.finish(accept_worse=True))
        return identifier_of(store, NETWORK), People(store).external_ids()


def tapped(identity: Identity, person: int) -> TappedFace:
    """A look at a made-up face."""
    detection = Detection(np.zeros(4, np.float32), np.zeros((5, 2), np.float32), 1.0)
    embedding = Projection().infer(crop_of(person, 50)).embedding
    return TappedFace(TrackedFace(1, detection, identity, embedding=embedding), crop_of(person, 50), NETWORK.name)


def test_people_of_one_name_are_told_apart_by_their_ids(qtbot: QtBot, sheet: FaceSheet, tmp_path: Path) -> None:
    sheet.open(tapped(Identity(IdentityState.UNSURE, "Ana", 0.6, 2), 2), *known(tmp_path / "data", EVERYBODY))
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


@pytest.fixture
def two(tmp_path: Path) -> PersonHead:
    """A head that knows Ana, who is number 1, and Ben."""
    return known(tmp_path / "data", (("Ana", ""), ("Ben", "")))[0]


def held(sheet: FaceSheet) -> list[object]:
    """What a sheet holds of people."""
    texts = [label.text() for label in sheet.findChildren(QLabel) if label.text()]
    pictures = [label for label in sheet.findChildren(QLabel) if not label.pixmap().isNull()]
    buttons_of_people = [each for each in buttons(sheet) if each.property("person") is not None]
    rows = child(sheet, QListWidget, "faceSheetList").count()
    return [
        *texts,
        *pictures,
        *buttons_of_people,
        *([sheet._tapped] if sheet._tapped else []),
        *sheet._people,
        *[0] * rows,
    ]


def test_what_is_closed_holds_nobody(qtbot: QtBot, sheet: FaceSheet, two: PersonHead) -> None:
    view = sheet.parentWidget()
    assert view is not None
    for close in (
        sheet._close.click,
        view.hide,
        lambda: QTest.mouseClick(child(sheet, QPushButton, "notThis"), Qt.MouseButton.LeftButton),
    ):
        view.show()
        sheet.open(tapped(Identity(IdentityState.KNOWN, "Ana", 0.9, 1), 1), two, {})
        sheet._filter()
        assert held(sheet)
        close()
        view.show()
        assert not sheet.isVisible(), "nor does it come back with its page"
        assert held(sheet) == []


@pytest.mark.parametrize("state", [IdentityState.KNOWN, IdentityState.UNKNOWN])
def test_nobody_who_was_deleted_stays_on_show(sheet: FaceSheet, two: PersonHead, state: IdentityState) -> None:
    identity = Identity(state, "Ana", 0.9, 1) if state is IdentityState.KNOWN else Identity(state, None, 0.9, None)
    sheet.open(tapped(identity, 1), two, {})
    sheet.close_unless(NETWORK.name, two)
    assert sheet.isVisible(), "a new head that knows everybody changes nothing"
    sheet.close_unless(NETWORK.name, two.without((1,)))
    assert not sheet.isVisible()


def test_who_was_deleted_before_the_sheet_opened_does_not_stay_either(sheet: FaceSheet, two: PersonHead) -> None:
    without_ana = two.without((1,))
    sheet.open(tapped(Identity(IdentityState.KNOWN, "Ana", 0.9, 1), 1), without_ana, {})
    sheet.close_unless(NETWORK.name, without_ana)
    assert not sheet.isVisible()


def test_another_network_says_nothing_to_a_face(sheet: FaceSheet, two: PersonHead) -> None:
    sheet.open(tapped(Identity(IdentityState.KNOWN, "Ana", 0.9, 1), 1), two, {})
    sheet.close_unless("another", two)
    assert not sheet.isVisible()


@pytest.mark.parametrize(("language", "refusing"), [("en", "Not {name}"), ("tr", "{name} değil")])
def test_corrections_of_long_names_can_be_read(
    qapp: QApplication, sheet: FaceSheet, tmp_path: Path, language: str, refusing: str
) -> None:
    theme.manager().set_choice("light")
    head, external_ids = known(tmp_path / "data", LONG_NAMES)
    translations.install(qapp, language)
    try:
        sheet.open(tapped(Identity(IdentityState.UNSURE, LONG, 0.6, 1), 1), head, external_ids)
    finally:
        translations.install(qapp, "en")
    shown = {each.objectName(): each for each in buttons(sheet) if each.isVisible()}
    assert {"notThis", "itIs_1", "chooseName", "enrolThis"} < set(shown)
    for each in shown.values():
        assert each.sizeHint().width() <= each.width(), f"{each.text()} is cut"
        assert sheet.rect().contains(each.mapTo(sheet, each.rect().topLeft())), each.text()
        assert sheet.rect().contains(each.mapTo(sheet, each.rect().bottomRight())), each.text()
    assert shown["notThis"].accessibleName() == refusing.format(name=LONG)
    before, after = refusing.split("{name}")
    assert shown["notThis"].text().startswith(f"{before}Maria")
    assert shown["notThis"].text().endswith(f"Tri{after}")


def test_short_names_stand_in_one_row(sheet: FaceSheet, two: PersonHead) -> None:
    theme.manager().set_choice("light")
    sheet.open(tapped(Identity(IdentityState.KNOWN, "Ana", 0.9, 1), 1), two, {})
    shown = [each for each in buttons(sheet) if each.isVisible()]
    assert [each.text() for each in shown] == ["Not Ana", "It is Ben"]
    assert len({each.y() for each in shown}) == 1


def test_the_names_follow_a_finger(qtbot: QtBot, sheet: FaceSheet, tmp_path: Path) -> None:
    sheet.open(tapped(Identity(IdentityState.KNOWN, "Ana 0", 0.9, 1), 1), *known(tmp_path / "data", MANY))
    sheet._choose()
    rows = child(sheet, QListWidget, "faceSheetList")
    with qtbot.assertNotEmitted(sheet.named):
        swipe_up(qtbot, rows)
        qtbot.waitUntil(lambda: rows.verticalScrollBar().value() > 20)
