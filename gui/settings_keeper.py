"""The settings in the file, and those of this session, which the command line may have changed."""

from dataclasses import fields, replace
from pathlib import Path

from engine.errors import SettingsError
from engine.settings import Settings, load_settings, save_settings


class SettingsKeeper:
    """Keeps both apart, so that a source given for once never becomes the setting.

    Args:
        path: The settings file.

    Attributes:
        saved: What the file says, or the defaults.
        session: What is in force.
        error: Why the file could not be read; it is left alone until the user changes a setting.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.error: SettingsError | None = None
        try:
            self.saved = load_settings(path)
        except SettingsError as error:
            self.error = error
            self.saved = Settings()
        self.session = self.saved

    def override(self, **values: object) -> None:
        """Changes settings for this session only.

        Raises:
            SettingsError: A value does not fit.
        """
        self.session = replace(self.session, **values)  # type: ignore[arg-type]

    def change(self, saved: Settings) -> None:
        """Takes over new settings; the session takes over those that differ from the old ones, and they are saved.

        Raises:
            SettingsError: The file cannot be written; the settings are in force all the same.
        """
        changed = {
            field.name: getattr(saved, field.name)
            for field in fields(Settings)
            if getattr(saved, field.name) != getattr(self.saved, field.name)
        }
        self.saved = saved
        self.session = replace(self.session, **changed)
        save_settings(saved, self._path)
