"""`facedesk enrol`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from engine.capture_guide import CaptureGuide
from engine.catalogue import Catalogue
from engine.enrol_files import FileReport, ListedPerson, add_any, add_folder, add_video, read_list
from engine.enrolment import Enrolment, HealthCard
from engine.errors import EnrolmentError, UserError
from engine.paths import DataFolder
from engine.people import ConsentText, People
from engine.people_command import keep_house, run_with_progress
from engine.recognition import Recognition
from engine.settings import load_settings
from engine.store import Store

MOST_LISTED = 20
"""So many refused pictures are named one by one."""


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
    store: Store, recognition: Recognition, options: EnrolOptions, listed: Iterable[ListedPerson], fpir: float
) -> None:
    failed = []
    for person in listed:
        try:
            _enrol_one(store, recognition, options, person, fpir)
        except UserError as error:
            failed.append(person.name)
            click.echo(f"{person.name}: {error}", err=True)
    if failed:
        raise EnrolmentError(
            f"{len(failed)} of the list could not be enrolled: {', '.join(failed)}.",
            "Mend what is said above and run it again; with those already enrolled, use --add.",
        )


def _from_options(options: EnrolOptions) -> ListedPerson:
    return ListedPerson(options.name, options.external_id, options.photos)


def _enrol_one(
    store: Store, recognition: Recognition, options: EnrolOptions, person: ListedPerson, fpir: float
) -> None:
    guide = CaptureGuide(guided=False, origin="camera" if options.video else "photo")
    enrolment = Enrolment(store, recognition, guide, fpir)
    try:
        _begin(store, enrolment, options, person)
        refused = [report for report in _pictures(enrolment, options, person) if report.refusal]
        _say_refused(refused, len(guide.samples))
        if not guide.samples:
            raise EnrolmentError(
                f"No picture of {person.name} could be used.", "Take others: one face, near and sharp."
            )
        _say_health(person.name, enrolment.check(), different=options.different)
        run_with_progress(enrolment.finish(accept_worse=options.different))
    finally:
        enrolment.cancel()
    _say_outcome(person.name, enrolment)


def _begin(store: Store, enrolment: Enrolment, options: EnrolOptions, person: ListedPerson) -> None:
    people = People(store)
    if options.add:
        enrolment.add_to(people.find(person.name).person_id, options.consent)
        return
    alike = [other for other in people.look_alike_names(person.name) if other != person.name]
    if alike:
        click.echo(f"Easily mistaken for: {', '.join(alike)}.", err=True)
    enrolment.begin(person.name, options.consent, person.external_id)


def _pictures(enrolment: Enrolment, options: EnrolOptions, person: ListedPerson) -> Iterable[FileReport]:
    if options.folder:
        return add_folder(enrolment, options.folder)
    if options.video:
        return add_video(enrolment, options.video)
    return add_any(enrolment, person.files)


def _say_refused(refused: list[FileReport], taken: int) -> None:
    click.echo(f"{taken} pictures taken, {len(refused)} not.", err=True)
    if len(refused) <= MOST_LISTED and not any(report.name.startswith("frame ") for report in refused):
        for report in refused:
            click.echo(f"  {report.name}: {report.refusal}" if report.name else f"  {report.refusal}", err=True)
        return
    for reason, count in Counter(report.refusal for report in refused).most_common(MOST_LISTED):
        click.echo(f"  {count} × {reason}", err=True)


def _say_health(name: str, health: HealthCard, *, different: bool) -> None:
    duplicate = health.duplicate
    if duplicate is not None and not different:
        raise EnrolmentError(
            f"{name} looks like {duplicate.name}, who is enrolled already ({duplicate.similarity:.2f}).",
            f"Same person: enrol {duplicate.name!r} with --add. Somebody else: say --different.",
        )
    if health.outliers:
        click.echo(f"{len(health.outliers)} pictures seem to show somebody else; check them.", err=True)
    if health.separability < 0.5:
        click.echo("These pictures are hard to tell from strangers; add sharper or more varied ones.", err=True)


def _say_outcome(name: str, enrolment: Enrolment) -> None:
    outcome = enrolment.outcome_
    if outcome is None:
        return
    others = "" if outcome.before is None else f"; the others: {outcome.before:.0%} → {outcome.after:.0%} rightly named"
    pictures = len(enrolment.guide.samples)
    click.echo(f"{name} is enrolled as #{enrolment.person_id} with {pictures} pictures{others}.")
