"""From a data folder to somebody who can name faces: `load_identifier`."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.calibration import check_cohort
from engine.catalogue import Card, Catalogue
from engine.errors import ModelError
from engine.head_state import HeadState
from engine.head_store import HeadStore
from engine.paths import DataFolder
from engine.people import People
from engine.person_head import DEFAULT_FPIR, PersonHead
from engine.sample_store import NetworkId
from engine.store import Store
from engine.types import Floats
from engine.unlearnt import has_to_learn


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """The strangers of one network.

    Attributes:
        network: Which network's; its fingerprint is that of the cohort, which every training makes anew.
        embeddings: (m, 128) float32 unit vectors.
    """

    network: NetworkId
    embeddings: Floats


def network_id(card: Card) -> NetworkId:
    """Which network a card describes.

    Raises:
        ModelError: Its cohort is missing.
    """
    return NetworkId(card.name, hashlib.sha256(_cohort_bytes(card.cohort_file)).hexdigest()[:16])


def read_cohort(card: Card) -> Cohort:
    """Reads the strangers that ship with a network.

    Raises:
        ModelError: They are missing, damaged or too few.
    """
    remedy = "Install the network again."
    try:
        with np.load(card.cohort_file, allow_pickle=False) as arrays:
            embeddings = arrays["embeddings"]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"The strangers of {card.title} (cohort.npz) cannot be read.", remedy) from error
    return Cohort(network_id(card), check_cohort(embeddings))


def installed_cohort(catalogue: Catalogue, network: str) -> Cohort | None:
    """The strangers of a network by its name; None when it is gone, or they are."""
    cards = {card.name: card for card in catalogue.cards}
    try:
        return read_cohort(cards[network]) if network in cards else None
    except ModelError:
        return None


def _cohort_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The network {path.parent.name} has no strangers to compare with (cohort.npz).",
            "Install the network again.",
        ) from error


def load_identifier(data: DataFolder, network_key: str, fpir: float = DEFAULT_FPIR) -> PersonHead:
    """What names faces for a network; a head that knows nobody where nobody is enrolled, or not with this network.

    Whoever's retention date has passed is not named, even before they are deleted.

    Args:
        data: The data folder.
        network_key: "mobilenet" or "mobilenet:int8".
        fpir: Share of strangers that may be taken for somebody.

    Raises:
        ModelError: There is no such network.
        StoreError: The database or its key is not usable.
    """
    if not Store.exists(data):
        return PersonHead(HeadState.empty(), {}, fpir)
    card, _ = Catalogue.read([data.models]).find(network_key)
    with Store.open(data) as store:
        return identifier_of(store, network_id(card), fpir).without(People(store).expired())


def is_behind(data: DataFolder, network_key: str) -> bool:
    """Whether a network has still to learn some of the people in a data folder, or pictures; `retrain` does that.

    Raises:
        ModelError: There is no such network.
        StoreError: The database or its key is not usable.
    """
    if not Store.exists(data):
        return False
    card, _ = Catalogue.read([data.models]).find(network_key)
    with Store.open(data) as store:
        return has_to_learn(store, network_id(card))


def identifier_of(store: Store, network: NetworkId, fpir: float = DEFAULT_FPIR) -> PersonHead:
    """The same from an open store.

    Raises:
        StoreError: The database is not usable.
    """
    state = HeadStore(store).active(network)
    return PersonHead(state or HeadState.empty(), People(store).names(), fpir)
