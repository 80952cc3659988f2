import numpy as np

from models.even import even_matrix


def test_directions_that_strangers_fill_count_less() -> None:
    rng = np.random.default_rng(0)
    spread = np.exp(-np.arange(16) / 4)
    strangers = rng.standard_normal((5000, 16)) * spread
    before, after = np.var(strangers, axis=0), np.var(strangers @ even_matrix(strangers), axis=0)
    assert after[0] / after[7] < 0.4 * before[0] / before[7]
    assert (np.diff(after) < 0.05 * after[0]).all(), "none overtakes another"


def test_even_strangers_stay_as_they_are_but_for_their_length() -> None:
    strangers = np.random.default_rng(1).standard_normal((20_000, 16))
    matrix = even_matrix(strangers)
    assert np.abs(matrix - 0.5 * np.eye(16)).max() < 0.02
