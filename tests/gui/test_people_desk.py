"""Jobs on people: heard from start to end, cancelled, failed, and cleared up when the program ends."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue, network_name
from engine.errors import DamagedError, EnrolmentError, StoreError
from engine.head_state import HeadState
from engine.keys import KEY_FILE, NO_KEYRING
from engine.paths import DataFolder
from engine.people import People, now
from engine.person_head import PersonHead
from engine.settings import Settings
from engine.store import Store
from engine.tables import Consent, Person
from gui.head_loader import LoadedHead
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


def test_the_log_names_nobody(qtbot: QtBot, people: PeopleDesk, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> Steps:
        yield None
        raise EnrolmentError("Somebody named Ben is enrolled already.", "Choose another name.")

    ear = Ear(people.submit(failing))
    qtbot.waitUntil(lambda: not people.busy)
    assert "Ben" in str(ear.heard)
    assert "EnrolmentError" in caplog.text
    assert "Ben" not in caplog.text


@pytest.fixture
def event(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PeopleDesk]:
    monkeypatch.setenv(NO_KEYRING, "1")
    made = PeopleDesk(DataFolder(tmp_path), Catalogue.read([tmp_path]), Settings(purpose="event"))
    for thread in made._threads.values():
        thread.start()
    yield made
    made.stop()


def keep_expired(folder: Path, name: str) -> None:
    """Keeps somebody whose date has passed."""
    gone = date(2020, 1, 1)
    with Store.open(DataFolder(folder)) as store, store.write() as session:
        person = Person(name=name, external_id="", created_at=now(), draft=False)
        session.add(person)
        session.flush()
        session.add(
            Consent(person_id=person.id, text="c", version="1", language="en", given_at=now(), retain_until=gone)
        )


def test_an_event_does_not_keep_anybody_of_the_desk_beyond_their_date(
    qtbot: QtBot, tmp_path: Path, event: PeopleDesk, caplog: pytest.LogCaptureFixture
) -> None:
    keep_expired(tmp_path, "Zelda")
    told: list[object] = []
    event.receipt.connect(told.append)
    event.keep_house()
    qtbot.waitUntil(lambda: not event.busy)
    with Store.open(DataFolder(tmp_path)) as store:
        assert People(store).all() == ()
    assert told == [], "guests do not read whose date has passed"
    assert "Zelda" not in caplog.text


def test_an_event_goes_on_without_the_key_of_the_desk(qtbot: QtBot, tmp_path: Path, event: PeopleDesk) -> None:
    keep_expired(tmp_path, "Zelda")
    key = tmp_path / KEY_FILE
    text = key.read_text()
    key.unlink()
    told: list[object] = []
    event.failed.connect(told.append)
    event.keep_house()
    qtbot.waitUntil(lambda: not event.busy)
    assert told == []
    assert not key.exists(), "no other key is made"
    key.write_text(text)
    with Store.open(DataFolder(tmp_path)) as store:
        assert [person.name for person in People(store).all()] == ["Zelda"]


def test_an_event_makes_no_store_for_the_desk(qtbot: QtBot, tmp_path: Path, event: PeopleDesk) -> None:
    event.keep_house()
    qtbot.waitUntil(lambda: not event.busy)
    assert not Store.exists(DataFolder(tmp_path))


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


class Heads:
    """Stands for the store's heads: those of `damaged` networks do not load, and all wait for `free`."""

    def __init__(self) -> None:
        self.damaged = ""
        self.free = threading.Event()
        self.free.set()
        self.begun = 0
        self.told: list[tuple[str, float]] = []

    def load(self, room: Workshop, key: str, fpir: float) -> LoadedHead:
        self.begun += 1
        self.free.wait(30)
        if network_name(key) == self.damaged:
            raise DamagedError("The head is damaged.", "Train it anew.")
        return LoadedHead(network_name(key), PersonHead(HeadState.empty(), {}, fpir), external_ids={})

    def tell(self, network: str, head: PersonHead) -> None:
        self.told.append((network, head.fpir))


@pytest.fixture
def heads(people: PeopleDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Heads:
    """A desk that knows the head of one network."""
    heads = Heads()
    monkeypatch.setattr("gui.head_loader.loaded_head", heads.load)
    people.identifier_ready.connect(heads.tell)
    people.use_network("mobilenet:int8")
    qtbot.waitUntil(lambda: heads.told == [("mobilenet", 0.001)])
    return heads


def test_a_networks_head_is_never_handed_out_as_anothers(qtbot: QtBot, people: PeopleDesk, heads: Heads) -> None:
    failed: list[object] = []
    people.failed.connect(failed.append)
    heads.damaged = "inception_v3"
    heads.told.clear()
    people.use_network("inception_v3:int8")
    assert people.head is None
    people.forget(1)
    qtbot.waitUntil(lambda: len(failed) == 1)
    people.apply(replace(people.settings, fpir=0.01))
    assert (people.head, heads.told) == (None, [])
    people.use_network("mobilenet:int8")
    qtbot.waitUntil(lambda: heads.told == [("mobilenet", 0.01)])


def test_precisions_of_a_network_share_its_head(people: PeopleDesk, heads: Heads) -> None:
    head = people.head
    people.use_network("mobilenet:fp16")
    assert people.head is head
    people.forget(1)
    assert [network for network, _ in heads.told] == ["mobilenet"] * 2


def test_a_head_answers_as_strictly_as_was_asked_while_it_was_loaded(
    qtbot: QtBot, people: PeopleDesk, heads: Heads
) -> None:
    heads.free.clear()
    people.use_network("inception_v3:int8")
    qtbot.waitUntil(lambda: heads.begun == 2)
    people.apply(replace(people.settings, fpir=0.01))
    heads.free.set()
    qtbot.waitUntil(lambda: not people.busy)
    assert heads.told[1:] == [("inception_v3", 0.01)]


def test_a_head_of_the_desk_does_not_go_to_an_event(qtbot: QtBot, people: PeopleDesk, heads: Heads) -> None:
    heads.free.clear()
    people.apply(replace(people.settings, purpose="event"))
    assert people.head is None
    heads.free.set()
    qtbot.waitUntil(lambda: people.head is not None)
