"""Guided training: the student's feature maps come near the guide's, and a run goes on with what it had learned."""

import os
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.data import Faces  # noqa: E402
from models.desk_training import DeskTraining  # noqa: E402
from models.guide import PAIRS, Guide  # noqa: E402
from models.networks import desk_network  # noqa: E402
from models.norms import attach  # noqa: E402
from models.settings import Settings  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
GUIDE = Path("models/mobilenet/mobilenet_fp16.tflite")
SETTINGS = Settings("mobilenet_v2", still=3, batch_size=4, side_px=96, guide=GUIDE)


@pytest.mark.parametrize("backbone", PAIRS)
def test_the_fitted_projections_know_something_of_the_guide(faces: Faces, backbone: str) -> None:
    guide = Guide(desk_network(backbone), GUIDE)
    images = torch.from_numpy(faces.middle(np.arange(6))).float()
    guide.begin(images, images)
    loss = guide.loss(images, guide.student(images, training=False))
    assert 0.0 < loss.item() < 0.9 * len(guide.projections)


def test_the_guide_is_never_trained(faces: Faces) -> None:
    guide = Guide(desk_network("mobilenet_v2"), GUIDE)
    images = torch.from_numpy(faces.middle(np.arange(6))).float()
    guide.begin(images, images)
    guide.loss(images, guide.student(images, training=True)).backward()
    assert all(tensor.grad is not None for tensor in guide.trained)
    assert all(weight.value.grad is None for weight in guide._maps.weights)


def test_a_guided_run_goes_on_with_its_projections(faces: Faces, tmp_path: Path) -> None:
    before = DeskTraining(SETTINGS, faces, tmp_path / "run", tmp_path / "splits.csv")
    before.norms = attach(before.model, lambda: before.infer(np.arange(6)))
    images = torch.from_numpy(faces.middle(np.arange(6))).float()
    assert before.guide
    before.guide.begin(images, before._at_side(images))
    fitted = before.guide.trained[0].detach().clone()
    losses = before._run_epoch()
    before.save()
    assert losses["guide"] > 0.0
    assert not torch.equal(before.guide.trained[0], fitted)
    after = DeskTraining(SETTINGS, faces, tmp_path / "run", tmp_path / "splits.csv")
    assert after.guide
    assert after.resume(GUIDE)
    assert torch.equal(after.guide.trained[0], before.guide.trained[0])


def test_a_mobilenet_has_no_guide() -> None:
    with pytest.raises(KeyError, match="mobilenet"):
        Guide(desk_network("mobilenet"), GUIDE)
