"""Slips of the hand and of the machine in the wizard, with stand-in networks."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from engine.capture_guide import QUOTA, CaptureGuide, PoseWanted
from engine.enrol_files import add_any
from engine.enrolment import Enrolment
from engine.errors import CameraError, StoreError
from engine.gallery import Cohort
from engine.people import People
from engine.recognition import Recognition
from engine.retraining import Progress
from engine.sample_store import NetworkId, SampleStore
from engine.store import Store
from engine.tables import Person
from gui import enrol_consent
from gui.enrol_consent import ConsentStep
from gui.enrol_session import Who
from gui.enrol_step import Step
from gui.enrolment_wizard import EnrolmentWizard
from gui.people_desk import PeopleDesk
from gui.people_jobs import retrained
from tests.engine.desk import CONSENT, Projection, WholePicture, cohort, enrol, recognition, run
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


class SlowLearning:
    """Ada, whom another network knows, is being learnt for the one in use; half done, that waits for `let_go`."""

    def __init__(
        self, people: PeopleDesk, store: Store, photographs: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.let_go = threading.Event()
        ada = Enrolment(store, recognition(), CaptureGuide(guided=False))
        ada.begin("Ada", CONSENT)
        run(add_any(ada, photographs))
        run(ada.finish())
        other = Recognition(WholePicture(), Projection(), Cohort(NetworkId("other", "first"), cohort().embeddings))
        monkeypatch.setattr("tests.gui.test_people_jobs.recognition", lambda: other)
        monkeypatch.setattr("gui.people_desk.retrained", self._slowly)
        people.retrain()

    def _slowly(self, *args: Any, **kwargs: Any) -> Iterator[Progress | None]:
        yield Progress("embed", 0.5)
        while not self.let_go.wait(0.01):
            yield None
        yield from retrained(*args, **kwargs)


def everybody_begun(store: Store) -> set[str]:
    """Names of everybody in the store, those included whose enrolment is not at its end."""
    with store.read() as session:
        return set(session.scalars(select(Person.name)))


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


def test_whoever_goes_back_to_a_lost_camera_is_told_again(
    qtbot: QtBot, wizard: EnrolmentWizard, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a picture")
    sentence = child(wizard, QLabel, "captureSentence")
    to_capture(qtbot, wizard)
    wizard.set_trouble(CameraError("The camera does not answer.", "Check its cable."))
    with qtbot.waitSignal(wizard.session.files_done):
        wizard.capture.files_chosen.emit([broken])
    assert sentence.text() == "None of these photographs can be used."
    tap(wizard, "useCamera")
    assert sentence.text() == "The camera does not answer. Check its cable."
    wizard.set_trouble(None)
    assert sentence.text() == "Please look straight into the camera."


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


def at(wizard: EnrolmentWizard, step: Step) -> bool:
    return wizard.step is step


def adds(wizard: EnrolmentWizard) -> bool:
    return wizard.who.who.person_id is not None


def test_pictures_are_added_to_somebody_only_as_long_as_nobody_goes_back(
    qtbot: QtBot, wizard: EnrolmentWizard, store: Store
) -> None:
    enrol(store, "Ana", 1)
    wizard.begin_with("Ana")
    tap(wizard, "addToPerson")
    assert at(wizard, wizard.consent)
    assert adds(wizard)
    tap(wizard, "wizardBack")
    assert child(wizard, QLabel, "whoNote").text().startswith("Ana is enrolled already.")
    assert not usable(wizard, "wizardNext")
    assert not adds(wizard)
    QTest.keyClick(wizard.who.name_field, Qt.Key.Key_Return)
    assert at(wizard, wizard.who)
    tap(wizard, "addToPerson")
    assert at(wizard, wizard.consent), "the button still adds"
    assert adds(wizard)


def test_what_is_agreed_to_is_the_day_that_was_shown(
    qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrol_consent, "local_today", lambda: date(2100, 3, 1))
    step = ConsentStep()
    qtbot.addWidget(step)
    step.show_for(Who("Ana"), is_event=False)
    monkeypatch.setattr(enrol_consent, "local_today", lambda: date(2100, 3, 2))
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


def test_the_comparison_waits_until_the_network_knows_everybody(
    qtbot: QtBot,
    wizard: EnrolmentWizard,
    people: PeopleDesk,
    store: Store,
    photographs: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learning = SlowLearning(people, store, photographs, monkeypatch)
    to_check(qtbot, wizard, photographs)
    title = child(wizard, QLabel, "wizardTitle")
    qtbot.waitUntil(lambda: title.text() == "Learning faces 35 %")
    assert wizard.check.wall.count == len(photographs)
    assert not wizard.check.ready
    learning.let_go.set()
    question = child(wizard, QLabel, "duplicateQuestion")
    qtbot.waitUntil(question.isVisible, timeout=STEP_MS)
    assert question.text().startswith("Looks like Ada, ")
    assert title.text() == "Are these pictures good?"


@pytest.mark.parametrize("way_out", ["wizardBack", "wizardCancel"])
def test_whoever_does_not_want_to_wait_for_the_comparison_leaves_at_once(
    qtbot: QtBot,
    wizard: EnrolmentWizard,
    people: PeopleDesk,
    store: Store,
    photographs: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    way_out: str,
) -> None:
    learning = SlowLearning(people, store, photographs, monkeypatch)
    to_check(qtbot, wizard, photographs)
    with qtbot.waitSignal(wizard.session.waiting):
        pass
    session = wizard.session
    tap(wizard, way_out)
    assert wizard.step is {"wizardBack": wizard.capture, "wizardCancel": wizard.who}[way_out]
    if way_out == "wizardBack":
        with qtbot.waitSignal(session.guided):
            wizard.set_frame(frame(1))
    else:
        qtbot.waitUntil(lambda: "Ana" not in everybody_begun(store))
    learning.let_go.set()
    qtbot.waitUntil(lambda: not people.learning, timeout=STEP_MS)


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
