"""The user's settings: one frozen dataclass and its file."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, get_args, get_origin

from engine.errors import SettingsError
from engine.paths import write_atomically

Purpose = Literal["", "attendance", "try", "event"]
Theme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user can choose.

    Attributes:
        purpose: What the program is used for; empty until the first-run page was answered.
        source: What to look at: `camera:0`, `picamera`, `rtsp://…`, a file, a folder or `demo`.
        width: Picture width asked of a camera, pixels.
        height: Picture height asked of a camera, pixels.
        camera_fps: Frame rate asked of a camera.
        mirrored: Whether a camera's picture is shown as in a mirror.
        network: Network and precision, "mobilenet:int8".
        min_face_px: The smallest face searched for, pixels.
        fpir: Share of strangers that may be taken for somebody enrolled.
        attributes: Whether age group and ethnicity are shown. Never in attendance mode.
        theme: Light, dark, or as the system says.
        language: Language code ("en", "tr"); empty for the system's.
        kiosk_pin: PBKDF2 hash of the PIN that leaves the kiosk, or empty.
    """

    purpose: Purpose = ""
    source: str = "camera:0"
    width: int = 640
    height: int = 480
    camera_fps: int = 30
    mirrored: bool = True
    network: str = "mobilenet:int8"
    min_face_px: int = 40
    fpir: float = 0.001
    attributes: bool = False
    theme: Theme = "system"
    language: str = ""
    kiosk_pin: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, field.type, getattr(self, field.name))
        for name, low, high in (
            ("width", 160, 4096),
            ("height", 120, 4096),
            ("camera_fps", 1, 240),
            ("min_face_px", 20, 400),
            ("fpir", 0.00001, 0.02),
        ):
            if not low <= getattr(self, name) <= high:
                raise SettingsError(f"The setting {name} is {getattr(self, name)}.", f"Choose {low} to {high}.")

    @property
    def shows_attributes(self) -> bool:
        """Whether age group and ethnicity may be shown: only when asked for, and never at an attendance desk."""
        return self.attributes and self.purpose != "attendance"

    @property
    def frame_ms(self) -> float:
        """Time from one frame of the camera to the next: what a live view may spend on each."""
        return 1000.0 / self.camera_fps


def _check(name: str, kind: object, value: object) -> None:
    if get_origin(kind) is Literal:
        allowed = get_args(kind)
        if value not in allowed:
            choices = ", ".join(choice for choice in allowed if choice)
            raise SettingsError(f"The setting {name} is {value!r}.", f"Choose one of: {choices}.")
    elif type(value) is not kind:
        raise SettingsError(
            f"The setting {name} is {value!r}.", f"It must be of type {getattr(kind, '__name__', kind)}."
        )


def load_settings(path: Path) -> Settings:
    """Reads the settings file; without one, the defaults.

    Raises:
        SettingsError: The file cannot be read, or a setting in it is unknown or does not fit.
    """
    remedy = f"Mend or delete {path}, then start again."
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"The settings cannot be read: {error.strerror}.", remedy) from error
    try:
        values = json.loads(text)
    except ValueError as error:
        raise SettingsError("The settings file is damaged.", remedy) from error
    known = {field.name for field in fields(Settings)}
    if not isinstance(values, dict) or not set(values) <= known:
        strange = ", ".join(sorted(set(values) - known)) if isinstance(values, dict) else "its form"
        raise SettingsError(f"The settings file has something unknown: {strange}.", remedy)
    return Settings(**values)


def save_settings(settings: Settings, path: Path) -> None:
    """Writes the settings file, all or nothing.

    Raises:
        SettingsError: It cannot be written; the old one is untouched.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(settings), indent=2, ensure_ascii=False).encode())
    except OSError as error:
        raise SettingsError(
            f"The settings cannot be saved: {error.strerror}.", "Free some space or choose another data folder."
        ) from error
