"""Tables as people's programs write them."""

import codecs
import csv
import io
import re
from pathlib import Path
from typing import IO

QUOTED = re.compile('"[^"]*"')


def table_text(data: bytes) -> str:
    """What a table's file says: in UTF-8, or in UTF-16 where it begins with that one's byte order mark.

    Raises:
        UnicodeDecodeError: It is in neither.
    """
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_utf16 else "utf-8-sig")


def table_reader(file: IO[str]) -> "csv.DictReader[str]":
    """Reads rows by their titles, which are given in small letters, without the spaces around them.

    Where the comma is the decimal sign, programs separate columns by semicolons; in UTF-16, Excel does by tabs.

    Args:
        file: At its beginning, opened with newline="".
    """
    titles = QUOTED.sub("", file.readline())
    file.seek(0)
    reader = csv.DictReader(file, delimiter=max(",;\t", key=titles.count), skipinitialspace=True)
    reader.fieldnames = [title.strip().lower() for title in reader.fieldnames or ()]
    return reader


def read_text(path: Path) -> str:
    """Reads a table, or a list in another form.

    Raises:
        ValueError: It is in no encoding that is known here.
    """
    try:
        return table_text(path.read_bytes())
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not in UTF-8: save it in UTF-8 (a table as CSV UTF-8).") from error


def read_table(path: Path) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str | None]]]]:
    """Reads a whole table.

    Returns:
        Its titles; and of each row the number of its line and its cells by title, None where the row is too short.

    Raises:
        ValueError: It is no table, a row says more than there are titles, or its encoding is not known here.
    """
    text = read_text(path)
    try:
        reader = table_reader(io.StringIO(text, newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise ValueError(f"{path.name} cannot be read: {error}.") from error
    titles = tuple(reader.fieldnames or ())
    for number, row in rows:
        if any(cell.strip() for cell in row.pop(None, ())) and titles:
            raise ValueError(
                f"Line {number} of {path.name} has more cells than there are columns: put a cell that holds a comma or "
                "semicolon between quotation marks."
            )
    return titles, rows
