"""The command line as a user and other programs see it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result

from engine.boxes import iou
from engine.cli import cli
from engine.paths import PROGRAM_ROOT, resources, shipped_models

DEMO = str(resources() / "demo.mp4")


@pytest.fixture
def demo_picture(tmp_path: Path) -> Path:
    """The demo clip's first frame: one face."""
    capture = cv2.VideoCapture(DEMO)
    _, image = capture.read()
    capture.release()
    path = tmp_path / "first.png"
    cv2.imwrite(str(path), image)
    return path


@pytest.fixture
def short_clip(tmp_path: Path) -> Path:
    """The demo clip's first second: one face that comes nearer."""
    capture = cv2.VideoCapture(DEMO)
    path = tmp_path / "short.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 480))
    for _ in range(24):
        writer.write(capture.read()[1])
    writer.release()
    capture.release()
    return path


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--data-dir", str(data), *arguments])


def lines_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def overlap(box: Sequence[float], reference: Sequence[float]) -> float:
    return float(iou(np.array([box], np.float32), np.array([reference], np.float32))[0, 0])


def start(data: Path, *arguments: str) -> "subprocess.Popen[str]":
    """The command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "--data-dir", str(data), *arguments],
        cwd=PROGRAM_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class TestAnalyse:
    def test_each_frame_is_a_line_with_the_face_where_it_is(self, tmp_path: Path, short_clip: Path) -> None:
        lines = lines_of(run(tmp_path, "analyse", str(short_clip), "--json"))
        assert [line["frame"] for line in lines] == list(range(24))
        assert [line["time_ms"] for line in lines[:3]] == [0.0, 40.0, 80.0]
        assert {face["track"] for line in lines for face in line["faces"]} == {1}
        assert all(len(line["faces"]) == 1 for line in lines)
        first = lines[0]["faces"][0]
        assert set(first) == {"track", "box", "landmarks", "score", "identity", "age", "ethnicity"}
        nose = first["landmarks"][2]
        assert np.abs(np.array(nose) - (297.9, 223.7)).max() < 4
        assert overlap(first["box"], (245.6, 140.6, 351.5, 280.3)) > 0.8
        assert first["identity"] == {"state": "unknown", "name": None, "probability": 0.0}
        assert {first["age"]["label"]} <= {"young", "adult", "old"}
        assert {first["ethnicity"]["label"]} <= {"asian", "white", "black"}
        assert 0 < lines[0]["times_ms"]["networks"] < lines[0]["times_ms"]["total"]

    @pytest.mark.parametrize("way", [[], ["--every-frame"]])
    def test_two_runs_say_the_same(self, tmp_path: Path, short_clip: Path, way: list[str]) -> None:
        runs = [lines_of(run(tmp_path, "analyse", str(short_clip), "--json", *way)) for _ in range(2)]
        for lines in runs:
            for line in lines:
                line.pop("times_ms")
        assert runs[0] == runs[1]

    def test_every_frame_means_the_whole_cascade_on_every_frame(self, tmp_path: Path, short_clip: Path) -> None:
        lines = lines_of(run(tmp_path, "analyse", str(short_clip), "--json", "--every-frame"))
        assert all(line["times_ms"]["detect"] > 0 and line["times_ms"]["embed"] > 0 for line in lines)
        followed = lines_of(run(tmp_path, "analyse", str(short_clip), "--json"))
        assert sum(line["times_ms"]["detect"] > 0 for line in followed) < 6

    def test_for_people_a_line_reads_as_text(self, tmp_path: Path, demo_picture: Path) -> None:
        line = run(tmp_path, "analyse", str(demo_picture)).stdout
        assert line.startswith("frame     0     0.00 s")
        assert "#1 unknown" in line
        assert line.count("\n") == 1

    def test_pictures_of_a_folder_are_named_and_unreadable_ones_mentioned(
        self, tmp_path: Path, demo_picture: Path
    ) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        shutil.copy(demo_picture, folder / "b.png")
        cv2.imwrite(str(folder / "a.jpg"), np.full((200, 300, 3), 90, np.uint8))
        (folder / "c.jpg").write_bytes(b"not a picture")
        result = run(tmp_path, "analyse", str(folder), "--json")
        assert [(line["file"], len(line["faces"])) for line in lines_of(result)] == [("a.jpg", 0), ("b.png", 1)]
        assert "c.jpg" in result.stderr

    def test_lines_come_as_they_are_made_and_a_closed_pipe_is_no_error(self, tmp_path: Path) -> None:
        process = start(tmp_path, "analyse", "demo", "--json")
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["frame"] == 0
        assert process.poll() is None
        process.stdout.close()
        assert process.stderr.read() == ""
        process.stderr.close()
        assert process.wait(30) == 0

    @pytest.mark.parametrize(
        ("source", "says"),
        [("nowhere.mp4", "There is no file or folder nowhere.mp4."), ("camera:no", "is not a source")],
    )
    def test_what_cannot_be_opened_is_said_in_a_sentence(self, tmp_path: Path, source: str, says: str) -> None:
        result = run(tmp_path, "analyse", source)
        assert result.exit_code == 1
        assert says in result.stderr
        assert "Traceback" not in result.stderr
        assert result.stdout == ""

    def test_an_unknown_network_names_those_there_are(self, tmp_path: Path, demo_picture: Path) -> None:
        result = run(tmp_path, "analyse", str(demo_picture), "--model", "resnet")
        assert result.exit_code == 1
        assert "resnet" in result.stderr
        assert "mobilenet" in result.stderr

    def test_a_damaged_settings_file_is_named(self, tmp_path: Path, demo_picture: Path) -> None:
        (tmp_path / "settings.json").write_text("{", encoding="utf-8")
        result = run(tmp_path, "analyse", str(demo_picture))
        assert result.exit_code == 1
        assert str(tmp_path / "settings.json") in result.stderr


class TestEmbed:
    def test_one_row_per_file_in_the_order_given(self, tmp_path: Path, demo_picture: Path) -> None:
        empty, broken = tmp_path / "empty.png", tmp_path / "broken.jpg"
        cv2.imwrite(str(empty), np.full((300, 300, 3), 120, np.uint8))
        broken.write_bytes(b"not a picture")
        files = [str(broken), str(demo_picture), str(empty), str(demo_picture), str(tmp_path / "gone.jpg")]
        target = tmp_path / "out.npz"
        result = run(tmp_path, "embed", *files, "--out", str(target))
        assert result.exit_code == 0, result.stderr
        assert "2 of 5 pictures show a face." in result.stderr
        with np.load(target) as arrays:
            assert list(arrays["files"]) == files
            assert list(arrays["found"]) == [False, True, False, True, False]
            assert arrays["embeddings"].shape == (5, 128)
            assert arrays["embeddings"].dtype == np.float32
            assert np.linalg.norm(arrays["embeddings"], axis=1) == pytest.approx([0, 1, 0, 1, 0], abs=1e-5)
            assert np.array_equal(arrays["embeddings"][1], arrays["embeddings"][3])
            assert arrays["age"].sum(axis=1) == pytest.approx([0, 1, 0, 1, 0], abs=1e-5)
            assert arrays["ethnicity"].shape == (5, 3)
            assert list(arrays["age_labels"]) == ["young", "adult", "old"]

    def test_the_largest_face_counts(self, tmp_path: Path, demo_picture: Path) -> None:
        large = cv2.imread(str(demo_picture))
        assert large is not None
        both = np.full((480, 900, 3), 150, np.uint8)
        both[:, :640] = large
        both[100:292, 640:896] = cv2.resize(large[:, ::-1], (256, 192), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(tmp_path / "both.png"), both)
        run(tmp_path, "embed", str(demo_picture), str(tmp_path / "both.png"), "--out", str(tmp_path / "o.npz"))
        with np.load(tmp_path / "o.npz") as arrays:
            alone, larger = arrays["embeddings"]
        assert float(alone @ larger) > 0.98

    def test_a_list_stands_for_its_lines(self, tmp_path: Path, demo_picture: Path) -> None:
        (tmp_path / "list.txt").write_text(f"{demo_picture}\n\n{tmp_path}/gone.jpg\n", encoding="utf-8")
        run(tmp_path, "embed", f"@{tmp_path}/list.txt", "--out", str(tmp_path / "out.npz"))
        with np.load(tmp_path / "out.npz") as arrays:
            assert list(arrays["files"]) == [str(demo_picture), f"{tmp_path}/gone.jpg"]

    @pytest.mark.parametrize(
        ("arguments", "code", "says"),
        [
            (["@missing.txt", "--out", "o.npz"], 1, "The list missing.txt cannot be read"),
            (["a.jpg", "--out", "nowhere/o.npz"], 1, "There is no folder"),
            (["--out", "o.npz"], 2, "Missing argument"),
            (["a.jpg"], 2, "--out"),
        ],
    )
    def test_what_cannot_be_done_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        result = run(tmp_path, "embed", *arguments)
        assert result.exit_code == code
        assert says in result.stderr
        assert not list(tmp_path.glob("*.npz"))


class TestModels:
    def test_every_network_and_precision_is_listed(self, tmp_path: Path) -> None:
        records = json.loads(run(tmp_path, "models", "--json").stdout)
        names = [record["name"] for record in records]
        cards = [card.parent.name for card in shipped_models().glob("*/card.toml") if card.parent.name != "mtcnn"]
        assert {name.partition(":")[0] for name in names} == set(cards)
        assert {"mobilenet:fp16", "mobilenet:int8"} <= set(names)
        assert all(Path(record["path"]).stat().st_size == record["bytes"] for record in records)
        assert all(record["terms"] for record in records)

    def test_the_chosen_one_has_a_star(self, tmp_path: Path) -> None:
        table = run(tmp_path, "models").stdout
        starred = [line.split()[1] for line in table.splitlines() if line.strip().startswith("*")]
        assert starred == ["mobilenet:int8"]

    def test_a_card_that_cannot_be_read_is_mentioned(self, tmp_path: Path) -> None:
        card = tmp_path / "models" / "mine" / "card.toml"
        card.parent.mkdir(parents=True)
        card.write_text("kind =", encoding="utf-8")
        result = run(tmp_path, "models")
        assert result.exit_code == 0
        assert "mine/card.toml" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["analyse"], ["analyse", "demo", "--jsn"], ["paint"], ["bench", "--against", "x"]]
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    assert run(tmp_path, *arguments).exit_code == 2


def test_the_data_folder_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.json").write_text('{"network": "mobilenet:fp16"}', encoding="utf-8")
    monkeypatch.setenv("FACEDESK_DATA_DIR", str(tmp_path))
    assert "* mobilenet:fp16" in CliRunner().invoke(cli, ["models"]).stdout


def test_three_walkers_are_three_steady_tracks(tmp_path: Path, shared_media: Path) -> None:
    clip = shared_media / "face-demographics-walking-and-pause.gif"
    lines = lines_of(run(tmp_path, "analyse", str(clip), "--json"))
    widths = [{face["track"]: face["box"][2] - face["box"][0] for face in line["faces"]} for line in lines]
    together = [frame for frame in widths if sum(width >= 40 for width in frame.values()) == 3]
    assert len(together) >= 20
    assert {tuple(sorted(frame)) for frame in together} == {(1, 2, 3)}


def test_one_man_at_the_desk_is_one_track_with_one_label(tmp_path: Path, shared_media: Path) -> None:
    lines = lines_of(run(tmp_path, "analyse", str(shared_media / "desk_one_man.mkv"), "--json"))
    labels = {
        (face["track"], face["age"]["label"], face["ethnicity"]["label"])
        for line in lines[2:]
        for face in line["faces"]
    }
    assert len(lines) == 52
    assert all(len(line["faces"]) == 1 for line in lines)
    assert len(labels) == 1
