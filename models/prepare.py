"""Make a face set from photographs: detect, align and crop with the engine's own code.

    python -m models.prepare PHOTOS --out mine/people --teacher models/mobilenet

PHOTOS is a folder of `<person>/*.jpg` (pictures beside those folders show nobody known), or a CSV table with the
columns file, person, age (years or young, adult, old), ethnicity and any further task of `models.tasks`, and split
(train, or anything else for a picture that training must not see); any but the first may be missing or empty. The set
is a folder as `models.data` reads it. Called again, it only looks at pictures that are new; what could not be used
stands in `refused.csv` with the reason.
"""

import argparse
import csv
import hashlib
import io
import logging
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align import align
from engine.csv_tables import table_reader
from engine.errors import SourceError
from engine.mtcnn import Mtcnn
from engine.sources.pictures import SUFFIXES, read_picture
from engine.types import Detection
from models.data import is_age, read_faces
from models.geometry import INPUT_PX, MARGIN_PX
from models.inference import file_inference, network_file
from models.progress import progress
from models.sentences import sentences
from models.tasks import TASKS

log = logging.getLogger(__name__)

SMALLEST_FACE_PX = 30.0
SAME_FILE = "same file as "
"""How the reason begins why a copy is refused; the name of the other picture follows."""
KEPT_EVERY = 500
"""Pictures between two writings of the set, so that little is lost when it is interrupted."""
FURTHER = tuple(task for task in TASKS if task.name != "age")
LABELS = {"person": "person", "age": "age_years", "split": "split"} | {task.name: task.name for task in FURTHER}
"""What a table of photographs calls a label, and the column of `labels.csv`."""
COLUMNS = ("file", "original", *LABELS.values(), "face_width_px", "detector_score", "sha256_16")


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what is known of the person in it.

    Attributes:
        path: The picture.
        original: Its name in the folder or table.
        labels: Text by column of `labels.csv`; what is not known is empty or absent.
    """

    path: Path
    original: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of `labels.csv`, but for the name of its crop."""

    original: str
    labels: Mapping[str, str]
    face_width_px: int
    detector_score: float
    sha256_16: str

    def cells(self) -> tuple[object, ...]:
        """What stands in the columns after the first."""
        labels = [self.labels.get(column, "") for column in LABELS.values()]
        return (self.original, *labels, self.face_width_px, self.detector_score, self.sha256_16)


class RefusedError(Exception):
    """A picture that cannot be used; the message says why."""


def find_photos(source: Path) -> list[Photo]:
    """List the pictures of a folder, or of a table.

    Raises:
        FileNotFoundError: Nothing of the kind is there.
        ValueError: The table has no column `file`.
    """
    photos = _photos_in(source) if source.is_dir() else _photos_of(source)
    if not photos:
        raise FileNotFoundError(f"Expected pictures in {source}, as <person>/*.jpg or a table; found none.")
    return photos


def _photos_in(folder: Path) -> list[Photo]:
    paths = sorted(path for path in (*folder.glob("*"), *folder.glob("*/*")) if path.suffix.lower() in SUFFIXES)
    return [
        Photo(path, path.relative_to(folder).as_posix(), {} if path.parent == folder else {"person": path.parent.name})
        for path in paths
    ]


def _photos_of(table: Path) -> list[Photo]:
    with table.open(newline="", encoding="utf-8-sig") as file:
        lines = list(table_reader(file))
    if lines and "file" not in lines[0]:
        raise ValueError(f"Expected a column `file` in {table.name}, got {', '.join(lines[0])}.")
    unknown: Counter[str] = Counter()
    photos = [Photo(table.parent / line["file"], line["file"], _labels(line, unknown)) for line in lines]
    for label, count in unknown.most_common():
        log.warning("%6d times %s: no label that is known here, taken as none", count, label)
    return photos


def _labels(line: Mapping[str, str | None], unknown: Counter[str]) -> dict[str, str]:
    """Give the text of each column of `labels.csv`; those that mean nothing here are counted and left out."""
    given = {name: (line.get(name) or "").strip() for name in LABELS}
    known = {"person": given["person"], "split": given["split"].lower()}
    readable = {"age": is_age} | {task.name: task.labels.__contains__ for task in FURTHER}
    for name, means_something in readable.items():
        text = given[name].lower()
        if text and not means_something(text):
            unknown[f"{name} {text!r}"] += 1
        known[LABELS[name]] = text if means_something(text) else ""
    return known


def crop_photo(path: Path, detector: Mtcnn) -> tuple[NDArray[np.uint8], float, float]:
    """Cut the face out of a picture: where there are several, a wide one near the middle.

    Args:
        path: The picture.
        detector: The engine's.

    Returns:
        The crop (144, 144, 3) uint8 RGB, the face's width in pixels, the detector's score.

    Raises:
        RefusedError: The file is no picture, or shows no face that is large enough.
    """
    try:
        image = read_picture(path)
    except SourceError as error:
        raise RefusedError("not a picture that can be read") from error
    faces = detector.detect(image)
    if not faces:
        raise RefusedError("no face found")
    middle = np.array([image.shape[1], image.shape[0]]) / 2
    face = max(faces, key=lambda found: found.width_px - 0.5 * _distance(found, middle))
    if face.width_px < SMALLEST_FACE_PX:
        raise RefusedError(f"face of {face.width_px:.0f} pixels")
    return align(image, face.landmarks, size=INPUT_PX, margin=MARGIN_PX), face.width_px, face.score


