"""The people of a desk: who they are, what they agreed to, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from engine.dates import local_today
from engine.errors import EnrolmentError
from engine.names import clean_id, clean_name, composed, folded, look_alike_names, quoted, same_but_for_case
from engine.processes import has_ended, own_mark
from engine.store import Store
from engine.tables import Consent, Person, Sample

DEFAULT_RETENTION = timedelta(days=365)
DRAFT_LIFETIME = timedelta(hours=12)
"""A consent that is older than this and does not count yet comes from an enrolment that was broken off."""
MOST_MEANT = 5
"""So many similar names are offered when nobody has the one that was asked for."""


def now() -> datetime:
    """This moment in UTC, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person agrees to.

    Attributes:
        text: The words as shown, or where the signed paper is.
        version: Version of the words.
        language: Their language code.
        retain_until: The last day, on the local calendar, on which the data may be kept; they are deleted on the day
            after.
    """

    text: str
    version: str = "1"
    language: str = "en"
    retain_until: date | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise EnrolmentError("There is no consent.", "Say what the person agreed to, and where it is recorded.")
        if self.retain_until is not None and self.retain_until < local_today():
            raise EnrolmentError("The retention date is in the past.", "Choose a later one.")


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One enrolled person.

    Attributes:
        person_id: The store's number, never used twice.
        name: The name.
        external_id: A number of the house's own, or empty.
        enrolled_at: When, UTC.
        samples: How many crops are kept.
        refusals: How many "not me" are kept.
        consent: What was agreed to last.
        consented_at: When, UTC.
        retain_until: Until when the data may be kept.
    """

    person_id: int
    name: str
    external_id: str
    enrolled_at: datetime
    samples: int
    refusals: int
    consent: str
    consented_at: datetime
    retain_until: date


class People:
    """Everybody in one store.

    Args:
        store: The open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def all(self) -> tuple[PersonRecord, ...]:
        """Everybody enrolled, by name."""
        with self.store.read() as session:
            records = _records(session)
        return tuple(sorted(records, key=lambda record: (folded(record.name), record.person_id)))

    def names(self) -> dict[int, str]:
        """Names by number of everybody enrolled."""
        with self.store.read() as session:
            return {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(~Person.draft))}

    def external_ids(self) -> dict[int, str]:
        """IDs of the house's own by number, of those who have one."""
        with self.store.read() as session:
            given = select(Person.id, Person.external_id).where(~Person.draft, Person.external_id != "")
            return {row.id: row.external_id for row in session.execute(given)}

    def find(self, name: str, external_id: str = "") -> PersonRecord:
        """The person of this name, in whatever case, or with this external ID or `#number`.

        Args:
            name: One of these.
            external_id: If given, that of the person.

        Raises:
            EnrolmentError: There is nobody, or more than one.
        """
        everybody, typed, wanted = self.all(), composed(name), composed(external_id)
        people = [person for person in everybody if wanted in ("", composed(person.external_id))]
        exact = [p for p in people if typed and typed in (p.name, composed(p.external_id), f"#{p.person_id}")]
        found = exact or [person for person in people if same_but_for_case(person.name, name)]
        if not found:
            raise _nobody(name, external_id, everybody)
        if len(found) > 1:
            numbers = ", ".join(f"#{person.person_id}" for person in found)
            raise EnrolmentError(
                f"{len(found)} people are named {quoted(name)}.", f"Give the number instead: {numbers}."
            )
        return found[0]

    def look_alike_names(self, name: str) -> list[str]:
        """Names of enrolled people that could be mistaken for this one."""
        return look_alike_names(name, list(self.names().values()))

    def rename(self, person_id: int, name: str) -> None:
        """Gives a person another name; heads hold numbers only and need no training.

        Raises:
            EnrolmentError: The name is not usable or taken, or the person was deleted meanwhile.
        """
        cleaned = clean_name(name)
        with self.store.write() as session:
            person = self.enrolled(session, person_id)
            _require_free(session, cleaned, person.external_id, besides=person_id)
            person.name = cleaned

    def begin(self, name: str, consent: ConsentText, external_id: str = "") -> int:
        """Records a consent, before any picture is kept.

        Args:
            name: The person's name; another may have the same if their external IDs differ.
            consent: What the person agreed to.
            external_id: A number of the house's own.

        Returns:
            The new person's number. Nothing counts until samples are added.

        Raises:
            EnrolmentError: The name is not usable or taken, or the ID not usable.
        """
        cleaned, cleaned_id = clean_name(name), clean_id(external_id)
        with self.store.write() as session:
            _require_free(session, cleaned, cleaned_id)
            person = Person(name=cleaned, external_id=cleaned_id, created_at=now(), draft=True)
            session.add(person)
            session.flush()
            session.add(_consent(person.id, consent))
            return person.id

    def consent_again(self, person_id: int, consent: ConsentText) -> int:
        """Records a further consent; once it counts, it replaces the retention date.

        Returns:
            Its number, for `complete` or `forget_consent`.

        Raises:
            EnrolmentError: The person was deleted meanwhile.
        """
        with self.store.write() as session:
            self.enrolled(session, person_id)
            further = _consent(person_id, consent)
            session.add(further)
            session.flush()
            return further.id

    def complete(self, session: Session, person_id: int, further: int | None = None) -> None:
        """Lets a person who was begun, or a further consent, count from now on, in the caller's transaction.

        Args:
            session: A writing session.
            person_id: Whose enrolment is finished.
            further: The further consent that was given for it.

        Raises:
            EnrolmentError: The person or the consent was removed meanwhile, or the name was taken.
        """
        person = self.enrolled(session, person_id)
        if person.draft:
            _require_free(session, person.name, person.external_id, besides=person_id)
            person.draft = False
        given = select(Consent).where(Consent.person_id == person_id, Consent.begun_by.is_not(None))
        consent = session.scalar(given if further is None else given.where(Consent.id == further))
        if consent is None:
            raise EnrolmentError("The consent was removed meanwhile.", "Begin the enrolment again.")
        consent.begun_by = None

    @staticmethod
    def enrolled(session: Session, person_id: int) -> Person:
        """Somebody who is enrolled or about to be.

        Raises:
            EnrolmentError: The person was deleted meanwhile.
        """
        person = session.get(Person, person_id)
        if person is None:
            raise EnrolmentError("This person was deleted meanwhile.", "Enrol the person again.")
        return person

    def forget_consent(self, number: int) -> None:
        """Removes a further consent that does not count yet; `Store.wipe` then sees to its bytes."""
        with self.store.write() as session:
            session.execute(delete(Consent).where(Consent.id == number, Consent.begun_by.is_not(None)))
            self.store.mark_to_wipe(session)

    def cancel(self, person_id: int) -> None:
        """Removes a person who was begun and not completed; `Store.wipe` then sees to the bytes."""
        with self.store.write() as session:
            session.execute(delete(Person).where(Person.id == person_id, Person.draft))
            self.store.mark_to_wipe(session)

    def expired(self, today: date | None = None) -> list[int]:
        """Numbers of people whose retention date has passed, on the local calendar."""
        today = today or local_today()
        return [record.person_id for record in self.all() if record.retain_until < today]

    def drop_stale_drafts(self) -> int:
        """Removes what was begun by programs that were killed, or long ago; says how many enrolments."""
        unfinished = select(Consent).join(Person).where(or_(Person.draft, Consent.begun_by.is_not(None)))
        with self.store.read() as session:  # most often there is nothing: no need to wait for somebody who writes
            if not any(_is_broken_off(consent) for consent in session.scalars(unfinished)):
                return 0
        with self.store.write() as session:
            stale = [consent for consent in session.scalars(unfinished) if _is_broken_off(consent)]
            for consent in stale:
                person = session.get_one(Person, consent.person_id)
                session.delete(person if person.draft else consent)
                self.store.mark_to_wipe(session)
            return len(stale)


