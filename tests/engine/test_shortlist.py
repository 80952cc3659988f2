"""Beyond a hundred thousand people: the answers of the matrix product, in a fraction of its time."""

import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from engine import shortlist
from engine.calibration import Peers, StrangerScale, StrangerTail
from engine.head_state import HeadState
from engine.head_training import START_SCALE, SoftmaxLayer
from engine.person_head import PersonHead
from engine.types import Floats, IdentityState
from tests.engine.vectors import draw, views

PEOPLE = 5000
TAIL = StrangerTail(0.6, 0.02, 0.0)


def head_of(templates: Floats) -> PersonHead:
    count = len(templates)
    none = np.zeros(count, np.float32)
    state = replace(
        HeadState.empty(),
        person_ids=np.arange(count),
        templates=templates,
        scale=StrangerScale(none, np.ones(count, np.float32)),
        peers=Peers(draw(1000, np.random.default_rng(5)), 1.0),
        floors=none,
        tail=TAIL,
        layer=SoftmaxLayer(START_SCALE * templates, none),
    )
    return PersonHead(state, {number: f"P{number}" for number in range(count)})


@pytest.fixture(scope="module")
def templates() -> Floats:
    return draw(PEOPLE, np.random.default_rng(1))


def test_a_few_people_need_none(templates: Floats) -> None:
    assert shortlist.shortlist_of(templates) is None


def test_answers_are_those_of_the_product(templates: Floats, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    faces = np.concatenate([views(templates[:200], 1, rng, likeness=0.5), draw(200, rng)])
    plain = [head_of(templates).identify(face) for face in faces]
    monkeypatch.setattr(shortlist, "MOST_BY_PRODUCT", 1000)
    listed = head_of(templates)
    answers = [listed.identify(face) for face in faces]
    assert [(answer.state, answer.name) for answer in answers] == [(answer.state, answer.name) for answer in plain]
    assert {answer.state for answer in answers} >= {IdentityState.KNOWN, IdentityState.UNKNOWN}


def test_it_is_made_once_for_the_same_people(templates: Floats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortlist, "MOST_BY_PRODUCT", 1000)
    head = head_of(templates)
    made: list[int] = []
    monkeypatch.setattr("engine.person_head.shortlist_of", lambda templates: made.append(len(templates)))
    head.at(0.01).without([])
    assert not made
    head.without([3])
    assert made == [PEOPLE - 1]


def test_without_the_library_the_product_answers(
    templates: Floats, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shortlist, "MOST_BY_PRODUCT", 1000)
    monkeypatch.setitem(sys.modules, "faiss", None)
    face = templates[7]
    assert head_of(templates).identify(face).name == "P7"
    assert "facedesk[large]" in caplog.text


def test_two_hundred_thousand_are_searched_in_time() -> None:
    rng = np.random.default_rng(3)
    crowd = draw(200_000, rng)
    head = head_of(crowd)
    spent = []
    for row, face in enumerate(views(crowd[:50], 1, rng, likeness=0.7)):
        began = time.process_time()
        assert head.identify(face).name == f"P{row}"
        spent.append(time.process_time() - began)
    assert np.median(spent) < 0.01
