"""Pairs files: LFW's forms and tables, and how many of their pairs can be used."""

import unicodedata
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from models.evaluation.pairs_file import read_pairs

Form = Literal["NFC", "NFD"]
ORIGINALS = np.array(["ada/Ada_0001.jpg", "ada/Ada_0002.jpg", "bo/Bo_0004.jpg", "Cy Lee/Cy Lee_0001.jpg"])


def listed(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_a_table_names_pictures_as_the_set_does(tmp_path: Path) -> None:
    text = "left,right,same\nada/Ada_0001.jpg,ada/Ada_0002.jpg,1\nada/Ada_0001.jpg,bo/Bo_0004.jpg,0\nada/9.jpg,x,0\n"
    found = read_pairs(listed(tmp_path / "pairs.csv", text), ORIGINALS)
    assert found.pairs.same.tolist() == [True, False]
    assert found.pairs.right.tolist() == [1, 2]
    assert str(found) == "2 of 3 pairs; the others' pictures were refused, are not there or share their name"


def test_lfw_pairs_name_their_files(tmp_path: Path) -> None:
    found = read_pairs(listed(tmp_path / "pairs.txt", "1\t1\nAda\t1\t2\nAda\t1\tBo\t4\n"), ORIGINALS)
    assert found.pairs.same.tolist() == [True, False]
    assert found.pairs.right.tolist() == [1, 2]
    assert str(found) == "2 of 2 pairs"


def test_names_with_spaces_stand_between_tabs(tmp_path: Path) -> None:
    found = read_pairs(listed(tmp_path / "pairs.txt", "1\t1\nAda\t1\t2\nCy Lee\t1\tBo\t4\n"), ORIGINALS)
    assert found.pairs.left.tolist() == [0, 3]
    found = read_pairs(listed(tmp_path / "pairs.txt", "1 1\nAda 1 2\nAda 1 Bo 4\n"), ORIGINALS)
    assert found.pairs.right.tolist() == [1, 2]


def test_the_folds_of_the_head_are_kept(tmp_path: Path) -> None:
    fold = "Ada\t1\t2\nAda\t1\t2\nAda\t1\tBo\t4\nAda\t2\tBo\t4\n"
    found = read_pairs(listed(tmp_path / "pairs.txt", "3\t2\n" + 3 * fold), ORIGINALS)
    assert found.pairs.fold.tolist() == [0] * 4 + [1] * 4 + [2] * 4


def test_a_single_fold_is_dealt_out_to_ten(tmp_path: Path) -> None:
    text = "500\n" + 500 * "Ada\t1\t2\n" + 500 * "Ada\t1\tBo\t4\n"
    pairs = read_pairs(listed(tmp_path / "pairsDevTest.txt", text), ORIGINALS).pairs
    assert np.bincount(pairs.fold).tolist() == [100] * 10
    assert np.bincount(pairs.fold, weights=pairs.same).tolist() == [50] * 10


def test_a_table_with_genuine_pairs_first_has_both_kinds_in_every_fold(tmp_path: Path) -> None:
    rows = 20 * ["ada/Ada_0001.jpg,ada/Ada_0002.jpg,yes"] + 20 * ["ada/Ada_0001.jpg,bo/Bo_0004.jpg,no"]
    text = "\n".join(["left,right,same", *rows])
    pairs = read_pairs(listed(tmp_path / "pairs.csv", text), ORIGINALS).pairs
    assert np.bincount(pairs.fold, weights=pairs.same).tolist() == [2] * 10


def test_a_copy_counts_as_the_picture_that_was_kept(tmp_path: Path) -> None:
    path = listed(tmp_path / "pairs.txt", "1 1\nAda 1 3\nAda 3 Bo 4\n")
    aliases = {"ada/Ada_0003.jpg": "ada/Ada_0002.jpg", "bo/Bo_0005.jpg": "bo/black.jpg"}
    pairs = read_pairs(path, ORIGINALS, aliases).pairs
    assert pairs.left.tolist() == [0, 1]
    assert pairs.right.tolist() == [1, 2]


ADA_BO = "left,right,same\n{},{},1\nada/Ada_0001.jpg,bo/Bo_0004.jpg,0\n"


@pytest.mark.parametrize(
    "name",
    [
        "ada/Ada_0002.jpg",
        "ada/Ada_0002",
        "Ada_0002.jpg",
        "Ada_0002.JPG",
        "Ada_0002",
        r"ada\Ada_0002.jpg",
        "./ada/Ada_0002.jpg",
        "/data/lfw/ada/Ada_0002.jpg",
        r"C:\lfw\ada\Ada_0002.jpg",
        "lfw/ada/Ada_0002",
    ],
)
def test_a_picture_is_known_by_any_part_of_its_path(tmp_path: Path, name: str) -> None:
    path = listed(tmp_path / "pairs.csv", ADA_BO.format("ada/Ada_0001.jpg", name))
    assert read_pairs(path, ORIGINALS).pairs.right.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "unused"),
    [
        ("Ada_0002.png", {}),
        ("cy/Ada_0002.jpg", {}),
        ("Ada_0002", {"cy/Ada_0002.jpg": ""}),
        ("Ada_0002.jpg", {"cy/Ada_0002.jpg": ""}),
        ("Ada_0002", {"ada/Ada_0002.png": ""}),
        ("cy/Ada_0002.jpg", {"cy/Ada_0002.jpg": "", "Ada_0002.jpg": "ada/Ada_0002.jpg"}),
    ],
)
def test_a_picture_is_not_taken_for_another(tmp_path: Path, name: str, unused: dict[str, str]) -> None:
    text = ADA_BO.format("ada/Ada_0001.jpg", name) + "ada/Ada_0002.jpg,ada/Ada_0001.jpg,1\n"
    found = read_pairs(listed(tmp_path / "pairs.csv", text), ORIGINALS, unused)
    assert (len(found.pairs.same), found.listed) == (2, 3)


