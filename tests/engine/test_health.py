"""The health card of somebody who is enrolled, with stand-in networks."""

from pathlib import Path

import pytest

from engine.capture_guide import CaptureGuide, PoseSorter, PoseWanted
from engine.enrolment import Enrolment
from engine.health import health_of
from engine.sample_store import SampleStore
from engine.store import Store
from tests.engine.desk import CONSENT, NETWORK, begin, cohort, enrol, open_store, recognition, run, take


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "data")


def test_it_says_what_the_check_said_before_enrolling(store: Store) -> None:
    enrol(store, "Ben", 2)
    enrolment = begin(store, "Ana", 1)
    before = enrolment.check()
    run(enrolment.finish(accept_worse=True))
    assert enrolment.person_id is not None
    after = health_of(store, enrolment.person_id, cohort())
    assert after is not None
    assert after.samples == before.samples == 6
    assert after.agreement == pytest.approx(before.agreement, abs=0.01)
    assert after.separability == pytest.approx(before.separability, abs=0.05)
    assert after.nearest is not None
    assert before.nearest is not None
    assert after.nearest.name == "Ben"
    assert after.nearest.similarity == pytest.approx(before.nearest.similarity, abs=0.01)
    assert after.outliers == before.outliers == ()


def test_it_names_the_poses_of_which_nothing_is_kept(store: Store) -> None:
    health = health_of(store, enrol(store, "Ana", 1), cohort())
    assert health is not None
    assert health.missing == (PoseWanted.RIGHT, PoseWanted.UP, PoseWanted.DOWN)
    assert health.nearest is None


def test_one_picture_is_enough_for_a_card(store: Store) -> None:
    health = health_of(store, enrol(store, "Ana", 1, count=1), cohort())
    assert health is not None
    assert (health.samples, health.agreement, health.outliers) == (1, None, ())


def test_the_check_marks_added_pictures_that_are_not_like_the_own(store: Store) -> None:
    number = enrol(store, "Ana", 1)
    enrolment = Enrolment(store, recognition(), CaptureGuide(guided=False))
    enrolment.add_to(number, CONSENT)
    take(enrolment, 1, 2)
    take(enrolment, 3, 2)
    assert enrolment.check().outliers == (2, 3)


def test_who_is_not_learnt_yet_has_none(store: Store) -> None:
    enrol(store, "Ben", 2)
    enrolment = begin(store, "Ana", 1)
    assert enrolment.person_id is not None
    with store.write() as session:
        samples = list(enrolment.guide.samples)
        vectors = [enrolment._vectors[id(sample)] for sample in samples]
        SampleStore(store).add(session, enrolment.person_id, samples, vectors, NETWORK)
    assert health_of(store, enrolment.person_id, cohort()) is None
    assert health_of(store, 999, cohort()) is None


def test_up_and_down_are_against_the_own_level_look() -> None:
    sorter = PoseSorter()
    turns = [(0.0, 0.5), (0.1, 0.5), (0.0, 0.6), (0.3, 0.5), (-0.3, 0.5), (0.0, 0.9), (0.0, 0.1), (0.0, 0.4)]
    front, left, right, up, down = PoseWanted
    assert [sorter.pose_of(*turn) for turn in turns] == [front, front, front, left, right, up, down, front]
