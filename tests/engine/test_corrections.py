"""Not me, that is me: with the head or not at all."""

from collections.abc import Callable, Generator

import numpy as np
import pytest

from engine.corrections import Corrections
from engine.deletion import Deletion
from engine.errors import EnrolmentError, StoreError, WorseHeadError
from engine.gallery import identifier_of
from engine.head_store import HeadStore, HeadVersion
from engine.looks import embed_views
from engine.people import People
from engine.retraining import Progress, Retraining
from engine.sample_store import SampleStore
from engine.samples import FaceSample, encode_crop
from engine.store import Store
from engine.types import Floats, IdentityState
from tests.engine.desk import (
    NETWORK,
    Projection,
    cohort,
    crop_of,
    enrol,
    everything,
    finished,
    look,
    recognition,
    run,
    samples_of,
)

ANA, BEN = 1, 2
Correcting = Callable[[Corrections], Generator[Progress, None, int]]


def own_face(look_number: int) -> Floats:
    """Ana's own face."""
    return Projection().infer(crop_of(1, look_number)).embedding


def double() -> Floats:
    """Somebody who is taken for Ana."""
    blend = (0.72 * crop_of(1, 60) + 0.28 * crop_of(5, 60)).astype(np.uint8)
    return Projection().infer(blend).embedding


def not_ana(corrections: Corrections) -> Generator[Progress, None, int]:
    return corrections.not_me(ANA, double())


def that_is_ana(corrections: Corrections) -> Generator[Progress, None, int]:
    return corrections.that_is_me(ANA, FaceSample(crop_of(1, 61), 0.9, 0.0, 0.0, "correction"))


def spoilt(store: Store) -> int:
    """Says "not me" of Ana's own face until that is refused; which of her looks it was."""
    for number in range(6):
        try:
            finished(Corrections(store, recognition()).not_me(ANA, own_face(number)))
        except WorseHeadError:
            return number
    raise AssertionError("no correction was refused")


def kept(store: Store) -> tuple[int, int, tuple[HeadVersion, ...]]:
    """How many samples and refusals of Ana are kept, and the heads."""
    ana = People(store).find("Ana")
    return ana.samples, ana.refusals, HeadStore(store).versions()


def test_not_me_and_that_is_me_can_be_undone(store: Store) -> None:
    enrol(store, "Ana", 1)
    corrections = Corrections(store, recognition())
    assert identifier_of(store, NETWORK).identify(double()).name == "Ana"
    number = finished(not_ana(corrections))
    assert identifier_of(store, NETWORK).identify(double()).state is IdentityState.UNKNOWN
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")
    assert kept(store)[:2] == (6, 1)
    run(corrections.undo(number, ANA))
    assert identifier_of(store, NETWORK).identify(double()).name == "Ana"
    number = finished(that_is_ana(corrections))
    assert kept(store)[:2] == (7, 0)
    run(corrections.undo(number, ANA))
    assert kept(store)[:2] == (6, 0)


