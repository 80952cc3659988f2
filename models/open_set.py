"""How often the desk names a stranger, and how often it misses the enrolled, with the person head as it runs there.

    python -m models.open_set --faces FOLDER [--network mobilenet …]

Everybody here is kept out of training and of the cohort by name (`splits.csv`; likeness.py tells of whom there may be a
picture all the same): the enrolled are the actors and the kept-out CelebA people with at least 12 pictures; the
strangers are kept-out CelebA people who are not among these, UTKFace and All-Age-Faces. Every line draws people and
pictures at random again and again, trains a head each time, and asks it.
"""

import argparse
import csv
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.catalogue import Catalogue
from engine.gallery import read_cohort
from engine.head_fit import HeadTrainer
from engine.looks import infer_in_full
from engine.multitask import MultiTaskNetwork
from engine.person_head import DEFAULT_FPIR, PersonHead
from engine.training_set import TrainingSet
from engine.types import Floats, Identity, IdentityState
from models.geometry import MARGIN_PX
from models.splits import read_roles

ENROLLED = {"actors": "persons", "celeba": "pairs"}
STRANGERS = {"celeba_small": "pairs", "utkface": "attributes", "allage": "attributes"}
FEWEST_PICTURES = 12
MOST_PICTURES = 40
# People enrolled, pictures of each, draws.
SITUATIONS = ((1, 1, 60), (1, 5, 60), (10, 1, 12), (10, 5, 12), (40, 10, 4))


@dataclass(frozen=True, slots=True)
class Line:
    """Rates of one situation."""

    people: int
    pictures: int
    probes: int
    strangers: int
    fpir: float
    stranger_asked: float
    fnir: float
    missed: float
    wrong: float


def read_crops(folder: Path, roles: Mapping[str, str], role: str) -> dict[str, list[NDArray[np.uint8]]]:
    """Read the crops of a set that have a role, by person; a picture without a person is a person of its own."""
    found: dict[str, list[NDArray[np.uint8]]] = defaultdict(list)
    with (
        (folder / "labels.csv").open(newline="", encoding="utf-8") as table,
        zipfile.ZipFile(folder / "crops.zip") as crops,
    ):
        for row in csv.DictReader(table):
            if roles.get(row["sha256_16"]) == role and len(found[row["person"] or row["file"]]) < MOST_PICTURES:
                stored = cv2.imdecode(np.frombuffer(crops.read(row["file"]), np.uint8), cv2.IMREAD_COLOR)
                assert stored is not None
                inner = stored[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX, ::-1]
                found[row["person"] or row["file"]].append(np.ascontiguousarray(inner).astype(np.uint8))
    return dict(found)


def embed(network: MultiTaskNetwork, crops: Sequence[NDArray[np.uint8]]) -> Floats:
    """Embed crops, each looked at in full as in a photograph, (n, 128)."""
    return np.stack([infer_in_full(network, crop).embedding for crop in crops])


def measure(
    people: Sequence[Floats], strangers: Floats, cohort: Floats, situation: tuple[int, int, int], fpir: float
) -> Line:
    """Measure one situation.

    Args:
        people: Embeddings (n, 128) of each person who may be enrolled.
        strangers: (m, 128).
        cohort: The network's strangers.
        situation: People enrolled, pictures of each, draws.
        fpir: The setting.
    """
    count, pictures, draws = situation
    rng = np.random.default_rng(7)
    probes: list[tuple[Identity, int]] = []
    others: list[Identity] = []
    for _ in range(draws):
        chosen = [rng.permutation(people[row]) for row in rng.permutation(len(people))[:count]]
        head = _head([person[:pictures] for person in chosen], cohort, fpir)
        probes += [(head.identify(face), place) for place, person in enumerate(chosen) for face in person[pictures:]]
        others += [head.identify(face) for face in strangers]
    known, unsure = IdentityState.KNOWN, IdentityState.UNSURE
    return Line(
        people=min(count, len(people)),
        pictures=pictures,
        probes=len(probes),
        strangers=len(others),
        fpir=float(np.mean([answer.state is known for answer in others])),
        stranger_asked=float(np.mean([answer.state is unsure for answer in others])),
        fnir=float(np.mean([answer.state is not known or answer.person_id != whose for answer, whose in probes])),
        missed=float(np.mean([answer.person_id != whose for answer, whose in probes])),
        wrong=float(np.mean([answer.state is known and answer.person_id != whose for answer, whose in probes])),
    )


def _head(enrolled: Sequence[Floats], cohort: Floats, fpir: float) -> PersonHead:
    owners = np.repeat(np.arange(len(enrolled)), [len(person) for person in enrolled])
    names = {place: f"P{place}" for place in range(len(enrolled))}
    embeddings, seen = np.concatenate(list(enrolled)), np.ones(len(owners), bool)
    data = TrainingSet(tuple(names), tuple(names.values()), embeddings, owners, np.arange(len(owners)), seen)
    trainer = HeadTrainer()
    for _ in trainer.fit(data, cohort):
        pass
    assert trainer.head_ is not None
    return PersonHead(trainer.head_, names, fpir)


def report(name: str, lines: Sequence[Line]) -> str:
    """Give the rows of the Markdown table."""
    return "\n".join(
        f"| {name} | {line.people} | {line.pictures} | {line.fpir:.3%} of {line.strangers} | {line.stranger_asked:.2%} "
        f"| {line.fnir:.1%} of {line.probes} | {line.missed:.1%} | {line.wrong:.2%} |"
        for line in lines
    )


HEAD = """| network | enrolled | pictures each | strangers named (FPIR) | strangers asked "are you …?" | \
enrolled not named at once (FNIR) | neither named nor asked | enrolled named wrongly |
|---|---|---|---|---|---|---|---|"""


def main() -> None:
    """Measure the networks that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=Path, required=True, help="folder of the face sets")
    parser.add_argument("--network", nargs="*", default=[], help="such as mobilenet or mobilenet:fp16")
    parser.add_argument("--fpir", type=float, default=DEFAULT_FPIR, help="the setting")
    options = parser.parse_args()
    roles = read_roles()
    everybody = {name: read_crops(options.faces / name, roles, role) for name, role in (ENROLLED | STRANGERS).items()}
    enrollable = {
        f"{name}/{person}": crops
        for name in ENROLLED
        for person, crops in everybody[name].items()
        if len(crops) >= FEWEST_PICTURES
    }
    taken = set(everybody["celeba"])  # celeba_small numbers the same people alike
    unknown = [
        crop for name in STRANGERS for person, crops in everybody[name].items() if person not in taken for crop in crops
    ]
    catalogue = Catalogue.read()
    print(HEAD)  # noqa: T201
    for key in options.network or [card.name for card in catalogue.cards]:
        card, file = catalogue.find(key)
        network = MultiTaskNetwork.load(card, file, threads=2)
        people = [embed(network, crops) for crops in enrollable.values()]
        strangers, cohort = embed(network, unknown), read_cohort(card).embeddings
        lines = [measure(people, strangers, cohort, situation, options.fpir) for situation in SITUATIONS]
        print(report(card.key(file), lines), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
