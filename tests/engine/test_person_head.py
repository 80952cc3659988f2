import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.calibration import SAFETY, Peers, check_cohort, fit_tail, joint_excess, measure_scale, measure_tail, unit
from engine.errors import ModelError
from engine.head_file import FORM, from_bytes, to_bytes
from engine.head_fit import HeadTrainer, Named, name_samples
from engine.head_state import HeadState
from engine.person_head import PersonHead
from engine.training_set import TrainingSet
from engine.types import NOBODY, Floats, IdentityState
from tests.engine.vectors import crowd, draw, training_set, views


@pytest.fixture(scope="module")
def cohort() -> Floats:
    return draw(5000, np.random.default_rng(1))


def trained(data: TrainingSet, cohort: Floats, fpir: float = 0.001) -> PersonHead:
    trainer = HeadTrainer()
    for _ in trainer.fit(data, cohort):
        pass
    assert trainer.head_ is not None
    return PersonHead(trainer.head_, dict(zip(data.person_ids, data.names, strict=True)), fpir)


def share(head: PersonHead, faces: Floats, state: IdentityState) -> float:
    return float(np.mean([head.identify(face).state is state for face in faces]))


def test_nobody_enrolled_knows_nobody(cohort: Floats) -> None:
    head = PersonHead(HeadState.empty(), {})
    assert head.identify(cohort[0]) == NOBODY
    assert head.neighbours(cohort[0]) == ()


@pytest.mark.parametrize("people", [1, 10, 100])
def test_strangers_stay_unknown_however_many_are_enrolled(people: int, cohort: Floats) -> None:
    rates = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        _, data = crowd(people, 5, rng)
        head = trained(data, cohort)
        strangers = head.state.evening(draw(10_000, rng))
        own = head.state.peers.scale_of(strangers).upright
        excess = joint_excess(strangers @ head.state.templates.T, head.state.scale, own)
        rates.append(float((excess.max(axis=1) >= head.strict).mean()))
    assert np.mean(rates) <= 0.001


@pytest.mark.parametrize(("people", "each"), [(1, 1), (1, 20), (50, 10)])
def test_the_enrolled_are_known_by_their_own_name(people: int, each: int, cohort: Floats) -> None:
    rng = np.random.default_rng(3)
    directions, data = crowd(people, each, rng)
    head = trained(data, cohort)
    answers = [head.identify(face) for face in views(directions, 20, rng)]
    expected = np.repeat(data.names, 20).tolist()
    named = [answer.name for answer in answers if answer.state is IdentityState.KNOWN]
    assert len(named) >= (0.8 if each == 1 else 0.9) * len(answers)
    assert all(a.name == e for a, e in zip(answers, expected, strict=True) if a.state is IdentityState.KNOWN)
    assert answers[0].person_id == data.person_ids[0]


def test_the_threshold_rises_with_the_number_enrolled(cohort: Floats) -> None:
    rng = np.random.default_rng(4)
    directions = draw(500, rng)
    thresholds = []
    for count in (1, 10, 500):
        scale = measure_scale(directions[:count], cohort)
        peers, strangers = Peers.of(cohort)
        thresholds.append(measure_tail(directions[:count], scale, strangers, peers).threshold(0.001))
    assert thresholds == sorted(thresholds)
    assert thresholds[2] > thresholds[0] + 1.0


def test_twins_are_asked_not_told(cohort: Floats) -> None:
    rng = np.random.default_rng(5)
    ada = draw(1, rng)
    twin = unit(ada + 0.12 * draw(1, rng))
    people = np.vstack([ada, twin])
    data = training_set(views(people, 8, rng, 0.8), np.repeat([0, 1], 8))
    head = trained(data, cohort)
    between = unit(data.templates().sum(axis=0))
    assert head.identify(between).state is IdentityState.UNSURE
    nearest = head.neighbours(data.templates()[0], most=1, besides=[1])
    assert nearest[0].name == "P2"
    assert nearest[0].similarity > 0.8
    assert [found.name for found in head.neighbours_of(1)] == ["P2"]
    assert head.neighbours_of(99) == ()


def test_not_me_is_heeded_and_can_be_undone(cohort: Floats) -> None:
    rng = np.random.default_rng(6)
    directions, data = crowd(3, 6, rng)
    double = unit(directions[:1] + 0.5 * draw(1, rng))
    before = trained(data, cohort)
    assert before.identify(double[0]).name == "P1"
    refused = replace(data, negatives=double, negative_owners=np.array([0]))
    after = trained(refused, cohort)
    again = unit(double + 0.2 * draw(1, rng))[0]
    assert after.identify(again).state is IdentityState.UNKNOWN
    assert after.identify(views(directions[:1], 1, rng)[0]).name == "P1"
    assert trained(data, cohort).identify(double[0]).name == "P1"


