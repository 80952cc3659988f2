"""The mark of the people in a store changes when somebody else is named from then on, and only then."""

from pathlib import Path

from engine.backup import back_up, restore
from engine.deletion import Deletion
from engine.gallery import Cohort
from engine.head_store import HeadStore
from engine.people import ConsentText, People
from engine.people_mark import people_mark
from engine.retraining import Retraining
from engine.sample_store import NetworkId
from engine.store import Store
from tests.engine.desk import NETWORK, Projection, cohort, enrol, open_store, run

PASSPHRASE = "correct horse"


def test_every_change_of_people_is_another_mark(store: Store, tmp_path: Path) -> None:
    marks = [people_mark(store)]
    ana = enrol(store, "Ana", 1)
    marks.append(people_mark(store))
    back_up(store, tmp_path / "backup", PASSPHRASE)
    enrol(store, "Ben", 2)
    marks.append(people_mark(store))
    People(store).rename(ana, "Anna")
    marks.append(people_mark(store))
    HeadStore(store).go_back(NETWORK)
    marks.append(people_mark(store))
    run(Deletion(store, lambda _: cohort()).run([ana]))
    marks.append(people_mark(store))
    run(restore(store, tmp_path / "backup", PASSPHRASE))
    marks.append(people_mark(store))
    assert len(set(marks)) == len(marks)


def test_a_backup_of_another_desk_is_another_mark(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as other:
        enrol(other, "Ana", 1)
        back_up(other, tmp_path / "backup", PASSPHRASE)
    enrol(store, "Ana", 2)
    before = people_mark(store)
    run(restore(store, tmp_path / "backup", PASSPHRASE))
    assert people_mark(store) != before


def test_what_names_nobody_leaves_the_mark(store: Store) -> None:
    enrol(store, "Ana", 1)
    before = people_mark(store)
    People(store).begin("Ben", ConsentText("paper"))
    other = Cohort(NetworkId("other", "first"), cohort().embeddings)
    run(Retraining(store, other, Projection()).embed_missing())
    store.wipe()
    assert people_mark(store) == before
