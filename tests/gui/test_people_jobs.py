"""Jobs of the pages, with stand-in networks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue
from engine.errors import WorseHeadError
from engine.gallery import Cohort
from engine.head_store import HeadStore
from engine.looks import embed_views
from engine.recognition import Recognition
from engine.sample_store import SampleStore
from engine.settings import Settings
from engine.store import Store
from gui.messages import Messages
from gui.people_desk import PeopleDesk
from gui.people_jobs import deleted, remove_crops, retrained
from gui.workshop import Workshop
from gui.worse_head import WorseHead
from tests.engine.desk import NETWORK, Projection, cohort, crop_of, enrol, open_store, recognition, run, samples_of

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
        run(retrained(room, "stand-in", SET_FPIR))
    assert HeadStore(store).versions() == before
    run(retrained(room, "stand-in", SET_FPIR, accept_worse=True))
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


def test_nobody_at_a_kiosk_chooses_the_worse_head(qtbot: QtBot, store: Store, people: PeopleDesk) -> None:
    mix_up(store)
    messages = Messages()
    qtbot.addWidget(messages)
    WorseHead(people, messages, lambda: False)
    people.retrain()
    qtbot.waitUntil(lambda: messages.current is not None)
    assert messages.current is not None
    assert messages.current.action_text == ""