def test_training_is_repeatable_and_reports_progress(cohort: Floats) -> None:
    _, data = crowd(20, 8, np.random.default_rng(7))
    first, second = HeadTrainer(seed=3), HeadTrainer(seed=3)
    reports = list(first.fit(data, cohort))
    list(second.fit(data, cohort))
    assert first.head_ is not None
    assert second.head_ is not None
    assert np.array_equal(first.head_.layer.weights, second.head_.layer.weights)
    assert first.head_.tail == second.head_.tail
    assert [report.stage for report in reports[-2:]] == ["calibrate", "done"]
    epochs = [report.epoch for report in reports if report.epoch]
    assert epochs[-1].validation_accuracy >= 0.9
    assert epochs[-1].loss < epochs[0].loss
    assert [report.fraction for report in reports] == sorted(report.fraction for report in reports)


def test_training_can_be_cancelled(cohort: Floats) -> None:
    _, data = crowd(5, 8, np.random.default_rng(8))
    trainer = HeadTrainer()
    progress = trainer.fit(data, cohort)
    next(iter(progress))
    progress.close()  # type: ignore[attr-defined]
    assert trainer.head_ is None


def test_a_deleted_person_is_not_recognised(cohort: Floats) -> None:
    rng = np.random.default_rng(9)
    directions, data = crowd(5, 8, rng)
    head = trained(replace(data, negatives=draw(2, rng), negative_owners=np.array([1, 4])), cohort)
    left = head.without([2])
    assert left.names == ("P1", "P3", "P4", "P5")
    assert left.identify(views(directions[1:2], 1, rng)[0]).state is IdentityState.UNKNOWN
    assert left.identify(directions[4]).name == "P5"
    assert left.state.negative_owners.tolist() == [3]


def test_the_setting_says_what_it_means(cohort: Floats) -> None:
    _, data = crowd(30, 10, np.random.default_rng(10))
    head = trained(data, cohort)
    strict, default, lax = (head.rates(rate) for rate in (1e-4, 1e-3, 1e-2))
    assert default.samples == 300
    assert strict.fnir is not None
    assert default.fnir is not None
    assert lax.fnir is not None
    assert strict.fnir >= default.fnir >= lax.fnir
    assert head.at(0.01).strict < head.strict
    assert trained(crowd(3, 1, np.random.default_rng(1))[1], cohort).rates().fnir is None
    with pytest.raises(ValueError, match="FPIR"):
        head.at(0.5)


def with_twins_and_a_double(people: int, rng: np.random.Generator) -> TrainingSet:
    """Some people, the second the twin of the first, the third refused in one of their own looks."""
    directions = draw(people, rng)
    directions[1] = unit(directions[0] + 0.25 * directions[1])
    data = training_set(views(directions, 8, rng), np.repeat(np.arange(people), 8))
    return data.with_negative(3, unit(data.embeddings[16] + 0.2 * draw(1, rng)[0]))


@pytest.mark.parametrize("people", [1, 4, 40, 100])
def test_the_rate_is_that_of_the_answers_at_any_setting(people: int, cohort: Floats) -> None:
    rng = np.random.default_rng(14)
    data = with_twins_and_a_double(people, rng) if people > 1 else crowd(1, 8, rng)[1]
    head = trained(data, cohort)
    unnamed = []
    for fpir in (1e-5, 1e-4, 1e-3, 1e-2, 2e-2):
        said = name_samples(head.at(fpir), data, data.person_ids)
        told = head.rates(fpir).fnir
        assert told == pytest.approx(1.0 - said.right, abs=1e-6)
        own = head.state.own
        unnamed.append((1.0 - said.right) - float((own < head.at(fpir).strict).mean()))
    assert people == 1 or max(unnamed) > 0.0, "a lead was too narrow somewhere"


