import json
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import engine.pnet
import engine.pyramid
from engine.boxes import iou
from engine.errors import ModelError
from engine.mtcnn import Mtcnn
from engine.paths import shipped_models
from engine.pyramid import Pyramid, levels
from engine.types import Detection, Floats, Image

GOLDENS = Path(__file__).parent / "goldens" / "mtcnn.json"


@lru_cache(maxsize=2)
def frames(path: Path) -> list[Image]:
    if path.suffix == ".jpg":
        return [photograph(path)]
    clip = cv2.VideoCapture(str(path))
    found = []
    while (frame := clip.read())[0]:
        found.append(np.asarray(cv2.cvtColor(frame[1], cv2.COLOR_BGR2RGB), np.uint8))
    return found


def photograph(path: Path) -> Image:
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)


def box_overlaps(faces: tuple[Detection | None, ...], others: tuple[Detection, ...]) -> Floats:
    assert faces
    assert None not in faces
    first = np.array([face.box for face in faces if face])
    return np.asarray(iou(first, np.array([face.box for face in others])), np.float32)


@pytest.fixture(scope="module")
def detector() -> Mtcnn:
    return Mtcnn.load()


def golden_pictures() -> Iterator[dict[str, Any]]:
    yield from json.loads(GOLDENS.read_text())["pictures"]


def test_finds_what_the_package_finds(shared_media: Path) -> None:
    detector = Mtcnn.load(min_face_px=20)
    distances = []
    for picture in golden_pictures():
        image = frames(shared_media / picture["file"])[picture["frame"]]
        faces, wanted = detector.detect(image), picture["faces"]
        where = f"{picture['file']} frame {picture['frame']}"
        assert len(faces) == len(wanted), where
        overlaps = iou(np.array([face.box for face in faces]), np.array([face["box"] for face in wanted]))
        partners = overlaps.argmax(axis=1)
        assert sorted(partners.tolist()) == list(range(len(wanted))), where
        for face, partner in zip(faces, partners, strict=True):
            golden = wanted[int(partner)]
            assert face.score == pytest.approx(golden["score"], abs=0.02), where
            distances.append(np.abs(face.box - golden["box"]).max())
            distances.append(np.abs(face.landmarks - golden["landmarks"]).max())
    assert len(distances) > 200
    assert np.median(distances) < 1
    assert max(distances) < 3


def test_best_face_first(detector: Mtcnn, shared_media: Path) -> None:
    scores = [face.score for face in detector.detect(photograph(shared_media / "obama_and_biden.jpg"))]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)
    assert all(0.8 < score <= 1 for score in scores)


def test_an_empty_room_has_no_faces(detector: Mtcnn) -> None:
    assert detector.detect(np.full((480, 640, 3), 127, np.uint8)) == ()
    assert detector.detect(np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)) == ()


@pytest.mark.parametrize("shape", [(1, 1), (10, 10), (12, 700), (39, 39), (40, 40), (67, 41)])
@pytest.mark.parametrize("min_face_px", [20, 40])
def test_tiny_pictures_have_no_faces(detector: Mtcnn, shape: tuple[int, int], min_face_px: int) -> None:
    detector = Mtcnn.load(min_face_px=min_face_px)
    assert detector.detect(np.full((*shape, 3), 90, np.uint8)) == ()
    assert detector.detect(np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)) == ()


def test_a_grey_picture_is_taken(detector: Mtcnn, shared_media: Path) -> None:
    image = photograph(shared_media / "obama.jpg")
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    assert box_overlaps(detector.detect(grey), detector.detect(image)).max() > 0.8


def test_a_view_of_a_picture_is_taken(detector: Mtcnn, shared_media: Path) -> None:
    image = photograph(shared_media / "obama.jpg")
    plain = detector.detect(image)
    view = np.ascontiguousarray(image[:, :, ::-1])[:, :, ::-1]
    view.flags.writeable = False
    (face,) = detector.detect(view)
    np.testing.assert_array_equal(face.landmarks, plain[0].landmarks)


