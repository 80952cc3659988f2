"""The real window with the real networks on real clips and pictures."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.boxes import iou
from engine.errors import CameraError
from engine.paths import DataFolder, shipped_models
from engine.settings import Settings, load_settings, save_settings
from engine.sources import FrameSource, open_source
from engine.types import FrameResult
from gui.app import Facedesk, LaunchOptions
from gui.desk import Opener
from gui.engine_room import open_for_window
from gui.overlay import is_current
from gui.settings_keeper import SettingsKeeper
from tests.scripted_camera import LOST, ScriptedCamera, Step

SETTINGS = Settings(purpose="try", source="demo", network="mobilenet:int8", min_face_px=20, theme="light")
GOLDENS = Path(__file__).parents[1] / "engine" / "goldens" / "mtcnn.json"
LABEL_MS = 10_000

Launch = Callable[..., Facedesk]


class MovingCamera(ScriptedCamera):
    """Gives its pictures at the speed of a camera."""

    def read(self) -> Any:
        self._stopped.wait(0.03)
        return super().read()


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.ensure()
    return folder


@pytest.fixture
def launch(qtbot: QtBot, data: DataFolder) -> Iterator[Launch]:
    launched: list[Facedesk] = []

    def start(source: str = "demo", opener: Opener = open_for_window, **settings: Any) -> Facedesk:
        save_settings(replace(SETTINGS, source=source, **settings), data.settings_file)
        keeper = SettingsKeeper(data.settings_file)
        facedesk = Facedesk(LaunchOptions(data=data), keeper, opener=opener, cameras=lambda: ("camera:0",))
        launched.append(facedesk)
        qtbot.addWidget(facedesk.window)
        facedesk.start()
        return facedesk

    yield start
    for facedesk in launched:
        facedesk.stop()


def message(facedesk: Facedesk) -> str:
    current = facedesk.window.messages.current
    return f"{current.what} {current.remedy}".strip() if current is not None else ""


def golden_boxes(file: str) -> dict[int, list[list[float]]]:
    """The boxes that the reference gives for a picture or clip, by frame."""
    pictures = json.loads(GOLDENS.read_text())["pictures"]
    return {each["frame"]: [face["box"] for face in each["faces"]] for each in pictures if each["file"] == file}


def shown_boxes(facedesk: Facedesk) -> np.ndarray:
    """The boxes drawn in the view, as pixels of the frame, from left to right."""
    geometry = facedesk.live.view.view_geometry
    origin, scale = geometry.picture().topLeft(), geometry.scale
    boxes = []
    for shape in facedesk.live.view.shapes():
        rect = shape.rect.translated(-origin)
        boxes.append([value / scale for value in (rect.left(), rect.top(), rect.right(), rect.bottom())])
    return np.array(sorted(boxes), np.float32).reshape(-1, 4)


@pytest.mark.parametrize("picture", ["obama.jpg", "obama_and_biden.jpg", "two_people.jpg"])
def test_boxes_appear_where_the_reference_says(qtbot: QtBot, launch: Launch, shared_media: Path, picture: str) -> None:
    reference = np.array(sorted(golden_boxes(picture)[0]))
    facedesk = launch(str(shared_media / picture))
    view = facedesk.live.view
    qtbot.waitUntil(lambda: view.labels() == ["Unknown"] * len(reference), timeout=LABEL_MS)
    assert np.abs(shown_boxes(facedesk) - reference).max() <= 3.0


def test_a_clip_plays_to_its_end_with_one_label_in_the_right_place(
    qtbot: QtBot, launch: Launch, shared_media: Path
) -> None:
    goldens = golden_boxes("desk_one_man.mkv")
    facedesk = launch()
    qtbot.waitUntil(lambda: bool(facedesk.network), timeout=LABEL_MS)
    facedesk.change_settings(replace(facedesk.keeper.saved, source=str(shared_media / "desk_one_man.mkv")))
    overlaps: list[float] = []
    labels: list[list[str]] = []

    def compare(result: FrameResult) -> None:
        shown = facedesk.live.view.frame
        if shown is not None and is_current(result, shown):  # on a busy machine an answer may come too late
            labels.append(facedesk.live.view.labels())
        for box in goldens.get(result.frame.index, []):
            found = np.array([face.detection.box for face in result.faces], np.float32).reshape(-1, 4)
            overlaps.append(float(iou(found, np.array([box], np.float32)).max(initial=0.0)))

    facedesk.desk.answered.connect(compare)
    qtbot.waitUntil(lambda: facedesk.live.notice.text == "The end.", timeout=30_000)
    assert labels[3:] == [["Unknown"]] * len(labels[3:])
    assert len(labels) > 5
    assert overlaps
    assert min(overlaps) > 0.7


def test_attributes_stand_on_the_plate_when_they_are_on(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch(attributes=True)
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    (shape,) = facedesk.live.view.shapes()
    assert shape.plate is not None
    (line,) = shape.plate.details
    assert line.split()[0] in ("young", "adult", "old")
    assert "age and ethnicity are estimated" in facedesk.live.status.text()


def demo_pictures(count: int) -> list[Step]:
    with open_source("demo") as demo:
        return [frame.image for frame in islice(iter(demo.read, None), count) if frame is not None]


def test_a_camera_that_is_pulled_out_loses_its_label_and_finds_it_again(qtbot: QtBot, launch: Launch) -> None:
    pictures = demo_pictures(70)
    plugged_in = [False]
    cameras = [MovingCamera([*pictures, LOST]), MovingCamera([*pictures, "silence"])]

    def opener(source: str, settings: Settings) -> FrameSource:
        if source == "demo":
            return open_for_window(source, settings)
        if len(cameras) == 1 and not plugged_in[0]:
            raise CameraError(LOST.what, LOST.remedy)
        return cameras.pop(0)

    facedesk = launch(opener=opener)
    view, notice = facedesk.live.view, facedesk.live.notice
    qtbot.waitUntil(lambda: bool(facedesk.network), timeout=LABEL_MS)
    facedesk.change_settings(replace(facedesk.keeper.saved, source="camera:0"))
    qtbot.waitUntil(lambda: notice.text == "" and view.view_geometry.mirrored, timeout=LABEL_MS)
    qtbot.waitUntil(lambda: view.labels() == ["Unknown"], timeout=LABEL_MS)
    qtbot.waitUntil(lambda: view.dimmed and view.labels() == [], timeout=LABEL_MS)
    assert notice.text == "The camera does not answer. Trying to reach it again…"
    plugged_in[0] = True
    qtbot.waitUntil(lambda: view.labels() == ["Unknown"] and not notice.isVisible(), timeout=LABEL_MS)


def test_the_network_is_switched_while_the_clip_plays(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    facedesk = launch()
    networks: list[str] = []
    facedesk.desk.answered.connect(lambda result: networks.append(result.network))
    for key in ("mobilenet:fp16", "mobilenet:int8", "mobilenet:fp16"):
        qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
        facedesk.choose_network(key)
        qtbot.waitUntil(lambda key=key: networks[-1:] == [key], timeout=LABEL_MS)  # type: ignore[misc]
    assert message(facedesk) == ""
    qtbot.waitUntil(lambda: load_settings(data.settings_file).network == "mobilenet:fp16")
    assert "MobileNet fp16" in facedesk.live.status.text()


def test_a_corrupt_video_is_said_and_the_program_lives_on(qtbot: QtBot, launch: Launch, tmp_path: Path) -> None:
    corrupt = tmp_path / "broken.mkv"
    corrupt.write_bytes(b"\x1aE\xdf\xa3" + bytes(range(256)) * 40)
    facedesk = launch(str(corrupt))
    notice = facedesk.live.notice
    qtbot.waitUntil(lambda: "broken.mkv" in notice.text)
    assert notice.action.text() == "Retry"
    facedesk.change_settings(replace(facedesk.keeper.saved, source="demo"))
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    assert not notice.isVisible()


def test_an_empty_folder_is_said(qtbot: QtBot, launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    facedesk = launch(str(tmp_path / "empty"))
    qtbot.waitUntil(lambda: "empty" in facedesk.live.notice.text)
    assert facedesk.live.notice.action.isVisible()


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def test_with_a_network_cut_in_half_another_one_answers(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    mine = shutil.copytree(shipped_models() / "mobilenet", data.models / "mobilenet")
    cut_in_half(mine / "mobilenet_int8.tflite")
    facedesk = launch()
    qtbot.waitUntil(lambda: "mobilenet_int8.tflite" in message(facedesk), timeout=LABEL_MS)
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    assert facedesk.network != "mobilenet:int8"
    assert load_settings(data.settings_file).network == "mobilenet:int8"


def test_choosing_a_network_cut_in_half_keeps_the_old_one(qtbot: QtBot, launch: Launch, data: DataFolder) -> None:
    mine = shutil.copytree(shipped_models() / "mobilenet", data.models / "mobilenet")
    cut_in_half(mine / "mobilenet_fp16.tflite")
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    facedesk.choose_network("mobilenet:fp16")
    qtbot.waitUntil(lambda: "mobilenet_fp16.tflite" in message(facedesk), timeout=LABEL_MS)
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    assert facedesk.network == "mobilenet:int8"


def test_it_closes_in_time_while_everything_is_busy(qtbot: QtBot, launch: Launch) -> None:
    facedesk = launch()
    qtbot.waitUntil(lambda: facedesk.live.view.labels() == ["Unknown"], timeout=LABEL_MS)
    facedesk.choose_network("mobilenet:fp16")
    began = time.monotonic()
    facedesk.window.close()
    assert time.monotonic() - began < 2.0
