"""Which pictures a folder or a table names, and what is known of them."""

import unicodedata
from pathlib import Path

import pytest

from models.photographs import Photo, find_photos

NFC, NFD = (unicodedata.normalize(form, "Zoë Müller") for form in ("NFC", "NFD"))


def photos_of(folder: Path, text: str, encoding: str = "utf-8") -> list[Photo]:
    (folder / "labels.csv").write_bytes(text.encode(encoding))
    return find_photos(folder / "labels.csv")


@pytest.mark.parametrize(
    "text",
    [
        "file,person,Split\na.jpg,ada,test\n",
        "file, person, split\na.jpg, ada, test\n",
        "PERSON;SPLIT;FILE\nada;test;a.jpg\n",
        "file\tperson\tsplit\na.jpg\tada\ttest\n",
    ],
)
def test_what_is_kept_from_training_is_kept_however_the_titles_are_written(tmp_path: Path, text: str) -> None:
    (photo,) = photos_of(tmp_path, text)
    assert (photo.path, photo.original) == (tmp_path / "a.jpg", "a.jpg")
    assert (photo.labels["person"], photo.labels["split"]) == ("ada", "test")


def test_columns_that_mean_nothing_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    photos_of(tmp_path, ",file,person,set,Gender\n0,a.jpg,ada,test,f\n")
    assert "columns that mean nothing here: set, gender; those that do: file, person, age, split" in caplog.text
    caplog.clear()
    photos_of(tmp_path, "file,person,age,ethnicity,split\na.jpg,ada,34,asian,test\n")
    assert not caplog.text


def test_a_line_without_a_file_names_no_picture(tmp_path: Path) -> None:
    (first, second) = photos_of(tmp_path, "person,file,age\nanna\nben,b.jpg,30\n")
    assert (first.original, first.labels["person"]) == ("", "anna")
    assert not first.path.is_file()
    assert second.original == "b.jpg"


@pytest.mark.parametrize(("there", "listed"), [(NFD, NFC), (NFC, NFD)])
@pytest.mark.parametrize("slash", ["/", "\\"])
def test_a_picture_is_found_however_its_name_is_spelt(tmp_path: Path, there: str, listed: str, slash: str) -> None:
    (tmp_path / there).mkdir()
    (tmp_path / there / "1.jpg").touch()
    (photo,) = photos_of(tmp_path, f"file,person\n{listed}{slash}1.jpg,{listed}\n")
    assert photo.path.samefile(tmp_path / there / "1.jpg")
    assert photo.labels["person"] == NFC
    (found,) = find_photos(tmp_path)
    assert found.labels["person"] == NFC


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("file,person\na.jpg,Zoë\n", "latin-1", r"labels\.csv is not in UTF-8"),
        ("name,person\na.jpg,ada\n", "utf-8", r"Expected a column `file` in labels\.csv, got name, person\."),
        ("", "utf-8", r"Expected a column `file` in labels\.csv, got none\."),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, text: str, encoding: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        photos_of(tmp_path, text, encoding)
