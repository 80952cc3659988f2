"""The parts that the program is made of: name, version at run time, licence. No Qt."""

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        name: What it is called.
        version: The version that runs; empty when it has none.
        licence: Its licence, as its makers call it.
    """

    name: str
    version: str
    licence: str


_PACKAGES = (
    ("PySide6-Essentials", "Qt for Python", "LGPL-3.0"),
    ("pyqtgraph", "pyqtgraph", "MIT"),
    ("ai-edge-litert", "LiteRT", "Apache-2.0"),
    ("opencv-python-headless", "OpenCV", "Apache-2.0; its wheels bring FFmpeg, LGPL-2.1"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("click", "click", "BSD-3-Clause"),
    ("platformdirs", "platformdirs", "MIT"),
)


def parts() -> tuple[Part, ...]:
    """Every part, with the version that is installed."""
    packages = tuple(Part(name, _version(package), licence) for package, name, licence in _PACKAGES)
    weights = Part("MTCNN", "", "weights: MIT, of the mtcnn package and of facenet; see NOTICE")
    return (*packages, Part("Python", platform.python_version(), "PSF-2.0"), weights)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
