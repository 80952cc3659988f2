"""Reads `models/*/card.toml`: the networks that can be switched to."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import ModelError
from engine.paths import shipped_models

DEFAULT_PRECISION = "int8"

Figures = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """One file of a network.

    Attributes:
        precision: "fp16" or "int8".
        path: Where it lies.
        size_bytes: Its size as the card states it.
        sha256: Its checksum as the card states it, hexadecimal.
    """

    precision: str
    path: Path
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One attribute task: its name and its labels, in the order of the network's output."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a network's folder says of it.

    Attributes:
        name: The folder's name, as in `--model`.
        title: The name shown to people.
        description: One sentence.
        licence: Licence of the weights.
        terms: What the weights may be used for, given the data they were trained on.
        folder: Where the card lies.
        files: One per precision.
        tasks: The attribute tasks.
        figures: Measured figures by precision.
        thresholds: Cosine similarities by the error rate that they hold.
    """

    name: str
    title: str
    description: str
    licence: str
    terms: str
    folder: Path
    files: tuple[NetworkFile, ...]
    tasks: tuple[TaskCard, ...]
    figures: Mapping[str, Figures] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def cohort_file(self) -> Path:
        """The strangers' embeddings that ship with the network."""
        return self.folder / "cohort.npz"

    def key(self, file: NetworkFile) -> str:
        """How a user names this network in this precision: "mobilenet:int8"."""
        return f"{self.name}:{file.precision}"


def network_name(key: str) -> str:
    """The name in a network's key, "mobilenet" in "mobilenet:int8": its embeddings are alike in every precision."""
    return key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The networks found, and the cards that could not be read.

    Attributes:
        cards: By name.
        problems: One error for each card that is not usable.
    """

    cards: tuple[Card, ...]
    problems: tuple[ModelError, ...] = ()

    @classmethod
    def read(cls, folders: Sequence[Path] = ()) -> "Catalogue":
        """Reads every card in the shipped models folder and in further ones.

        Args:
            folders: Folders that hold network folders, such as the user's own. A network there
                hides a shipped one of the same name.
        """
        cards: dict[str, Card] = {}
        problems: list[ModelError] = []
        for folder in (shipped_models(), *folders):
            for path in sorted(folder.glob("*/card.toml")):
                try:
                    card = read_card(path)
                except ModelError as error:
                    problems.append(error)
                else:
                    if card is not None:
                        cards[card.name] = card
        return cls(tuple(cards[name] for name in sorted(cards)), tuple(problems))

    def find(self, key: str) -> tuple[Card, NetworkFile]:
        """The card and file behind "mobilenet" or "mobilenet:fp16".

        Raises:
            ModelError: There is no such network or precision.
        """
        name, _, precision = key.partition(":")
        for card in self.cards:
            if card.name == name:
                return card, _file_of(card, precision or DEFAULT_PRECISION)
        names = ", ".join(card.name for card in self.cards) or "none is installed"
        raise ModelError(f"There is no network named {name!r}.", f"Choose one of: {names}.")

    def title(self, key: str) -> str:
        """What people call "mobilenet:int8", whether or not it is there."""
        name, _, precision = key.partition(":")
        titles = {card.name: card.title for card in self.cards}
        return f"{titles.get(name, name)} {precision}".strip()


def _file_of(card: Card, precision: str) -> NetworkFile:
    for file in card.files:
        if file.precision == precision:
            return file
    precisions = ", ".join(file.precision for file in card.files)
    raise ModelError(f"{card.title} has no precision {precision!r}.", f"Choose one of: {precisions}.")


def read_card(path: Path) -> Card | None:
    """Reads one card.

    Returns:
        The card, or None when it is not that of a multi-task network.

    Raises:
        ModelError: It is not TOML, or something that is needed is missing.
    """
    remedy = "Mend the card or reinstall Facedesk."
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return _card(values, path.parent) if values["kind"] == "multitask" else None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"The card {path.parent.name}/{path.name} cannot be read: {error}.", remedy) from error
    except KeyError as error:
        raise ModelError(f"The card {path.parent.name}/{path.name} lacks {error}.", remedy) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"The card {path.parent.name}/{path.name} is not of the right form: {error}.", remedy
        ) from error


def _card(values: dict[str, Any], folder: Path) -> Card:
    return Card(
        name=folder.name,
        title=values["title"],
        description=values["description"],
        licence=values["licence"],
        terms=values.get("training", {}).get("terms", ""),
        folder=folder,
        files=tuple(
            NetworkFile(file["precision"], folder / file["path"], int(file["bytes"]), file["sha256"])
            for file in values["files"]
        ),
        tasks=tuple(TaskCard(name, tuple(task["labels"])) for name, task in values["tasks"].items()),
        figures=values.get("figures", {}),
        thresholds=values.get("thresholds", {}),
    )
