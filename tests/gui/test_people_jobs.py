"""Jobs of the pages, with stand-in networks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import Catalogue
from engine.gallery import Cohort
from engine.head_store import HeadStore
from engine.recognition import Recognition
from engine.sample_store import SampleStore
from engine.store import Store
from gui.people_jobs import deleted, remove_crops, retrained
from gui.workshop import Workshop
from tests.engine.desk import cohort, enrol, open_store, recognition, run

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
