"""Nothing that a figure uses may be trained on."""

import csv
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from models.data import SETS, SPLITS
from models.splits import ROLES, SAME_PICTURE, nearest_distance

SHARED = Path(os.environ.get("FACEDESK_FACES", Path(__file__).parents[3] / "shared" / "faces"))
needs_faces = pytest.mark.skipif(not SHARED.is_dir(), reason="the face sets are not on this machine")


def read_roles() -> dict[str, str]:
    with SPLITS.open(newline="") as table:
        lines = list(csv.DictReader(table))
    roles = {line["sha256_16"]: line["role"] for line in lines}
    assert len(roles) == len(lines), "a hash stands in the file twice"
    return roles


def read_labels() -> dict[str, list[dict[str, str]]]:
    labels = {}
    for name in SETS:
        with (SHARED / name / "labels.csv").open(newline="") as table:
            labels[name] = list(csv.DictReader(table))
    return labels


def test_every_role_is_known_and_the_cohort_has_5000_strangers() -> None:
    counts = Counter(read_roles().values())
    assert set(counts) == set(ROLES)
    assert counts["cohort"] == 5000


@needs_faces
def test_persons_of_a_figure_are_in_no_training() -> None:
    roles, labels = read_roles(), read_labels()
    rows = [row for name in SETS for row in labels[name]]
    kept_out = {row["person"] for row in rows if roles.get(row["sha256_16"]) in ("persons", "pairs")}
    trained = {row["person"] for row in rows if row["sha256_16"] not in roles}
    assert len(kept_out) == 12 + 440
    assert not kept_out & trained


@needs_faces
def test_no_trained_picture_is_nearly_one_that_is_measured_on() -> None:
    roles, labels = read_roles(), read_labels()
    teacher = np.concatenate([np.load(SHARED / name / "teacher.npy").astype(np.float32) for name in SETS])
    role = np.array([roles.get(row["sha256_16"], "train") for name in SETS for row in labels[name]])
    measured = np.isin(role, ("persons", "pairs", "attributes"))
    assert nearest_distance(teacher[role == "train"], teacher[measured]).min() >= SAME_PICTURE


def test_the_nearest_distance_is_that_of_the_nearest_row() -> None:
    queries, gallery = np.array([[0.0, 0.0]], np.float32), np.array([[3.0, 4.0], [6.0, 8.0]], np.float32)
    assert nearest_distance(queries, gallery) == pytest.approx([5.0])
