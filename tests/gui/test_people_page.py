"""The people page, with the real networks on a clip."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from engine.head_store import HeadStore
from engine.people import now
from engine.store import Store
from engine.tables import Consent, Person
from gui.app import Facedesk
from gui.enrolment_wizard import EnrolmentWizard
from gui.face_sheet import FaceSheet
from gui.keyboard import TouchKeyboard
from gui.kiosk import KioskGuard
from gui.people_page import PeoplePage
from gui.pin import hash_pin
from gui.rename_card import RenameCard
from gui.strictness import Strictness
from tests.gui.enrolling import (
    MAN,
    STEP_MS,
    Desk,
    ada,
    buttons,
    child,
    desk,
    message,
    open_ada,
    people_page_of,
    tap,
    tap_face,
    wait_for_jobs,
    wait_for_labels,
)

__all__ = ["ada", "desk"]

TO = date(2099, 1, 1)


def test_deleting_asks_shows_a_receipt_and_is_forgotten_at_once(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    page = open_ada(qtbot, ada)
    tap(page, "deletePerson")
    tap(page, "confirmDeleteNo")
    assert not child(page, QPushButton, "confirmDeleteYes").isVisible()
    tap(page, "deletePerson")
    tap(page, "confirmDeleteYes")
    receipt = child(page, QLabel, "receiptText")
    qtbot.waitUntil(lambda: receipt.isVisible() and bool(receipt.text()), timeout=STEP_MS)
    assert "Deleted: Ada (as asked)" in receipt.text()
    assert "Recognition was trained anew without them." in receipt.text()
    tap(page, "receiptDone")
    qtbot.waitUntil(lambda: page.names() == [], timeout=STEP_MS)
    ada.window.show_page("live")
    wait_for_labels(qtbot, ada, "Unknown")
    wait_for_jobs(qtbot, ada)
    ada.stop()
    assert desk.names() == []


def test_a_person_has_the_whole_health_card(qtbot: QtBot, ada: Facedesk) -> None:
    page = open_ada(qtbot, ada)
    verdict, health = child(page, QLabel, "personVerdict"), child(page, QLabel, "personHealth")
    qtbot.waitUntil(lambda: verdict.text() == "Good: will be recognised at once.", timeout=STEP_MS)
    assert health.text().startswith("Would help: ")
    assert health.text().endswith("Nobody else is enrolled who could be mistaken for this person.")
    assert f"{page.person.wall.count} pictures" in child(page, QLabel, "personFacts").text()


def test_the_health_card_names_who_is_most_alike_with_a_figure(qtbot: QtBot, desk: Desk) -> None:
    desk.enrolled("Ada")
    desk.enrolled("Ben", MAN)
    page = open_ada(qtbot, desk.launch(), "Ada", "Ben")
    health = child(page, QLabel, "personHealth")
    qtbot.waitUntil(lambda: "Ben" in health.text(), timeout=STEP_MS)
    text = health.text()
    assert re.search(r"^Most alike of those enrolled: Ben \(-?0\.\d\d\)\.$", text, re.MULTILINE)


def test_searching_finds_by_parts_of_a_name(qtbot: QtBot, ada: Facedesk) -> None:
    page = people_page_of(ada)
    qtbot.waitUntil(lambda: page.names() == ["Ada"], timeout=STEP_MS)
    for text, found in (("ÁD", ["Ada"]), ("bob", []), ("", ["Ada"])):
        page._search.setText(text)
        assert page.names() == found


def test_somebody_gets_another_name_by_touch(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    with Store.open(desk.data) as store, store.write() as session:
        session.add(Person(name="Ben", external_id="", created_at=now(), draft=False))
        session.flush()
        ben = session.query(Person).filter_by(name="Ben").one().id
        session.add(Consent(person_id=ben, text="c", version="1", language="en", given_at=now(), retain_until=TO))
    ada.people.people_changed()
    page = open_ada(qtbot, ada, "Ada", "Ben")
    field, note = child(page, QLineEdit, "newName"), child(page, QLabel, "renameNote")
    tap(page, "renamePerson")
    assert field.text() == "Ada"
    type_name(qtbot, page, "ben")
    qtbot.waitUntil(lambda: note.text() == "Easily mistaken for: Ben.", timeout=STEP_MS)
    tap(page, "renameSave")
    qtbot.waitUntil(lambda: note.text() == "Somebody named Ben is enrolled already.", timeout=STEP_MS)
    tap(page, "renameKeep")
    assert not field.isVisible()
    tap(page, "renamePerson")
    type_name(qtbot, page, "eva")
    tap(page, "renameSave")
    qtbot.waitUntil(lambda: page.names() == ["Ben", "Eva"], timeout=STEP_MS)
    qtbot.waitUntil(lambda: child(page, QLabel, "personTitle").text() == "Eva", timeout=STEP_MS)
    assert (ada.window.width(), ada.window.height()) == (800, 480), "the keyboard fits"
    ada.window.show_page("live")
    wait_for_labels(qtbot, ada, "Eva")


def type_name(qtbot: QtBot, page: PeoplePage, keys: str) -> None:
    """Types over the name in the field by touch."""
    keyboard = child(child(page, RenameCard), TouchKeyboard)
    qtbot.waitUntil(keyboard.isVisible, timeout=STEP_MS)
    for action in ("backspace", *keys):
        key = keyboard.key(action)
        assert key.height() >= 44
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)


def test_everything_kept_of_a_person_can_be_taken_along(qtbot: QtBot, ada: Facedesk, tmp_path: Path) -> None:
    page = open_ada(qtbot, ada)
    page.person.export_to(tmp_path)
    qtbot.waitUntil(lambda: "Copied to" in message(ada), timeout=STEP_MS)
    (folder,) = tmp_path.glob("facedesk-person-*")
    facts = json.loads((folder / "person.json").read_text())
    assert facts["person"]["name"] == "Ada"
    assert len(list(folder.glob("*.png"))) == page.person.wall.count


def test_one_tap_goes_back_to_the_head_before(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    page = people_page_of(ada)
    tap(page, "showHeads")
    tap(page, "trainAnew")

    def others() -> list[QPushButton]:
        return [each for each in buttons(page.heads) if each.objectName().startswith("useHead_")]

    qtbot.waitUntil(lambda: "Trained" in message(ada), timeout=STEP_MS)
    qtbot.waitUntil(lambda: len(others()) == 1 and others()[0].isVisible(), timeout=STEP_MS)
    wait_for_jobs(qtbot, ada)
    number = int(others()[0].objectName().removeprefix("useHead_"))
    tap(page, f"useHead_{number}")
    wait_for_jobs(qtbot, ada)
    ada.stop()
    with Store.open(desk.data) as store:
        assert [version.number for version in HeadStore(store).versions() if version.active] == [number]


def test_switching_the_network_learns_everybody_in_the_background(qtbot: QtBot, ada: Facedesk) -> None:
    said: list[str] = []
    ada.people.chore.connect(lambda text, _: said.append(text))
    ada.choose_network("mobilenet_v2:int8")
    qtbot.waitUntil(lambda: ada.network == "mobilenet_v2:int8", timeout=STEP_MS)
    qtbot.waitUntil(lambda: "Learning everybody for this network" in said, timeout=STEP_MS)
    qtbot.waitUntil(lambda: ada.people.head is not None and len(ada.people.head) == 1, timeout=STEP_MS)
    wait_for_labels(qtbot, ada, "Ada")


def test_the_slider_says_what_it_means(qtbot: QtBot, ada: Facedesk) -> None:
    ada.window.show_page("settings")
    strictness = child(ada.window, Strictness)
    assert strictness.text.startswith("How strict: Balanced 1 stranger in 1,000 is taken for somebody. Of 100 visits,")
    QTest.keyClick(strictness._slider, Qt.Key.Key_Right)
    assert strictness.text.startswith("How strict: Strict 1 stranger in 10,000")
    assert ada.settings.fpir == 0.0001
    assert ada.people.head is not None
    assert ada.people.head.fpir == 0.0001


def test_at_an_event_nobody_kept_is_known_and_afterwards_everybody_again(qtbot: QtBot, ada: Facedesk) -> None:
    ada.change_settings(replace(ada.keeper.saved, purpose="event"))
    wait_for_labels(qtbot, ada, "Unknown")
    ada.change_settings(replace(ada.keeper.saved, purpose="try"))
    wait_for_labels(qtbot, ada, "Ada")


@pytest.mark.parametrize("pin", ["1234", ""])
def test_in_a_kiosk_people_are_behind_the_operators_key(qtbot: QtBot, desk: Desk, pin: str) -> None:
    facedesk = desk.launch(kiosk_pin=hash_pin(pin) if pin else "")
    facedesk.pages.enter_kiosk()
    assert not facedesk.window.rail.isVisible()
    facedesk.pages.enrol()
    child(facedesk.window, EnrolmentWizard).cancel()
    assert not facedesk.window.rail.isVisible()
    facedesk.window.show_page("live")
    tap_face(qtbot, facedesk, "Unknown")
    assert facedesk.window.findChild(FaceSheet) is None
    guard = facedesk.window.findChild(KioskGuard)
    assert isinstance(guard, KioskGuard)
    guard.leave()
    assert tap_face(qtbot, facedesk, "Unknown") is not None
