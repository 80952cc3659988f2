"""Training runs: what they leave behind is enough to go on, and to begin another one."""

import os
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.data import Faces, read_faces  # noqa: E402
from models.desk_training import DeskTraining, Settings  # noqa: E402
from models.norms import attach  # noqa: E402
from models.pretrained import start_weights  # noqa: E402
from models.start import infer, port  # noqa: E402
from tests.models.faces import write_set  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SETTINGS = Settings("mobilenet", still=3, batch_size=4, side_px=96)
ROWS = np.arange(6)


@pytest.fixture
def faces(tmp_path: Path) -> Faces:
    write_set(tmp_path / "sets" / "mine", people=2)
    (tmp_path / "splits.csv").write_text("sha256_16,role\n")
    return read_faces(tmp_path / "sets", tmp_path / "cache")


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
