from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store
from tests.engine.desk import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, its key in a file."""
    with open_store(tmp_path / "data") as made:
        yield made
