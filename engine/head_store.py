"""Versions of each network's person head: one is active, the last five are kept, going back is one call."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from engine.errors import StoreError
from engine.head_file import from_bytes, to_bytes
from engine.head_state import HeadState
from engine.people import now
from engine.sample_store import NetworkId
from engine.store import Store
from engine.tables import Head, Person, Sample
from engine.training_set import UNKEPT

KEPT = 5
NEWEST_SAMPLE = "newest_sample"
Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class HeadVersion:
    """One version of a head.

    Attributes:
        number: Its number.
        network: The network's name.
        fingerprint: Of the network it was trained for.
        made_at: When, UTC.
        active: Whether it answers now.
        figures: people, samples, accuracy, fnir, fpir, seconds; and the number of the newest sample or correction
            that it may have learnt from. It need not have learnt all up to that one (`unlearnt.has_to_learn`).
    """

    number: int
    network: str
    fingerprint: str
    made_at: datetime
    active: bool
    figures: Figures


class HeadStore:
    """The heads in one store.

    Args:
        store: The open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def versions(self, network: NetworkId | None = None) -> tuple[HeadVersion, ...]:
        """What is kept, the newest first.

        Args:
            network: Only this one's, as it is now: a head of the network before its last training names nobody.
        """
        wanted = select(Head).order_by(Head.id.desc())
        if network is not None:
            wanted = wanted.where(*_of(network))
        with self.store.read() as session:
            return tuple(_version(head) for head in session.scalars(wanted))

    def active(self, network: NetworkId) -> HeadState | None:
        """The head that answers for a network; None when there is none for it as it is now.

        Raises:
            StoreError: It cannot be decrypted or is damaged.
        """
        wanted = select(Head.state).where(*_of(network), Head.active)
        with self.store.read() as session:
            sealed = session.scalar(wanted)
        return None if sealed is None else from_bytes(self.store.cipher.open(sealed, "head"))

    def newest_sample(self, network: NetworkId) -> int:
        """Number of the newest sample that the active head has learnt from; beyond all kept where it is not noted."""
        active = next((version for version in self.versions(network) if version.active), None)
        noted = active.figures.get(NEWEST_SAMPLE) if active is not None else None
        return UNKEPT if noted is None else int(noted)

    def newest(self, session: Session, network: NetworkId) -> int | None:
        """Number of a network's newest head; another one than before tells that something was learnt meanwhile."""
        return session.scalar(select(func.max(Head.id)).where(Head.network == network.name))

    def install(self, session: Session, network: NetworkId, state: HeadState, figures: Figures) -> int:
        """Makes a head the active one, in the caller's transaction, and drops versions beyond the fifth.

        Returns:
            Its number.
        """
        session.execute(update(Head).where(Head.network == network.name).values(active=False))
        state = _of_those_left(session, state)
        head = Head(
            network=network.name,
            fingerprint=network.fingerprint,
            created_at=now(),
            active=True,
            figures=json.dumps({**figures, NEWEST_SAMPLE: session.scalar(select(func.max(Sample.id)))}),
            state=self.store.cipher.seal(to_bytes(state), "head"),
        )
        session.add(head)
        session.flush()
        kept = select(Head.id).where(Head.network == network.name).order_by(Head.id.desc()).limit(KEPT)
        session.execute(delete(Head).where(Head.network == network.name, Head.id.not_in(kept)))
        return head.id

    def drop(self, session: Session, networks: Collection[str]) -> None:
        """Deletes every version of some networks' heads, in the caller's transaction."""
        session.execute(delete(Head).where(Head.network.in_(networks)))

    def drop_learnt(self, session: Session, network: NetworkId, numbers: Collection[int]) -> None:
        """Deletes a network's versions that may have learnt from some samples, in the caller's transaction."""
        oldest = min(numbers, default=None)
        if oldest is None:
            return
        for head in session.scalars(select(Head).where(Head.network == network.name)).all():
            newest = _version(head).figures.get(NEWEST_SAMPLE)
            if newest is None or newest >= oldest:
                session.delete(head)
        session.flush()

    def go_back(self, network: NetworkId) -> HeadVersion:
        """Makes the version before the active one active again.

        Raises:
            StoreError: There is none.
        """
        with self.store.write() as session:
            heads = session.scalars(select(Head).where(*_of(network)).order_by(Head.id.desc())).all()
            place = next((i for i, head in enumerate(heads) if head.active), len(heads))
            if place + 1 >= len(heads):
                raise StoreError("There is no earlier version to go back to.", "Train a new one: facedesk retrain.")
            heads[place].active = False
            heads[place + 1].active = True
            session.flush()
            return _version(heads[place + 1])

    def activate(self, number: int) -> None:
        """Makes a certain version active.

        Raises:
            StoreError: It is not kept any more.
        """
        with self.store.write() as session:
            head = session.get(Head, number)
            if head is None:
                raise StoreError("That version is not kept any more.", "Choose another one.")
            session.execute(update(Head).where(Head.network == head.network).values(active=False))
            head.active = True


def _of(network: NetworkId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Head.network == network.name, Head.fingerprint == network.fingerprint


def _of_those_left(session: Session, state: HeadState) -> HeadState:
    """Leaves out whoever was deleted while the head was trained."""
    left = set(session.scalars(select(Person.id)))
    rows = [row for row, person in enumerate(state.person_ids.tolist()) if person in left]
    return state if len(rows) == len(state.person_ids) else state.keep(np.array(rows, np.int64))


def _version(head: Head) -> HeadVersion:
    figures = json.loads(head.figures)
    return HeadVersion(head.id, head.network, head.fingerprint, head.created_at, head.active, figures)
