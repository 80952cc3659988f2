"""Jobs on people: heard from start to end, cancelled, failed, and cleared up when the program ends."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue
from engine.errors import StoreError
from engine.paths import DataFolder
from engine.settings import Settings
from gui.jobs import Job, Steps
from gui.people_desk import PeopleDesk
from gui.workshop import EVENT_PREFIX, Workshop, forget_dead_events


class Ear(QObject):
    """Writes down what a job says."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.heard: list[object] = []
        job.progressed.connect(self.progressed)
        job.done.connect(self.done)
        job.failed.connect(self.failed)
        job.cancelled.connect(self.cancelled)

    def progressed(self, report: object) -> None:
        self.heard.append(report)

    def done(self, result: object) -> None:
        self.heard.append(("done", result))

    def failed(self, error: object) -> None:
        self.heard.append(("failed", str(error)))

    def cancelled(self) -> None:
        self.heard.append("cancelled")


@pytest.fixture
def people(qtbot: QtBot, tmp_path: Path) -> Iterator[PeopleDesk]:
    made = PeopleDesk(DataFolder(tmp_path), Catalogue.read([tmp_path]), Settings(purpose="try"))
    made.start()
    yield made
    made.stop()


def counting(last: int) -> Steps:
    yield from range(last)
    return "all"


def test_a_job_is_heard_from_its_first_step_to_its_result(qtbot: QtBot, people: PeopleDesk) -> None:
    ears = [Ear(people.submit(lambda: counting(2))) for _ in range(50)]
    qtbot.waitUntil(lambda: not people.busy)
    assert [ear.heard for ear in ears] == [[0, 1, ("done", "all")]] * 50


def test_a_job_that_fails_says_why_and_the_next_one_runs(qtbot: QtBot, people: PeopleDesk) -> None:
    def failing() -> Steps:
        yield "begun"
        raise StoreError("The disk is full.", "Free some space.")

    ears = [Ear(people.submit(failing)), Ear(people.submit(lambda: counting(1)))]
    qtbot.waitUntil(lambda: not people.busy)
    assert ears[0].heard == ["begun", ("failed", "The disk is full. Free some space.")]
    assert ears[1].heard == [0, ("done", "all")]


def test_a_cancelled_job_ends_at_its_next_step_and_clears_up(qtbot: QtBot, people: PeopleDesk) -> None:
    cleared = threading.Event()

    def endless() -> Steps:
        try:
            while True:
                yield None
        finally:
            cleared.set()

    job = people.submit(endless)
    ear = Ear(job)
    qtbot.wait(50)
    job.cancel()
    qtbot.waitUntil(lambda: ear.heard == ["cancelled"])
    assert cleared.is_set()


def test_what_clears_up_is_done_even_when_the_program_ends(people: PeopleDesk) -> None:
    done = []

    def clearing() -> Steps:
        done.append("cleared")
        yield None

    def other() -> Steps:
        done.append("other")
        yield None

    people.submit(other)
    people.submit(clearing, must_run=True)
    people.stop()
    assert done == ["cleared"]


def test_what_an_event_left_behind_when_it_was_killed_is_deleted(tmp_path: Path) -> None:
    dead = tmp_path / f"{EVENT_PREFIX}{2**22 + 1}-abc"
    dead.mkdir()
    (dead / "facedesk.db").write_bytes(b"faces")
    mine = Workshop.for_event(Catalogue.read([tmp_path]))
    forget_dead_events(tmp_path)
    assert not dead.exists()
    assert mine.data.root.exists()
    mine.close()
    assert not mine.data.root.exists()
