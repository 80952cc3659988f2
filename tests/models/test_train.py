"""Training runs: what they leave behind is enough to go on, and to begin another one."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.data import Faces  # noqa: E402
from models.desk_training import DeskTraining, Settings  # noqa: E402
from models.norms import attach  # noqa: E402
from models.pretrained import start_weights  # noqa: E402
from models.start import infer, port  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SETTINGS = Settings("mobilenet", still=3, batch_size=4, side_px=96)
ROWS = np.arange(6)


def begun(faces: Faces, folder: Path) -> DeskTraining:
    """A run of six faces that has made one step."""
    training = DeskTraining(SETTINGS, faces, folder / "run", folder / "splits.csv")
    training.norms = attach(training.model, lambda: training.infer(ROWS))
    training._run_epoch()
    training.save()
    return training


def test_a_run_goes_on_where_it_stood(faces: Faces, tmp_path: Path) -> None:
    before = begun(faces, tmp_path)
    after = DeskTraining(SETTINGS, faces, tmp_path / "run", tmp_path / "splits.csv")
    assert after.resume()
    assert after.optimiser.steps == before.optimiser.steps == 1
    assert after.infer(ROWS)["embedding"] == pytest.approx(before.infer(ROWS)["embedding"], abs=1e-5)


def test_another_run_begins_with_its_averages_at_any_side(faces: Faces, tmp_path: Path) -> None:
    first = begun(faces, tmp_path)
    with first.optimiser.averaged():
        averaged = first.infer(ROWS)["embedding"]
    second = DeskTraining(SETTINGS, faces, tmp_path / "second", tmp_path / "splits.csv")
    port(second.model, start_weights("mobilenet", tmp_path / "run" / "weights.npz"))
    assert second.infer(ROWS)["embedding"] == pytest.approx(averaged, abs=1e-3)
    full = DeskTraining(Settings("mobilenet"), faces, tmp_path / "full", tmp_path / "splits.csv")
    port(full.model, start_weights("mobilenet", tmp_path / "run" / "weights.npz"))
    assert infer(full.model, faces, ROWS)["embedding"].shape == (6, 128)


def test_norms_know_the_side_at_which_the_weights_learned(faces: Faces, tmp_path: Path) -> None:
    begun(faces, tmp_path)
    start = tmp_path / "run" / "weights.npz"
    spread = {}
    for side_px, start_side_px in ((96, None), (128, 96), (128, None)):
        settings = replace(SETTINGS, side_px=side_px, start_side_px=start_side_px)
        run = DeskTraining(settings, faces, tmp_path / f"{side_px}_{start_side_px}", tmp_path / "splits.csv")
        run.begin(start)
        spread[side_px, start_side_px] = run.norms[0].variance
    assert torch.equal(spread[128, 96], spread[96, None])
    assert not torch.allclose(spread[128, None], spread[96, None], rtol=0.01)
