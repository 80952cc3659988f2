"""Training runs: what they leave behind is enough to go on, and to begin another one."""

import os
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="training needs PyTorch")
keras = pytest.importorskip("keras", reason="training needs Keras")

from models.checkpoint import begun_with, expect_begun_with, write_run  # noqa: E402
from models.data import Faces  # noqa: E402
from models.desk_training import DeskTraining, train_alone  # noqa: E402
from models.layers import Conv  # noqa: E402
from models.norms import attach, convolutions  # noqa: E402
from models.pretrained import start_weights  # noqa: E402
from models.settings import LossWeights, Settings  # noqa: E402
from models.start import infer, port, turn_embedding  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
START = Path("models/mobilenet/mobilenet_fp16.tflite")
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
    assert after.resume(START)
    assert after.optimiser.steps == before.optimiser.steps == 1
    assert after.infer(ROWS)["embedding"] == pytest.approx(before.infer(ROWS)["embedding"], abs=1e-5)


@pytest.mark.parametrize(
    ("changed", "start", "difference"),
    [
        ({"backbone": "mobilenet_v2"}, START, "backbone mobilenet, not mobilenet_v2"),
        ({"still": 2}, START, "--still 3, not 2"),
        ({"side_px": 128}, START, "--side-px 96, not 128"),
        ({"guide": START}, START, "--guide none, not mobilenet/mobilenet_fp16.tflite"),
        ({}, Path("first/weights.npz"), "--start mobilenet/mobilenet_fp16.tflite, not first/weights.npz"),
    ],
)
def test_what_a_run_was_begun_with_stays(
    changed: dict[str, Any], start: Path, difference: str, faces: Faces, tmp_path: Path
) -> None:
    begun, now = (
        begun_with(settings, path, faces, ROWS)
        for settings, path in ((SETTINGS, START), (replace(SETTINGS, **changed), start))
    )
    with pytest.raises(SystemExit, match=f"run was begun with {difference}: give the new run a --name of its own"):
        expect_begun_with(tmp_path / "run", begun, now)


def test_what_may_change_on_the_way_is_free(faces: Faces, tmp_path: Path) -> None:
    later = replace(SETTINGS, minutes=3.0, epochs=2, rate=1e-4, zeros=0.5, batch_size=2)
    begun = begun_with(SETTINGS, START, faces, ROWS)
    expect_begun_with(tmp_path, begun, begun_with(later, START.resolve(), faces, ROWS[::-1]))


def test_other_persons_are_another_run(faces: Faces, tmp_path: Path) -> None:
    folder, splits = tmp_path / "run", tmp_path / "splits.csv"
    first = DeskTraining(SETTINGS, faces, folder, splits)
    first.begin(START)
    first.save()
    assert DeskTraining(SETTINGS, faces, folder, splits).resume(START)
    others = replace(faces, persons=np.array(["ada", "bo", "cy"] * 2))
    with pytest.raises(SystemExit, match="begun with other training faces: give the new run a --name of its own"):
        DeskTraining(SETTINGS, others, folder, splits).resume(START)


def test_a_run_of_an_earlier_version_goes_on(faces: Faces, tmp_path: Path) -> None:
    begun(faces, tmp_path)
    path = tmp_path / "run" / "checkpoint.pt"
    state = torch.load(path, weights_only=True)
    del state["begun"]
    torch.save(state, path)
    assert DeskTraining(SETTINGS, faces, tmp_path / "run", tmp_path / "splits.csv").resume(START)


def test_a_finished_run_says_so(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("models.precision.policy", lambda: "float32")
    arguments = START, faces, tmp_path / "run", tmp_path / "splits.csv", torch.get_num_threads()
    caplog.set_level("INFO")
    train_alone(replace(SETTINGS, epochs=0), *arguments)
    assert "is finished" not in caplog.text
    train_alone(replace(SETTINGS, epochs=0), *arguments)
    assert "run is finished: its weights.npz stays; more --epochs or --minutes go on with it." in caplog.text


def test_start_weights_that_are_not_there_are_named(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.precision.policy", lambda: "float32")
    places = tmp_path / "run", tmp_path / "splits.csv", torch.get_num_threads()
    with pytest.raises(SystemExit, match=r"nowhere\.npz is not there"):
        train_alone(SETTINGS, tmp_path / "nowhere.npz", faces, *places)
    (tmp_path / "splits.csv").write_text("sha256_16,role\n" + "".join(f"{row:016x},pairs\n" for row in ROWS))
    with pytest.raises(SystemExit, match=r"splits\.csv leaves none of 6 faces for training"):
        train_alone(SETTINGS, START, faces, *places)


def test_faces_that_teach_nothing_are_refused(faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.precision.policy", lambda: "float32")
    unknown = {task: np.full(6, -1, np.int8) for task in faces.classes}
    silent = replace(faces, teacher=np.zeros((6, 128), np.float32), classes=unknown, years=np.full(6, np.nan))
    alone = replace(silent, persons=np.array(["ada"] * 6))
    with pytest.raises(SystemExit, match=r"nothing to learn from 6 faces without a teacher, .* with --teacher\."):
        train_alone(SETTINGS, START, alone, tmp_path / "run", tmp_path / "splits.csv", torch.get_num_threads())
    assert not (tmp_path / "run").exists()
    settings = replace(SETTINGS, loss=LossWeights(identity=0.0))
    with pytest.raises(ValueError, match="nothing to learn"):
        DeskTraining(settings, silent, tmp_path / "run", tmp_path / "splits.csv")
    for taught in (silent, replace(alone, classes=faces.classes), replace(alone, teacher=faces.teacher)):
        DeskTraining(SETTINGS, taught, tmp_path / "run", tmp_path / "splits.csv")


def test_nothing_but_arrays_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()

    def savez(file: IO[bytes], **arrays: Any) -> None:
        names.update(arrays)  # as NumPy 2.0, which takes every keyword for an array

    monkeypatch.setattr(np, "savez", savez)
    write_run(tmp_path, {"weights.npz": {"conv1/kernel": np.zeros(3)}})
    assert names == {"conv1/kernel"}


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
