"""Enrolling a whole list of people: one after the other, with one training at the end."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.capture_guide import CaptureGuide
from engine.enrol_files import FileReport, ListedPerson, add_any, without_unlike
from engine.enrolment import Enrolment
from engine.errors import EnrolmentError, SourceError, UserError
from engine.gallery import identifier_of
from engine.health import SAME_PERSON, HealthCard
from engine.likeness import UNLIKE
from engine.names import quoted
from engine.people import ConsentText, People
from engine.person_head import DEFAULT_FPIR, Neighbour
from engine.recognition import Recognition
from engine.retraining import Outcome, Progress, Retraining
from engine.store import Store


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far a list is.

    Attributes:
        name: Who is looked at.
        place: Their place on the list, from 0.
        people: How many there are.
        picture: What became of the picture that was looked at last; None at the person's beginning.
    """

    name: str
    place: int
    people: int
    picture: FileReport | None = None


@dataclass(frozen=True, slots=True)
class PersonReport:
    """What became of one person of a list.

    Attributes:
        person: The row of the list.
        person_id: The store's number; None when the person was not enrolled.
        pictures: How many are kept.
        refused: The pictures that were not taken, and why.
        alike_names: Names of enrolled people that could be mistaken for this one.
        health: How well it will do; None without pictures.
        looks_like: Somebody enrolled who seems to be the same person.
        error: Why the person was not enrolled.
    """

    person: ListedPerson
    person_id: int | None = None
    pictures: int = 0
    refused: tuple[FileReport, ...] = ()
    alike_names: tuple[str, ...] = ()
    health: HealthCard | None = None
    looks_like: Neighbour | None = None
    error: UserError | None = None


ListStep = ListProgress | PersonReport | Progress


class ListEnrolment:
    """Enrols everybody on a list.

    Args:
        store: The open store.
        recognition: Detector, network and strangers.
        consent: What everybody on the list agreed to.
        fpir: The setting that answers are given for.
        add: The people are enrolled already and get more pictures.
        different: Who looks like somebody enrolled is somebody else.

    Attributes:
        reports_: What became of each, so far.
        outcome_: What the training changed; None before it, and when nobody was enrolled.
    """

    def __init__(
        self,
        store: Store,
        recognition: Recognition,
        consent: ConsentText,
        fpir: float = DEFAULT_FPIR,
        *,
        add: bool = False,
        different: bool = False,
    ) -> None:
        self.reports_: list[PersonReport] = []
        self.outcome_: Outcome | None = None
        self._store = store
        self._recognition = recognition
        self._consent = consent
        self._fpir = fpir
        self._add = add
        self._different = different

    def run(self, listed: Sequence[ListedPerson]) -> Iterator[ListStep]:
        """Enrols one after the other, then trains once.

        Closing the generator leaves nothing of the person in work; who is finished stays, and is learnt by the next
        training if this one did not come to its end.

        Yields:
            How far it is, and what became of each person.

        Raises:
            ModelError: A network failed.
            StoreError: The database does not answer.
        """
        try:
            for place, person in enumerate(listed):
                report = yield from self._enrol(person, ListProgress(person.name, place, len(listed)))
                self.reports_.append(report)
                yield report
        finally:
            if self._store.is_to_wipe:
                self._store.wipe()
        if any(report.person_id is not None for report in self.reports_):
            yield from self._train()

    def _enrol(self, person: ListedPerson, progress: ListProgress) -> Generator[ListProgress, None, PersonReport]:
        guide = CaptureGuide(guided=False, origin="photo")
        enrolment = _Untrained(self._store, self._recognition, guide, self._fpir)
        report = PersonReport(person)
        try:
            yield progress
            report = replace(
                report, alike_names=begin(enrolment, People(self._store), person, self._consent, self._add)
            )
            pictures: list[FileReport] = []
            for picture in add_any(enrolment, person.files):
                pictures.append(picture)
                if picture.refusal:
                    report = replace(report, refused=(*report.refused, picture))
                yield replace(progress, picture=picture)
            told = without_unlike(enrolment, pictures)
            report = replace(report, refused=tuple(picture for picture in told if picture.refusal))
            require_pictures(person.name, enrolment, report.refused)
            health = enrolment.check()
            report = replace(report, health=health, looks_like=health.duplicate)
            require_new(person.name, health, different=self._different)
            return replace(report, pictures=len(guide.samples), person_id=enrolment.keep())
        except (EnrolmentError, SourceError) as error:
            return replace(report, error=error)
        finally:
            enrolment.cancel(wipe=False)

    def _train(self) -> Iterator[Progress]:
        cohort = self._recognition.cohort
        job = Retraining(self._store, cohort, self._recognition.network, self._fpir)
        yield from job.run(accept_worse=True)
        self.outcome_ = job.outcome_
        head = identifier_of(self._store, cohort.network, self._fpir)
        for place, report in enumerate(self.reports_):
            if report.person_id is not None:
                nearest = next(iter(head.neighbours_of(report.person_id, most=1)), None)
                same = nearest if nearest and nearest.probability >= SAME_PERSON else None
                self.reports_[place] = replace(report, looks_like=same)


class _Untrained(Enrolment):
    """An enrolment whose training comes later."""

    def keep(self) -> int:
        """Keeps the pictures and completes the person; returns the number. `cancel` does nothing after this."""
        person_id = self.person_id
        assert person_id is not None
        with self._store.write() as session:
            self._keep(session)
        self.person_id = self._further_consent = None
        return person_id


def begin(
    enrolment: Enrolment, people: People, person: ListedPerson, consent: ConsentText, add: bool
) -> tuple[str, ...]:
    """Records the consent of a person on a list.

    Args:
        enrolment: Of this person.
        people: Everybody.
        person: The row of the list.
        consent: What was agreed to.
        add: The person is enrolled already.

    Returns:
        Names of enrolled people that could be mistaken for a new one.

    Raises:
        EnrolmentError: The name is not usable or taken; with `add`, nobody has it.
    """
    if add:
        enrolment.add_to(people.find(person.name, person.external_id).person_id, consent)
        return ()
    alike = tuple(other for other in people.look_alike_names(person.name) if other != person.name)
    enrolment.begin(person.name, consent, person.external_id)
    return alike


def require_pictures(name: str, enrolment: Enrolment, refused: Iterable[FileReport]) -> None:
    """Raises EnrolmentError when none of somebody's pictures could be used."""
    if enrolment.guide.samples:
        return
    if any(picture.refusal == UNLIKE for picture in refused):
        raise EnrolmentError(
            f"None of these pictures seems to show {name}.",
            "Check the name and the pictures; whoever looks different now gets more pictures in the window.",
        )
    raise EnrolmentError(f"No picture of {name} could be used.", "Take others: one face, near and sharp.")


def require_new(name: str, health: HealthCard, *, different: bool) -> None:
    """Raises EnrolmentError when somebody seems to be enrolled already, unless it is said to be somebody else."""
    duplicate = health.duplicate
    if duplicate is not None and not different:
        raise EnrolmentError(
            f"{name} looks like {duplicate.name}, who is enrolled already ({duplicate.similarity:.2f}).",
            f"Same person: enrol {quoted(duplicate.name)} with --add. Somebody else: say --different.",
        )
