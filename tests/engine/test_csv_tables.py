"""Tables as people's programs write them."""

from pathlib import Path

import pytest

from engine.csv_tables import read_table, read_text

ROW = {"file": "a, b.jpg", "person": "Zoë", "split": "test"}


@pytest.mark.parametrize(
    "text",
    [
        'file,person,split\n"a, b.jpg",Zoë,test\n',
        'File, Person ,SPLIT\r\n"a, b.jpg", Zoë, test\r\n',
        "file;person;split\na, b.jpg;Zoë;test\n",
        "file\tperson\tsplit\na, b.jpg\tZoë\ttest\n",
        'file,person,split\r"a, b.jpg",Zoë,test',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_titles_and_cells_are_found_however_they_are_written(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    assert read_table(tmp_path / "t.csv") == (("file", "person", "split"), [(2, ROW)])


@pytest.mark.parametrize("titles", ['file;"person, if known";age', '"a;b;c",file,age', 'file\t"a, b, c, d"\tage'])
def test_what_is_quoted_in_a_title_separates_nothing(tmp_path: Path, titles: str) -> None:
    (tmp_path / "t.csv").write_text(titles)
    found, _ = read_table(tmp_path / "t.csv")
    assert len(found) == 3
    assert {"file", "age"} < set(found)


def test_short_rows_lack_cells_and_empty_ones_at_the_end_are_none(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("person,file\nanna\nben,b.jpg,, \n")
    _, rows = read_table(tmp_path / "t.csv")
    assert rows == [(2, {"person": "anna", "file": None}), (3, {"person": "ben", "file": "b.jpg"})]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "file,person\na.jpg,Zoë\n".encode("latin-1"),
            r"t\.csv is not in UTF-8: save it in UTF-8 \(a table as CSV UTF-8\)",
        ),
        (b"file,person,split\na.jpg,Smith, Anna,test\n", r"Line 2 of t\.csv has more cells than there are columns"),
        (b'file\n"' + 200_000 * b"x", r"t\.csv cannot be read: field larger"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_table(tmp_path / "t.csv")


def test_a_list_in_another_form_is_read_likewise(tmp_path: Path) -> None:
    (tmp_path / "pairs.txt").write_text("1\n", encoding="utf-16")
    assert read_text(tmp_path / "pairs.txt") == "1\n"