def _nobody(name: str, external_id: str, everybody: Sequence[PersonRecord]) -> EnrolmentError:
    """The error that nobody was found; its remedy lists who may have been meant as `facedesk people` does."""
    alike = set(look_alike_names(composed(name), [person.name for person in everybody]))
    meant = [person for person in everybody if person.name in alike][:MOST_MEANT]
    listed = ", ".join(f"#{p.person_id} {p.name}{f' ({p.external_id})' if p.external_id else ''}" for p in meant)
    named = quoted(name)
    return EnrolmentError(
        f"Nobody named {named} with the ID {external_id} is enrolled."
        if external_id
        else f"Nobody named {named} is enrolled.",
        f"Did you mean {listed}?" if listed else "See who is: facedesk people.",
    )


def _require_free(session: Session, name: str, external_id: str, besides: int | None = None) -> None:
    """Raises EnrolmentError when somebody else who is enrolled has this name and this ID."""
    same = select(Person.id).where(Person.name == name, Person.external_id == external_id, ~Person.draft)
    if any(person_id != besides for person_id in session.scalars(same)):
        raise EnrolmentError(
            f"Somebody named {name} is enrolled already.",
            "Add pictures to that person (--add), or choose another name or an ID of their own (--id).",
        )


def _is_broken_off(consent: Consent) -> bool:
    killed = consent.begun_by is not None and has_ended(consent.begun_by)
    return killed or consent.given_at < now() - DRAFT_LIFETIME


def _consent(person_id: int, consent: ConsentText) -> Consent:
    return Consent(
        person_id=person_id,
        text=consent.text,
        version=consent.version,
        language=consent.language,
        given_at=now(),
        retain_until=consent.retain_until or local_today() + DEFAULT_RETENTION,
        begun_by=own_mark(),
    )


def _records(session: Session) -> list[PersonRecord]:
    given = select(Consent).where(Consent.begun_by.is_(None)).order_by(Consent.id)
    consents = {row.person_id: row for row in session.scalars(given)}
    counts = select(Sample.person_id, Sample.negative, func.count()).group_by(Sample.person_id, Sample.negative)
    kept = {(person_id, bool(negative)): count for person_id, negative, count in session.execute(counts)}
    return [
        PersonRecord(
            person_id=person.id,
            name=person.name,
            external_id=person.external_id,
            enrolled_at=person.created_at,
            samples=kept.get((person.id, False), 0),
            refusals=kept.get((person.id, True), 0),
            consent=consents[person.id].text,
            consented_at=consents[person.id].given_at,
            retain_until=consents[person.id].retain_until,
        )
        for person in session.scalars(select(Person).where(~Person.draft))
    ]
