from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import Catalogue
from engine.errors import ModelError
from engine.keys import NO_KEYRING
from engine.store import Store
from tests.engine.desk import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, its key in a file."""
    with open_store(tmp_path / "data") as made:
        yield made


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that commands use; skips where the network is missing."""
    monkeypatch.setenv(NO_KEYRING, "1")
    monkeypatch.setenv("FACEDESK_DATA_DIR", str(tmp_path / "data"))
    try:
        Catalogue.read().find("mobilenet:int8")
    except ModelError as error:
        pytest.skip(f"no network: {error}")
    return tmp_path / "data"
