"""What the window does with a list of people, as jobs: generators that run in the background."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.enrol_files import ListedPerson
    from engine.enrol_list import ListStep, PersonReport
    from engine.people import ConsentText
    from engine.retraining import Outcome
    from gui.workshop import Workshop


CLEARLY_WORSE = 0.05
"""Thresholds rise a little with everybody enrolled, which is nobody's fault."""


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What came of a list.

    Attributes:
        reports: What became of each person, as far as it came.
        outcome: What the training changed; None without one.
        stopped: Whether it was broken off.
        unfinished: Who was in work then.
    """

    reports: tuple[PersonReport, ...]
    outcome: Outcome | None = None
    stopped: bool = False
    unfinished: str = ""

    @property
    def worse_for(self) -> int:
        """How many people were enrolled before, if they are rightly named clearly less often now; else 0."""
        outcome = self.outcome
        if outcome is None or outcome.before is None or outcome.after > outcome.before - CLEARLY_WORSE:
            return 0
        people = int(outcome.figures.get("people") or 0)
        return people - sum(report.person_id is not None for report in self.reports)


def list_read(_room: Workshop, path: Path) -> Generator[None, None, tuple[ListedPerson, ...]]:
    """Reads who is on a list."""
    from engine.enrol_files import read_list

    yield None
    return read_list(path)


def list_enrolled(
    room: Workshop, key: str, fpir: float, listed: tuple[ListedPerson, ...], consent: ConsentText
) -> Generator[ListStep, None, ListOutcome]:
    """Enrols everybody on a list."""
    from engine.enrol_list import ListEnrolment

    job = ListEnrolment(room.store(), room.recognition(key), consent, fpir)
    try:
        yield from job.run(listed)
    finally:
        room.let_networks_go()
    return ListOutcome(tuple(job.reports_), job.outcome_)
