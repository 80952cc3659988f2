"""What a network has still to learn."""

from pathlib import Path

import pytest

from engine.deletion import Deletion
from engine.enrol_list import _Untrained
from engine.enrolment import Enrolment
from engine.gallery import Cohort, is_behind
from engine.head_store import HeadStore, HeadVersion
from engine.people import People
from engine.recognition import Recognition
from engine.retraining import Retraining
from engine.sample_store import NetworkId
from engine.store import Store
from engine.unlearnt import has_to_learn
from tests.engine.desk import (
    CONSENT,
    NETWORK,
    Projection,
    WholePicture,
    begin,
    cohort,
    enrol,
    open_store,
    recognition,
    run,
    take,
)

OTHER = Cohort(NetworkId("other", "first"), cohort().embeddings)


def enrol_with_other(store: Store, name: str, person: int) -> None:
    """Enrols somebody with another network."""
    enrolment = Enrolment(store, Recognition(WholePicture(), Projection(), OTHER))
    enrolment.begin(name, CONSENT)
    take(enrolment, person)
    run(enrolment.finish(accept_worse=True))


def test_nobody_is_to_be_learnt_where_nobody_is_enrolled(store: Store) -> None:
    assert not has_to_learn(store, NETWORK)


def test_whoever_is_in_no_version_is_to_be_learnt(store: Store) -> None:
    enrol(store, "Ana", 1)
    assert not has_to_learn(store, NETWORK)
    assert has_to_learn(store, OTHER.network)
    run(Retraining(store, OTHER, Projection()).run())
    assert not has_to_learn(store, OTHER.network)


def test_going_back_excuses_only_what_was_learnt_before(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    HeadStore(store).go_back(NETWORK)
    assert not has_to_learn(store, NETWORK), "somebody wants it without Ben"
    enrol_with_other(store, "Zoe", 3)
    assert has_to_learn(store, NETWORK)
    run(Retraining(store, cohort(), Projection()).run())
    assert not has_to_learn(store, NETWORK)


def test_a_command_says_the_same_of_a_network_as_the_window(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.gallery.network_id", lambda _: NETWORK)
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    HeadStore(store).go_back(NETWORK)
    assert not is_behind(store.folder, "mobilenet")
    add_untrained(store.folder.root, 1, 1)
    assert is_behind(store.folder, "mobilenet")


def test_pictures_whose_training_was_broken_off_are_to_be_learnt(store: Store) -> None:
    ana = enrol(store, "Ana", 1)
    run(Retraining(store, OTHER, Projection()).run())
    more = Enrolment(store, Recognition(WholePicture(), Projection(), OTHER))
    more.add_to(ana, CONSENT)
    take(more, 1)
    run(more.finish(accept_worse=True))
    run(Retraining(store, cohort(), Projection()).embed_missing())
    assert has_to_learn(store, NETWORK)
    run(Retraining(store, cohort(), Projection()).run(accept_worse=True))
    assert not has_to_learn(store, NETWORK)


def test_a_version_that_cannot_be_read_knows_nobody(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    HeadStore(store).go_back(NETWORK)
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE head SET state = x'00' WHERE NOT active")
    assert has_to_learn(store, NETWORK)


def test_an_enrolment_that_is_not_finished_is_not_to_be_learnt(store: Store) -> None:
    enrol(store, "Ana", 1)
    begin(store, "Ben", 2)
    assert [person.name for person in People(store).all()] == ["Ana"]
    assert not has_to_learn(store, NETWORK)


def add_untrained(folder: Path, person_id: int, person: int) -> None:
    """What another program's list does with one person: keeps the pictures, and trains later."""
    with open_store(folder) as store:
        enrolment = _Untrained(store, recognition())
        enrolment.add_to(person_id, CONSENT)
        take(enrolment, person, 3)
        enrolment.keep()


def test_pictures_that_another_program_keeps_during_a_training_are_to_be_learnt(store: Store) -> None:
    ana = enrol(store, "Ana", 1)
    ben = begin(store, "Ben", 2)
    steps = ben.finish(accept_worse=True)
    assert any(step.stage == "train" for step in steps)
    add_untrained(store.folder.root, ana, 1)
    assert has_to_learn(store, NETWORK)
    run(steps)
    assert [(version.figures["people"], version.figures["samples"]) for version in versions(store)[:1]] == [(2, 12)]
    assert has_to_learn(store, NETWORK), "Ana has three pictures more than that version has learnt"
    run(Retraining(store, cohort(), Projection()).run(accept_worse=True))
    assert versions(store)[0].figures["samples"] == 15
    assert not has_to_learn(store, NETWORK)


def test_pictures_that_another_program_keeps_during_a_deletion_are_to_be_learnt(store: Store) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    steps = Deletion(store, lambda _: cohort()).run([ben])
    assert any(step.stage == "train" for step in steps)
    add_untrained(store.folder.root, ana, 1)
    run(steps)
    assert has_to_learn(store, NETWORK)
    run(Retraining(store, cohort(), Projection()).run(accept_worse=True))
    assert not has_to_learn(store, NETWORK)


def test_pictures_only_embedded_after_a_deletion_are_to_be_learnt(store: Store) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    run(Retraining(store, OTHER, Projection()).run())
    add_untrained(store.folder.root, ana, 1)
    run(Deletion(store, lambda name: OTHER if name == "other" else cohort()).run([ben]))
    run(Retraining(store, OTHER, Projection()).embed_missing())
    assert has_to_learn(store, OTHER.network)
    run(Retraining(store, OTHER, Projection()).run(accept_worse=True))
    assert not has_to_learn(store, OTHER.network)


def versions(store: Store) -> tuple[HeadVersion, ...]:
    return HeadStore(store).versions(NETWORK)
