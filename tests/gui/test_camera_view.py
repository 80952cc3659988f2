import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.types import Frame, IdentityState
from gui import theme
from gui.camera_view import CameraView, to_qimage
from tests.gui.scripted import ADA, AGE, PERHAPS_BOB, face, frame, result

MS = 1_000_000


@pytest.fixture
def view(qtbot: QtBot) -> CameraView:
    made = CameraView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


def half_red(width: int = 640, height: int = 480) -> Frame:
    """Red at the left, blue at the right."""
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2, 0] = 255
    image[:, width // 2 :, 2] = 255
    return Frame(image, 0, 0, 0.0)


def colour_at(view: CameraView, x: int, y: int) -> str:
    return view.grab().toImage().pixelColor(x, y).name()


def test_labels_say_who_is_in_view(view: CameraView) -> None:
    shown = frame()
    view.set_frame(shown)
    faces = (face([50, 50, 150, 150], ADA), face([300, 50, 400, 150], PERHAPS_BOB, track_id=2))
    view.set_result(result(shown, *faces, face([450, 50, 550, 150], track_id=3)))
    assert view.labels() == ["Ada", "Unsure", "Unknown"]


def test_boxes_older_than_300_ms_disappear(view: CameraView) -> None:
    first = frame(captured_ns=1000 * MS)
    view.set_frame(first)
    view.set_result(result(first, face([50, 50, 150, 150], ADA)))
    view.set_frame(frame(captured_ns=1290 * MS))
    assert view.labels() == ["Ada"]
    view.set_frame(frame(captured_ns=1310 * MS))
    assert view.labels() == []


def test_a_picture_that_is_not_live_is_dimmed_and_has_no_boxes(view: CameraView) -> None:
    shown = half_red()
    view.set_frame(shown)
    view.set_result(result(shown, face([50, 50, 150, 150], ADA)))
    view.set_dimmed(True)
    assert view.labels() == []
    assert QColor(colour_at(view, 100, 240)).red() < 130


def test_the_picture_is_painted_in_its_own_colours(view: CameraView) -> None:
    view.set_frame(half_red())
    assert (colour_at(view, 100, 240), colour_at(view, 540, 240)) == ("#ff0000", "#0000ff")


def test_a_front_camera_is_shown_as_in_a_mirror(view: CameraView) -> None:
    view.set_frame(half_red())
    view.set_mirrored(True)
    assert (colour_at(view, 100, 240), colour_at(view, 540, 240)) == ("#0000ff", "#ff0000")


def test_the_aspect_is_kept(view: CameraView) -> None:
    view.resize(840, 480)
    view.set_frame(half_red())
    assert [colour_at(view, x, 240) for x in (50, 110, 730, 790)] == ["#0b0e13", "#ff0000", "#0000ff", "#0b0e13"]


@pytest.mark.parametrize("state", list(IdentityState))
def test_a_box_has_the_colour_of_its_state(view: CameraView, state: IdentityState) -> None:
    who = {IdentityState.KNOWN: ADA, IdentityState.UNSURE: PERHAPS_BOB}.get(state)
    shown = frame()
    view.set_frame(shown)
    view.set_result(result(shown, face([200, 200, 320, 320], who) if who else face([200, 200, 320, 320])))
    edge = {colour_at(view, x, 320) for x in range(240, 280)}
    assert getattr(theme.manager().tokens, state.value) in edge


def test_attributes_are_shown_only_when_switched_on(view: CameraView) -> None:
    shown = frame()
    view.set_frame(shown)
    view.set_result(result(shown, face([50, 50, 150, 150], ADA, attributes=(AGE,))))
    details = []
    for switched_on in (False, True):
        view.set_attributes(switched_on)
        (shape,) = view.shapes()
        assert shape.plate is not None
        details.append(shape.plate.details)
    assert details == [(), ("adult 80 %",)]


def test_the_wheel_zooms_around_the_cursor_and_a_double_click_shows_all(view: CameraView) -> None:
    view.set_frame(half_red())
    at = QPointF(100, 240)
    nowhere = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    for _ in range(3):
        QApplication.sendEvent(view, QWheelEvent(at, at, QPoint(), QPoint(0, 120), *nowhere, False))
    assert view.zoom == pytest.approx(1.25**3)
    assert [colour_at(view, x, 240) for x in (520, 540)] == ["#ff0000", "#0000ff"]
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view.zoom == 1.0


def pinch(view: CameraView, spread_px: int) -> None:
    """Two fingers, 80 pixels apart, move apart by so much."""
    device = QTest.createTouchDevice()
    left, right = QPoint(280, 240), QPoint(360, 240)
    QTest.touchEvent(view, device).press(0, left, view).press(1, right, view).commit()
    for moved in range(5, spread_px // 2 + 1, 5):
        step = QPoint(moved, 0)
        QTest.touchEvent(view, device).move(0, left - step, view).move(1, right + step, view).commit()
    last = QPoint(spread_px // 2, 0)
    QTest.touchEvent(view, device).release(0, left - last, view).release(1, right + last, view).commit()


def test_two_fingers_zoom_as_far_as_they_move_apart(view: CameraView) -> None:
    view.set_frame(frame())
    pinch(view, 80)
    assert view.zoom == pytest.approx(2.0)
    pinch(view, 40)
    assert view.zoom == pytest.approx(3.0)


def tap(view: CameraView) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(view, device).press(0, QPoint(300, 200), view).commit()
    QTest.touchEvent(view, device).release(0, QPoint(300, 200), view).commit()


def test_a_double_tap_shows_all_and_a_single_one_does_not(view: CameraView) -> None:
    view.set_frame(frame())
    pinch(view, 80)
    tap(view)
    assert view.zoom == pytest.approx(2.0)
    tap(view)
    assert view.zoom == 1.0


def test_a_tap_of_a_finger_means_the_face_under_it(view: CameraView, qtbot: QtBot) -> None:
    shown = frame()
    view.set_frame(shown)
    view.set_result(result(shown, face([250, 150, 350, 250], ADA)))
    with qtbot.waitSignal(view.face_tapped) as tapped:
        tap(view)
    assert tapped.args is not None
    assert tapped.args[0].identity is ADA


def test_one_finger_moves_a_zoomed_picture(view: CameraView) -> None:
    view.set_frame(half_red())
    pinch(view, 80)
    device = QTest.createTouchDevice()
    QTest.touchEvent(view, device).press(0, QPoint(300, 200), view).commit()
    for x in range(320, 500, 20):
        QTest.touchEvent(view, device).move(0, QPoint(x, 200), view).commit()
    QTest.touchEvent(view, device).release(0, QPoint(480, 200), view).commit()
    assert view.view_geometry.picture().left() == pytest.approx(-320 + 180)


def test_keys_zoom_too(view: CameraView) -> None:
    view.set_frame(frame())
    QTest.keyClicks(view, "++")
    assert view.zoom == pytest.approx(1.25**2)
    QTest.keyClicks(view, "0")
    assert view.zoom == 1.0


def test_frames_of_changing_size_are_shown_whole(view: CameraView) -> None:
    view.set_frame(half_red())
    view.set_frame(half_red(320, 480))
    assert view.view_geometry.visible().width() == 320


def test_a_picture_cut_from_a_wider_one_is_shown_right() -> None:
    wide = np.zeros((4, 10, 3), np.uint8)
    wide[:, :5, 1] = 200
    image = to_qimage(Frame(wide[:, :5], 0, 0, 0.0))
    assert {image.pixelColor(x, y).name() for x in range(5) for y in range(4)} == {"#00c800"}
