"""`facedesk retrain`."""

import click

from engine.catalogue import Card, Catalogue, network_name
from engine.gallery import network_id, read_cohort
from engine.head_store import Figures, HeadStore
from engine.multitask import MultiTaskNetwork
from engine.paths import DataFolder
from engine.people_command import opened, run_with_progress
from engine.retraining import Retraining
from engine.settings import load_settings
from engine.store import Store


def retrain_all(data: DataFolder, model: str | None) -> None:
    """Trains the head of one network or of all.

    Raises:
        UserError: A network is not usable, or nobody is enrolled.
    """
    with opened(data) as (store, catalogue):
        fpir = load_settings(data.settings_file).fpir
        for key in [model] if model else [card.name for card in catalogue.cards]:
            _retrain(store, catalogue, key, fpir)


def _retrain(store: Store, catalogue: Catalogue, key: str, fpir: float) -> None:
    card, file = catalogue.find(key)
    job = Retraining(store, read_cohort(card), MultiTaskNetwork.load(card, file), fpir)
    run_with_progress(job.run(accept_worse=True))
    if job.outcome_ is not None:
        click.echo(f"{card.title}: {_in_words(job.outcome_.figures)}")


def go_back(data: DataFolder, model: str) -> None:
    """Makes the version before the active one active again."""
    with opened(data) as (store, catalogue):
        version = HeadStore(store).go_back(network_id(_card(catalogue, model)))
    click.echo(f"Back to the version of {version.made_at:%Y-%m-%d %H:%M} UTC: {_in_words(version.figures)}")


def list_versions(data: DataFolder) -> None:
    """Prints every version with its figures."""
    with opened(data) as (store, _):
        for version in HeadStore(store).versions():
            mark = "*" if version.active else " "
            click.echo(f"{mark} {version.network} {version.made_at:%Y-%m-%d %H:%M}: {_in_words(version.figures)}")


def _card(catalogue: Catalogue, key: str) -> Card:
    card, _ = catalogue.find(network_name(key))
    return card


def _in_words(figures: Figures) -> str:
    fnir = figures.get("fnir")
    looks = "" if fnir is None else f", {fnir:.1%} of looks need a second one"
    return (
        f"{figures['people']:.0f} people, {figures['samples']:.0f} pictures, {figures['accuracy']:.1%} rightly named"
        f"{looks}, {figures['seconds']:.1f} s"
    )
