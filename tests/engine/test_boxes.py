import numpy as np
import pytest
from numpy.typing import NDArray

from engine.boxes import Overlap, clip, iou, nms, square, unrivalled

BOXES = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [0, 0, 5, 5], [20, 20, 30, 30]], dtype=np.float32)


def test_iou_by_hand() -> None:
    np.testing.assert_allclose(iou(BOXES[:2], BOXES), [[1, 1 / 3, 1 / 4, 0], [1 / 3, 1, 0, 0]], atol=1e-6)
    np.testing.assert_allclose(iou(BOXES[:1], BOXES, "minimum"), [[1, 1 / 2, 1, 0]], atol=1e-6)


def test_iou_of_nothing() -> None:
    assert iou(BOXES[:0], BOXES).shape == (0, 4)
    assert iou(np.zeros((1, 4)), np.zeros((1, 4))).tolist() == [[0.0]]


def slow_nms(boxes: NDArray[np.floating], scores: NDArray[np.floating], threshold: float, mode: Overlap) -> list[int]:
    order = sorted(range(len(boxes)), key=lambda i: -scores[i])
    overlap = iou(boxes, boxes, mode)
    return [i for place, i in enumerate(order) if all(overlap[i, j] <= threshold for j in order[:place])]


@pytest.mark.parametrize("mode", ["union", "minimum"])
@pytest.mark.parametrize("count", [0, 1, 60, 2500])
def test_nms_as_the_rule_says(mode: Overlap, count: int) -> None:
    rng = np.random.default_rng(count)
    corners = rng.uniform(0, 40 * max(count, 1) ** 0.5, (count, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(20, 60, (count, 2))], axis=1)
    scores = rng.uniform(0.6, 1.0, count)
    assert nms(boxes, scores, 0.4, mode).tolist() == slow_nms(boxes, scores, 0.4, mode)


def test_a_box_that_goes_still_takes_others_with_it() -> None:
    chain = np.array([[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10]], dtype=np.float64)
    assert nms(chain, np.array([0.9, 0.8, 0.7]), 0.4).tolist() == [0]


@pytest.mark.parametrize("counts", [[3, 0, 1, 40], [300, 20, 1500]])
def test_groups_are_no_rivals(counts: list[int]) -> None:
    rng = np.random.default_rng(2)
    corners = rng.uniform(0, 200, (sum(counts), 2))
    boxes = np.concatenate([corners, corners + rng.uniform(20, 60, corners.shape)], axis=1)
    groups = np.repeat(np.arange(len(counts)), counts)
    kept = unrivalled(boxes, 0.4, groups=groups)
    alone = [unrivalled(boxes[groups == group], 0.4) for group in range(len(counts))]
    np.testing.assert_array_equal(kept, np.concatenate(alone))
    assert 0 < kept.sum() < len(kept)


def test_of_equal_scores_one_stays() -> None:
    same = np.array([[0, 0, 10, 10]] * 3, dtype=np.float64)
    assert len(nms(same, np.ones(3), 0.5)) == 1


def test_clip_and_square() -> None:
    boxes = np.array([[-5, 10, 20, 500], [630, -1, 700, 40]], dtype=np.float32)
    assert clip(boxes, 640, 480).tolist() == [[0, 10, 20, 479], [630, 0, 639, 40]]
    assert square(np.array([[0, 0, 10, 20]], dtype=np.float32)).tolist() == [[-5, 0, 15, 20]]
    assert square(np.array([[0, 0, 10, 20]], dtype=np.float32), enlarged=1.5).tolist() == [[-10, -5, 20, 25]]
    assert square(np.empty((0, 4), dtype=np.float32)).shape == (0, 4)
    assert square(boxes).dtype == np.float32