@pytest.mark.parametrize(
    "image",
    [np.zeros((480, 640, 3), np.float32), np.zeros((480, 640, 4), np.uint8), np.zeros((0, 640, 3), np.uint8)],
)
def test_what_is_no_picture_is_refused(detector: Mtcnn, image: Image) -> None:
    with pytest.raises(ValueError, match=r"Expected an image of \(H, W, 3\) uint8, got"):
        detector.detect(image)


def test_a_face_at_the_edge_stays_inside(detector: Mtcnn, shared_media: Path) -> None:
    image = frames(shared_media / "desk_one_man.mkv")[0]
    (whole,) = detector.detect(image)
    cut_off = int(whole.box[0] + 0.3 * whole.width_px)
    (face,) = detector.detect(np.ascontiguousarray(image[:, cut_off:]))
    assert face.box[0] == 0
    assert face.box[2] + cut_off == pytest.approx(whole.box[2], abs=6)


def test_the_smallest_face_can_be_chosen(shared_media: Path) -> None:
    image = frames(shared_media / "desk_one_man.mkv")[0]
    detector = Mtcnn.load(min_face_px=40)
    (face,) = detector.detect(image)
    detector.min_face_px = 200
    assert detector.detect(image) == ()
    detector.min_face_px = 40
    np.testing.assert_array_equal(detector.detect(image)[0].box, face.box)
    with pytest.raises(ValueError, match="12 or more, got 8"):
        Mtcnn.load(min_face_px=8)


def test_the_same_picture_gives_the_same_faces(shared_media: Path) -> None:
    image = photograph(shared_media / "two_people.jpg")
    for threads in (1, 2):
        detector = Mtcnn.load(threads=threads)
        first, second = detector.detect(image), detector.detect(image)
        assert len(first) == len(second) == 2
        for face, again in zip(first, second, strict=True):
            np.testing.assert_array_equal(face.box, again.box)
            np.testing.assert_array_equal(face.landmarks, again.landmarks)
            assert face.score == again.score


