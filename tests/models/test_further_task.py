"""A task that was added later, which networks trained before do not answer."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.evaluate import main
from models.evaluation import classify
from models.inference import Infer
from models.tasks import TASKS, Task
from tests.models.faces import write_set

EMOTION = Task("emotion", ("calm", "glad"), weight=0.5)


def earlier(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
    """Answer what the shipped networks do."""
    answers = np.tile(np.array([0, 1, 0], np.float32), (len(images), 1))
    return {"embedding": np.eye(len(images), 128, dtype=np.float32), "age": answers, "ethnicity": answers}


def later(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
    """Answer the further task too: everybody is glad."""
    return earlier(images) | {"emotion": np.tile(np.array([0, 1], np.float32), (len(images), 1))}


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six faces, one of them known to be glad, all kept out of training."""
    write_set(tmp_path / "sets" / "drawn", people=2)
    table = tmp_path / "sets" / "drawn" / "labels.csv"
    header, first, *others = table.read_text().splitlines()
    table.write_text("\n".join([f"{header},emotion", f"{first},glad", *(f"{line}," for line in others)]))
    kept = "".join(f"{number:016x},attributes\n" for number in range(6))
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{kept}")
    networks: dict[str, Infer] = {"earlier": earlier, "later": later}
    monkeypatch.setattr("models.evaluate.networks", lambda options: networks)
    monkeypatch.setattr("models.data.TASKS", (*TASKS, EMOTION))
    monkeypatch.setitem(classify.LABELS, EMOTION.name, EMOTION.labels)
    return tmp_path / "sets"


def classified(sets: Path, *options: str) -> None:
    places = "--faces", str(sets), "--splits", str(sets.parent / "splits.csv"), "--cache", str(sets.parent / "cache")
    main(["classify", "--network", "earlier", "later", *places, *options])


def test_a_network_is_measured_on_the_tasks_that_it_answers(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classified(sets)
    before, after = capsys.readouterr().out.split("### later")
    assert "| group | images | age | ethnicity | FMR at 0.5" in before
    assert "glad" not in before
    assert "| group | images | age | ethnicity | emotion | FMR at 0.5" in after
    assert "1 images, accuracy 100.0%" in after


def test_one_picture_shows_what_all_of_them_answer(sets: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    classified(sets, "--picture", str(tmp_path / "picture.png"))
    assert (tmp_path / "picture.png").is_file()
