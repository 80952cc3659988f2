"""Lists in the encodings in which programs save them."""

from pathlib import Path

import pytest

from engine.enrol_files import ListedPerson, read_list
from engine.errors import EnrolmentError

ROWS = ("name,files,id", 'Şükrü Ağa,"a.png;b.png",7', "Ada,c.png,")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_list_is_read_in_each_unicode(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "class.csv"
    text = "\r\n".join(row.replace(",", mark) for row in ROWS)
    path.write_bytes(("\ufeff" * (encoding == "utf-16-be") + text).encode(encoding))
    files = tuple(tmp_path / name for name in ("a.png", "b.png"))
    assert read_list(path) == (
        ListedPerson("Şükrü Ağa", "7", files),
        ListedPerson("Ada", "", (tmp_path / "c.png",)),
    )


@pytest.mark.parametrize("data", ["\r\n".join(ROWS).encode("cp1254"), b"\xff\xfe\x00junk"])
def test_another_encoding_is_said_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes(data)
    with pytest.raises(EnrolmentError) as told:
        read_list(path)
    assert told.value.what == "The list class.csv is not in UTF-8."
    assert told.value.remedy == "Save it as CSV UTF-8."


def test_a_list_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(EnrolmentError) as told:
        read_list(tmp_path / "gone.csv")
    assert told.value.what == "The list gone.csv cannot be read: No such file or directory."
    assert told.value.remedy == "Check the file and its permissions."