@pytest.mark.parametrize(("there", "listed_as"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_accents_are_known_composed_and_parted(tmp_path: Path, there: Form, listed_as: Form) -> None:
    names = ["Zoë_0001", "Zoë_0002", "Bo_0004"]
    originals = np.array([unicodedata.normalize(there, f"{name}.jpg") for name in names])
    as_table = unicodedata.normalize(listed_as, "left,right,same\nZoë_0001,Zoë_0002,1\nZoë_0001,Bo_0004,0\n")
    as_lfw = unicodedata.normalize(listed_as, "1 1\nZoë 1 2\nZoë 1 Bo 4\n")
    for name, text in (("pairs.csv", as_table), ("pairs.txt", as_lfw)):
        assert read_pairs(listed(tmp_path / name, text), originals).pairs.right.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pairs.csv", "Left,Right,Same\nAda_0001,Ada_0002,1\nAda_0001,Bo_0004,0\n"),
        ("pairs.csv", 'left, right, same\n"Ada_0001", "Ada_0002", 1\nAda_0001, Bo_0004, 0\n'),
        ("pairs.tsv", "left\tright\tsame\nAda_0001\tAda_0002\t1\nAda_0001\tBo_0004\t0\n"),
    ],
)
def test_a_table_is_read_as_programs_write_it(tmp_path: Path, name: str, text: str) -> None:
    pairs = read_pairs(listed(tmp_path / name, text), ORIGINALS).pairs
    assert pairs.right.tolist() == [1, 2]
    assert pairs.same.tolist() == [True, False]


@pytest.mark.parametrize(("name", "text"), [("a.csv", "left,right,same\nZoë,b,1\n"), ("a.txt", "1\nZoë 1 2\n")])
def test_another_encoding_is_said(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(ValueError, match=rf"{name} is not in UTF-8: save it in UTF-8"):
        read_pairs(tmp_path / name, ORIGINALS)


def test_pictures_without_a_suffix_are_known_with_one(tmp_path: Path) -> None:
    originals = np.array(["000093", "v1.2", ""])
    path = listed(tmp_path / "pairs.csv", "left,right,same\n000093.jpg,v1.2.jpg,0\n000093,img/000093.jpg,1\n")
    pairs = read_pairs(path, originals).pairs
    assert pairs.left.tolist() == [0, 0]
    assert pairs.right.tolist() == [1, 0]


def test_a_file_name_that_two_pictures_share_names_neither(tmp_path: Path) -> None:
    originals = np.array(["ada/1.jpg", "ada/2.jpg", "bo/1.jpg"])
    path = listed(tmp_path / "pairs.csv", "left,right,same\n1,2,1\nada/1.jpg,2,1\nada/1.jpg,bo/1.jpg,0\n")
    pairs = read_pairs(path, originals).pairs
    assert pairs.left.tolist() == [0, 0]
    assert pairs.right.tolist() == [1, 2]


@pytest.mark.parametrize("yes", ["1", "true", "YES", " True "])
@pytest.mark.parametrize("no", ["0", "False", "no"])
def test_same_is_said_in_several_ways(tmp_path: Path, yes: str, no: str) -> None:
    text = f"left;right;same\nAda_0001;Ada_0002;{yes}\nAda_0001;Bo_0004;{no}\n"
    assert read_pairs(listed(tmp_path / "pairs.csv", text), ORIGINALS).pairs.same.tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.csv",
            "left,right,same\na,b,1\n",
            "None of the 1 pairs of a.csv is among the 4 faces: .* 'a' there, and one of the faces 'ada/Ada_0001.jpg'",
        ),
        ("a.csv", "left,right,same\n", "None of the 0 pairs of a.csv is among the 4 faces"),
        ("a.csv", "left,right,same\nAda_0001,Ada_0002,1\nAda_0001,x,0\n", "the 1 of 2 that can be used are all of one"),
        ("a.csv", "name,imagenum1\nAda,1\n", "Expected the columns left, right, same in a.csv, got name, imagenum1"),
        ("a.csv", "", "Expected the columns left, right, same in a.csv, got none"),
        ("a.csv", "\nleft,right,same\na,b,1\n", "Expected the columns left, right, same in a.csv, got none"),
        ("a.csv", "left,right,same\na,b,1\na,b,maybe\n", "Line 3 of a.csv: expected 1, true, yes.* got 'maybe'"),
        ("a.csv", "left,right,same\na,b\n", "Line 2 of a.csv: .* got 'nothing'"),
        ("a.csv", "same,left,right\n1,a,b\n1,x\n", "Line 3 of a.csv: expected a picture .* got 'x' and ''"),
        ("a.txt", "", "Expected numbers in the first line of a.txt"),
        ("a.txt", "Ada\t1\t2\n", "Expected numbers in the first line of a.txt"),
        ("a.txt", "1\n\nAda\n", "Line 3 of a.txt: expected `name 1 2`"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_pairs(listed(tmp_path / name, text), ORIGINALS)
