from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, QSizeF

from engine.types import NOBODY, FrameResult, Identity, IdentityState
from gui.overlay import Plate, face_shapes, is_current, place_plates, plate
from gui.view_geometry import ViewGeometry
from tests.gui.scripted import ADA, AGE, ETHNICITY, PERHAPS_BOB, face, frame, result

pytestmark = pytest.mark.usefixtures("qapp")

GEOMETRY = ViewGeometry(QSizeF(640, 480), QSizeF(640, 480))


def test_a_known_face_shows_name_and_probability() -> None:
    assert plate(ADA) == Plate(IdentityState.KNOWN, "Ada", "97 %")


def test_an_unsure_face_says_so_and_whom_it_may_be() -> None:
    assert plate(PERHAPS_BOB) == Plate(IdentityState.UNSURE, "Unsure", "62 %", ("perhaps Bob",))


@pytest.mark.parametrize(
    ("probability", "shown"), [(0.0, ""), (1.0, ""), (0.83, "83 %")], ids=["nobody enrolled", "certain", "weighed"]
)
def test_an_unknown_face_shows_a_probability_only_when_something_was_weighed(probability: float, shown: str) -> None:
    identity = Identity(IdentityState.UNKNOWN, None, probability)
    assert plate(identity) == Plate(IdentityState.UNKNOWN, "Unknown", shown)


def test_attributes_are_a_line_of_their_own() -> None:
    assert plate(ADA, (AGE, ETHNICITY)).details == ("adult 80 % · black 70 %",)


def test_attributes_stay_hidden_when_they_are_off() -> None:
    answer = result(frame(), face([0, 0, 50, 50], ADA, attributes=(AGE,)))
    (shape,) = face_shapes(answer, GEOMETRY, attributes=False)
    assert shape.plate is not None
    assert shape.plate.details == ()


def test_a_face_nobody_has_looked_at_yet_has_a_box_but_no_plate() -> None:
    answer = result(frame(), face([10, 20, 50, 60], NOBODY, looked_at=False))
    (shape,) = face_shapes(answer, GEOMETRY, attributes=False)
    assert shape.plate is None
    assert shape.rect == QRectF(10, 20, 40, 40)


def test_the_largest_face_is_drawn_last() -> None:
    answer = result(frame(), face([0, 0, 90, 90], track_id=1), face([0, 0, 20, 20], track_id=2))
    assert [shape.track_id for shape in face_shapes(answer, GEOMETRY, attributes=False)] == [2, 1]


def test_a_mirrored_box_changes_sides() -> None:
    answer = result(frame(), face([10, 20, 50, 60]))
    (shape,) = face_shapes(answer, replace(GEOMETRY, mirrored=True), attributes=False)
    assert shape.rect == QRectF(590, 20, 40, 40)


@pytest.mark.parametrize(("age_ms", "current"), [(0, True), (299, True), (301, False)])
def test_boxes_older_than_300_ms_are_not_current(age_ms: int, current: bool) -> None:
    shown = frame(captured_ns=10_000_000_000)
    answer: FrameResult = result(frame(captured_ns=10_000_000_000 - age_ms * 1_000_000))
    assert is_current(answer, shown) is current


BOUNDS = QRectF(0, 0, 640, 480)
SIZE = QSizeF(120, 30)


def test_a_plate_sits_above_its_box() -> None:
    (place,) = place_plates([QRectF(200, 200, 100, 100)], [SIZE], BOUNDS)
    assert place == QRectF(190, 164, 120, 30)


def test_a_plate_goes_below_a_box_at_the_top_edge() -> None:
    (place,) = place_plates([QRectF(200, 5, 100, 100)], [SIZE], BOUNDS)
    assert place == QRectF(190, 111, 120, 30)


def test_a_plate_stays_inside_when_its_box_fills_the_view() -> None:
    (place,) = place_plates([QRectF(-10, -10, 700, 500)], [SIZE], BOUNDS)
    assert BOUNDS.contains(place)


def test_plates_of_neighbours_do_not_cover_each_other() -> None:
    boxes = [QRectF(200, 200, 60, 60), QRectF(270, 200, 60, 60), QRectF(340, 200, 60, 60)]
    places = place_plates(boxes, [SIZE] * 3, BOUNDS)
    overlaps = [a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :]]
    assert overlaps == [False] * 3