def test_a_correction_that_spoils_the_head_is_refused_unless_somebody_insists(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    look_number = spoilt(store)
    before = kept(store)
    corrections = Corrections(store, recognition())
    with pytest.raises(WorseHeadError, match="Nothing was changed: the people enrolled before") as caught:
        finished(corrections.not_me(ANA, own_face(look_number)))
    assert isinstance(caught.value, EnrolmentError)
    assert kept(store) == before
    number = finished(corrections.not_me(ANA, own_face(look_number), accept_worse=True))
    assert kept(store)[1] == before[1] + 1
    run(corrections.undo(number, ANA))
    assert kept(store)[:2] == before[:2]


def test_only_a_correction_of_the_same_person_is_taken_back(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    corrections = Corrections(store, recognition())
    number = finished(that_is_ana(corrections))
    before = kept(store)
    taken = next(number for number, _ in SampleStore(store).crops(ANA))
    for other, person_id in ((taken, ANA), (number, BEN), (4711, ANA)):
        assert list(corrections.undo(other, person_id)) == []
        assert kept(store) == before


def test_corrections_are_listed_the_oldest_first(store: Store) -> None:
    ana, ben = enrol(store, "Ana", 1), enrol(store, "Ben", 2)
    corrections, samples = Corrections(store, recognition()), SampleStore(store)
    assert samples.corrections(ana) == ()
    numbers = tuple(finished(correct(corrections)) for correct in (that_is_ana, not_ana, that_is_ana))
    assert samples.corrections(ana) == numbers
    assert samples.corrections(ben) == ()
    run(corrections.undo(numbers[-1], ana))
    assert samples.corrections(ana) == numbers[:-1]


@pytest.mark.parametrize("correct", [not_ana, that_is_ana])
def test_what_was_undone_does_not_come_back_with_an_earlier_head(store: Store, correct: Correcting) -> None:
    enrol(store, "Ana", 1)
    (before,) = HeadStore(store).versions()
    corrections = Corrections(store, recognition())
    number = finished(correct(corrections))
    enrol(store, "Ben", 2)
    run(corrections.undo(number, ANA))
    newest, *earlier = HeadStore(store).versions()
    assert newest.active
    assert [version.number for version in earlier] == [before.number]
    HeadStore(store).activate(before.number)
    assert identifier_of(store, NETWORK).identify(double()).name == "Ana"


@pytest.mark.parametrize("correct", [not_ana, that_is_ana])
def test_a_correction_broken_off_anywhere_leaves_nothing_or_all(store: Store, correct: Correcting) -> None:
    enrol(store, "Ana", 1)
    before = kept(store)
    stages = [step.stage for step in correct(Corrections(store, recognition()))]
    after = kept(store)
    assert stages[-1] == "save"
    for steps in (1, len(stages) // 2, len(stages)):
        job = correct(Corrections(store, recognition()))
        for _ in range(steps):
            next(job)
        job.close()
        assert kept(store) == after
    assert after[:2] != before[:2]
    assert len(after[2]) == len(before[2]) + 1


@pytest.mark.parametrize("correct", [not_ana, that_is_ana])
def test_without_its_head_a_correction_is_not_kept(
    store: Store, correct: Correcting, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(store, "Ana", 1)
    before = kept(store)

    def fails(*_: object) -> None:
        raise StoreError("The disk is full; nothing was changed.", "Free some space, then try again.")

    monkeypatch.setattr(HeadStore, "install", fails)
    with pytest.raises(StoreError, match="disk is full"):
        finished(correct(Corrections(store, recognition())))
    assert kept(store) == before


def test_of_what_was_undone_no_byte_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    corrections = Corrections(store, recognition())
    number = finished(that_is_ana(corrections))
    with store.outside_transaction() as connection:
        (sealed,) = connection.execute("SELECT crop FROM sample WHERE id = ?", (number,)).fetchone()
    assert store.cipher.open(sealed, "crop") == encode_crop(crop_of(1, 61))
    traces = [sealed[start:][:24] for start in (0, 200, -24)]
    assert all(trace in everything(store.folder.root) for trace in traces)
    run(corrections.undo(number, ANA))
    assert [trace for trace in traces if trace in everything(store.folder.root)] == []
    assert not store.is_to_wipe


@pytest.mark.parametrize("correct", [not_ana, that_is_ana])
def test_of_somebody_deleted_meanwhile_nothing_is_kept(store: Store, correct: Correcting) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    job = correct(Corrections(store, recognition()))
    next(job)
    run(Deletion(store, lambda _: cohort()).run([ANA]))
    before = HeadStore(store).versions()
    with pytest.raises(EnrolmentError, match="deleted meanwhile"):
        finished(job)
    assert HeadStore(store).versions() == before
    assert look(store, 1) == (IdentityState.UNKNOWN, None)


def test_what_is_new_counts_neither_before_nor_after(store: Store) -> None:
    ana = enrol(store, "Ana", 1, count=2)
    with store.write() as session:
        vectors = [embed_views(Projection(), crop_of(3, number)) for number in range(3)]
        SampleStore(store).add(session, ana, samples_of(3, 3), vectors, NETWORK)
    job = Retraining(store, cohort(), Projection())
    with pytest.raises(WorseHeadError, match="instead of 100%"):
        run(job.run())
    run(job.run(accept_worse=True))
    assert job.outcome_ is not None
    assert (job.outcome_.before, job.outcome_.after < 1.0) == (1.0, True)
