"""When an exported file counts as the network that was trained."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.parity import compare

EMBEDDING = np.eye(4, 128, dtype=np.float32)
SURE = np.tile(np.array([0.9, 0.05, 0.05], np.float32), (4, 1))


def outputs(task: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    return {"embedding": EMBEDDING, "age": task}


def test_equal_outputs_hold() -> None:
    parity = compare("fp32", outputs(SURE), outputs(SURE), ("age",))
    assert parity.holds
    assert (parity.cosine, parity.lowest_cosine, parity.agreement) == (1.0, 1.0, {"age": 1.0})


def test_one_other_answer_in_four_does_not() -> None:
    other = SURE.copy()
    other[0] = [0.05, 0.9, 0.05]
    parity = compare("int8", outputs(SURE), outputs(other), ("age",))
    assert parity.agreement["age"] == pytest.approx(0.75)
    assert not parity.holds


def test_another_direction_does_not() -> None:
    moved = {**outputs(SURE), "embedding": np.roll(EMBEDDING, 1, axis=1)}
    assert not compare("int8", outputs(SURE), moved, ("age",)).holds
