"""What the smallest face in pixels means in metres. No Qt."""

import math

FACE_WIDTH_M = 0.15
"""The width of the detector's box around an adult's face."""

FIELD_OF_VIEW_DEG = 62.0
"""Horizontal angle of common webcams and of the Pi camera."""

SIZES_PX = (20, 30, 40, 60, 80, 120, 160)


def reach_m(min_face_px: int, width_px: int) -> float:
    """The distance at which a face is `min_face_px` wide in a picture of `width_px`, metres."""
    focal_px = width_px / 2.0 / math.tan(math.radians(FIELD_OF_VIEW_DEG / 2.0))
    return FACE_WIDTH_M * focal_px / min_face_px


def about_m(min_face_px: int, width_px: int) -> tuple[float, int]:
    """That distance and the decimals that can honestly be said of it: 2 m, 1.4 m."""
    distance_m = reach_m(min_face_px, width_px)
    return distance_m, 0 if distance_m >= 1.75 else 1
