"""A mark of the people in a store: another one than before tells that people, samples or heads were changed."""

import hashlib

from sqlalchemy import Select, func, select

from engine.store import Store
from engine.tables import Consent, Head, Person, Sample

_FACTS: tuple[Select[*tuple[object, ...]], ...] = (
    select(Person.id, Person.uid, Person.name, Person.external_id).where(~Person.draft).order_by(Person.id),
    select(func.count(), func.max(Consent.id), func.max(Consent.retain_until)).where(Consent.begun_by.is_(None)),
    select(func.count(), func.max(Sample.id)).select_from(Sample),
    select(Head.id, Head.created_at, Head.active).order_by(Head.id),
)


def people_mark(store: Store) -> str:
    """The mark of a store as it is now.

    Enrolments that are not finished, embeddings made for a training and receipts do not count: nobody is named
    otherwise for them.

    Raises:
        StoreError: The database does not answer.
    """
    mark = hashlib.sha256()
    with store.read() as session:
        for facts in _FACTS:
            mark.update(repr(session.execute(facts).all()).encode())
    return mark.hexdigest()
