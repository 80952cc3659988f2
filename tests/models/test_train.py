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
from models.desk_training import DeskTraining  # noqa: E402
from models.layers import Conv  # noqa: E402
from models.norms import attach, convolutions  # noqa: E402
from models.pretrained import start_weights  # noqa: E402
from models.settings import Settings  # noqa: E402
from models.start import infer, port, turn_embedding  # noqa: E402

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


def test_a_run_leaves_the_zeros_that_were_asked_for(faces: Faces, tmp_path: Path) -> None:
    settings = replace(SETTINGS, zeros=0.5, epochs=1)
    training = DeskTraining(settings, faces, tmp_path / "run", tmp_path / "splits.csv")
    training.norms = attach(training.model, lambda: training.infer(ROWS))
    training._run_epoch()
    training.save()
    trimmed = [layer.kernel.path for layer in convolutions(training.model) if isinstance(layer, Conv)]
    with np.load(tmp_path / "run" / "weights.npz") as weights:
        kernels = [weights[path] for path in trimmed]
    zeros = sum(int((kernel == 0).sum()) for kernel in kernels)
    assert zeros / sum(kernel.size for kernel in kernels) == pytest.approx(0.5, abs=1e-3)


def test_an_embedding_that_was_evened_out_is_turned_back_to_the_teacher() -> None:
    rng = np.random.default_rng(0)
    model = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, name="embedding_linear")])
    faces = rng.normal(size=(400, 16)).astype(np.float32)
    wanted = model.predict(faces, verbose=0)
    layer = model.get_layer("embedding_linear")
    kernel, bias = layer.get_weights()
    evened = np.diag(np.geomspace(0.1, 10.0, 8)).astype(np.float32)
    layer.set_weights([kernel @ evened, bias @ evened])
    before = cosines(model.predict(faces, verbose=0), wanted)
    turn_embedding(model, faces, wanted)
    assert cosines(model.predict(faces, verbose=0), wanted).mean() > before.mean() + 0.1


def test_few_faces_hardly_turn_an_embedding_that_agrees_with_the_teacher() -> None:
    rng = np.random.default_rng(1)
    model = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, name="embedding_linear")])
    faces, others = rng.normal(size=(2, 20, 16)).astype(np.float32)
    wanted = model.predict(others, verbose=0)
    turn_embedding(model, faces, model.predict(faces, verbose=0))
    assert cosines(model.predict(others, verbose=0), wanted).min() > 0.999


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Of each row, (rows,)."""
    sizes = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.asarray((left * right).sum(axis=1) / sizes)
