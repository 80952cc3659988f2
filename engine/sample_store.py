"""What is kept of people's faces: crops and embeddings, sealed; and what a person head learns from."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from engine.people import now
from engine.samples import FaceSample, decode_crop, encode_crop, pack_vectors, unpack_vectors
from engine.store import Store
from engine.tables import Embedding, Person, Sample
from engine.training_set import TrainingSet
from engine.types import EMBEDDING_SIZE, Floats, Image


@dataclass(frozen=True, slots=True)
class NetworkId:
    """Which network made an embedding; those of two networks cannot be compared.

    Attributes:
        name: The network's folder ("mobilenet"); its precisions agree closely enough to share embeddings.
        fingerprint: Changes when the network is trained anew.
    """

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class KeptLooks:
    """What is kept of one person's looks, for one network.

    Attributes:
        vectors: (m, v, 128) float32: each look's views, as seen first.
        turns: Yaw and pitch of each.
    """

    vectors: Floats
    turns: tuple[tuple[float, float], ...]


class SampleStore:
    """Everybody's samples in one store.

    Args:
        store: The open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(
        self,
        session: Session,
        person_id: int,
        samples: Sequence[FaceSample],
        vectors: Sequence[Floats],
        network: NetworkId,
    ) -> list[int]:
        """Keeps samples and what a network makes of them, in the caller's transaction.

        Args:
            session: A writing session.
            person_id: Whose they are.
            samples: The crops.
            vectors: Each crop's (v, 128) views.
            network: Which network it is.

        Returns:
            The samples' numbers.
        """
        numbers = []
        for sample, embedded in zip(samples, vectors, strict=True):
            crop = self.store.cipher.seal(encode_crop(sample.crop), "crop")
            row = Sample(
                person_id=person_id,
                origin=sample.origin,
                created_at=now(),
                quality=sample.quality,
                yaw=sample.yaw,
                pitch=sample.pitch,
                crop=crop,
            )
            session.add(row)
            session.flush()
            session.add(self._embedding(row.id, network, embedded))
            numbers.append(row.id)
        return numbers

    def refuse(self, session: Session, person_id: int, embedding: Floats, network: NetworkId) -> int:
        """Keeps a "not me", in the caller's transaction: an embedding, no crop, for this network alone.

        Args:
            session: A writing session.
            person_id: Who it is not.
            embedding: (128,) float32.
            network: Which network it is.

        Returns:
            Its number, to undo it.
        """
        row = Sample(
            person_id=person_id,
            negative=True,
            origin="correction",
            created_at=now(),
            quality=0.0,
            yaw=0.0,
            pitch=0.0,
            crop=None,
        )
        session.add(row)
        session.flush()
        session.add(self._embedding(row.id, network, embedding[None]))
        return row.id

    def remove(self, session: Session, numbers: Collection[int]) -> None:
        """Deletes samples or corrections, in the caller's transaction; `Store.wipe` then sees to their bytes."""
        session.execute(delete(Sample).where(Sample.id.in_(numbers)))
        self.store.mark_to_wipe(session)

    def corrections(self, person_id: int) -> tuple[int, ...]:
        """Numbers of what an operator said of a person, this is them or "not me", the oldest first."""
        said = select(Sample.id).where(Sample.person_id == person_id, Sample.origin == "correction")
        with self.store.read() as session:
            return tuple(session.scalars(said.order_by(Sample.id)))

    def networks_of(self, session: Session, numbers: Collection[int]) -> set[str]:
        """Names of the networks that have embedded any of these samples."""
        return set(session.scalars(select(Embedding.network).where(Embedding.sample_id.in_(numbers)).distinct()))

    def crops(self, person_id: int) -> Iterator[tuple[int, Image]]:
        """A person's crops with their numbers, one after the other.

        Raises:
            StoreError: One cannot be decrypted.
        """
        with self.store.read() as session:
            rows = select(Sample.id, Sample.crop).where(Sample.person_id == person_id, Sample.crop.is_not(None))
            for row in session.execute(rows.order_by(Sample.id)):
                yield row.id, decode_crop(self.store.cipher.open(row.crop, "crop"))

    def missing(self, network: NetworkId) -> list[int]:
        """Numbers of the samples that this network has not embedded yet."""
        done = select(Embedding.sample_id).where(
            Embedding.network == network.name, Embedding.fingerprint == network.fingerprint
        )
        with self.store.read() as session:
            wanted = select(Sample.id).where(Sample.crop.is_not(None), Sample.id.not_in(done))
            return list(session.scalars(wanted.order_by(Sample.id)))

    def crop(self, number: int) -> Image | None:
        """One sample's crop; None when it was deleted meanwhile."""
        with self.store.read() as session:
            sealed = session.scalar(select(Sample.crop).where(Sample.id == number))
        return None if sealed is None else decode_crop(self.store.cipher.open(sealed, "crop"))

    def keep_vectors(self, network: NetworkId, vectors: dict[int, Floats]) -> None:
        """Keeps what a network makes of samples; those deleted meanwhile are passed over."""
        with self.store.write() as session:
            for number, embedded in vectors.items():
                if session.get(Sample, number) is not None:
                    session.merge(self._embedding(number, network, embedded))

    def looks(self, person_id: int, network: NetworkId) -> KeptLooks:
        """A person's looks as a network sees them, in the order they were taken; those it has not seen are left out.

        Raises:
            StoreError: An embedding cannot be decrypted.
        """
        rows = (
            select(Sample.yaw, Sample.pitch, Embedding.vectors)
            .join(Embedding, Embedding.sample_id == Sample.id)
            .where(*_by(network), Sample.person_id == person_id, ~Sample.negative)
            .order_by(Sample.id)
        )
        with self.store.read() as session:
            found = session.execute(rows).all()
        vectors = [self.opened(row.vectors, network) for row in found]
        none = np.zeros((0, 1, EMBEDDING_SIZE), np.float32)
        return KeptLooks(np.stack(vectors) if vectors else none, tuple((row.yaw, row.pitch) for row in found))

    def opened(self, sealed: bytes, network: NetworkId) -> Floats:
        """The (v, 128) views of a sealed embedding.

        Raises:
            DamagedError: It cannot be decrypted.
        """
        return unpack_vectors(self.store.cipher.open(sealed, f"embedding {network.name}"))

    def _embedding(self, number: int, network: NetworkId, vectors: Floats) -> Embedding:
        sealed = self.store.cipher.seal(pack_vectors(vectors), f"embedding {network.name}")
        return Embedding(sample_id=number, network=network.name, fingerprint=network.fingerprint, vectors=sealed)

    def learnable(self, network: NetworkId) -> int:
        """How many pictures a network's head can learn from now: `training_set` holds the views of so many."""
        pictures = (
            select(func.count(Sample.id))
            .join(Embedding, Embedding.sample_id == Sample.id)
            .join(Person, Person.id == Sample.person_id)
            .where(*_by(network), ~Person.draft, ~Sample.negative)
        )
        with self.store.read() as session:
            return session.scalar(pictures) or 0

    def training_set(
        self, network: NetworkId, without: Collection[int] = (), removed: Collection[int] = ()
    ) -> TrainingSet:
        """Everybody's embeddings for a network; who has none there is left out.

        Args:
            network: Which.
            without: People to leave out.
            removed: Samples and corrections to leave out.

        Raises:
            StoreError: An embedding cannot be decrypted.
        """
        rows = (
            select(Sample.id, Sample.person_id, Sample.negative, Embedding.vectors, Person.name)
            .join(Embedding, Embedding.sample_id == Sample.id)
            .join(Person, Person.id == Sample.person_id)
            .where(*_by(network), ~Person.draft)
            .order_by(Person.id, Sample.id)
        )
        with self.store.read() as session:
            found = [row for row in session.execute(rows) if row.person_id not in without and row.id not in removed]
        opened = [self.opened(row.vectors, network) for row in found]
        entries = [
            (row.person_id, row.name, row.id, bool(row.negative), vectors)
            for row, vectors in zip(found, opened, strict=True)
        ]
        return _assembled(entries)