def test_whoever_has_one_picture_raises_the_floor_of_whom_it_resembles(cohort: Floats) -> None:
    rng = np.random.default_rng(15)
    ada = draw(1, rng)
    data = training_set(
        np.vstack([views(ada, 8, rng, 0.9), unit(ada + 0.7 * draw(1, rng)), draw(4, rng)]),
        np.array([0] * 8 + [1] + [2] * 4),
    )
    head = trained(data, cohort, 0.02)
    reached = PersonHead(replace(head.state, floors=np.full(3, -np.inf, np.float32)), dict(enumerate("ABC", 1)), 0.02)
    face = head.state.evening(data.embeddings[8])
    excess = float(reached._excess(face)[0])
    assert excess >= head.strict, "it would be believed to be the first one's"
    assert head.state.floors[0] > excess


def test_validation_samples_are_named_rightly(cohort: Floats) -> None:
    rng = np.random.default_rng(11)
    _, data = crowd(10, 10, rng)
    head = trained(data, cohort)
    assert name_samples(head, data, data.person_ids).right >= 0.95
    wrong = PersonHead(
        replace(head.state, person_ids=np.roll(head.state.person_ids, 1)),
        dict(zip(data.person_ids, data.names, strict=True)),
    )
    assert name_samples(wrong, data, data.person_ids).right <= 0.1


def test_a_tail_answers_both_ways() -> None:
    values = np.random.default_rng(12).exponential(2.0, 50_000).astype(np.float32)
    tail = fit_tail(values)
    assert tail.threshold(0.001) == pytest.approx(2.0 * np.log(1000), rel=0.1)
    assert tail.rate(tail.threshold(0.002)) == pytest.approx(0.002, rel=1e-3)
    assert tail.rate(tail.threshold(0.001 / SAFETY)) < 0.001


@pytest.mark.parametrize(
    "cohort", [np.zeros((10, 128), np.float16), np.zeros((600, 64), np.float16), np.full((600, 128), np.nan)]
)
def test_a_bad_cohort_is_refused(cohort: Floats) -> None:
    with pytest.raises(ModelError, match="strangers"):
        check_cohort(cohort)


def test_samples_of_few_count_and_a_question_is_not_right(cohort: Floats) -> None:
    """Two pictures of somebody to whom two of another are added: neither is named at once any more."""
    rng = np.random.default_rng(31)
    directions = draw(2, rng)
    own, others = views(directions[:1], 2, rng), views(directions[1:], 6, rng)
    before = training_set(own, np.zeros(2, np.int64))
    after = before.with_samples(1, others[:, None])
    old, new = trained(before, cohort), trained(after, cohort)
    assert name_samples(old, after, [1], 1, knows_newer=False) == Named(1.0, 0.0, 2)
    spoilt = name_samples(new, after, [1], 1)
    assert (spoilt.right, spoilt.samples) == (0.0, 2)


@pytest.mark.parametrize("people", [1, 12, 300])
def test_many_faces_at_once_get_the_answers_of_one_by_one(people: int, cohort: Floats) -> None:
    rng = np.random.default_rng(7)
    directions, data = crowd(people, 4, rng)
    data = data.with_negative(1, views(directions[:1], 1, rng)[0])
    faces = np.concatenate([views(directions, 3, rng), views(directions, 3, rng, likeness=0.2), draw(200, rng)])
    head = trained(data, cohort, fpir=0.02)
    owners = np.zeros(len(faces), np.int64)
    best, certain = head.name_left_out(faces, owners, head.state.templates[owners])
    answers = [head.identify(face) for face in faces]
    numbers = head.state.person_ids
    assert [numbers[row] if row >= 0 else None for row in best] == [answer.person_id for answer in answers]
    assert certain.tolist() == [answer.state is IdentityState.KNOWN for answer in answers]
    assert {IdentityState.KNOWN, IdentityState.UNKNOWN} <= {answer.state for answer in answers}


def test_a_head_comes_back_from_its_bytes_and_an_older_one_is_to_be_made_anew(cohort: Floats) -> None:
    rng = np.random.default_rng(41)
    directions, data = crowd(5, 5, rng)
    head = trained(data, cohort)
    kept = from_bytes(to_bytes(head.state))
    assert kept is not None
    again = PersonHead(kept, dict(zip(data.person_ids, data.names, strict=True)))
    faces = views(directions, 5, rng)
    assert [again.identify(face).name for face in faces] == [head.identify(face).name for face in faces]
    with np.load(io.BytesIO(to_bytes(head.state))) as arrays:
        before = {name: array for name, array in arrays.items() if name != "leads"}
        older = {**arrays, "form": np.array(FORM - 1)}
    assert from_bytes(packed(older)) is None
    without_leads = from_bytes(packed(before))
    assert without_leads is not None
    assert np.array_equal(without_leads.leads, np.full(25, -np.inf, np.float32))


def packed(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
