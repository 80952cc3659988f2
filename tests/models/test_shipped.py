"""The networks that ship: whole, honest about themselves, and blind to everything but the face."""

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.catalogue import Card, NetworkFile, read_card
from engine.paths import shipped_models
from models.data import read_faces
from models.geometry import face_ellipse
from models.inference import file_inference
from models.parity import Parity, operations_outside_xnnpack

NAMES = ("mobilenet", "mobilenet_v2", "inception_v3")


def cards() -> list[Card]:
    paths = [shipped_models() / name / "card.toml" for name in NAMES]
    found = [read_card(path) for path in paths if path.exists()]
    return [card for card in found if card is not None]


FILES = [pytest.param(card, file, id=card.key(file)) for card in cards() for file in card.files]


@pytest.mark.parametrize(("card", "file"), FILES)
def test_a_file_is_the_one_on_its_card(card: Card, file: NetworkFile) -> None:
    content = file.path.read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size_bytes, file.sha256)


@pytest.mark.parametrize(("card", "file"), FILES)
def test_outputs_are_a_unit_embedding_and_probabilities(card: Card, file: NetworkFile) -> None:
    crops = np.random.default_rng(0).integers(0, 256, (3, 128, 128, 3), dtype=np.uint8)
    outputs = file_inference(file.path)(crops)
    assert set(outputs) == {"embedding", *(task.name for task in card.tasks)}
    assert np.linalg.norm(outputs["embedding"], axis=1) == pytest.approx(np.ones(3), abs=1e-3)
    for task in card.tasks:
        assert outputs[task.name].sum(axis=1) == pytest.approx(np.ones(3), abs=1e-2)


@pytest.mark.parametrize("card", [pytest.param(card, id=card.name) for card in cards()])
def test_a_card_names_the_outputs_and_tells_what_agrees_with_keras(card: Card) -> None:
    values = tomllib.loads((card.folder / "card.toml").read_text(encoding="utf-8"))
    tasks = [task.name for task in card.tasks]
    assert values["outputs"] == ["embedding", *tasks]
    for file in card.files:
        said = values["parity"][file.precision]
        shares = {task: said[f"same_{task}"] for task in tasks}
        cosine = said["embedding_cosine"]
        assert Parity(file.precision, said["crops"], cosine, cosine, shares).section() == said


@pytest.mark.parametrize(("card", "file"), FILES)
def test_xnnpack_runs_every_operation(card: Card, file: NetworkFile) -> None:
    assert operations_outside_xnnpack(file.path) == ()


@pytest.mark.parametrize("card", [pytest.param(card, id=card.name) for card in cards()])
def test_5000_strangers_ship_with_each_network(card: Card) -> None:
    with np.load(card.cohort_file) as stored:
        strangers = stored["embeddings"]
    assert (strangers.shape, strangers.dtype) == ((5000, 128), np.dtype(np.float16))
    assert np.linalg.norm(strangers.astype(np.float32), axis=1) == pytest.approx(np.ones(5000), abs=2e-3)


@pytest.fixture(scope="module")
def faces(shared_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.uint8]:
    return read_faces(shared_faces, tmp_path_factory.mktemp("cache"), ["asian_portraits"]).middle(range(0, 400, 20))


@pytest.mark.parametrize(("card", "file"), FILES)
def test_another_background_hardly_changes_the_embedding(
    card: Card, file: NetworkFile, faces: NDArray[np.uint8]
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, faces.shape, dtype=np.uint8)
    elsewhere = np.where(face_ellipse() == 0.0, noise, faces)
    infer = file_inference(file.path)
    cosine = (infer(faces)["embedding"] * infer(elsewhere)["embedding"]).sum(axis=1)
    assert cosine.min() > 0.98
