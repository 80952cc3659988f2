"""The faces that the desk's head is measured on."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from models.data import read_faces
from models.open_set import read_crops
from tests.models.faces import write_set


def test_crops_of_a_role_are_what_the_network_sees_of_them(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "mine", people=2)
    faces = read_faces(tmp_path / "sets", tmp_path / "cache")
    roles = {str(digest): "pairs" for digest in faces.hashes[1:4]}
    crops = read_crops(tmp_path / "sets" / "mine", roles, "pairs")
    assert {person: len(found) for person, found in crops.items()} == {"person-0": 2, "person-1": 1}
    assert np.array_equal(np.concatenate(list(crops.values())), faces.middle(range(1, 4)))


def test_it_needs_neither_torch_nor_keras() -> None:
    program = "import models.open_set, sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert not {"torch", "keras", "tensorflow"} & set(done.stdout.split())
