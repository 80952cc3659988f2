import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import cv2
import numpy as np
import pytest

from engine.errors import CameraError, SourceError
from engine.sources import list_cameras, open_source
from engine.sources.live import STALL_S, LiveSource, Shot
from engine.sources.stream import open_stream, public_name
from engine.types import Image
from tests.scripted_camera import number_of, numbered_image


@dataclass
class Device:
    """A camera whose pictures, failures and silences a test decides."""

    pictures: int = 0
    broken: Exception | None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    given: int = 0
    missing: int = 0

    def open(self) -> float:
        return 15.0

    def read(self) -> Shot | None:
        if self.given == self.pictures:
            if self.broken is not None:
                raise self.broken
            self.go_on.wait(10)
            return None
        if self.missing:
            self.missing -= 1
            return None
        self.given += 1
        return Shot(numbered_image(self.given), time.monotonic_ns())

    def close(self) -> None:
        self.closed.set()


@contextmanager
def live(device: Device, *, patience_s: float = 5.0, stall_s: float = 0.05) -> Iterator[LiveSource]:
    source = LiveSource(
        "Test camera",
        f"test:{id(device)}",
        device,
        fps=30,
        is_camera=True,
        remedy="Look.",
        first_frame_s=patience_s,
        stall_s=stall_s,
    )
    try:
        yield source
    finally:
        device.go_on.set()
        source.close()


def test_a_camera_that_stops_answering_is_noticed() -> None:
    with live(Device(pictures=1)) as source:
        frame = source.read()
        assert frame is not None
        assert (number_of(frame), frame.index, frame.time_ms, source.fps) == (1, 0, 0.0, 15.0)
        with pytest.raises(CameraError, match="Test camera does not answer"):
            source.read()


def test_two_seconds_are_the_limit() -> None:
    assert STALL_S <= 2.0


def test_a_driver_that_fails_is_told_as_a_camera_that_does_not_answer() -> None:
    with live(Device(broken=RuntimeError("ioctl"))) as source, pytest.raises(CameraError) as caught:
        source.read()
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert caught.value.remedy == "Look."


def test_what_the_device_says_itself_is_passed_on() -> None:
    with live(Device(broken=CameraError("Unplugged.", "Plug it in."))) as source:
        with pytest.raises(CameraError, match="Unplugged"):
            source.read()
        with pytest.raises(CameraError, match="Unplugged"):
            source.read()


def test_a_late_or_damaged_picture_is_forgiven() -> None:
    with live(Device(pictures=1, missing=3)) as source:
        assert source.read() is not None


def test_only_the_newest_picture_is_handed_out() -> None:
    device = Device(pictures=50, broken=None)
    with live(device) as source:
        seen: list[int] = []
        while not seen or seen[-1] < 50:
            frame = source.read()
            assert frame is not None
            seen.append(number_of(frame))
            assert frame.index == seen[-1] - 1
    assert seen == sorted(seen)


def test_stop_ends_a_waiting_read() -> None:
    device = Device()
    with live(device, patience_s=60) as source:
        threading.Timer(0.02, source.stop).start()
        assert source.read() is None


def test_closing_gives_the_device_back() -> None:
    device = Device(pictures=1)
    with live(device) as source:
        source.read()
    assert device.closed.is_set()


def test_a_device_that_hangs_gets_no_second_thread() -> None:
    device = Device()
    with live(device):
        with pytest.raises(CameraError, match="still in use"), live(device):
            pass
        named = [thread.name for thread in threading.enumerate() if thread.name == f"reader of test:{id(device)}"]
        assert len(named) == 1


class MotionJpeg(BaseHTTPRequestHandler):
    """A network camera: some pictures, then silence until the test is over, or the end."""

    over: threading.Event
    goes_silent: bool
    pictures: int

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        picture = cv2.imencode(".jpg", np.full((48, 64, 3), (0, 0, 255), np.uint8))[1].tobytes()
        for _ in range(self.pictures):
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
            self.wfile.write(head.encode() + picture + b"\r\n")
        if self.goes_silent:
            self.wfile.flush()
            self.over.wait(10)

    def log_message(self, *_: object) -> None: ...


@contextmanager
def network_camera(*, goes_silent: bool, pictures: int = 60) -> Iterator[str]:
    over = threading.Event()
    handler = type("Handler", (MotionJpeg,), {"over": over, "goes_silent": goes_silent, "pictures": pictures})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://user:secret@127.0.0.1:{server.server_port}/live"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("goes_silent", [True, False])
def test_a_stream_that_ends_or_falls_silent_is_noticed(goes_silent: bool, capfd: pytest.CaptureFixture[str]) -> None:
    with network_camera(goes_silent=goes_silent) as url, open_stream(url, stall_s=0.3) as source:
        assert source.is_live
        assert not source.is_camera
        frame = source.read()
        assert frame is not None
        assert frame.image[24, 32, 0] > 240
        with pytest.raises(CameraError, match=r"does not answer|has stopped sending"):
            list(iter(source.read, None))
    assert capfd.readouterr().err == ""


def test_a_stream_that_is_not_there() -> None:
    with open_source("http://127.0.0.1:9/live") as source, pytest.raises(CameraError, match="cannot be reached"):
        source.read()


def test_a_server_that_is_no_camera() -> None:
    with (
        network_camera(goes_silent=False, pictures=0) as url,
        open_stream(url, stall_s=0.3) as source,
        pytest.raises(CameraError, match="does not send a video"),
    ):
        source.read()


