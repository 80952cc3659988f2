"""The Keras networks and their training, where Keras and PyTorch are installed."""

import os
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.batches import age_shares, epoch_batches, make_targets  # noqa: E402
from models.data import UNKNOWN, read_faces  # noqa: E402
from models.geometry import face_ellipse  # noqa: E402
from models.layers import Conv, DepthwiseConv, Largest, Smooth  # noqa: E402
from models.linear import ridge  # noqa: E402
from models.losses import distillation, identity, task_loss  # noqa: E402
from models.networks import desk_network, paper_network  # noqa: E402
from models.settings import LossWeights  # noqa: E402
from models.tasks import TASKS, Task  # noqa: E402
from tests.models.faces import write_set  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("backbone", "features"), [("mobilenet", 1024), ("mobilenet_v2", 1280), ("inception_v3", 2048)]
)
def test_each_backbone_gives_a_unit_embedding_and_its_tasks(backbone: str, features: int) -> None:
    model = desk_network(backbone)
    model.get_layer("embedding_linear").bias.assign(np.ones(128))  # features of chance weights are nearly zero
    assert model.get_layer("features").output.shape == (None, features)
    with torch.inference_mode():
        outputs = model(torch.rand(2, 128, 128, 3) * 255, training=False)
    assert set(outputs) == {"embedding", "age", "ethnicity"}
    assert outputs["embedding"].norm(dim=1).numpy() == pytest.approx(np.ones(2), abs=1e-5)
    assert outputs["age"].sum(dim=1).numpy() == pytest.approx(np.ones(2), abs=1e-5)


def test_a_further_task_is_one_entry() -> None:
    model = desk_network("mobilenet", (*TASKS, Task("liveness", ("live", "spoof"), 0.1)))
    assert model.output["liveness"].shape == (None, 2)


def test_the_papers_form_has_a_frozen_base_and_three_heads() -> None:
    model = paper_network("mobilenet", people=9)
    assert {name: output.shape[1] for name, output in model.output.items()} == {"person": 9, "age": 3, "ethnicity": 3}
    assert sum(int(np.prod(v.shape)) for v in model.trainable_variables) == 1024 * 128 + 128 + 15 * 128 + 15


@pytest.mark.parametrize("size", [(3, 4), (14, 13), (6, 6)])
def test_pools_give_what_keras_gives(size: tuple[int, int]) -> None:
    maps = torch.randn(2, *size, 5)
    average = keras.layers.AveragePooling2D(3, 1, padding="same")
    assert Smooth()(maps).numpy() == pytest.approx(average(maps).numpy(), abs=1e-6)
    assert torch.equal(Largest()(maps), keras.layers.MaxPooling2D(3, 2)(maps))


def test_an_unknown_backbone_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="mobilenet, mobilenet_v2, inception_v3, got 'vgg'"):
        desk_network("vgg")


def test_a_side_whose_strides_go_by_other_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 32, got 112"):
        desk_network("mobilenet", side_px=112)


def test_pixels_outside_the_ellipse_change_nothing() -> None:
    model = desk_network("mobilenet")
    face = RNG.integers(0, 256, (1, 128, 128, 3)).astype(np.float32)
    elsewhere = np.where(face_ellipse() == 0.0, 255.0, face).astype(np.float32)
    with torch.inference_mode():
        a, b = (model(torch.from_numpy(image))["embedding"].numpy() for image in (face, elsewhere))
    assert a == pytest.approx(b, abs=1e-6)


@pytest.mark.skipif(keras.backend.backend() != "torch", reason="compares PyTorch's short cut with Keras")
@pytest.mark.parametrize("layer", [Conv, DepthwiseConv])
@pytest.mark.parametrize("strides", [1, 2])
def test_the_quick_convolutions_compute_what_keras_does(layer: type, strides: int) -> None:
    options = {"kernel_size": 3, "strides": strides, "padding": "same", "activation": "relu6"}
    quick = layer(**({"filters": 5} if layer is Conv else {}), **options)
    plain = keras.layers.Conv2D(filters=5, **options) if layer is Conv else keras.layers.DepthwiseConv2D(**options)
    maps = torch.from_numpy(RNG.normal(size=(2, 8, 8, 4)).astype(np.float32))
    expected = plain(maps)
    quick.build(maps.shape)
    quick.set_weights([plain.get_weights()[0], np.arange(plain.bias.shape[0], dtype=np.float32)])
    plain.set_weights(quick.get_weights())
    expected = plain(maps).detach().numpy()
    assert quick(maps).detach().numpy() == pytest.approx(expected, abs=1e-5)


def test_unlabelled_faces_do_not_pull() -> None:
    probabilities = torch.tensor([[0.2, 0.3, 0.5], [0.9, 0.05, 0.05]], requires_grad=True)
    loss = task_loss(probabilities, torch.tensor([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]), torch.ones(3))
    loss.backward()
    assert probabilities.grad[0].tolist() == [0.0, 0.0, 0.0]
    unit = torch.nn.functional.normalize(torch.rand(2, 8), dim=1)
    assert float(identity(unit, torch.rand(3, 8), torch.tensor([-1, -1]), LossWeights())) == 0.0
    assert float(distillation(unit, torch.zeros(2, 8))) == 0.0


def test_ridge_finds_a_linear_answer() -> None:
    features = RNG.normal(size=(500, 6)).astype(np.float32)
    answer = RNG.normal(size=(6, 3)).astype(np.float32)
    kernel, bias = ridge(features, features @ answer + 1.0, strength=1e-4)
    assert kernel == pytest.approx(answer, abs=1e-2)
    assert bias == pytest.approx(np.ones(3), abs=1e-2)


def test_an_epoch_shows_every_face_once(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    batches = list(epoch_batches(faces, np.arange(12), batch_size=4, seed=0))
    assert sorted(np.concatenate([batch.rows for batch in batches]).tolist()) == list(range(12))
    assert batches[0].images.shape == (4, 128, 128, 3)


def test_targets_are_centred_and_single_pictures_are_no_identity(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "drawn")
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    targets = make_targets(faces, np.arange(10), TASKS)
    assert np.linalg.norm(targets.embedding, axis=1) == pytest.approx(np.ones(12), abs=1e-3)
    assert targets.identity[:3].tolist() == [0, 0, 0]
    assert targets.identity[9] == UNKNOWN  # the only picture of its person in training
    assert targets.tasks["age"][:3].argmax(axis=1).tolist() == [0, 1, 2]
    assert targets.tasks["ethnicity"][:4].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]


def test_an_age_near_a_bound_belongs_to_both_groups() -> None:
    shares = age_shares(np.array([2.0, 29.0, 30.0, 42.0, 54.5, 90.0], np.float32))
    assert shares.sum(axis=1) == pytest.approx(np.ones(6))
    assert shares.argmax(axis=1)[[0, 1, 2, 3, 5]].tolist() == [0, 0, 1, 1, 2]
    assert shares[1, 0] == pytest.approx(shares[2, 1])
    assert shares[4, 1] == pytest.approx(0.5, abs=1e-3)
    assert shares[[0, 3, 5]].max(axis=1).min() > 0.99
