"""Is everything there that the program needs? Answers question by question, each with a remedy."""

import hashlib
import re
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from engine.board import board_findings
from engine.catalogue import Card, Catalogue, NetworkFile
from engine.data_findings import data_findings
from engine.display import qt_findings
from engine.errors import ModelError, UserError
from engine.findings import Finding
from engine.paths import DataFolder
from engine.settings import load_settings
from engine.types import CROP_SIZE

REINSTALL = "Run packaging/run.sh again."


def examine(data: DataFolder) -> Iterator[Finding]:
    """Asks every question, whatever the others answer.

    Args:
        data: The folder whose settings and space are looked at.
    """
    questions: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        qt_findings,
        _opencv,
        _detector,
        lambda: _networks(data),
        _cameras,
        lambda: data_findings(data),
        lambda: _settings(data),
        board_findings,
    )
    for question in questions:
        try:
            yield from question()
        except UserError as error:
            yield Finding.of_error(error)
        except (ImportError, OSError) as error:
            yield Finding("fail", f"{type(error).__name__}: {error}.", REINSTALL)


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] > (3, 14):
        yield Finding("warn", f"Python {version} is newer than what was tried.", "Use Python 3.11 to 3.14.")
    else:
        yield Finding("ok", f"Python {version}.")


def _opencv() -> Iterator[Finding]:
    import cv2

    build = cv2.getBuildInformation()
    if re.search(r"GUI:\s+QT", build):
        yield Finding("warn", "OpenCV brings a second Qt.", "Replace opencv-python by opencv-python-headless.")
    if re.search(r"FFMPEG:\s+YES", build):
        yield Finding("ok", f"OpenCV {cv2.__version__} reads video files and streams.")
    else:
        yield Finding("warn", f"OpenCV {cv2.__version__} cannot read video files (built without FFmpeg).", REINSTALL)


def _detector() -> Iterator[Finding]:
    from engine.mtcnn import Mtcnn

    detector = Mtcnn.load()
    milliseconds = _milliseconds(lambda: detector.detect(np.full((480, 640, 3), 127, np.uint8)))
    yield Finding("ok", f"The detector works: {milliseconds:.0f} ms for an empty picture of 640 by 480 pixels.")


def _networks(data: DataFolder) -> Iterator[Finding]:
    catalogue = Catalogue.read([data.models])
    yield from map(Finding.of_error, catalogue.problems)
    if not catalogue.cards:
        yield Finding("fail", "No network is installed.", REINSTALL)
    for card in catalogue.cards:
        for file in card.files:
            try:
                yield _network(card, file)
            except UserError as error:
                yield Finding.of_error(error)


def _settings(data: DataFolder) -> Iterator[Finding]:
    settings = load_settings(data.settings_file)
    Catalogue.read([data.models]).find(settings.network)
    yield Finding("ok", f"The settings can be read; the network is {settings.network}.")


def _network(card: Card, file: NetworkFile) -> Finding:
    from engine.multitask import MultiTaskNetwork

    key = card.key(file)
    try:
        checksum = hashlib.sha256(file.path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"The network {key} cannot be read: {error.strerror}.", REINSTALL) from error
    if checksum != file.sha256:
        return Finding("fail", f"The network {key} is not the file that its card describes.", REINSTALL)
    network = MultiTaskNetwork.load(card, file)
    milliseconds = _milliseconds(lambda: network.infer(np.full((CROP_SIZE, CROP_SIZE, 3), 127, np.uint8)))
    return Finding("ok", f"The network {key} works: {milliseconds:.1f} ms a face.")


def _milliseconds(work: Callable[[], object]) -> float:
    """The best of three, after one to warm up."""
    work()
    spans = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return min(spans) * 1000


def _cameras() -> Iterator[Finding]:
    from engine.sources import list_cameras

    cameras = list_cameras()
    if cameras:
        yield Finding("ok", f"Cameras: {', '.join(cameras)}.")
    else:
        yield Finding(
            "warn",
            "No camera was found; the window will show the demo clip.",
            "Plug one in; if it is, let this account use it: sudo usermod -aG video $USER, then log in again.",
        )
