"""What a face is called while its looks agree and disagree."""

from collections.abc import Sequence

import pytest

from engine.track import Track
from engine.types import Floats, Identity, IdentityState, TaskOutputs
from tests.engine.scripted import detection, embedding

KNOWN, UNSURE = IdentityState.KNOWN, IdentityState.UNSURE


class Answers:
    """Says one answer after the other."""

    def __init__(self, answers: Sequence[tuple[IdentityState, str | None, float]]) -> None:
        self._answers = iter(answers)

    def identify(self, vector: Floats) -> Identity:
        return Identity(*next(self._answers))


def settled(*answers: tuple[IdentityState, str | None, float]) -> Identity:
    """The identity that a track shows after these answers."""
    track, identifier = Track(detection(100, 100), 0.0), Answers(answers)
    for number in range(len(answers)):
        track.vote(TaskOutputs(embedding(1), ()), 1.0, identifier, 100.0 * number)
    return track.identity


def test_who_was_certain_stays_so_while_the_same_name_remains_likely() -> None:
    shown = settled((KNOWN, "Ada", 0.97), (UNSURE, "Ada", 0.78), (UNSURE, "Ada", 0.7), (UNSURE, "Ada", 0.65))
    assert (shown.state, shown.name) == (KNOWN, "Ada")
    assert shown.probability == pytest.approx(0.65)


def test_a_question_from_the_start_stays_a_question() -> None:
    assert settled(*[(UNSURE, "Ada", 0.85)] * 4).state is UNSURE


def test_a_name_gives_way_when_two_looks_find_it_hardly_likely() -> None:
    assert settled((KNOWN, "Ada", 0.97), (UNSURE, "Ada", 0.55)).state is KNOWN
    assert settled((KNOWN, "Ada", 0.97), (UNSURE, "Ada", 0.55), (UNSURE, "Ada", 0.55)).state is UNSURE


def test_another_name_gives_no_certainty() -> None:
    shown = settled((KNOWN, "Ada", 0.97), (UNSURE, "Ben", 0.8), (UNSURE, "Ben", 0.8))
    assert (shown.state, shown.name) == (UNSURE, "Ben")


def test_another_network_must_become_certain_itself() -> None:
    track = Track(detection(100, 100), 0.0)
    look = TaskOutputs(embedding(1), ())
    track.vote(look, 1.0, Answers([(KNOWN, "Ada", 0.97)]), 0.0)
    track.forget_votes()
    assert track.identity.state is KNOWN
    track.vote(look, 1.0, Answers([(UNSURE, "Ada", 0.8)]), 100.0)
    assert track.identity.state is UNSURE
