"""Batch norms while training: they change nothing when attached, and nothing when folded away."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.networks import desk_network  # noqa: E402
from models.norms import attach, attach_known, convolutions, hold_still, trained, without_norms  # noqa: E402
from models.precision import trains_in_bfloat16  # noqa: E402

Floats = NDArray[np.float32]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def images() -> Any:
    return torch.from_numpy(np.random.default_rng(0).uniform(0, 255, (8, 128, 128, 3)).astype(np.float32))


def embeddings(model: Any, images: Any, *, training: bool = False) -> Floats:
    with torch.no_grad():
        return model(images, training=training)["embedding"].numpy().copy()  # type: ignore[no-any-return]


@pytest.mark.parametrize("backbone", ["mobilenet", "mobilenet_v2", "inception_v3"])
def test_attached_norms_change_nothing_and_fold_away(backbone: str, images: Any) -> None:
    model = desk_network(backbone)
    before = embeddings(model, images)
    norms = attach(model, lambda: embeddings(model, images))
    assert embeddings(model, images) == pytest.approx(before, abs=1e-3)
    with torch.no_grad():
        for norm in norms:
            norm.scale.mul_(1.1)
            norm.mean.add_(0.01)
    changed = embeddings(model, images)
    plain = desk_network(backbone)
    weights = without_norms(model)
    for variable in plain.weights:
        variable.assign(weights[variable.path])
    assert embeddings(plain, images) == pytest.approx(changed, abs=1e-3)


def test_convolutions_held_still_are_not_trained_but_kept(images: Any) -> None:
    model = desk_network("mobilenet_v2")
    all_of_them = len(convolutions(model))
    hold_still(model, 9)
    norms = attach(model, lambda: embeddings(model, images))
    assert len(norms) == len(convolutions(model)) == all_of_them - 9
    model(images, training=True)["embedding"].sum().backward()
    assert all(tensor.grad is not None for tensor in trained(model)[:2])
    assert model.get_layer("stem").kernel.value.grad is None
    assert set(without_norms(model)) == {variable.path for variable in desk_network("mobilenet_v2").weights}


def test_running_statistics_follow_while_training(images: Any) -> None:
    model = desk_network("mobilenet")
    zeros = [(torch.zeros(layer.bias.shape), torch.ones(layer.bias.shape)) for layer in convolutions(model)]
    first = attach_known(model, zeros)[0]
    embeddings(model, images)
    assert not first.mean.any()
    embeddings(model, images, training=True)
    assert first.mean.any()


def test_bfloat16_is_for_processors_that_multiply_it(tmp_path: Path) -> None:
    flags = tmp_path / "cpuinfo"
    flags.write_text("flags : fma avx2 avx512_bf16\n")
    assert trains_in_bfloat16(flags)
    flags.write_text("flags : fma avx2\n")
    assert not trains_in_bfloat16(flags)
    assert not trains_in_bfloat16(flags / "missing")