def _by(network: NetworkId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Embedding.network == network.name, Embedding.fingerprint == network.fingerprint


def _assembled(entries: list[tuple[int, str, int, bool, Floats]]) -> TrainingSet:
    """Entries (person, name, sample, negative, vectors), by person, as arrays."""
    positive = [entry for entry in entries if not entry[3]]
    places: dict[int, int] = {}
    for person_id, *_ in positive:
        places.setdefault(person_id, len(places))
    names = {person_id: name for person_id, name, *_ in positive}
    negative = [entry for entry in entries if entry[3] and entry[0] in places]
    counts = [len(entry[4]) for entry in positive]
    none = np.zeros((0, EMBEDDING_SIZE), np.float32)
    return TrainingSet(
        person_ids=tuple(places),
        names=tuple(names[person_id] for person_id in places),
        embeddings=np.concatenate([none, *(entry[4] for entry in positive)]),
        owners=np.repeat(np.array([places[entry[0]] for entry in positive], np.int64), counts),
        samples=np.repeat(np.array([entry[2] for entry in positive], np.int64), counts),
        as_seen=np.concatenate([np.zeros(0, bool), *(np.arange(count) == 0 for count in counts)]),
        negatives=np.concatenate([none, *(entry[4] for entry in negative)]),
        negative_owners=np.array([places[entry[0]] for entry in negative], np.int64),
    )
