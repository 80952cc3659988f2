"""Enrolling from photographs, folders, videos and lists: what was taken, what was refused, and why."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from engine.capture_guide import Guidance
from engine.csv_tables import table_reader, table_text
from engine.enrolment import Enrolment
from engine.errors import EnrolmentError, SourceError
from engine.likeness import UNLIKE
from engine.names import composed
from engine.paths import is_file, is_folder
from engine.sources import open_source
from engine.sources.picture_files import pictures_in
from engine.sources.pictures import read_picture


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one picture.

    Attributes:
        name: The file's name.
        refusal: Why it was not taken; empty when it was.
        key: Tells which sample was taken of it; the last one that has it, as the sample before may have made room.
    """

    name: str
    refusal: str
    key: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of a list: the name and the pictures or folders."""

    name: str
    external_id: str
    files: tuple[Path, ...]


def add_photographs(enrolment: Enrolment, paths: Iterable[Path]) -> Iterator[FileReport]:
    """Looks at photographs one by one.

    Yields:
        What became of each; one that cannot be read is refused with its sentence.

    Raises:
        ModelError: A network failed.
    """
    for path in paths:
        try:
            picture = read_picture(path)
        except SourceError as error:
            yield FileReport(path.name, str(error))
        else:
            yield _report(path.name, enrolment.add_photograph(picture))


def add_folder(enrolment: Enrolment, folder: Path) -> Iterator[FileReport]:
    """Looks at every picture of a folder, in natural order; reads them one after the other, however many there are.

    Yields:
        What became of each; one that cannot be read is refused with its sentence.

    Raises:
        SourceError: There is no such folder, or no picture in it.
        ModelError: A network failed.
    """
    if not is_folder(folder):
        raise SourceError(f"There is no folder {folder}.", "Choose another one.")
    yield from add_photographs(enrolment, pictures_in(folder))


def add_video(enrolment: Enrolment, video: Path) -> Iterator[FileReport]:
    """Looks at every frame of a video.

    Raises:
        SourceError: It cannot be read.
        ModelError: A network failed.
    """
    if not is_file(video):
        raise SourceError(f"There is no video {video}.", "Choose another one.")
    with open_source(str(video)) as source:
        while (frame := source.read()) is not None:
            yield _report(f"frame {frame.index}", enrolment.observe(frame.image, frame.time_ms))


def _report(name: str, guidance: Guidance) -> FileReport:
    taken = guidance.accepted
    return FileReport(name, guidance.hint.reason if guidance.hint else "", None if taken is None else id(taken))


def without_unlike(enrolment: Enrolment, reports: Iterable[FileReport]) -> list[FileReport]:
    """Drops the pictures that do not seem to show the person they are added to, and says so in their reports.

    Raises:
        ModelError: The network failed.
    """
    told = list(reports)
    newest = {report.key: number for number, report in enumerate(told)}
    for place in reversed(enrolment.unlike()):
        number = newest[id(enrolment.guide.samples[place])]
        told[number] = FileReport(told[number].name, UNLIKE)
        enrolment.drop(place)
    return told


def read_list(path: Path) -> tuple[ListedPerson, ...]:
    """Reads a CSV of a whole class: columns name, files (paths or folders, `;` between them), and if wanted id.

    Semicolons or tabs may separate the columns, too. Rows of the same name and ID are one person with the files of all.

    Raises:
        EnrolmentError: It cannot be read, lacks a column, names nobody, or a row has too many cells or no name.
    """
    text = _text_of(path)
    try:
        table = _table(io.StringIO(text, newline=""))
        rows = [(table.line_num, row) for row in table]
    except csv.Error as error:
        raise EnrolmentError(f"The list {path.name} cannot be read: {error}.", "Save it as CSV in UTF-8.") from error
    if not {"name", "files"} <= set(table.fieldnames or ()):
        raise EnrolmentError(f"The list {path.name} has no columns name and files.", "Give it a first line: name,files")
    listed: dict[tuple[str, str], ListedPerson] = {}
    for number, row in rows:
        _require_fitting(row, number, path)
        person = _listed(row, path.parent)
        if person.name:
            key = (person.name, person.external_id)
            listed[key] = replace(person, files=listed[key].files + person.files) if key in listed else person
    if not listed:
        raise EnrolmentError(f"The list {path.name} names nobody.", "Give each row a name and its files.")
    return tuple(listed.values())


def _text_of(path: Path) -> str:
    try:
        return table_text(path.read_bytes())
    except OSError as error:
        raise EnrolmentError(
            f"The list {path.name} cannot be read: {error.strerror}.", "Check the file and its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise EnrolmentError(f"The list {path.name} is not in UTF-8.", "Save it as CSV UTF-8.") from error


def _table(file: IO[str]) -> "csv.DictReader[str]":
    """The rows by their titles; columns without a title at the end are none."""
    table = table_reader(file)
    titles = list(table.fieldnames or ())
    while titles and not titles[-1]:
        titles.pop()
    table.fieldnames = titles
    return table


def _require_fitting(row: dict[Any, Any], number: int, path: Path) -> None:
    """Raises EnrolmentError when a row says something that would be left out."""
    if any(cell.strip() for cell in row.get(None) or ()):
        raise EnrolmentError(
            f"Row {number} of the list {path.name} has more cells than there are columns.",
            'Put several files of one person between quotation marks: "a.jpg;b.jpg".',
        )
    if not composed(row["name"] or "") and any((row.get(title) or "").strip() for title in ("files", "id")):
        raise EnrolmentError(
            f"Row {number} of the list {path.name} has no name.", "Give each row a name and its files."
        )


def _listed(row: dict[Any, Any], folder: Path) -> ListedPerson:
    files = [text.strip() for text in (row["files"] or "").split(";") if text.strip()]
    name, external_id = composed(row["name"] or ""), composed(row.get("id") or "")
    return ListedPerson(name, external_id, tuple(folder / file for file in files))


def add_any(enrolment: Enrolment, paths: Iterable[Path]) -> Iterator[FileReport]:
    """Looks at photographs and at the pictures of folders.

    Yields:
        What became of each picture; a folder that gives none is refused with its sentence.

    Raises:
        ModelError: A network failed.
    """
    for path in paths:
        if not is_folder(path):
            yield from add_photographs(enrolment, [path])
            continue
        try:
            yield from add_folder(enrolment, path)
        except SourceError as error:
            yield FileReport(path.name, str(error))
