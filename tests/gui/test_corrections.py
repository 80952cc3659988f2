"""Corrections in the live view and on a person's page, with the real networks on a clip."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.calibration import unit
from engine.errors import StoreError
from engine.head_store import HeadStore
from engine.people import People
from engine.sample_store import NetworkId, SampleStore
from engine.store import Store
from engine.types import EMBEDDING_SIZE, Floats
from gui.app import Facedesk
from gui.people_page import PeoplePage
from tests.gui.enrolling import (
    STEP_MS,
    Desk,
    ada,
    buttons,
    child,
    desk,
    message,
    open_ada,
    tap,
    tap_face,
    wait_for_jobs,
    wait_for_labels,
)

__all__ = ["ada", "desk"]


def refusals(facedesk: Facedesk) -> int:
    """How many "not me" the head that answers now knows."""
    head = facedesk.people.head
    return -1 if head is None else len(head.state.negatives)


def kept(desk: Desk) -> tuple[int, int, int]:
    """How many pictures and "not me" of Ada are kept, and how many heads."""
    with Store.open(desk.data) as store:
        ada = People(store).find("Ada")
        return ada.samples, ada.refusals, len(HeadStore(store).versions())


def judging_look(desk: Desk) -> Floats:
    """A look of Ada's by which heads are compared: who says "not me" of that one spoils the head for certain."""
    with Store.open(desk.data) as store:
        head = HeadStore(store).versions()[0]
        data = SampleStore(store).training_set(NetworkId(head.network, head.fingerprint))
    return np.asarray(data.embeddings[data.held_out(0.2, 0) & data.as_seen][0], np.float32)


def tap_in_banner(facedesk: Facedesk, text: str) -> None:
    """Taps the banner's button, which must say this."""
    (action,) = (each for each in buttons(facedesk.window.messages) if each.isVisible())
    assert action.text() == text
    QTest.mouseClick(action, Qt.MouseButton.LeftButton)


