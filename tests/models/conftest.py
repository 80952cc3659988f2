"""What several tests of the networks share."""

from pathlib import Path

import pytest

from models.data import Faces, read_faces
from tests.models.faces import write_set


@pytest.fixture
def faces(tmp_path: Path) -> Faces:
    """A set of two people, as `models.data` reads it; nobody is kept out of training."""
    write_set(tmp_path / "sets" / "mine", people=2)
    (tmp_path / "splits.csv").write_text("sha256_16,role\n")
    return read_faces(tmp_path / "sets", tmp_path / "cache")
