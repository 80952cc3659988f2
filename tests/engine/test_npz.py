"""Arrays are kept without anything beside them, whatever NumPy is there: 2.0 takes every keyword for an array."""

from typing import IO, Any

import numpy as np
import pytest

from engine.embed import Embeddings
from engine.head_file import to_bytes
from engine.head_state import HeadState


def test_nothing_but_arrays_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()

    def savez(file: IO[bytes], **arrays: Any) -> None:
        names.update(arrays)

    monkeypatch.setattr(np, "savez", savez)
    Embeddings(("a.jpg",), np.zeros((1, 128), np.float32), np.ones(1, bool), {}, {}, "mobilenet:int8").as_npz()
    assert names == {"files", "embeddings", "found", "network"}
    names.clear()
    to_bytes(HeadState.empty())
    assert {"form", "templates"} <= names
    assert "allow_pickle" not in names
