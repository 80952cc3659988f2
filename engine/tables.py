"""The tables of the database. Crops, embeddings and heads are sealed (crypto.py); no frame is ever stored."""

import uuid
from datetime import date, datetime

from sqlalchemy import Float, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = "0004"
"""The newest migration in engine/migrations/versions."""


class Base(DeclarativeBase):
    """Base of the tables."""


class Meta(Base):
    """Facts about the database itself.

    `key_id` names the key; `key_check` is a known text sealed with it; `to_wipe` is there while deleted data may still
    lie in the files. Databases of the first two forms have a `lineage` besides, which they share with their backups.
    """

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class Person(Base):
    """Somebody who is enrolled, or who has consented and is about to be (`draft`).

    Numbers are never used twice in one database; `uid` goes with the person into every copy of it.
    """

    __tablename__ = "person"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(default=lambda: uuid.uuid4().hex, unique=True, index=True)
    name: Mapped[str]
    external_id: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    draft: Mapped[bool] = mapped_column(default=True)


class Consent(Base):
    """What a person agreed to, when, and until when the data may be kept.

    `begun_by` marks the process of an enrolment that is not finished yet (processes.py); until it is, the consent does
    not count.
    """

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    version: Mapped[str]
    language: Mapped[str]
    given_at: Mapped[datetime]
    retain_until: Mapped[date]
    begun_by: Mapped[str | None] = mapped_column(default=None)


class Sample(Base):
    """One look at a person; with `negative`, at somebody of whom it was said that it is not this person.

    A negative keeps no crop: it may show somebody who never agreed to anything. Numbers are never used twice in one
    database: who takes a correction back means that one.
    """

    __tablename__ = "sample"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    negative: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str]
    created_at: Mapped[datetime]
    quality: Mapped[float] = mapped_column(Float)
    yaw: Mapped[float] = mapped_column(Float)
    pitch: Mapped[float] = mapped_column(Float)
    crop: Mapped[bytes | None] = mapped_column(LargeBinary)


class Embedding(Base):
    """One sample as one network sees it: its views' vectors (as seen, flipped, re-lit), float16."""

    __tablename__ = "embedding"
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True)
    network: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    vectors: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Base):
    """One version of a network's person head. The last five are kept; at most one is active."""

    __tablename__ = "head"
    __table_args__ = (
        Index("ix_head_network", "network"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str]
    fingerprint: Mapped[str]
    created_at: Mapped[datetime]
    active: Mapped[bool]
    figures: Mapped[str]
    state: Mapped[bytes] = mapped_column(LargeBinary)


class Export(Base):
    """Where a copy of a person's data was put, so that a deletion can say what else to delete."""

    __tablename__ = "export"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    path: Mapped[str]
    made_at: Mapped[datetime]


class Receipt(Base):
    """Proof of a deletion, without a word about whom; the uids keep a backup from bringing them back."""

    __tablename__ = "receipt"
    number: Mapped[str] = mapped_column(primary_key=True)
    deleted_at: Mapped[datetime]
    reason: Mapped[str]
    person_uids: Mapped[str]
    samples: Mapped[int]
