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
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align import align
from engine.errors import SourceError
from engine.mtcnn import Mtcnn
from engine.paths import is_file
from engine.sources.pictures import read_picture
from engine.types import Detection
from models.data import read_faces
from models.geometry import INPUT_PX, MARGIN_PX
from models.inference import file_inference, network_file
from models.photographs import LABELS, Photo, find_photos
from models.progress import progress
from models.sentences import sentences

log = logging.getLogger(__name__)

SMALLEST_FACE_PX = 30.0
SAME_FILE = "same file as "
"""How the reason begins why a copy is refused; the name of the other picture follows."""
KEPT_EVERY = 500
"""Pictures between two writings of the set, so that little is lost when it is interrupted."""
COLUMNS = ("file", "original", *LABELS.values(), "face_width_px", "detector_score", "sha256_16")


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
        """Crop a picture unless that is done; what is known of a copy goes to the picture that was kept.

        Args:
            photo: The picture.
            detector: The engine's.
            seen: Names of this call's pictures by their hash.

        Raises:
            RefusedError: It cannot be used, or is the same file as another.
        """
        if not is_file(photo.path):
            raise RefusedError("file is missing")
        digest = hashlib.sha256(photo.path.read_bytes()).hexdigest()[:16]
        if digest in seen:
            if digest in self.rows:
                self.rows[digest] = replace(self.rows[digest], labels=_together(self.rows[digest], photo))
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
            _forget_teacher(self.folder)
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
        with (
            zipfile.ZipFile(self.folder / "crops.zip") as archive,
            (self.folder / "labels.csv").open(newline="", encoding="utf-8") as table,
        ):
            for line in csv.DictReader(table):
                digest = line["sha256_16"]
                width_px, score = int(line["face_width_px"]), float(line["detector_score"])
                self.rows[digest] = Row(line["original"], line, width_px, score, digest)
                self.crops[digest] = archive.read(line["file"])


def _together(row: Row, copy: Photo) -> dict[str, str]:
    """Give what is known of a picture that is listed twice; where one line keeps it from training, it is kept."""
    labels = {}
    for title, column in LABELS.items():
        first, other = row.labels.get(column, ""), copy.labels.get(column, "")
        labels[column] = other if not first or (column == "split" and first == "train" and other) else first
        if first and other and first != other:
            log.warning(
                "%s and %s are one picture, but %s is %r and %r: %r is taken",
                *(row.original, copy.original, title, first, other, labels[column]),
            )
    return labels


def _forget_teacher(folder: Path) -> None:
    if (folder / "teacher.npy").exists():
        log.warning("The pictures changed: %s goes; with --teacher it is made anew", folder / "teacher.npy")
    for name in ("teacher.npy", "teacher.txt"):
        (folder / name).unlink(missing_ok=True)


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
