"""Where the program's own files and the user's data live."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from engine.replacing import replacing

PROGRAM_ROOT = Path(__file__).resolve().parent.parent


def shipped_models() -> Path:
    """The folder of the networks that ship with the program."""
    return PROGRAM_ROOT / "models"


def resources() -> Path:
    """The folder of icons, style sheets, translations and the demo clip."""
    return PROGRAM_ROOT / "resources"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder that holds everything the program keeps for its user.

    Args:
        root: The folder; made on first use, readable by its owner alone.
    """

    root: Path

    @classmethod
    def default(cls) -> "DataFolder":
        """The platform's own place (`~/.local/share/facedesk` on Linux)."""
        return cls(Path(platformdirs.user_data_dir("facedesk", appauthor=False)))

    def ensure(self) -> Path:
        """Makes the folder with mode 0700 and returns it.

        Raises:
            OSError: The folder cannot be made.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.root

    @property
    def settings_file(self) -> Path:
        """The settings, as JSON."""
        return self.root / "settings.json"

    @property
    def models(self) -> Path:
        """The user's own networks, beside the shipped ones."""
        return self.root / "models"

    @property
    def log_file(self) -> Path:
        """The log of faults."""
        return self.root / "facedesk.log"


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file under a temporary name, then renames it: a crash leaves the old file or the new one.

    Raises:
        OSError: The disk is full or the folder is not writable; the old file is untouched.
    """
    with replacing(path) as file:
        file.write(data)


def as_text(path: Path) -> str:
    """A path as text that can be kept and shown everywhere: what is not UTF-8 in it is spelt out."""
    return str(path).encode(errors="surrogateescape").decode(errors="backslashreplace")


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; none where the name is too long or a folder above may not be entered."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether there is such a file, likewise."""
    try:
        return path.is_file()
    except OSError:
        return False
