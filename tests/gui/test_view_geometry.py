import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.view_geometry import LARGEST_ZOOM, ViewGeometry


def geometry(view: tuple[float, float], **values: object) -> ViewGeometry:
    return ViewGeometry(QSizeF(640, 480), QSizeF(*view), **values)  # type: ignore[arg-type]


def test_a_wide_view_leaves_ground_at_both_sides() -> None:
    assert geometry((1000, 480)).picture() == QRectF(180, 0, 640, 480)


def test_a_tall_view_leaves_ground_above_and_below() -> None:
    assert geometry((640, 680)).picture() == QRectF(0, 100, 640, 480)


def test_the_aspect_is_kept_when_enlarged() -> None:
    assert geometry((1280, 1000)).to_view(0, 0, 10, 10).size() == QSizeF(20, 20)


@pytest.mark.parametrize("mirrored", [False, True])
def test_zooming_keeps_the_point_under_the_cursor(mirrored: bool) -> None:
    at = QPointF(200, 150)
    before = geometry((640, 480), mirrored=mirrored)
    after = before.zoomed(2.0, at)
    assert after.zoom == 2.0
    assert after.picture().topLeft() - at == (before.picture().topLeft() - at) * 2.0


def test_zoom_has_limits() -> None:
    assert geometry((640, 480)).zoomed(0.1, QPointF(0, 0)).zoom == 1.0
    assert geometry((640, 480)).zoomed(100, QPointF(0, 0)).zoom == LARGEST_ZOOM


def test_zooming_out_again_shows_the_whole_picture_in_the_middle() -> None:
    zoomed = geometry((640, 480)).zoomed(4, QPointF(10, 10)).zoomed(0.25, QPointF(600, 400))
    assert zoomed.picture() == QRectF(0, 0, 640, 480)


def test_a_zoomed_picture_cannot_be_dragged_past_its_edge() -> None:
    dragged = geometry((640, 480)).zoomed(2, QPointF(320, 240)).panned(QPointF(5000, 5000))
    assert dragged.picture().topLeft() == QPointF(0, 0)
    assert dragged.source() == QRectF(0, 0, 320, 240)


def test_an_unzoomed_picture_cannot_be_dragged() -> None:
    assert geometry((640, 480)).panned(QPointF(50, 50)).picture() == QRectF(0, 0, 640, 480)


def test_without_a_frame_nothing_is_visible() -> None:
    empty = ViewGeometry(QSizeF(), QSizeF(640, 480)).zoomed(2, QPointF(1, 1)).panned(QPointF(3, 3))
    assert empty.visible().isEmpty()
