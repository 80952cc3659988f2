"""`facedesk retrain`."""

import click

from engine.catalogue import Card, Catalogue, network_name
from engine.errors import WorseHeadError
from engine.gallery import network_id, read_cohort
from engine.head_store import Figures, HeadStore
from engine.multitask import MultiTaskNetwork
from engine.paths import DataFolder
from engine.people_command import opened, run_with_progress
from engine.retraining import Retraining
from engine.settings import load_settings
from engine.store import Store


def retrain_all(data: DataFolder, model: str | None, *, accept_worse: bool = False) -> None:
    """Trains the head of one network or of all; one that would be worse leaves the old head, and the others go on.

    Args:
        data: The data folder.
        model: Which network; None for all.
        accept_worse: Take a new head even when people are then named rightly less often.

    Raises:
        WorseHeadError: A new head would be worse; the old one stays.
        UserError: A network is not usable, or nobody is enrolled.
    """
    with opened(data) as (store, catalogue):
        fpir = load_settings(data.settings_file).fpir
        keys = [model] if model else [card.name for card in catalogue.cards]
        worse = [key for key in keys if not _retrain(store, catalogue, key, fpir, accept_worse=accept_worse)]
    if worse:
        titles = ", ".join(_card(catalogue, key).title for key in worse)
        raise WorseHeadError(
            f"The old head of {titles} stays: with a new one people would be named rightly less often.",
            "Check the pictures that came last, or take it all the same: facedesk retrain --accept-worse.",
        )


def _retrain(store: Store, catalogue: Catalogue, key: str, fpir: float, *, accept_worse: bool) -> bool:
    """Trains a network's head; says whether it was taken."""
    card, file = catalogue.find(key)
    job = Retraining(store, read_cohort(card), MultiTaskNetwork.load(card, file), fpir)
    try:
        run_with_progress(job.run(accept_worse=accept_worse))
    except WorseHeadError:
        return False
    if job.outcome_ is not None:
        click.echo(f"{card.title}: {_in_words(job.outcome_.figures)}")
    return True


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
            click.echo(f"{mark} {version.network} {version.made_at:%Y-%m-%d %H:%M} UTC: {_in_words(version.figures)}")


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
