"""`python -m models.evaluate` from pictures to table, with a detector and a network that are quick."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.mtcnn import Mtcnn
from models.data import Faces, read_faces
from models.evaluate import main
from models.evaluation import paper_tables
from models.evaluation.latency import Latency
from models.evaluation.paper import TASKS, Outcome
from models.evaluation.subject import Subject, read_refused
from models.inference import Infer
from tests.models.faces import drawn_face, write_set
from tests.models.test_prepare import OneFace

Evaluate = Callable[..., str]


def by_colour(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
    """Tell faces apart by the colour of their corner, which the pictures of a person share here."""
    corners = images[:, 2:8, 2:8].reshape(len(images), -1, 3).mean(axis=1) - 127.0
    embedding = (corners / np.linalg.norm(corners, axis=1, keepdims=True)).astype(np.float32)
    answers = np.tile(np.array([0, 1, 0], np.float32), (len(images), 1))
    return {"embedding": embedding, "age": answers, "ethnicity": answers}


def draw(folder: Path, person: str, pictures: int, corner: tuple[int, int, int]) -> None:
    (folder / person).mkdir(parents=True)
    for number in range(1, pictures + 1):
        image = drawn_face(100 * len(list(folder.iterdir())) + number)
        image[:30, :30] = corner
        cv2.imwrite(str(folder / person / f"{person}_{number:04d}.png"), image)


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """Run the command on stub networks and give what it prints."""
    stubs: dict[str, Infer] = {"stub fp16": by_colour, "stub int8": by_colour}
    monkeypatch.setattr("models.evaluate.networks", lambda options: stubs)
    monkeypatch.setattr(Mtcnn, "load", OneFace)

    def run(*arguments: object) -> str:
        kind, *others = map(str, arguments)
        main([kind, "--network", "stub", "--cache", str(tmp_path / "cache"), *others])
        return capsys.readouterr().out

    return run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    corners = ((250, 5, 5), (5, 250, 5), (5, 5, 250), (250, 250, 5))
    for person, pictures, corner in zip(("ada", "bo", "cy", "di"), (4, 4, 7, 7), corners, strict=True):
        draw(folder, person, pictures, corner)
    (folder / "ada" / "ada_0005.png").write_bytes((folder / "ada" / "ada_0004.png").read_bytes())
    cv2.imwrite(str(folder / "bo" / "bo_0005.png"), np.zeros((144, 144, 3), np.uint8))
    return folder


def cells(printed: str, name: str) -> list[list[str]]:
    lines = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("|")]
    return [line[1:] for line in lines if line[0] == name]


def test_pairs_of_a_folder_of_persons(evaluate: Evaluate, photos: Path) -> None:
    printed = evaluate("pairs", "--photos", photos)
    assert "Verification on photos (2 pictures refused)" in printed
    assert "accuracy (2 folds)" in printed
    (line,) = cells(printed, "stub fp16")
    assert line[:2] == ["22", "108"]  # 6 + 6 + 21 + 21 genuine pairs, and as many impostors
    assert line[3:] == ["100.0 %", "–"]  # 177 pairs of strangers tell nothing about one in a thousand


def test_pairs_of_a_file_count_the_pictures_behind_them(evaluate: Evaluate, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "pairs.txt").write_text(
        "2 2\nada 1 5\nbo 1 2\nada 1 cy 1\nbo 1 cy 1\nbo 2 5\nbo 1 2\nada 1 bo 5\nada 1 bo 2\n"
    )
    printed = evaluate("pairs", "--photos", photos, "--pairs", tmp_path / "pairs.txt")
    assert "refused): 6 of 8 pairs; the others' pictures were refused, are not there or share" in printed
    (line,) = cells(printed, "stub int8")
    assert line[:3] == ["5", "6", "100.00 ± 0.00 %"]


def test_faces_are_looked_at_once_for_several_draws(
    evaluate: Evaluate, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def counted(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        seen.append(len(images))
        return by_colour(images)

    monkeypatch.setattr("models.evaluate.networks", lambda options: {"stub": counted})
    printed = evaluate("pairs", "--photos", photos, "--draws", 3)
    assert "refused); mean ± standard deviation over 3 draws of pairs\n" in printed
    ((images, pairs, _, *rates),) = cells(printed, "stub")
    assert (images, pairs, rates) == ("22", "108", ["100.00 ± 0.00 %", "–"])
    assert seen == [22]
    with pytest.raises(SystemExit, match="--draws and --apart need pairs that are drawn here"):
        evaluate("pairs", "--photos", photos, "--pairs", tmp_path / "pairs.txt", "--draws", 3)
    with pytest.raises(SystemExit, match="--apart needs --faces"):
        evaluate("pairs", "--photos", photos, "--apart")
    with pytest.raises(SystemExit):
        evaluate("pairs", "--photos", photos, "--draws", 0)


def test_robustness_of_unchanged_pictures_is_what_pairs_tell(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_pixels(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        raw = images[:, ::8, ::8].reshape(len(images), -1) - np.float32(120)
        return {"embedding": np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), np.float32)}

    monkeypatch.setattr("models.evaluate.networks", lambda options: {"stub": by_pixels})
    write_set(tmp_path / "mine" / "people", people=12, pictures=4)
    kept = "".join(f"{number:016x},pairs\n" for number in range(48))
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{kept}")
    sets = "--faces", tmp_path / "mine", "--splits", tmp_path / "splits.csv"
    ((images, pairs, accuracy, tar, _),) = cells(evaluate("pairs", *sets), "stub")
    unchanged, *_ = cells(evaluate("robustness", *sets), "stub")
    assert images == "48"
    assert unchanged == ["as it is", pairs, f"{float(accuracy.split()[0]):.1f} %", tar]
    assert tar not in ("0.0 %", "100.0 %")


def test_persons_with_too_few_pictures_are_left_out_of_a_row(evaluate: Evaluate, photos: Path, tmp_path: Path) -> None:
    draw(tmp_path / "others", "eve", 3, (250, 5, 250))
    printed = evaluate("identify", "--photos", photos, "--strangers", tmp_path / "others")
    assert "4 persons of photos (2 pictures refused); strangers: others (0 pictures refused)" in printed
    assert [line[:5] for line in cells(printed, "stub fp16")] == [
        ["1", "4", "90", "3 × 5", "100.0 %"],
        ["5", "2", "20", "3 × 5", "100.0 %"],
    ]
    assert cells(printed, "stub fp16")[0][5:] == ["–", "–"]  # three strangers tell nothing about one in a hundred
    assert "15 enrolled pictures: left out; expected 2 persons with more pictures than that, got 0." in printed


def test_own_sets_are_measured_by_their_own_splits(evaluate: Evaluate, tmp_path: Path) -> None:
    write_set(tmp_path / "mine" / "people", people=6)
    kept = "".join(f"{number:016x},pairs\n" for number in range(15))
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{kept}")
    arguments = "--faces", tmp_path / "mine", "--splits", tmp_path / "splits.csv"
    assert cells(evaluate("pairs", *arguments), "stub fp16")[0][0] == "15"
    with pytest.raises(SystemExit, match=r"None of the 18 faces has the role `persons` in .*splits\.csv"):
        evaluate("identify", *arguments)


def test_what_cannot_be_read_is_said_in_a_sentence(evaluate: Evaluate, photos: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="nowhere is not there"):
        evaluate("pairs", "--photos", tmp_path / "nowhere")
    with pytest.raises(SystemExit, match=r"pairs\.txt is not there"):
        evaluate("pairs", "--photos", photos, "--pairs", tmp_path / "pairs.txt")
    with pytest.raises(SystemExit, match="None of the 22 faces has a label"):
        evaluate("classify", "--photos", photos)
    with pytest.raises(SystemExit, match=r"None of the 1 pictures of .*black can be used"):
        evaluate("pairs", "--photos", black(tmp_path / "black"))


def black(folder: Path) -> Path:
    (folder / "ada").mkdir(parents=True)
    cv2.imwrite(str(folder / "ada" / "1.png"), np.zeros((144, 144, 3), np.uint8))
    return folder


def test_copies_are_read_from_what_was_refused(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_text('original,reason\n"a/2.jpg",same file as a, b/1.jpg\n"a/3.jpg",no face found\n')
    assert read_refused(path) == {"a/2.jpg": "a, b/1.jpg", "a/3.jpg": ""}


def test_pictures_that_are_not_measured_keep_their_names(faces: Faces) -> None:
    on = Subject(faces, np.array([0, 1]), "mine", {"copy.jpg": "person-0/0.jpg"})
    others = {f"person-{number // 3}/{number}.jpg": "" for number in range(2, 6)}
    assert on.unused == others | {"copy.jpg": "person-0/0.jpg"}


@pytest.mark.parametrize("kind", ["pairs", "robustness", "classify"])
def test_every_network_is_in_the_one_picture(evaluate: Evaluate, tmp_path: Path, kind: str) -> None:
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    write_set(tmp_path / "mine" / "people", people=6)
    role = "attributes" if kind == "classify" else "pairs"
    kept = "".join(f"{number:016x},{role}\n" for number in range(18))
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{kept}")
    picture = tmp_path / "drawn" / "picture.png"
    sets = "--faces", tmp_path / "mine", "--splits", tmp_path / "splits.csv"
    evaluate(kind, *sets, "--picture", picture)
    drawn = cv2.imread(str(picture))
    assert drawn is not None
    assert [path.name for path in picture.parent.iterdir()] == ["picture.png"]
    assert kind != "classify" or drawn.shape[:2] == (684, 720)  # two rows of two matrices


def test_medians_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    monkeypatch.setattr("models.evaluate.latency.measure_latency", lambda path, threads: Latency(6 / threads, 7.0, 8.0))
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "net_fp16.tflite").write_bytes(bytes(1000))
    main(
        ["latency", "--network", str(tmp_path / "net"), "--precision", "fp16", "--picture", str(tmp_path / "bars.png")]
    )
    assert cv2.imread(str(tmp_path / "bars.png")) is not None


def test_a_picture_without_matplotlib_is_refused_before_anything_is_measured(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.evaluate.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="--picture needs matplotlib"):
        evaluate("pairs", "--photos", tmp_path, "--picture", tmp_path / "a.png")


def test_the_paper_reports_both_sources_of_faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    outcome = Outcome({task: 9 * np.eye(3, dtype=np.int64) for task in TASKS}, 1.0, 2)
    outcome.counts["person"] = np.eye(9, dtype=np.int64)
    monkeypatch.setattr(paper_tables, "_look", lambda *arguments: None)
    monkeypatch.setattr(paper_tables, "_both_forms", lambda looked, chosen: {"paper": outcome, "desk": outcome})
    write_set(tmp_path / "mine" / "people", people=20)
    roles = ["persons"] * 30 + ["attributes"] * 15
    lines = "".join(f"{number:016x},{role}\n" for number, role in enumerate(roles))
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{lines}")
    faces = read_faces(tmp_path / "mine", tmp_path / "cache")
    text = paper_tables.run(Path("stub"), Path("start"), faces, tmp_path / "paper.png", tmp_path / "splits.csv")
    assert "#### desk form, age; age and ethnicity faces of training\n" in text
    assert "#### desk form, age; age and ethnicity faces never in our training\n" in text
    names = {"paper_paper.png", "paper_desk.png", "paper_paper_kept.png", "paper_desk_kept.png"}
    assert {path.name for path in tmp_path.glob("*.png")} == names


def test_what_a_table_keeps_for_training_is_not_measured(photos: Path, evaluate: Evaluate) -> None:
    lines = [f"ada/ada_{n:04d}.png,{age},{split}" for n, age, split in ((1, 40, "train"), (2, 40, "test"), (3, 70, ""))]
    (photos / "ages.csv").write_text("\n".join(["file,age,split", *lines]))
    assert "2 images, accuracy 50.0%" in evaluate("classify", "--photos", photos / "ages.csv")
