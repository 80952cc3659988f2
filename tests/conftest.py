import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of clips and pictures outside the repository; a test that asks for it skips where it is missing."""
    named = os.environ.get("FACEDESK_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip(f"no shared clips: {folder} is missing (set FACEDESK_SHARED to where they are)")
    return folder


@pytest.fixture(scope="session")
def shared_media(shared_folder: Path) -> Path:
    """Clips and photographs for tests."""
    folder = shared_folder / "media"
    if not folder.is_dir():
        pytest.skip(f"no shared clips: {folder} is missing")
    return folder


@pytest.fixture(scope="session")
def shared_faces(shared_folder: Path) -> Path:
    """Aligned crops and uncropped pictures of faces."""
    folder = shared_folder / "faces"
    if not folder.is_dir():
        pytest.skip(f"no shared faces: {folder} is missing")
    return folder
