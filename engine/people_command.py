"""`facedesk people …`."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from engine.backup import back_up, drop_scratch, require_readable, restore
from engine.catalogue import Catalogue
from engine.damage import is_damaged, put_aside, receipts_in
from engine.deletion import Deletion, DeletionReceipt, tidy
from engine.errors import EnrolmentError, StoreError
from engine.gallery import installed_cohort
from engine.paths import DataFolder, is_file
from engine.people import People, PersonRecord
from engine.person_export import export_person
from engine.retraining import Progress
from engine.store import Store


def keep_house(store: Store, catalogue: Catalogue) -> None:
    """Does what is due at every start: retention dates, what was broken off, bytes not yet wiped."""
    drop_scratch(store.folder.root)
    for step in tidy(store, partial(installed_cohort, catalogue)):
        if isinstance(step, DeletionReceipt):
            click.echo(step.as_text(), err=True)


def run_with_progress(steps: Iterable[Progress]) -> None:
    """Runs a job to its end and shows at a terminal how far it is."""
    shows = sys.stderr.isatty()
    for step in steps:
        if shows:
            accuracy = f" {step.fit.epoch.validation_accuracy:.1%}" if step.fit and step.fit.epoch else ""
            click.echo(f"\r{step.stage} {step.fraction:4.0%}{accuracy}   ", nl=False, err=True)
    if shows:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


@contextmanager
def opened(data: DataFolder, *, must_exist: bool = True) -> Iterator[tuple[Store, Catalogue]]:
    """The store, tidied, and the installed networks.

    Raises:
        EnrolmentError: Nobody is enrolled, so that there is no store.
        StoreError: It is not usable.
    """
    if must_exist and not Store.exists(data):
        raise EnrolmentError("Nobody is enrolled.", "Enrol somebody: facedesk enrol NAME PHOTO --consent TEXT.")
    with Store.open(data) as store:
        catalogue = Catalogue.read([data.models])
        keep_house(store, catalogue)
        yield store, catalogue


def list_everybody(data: DataFolder, *, as_json: bool) -> None:
    """Prints everybody."""
    records: tuple[PersonRecord, ...] = ()
    if Store.exists(data):
        with opened(data) as (store, _):
            records = People(store).all()
    if as_json:
        click.echo(json.dumps([asdict(record) for record in records], default=str, ensure_ascii=False, indent=2))
        return
    if not records:
        click.echo("Nobody is enrolled.")
    for record in records:
        extra = f" ({record.external_id})" if record.external_id else ""
        click.echo(f"#{record.person_id}  {record.name}{extra}: {record.samples} pictures, until {record.retain_until}")


def show_person(data: DataFolder, name: str, *, as_json: bool) -> None:
    """Prints what is kept of somebody."""
    with opened(data) as (store, _):
        record = People(store).find(name)
    facts = asdict(record)
    if as_json:
        click.echo(json.dumps(facts, default=str, ensure_ascii=False, indent=2))
        return
    for fact, value in facts.items():
        click.echo(f"{fact.replace('_', ' ')}: {value}{' UTC' if isinstance(value, datetime) else ''}")


def delete_person(data: DataFolder, name: str, *, ask: bool) -> None:
    """Deletes somebody and prints the receipt."""
    with opened(data) as (store, catalogue):
        record = People(store).find(name)
        if ask:
            click.confirm(f"Delete everything kept of {record.name} ({record.samples} pictures)?", abort=True)
        deletion = Deletion(store, partial(installed_cohort, catalogue))
        run_with_progress(deletion.run([record.person_id]))
    if deletion.receipt_ is not None:
        click.echo(deletion.receipt_.as_text())


def export_one(data: DataFolder, name: str, folder: Path) -> None:
    """Writes somebody's data to a folder."""
    with opened(data) as (store, _):
        target = export_person(store, People(store).find(name).person_id, folder)
    click.echo(str(target))


def back_up_all(data: DataFolder, file: Path, passphrase: str) -> None:
    """Writes a backup."""
    with opened(data) as (store, _):
        back_up(store, file, passphrase)
        count = len(People(store).all())
    click.echo(f"{count} people in {file}. Without the passphrase nobody can read it, and nobody can restore it.")


def require_backup(file: Path) -> None:
    """Raises StoreError when there is no such file."""
    if not is_file(file):
        raise StoreError(f"There is no file {file}.", "Choose another one.")


def restore_all(data: DataFolder, file: Path, passphrase: str, *, ask: bool) -> None:
    """Replaces everything by a backup; a damaged database is put aside for a new one."""
    if is_damaged(data):
        _make_way(data, file, passphrase, ask=ask)
    with opened(data, must_exist=False) as (store, catalogue):
        there = len(People(store).all())
        if ask and there:
            click.confirm(f"Replace the {there} people enrolled here?", abort=True)
        run_with_progress(restore(store, file, passphrase))
        keep_house(store, catalogue)
        count = len(People(store).all())
    click.echo(f"{count} people restored. With other networks than on the old machine, first run: facedesk retrain")


def _make_way(data: DataFolder, file: Path, passphrase: str, *, ask: bool) -> None:
    require_readable(data.root, file, passphrase)
    if ask:
        click.confirm("The database here is damaged. Put it aside and restore into a new one?", abort=True)
    aside = put_aside(data)
    click.echo(f"The damaged database is kept as {aside}. It holds people's data: delete it once you can.", err=True)
    if receipts_in(aside) is None:
        click.echo("Who was deleted since this backup was made may be back: look through facedesk people.", err=True)


def rename_person(data: DataFolder, name: str, new_name: str) -> None:
    """Gives somebody another name."""
    with opened(data) as (store, _):
        people = People(store)
        people.rename(people.find(name).person_id, new_name)
