"""Where copies of people's data were put, so that a deletion can say what else to delete."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import Export, Person


@dataclass(frozen=True, slots=True)
class Exported:
    """One copy of somebody's data.

    Attributes:
        uid: Whose; the same in every copy of the database.
        path: Where it was put.
        made_at: When, UTC.
    """

    uid: str
    path: str
    made_at: datetime


def exports_of(session: Session, person_ids: Collection[int]) -> list[str]:
    """Where copies of people's data were put, each place once, in the order of the exports."""
    found = select(Export.path).where(Export.person_id.in_(person_ids)).order_by(Export.id)
    return list(dict.fromkeys(session.scalars(found)))


def all_exports(session: Session) -> list[Exported]:
    """Every copy that this database knows of."""
    rows = session.execute(select(Person.uid, Export.path, Export.made_at).join(Export).order_by(Export.id))
    return [Exported(uid, path, made_at) for uid, path, made_at in rows]


def remember(session: Session, exports: Collection[Exported]) -> None:
    """Notes copies that another state of the database knew of, of people who are in this one, too."""
    numbers = {uid: number for uid, number in session.execute(select(Person.uid, Person.id))}
    known = {(exported.uid, exported.path) for exported in all_exports(session)}
    for exported in exports:
        if exported.uid in numbers and (exported.uid, exported.path) not in known:
            session.add(Export(person_id=numbers[exported.uid], path=exported.path, made_at=exported.made_at))
