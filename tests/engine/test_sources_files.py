import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import SourceError
from engine.sources import FrameSource, open_source
from engine.types import Frame, Image


def all_frames(source: FrameSource) -> list[Frame]:
    with source:
        return list(iter(source.read, None))


def half_red_half_blue(width: int = 64, height: int = 48) -> Image:
    """RGB: left half red, right half blue."""
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2, 0] = 255
    image[:, width // 2 :, 2] = 255
    return image


def save(path: Path, rgb: Image) -> Path:
    assert cv2.imwrite(str(path), rgb[:, :, ::-1])
    return path


def write_video(path: Path, count: int = 20, fps: float = 20.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (64, 48))
    assert writer.isOpened()
    for number in range(count):
        writer.write(np.ascontiguousarray(half_red_half_blue()[:, :, ::-1] // (1 + number % 2)))
    writer.release()
    return path


def exif_turned_jpeg(rgb: Image, orientation: int) -> bytes:
    ok, coded = cv2.imencode(".jpg", rgb[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    assert ok
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\0\0"
    tiff = b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    payload = b"Exif\0\0" + tiff
    start: bytes = coded.tobytes()
    return start[:2] + b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload + start[2:]


class TestVideo:
    def test_frames_are_rgb_read_only_and_timed(self, tmp_path: Path) -> None:
        frames = all_frames(open_source(str(write_video(tmp_path / "clip.avi"))))
        assert [frame.index for frame in frames] == list(range(20))
        np.testing.assert_allclose([frame.time_ms for frame in frames], np.arange(20) * 50.0)
        red, blue = frames[0].image[24, 16], frames[0].image[24, 48]
        assert red[0] > 230
        assert red[2] < 30
        assert blue[2] > 230
        assert blue[0] < 30
        assert not frames[0].image.flags.writeable

    def test_the_status_line_gets_name_and_rate(self, tmp_path: Path) -> None:
        with open_source(str(write_video(tmp_path / "clip.avi"))) as source:
            assert (source.name, source.fps, source.is_live, source.is_camera) == ("clip.avi", 20.0, False, False)

    def test_it_plays_again_after_rewind(self, tmp_path: Path) -> None:
        with open_source(str(write_video(tmp_path / "clip.avi", count=3))) as source:
            first = [frame.index for frame in iter(source.read, None)]
            source.rewind()
            assert [frame.index for frame in iter(source.read, None)] == first == [0, 1, 2]

    def test_stop_ends_it(self, tmp_path: Path) -> None:
        with open_source(str(write_video(tmp_path / "clip.avi"))) as source:
            assert source.read() is not None
            source.stop()
            assert source.read() is None

    @pytest.mark.parametrize(
        ("name", "count", "last_ms"),
        [
            ("desk_one_man.mkv", 52, 1700),
            ("desk_one_man_2.mkv", 77, 2534),
            ("head-pose-face-detection-female.gif", 23, 1830),
            ("head-pose-face-detection-female-and-male.gif", 56, 4580),
            ("face-demographics-walking-and-pause.gif", 41, 3330),
        ],
    )
    def test_real_clips_come_whole_with_their_own_times(
        self, shared_media: Path, name: str, count: int, last_ms: float
    ) -> None:
        frames = all_frames(open_source(str(shared_media / name)))
        times = [frame.time_ms for frame in frames]
        assert len(frames) == count
        assert times[0] == 0.0
        assert times[-1] == pytest.approx(last_ms)
        assert times == sorted(set(times))

    def test_gif_times_are_those_in_the_file(self, shared_media: Path) -> None:
        # Its pictures last 80, 90 and 80 ms in turn: 12 a second, though its header says 12.5.
        frames = all_frames(open_source(str(shared_media / "face-demographics-walking-and-pause.gif")))
        assert [frame.time_ms for frame in frames[:7]] == [0, 80, 170, 250, 330, 420, 500]

    def test_the_demo_clip_ends_as_it_begins(self) -> None:
        frames = all_frames(open_source("demo"))
        assert (frames[0].width, frames[0].height, len(frames)) == (640, 480, 350)
        step = np.abs(frames[0].image.astype(int) - frames[-1].image).mean()
        assert step < 2.0


class TestDamagedVideo:
    @pytest.mark.parametrize("name", ["noise.mp4", "noise.mkv", "noise.gif", "noise.unknown"])
    def test_noise(self, tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / name
        path.write_bytes(np.random.default_rng(0).bytes(20_000))
        with pytest.raises(SourceError, match="cannot be read as a video"):
            all_frames(open_source(str(path)))
        assert capfd.readouterr().err == ""

    def test_nothing_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "none.mp4").touch()
        with pytest.raises(SourceError, match=r"none\.mp4 is empty"):
            open_source(str(tmp_path / "none.mp4"))

    def test_text(self, tmp_path: Path) -> None:
        (tmp_path / "list.txt").write_text("hello\n" * 99)
        with pytest.raises(SourceError, match="is a text"):
            open_source(str(tmp_path / "list.txt"))

    @pytest.mark.parametrize("name", ["desk_one_man.mkv", "head-pose-face-detection-female.gif"])
    def test_cut_in_the_middle(
        self, shared_media: Path, tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        whole = (shared_media / name).read_bytes()
        path = tmp_path / name
        path.write_bytes(whole[: len(whole) // 2])
        seen: list[Frame] = []
        with open_source(str(path)) as source, pytest.raises(SourceError, match=r"breaks off after \d+ frames"):
            seen.extend(iter(source.read, None))
        assert len(seen) >= 8
        assert capfd.readouterr().err == ""

    @pytest.mark.parametrize("name", ["desk_one_man.mkv", "head-pose-face-detection-female.gif"])
    def test_noise_in_the_middle(self, shared_media: Path, tmp_path: Path, name: str) -> None:
        spoilt = bytearray((shared_media / name).read_bytes())
        middle = slice(len(spoilt) // 3, len(spoilt) // 2)
        spoilt[middle] = np.random.default_rng(1).bytes(len(spoilt[middle]))
        (tmp_path / name).write_bytes(spoilt)
        with pytest.raises(SourceError, match="breaks off"):
            all_frames(open_source(str(tmp_path / name)))


class TestPictures:
    def test_one_picture_is_one_frame(self, tmp_path: Path) -> None:
        path = save(tmp_path / "one.png", half_red_half_blue())
        (frame,) = all_frames(open_source(str(path)))
        np.testing.assert_array_equal(frame.image, half_red_half_blue())
        assert (frame.index, frame.time_ms) == (0, 0.0)

    def test_a_picture_taken_with_the_camera_on_its_side(self, tmp_path: Path) -> None:
        (tmp_path / "turned.jpg").write_bytes(exif_turned_jpeg(half_red_half_blue(), orientation=6))
        (frame,) = all_frames(open_source(str(tmp_path / "turned.jpg")))
        assert (frame.width, frame.height) == (48, 64)
        assert frame.image[10, 24, 0] > 200  # left became top: red
        assert frame.image[54, 24, 2] > 200

    def test_transparent_parts_are_white(self, tmp_path: Path) -> None:
        picture = np.zeros((4, 4, 4), np.uint8)
        picture[:2, :, :] = (0, 0, 255, 255)  # BGRA: opaque red above, transparent black below
        cv2.imwrite(str(tmp_path / "alpha.png"), picture)
        (frame,) = all_frames(open_source(str(tmp_path / "alpha.png")))
        assert frame.image[0, 0].tolist() == [255, 0, 0]
        assert frame.image[3, 3].tolist() == [255, 255, 255]

    def test_sixteen_bits(self, tmp_path: Path) -> None:
        picture = np.full((4, 4, 3), 128 * 257, np.uint16)
        picture[:, :, 2] = 65535
        cv2.imwrite(str(tmp_path / "deep.png"), picture)
        (frame,) = all_frames(open_source(str(tmp_path / "deep.png")))
        assert frame.image[0, 0].tolist() == [255, 128, 128]

    def test_sixteen_bits_with_transparency(self, tmp_path: Path) -> None:
        picture = np.full((4, 4, 4), 0, np.uint16)
        picture[:, :, 3] = 32768
        cv2.imwrite(str(tmp_path / "deep.png"), picture)
        (frame,) = all_frames(open_source(str(tmp_path / "deep.png")))
        assert frame.image[0, 0].tolist() == [127, 127, 127]

    def test_grey(self, tmp_path: Path) -> None:
        cv2.imwrite(str(tmp_path / "grey.jpg"), np.full((8, 8), 77, np.uint8))
        (frame,) = all_frames(open_source(str(tmp_path / "grey.jpg")))
        assert frame.image[4, 4].tolist() == [77, 77, 77]

    def test_heic_says_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "IMG_1.jpg").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
        with pytest.raises(SourceError, match="HEIC") as caught:
            all_frames(open_source(str(tmp_path / "IMG_1.jpg")))
        assert "JPEG" in caught.value.remedy

    @pytest.mark.parametrize("name", ["broken.png", "broken.jpg"])
    def test_cut_pictures_are_damaged(self, tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        image = np.random.default_rng(0).integers(0, 255, (200, 200, 3), np.uint8)
        whole = save(tmp_path / name, image).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(SourceError, match="damaged"):
            all_frames(open_source(str(tmp_path / name)))
        assert capfd.readouterr().err == ""


class TestFolder:
    def test_order_is_as_people_count(self, tmp_path: Path) -> None:
        for name in ("face10.png", "face2.png", "Face1.png", "face 03.png"):
            save(tmp_path / name, half_red_half_blue())
        (tmp_path / "notes.txt").write_text("not a picture")
        (tmp_path / ".hidden.png").touch()
        with open_source(str(tmp_path)) as source:
            names = [source.frame_name for _ in iter(source.read, None)]
        assert names == ["Face1.png", "face2.png", "face10.png", "face 03.png"]

    def test_unreadable_pictures_are_skipped_and_told(self, tmp_path: Path) -> None:
        save(tmp_path / "1.png", half_red_half_blue())
        (tmp_path / "2.png").write_bytes(b"garbage")
        (tmp_path / "3.heic").write_bytes(b"\0\0\0\x18ftypheic")
        save(tmp_path / "4.png", half_red_half_blue())
        source = open_source(str(tmp_path))
        frames = all_frames(source)
        assert [(frame.index, frame.time_ms) for frame in frames] == [(0, 0.0), (1, 1000.0)]
        assert all(frame.unrelated for frame in frames)
        assert [error.what.split()[2] for error in source.problems if "damaged" in error.what] == ["2.png"]
        assert len(source.problems) == 2

    @pytest.mark.parametrize("named", ["1.png", ""])
    def test_one_picture_alone_is_new_once_and_goes_on_when_it_is_shown_again(self, tmp_path: Path, named: str) -> None:
        save(tmp_path / "1.png", half_red_half_blue())
        with open_source(str(tmp_path / named)) as source:
            frames = list(iter(source.read, None))
            source.rewind()
            frames += iter(source.read, None)
        assert [frame.unrelated for frame in frames] == [True, False]

    def test_empty(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="has no pictures"):
            open_source(str(tmp_path))

    def test_none_can_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "1.png").write_bytes(b"garbage")
        with pytest.raises(SourceError, match="None of the 1 pictures"):
            all_frames(open_source(str(tmp_path)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "camera:",
        "camera:x",
        "camera:-1",
        "ftp://host/clip",
        "rtsp://",
        "rtsp://host:99999/x",
        "nowhere/clip.mp4",
        "x" * 5000,
    ],
)
def test_what_means_nothing_is_told_with_a_remedy(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text)
    assert "camera:0" in caught.value.remedy


def test_file_sources_start_no_threads(tmp_path: Path) -> None:
    before = threading.active_count()
    all_frames(open_source(str(write_video(tmp_path / "clip.avi"))))
    assert threading.active_count() == before
