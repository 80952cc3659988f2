"""What a network has still to learn."""

from engine.enrolment import Enrolment
from engine.gallery import Cohort
from engine.head_store import HeadStore
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
