"""Jobs of the pages, with stand-in networks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue
from engine.corrections import Corrections
from engine.errors import WorseHeadError
from engine.gallery import Cohort
from engine.head_store import HeadStore
from engine.looks import embed_views
from engine.people import People
from engine.person_head import DEFAULT_FPIR
from engine.recognition import Recognition
from engine.sample_store import SampleStore
from engine.samples import FaceSample
from engine.settings import Settings
from engine.store import Store
from gui.correction_jobs import taken_back
from gui.messages import Messages
from gui.people_desk import PeopleDesk
from gui.people_jobs import PersonDetail, deleted, remove_crops, retrained
from gui.person_corrections import PersonCorrections
from gui.workshop import Workshop
from gui.worse_head import WorseHead
from tests.engine.desk import (
    NETWORK,
    Projection,
    cohort,
    crop_of,
    enrol,
    finished,
    open_store,
    recognition,
    run,
    samples_of,
)
from tests.gui.enrolling import child

SET_FPIR = 0.01


class StandInWorkshop(Workshop):
    """A workshop whose network is a stand-in."""

    def recognition(self, key: str) -> Recognition:
        return recognition()

    def cohort(self, network: str) -> Cohort | None:
        return cohort()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as made:
        yield made


@pytest.fixture
def room(store: Store) -> Iterator[Workshop]:
    made = StandInWorkshop(store.folder, Catalogue.read([store.folder.root]))
    yield made
    made.close()


def test_a_training_speaks_of_the_setting_chosen(store: Store, room: Workshop) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    number = next(SampleStore(store).crops(ana))[0]
    for steps in (
        retrained(room, "stand-in", SET_FPIR),
        remove_crops(room, (number,), "stand-in", SET_FPIR),
        deleted(room, ben, SET_FPIR),
    ):
        run(steps)
        assert HeadStore(store).versions()[0].figures["fpir"] == SET_FPIR


def mix_up(store: Store) -> None:
    """Enrols Ana, and gives her pictures of somebody else: the next head is worse for her."""
    ana = enrol(store, "Ana", 1, count=2)
    with store.write() as session:
        vectors = [embed_views(Projection(), crop_of(3, number)) for number in range(3)]
        SampleStore(store).add(session, ana, samples_of(3, 3), vectors, NETWORK)


@pytest.fixture
def people(qtbot: QtBot, room: Workshop) -> Iterator[PeopleDesk]:
    made = PeopleDesk(room.data, room.catalogue, Settings(purpose="try"))
    made._room = room
    made.start()
    yield made
    made.stop()


def test_training_anew_keeps_the_old_head_when_the_new_one_is_worse(store: Store, room: Workshop) -> None:
    mix_up(store)
    before = HeadStore(store).versions()
    with pytest.raises(WorseHeadError):
        run(retrained(room, "stand-in", DEFAULT_FPIR))
    assert HeadStore(store).versions() == before
    run(retrained(room, "stand-in", DEFAULT_FPIR, accept_worse=True))
    assert len(HeadStore(store).versions()) == len(before) + 1


def test_an_operator_is_told_of_a_worse_head_and_can_insist(qtbot: QtBot, store: Store, people: PeopleDesk) -> None:
    mix_up(store)
    messages = Messages()
    qtbot.addWidget(messages)
    keeper = WorseHead(people, messages, lambda: True)
    assert keeper.parent() is messages
    errors: list[object] = []
    people.failed.connect(errors.append)
    people.retrain()
    qtbot.waitUntil(lambda: messages.current is not None and not people.busy)
    note = messages.current
    assert note is not None
    assert note.tone == "note"
    assert note.what.startswith("Nothing was changed: the people enrolled before would be named rightly in ")
    assert note.what.endswith(" Look for mixed-up names and pictures on the page People.")
    assert note.action_text == "Use it all the same"
    assert len(HeadStore(store).versions()) == 1
    assert note.action is not None
    note.action()
    qtbot.waitUntil(lambda: messages.current is None and not people.busy)
    assert len(HeadStore(store).versions()) == 2
    assert errors == []


def test_what_was_said_of_one_network_is_not_done_to_another(
    qtbot: QtBot, store: Store, people: PeopleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mix_up(store)
    messages = Messages()
    qtbot.addWidget(messages)
    WorseHead(people, messages, lambda: True)
    people.retrain()
    qtbot.waitUntil(lambda: messages.current is not None and not people.busy)
    monkeypatch.setattr(type(people), "key", "another:int8")
    assert messages.current is not None
    assert messages.current.action is not None
    messages.current.action()
    qtbot.waitUntil(lambda: not people.busy)
    assert len(HeadStore(store).versions()) == 1


def test_nobody_at_a_kiosk_chooses_the_worse_head(qtbot: QtBot, store: Store, people: PeopleDesk) -> None:
    mix_up(store)
    messages = Messages()
    qtbot.addWidget(messages)
    WorseHead(people, messages, lambda: False)
    people.retrain()
    qtbot.waitUntil(lambda: messages.current is not None)
    assert messages.current is not None
    assert messages.current.action_text == ""


def person_with_a_correction(store: Store) -> PersonDetail:
    """Ana, with a correction that is her newest picture."""
    ana = enrol(store, "Ana", 1, count=2)
    sample = FaceSample(crop_of(1, 61), 0.9, 0.0, 0.0, "correction")
    finished(Corrections(store, recognition()).that_is_me(ana, sample))
    samples = SampleStore(store)
    return PersonDetail(People(store).find("Ana"), tuple(samples.crops(ana)), samples.corrections(ana), None)


def test_a_correction_that_is_the_only_picture_left_stays(qtbot: QtBot, store: Store, people: PeopleDesk) -> None:
    view = PersonCorrections(people)
    qtbot.addWidget(view)
    shown = person_with_a_correction(store)
    take_back = child(view, QPushButton, "takeBack")
    view.show_detail(shown)
    assert take_back.isVisible()
    view.show_detail(replace(shown, crops=shown.crops[-1:]))
    assert not take_back.isVisible()
    assert child(view, QLabel, "personCorrections").isVisible()


def test_only_a_correction_of_the_same_person_is_taken_back(store: Store, room: Workshop) -> None:
    shown = person_with_a_correction(store)
    ana, ben = shown.record.person_id, enrol(store, "Ben", 2)
    (number,) = shown.corrections
    for other, person_id in ((shown.crops[0][0], ana), (number, ben)):
        run(taken_back(room, other, person_id, "stand-in", SET_FPIR))
        assert [kept for kept, _ in SampleStore(store).crops(ana)] == [kept for kept, _ in shown.crops]
    run(taken_back(room, number, ana, "stand-in", SET_FPIR))
    assert SampleStore(store).corrections(ana) == ()