def test_passwords_are_not_shown() -> None:
    assert public_name("rtsp://admin:secret@10.0.0.5:554/ch1?token=1") == "rtsp://10.0.0.5:554/ch1"


def test_a_camera_that_is_not_there() -> None:
    with pytest.raises(CameraError, match=r"There is no camera 97\."):
        open_source("camera:97")


def test_picamera_without_its_software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SourceError, match="needs picamera2") as caught:
        open_source("picamera")
    assert "apt install python3-picamera2" in caught.value.remedy


class FakeCapture:
    """What OpenCV gives for a camera: BGR pictures of the size it was asked for."""

    opened: ClassVar[list["FakeCapture"]] = []

    def __init__(self, number: int, backend: int) -> None:
        self.number = number
        self.wishes: list[tuple[int, float]] = []
        self.released = False
        self.opened.append(self)

    def isOpened(self) -> bool:  # noqa: N802
        return self.number == 0

    def set(self, wish: int, value: float) -> bool:
        self.wishes.append((wish, value))
        return True

    def get(self, _: int) -> float:
        return dict(self.wishes)[cv2.CAP_PROP_FPS]

    def grab(self) -> bool:
        return True

    def retrieve(self) -> tuple[bool, Image]:
        wished = dict(self.wishes)
        size = int(wished[cv2.CAP_PROP_FRAME_HEIGHT]), int(wished[cv2.CAP_PROP_FRAME_WIDTH]), 3
        return True, np.broadcast_to(np.array([255, 0, 0], np.uint8), size)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def captures(monkeypatch: pytest.MonkeyPatch) -> list[FakeCapture]:
    monkeypatch.setattr("cv2.VideoCapture", FakeCapture)
    monkeypatch.setattr("engine.sources.usb_camera._require_node", lambda *_: None)
    monkeypatch.setattr(FakeCapture, "opened", [])
    return FakeCapture.opened


def test_a_usb_camera_is_asked_for_size_and_rate(captures: list[FakeCapture]) -> None:
    with open_source("camera:0", width=320, height=240, fps=15) as source:
        frame = source.read()
        assert frame is not None
        assert (frame.width, frame.height, source.fps, source.is_camera) == (320, 240, 15, True)
        assert frame.image[0, 0].tolist() == [0, 0, 255]
    (capture,) = captures
    # The kind of picture first: it decides which sizes and rates there are.
    assert capture.wishes[0] == (cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
    assert capture.released


def test_a_usb_camera_in_use_elsewhere(captures: list[FakeCapture]) -> None:
    with open_source("camera:1") as source, pytest.raises(CameraError, match="cannot be opened") as caught:
        source.read()
    assert "other programs" in caught.value.remedy
    assert captures[0].released


class FakePicamera2:
    """What picamera2 offers of itself to this program."""

    started: ClassVar[list["FakePicamera2"]] = []

    def __init__(self, number: int) -> None:
        self.number = number
        self.main: dict[str, object] = {}
        self.closed = False

    @staticmethod
    def global_camera_info() -> list[dict[str, object]]:
        return [{"Num": 0, "Id": "/base/soc/usb@7e980000"}, {"Num": 1, "Id": "/base/soc/i2c0mux/imx708@1a"}]

    def create_video_configuration(self, *, main: dict[str, object], **_: object) -> dict[str, object]:
        return main

    def configure(self, main: dict[str, object]) -> None:
        self.main = main

    def start(self) -> None:
        self.started.append(self)

    def capture_array(self, stream: str, *, wait: bool) -> str:
        assert not wait
        return stream

    def wait(self, job: str, timeout: float) -> Image:
        assert job == "main"
        assert timeout <= STALL_S
        return numbered_image(7)

    def close(self) -> None:
        self.closed = True


def test_the_pi_camera_at_the_ribbon_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakePicamera2, "started", [])
    monkeypatch.setattr("engine.sources.pi_camera.has_picamera2", lambda: True)
    monkeypatch.setitem(sys.modules, "picamera2", SimpleNamespace(Picamera2=FakePicamera2))
    with open_source("picamera", width=1280, height=720) as source:
        frame = source.read()
        assert frame is not None
        assert number_of(frame) == 7  # as it came: already RGB
    (camera,) = FakePicamera2.started
    assert (camera.number, camera.closed) == (1, True)
    assert camera.main == {"size": (1280, 720), "format": "BGR888"}


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """The video nodes of a Raspberry Pi with its own camera and a USB one."""
    nodes = [
        (0, "unicam-image", 0),
        (1, "HD Pro Webcam C920", 0),
        (2, "HD Pro Webcam C920", 1),
        (3, "Dummy video device (0x0000)", 0),
        (10, "bcm2835-codec-decode", 0),
        (13, "bcm2835-isp-output0", 0),
        (19, "rpi-hevc-dec", 0),
    ]
    for number, name, index in nodes:
        folder = tmp_path / f"video{number}"
        folder.mkdir()
        (folder / "name").write_text(f"{name}\n")
        (folder / "index").write_text(f"{index}\n")
    (tmp_path / "v4l-subdev0").mkdir()
    return tmp_path


@pytest.mark.parametrize(("installed", "last"), [(True, ("picamera",)), (False, ())])
def test_cameras_are_listed_without_opening_them(
    sysfs: Path, monkeypatch: pytest.MonkeyPatch, installed: bool, last: tuple[str, ...]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("engine.sources.devices.has_picamera2", lambda: installed)
    assert list_cameras(sysfs) == ("camera:1", "camera:3", *last)


def test_a_machine_without_video_nodes_has_no_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert list_cameras(tmp_path / "none") == ()
