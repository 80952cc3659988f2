from pathlib import Path

import pytest

from engine.catalogue import Catalogue, read_card
from engine.errors import ModelError

CARD = """
title = "Tiny"
kind = "multitask"
description = "A network."
licence = "research only"
[[files]]
precision = "int8"
path = "tiny_int8.tflite"
bytes = 12
sha256 = "00"
[tasks.age]
labels = ["young", "adult", "old"]
[figures.int8]
verification_accuracy = 0.97
"""


def make_card(folder: Path, text: str = CARD) -> Path:
    path = folder / "tiny" / "card.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_a_new_folder_with_a_card_is_listed(tmp_path: Path) -> None:
    make_card(tmp_path)
    catalogue = Catalogue.read([tmp_path])
    card, file = catalogue.find("tiny")
    assert (card.title, file.precision, file.path) == ("Tiny", "int8", tmp_path / "tiny" / "tiny_int8.tflite")
    assert card.tasks[0].labels == ("young", "adult", "old")
    assert card.key(file) == "tiny:int8"


@pytest.mark.parametrize(("key", "says"), [("tiny:fp64", "no precision 'fp64'"), ("huge", "no network named 'huge'")])
def test_what_is_not_there_is_named_with_the_choice(tmp_path: Path, key: str, says: str) -> None:
    make_card(tmp_path)
    with pytest.raises(ModelError, match=says) as caught:
        Catalogue.read([tmp_path]).find(key)
    assert "Choose one of" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title =", "cannot be read"),
        (CARD.replace('title = "Tiny"', ""), "lacks 'title'"),
        (CARD.replace("12", '"x"'), "form"),
    ],
)
def test_a_damaged_card_does_not_hide_the_others(tmp_path: Path, text: str, says: str) -> None:
    path = make_card(tmp_path, text)
    with pytest.raises(ModelError, match=says):
        read_card(path)
    catalogue = Catalogue.read([tmp_path])
    assert len(catalogue.problems) == 1
    assert "tiny" not in [card.name for card in catalogue.cards]


def test_a_card_of_another_kind_is_not_a_choice(tmp_path: Path) -> None:
    assert read_card(make_card(tmp_path, CARD.replace("multitask", "detector"))) is None
