"""Measures the window on this machine: start to the first labelled face, painting, delay, memory, and its end.

Run: python packaging/measure_window.py [SOURCE]   (QT_QPA_PLATFORM=offscreen where there is no screen)
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

BEGAN = time.monotonic()
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.paths import DataFolder  # noqa: E402
from engine.settings import Settings, save_settings  # noqa: E402
from engine.types import Frame, FrameResult  # noqa: E402
from gui.app import Facedesk, LaunchOptions  # noqa: E402
from gui.settings_keeper import SettingsKeeper  # noqa: E402

PAINTS = 200


def wait_until(condition: Callable[[], object], timeout_s: float = 20.0) -> float:
    """Lets the window live until something is true; returns how long that took, seconds."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > timeout_s:
            raise SystemExit("It did not happen in time.")
        QApplication.processEvents()
        time.sleep(0.001)
    return time.monotonic() - began


def spread(values: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.2f}, p95 {ordered[int(len(ordered) * 0.95)]:.2f}"


def painting_ms(facedesk: Facedesk, width: int, height: int) -> tuple[list[float], list[float]]:
    """Paints new frames of a size in a view of that size; returns milliseconds by the clock and of the processor."""
    import numpy as np

    view = facedesk.live.view
    last = facedesk.live.view._result
    assert last is not None
    facedesk.window.showNormal()
    facedesk.window.resize(width + 98, height + 40)
    QApplication.processEvents()
    image = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    clock, processor = [], []
    for index in range(PAINTS):
        frame = Frame(image.copy(), index, time.monotonic_ns(), 0.0)
        view.set_frame(frame)
        view.set_result(FrameResult(frame, last.faces, last.times, time.monotonic_ns(), last.network))
        cpu = time.thread_time()
        view.repaint()
        processor.append((time.thread_time() - cpu) * 1000)
        clock.append(view.paint_times_ms[-1])
    return clock, processor


def measure_switches(facedesk: Facedesk) -> None:
    """Switches to every network in turn: time to its first result, and the longest that the picture stood still."""
    pictures: list[float] = []
    answers: list[str] = []
    facedesk.desk.pictured.connect(lambda _: pictures.append(time.monotonic()))
    facedesk.desk.answered.connect(lambda result: answers.append(result.network))
    keys = [card.key(file) for card in facedesk.catalogue.cards for file in card.files]
    for key in (*keys, facedesk.network):
        facedesk.choose_network(key)
        pictures.clear()
        took = wait_until(lambda key=key: answers[-1:] == [key])
        wait_until(lambda: len(pictures) > 20)
        still = max(later - earlier for earlier, later in pairwise(pictures))
        print(f"switch to {key}: first result after {took:.2f} s, longest still picture {still * 1000:.0f} ms")  # noqa: T201


def main() -> None:
    """Starts the window once and prints the figures."""
    source = sys.argv[1] if len(sys.argv) > 1 else "demo"
    data = DataFolder(Path(tempfile.mkdtemp(prefix="facedesk-")))
    save_settings(Settings(purpose="try", source=source, attributes=True), data.settings_file)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    facedesk = Facedesk(LaunchOptions(data=data), SettingsKeeper(data.settings_file))
    facedesk.start()
    print(f"window shown after {time.monotonic() - BEGAN:.2f} s")  # noqa: T201
    wait_until(facedesk.live.view.labels)
    print(f"first labelled face after {time.monotonic() - BEGAN:.2f} s")  # noqa: T201
    delays: list[float] = []
    facedesk.desk.pictured.connect(lambda frame: delays.append((time.monotonic_ns() - frame.captured_ns) / 1e6))
    wait_until(lambda: len(delays) > 100)
    print(f"picture behind its capture, ms: {spread(delays)}")  # noqa: T201
    measure_switches(facedesk)
    from gui.measuring import resident_mb

    print(f"resident memory {resident_mb():.0f} MB")  # noqa: T201
    wait_until(facedesk.live.view.labels)
    clock, processor = painting_ms(facedesk, 1280, 720)
    print(f"painting 1280 x 720, ms: {spread(clock)}; processor time {spread(processor)}")  # noqa: T201
    began = time.monotonic()
    facedesk.window.close()
    print(f"closed in {time.monotonic() - began:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main()
