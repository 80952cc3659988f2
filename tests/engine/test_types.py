import numpy as np
import pytest

from engine.types import Detection, Frame, Identity, IdentityState, StageTimes, TaskScore


def test_a_frame_is_read_only_and_of_the_right_kind() -> None:
    frame = Frame(np.zeros((4, 6, 3), np.uint8), 0, 0, 0.0)
    assert (frame.width, frame.height) == (6, 4)
    with pytest.raises(ValueError, match="read-only"):
        frame.image[0, 0, 0] = 1
    with pytest.raises(ValueError, match=r"Expected an image of \(n, n, 3\) uint8, got \(4, 6\) float32"):
        Frame(np.zeros((4, 6), np.float32), 0, 0, 0.0)


def test_a_detection_wants_four_numbers_and_five_points() -> None:
    with pytest.raises(ValueError, match="Expected landmarks"):
        Detection(np.zeros(4, np.float32), np.zeros((4, 2), np.float32), 1.0)


def test_a_task_shows_its_most_probable_label_unless_told_otherwise() -> None:
    assert TaskScore("age", ("young", "old"), (0.4, 0.6)).label == "old"
    kept = TaskScore("age", ("young", "old"), (0.4, 0.6), "young")
    assert (kept.label, kept.probability) == ("young", 0.4)


def test_only_unknown_has_no_name() -> None:
    with pytest.raises(ValueError, match="does not go with"):
        Identity(IdentityState.KNOWN, None, 0.9)


def test_stages_leave_out_the_sums() -> None:
    stages = StageTimes(detect_ms=2.0, networks_ms=1.0, total_ms=3.0).stages()
    assert stages["detect"] == 2.0
    assert list(stages) == ["detect", "follow", "align", "embed", "identify", "track"]
