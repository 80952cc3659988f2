import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.settings import Settings, load_settings, save_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = replace(Settings(), source="demo", min_face_px=60, attributes=True)
    save_settings(chosen, path)
    assert load_settings(path) == chosen
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "damaged"),
        ("[1]", "unknown: its form"),
        (json.dumps({"sorce": "demo"}), "unknown: sorce"),
        (json.dumps({"width": "wide"}), "width is 'wide'"),
        (json.dumps({"width": 5}), "width is 5"),
        (json.dumps({"theme": "pink"}), "theme is 'pink'"),
    ],
)
def test_a_wrong_file_is_named_and_kept(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=says):
        load_settings(path)
    assert path.read_text() == text


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(), path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        save_settings(replace(Settings(), source="demo"), path)
    assert load_settings(path) == Settings()
    assert list(tmp_path.iterdir()) == [path]


def test_attributes_are_never_shown_at_an_attendance_desk() -> None:
    assert Settings(purpose="event", attributes=True).shows_attributes
    assert not Settings(purpose="attendance", attributes=True).shows_attributes
