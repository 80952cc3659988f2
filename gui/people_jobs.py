"""What the pages do with people, as jobs: generators that run in the background."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.types import Image

if TYPE_CHECKING:
    from engine.deletion import DeletionReceipt
    from engine.head_store import HeadVersion
    from engine.health import HealthCard
    from engine.people import PersonRecord
    from engine.retraining import Outcome, Progress, Retraining
    from gui.workshop import Workshop


@dataclass(frozen=True, slots=True, eq=False)
class PersonDetail:
    """Everything kept of a person, to be shown.

    Attributes:
        record: The person.
        crops: The crops with their numbers.
        corrections: Numbers of what was said of the person in the live picture, the oldest first.
        health: How well recognition does; None as long as the head in use does not know the person.
    """

    record: PersonRecord
    crops: tuple[tuple[int, Image], ...]
    corrections: tuple[int, ...]
    health: HealthCard | None


def everybody(room: Workshop) -> Generator[None, None, tuple[PersonRecord, ...]]:
    """Everybody enrolled, by name."""
    from engine.people import People

    yield None
    store = room.store_if_any()
    return People(store).all() if store is not None else ()


def detail(room: Workshop, person_id: int, key: str, fpir: float) -> Generator[None, None, PersonDetail | None]:
    """One person; None when the person is gone."""
    from engine.gallery import read_cohort
    from engine.health import health_of
    from engine.people import People
    from engine.sample_store import SampleStore

    yield None
    store = room.store()
    record = next((person for person in People(store).all() if person.person_id == person_id), None)
    if record is None:
        return None
    samples, crops = SampleStore(store), []
    for numbered in samples.crops(person_id):
        crops.append(numbered)
        yield None
    health = health_of(store, person_id, read_cohort(room.card(key)), fpir)
    return PersonDetail(record, tuple(crops), samples.corrections(person_id), health)


def remove_crops(room: Workshop, numbers: tuple[int, ...], key: str, fpir: float) -> Generator[Progress, None, None]:
    """Trains without some crops and deletes them."""
    yield from _training(room, key, fpir, lambda job: job.remove(numbers))


def retrained(
    room: Workshop, key: str, fpir: float, *, accept_worse: bool = False
) -> Generator[Progress, None, Outcome | None]:
    """Embeds what is missing, trains and swaps; returns before → after.

    Raises:
        WorseHeadError: People would be named rightly less often, and `accept_worse` is not set; the old head stays.
    """
    if room.store_if_any() is None:
        return None
    return (yield from _training(room, key, fpir, lambda job: job.run(accept_worse=accept_worse)))


def caught_up(room: Workshop, key: str, fpir: float) -> Generator[Progress, None, Outcome | None]:
    """The same where something is still to be learnt by then: another program may have done it meanwhile.

    Raises:
        WorseHeadError: People would be named rightly less often; the old head stays.
    """
    from engine.gallery import network_id
    from engine.unlearnt import has_to_learn

    store = room.store_if_any()
    if store is None or not has_to_learn(store, network_id(room.card(key))):
        return None
    return (yield from retrained(room, key, fpir))


def _training(
    room: Workshop, key: str, fpir: float, steps: Callable[[Retraining], Iterator[Progress]]
) -> Generator[Progress, None, Outcome | None]:
    from engine.retraining import Retraining

    recognition = room.recognition(key)
    job = Retraining(room.store(), recognition.cohort, recognition.network, fpir)
    try:
        yield from steps(job)
    finally:
        room.let_networks_go()
    return job.outcome_


def deleted(room: Workshop, person_id: int, fpir: float) -> Generator[Progress, None, DeletionReceipt | None]:
    """Deletes a person everywhere; returns the receipt."""
    from engine.deletion import Deletion

    deletion = Deletion(room.store(), room.cohort, fpir)
    yield from deletion.run([person_id])
    return deletion.receipt_


def exported(room: Workshop, person_id: int, folder: Path) -> Generator[None, None, Path]:
    """Writes a person's data into a new folder; returns it."""
    from engine.person_export import export_person

    yield None
    return export_person(room.store(), person_id, folder)


def head_versions(room: Workshop, key: str) -> Generator[None, None, tuple[HeadVersion, ...]]:
    """The versions of a network's head, the newest first."""
    from engine.gallery import network_id
    from engine.head_store import HeadStore

    yield None
    store = room.store_if_any()
    return HeadStore(store).versions(network_id(room.card(key))) if store is not None else ()


def head_activated(room: Workshop, number: int) -> Generator[None, None, None]:
    """Makes a version of a head the one that answers."""
    from engine.head_store import HeadStore

    yield None
    HeadStore(room.store()).activate(number)
