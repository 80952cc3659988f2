"""Photographs in, one embedding each out: the largest face of every picture."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.align import align
from engine.catalogue import Card, Catalogue, NetworkFile
from engine.errors import SourceError
from engine.looks import infer_in_full
from engine.mtcnn import Mtcnn
from engine.multitask import MultiTaskNetwork
from engine.photographs import SMALLEST_FACE_PX, faces_in_photograph, shrunk
from engine.settings import Settings
from engine.sources.pictures import read_picture
from engine.types import EMBEDDING_SIZE, Detection, Floats, Image, TaskOutputs


def named_files(arguments: Sequence[str]) -> tuple[str, ...]:
    """The files named on the command line; `@LIST.txt` stands for the lines of that file.

    Raises:
        SourceError: A list cannot be read.
    """
    return tuple(file for argument in arguments for file in _expand(argument))


def _expand(argument: str) -> list[str]:
    if not argument.startswith("@"):
        return [argument]
    try:
        lines = Path(argument[1:]).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"The list {argument[1:]} cannot be read: {error}.", "Give a text file of paths.") from error
    return [line for line in lines if line.strip()]


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """What was found in n pictures; rows without a face are 0.

    Attributes:
        files: Their names as given.
        embeddings: (n, 128) float32, unit length: of the face as all its looks have it (engine/looks.py).
        found: (n,) bool, whether the picture could be read and shows a face.
        attributes: (n, labels) float32 probabilities by task ("age", "ethnicity").
        labels: The labels of each task, in the order of the columns.
        network: Which network looked, "mobilenet:int8".
    """

    files: tuple[str, ...]
    embeddings: Floats
    found: NDArray[np.bool_]
    attributes: dict[str, Floats]
    labels: dict[str, tuple[str, ...]]
    network: str

    def as_npz(self) -> bytes:
        """The arrays as the bytes of an .npz file."""
        arrays: dict[str, Any] = {
            "files": np.array(self.files, dtype=np.str_),
            "embeddings": self.embeddings,
            "found": self.found,
            "network": np.array(self.network),
            **self.attributes,
            **{f"{task}_labels": np.array(labels) for task, labels in self.labels.items()},
        }
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        return buffer.getvalue()


class _Looker:
    """One thread's own detector and network."""

    def __init__(self, card: Card, file: NetworkFile) -> None:
        self._detector = Mtcnn.load(min_face_px=SMALLEST_FACE_PX)
        self._network = MultiTaskNetwork.load(card, file)

    def look(self, path: str) -> TaskOutputs | None:
        """What the network says of the largest face; None without a picture or a face."""
        image = _picture(Path(path))
        if image is None:
            return None
        faces = faces_in_photograph(self._detector, image)
        if not faces:
            return None
        return infer_in_full(self._network, align(image, max(faces, key=_area).landmarks))


def _area(face: Detection) -> float:
    return float(np.prod(face.box[2:] - face.box[:2]))


def _picture(path: Path) -> Image | None:
    """A picture, at most 2000 pixels long; None when it cannot be read."""
    try:
        return shrunk(read_picture(path))
    except SourceError:
        return None


class Embedder:
    """Looks at many pictures, on every core.

    Args:
        card: The network.
        file: In which precision.
        workers: How many pictures at a time; by default one per core.
    """

    def __init__(self, card: Card, file: NetworkFile, *, workers: int | None = None) -> None:
        self._card = card
        self._key = card.key(file)
        self._lookers: SimpleQueue[_Looker] = SimpleQueue()
        self._workers = workers or os.cpu_count() or 1
        for _ in range(self._workers):
            self._lookers.put(_Looker(card, file))

    @classmethod
    def load(cls, settings: Settings, catalogue: Catalogue) -> "Embedder":
        """Loads the network that the settings name.

        Raises:
            ModelError: It is missing or damaged.
        """
        return cls(*catalogue.find(settings.network))

    def embed(self, files: Sequence[str], *, progress: bool = False) -> Embeddings:
        """Looks at each picture in turn.

        Args:
            files: Paths of the pictures.
            progress: Whether to count on stderr.

        Raises:
            ModelError: A network failed.
        """
        found = np.zeros(len(files), np.bool_)
        vectors = np.zeros((len(files), EMBEDDING_SIZE), np.float32)
        attributes = {task.name: np.zeros((len(files), len(task.labels)), np.float32) for task in self._card.tasks}
        for row, outputs in enumerate(self._looks(files)):
            if progress:
                _count(row + 1, len(files))
            if outputs is not None:
                found[row] = True
                vectors[row] = outputs.embedding
                for score in outputs.tasks:
                    attributes[score.task][row] = score.probabilities
        labels = {task.name: task.labels for task in self._card.tasks}
        return Embeddings(tuple(files), vectors, found, attributes, labels, self._key)

    def _looks(self, files: Sequence[str]) -> Iterator[TaskOutputs | None]:
        with ThreadPoolExecutor(self._workers) as pool:
            jobs: list[Future[TaskOutputs | None]] = [pool.submit(self._look, file) for file in files]
            try:
                for job in jobs:
                    yield job.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _look(self, file: str) -> TaskOutputs | None:
        looker = self._lookers.get()
        try:
            return looker.look(file)
        finally:
            self._lookers.put(looker)


def _count(done: int, total: int) -> None:
    if done % 10 == 0 or done == total:
        print(f"\r{done} / {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)  # noqa: T201
