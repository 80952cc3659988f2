"""The parts that the program is made of: name, version at run time, licence."""

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        name: What it is called.
        version: The version that runs; empty when it has none.
        licence: Its licence, as its makers call it; what is said of it besides, in the user's language.
    """

    name: str
    version: str
    licence: str


_PACKAGES = (
    ("PySide6-Essentials", "Qt for Python", "LGPL-3.0"),
    ("pyqtgraph", "pyqtgraph", "MIT"),
    ("ai-edge-litert", "LiteRT", "Apache-2.0"),
    ("opencv-python-headless", "OpenCV", QT_TRANSLATE_NOOP("Parts", "Apache-2.0; its wheels bring FFmpeg, LGPL-2.1")),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("click", "click", "BSD-3-Clause"),
    ("platformdirs", "platformdirs", "MIT"),
)
_WEIGHTS = QT_TRANSLATE_NOOP("Parts", "weights: MIT, of the mtcnn package and of facenet; see NOTICE")


def parts() -> tuple[Part, ...]:
    """Every part, with the version that is installed."""
    packages = tuple(Part(name, _version(package), _told(licence)) for package, name, licence in _PACKAGES)
    weights = Part("MTCNN", "", _told(_WEIGHTS))
    return (*packages, Part("Python", platform.python_version(), "PSF-2.0"), weights)


def _told(licence: object) -> str:
    return QCoreApplication.translate("Parts", str(licence))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
