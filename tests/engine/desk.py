"""A desk for tests: a real store, and a stand-in network that sees a face as a fixed projection of its pixels
and of their mirror image."""

import os
from collections.abc import Generator, Iterable
from functools import cache
from pathlib import Path

import numpy as np

from engine.calibration import unit
from engine.capture_guide import CaptureGuide
from engine.enrolment import Enrolment
from engine.gallery import Cohort, identifier_of
from engine.keys import NO_KEYRING
from engine.looks import embed_views
from engine.paths import DataFolder
from engine.people import ConsentText
from engine.recognition import Recognition
from engine.retraining import Progress
from engine.sample_store import NetworkId
from engine.samples import FaceSample
from engine.store import Store
from engine.types import Detection, Floats, IdentityState, Image, TaskOutputs

CONSENT = ConsentText("signed on paper, folder 3")
NETWORK = NetworkId("stand-in", "first")


class Projection:
    """Crop → embedding by a fixed random projection of an 8 x 8 picture."""

    def __init__(self) -> None:
        rng = np.random.default_rng(99)
        self._weights = rng.standard_normal((192, 128)).astype(np.float32)

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one crop."""
        return TaskOutputs(self._project(crop), ())

    def _project(self, crop: Image) -> Floats:
        blocks = crop.reshape(8, 16, 8, 16, 3).mean(axis=(1, 3)).astype(np.float32)
        small = (blocks + blocks[:, ::-1]).ravel()
        return unit((small - small.mean()) @ self._weights)


class WholePicture:
    """Finds one face that fills the picture."""

    min_face_px = 40

    def detect(self, image: Image) -> tuple[Detection, ...]:
        """Finds the face; none in a black picture."""
        if not image.any():
            return ()
        height, width = image.shape[:2]
        places = np.array([(0.35, 0.4), (0.65, 0.4), (0.5, 0.57), (0.38, 0.73), (0.62, 0.73)], np.float32)
        box = np.array([0.2 * width, 0.15 * height, 0.8 * width, 0.9 * height], np.float32)
        return (Detection(box, places * np.array([width, height], np.float32), 0.999),)


@cache
def cohort() -> Cohort:
    """Strangers to the stand-in network."""
    network = Projection()
    return Cohort(NETWORK, np.stack([network.infer(crop_of(5000 + stranger, 0)).embedding for stranger in range(600)]))


def recognition() -> Recognition:
    """Detector, network and strangers, all stand-ins."""
    return Recognition(WholePicture(), Projection(), cohort())


def crop_of(person: int, look: int) -> Image:
    """One look at a made-up face: coarse blocks that are the person's, fine ones that are the look's."""
    own = np.random.default_rng(person).integers(60, 200, (8, 8, 3))
    noise = np.random.default_rng((person, look)).integers(-25, 26, (128, 128, 3))
    blocks = np.kron(own, np.ones((16, 16, 1))) + noise
    return np.asarray(np.clip(blocks, 0, 255), np.uint8)


def samples_of(person: int, count: int = 6) -> list[FaceSample]:
    """Several looks."""
    return [FaceSample(crop_of(person, look), 0.8, 0.1 * look, 0.0, "photo") for look in range(count)]


def open_store(folder: Path) -> Store:
    """The store of a folder, its key in a file."""
    os.environ[NO_KEYRING] = "1"
    return Store.open(DataFolder(folder))


def begin(store: Store, name: str, person: int, count: int = 6, consent: ConsentText = CONSENT) -> Enrolment:
    """An enrolment with its samples, ready to finish."""
    enrolment = Enrolment(store, recognition(), CaptureGuide(guided=False))
    enrolment.begin(name, consent)
    take(enrolment, person, count)
    return enrolment


def take(enrolment: Enrolment, person: int, count: int = 6) -> None:
    """Takes some looks at a made-up face."""
    for sample in samples_of(person, count):
        enrolment.guide.samples.append(sample)
        enrolment._vectors[id(sample)] = embed_views(Projection(), sample.crop)


def run(steps: Iterable[object]) -> None:
    """Runs a job to its end."""
    for _ in steps:
        pass


def finished(steps: Generator[Progress, None, int]) -> int:
    """Runs a correction to its end; its number."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return int(end.value)


def enrol(store: Store, name: str, person: int, count: int = 6, consent: ConsentText = CONSENT) -> int:
    """Enrols somebody; the number."""
    enrolment = begin(store, name, person, count, consent)
    run(enrolment.finish(accept_worse=True))
    assert enrolment.person_id is not None
    return enrolment.person_id


def look(store: Store, person: int) -> tuple[IdentityState, str | None]:
    """What the head that answers says of a new look at somebody."""
    answer = identifier_of(store, NETWORK).identify(Projection().infer(crop_of(person, 50)).embedding)
    return answer.state, answer.name


def everything(folder: Path) -> bytes:
    """All bytes of all files of a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
