"""Deleting people: everything at once, the heads trained anew without them, a receipt."""

import logging
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.damage import files_aside
from engine.errors import DamagedError
from engine.export_index import exports_of
from engine.gallery import Cohort
from engine.paths import as_text
from engine.people import People, now
from engine.person_head import DEFAULT_FPIR
from engine.refused_faces import Cohorts, refused_that_may_show
from engine.retraining import Progress, Retraining, Trained, train_without
from engine.store import Store
from engine.tables import Head, Person, Receipt, Sample

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeletionReceipt:
    """What was deleted. Only its number, date, reason and counts are kept.

    Attributes:
        number: To quote it by.
        names: Whom; not kept.
        deleted_at: When, UTC.
        reason: "asked" or "retention".
        samples: How many crops with their embeddings.
        heads: How many head versions.
        exports: Copies that the owner has to delete, databases put aside among them; not kept.
        wiped: Whether the bytes are gone from the files already; otherwise the next start sees to it.
        untrained: Networks whose heads were deleted and are still to be trained anew without them; not kept.
    """

    number: str
    names: tuple[str, ...]
    deleted_at: datetime
    reason: str
    samples: int
    heads: int
    exports: tuple[str, ...]
    wiped: bool
    untrained: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The receipt to print."""
        why = "the retention date has passed" if self.reason == "retention" else "as asked"
        lines = [
            f"Receipt {self.number}, {self.deleted_at:%Y-%m-%d %H:%M} UTC",
            f"Deleted: {', '.join(self.names)} ({why})",
            f"{self.samples} pictures with their embeddings, all consents, {self.heads} head versions.",
            self._heads_text(),
            "" if self.wiped else "Another program is using the database: the next start overwrites the last traces.",
            *(f"Still there, delete it yourself: {path}" for path in self.exports),
            "Backups made earlier still hold them; restoring one here leaves them out.",
        ]
        return "\n".join(line for line in lines if line)

    def _heads_text(self) -> str:
        if self.untrained:
            return f"The heads of {', '.join(self.untrained)} were deleted; make them anew: facedesk retrain."
        return "The heads were trained anew without them." if self.heads else ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is deleted with people, and the heads that know nothing of it; made anew when somebody comes in between.

    Attributes:
        refused: Others' corrections that may show these people.
        heads: The new heads.
        untrained: Networks that are left without one.
    """

    refused: tuple[int, ...]
    heads: list[tuple[Cohort, Trained]]
    untrained: list[str]


class Deletion:
    """Deletes people.

    What is damaged keeps nobody here: a network whose samples cannot all be read loses its heads, and is trained anew
    when they are mended.

    Args:
        store: The open store.
        cohorts: The strangers of each network, to train its head without these people.
        fpir: The setting that the heads' figures speak of.

    Attributes:
        receipt_: The receipt, after `run`.
    """

    def __init__(self, store: Store, cohorts: Cohorts, fpir: float = DEFAULT_FPIR) -> None:
        self._store = store
        self._cohorts = cohorts
        self._fpir = fpir
        self.receipt_: DeletionReceipt | None = None

    def run(self, person_ids: Collection[int], reason: str = "asked") -> Iterator[Progress]:
        """Trains the heads without these people, then deletes everything in one step, then wipes the files.

        Closing the generator cancels and leaves everything as it was: the last report comes before the deletion.

        Raises:
            StoreError: The database does not answer; nothing was changed.
        """
        while True:
            newest = self._newest_head()
            plan = _Plan(refused_that_may_show(self._store, person_ids, self._cohorts), [], [])
            for network in self._networks():
                yield from self._train(network, person_ids, plan)
            yield Progress("save", 0.0)
            with self._store.write() as session:
                # Somebody may have been enrolled by another program meanwhile; then the heads are trained again.
                if session.scalar(select(func.max(Head.id))) == newest:
                    receipt = self._delete(session, person_ids, reason, plan)
                    break
        self.receipt_ = replace(receipt, wiped=self._store.wipe())

    def _networks(self) -> list[str]:
        with self._store.read() as session:
            return list(session.scalars(select(Head.network).distinct()))

    def _newest_head(self) -> int | None:
        with self._store.read() as session:
            return session.scalar(select(func.max(Head.id)))

    def _train(self, network: str, person_ids: Collection[int], plan: _Plan) -> Iterator[Progress]:
        """Adds a network's head without these people to the plan, or the network itself where that cannot be done."""
        cohort = self._cohorts(network)
        if cohort is None:
            plan.untrained.append(network)
            return
        try:
            for step in train_without(self._store, cohort, person_ids, self._fpir, removed=plan.refused):
                if isinstance(step, Trained):
                    plan.heads.append((cohort, step))
                else:
                    yield step
        except DamagedError as error:
            log.warning("The heads of %s are deleted: %s", network, error.what)
            plan.untrained.append(network)

    def _delete(self, session: Session, person_ids: Collection[int], reason: str, plan: _Plan) -> DeletionReceipt:
        wanted = list(person_ids)
        receipt = DeletionReceipt(
            number=f"{now():%Y%m%d}-{secrets.token_hex(4)}",
            names=tuple(session.scalars(select(Person.name).where(Person.id.in_(wanted)))),
            deleted_at=now(),
            reason=reason,
            samples=session.scalar(select(func.count(Sample.id)).where(Sample.person_id.in_(wanted))) or 0,
            heads=session.scalar(select(func.count(Head.id))) or 0,
            exports=(*exports_of(session, wanted), *map(as_text, files_aside(self._store.folder))),
            wiped=False,
            untrained=tuple(plan.untrained),
        )
        uids = session.scalars(select(Person.uid).where(Person.id.in_(wanted)).order_by(Person.uid)).all()
        session.execute(delete(Person).where(Person.id.in_(wanted)))
        session.execute(delete(Sample).where(Sample.id.in_(plan.refused)))
        session.execute(delete(Head))
        for cohort, trained in plan.heads:
            if len(trained.state.person_ids):
                Retraining(self._store, cohort).install(session, trained)
        kept = {name: getattr(receipt, name) for name in ("number", "deleted_at", "reason", "samples")}
        session.add(Receipt(**kept, person_uids=",".join(uids)))
        self._store.mark_to_wipe(session)
        return receipt


def tidy(store: Store, cohorts: Cohorts) -> Iterator[Progress | DeletionReceipt]:
    """What is due at every start and once a day: retention dates, enrolments broken off, bytes not yet wiped.

    Yields:
        Progress; and a receipt when people were deleted because their retention date has passed.

    Raises:
        StoreError: The database does not answer.
    """
    people = People(store)
    people.drop_stale_drafts()
    expired = people.expired()
    if expired:
        deletion = Deletion(store, cohorts)
        yield from deletion.run(expired, reason="retention")
        assert deletion.receipt_ is not None
        yield deletion.receipt_
    elif store.is_to_wipe:
        store.wipe()
