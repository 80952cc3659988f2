"""`facedesk enrol`."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from engine.capture_guide import CaptureGuide
from engine.catalogue import Catalogue
from engine.enrol_files import FileReport, ListedPerson, add_any, add_folder, add_video, read_list, without_unlike
from engine.enrol_list import ListEnrolment, ListProgress, ListStep, PersonReport, begin, require_new, require_pictures
from engine.enrolment import Enrolment
from engine.errors import EnrolmentError
from engine.health import HealthCard
from engine.paths import DataFolder
from engine.people import ConsentText, People
from engine.people_command import keep_house, run_with_progress
from engine.recognition import Recognition
from engine.retraining import Outcome, Progress
from engine.settings import load_settings
from engine.store import Store

MOST_LISTED = 20
"""So many refused pictures are named one by one."""
TOLD_EVERY_S = 0.5


class StatusLine:
    """One line at a terminal that is written over and over; elsewhere it stays silent."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._told_s = 0.0
        self._width = 0

    def show(self, text: str) -> None:
        """Says how far it is, not more often than can be read."""
        if self._shows and time.monotonic() - self._told_s >= TOLD_EVERY_S:
            self._told_s = time.monotonic()
            click.echo("\r" + text.ljust(self._width), nl=False, err=True)
            self._width = len(text)

    def clear(self) -> None:
        """Makes room for other lines."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0


@dataclass(frozen=True, slots=True)
class EnrolOptions:
    """What the command line asks for."""

    name: str
    photos: tuple[Path, ...]
    folder: Path | None
    video: Path | None
    listed: Path | None
    consent: ConsentText
    external_id: str
    add: bool
    different: bool
    model: str | None

    @classmethod
    def from_choices(cls, choices: Mapping[str, Any]) -> "EnrolOptions":
        """Checks that exactly one way of giving pictures was chosen.

        Raises:
            click.UsageError: It was not.
        """
        ways = [bool(choices[way]) for way in ("photos", "folder", "video", "listed")]
        if sum(ways) != 1:
            raise click.UsageError("Give photographs, or one of --folder, --video and --csv.")
        if bool(choices["name"]) == bool(choices["listed"]):
            raise click.UsageError("Give a NAME, or a list with --csv.")
        if choices["external_id"] and choices["listed"]:
            raise click.UsageError("With --csv the IDs stand in the list, in a column id; leave --id out.")
        until: datetime | None = choices["keep_until"]
        consent = ConsentText(choices["consent"], retain_until=until.date() if until else None)
        same = ("photos", "folder", "video", "listed", "external_id", "add", "different", "model")
        return cls(name=choices["name"] or "", consent=consent, **{name: choices[name] for name in same})


def run_enrol(data: DataFolder, options: EnrolOptions) -> None:
    """Enrols one person or a list.

    Raises:
        UserError: Nobody could be enrolled; of a list, somebody could not.
    """
    listed = read_list(options.listed) if options.listed else None
    settings = load_settings(data.settings_file)
    catalogue = Catalogue.read([data.models])
    recognition = Recognition.load(catalogue, options.model or settings.network)
    with Store.open(data) as store:
        keep_house(store, catalogue)
        if listed is None:
            _enrol_one(store, recognition, options, _from_options(options), settings.fpir)
        else:
            _enrol_listed(store, recognition, options, listed, settings.fpir)


def _enrol_listed(
    store: Store, recognition: Recognition, options: EnrolOptions, listed: Sequence[ListedPerson], fpir: float
) -> None:
    job = ListEnrolment(store, recognition, options.consent, fpir, add=options.add, different=options.different)
    run_with_progress(_saying(job.run(listed), store, add=options.add))
    _say_others(job.outcome_)
    _say_look_alikes(job.reports_)
    failed = [report.person.name for report in job.reports_ if report.error]
    if failed:
        raise EnrolmentError(
            f"{len(failed)} of the list could not be enrolled: {', '.join(failed)}.",
            "Mend what is said above and run it again; with those already enrolled, use --add.",
        )


def _saying(steps: Iterable[ListStep], store: Store, *, add: bool) -> Iterator[Progress]:
    """Says who is looked at and what became of each person; passes on how far the training is."""
    line = StatusLine()
    for step in steps:
        if isinstance(step, PersonReport):
            line.clear()
            _say_person(step, store, add=add)
        elif isinstance(step, ListProgress):
            line.show(f"{step.place + 1} of {step.people}: {step.name}")
        elif isinstance(step, Progress):
            line.clear()
            yield step


def _say_person(report: PersonReport, store: Store, *, add: bool) -> None:
    name = report.person.name
    _say_alike(report.alike_names)
    if report.pictures or report.refused:
        _say_refused(report.refused, report.pictures)
    if report.health is not None:
        _say_health(report.health)
    if report.person_id is not None:
        _say_enrolled(store, name, report.person_id, report.pictures, add=add)
    else:
        click.echo(f"{name}: {report.error}", err=True)


def _say_look_alikes(reports: Iterable[PersonReport]) -> None:
    for report in reports:
        if report.person_id is not None and report.looks_like is not None:
            click.echo(f"{report.person.name} looks like {report.looks_like.name}: is it the same person?", err=True)


def _from_options(options: EnrolOptions) -> ListedPerson:
    return ListedPerson(options.name, options.external_id, options.photos)


def _enrol_one(
    store: Store, recognition: Recognition, options: EnrolOptions, person: ListedPerson, fpir: float
) -> None:
    guide = CaptureGuide(guided=False, origin="camera" if options.video else "photo")
    enrolment = Enrolment(store, recognition, guide, fpir)
    try:
        _say_alike(begin(enrolment, People(store), person, options.consent, options.add))
        pictures = without_unlike(enrolment, _counted(_pictures(enrolment, options, person)))
        refused = [report for report in pictures if report.refusal]
        _say_refused(refused, len(guide.samples))
        require_pictures(person.name, enrolment, refused)
        health = enrolment.check()
        require_new(person.name, health, different=options.different)
        _say_health(health)
        run_with_progress(enrolment.finish(accept_worse=options.different))
    finally:
        enrolment.cancel()
    if enrolment.person_id is not None:
        _say_enrolled(store, person.name, enrolment.person_id, len(guide.samples), add=options.add)
        _say_others(enrolment.outcome_)


def _pictures(enrolment: Enrolment, options: EnrolOptions, person: ListedPerson) -> Iterable[FileReport]:
    if options.folder:
        return add_folder(enrolment, options.folder)
    if options.video:
        return add_video(enrolment, options.video)
    return add_any(enrolment, person.files)


def _counted(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """Says at a terminal how many pictures were looked at: a large folder takes minutes."""
    line = StatusLine()
    try:
        for number, report in enumerate(reports, 1):
            line.show(f"{_pictures_text(number)} looked at")
            yield report
    finally:
        line.clear()


def _pictures_text(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def _say_alike(names: Sequence[str]) -> None:
    if names:
        click.echo(f"Easily mistaken for: {', '.join(names)}.", err=True)


def _say_refused(refused: Sequence[FileReport], taken: int) -> None:
    click.echo(f"{_pictures_text(taken)} taken, {len(refused)} not.", err=True)
    if len(refused) <= MOST_LISTED and not any(report.name.startswith("frame ") for report in refused):
        for report in refused:
            names_itself = report.name in report.refusal
            click.echo(f"  {report.refusal}" if names_itself else f"  {report.name}: {report.refusal}", err=True)
        return
    for reason, count in Counter(report.refusal for report in refused).most_common(MOST_LISTED):
        click.echo(f"  {count} × {reason}", err=True)


def _say_health(health: HealthCard) -> None:
    if health.outliers:
        seem = "seems" if len(health.outliers) == 1 else "seem"
        click.echo(f"{_pictures_text(len(health.outliers))} {seem} to show somebody else; check again.", err=True)
    if health.separability < 0.5:
        click.echo("These pictures are hard to tell from strangers; add sharper or more varied ones.", err=True)


def _say_enrolled(store: Store, name: str, person_id: int, pictures: int, *, add: bool) -> None:
    if add:
        total = next((person.samples for person in People(store).all() if person.person_id == person_id), pictures)
        click.echo(f"{name}, #{person_id}, was given {_pictures_text(pictures)} more: {total} in all.")
    else:
        click.echo(f"{name} is enrolled as #{person_id} with {_pictures_text(pictures)}.")


def _say_others(outcome: Outcome | None) -> None:
    if outcome is not None and outcome.before is not None:
        click.echo(f"Those enrolled before: {outcome.before:.0%} → {outcome.after:.0%} rightly named.")