def test_a_large_picture_is_only_looked_at_in_another_way(shared_media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = photograph(shared_media / "obama_and_biden.jpg")
    faces = Mtcnn.load(min_face_px=20).detect(image)
    monkeypatch.setattr(engine.pyramid, "_MOST_KEPT_PX", 1)
    monkeypatch.setattr(engine.pyramid, "_MOST_BAND_PX", 50_000)
    monkeypatch.setattr(engine.pnet, "_MOST_PX", 20_000)
    again = Mtcnn.load(min_face_px=20).detect(image)
    assert len(again) == len(faces) >= 2
    for one, other in zip(faces, again, strict=True):
        np.testing.assert_allclose(one.box, other.box, atol=0.05)
        np.testing.assert_allclose(one.landmarks, other.landmarks, atol=0.05)


def test_a_photograph_of_12_megapixels(detector: Mtcnn, shared_media: Path) -> None:
    image = photograph(shared_media / "obama.jpg")
    large = np.asarray(cv2.resize(image, (3000, 4000), interpolation=cv2.INTER_CUBIC), np.uint8)
    (small,) = detector.detect(image)
    best = detector.detect(large)[0]
    scale = np.array([3000 / image.shape[1], 4000 / image.shape[0]] * 2)
    np.testing.assert_allclose(best.box / scale, small.box, atol=0.1 * small.width_px)


@pytest.mark.parametrize("size", [(480, 640), (203, 337)])
def test_a_level_holds_the_means_of_areas(size: tuple[int, int]) -> None:
    image = np.random.default_rng(5).integers(0, 256, (*size, 3), np.uint8)
    pyramid = Pyramid(*size, min_face_px=30)
    made = list(pyramid.build(image))
    assert len(made) == len(pyramid.levels) > 3
    for level, pixels in zip(pyramid.levels, made, strict=True):
        wanted = cv2.resize(image.astype(np.float32), (level.width, level.height), interpolation=cv2.INTER_AREA)
        np.testing.assert_allclose(pixels, wanted, atol=0.01)


def test_the_levels_are_those_of_the_package() -> None:
    assert [(level.height, level.width) for level in levels(480, 640, 20)] == [
        (288, 384), (204, 272), (144, 193), (102, 136), (72, 97), (51, 68), (36, 48), (25, 34), (18, 24), (13, 17),
    ]  # fmt: skip
    for min_face_px in (20, 33, 40, 100, 400):
        for level in levels(720, 1280, min_face_px):
            assert level.height >= 12


def test_following_stays_with_the_cascade(detector: Mtcnn, shared_media: Path) -> None:
    for name in ("desk_one_man.mkv", "desk_one_man_2.mkv"):
        images = frames(shared_media / name)
        box = np.array([detector.detect(images[0])[0].box])
        for image in images[1:]:
            followed = detector.follow(image, box)
            assert box_overlaps(followed, detector.detect(image)).max() >= 0.8
            assert followed[0]
            box = followed[0].box[None]


def test_following_comes_to_rest(detector: Mtcnn, shared_media: Path) -> None:
    image = frames(shared_media / "desk_one_man.mkv")[0]
    (face,) = detector.detect(image)
    box = face.box
    for _ in range(200):
        (again,) = detector.follow(image, box[None])
        assert again is not None
        box = again.box
    assert again is not None
    assert box_overlaps((again,), (face,)).max() > 0.85
    np.testing.assert_allclose(again.landmarks, face.landmarks, atol=3)


def test_following_says_when_a_face_is_gone(detector: Mtcnn, shared_media: Path) -> None:
    image = frames(shared_media / "desk_one_man.mkv")[0]
    (face,) = detector.detect(image)
    away = face.box + np.float32(300)
    first, second, third = detector.follow(image, np.array([away, face.box, [0, 0, 0, 0]], np.float32))
    assert first is None
    assert second is not None
    assert third is None
    assert detector.follow(np.zeros_like(image), face.box[None]) == (None,)


def test_following_many_is_following_each(detector: Mtcnn, shared_media: Path) -> None:
    image = frames(shared_media / "face-demographics-walking-and-pause.gif")[20]
    found = detector.detect(image)
    assert len(found) == 3
    many = detector.follow(image, np.concatenate([[face.box for face in found]] * 15))
    assert len(many) == 45
    for number, face in enumerate(many):
        (alone,) = detector.follow(image, found[number % 3].box[None])
        assert face
        assert alone
        np.testing.assert_allclose(face.box, alone.box, atol=0.01)


def test_following_nobody(detector: Mtcnn) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    assert detector.follow(image, np.empty((0, 4), np.float32)) == ()
    with pytest.raises(ValueError, match=r"Expected boxes of \(n, 4\), got \(4,\)"):
        detector.follow(image, np.zeros(4, np.float32))


def test_time_in_networks_is_counted_across_sizes(shared_media: Path) -> None:
    detector = Mtcnn.load()
    image = frames(shared_media / "desk_one_man.mkv")[0]
    last_ns = detector.busy_ns
    for picture in (image, np.ascontiguousarray(image[:400]), image):
        detector.detect(picture)
        assert detector.busy_ns > last_ns
        last_ns = detector.busy_ns


@pytest.mark.parametrize("name", ["pnet.tflite", "rnet.tflite", "onet.tflite", "card.toml"])
def test_a_damaged_folder_is_named(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "mtcnn"
    shutil.copytree(shipped_models() / "mtcnn", folder)
    Mtcnn.load(folder)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match=name.split(".")[0]) as caught:
        Mtcnn.load(folder)
    assert caught.value.remedy
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name.split(".")[0]):
        Mtcnn.load(folder)