def test_not_ada_of_ada_is_refused_kept_all_the_same_and_undone(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    before = kept(desk)
    sheet = tap_face(qtbot, ada)
    assert sheet is not None
    assert "Ada" in child(sheet, QLabel, "faceSheetTitle").text()
    assert sheet._tapped is not None
    sheet._tapped = replace(sheet._tapped, face=replace(sheet._tapped.face, embedding=judging_look(desk)))
    tap(sheet, "notThis")
    qtbot.waitUntil(lambda: message(ada).startswith("Nothing was changed: the people enrolled"), timeout=STEP_MS)
    assert kept(desk) == before
    tap_in_banner(ada, "Keep it all the same")
    qtbot.waitUntil(lambda: message(ada) == "Noted: not Ada.", timeout=STEP_MS)
    qtbot.waitUntil(lambda: refusals(ada) == 1, timeout=STEP_MS)
    tap_in_banner(ada, "Undo")
    qtbot.waitUntil(lambda: refusals(ada) == 0, timeout=STEP_MS)
    wait_for_labels(qtbot, ada, "Ada")
    wait_for_jobs(qtbot, ada)
    ada.stop()
    samples, refusals_kept, _ = kept(desk)
    assert (samples, refusals_kept) == before[:2]


def say_it_is_ada(qtbot: QtBot, facedesk: Facedesk) -> None:
    """Taps the face and says that it is Ada's, as by choosing her name from the list."""
    sheet, head = tap_face(qtbot, facedesk), facedesk.people.head
    assert sheet is not None
    assert head is not None
    sheet.named.emit(sheet._tapped, int(head.state.person_ids[0]), "Ada")


def test_saying_who_it_is_adds_a_picture(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    ada.live.view.setFocus()
    before, *_ = kept(desk)
    say_it_is_ada(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "Noted: this is Ada.", timeout=STEP_MS)
    samples, *_ = kept(desk)
    assert samples == before + 1


def test_nobody_is_undone_once_the_person_is_gone(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    say_it_is_ada(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "Noted: this is Ada.", timeout=STEP_MS)
    page = open_ada(qtbot, ada)
    tap(page, "deletePerson")
    tap(page, "confirmDeleteYes")
    qtbot.waitUntil(child(page, QLabel, "receiptText").isVisible, timeout=STEP_MS)
    qtbot.waitUntil(lambda: message(ada) == "", timeout=STEP_MS)


def test_a_correction_that_cannot_be_kept_says_why(
    qtbot: QtBot, desk: Desk, ada: Facedesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("The disk is full; nothing was changed.", "Free some space, then try again.")

    before = kept(desk)
    monkeypatch.setattr(SampleStore, "add", fails)
    say_it_is_ada(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "The disk is full; nothing was changed.", timeout=STEP_MS)
    assert not [each.text() for each in buttons(ada.window.messages) if each.isVisible()]
    wait_for_jobs(qtbot, ada)
    ada.stop()
    assert kept(desk) == before


def test_whoever_was_deleted_is_not_on_show_any_more(qtbot: QtBot, ada: Facedesk) -> None:
    sheet, head = tap_face(qtbot, ada), ada.people.head
    assert sheet is not None
    assert head is not None
    assert sheet.isVisible()
    ada.people.forget(int(head.state.person_ids[0]))
    assert not sheet.isVisible()
    assert sheet._tapped is None


def test_the_sheet_closes_with_its_page(qtbot: QtBot, ada: Facedesk) -> None:
    sheet = tap_face(qtbot, ada)
    assert sheet is not None
    assert sheet.isVisible()
    for page in ("people", "live"):
        ada.window.show_page(page)
        assert not sheet.isVisible()
        assert sheet._tapped is None


def corrections_shown(page: PeoplePage) -> str:
    """What a person's page says of corrections; empty as long as it says nothing."""
    line = child(page, QLabel, "personCorrections")
    return line.text() if line.isVisible() else ""


def say_it_is_not(qtbot: QtBot, facedesk: Facedesk) -> None:
    """Says "not me" of a face that is nobody's."""
    sheet, head = tap_face(qtbot, facedesk), facedesk.people.head
    assert sheet is not None
    assert sheet._tapped is not None
    assert head is not None
    nobody = unit(np.random.default_rng(7).standard_normal(EMBEDDING_SIZE).astype(np.float32))
    tapped = replace(sheet._tapped, face=replace(sheet._tapped.face, embedding=nobody))
    sheet.refused.emit(tapped, int(head.state.person_ids[0]), "Ada")


def test_the_newest_correction_is_taken_back_on_the_persons_page(qtbot: QtBot, desk: Desk, ada: Facedesk) -> None:
    samples, *_ = kept(desk)
    say_it_is_ada(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "Noted: this is Ada.", timeout=STEP_MS)
    say_it_is_not(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "Noted: not Ada.", timeout=STEP_MS)
    page = open_ada(qtbot, ada)
    qtbot.waitUntil(lambda: corrections_shown(page) == "2 corrections from the live picture", timeout=STEP_MS)
    assert kept(desk)[:2] == (samples + 1, 1)
    take_back = child(page, QPushButton, "takeBack")
    assert take_back.visibleRegion().boundingRect() == take_back.rect(), "on show without scrolling"
    tap(page, "takeBack")
    assert not take_back.isEnabled()
    qtbot.waitUntil(lambda: corrections_shown(page) == "1 correction from the live picture", timeout=STEP_MS)
    assert kept(desk)[:2] == (samples + 1, 0)
    tap(page, "takeBack")
    qtbot.waitUntil(lambda: corrections_shown(page) == "", timeout=STEP_MS)
    assert message(ada) == ""
    wait_for_jobs(qtbot, ada)
    ada.stop()
    assert kept(desk)[:2] == (samples, 0)


def test_in_a_kiosk_no_correction_is_taken_back(qtbot: QtBot, ada: Facedesk) -> None:
    say_it_is_ada(qtbot, ada)
    qtbot.waitUntil(lambda: message(ada) == "Noted: this is Ada.", timeout=STEP_MS)
    page = open_ada(qtbot, ada)
    take_back = child(page, QPushButton, "takeBack")
    qtbot.waitUntil(take_back.isVisible, timeout=STEP_MS)
    ada.pages.enter_kiosk()
    assert not take_back.isVisible()
    with qtbot.waitActive(ada.window):
        ada.window.activateWindow()
    QTest.keyClick(ada.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert ada.window.current_page == "live"