def _distance(face: Detection, middle: NDArray[np.float64]) -> float:
    """Give the pixels between the middle of a face and that of its picture (2,)."""
    return float(np.linalg.norm((face.box[:2] + face.box[2:]) / 2 - middle))


class FaceSet:
    """A set that is being made: its crops and labels by the hash of the picture they come from.

    Args:
        folder: Where it lies or will lie; what is there already is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, Row] = {}
        self.crops: dict[str, bytes] = {}
        if (folder / "labels.csv").exists():
            self._read()
        self._taught = list(self.rows)

    def add(self, photo: Photo, detector: Mtcnn, seen: dict[str, str]) -> None:
        """Crop a picture unless that is done; `seen` holds the hashes of this call's pictures.

        Raises:
            RefusedError: It cannot be used, or is the same file as another.
        """
        if not photo.path.is_file():
            raise RefusedError("file is missing")
        digest = hashlib.sha256(photo.path.read_bytes()).hexdigest()[:16]
        if digest in seen:
            raise RefusedError(f"{SAME_FILE}{seen[digest]}")
        seen[digest] = photo.original
        if digest not in self.crops:
            crop, width_px, score = crop_photo(photo.path, detector)
            quality = [cv2.IMWRITE_WEBP_QUALITY, 95]
            _, encoded = cv2.imencode(".webp", cv2.cvtColor(crop, cv2.COLOR_RGB2BGR), quality)
            self.crops[digest] = encoded.tobytes()
        else:
            width_px, score = self.rows[digest].face_width_px, self.rows[digest].detector_score
        self.rows[digest] = Row(photo.original, photo.labels, round(width_px), round(score, 4), digest)

    def write(self) -> None:
        """Write crops and labels; a teacher's embeddings of other faces go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if list(self.rows) != self._taught:
            for name in ("teacher.npy", "teacher.txt"):
                (self.folder / name).unlink(missing_ok=True)
        packed = io.BytesIO()
        lines: list[tuple[object, ...]] = [COLUMNS]
        with zipfile.ZipFile(packed, "w") as archive:
            for number, (digest, row) in enumerate(self.rows.items()):
                file = f"{number:05d}.webp"
                archive.writestr(file, self.crops[digest])
                lines.append((file, *row.cells()))
        _replace(self.folder / "crops.zip", packed.getvalue())
        _replace(self.folder / "labels.csv", _table(lines))

    def _read(self) -> None:
        with zipfile.ZipFile(self.folder / "crops.zip") as archive, (self.folder / "labels.csv").open() as table:
            for line in csv.DictReader(table):
                digest = line["sha256_16"]
                width_px, score = int(line["face_width_px"]), float(line["detector_score"])
                self.rows[digest] = Row(line["original"], line, width_px, score, digest)
                self.crops[digest] = archive.read(line["file"])


def prepare(photos: list[Photo], folder: Path, detector: Mtcnn) -> Counter[str]:
    """Make or bring up to date a set of faces.

    Args:
        photos: The pictures.
        folder: Folder of the set.
        detector: The engine's.

    Returns:
        How many pictures were refused, by reason; each is named in `refused.csv`.
    """
    face_set = FaceSet(folder)
    seen: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for number, photo in enumerate(progress(photos, folder.name), 1):
        try:
            face_set.add(photo, detector, seen)
        except RefusedError as reason:
            refused.append((photo.original, str(reason)))
        if number % KEPT_EVERY == 0:
            face_set.write()
    face_set.rows = {digest: row for digest, row in face_set.rows.items() if digest in seen}
    face_set.write()
    _replace(folder / "refused.csv", _table([("original", "reason"), *refused]))
    return Counter(reason.split(" of ")[0].split(" as ")[0] for _, reason in refused)


def embed_with(network: Path, folder: Path, crops: NDArray[np.uint8]) -> None:
    """Let a shipped network be the teacher of a set: write its embeddings of the crops (n, 128, 128, 3)."""
    teacher = file_inference(network_file(network, "fp16"))(crops)["embedding"].astype(np.float16)
    packed = io.BytesIO()
    np.save(packed, teacher)
    _replace(folder / "teacher.npy", packed.getvalue())
    _replace(folder / "teacher.txt", f"{network.name}, fp16\n".encode())


def _table(lines: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")  # two programs may share a cache
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@sentences()
def main() -> None:
    """Prepare a set from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, help="folder of <person>/*.jpg, or a CSV table")
    parser.add_argument("--out", type=Path, required=True, help="folder of the set")
    parser.add_argument("--teacher", type=Path, help="folder of a shipped network to learn identity from")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    photos = find_photos(options.photos)
    refused = prepare(photos, options.out, Mtcnn.load())
    log.info("%d of %d pictures used", len(photos) - refused.total(), len(photos))
    for reason, count in refused.most_common():
        log.info("%6d %s", count, reason)
    if refused.total() == len(photos):
        raise ValueError(f"No picture of {options.photos} can be used; {options.out / 'refused.csv'} says why.")
    if options.teacher:
        faces = read_faces(options.out.parent, Path(".runs/cache"), [options.out.name])
        embed_with(options.teacher, options.out, faces.middle(range(len(faces))))


if __name__ == "__main__":
    main()
