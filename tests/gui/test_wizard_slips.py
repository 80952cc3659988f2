"""Slips of the hand and of the machine in the wizard, with stand-in networks."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.capture_guide import QUOTA, CaptureGuide, PoseWanted
from engine.enrol_files import add_any
from engine.enrolment import Enrolment
from engine.errors import StoreError
from engine.people import People
from engine.sample_store import SampleStore
from engine.store import Store
from gui import enrol_consent
from gui.enrol_consent import ConsentStep
from gui.enrol_session import Who
from gui.enrolment_wizard import EnrolmentWizard
from gui.people_desk import PeopleDesk
from tests.engine.desk import CONSENT, enrol, recognition, run
from tests.gui.enrolling import STEP_MS, agree, child, tap
from tests.gui.test_enrol_session import LOOKS, MANY, frame, people, photographs, store

__all__ = ["people", "photographs", "store"]


@pytest.fixture
def wizard(qtbot: QtBot, people: PeopleDesk) -> Iterator[EnrolmentWizard]:
    made = EnrolmentWizard(people, lambda: False)
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    made.who.name_field.setText("Ana")
    yield made
    made.hide()
    qtbot.waitUntil(lambda: not people.busy, timeout=STEP_MS)


def to_capture(qtbot: QtBot, wizard: EnrolmentWizard) -> None:
    tap(wizard, "wizardNext")
    agree(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.step is wizard.capture)


def to_check(qtbot: QtBot, wizard: EnrolmentWizard, photographs: list[Path]) -> None:
    to_capture(qtbot, wizard)
    with qtbot.waitSignal(wizard.session.files_done):
        wizard.capture.files_chosen.emit(photographs)
    tap(wizard, "wizardNext")
    assert wizard.step is wizard.check


def usable(wizard: EnrolmentWizard, name: str) -> bool:
    return child(wizard, QPushButton, name).isEnabled()


def browsing(qtbot: QtBot, wizard: EnrolmentWizard, chosen: list[Path]) -> Callable[..., tuple[list[str], str]]:
    """A dialog that is open until the camera stands still."""

    def choose(*_: object) -> tuple[list[str], str]:
        qtbot.waitUntil(lambda: not wizard.session.running)
        return [str(path) for path in chosen], ""

    return choose


def test_the_camera_waits_while_photographs_are_chosen(
    qtbot: QtBot, wizard: EnrolmentWizard, photographs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", browsing(qtbot, wizard, photographs))
    to_capture(qtbot, wizard)
    with qtbot.waitSignal(wizard.session.files_done):
        tap(wizard, "choosePhotographs")
    assert wizard.step is wizard.capture
    assert child(wizard, QLabel, "captureSentence").text() == "Photographs taken."
    tap(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.check.wall.count == len(photographs))


def test_the_camera_goes_on_when_no_photograph_was_chosen(
    qtbot: QtBot, wizard: EnrolmentWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", browsing(qtbot, wizard, []))
    monkeypatch.setitem(QUOTA, PoseWanted.FRONT, MANY)
    to_capture(qtbot, wizard)
    tap(wizard, "choosePhotographs")
    for look in range(LOOKS):
        with qtbot.waitSignal(wizard.session.guided):
            wizard.set_frame(frame(look))
    qtbot.waitUntil(lambda: wizard.step is wizard.check and wizard.check.wall.count == LOOKS)


def test_what_comes_after_the_pictures_were_taken_changes_nothing(
    qtbot: QtBot, wizard: EnrolmentWizard, photographs: list[Path]
) -> None:
    to_check(qtbot, wizard, photographs[:1])
    qtbot.waitUntil(lambda: wizard.check.ready)
    wizard.capture.files_chosen.emit(photographs)
    wizard.session.captured.emit()
    assert wizard.check.ready
    assert not wizard.session.running


@pytest.mark.parametrize("by_key", [False, True])
def test_a_double_tap_does_not_agree_to_what_nobody_has_read(
    qtbot: QtBot, wizard: EnrolmentWizard, by_key: bool
) -> None:
    onward = child(wizard, QPushButton, "wizardNext")
    if by_key:
        QTest.keyClick(wizard.who.name_field, Qt.Key.Key_Return)
        QTest.keyClick(wizard, Qt.Key.Key_Return)
    else:
        middle = onward.mapTo(wizard, onward.rect().center())
        QTest.mouseDClick(wizard.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)
    assert wizard.step is wizard.consent
    assert wizard.consent.ready
    assert onward.isEnabled()
    assert not wizard.session.running
    agree(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.step is wizard.capture)


class Midnight(datetime):
    """A clock that is set by hand."""

    day = 1

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Midnight":
        return cls(2100, 3, cls.day, tzinfo=tz)


def test_what_is_agreed_to_is_the_day_that_was_shown(
    qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrol_consent, "datetime", Midnight)
    step = ConsentStep()
    qtbot.addWidget(step)
    step.show_for(Who("Ana"), is_event=False)
    monkeypatch.setattr(Midnight, "day", 2)
    last = date(2101, 3, 1)
    assert "until 1 March 2101;" in step.text
    assert "Deleted by itself after 1 March 2101." in [label.text() for label in step.findChildren(QLabel)]
    assert step.consent.retain_until == last
    person = enrol(store, "Ana", 1, consent=step.consent)
    assert People(store).expired(last) == []
    assert People(store).expired(date(2101, 3, 2)) == [person]


@pytest.mark.parametrize(("answer", "name"), [("samePerson", "Ada"), ("somebodyElse", "Ana")])
def test_the_pictures_outlive_an_error_on_giving_them_to_somebody(
    qtbot: QtBot,
    wizard: EnrolmentWizard,
    store: Store,
    photographs: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    name: str,
) -> None:
    ada = Enrolment(store, recognition(), CaptureGuide(guided=False))
    ada.begin("Ada", CONSENT)
    run(add_any(ada, photographs))
    run(ada.finish())
    to_check(qtbot, wizard, photographs)
    qtbot.waitUntil(child(wizard, QPushButton, "samePerson").isVisible)
    let_go = threading.Event()

    def locked(*_: object) -> None:
        assert let_go.wait(10.0)
        raise StoreError("The database is locked.", "Try again.")

    with monkeypatch.context() as patch, qtbot.waitSignal(wizard.failed):
        patch.setattr(People, "consent_again", locked)
        tap(wizard, "samePerson")
        for button in ("samePerson", "somebodyElse", "wizardBack"):
            assert not usable(wizard, button), button
        let_go.set()
    assert wizard.step is wizard.check
    assert wizard.check.wall.count == len(photographs)
    assert usable(wizard, "wizardBack")
    tap(wizard, answer)
    if answer == "somebodyElse":
        tap(wizard, "wizardNext")
    qtbot.waitUntil(lambda: wizard.step is wizard.done, timeout=STEP_MS)
    assert child(wizard, QLabel, "doneText").text() == f"{name} is enrolled."


def test_a_comparison_that_fails_keeps_the_pictures_and_can_be_tried_again(
    qtbot: QtBot, wizard: EnrolmentWizard, photographs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("The database is locked.", "Try again.")

    monkeypatch.setattr(Enrolment, "check", fails)
    with qtbot.waitSignal(wizard.failed):
        to_check(qtbot, wizard, photographs)
    assert wizard.step is wizard.check
    assert wizard.check.wall.count == len(photographs)
    assert child(wizard, QLabel, "healthVerdict").text() == "The pictures could not be compared."
    assert not wizard.check.ready
    monkeypatch.undo()
    tap(wizard, "crop_0")
    tap(wizard, "checkAgain")
    qtbot.waitUntil(lambda: wizard.check.ready)
    assert wizard.check.wall.count == len(photographs) - 1, "what was struck out stays out"
    assert not child(wizard, QPushButton, "checkAgain").isVisible()


def test_without_any_picture_new_ones_are_taken(
    qtbot: QtBot, wizard: EnrolmentWizard, photographs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("The database is locked.", "Try again.")

    with monkeypatch.context() as patch, qtbot.waitSignal(wizard.failed):
        patch.setattr(Enrolment, "check", fails)
        to_check(qtbot, wizard, photographs[:1])
    tap(wizard, "crop_0")
    tap(wizard, "checkAgain")
    qtbot.waitUntil(lambda: wizard.step is wizard.capture)


@pytest.mark.parametrize("works", [True, False])
def test_what_is_being_kept_cannot_be_cancelled(
    qtbot: QtBot,
    wizard: EnrolmentWizard,
    people: PeopleDesk,
    store: Store,
    photographs: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    works: bool,
) -> None:
    add, let_go = SampleStore.add, threading.Event()

    def slowly(*args: Any) -> None:
        assert let_go.wait(10.0)
        if not works:
            raise StoreError("The disk is full.", "Free some space.")
        add(*args)

    monkeypatch.setattr(SampleStore, "add", slowly)
    to_check(qtbot, wizard, photographs)
    qtbot.waitUntil(lambda: wizard.check.ready)
    tap(wizard, "wizardNext")
    assert usable(wizard, "wizardCancel")
    qtbot.waitUntil(lambda: not usable(wizard, "wizardCancel"), timeout=STEP_MS)
    assert not usable(wizard, "wizardBack")
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.step is wizard.train
    let_go.set()
    if works:
        qtbot.waitUntil(lambda: wizard.step is wizard.done, timeout=STEP_MS)
    else:
        qtbot.waitUntil(lambda: usable(wizard, "wizardCancel"), timeout=STEP_MS)
        assert usable(wizard, "wizardBack")
        tap(wizard, "wizardCancel")
        assert wizard.who.isVisible()
    qtbot.waitUntil(lambda: not people.busy, timeout=STEP_MS)
    assert list(People(store).names().values()) == (["Ana"] if works else [])
