"""One enrolment's doings in the background, with stand-in networks."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.capture_guide import QUOTA, Guidance, PoseWanted
from engine.catalogue import Catalogue
from engine.enrolment import Enrolment
from engine.people import People
from engine.retraining import Progress
from engine.sample_store import SampleStore
from engine.settings import Settings
from engine.store import Store
from engine.types import Frame, Image
from gui.enrol_session import EnrolSession, Who
from gui.people_desk import PeopleDesk
from tests.engine.desk import CONSENT, crop_of, open_store
from tests.gui.test_people_jobs import StandInWorkshop

MANY = 400
LOOKS = 8
"""The fewest with which a capture ends, after 19 seconds of its own clock."""
SLOW_S = 0.05


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as made:
        yield made


@pytest.fixture
def people(qtbot: QtBot, store: Store) -> Iterator[PeopleDesk]:
    catalogue = Catalogue.read([store.folder.root])
    made = PeopleDesk(store.folder, catalogue, Settings(purpose="try"))
    made._room = StandInWorkshop(store.folder, catalogue)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def session(qtbot: QtBot, people: PeopleDesk) -> EnrolSession:
    made = EnrolSession(people)
    with qtbot.waitSignal(made.began):
        made.begin(Who("Ana"), CONSENT)
    return made


def picture(look: int) -> Image:
    other = np.random.default_rng(look).integers(-30, 31, (8, 8, 3))
    mixed = crop_of(1, look) + np.kron(other, np.ones((16, 16, 1)))
    return np.asarray(cv2.resize(np.clip(mixed, 0, 255), (256, 256)), np.uint8)


@pytest.fixture
def photographs(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{look}.png" for look in range(3)]
    for look, path in enumerate(paths):
        cv2.imwrite(str(path), picture(look))
    return paths


@pytest.fixture
def slow_photographs(photographs: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Photographs that take their time to be looked at."""
    add = Enrolment.add_photograph

    def slowly(enrolment: Enrolment, image: Image) -> Guidance:
        time.sleep(SLOW_S)
        return add(enrolment, image)

    monkeypatch.setattr(Enrolment, "add_photograph", slowly)
    return photographs


def test_the_camera_does_not_wait_for_a_large_folder(
    qtbot: QtBot, session: EnrolSession, people: PeopleDesk, slow_photographs: list[Path]
) -> None:
    reports: list[object] = []
    session.reported.connect(reports.append)
    session.add_files(slow_photographs[:1] * MANY)
    qtbot.waitUntil(lambda: len(reports) > 0)
    session.capture()
    with qtbot.waitSignal(session.guided):
        session.put(Frame(picture(9), 0, time.monotonic_ns(), 0.0))
    assert len(reports) < MANY
    session.cancel()
    qtbot.waitUntil(lambda: not people.busy)


def test_photographs_chosen_meanwhile_are_looked_at_after_the_first(
    qtbot: QtBot, session: EnrolSession, people: PeopleDesk, slow_photographs: list[Path]
) -> None:
    first, second = slow_photographs[:2] * 4, slow_photographs[2:]
    names: list[str] = []
    done: list[int] = []
    session.reported.connect(lambda report: names.append(report.name))
    session.files_done.connect(lambda: done.append(len(names)))
    session.add_files(first)
    qtbot.waitUntil(lambda: len(names) > 0)
    session.add_files(second)
    qtbot.waitUntil(lambda: not people.busy)
    assert names == [path.name for path in (*first, *second)]
    assert done == [len(names)], "it is said once, at the end of the last"
    with qtbot.waitSignal(session.checked) as checked:
        session.check()
    assert len(checked.args[0].crops) == len(slow_photographs)
    session.cancel()
    qtbot.waitUntil(lambda: not people.busy)


def test_whoever_takes_the_camera_instead_stops_all_photographs(
    qtbot: QtBot, session: EnrolSession, people: PeopleDesk, slow_photographs: list[Path]
) -> None:
    reports: list[object] = []
    done: list[bool] = []
    session.reported.connect(reports.append)
    session.files_done.connect(lambda: done.append(True))
    session.add_files(slow_photographs[:1] * MANY)
    qtbot.waitUntil(lambda: len(reports) > 0)
    session.add_files(slow_photographs[1:] * MANY)
    session.capture()
    with qtbot.waitSignal(session.guided):
        session.put(frame(9))
    assert len(reports) < MANY
    assert done == []
    session.cancel()
    qtbot.waitUntil(lambda: not people.busy)


def test_photographs_chosen_again_are_not_ready_when_those_left_behind_end(
    qtbot: QtBot, session: EnrolSession, people: PeopleDesk, slow_photographs: list[Path]
) -> None:
    reports: list[object] = []
    done: list[bool] = []
    session.reported.connect(reports.append)
    session.files_done.connect(lambda: done.append(session.running))
    session.add_files(slow_photographs[:1] * MANY)
    qtbot.waitUntil(lambda: len(reports) > 0)
    session.pause()
    session.add_files(slow_photographs)
    qtbot.waitUntil(lambda: not people.busy)
    assert done == [False]
    session.cancel()
    qtbot.waitUntil(lambda: not people.busy)


def test_taking_pictures_anew_forgets_those_before(
    qtbot: QtBot, session: EnrolSession, people: PeopleDesk, photographs: list[Path]
) -> None:
    with qtbot.waitSignal(session.files_done):
        session.add_files(photographs)
    with qtbot.waitSignal(session.checked) as checked:
        session.check()
    assert len(checked.args[0].crops) > 0
    session.retake()
    session.capture()
    with qtbot.waitSignal(session.failed) as failed:
        session.check()
    assert failed.args[0].what == "There is no picture to enrol this person with."
    session.cancel()
    qtbot.waitUntil(lambda: not people.busy)


def frame(look: int) -> Frame:
    """A look at the camera, three seconds after the one before."""
    return Frame(picture(look), look, look * 3_000_000_000, 0.0)


def test_a_capture_that_ends_as_it_is_paused_does_not_go_on(
    qtbot: QtBot, session: EnrolSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(QUOTA, PoseWanted.FRONT, MANY)
    captured: list[bool] = []
    session.captured.connect(lambda: captured.append(True))
    session.capture()
    ended = threading.Event()
    session._jobs[-1].ended.connect(ended.set, Qt.ConnectionType.DirectConnection)
    for look in range(LOOKS - 1):
        with qtbot.waitSignal(session.guided):
            session.put(frame(look))
    session.put(frame(LOOKS - 1))
    assert ended.wait(10.0), "while the window has not heard of it"
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    QApplication.processEvents()
    assert not captured
    session.capture()
    with qtbot.waitSignal(session.captured):
        session.put(frame(LOOKS))


def test_who_cancels_before_the_window_heard_of_the_saving_is_not_enrolled(
    qtbot: QtBot,
    session: EnrolSession,
    people: PeopleDesk,
    store: Store,
    photographs: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saving = threading.Event()
    add = SampleStore.add

    def told(*args: Any) -> None:
        saving.set()
        add(*args)

    def cancel(progress: Progress) -> None:
        if progress.stage == "save":
            too_soon.append(saving.wait(1.0))
            session.retire()

    monkeypatch.setattr(SampleStore, "add", told)
    too_soon: list[bool] = []
    session.training.connect(cancel)
    with qtbot.waitSignal(session.files_done):
        session.add_files(photographs)
    session.train()
    qtbot.waitUntil(lambda: too_soon == [False] and not people.busy, timeout=10_000)
    assert not saving.is_set()
    assert People(store).all() == ()
