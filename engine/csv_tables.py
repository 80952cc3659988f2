"""Tables as people's programs write them."""

import csv
from typing import IO


def table_reader(file: IO[str]) -> "csv.DictReader[str]":
    """Reads rows by their titles; where the comma is the decimal sign, programs separate columns by semicolons.

    Args:
        file: At its beginning, opened with newline="".
    """
    titles = file.readline()
    file.seek(0)
    return csv.DictReader(file, delimiter=";" if ";" in titles and "," not in titles else ",")
