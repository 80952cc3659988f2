"""A card is written as the engine reads it."""

import tomllib
from pathlib import Path

import pytest

from engine.catalogue import read_card
from models.card import ABOUT, CardText, portable, start_of, training_section, write_card
from models.data import Faces
from models.parity import Parity


def test_the_engine_reads_what_is_written(tmp_path: Path) -> None:
    file = tmp_path / "own_int8.tflite"
    file.write_bytes(b"network")
    text = CardText(
        name="own",
        about=ABOUT["mobilenet"],
        tasks={"age": ("young", "adult", "old")},
        files={"int8": file},
        parity={"int8": Parity("int8", 500, 0.99512, 0.9, {"age": 0.954}).section()},
        thresholds={"similarity_at_fmr_1pct": 0.5},
        figures={"int8": {"verification_accuracy": 0.97, "command": 'say "it"'}},
        training={"terms": "for “tests” only", "data": ("a", "b")},
    )
    write_card(text, tmp_path)
    card = read_card(tmp_path / "card.toml")
    assert card is not None
    assert (card.title, card.terms) == ("MobileNet", "for “tests” only")
    assert card.files[0].path == file
    assert card.files[0].size_bytes == 7
    assert card.tasks[0].labels == ("young", "adult", "old")
    assert card.figures["int8"]["verification_accuracy"] == 0.97
    assert card.thresholds == {"similarity_at_fmr_1pct": 0.5}
    values = tomllib.loads((tmp_path / "card.toml").read_text())
    assert values["outputs"] == ["embedding", "age"]
    said = {"crops": 500, "embedding_cosine": 0.9951, "same_age": 0.954, "holds": False}
    assert values["parity"] == {"int8": said}


START = "models/mobilenet/mobilenet_fp16.tflite"


def test_a_network_of_ones_own_tells_its_own_pictures_and_teacher(faces: Faces, tmp_path: Path) -> None:
    (tmp_path / "sets" / "mine" / "teacher.txt").write_text("mobilenet, fp16\n")
    command = f"python -m models.train mobilenet --start {START} --faces /home/ada/mine"
    section = training_section(faces, tmp_path / "sets", command, ABOUT["mobilenet"])
    assert section["data"] == ("mine",)
    assert section["teacher"] == "mobilenet, fp16"
    assert section["start_weights"] == "mobilenet/mobilenet_fp16.tflite"
    assert str(section["terms"]).startswith("Made from pictures of one's own")
    assert section["command"] == command.replace("/home/ada/mine", "mine")
    assert start_of(command) == start_of(command.replace("--start ", "--start=")) == Path(START)


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("train --faces /home/ada/mine --epochs 10", "train --faces mine --epochs 10"),
        ("train --faces=/home/ada/mine --start=/srv/run/weights.npz", "train --faces=mine --start=run/weights.npz"),
        ("train --faces '/home/ada/my faces' --rate=1e-3", "train --faces 'my faces' --rate=1e-3"),
        ("train '--faces=/home/ada/my faces' --guide a/b.tflite", "train '--faces=my faces' --guide a/b.tflite"),
        ("evaluate pairs --faces /home/o'neil/faces", "evaluate pairs --faces faces"),
        ("evaluate pairs --faces ../shared/faces", "evaluate pairs --faces ../shared/faces"),
    ],
)
def test_a_command_does_not_tell_where_files_lay(command: str, left: str) -> None:
    assert portable(command) == left


@pytest.mark.parametrize("words", ["--start '/my runs/weights.npz'", "'--start=/my runs/weights.npz'"])
def test_start_weights_may_lie_in_a_folder_with_spaces(words: str) -> None:
    assert start_of(f"python -m models.train mobilenet {words} --epochs 3") == Path("/my runs/weights.npz")
