from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.settings import Settings, load_settings, save_settings
from gui.settings_keeper import SettingsKeeper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "settings.json"
    save_settings(Settings(source="camera:1", theme="dark"), file)
    return file


def test_what_is_given_for_once_is_not_saved(path: Path) -> None:
    keeper = SettingsKeeper(path)
    keeper.override(source="demo")
    keeper.change(replace(keeper.saved, theme="light"))
    assert (keeper.session.source, keeper.session.theme) == ("demo", "light")
    assert (load_settings(path).source, load_settings(path).theme) == ("camera:1", "light")


def test_what_the_user_chooses_wins_over_what_was_given_for_once(path: Path) -> None:
    keeper = SettingsKeeper(path)
    keeper.override(source="demo")
    keeper.change(replace(keeper.saved, source="camera:0"))
    assert keeper.session.source == "camera:0"


def test_a_damaged_file_gives_the_defaults_and_its_error(path: Path) -> None:
    path.write_text("{")
    keeper = SettingsKeeper(path)
    assert keeper.saved == Settings()
    assert isinstance(keeper.error, SettingsError)
    assert path.read_text() == "{"


def test_an_override_that_does_not_fit_is_an_error(path: Path) -> None:
    with pytest.raises(SettingsError):
        SettingsKeeper(path).override(width=1)


def test_a_setting_that_cannot_be_saved_is_in_force_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keeper = SettingsKeeper(tmp_path / "file" / "settings.json")
    with pytest.raises(SettingsError):
        keeper.change(replace(keeper.saved, theme="light"))
    assert keeper.session.theme == "light"
