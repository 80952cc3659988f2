"""The strangers of a network."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models import cohort
from models.data import Faces

RNG = np.random.default_rng(0)


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_strangers_are_carried_to_a_network_that_turned_what_it_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turning = np.linalg.qr(RNG.normal(size=(8, 8)))[0]
    seen, strangers = unit(RNG.normal(size=(300, 8))), unit(RNG.normal(size=(600, 8)))
    looks = {"shipped_fp16.tflite": seen, "own_fp16.tflite": unit(seen @ turning)}
    monkeypatch.setattr(cohort, "embed_strangers", lambda file, crops: looks[file.name])
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    np.savez(shipped / "cohort.npz", embeddings=strangers.astype(np.float16))
    carried = cohort.carried_strangers(shipped, tmp_path / "own_fp16.tflite", np.zeros((300, 128, 128, 3), np.uint8))
    agreement = (carried.astype(np.float32) * (strangers @ turning)).sum(axis=1)
    assert agreement.min() > 0.98
    assert np.linalg.norm(carried.astype(np.float32), axis=1) == pytest.approx(np.ones(600), abs=2e-3)


def test_too_few_strangers_are_none(faces: Faces, tmp_path: Path) -> None:
    (tmp_path / "splits.csv").write_text(f"sha256_16,role\n{faces.hashes[0]},cohort\n")
    assert len(cohort.stranger_rows(faces, tmp_path / "splits.csv")) == 0


def test_thresholds_are_similarities_that_so_many_strangers_reach() -> None:
    strangers = unit(RNG.normal(size=(600, 16)))
    found = cohort.thresholds(strangers.astype(np.float16))
    similarity = (strangers @ strangers.T)[np.triu_indices(600, 1)]
    assert np.mean(similarity >= found["similarity_at_fmr_1pct"]) == pytest.approx(0.01, abs=1e-3)
    assert list(found) == [f"similarity_at_fmr_{rate}pct" for rate in ("1", "0_1", "0_01")]
