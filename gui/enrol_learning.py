"""Waiting, in an enrolment, for the training of those whom the network does not know yet."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.people_desk import PeopleDesk

if TYPE_CHECKING:
    from engine.sample_store import NetworkId

WAIT_S = 0.1


@dataclass(frozen=True, slots=True)
class Learning:
    """What is being learnt in the background, and how far it is, in [0, 1]."""

    text: str
    share: float


class LearningWatch(QObject):
    """Knows how far the learning in the background is. Belongs to the GUI thread, which alone hears of it.

    Args:
        people: Does the learning.
    """

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._learning = Learning("", 0.0) if people.learning else None
        people.chore.connect(self._hear)

    def until_learnt(self, network: NetworkId) -> Generator[Learning, None, None]:
        """Waits, in a job, for those whom a network does not know yet: they look like nobody to it.

        Yields:
            What is waited for; one without text at its end.
        """
        from engine.unlearnt import has_to_learn

        if not has_to_learn(self._people.workshop().store(), network):
            return
        while (learning := self._learning) is not None:
            yield learning
            time.sleep(WAIT_S)
        yield Learning("", 1.0)

    def _hear(self, text: str, share: float) -> None:
        self._learning = Learning(text, share) if self._people.learning else None
