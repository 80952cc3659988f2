"""Makes the screenshots of resources/screenshots/ from the real window on a real clip.

Run: python packaging/make_screenshots.py [--source SRC] [--to FOLDER]     (needs no screen; about a minute)
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QCursor  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.errors import CameraError  # noqa: E402
from engine.paths import DataFolder  # noqa: E402
from engine.settings import Settings, Theme, save_settings  # noqa: E402
from engine.sources import FrameSource  # noqa: E402
from gui import translations  # noqa: E402
from gui.app import Facedesk, LaunchOptions  # noqa: E402
from gui.desk import Opener  # noqa: E402
from gui.engine_room import open_for_window  # noqa: E402
from gui.process import GarbageCollector  # noqa: E402
from gui.settings_keeper import SettingsKeeper  # noqa: E402

SIZES = ((800, 480), (1920, 1080))
CHART_S = 12.0


def live_for(seconds: float) -> None:
    """Lets the window live for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def wait_until(condition: Callable[[], object], timeout_s: float = 30.0) -> None:
    """Lets the window live until something is true."""
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("The window did not come to the state that was to be shown.")
        live_for(0.01)


class Studio:
    """Opens windows and takes their pictures.

    Args:
        source: What they look at.
        folder: Where the pictures go.
    """

    def __init__(self, source: str, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._data = Path(tempfile.gettempdir()) / "facedesk"

    def open(self, purpose: str, theme: Theme, opener: Opener = open_for_window) -> Facedesk:
        """Opens a window with fresh settings."""
        shutil.rmtree(self._data, ignore_errors=True)
        data = DataFolder(self._data)
        source = self._source if opener is open_for_window else "camera:0"
        settings = Settings(purpose=purpose, theme=theme, source=source, attributes=True, language="en")  # type: ignore[arg-type]
        save_settings(settings, data.settings_file)
        facedesk = Facedesk(LaunchOptions(data=data), SettingsKeeper(data.settings_file), opener=opener)
        facedesk.start()
        return facedesk

    def save(self, facedesk: Facedesk, name: str, size: tuple[int, int]) -> None:
        """Takes one picture."""
        facedesk.window.showNormal()
        facedesk.window.resize(*size)
        QCursor.setPos(facedesk.window.mapToGlobal(facedesk.window.rect().bottomLeft()))
        live_for(1.2)
        facedesk.live.status.refresh()
        path = self._folder / f"{name}_{size[0]}x{size[1]}.png"
        facedesk.window.grab().save(str(path))
        print(path)  # noqa: T201

    def pages(self, theme: Theme) -> None:
        """Every page in both sizes."""
        facedesk = self.open("try", theme)
        facedesk.window.resize(*SIZES[0])
        wait_until(facedesk.live.view.labels)
        facedesk.window.show_page("networks")
        for key in ("mobilenet:fp16", "mobilenet:int8"):
            live_for(5.0)
            facedesk.choose_network(key)
            wait_until(lambda key=key: facedesk.network == key)
        live_for(CHART_S)
        for size in SIZES:
            for page in facedesk.window.page_keys:
                if page == "networks" and facedesk.window.wide:
                    continue
                facedesk.window.show_page(page)
                if page == "live":
                    wait_until(facedesk.live.view.labels)
                self.save(facedesk, f"{page}_{theme}", size)
        facedesk.window.close()

    def first_run(self, theme: Theme) -> None:
        """The first question."""
        facedesk = self.open("", theme)
        for size in SIZES:
            self.save(facedesk, f"first_run_{theme}", size)
        facedesk.window.close()

    def no_camera(self, theme: Theme) -> None:
        """The demo clip with the line that says why."""
        facedesk = self.open("try", theme, _without_camera)
        wait_until(facedesk.live.view.labels)
        self.save(facedesk, f"no_camera_{theme}", SIZES[0])
        facedesk.window.close()


def _without_camera(source: str, settings: Settings) -> FrameSource:
    if source != "demo":
        raise CameraError("There is no camera 0.", "Plug one in, then tap Retry.")
    return open_for_window(source, settings)


def main() -> None:
    """Makes all screenshots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="demo", help="what the window looks at")
    parser.add_argument("--to", type=Path, default=ROOT / "resources" / "screenshots", help="folder of the pictures")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    GarbageCollector(app)
    translations.install(app, "en")
    studio = Studio(options.source, options.to)
    studio.first_run("light")
    studio.no_camera("dark")
    studio.pages("light")
    studio.pages("dark")


if __name__ == "__main__":
    main()
