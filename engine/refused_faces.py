"""Whom a "not me" shows: nothing says so, it only resembles. Who is deleted takes along what may be theirs."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, select

from engine.calibration import unit
from engine.errors import DamagedError
from engine.evening import Evening
from engine.gallery import Cohort
from engine.sample_store import NetworkId, SampleStore
from engine.store import Store
from engine.tables import Embedding, Sample
from engine.types import EMBEDDING_SIZE, Floats

Cohorts = Callable[[str], Cohort | None]
"""The strangers of a network by its name, or None when the network is gone."""
DOUBT = 0.9
"""Who is nearer to somebody than this share of the strangers may be that person. A stranger's "not me" that is missed
is said again; a face that stays behind is kept against somebody's will."""


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A sample as a network saw it: its (v, 128) views, none where they are damaged."""

    number: int
    person_id: int
    network: NetworkId
    views: Floats


def refused_that_may_show(store: Store, people: Collection[int], cohorts: Cohorts) -> tuple[int, ...]:
    """Finds the "not me" of others that may show some people, said of whichever network.

    Where a network's strangers are gone, or it never saw one of these people, all of its "not me" may show them.

    Args:
        store: The open store.
        people: Numbers of the people.
        cohorts: The strangers of each network.

    Returns:
        The corrections' numbers.

    Raises:
        StoreError: The database does not answer.
    """
    refused = _seen(store, Sample.negative.is_(True), Sample.person_id.not_in(people))
    if not refused:
        return ()
    own = _seen(store, ~Sample.negative, Sample.person_id.in_(people))
    found: list[int] = []
    for network in {each.network for each in refused}:
        looks = [_looks(own, person, network) for person in people]
        shows = _Resemblance(looks, _strangers(cohorts(network.name), network))
        found += [each.number for each in refused if each.network == network and shows(each.views)]
    return tuple(sorted(found))


class _Resemblance:
    """Tells whether a face may be one of some people's.

    Args:
        looks: The (m, 128) views of each person.
        strangers: (s, 128): strangers to compare with, by the same network; without any, every face may be.
    """

    def __init__(self, looks: Sequence[Floats], strangers: Floats) -> None:
        self._knows = bool(len(strangers)) and all(len(own) for own in looks)
        if not self._knows:
            return
        self._evening = Evening.of(strangers)
        self._looks = [self._evening(own) for own in looks]
        evened = self._evening(strangers)
        self._doubtful = [np.quantile(_likeness(evened, own), DOUBT, axis=1) for own in self._looks]

    def __call__(self, face: Floats) -> bool:
        if not self._knows or not len(face):
            return True
        evened = self._evening(face)
        return any(
            bool((_likeness(evened, own).max(axis=1) >= doubtful).any())
            for own, doubtful in zip(self._looks, self._doubtful, strict=True)
        )


def _likeness(faces: Floats, own: Floats) -> Floats:
    """How near (m, 128) faces are to the nearest look of somebody, and to all of them together: (2, m)."""
    return np.stack([(faces @ own.T).max(axis=1), faces @ unit(own.sum(axis=0))])


def _strangers(cohort: Cohort | None, network: NetworkId) -> Floats:
    fits = cohort is not None and cohort.network == network
    return cohort.embeddings if cohort is not None and fits else np.zeros((0, EMBEDDING_SIZE), np.float32)


def _looks(seen: Sequence[_Seen], person_id: int, network: NetworkId) -> Floats:
    own = [each.views for each in seen if each.person_id == person_id and each.network == network]
    return np.concatenate([np.zeros((0, EMBEDDING_SIZE), np.float32), *own])


def _seen(store: Store, *which: ColumnElement[bool]) -> list[_Seen]:
    columns = (Sample.person_id, Embedding.sample_id, Embedding.network, Embedding.fingerprint, Embedding.vectors)
    rows = select(*columns).join(Embedding, Embedding.sample_id == Sample.id).where(*which)
    samples = SampleStore(store)
    with store.read() as session:
        found = session.execute(rows).all()
    seen = []
    for row in found:
        network = NetworkId(row.network, row.fingerprint)
        seen.append(_Seen(row.sample_id, row.person_id, network, _opened(samples, row.vectors, network)))
    return seen


def _opened(samples: SampleStore, sealed: bytes, network: NetworkId) -> Floats:
    try:
        return samples.opened(sealed, network)
    except DamagedError:
        return np.zeros((0, EMBEDDING_SIZE), np.float32)
