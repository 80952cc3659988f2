"""Makes the picture story of an enrolment, resources/screenshots/wizard/, from the real window on the demo clip.

Run: python packaging/make_wizard_screenshots.py [--source CLIP] [--to FOLDER] [--language tr]
(needs no screen; about a minute). Tells when each step was reached, in seconds since the wizard opened, the pauses for
the pictures among them; nobody has to read or to think, so it is what the program itself takes of an enrolment.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from make_screenshots import ROOT, live_for, wait_until

os.environ["FACEDESK_NO_KEYRING"] = "1"

import cv2
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.paths import DataFolder
from engine.settings import Settings, save_settings
from engine.sources import FrameSource, open_source
from engine.types import Frame
from gui import translations
from gui.app import Facedesk, LaunchOptions
from gui.enrolment_wizard import EnrolmentWizard
from gui.settings_keeper import SettingsKeeper

SIZE = (800, 480)
NAME = "grace öz"
CAPTURE_S = 20.0
ENLARGED = 1.15
SEEN = 178
"""So many pictures of the demo clip show the face; after them it hides behind the pillar."""


class Willing(FrameSource):
    """A clip to and fro, a little enlarged: somebody who stands in front of the camera."""

    def __init__(self, clip: str) -> None:
        super().__init__("Camera", 30.0)
        self.is_live = self.is_camera = True
        with open_source(clip) as source:
            frames = [frame.image for frame in iter(source.read, None) if frame is not None]
        frames = frames[:SEEN] if clip == "demo" else frames
        self._images = [*frames, *reversed(frames)]
        self._index = 0

    def read(self) -> Frame | None:
        """The next picture, at the speed of a camera."""
        if self._stopped.wait(0.033):
            return None
        image = self._images[self._index % len(self._images)]
        height, width = image.shape[:2]
        rows, columns = round(height / ENLARGED), round(width / ENLARGED)
        top, left = (height - rows) // 3, (width - columns) // 2
        cut = image[top : top + rows, left : left + columns]
        self._index += 1
        return Frame(np.asarray(cv2.resize(cut, (640, 480)), np.uint8), self._index, time.monotonic_ns(), 0.0)


class Story:
    """Walks through the wizard and takes a picture of each step.

    Args:
        facedesk: The running program.
        folder: Where the pictures go.
    """

    def __init__(self, facedesk: Facedesk, folder: Path) -> None:
        self._facedesk = facedesk
        self._folder = folder
        self._number = 0
        self._began_s = time.monotonic()

    def tell(self) -> None:
        """From the first letter of the name to the name in the live picture."""
        wizard = self._begin()
        self._type(wizard)
        self.save("who")
        wizard._next.click()
        self.save("consent")
        live_for(1.0)  # a consent cannot be agreed to by the second of two quick taps
        wizard._next.click()
        wait_until(lambda: wizard.step is wizard.capture)
        live_for(1.0)
        self.save("pictures_front")
        wait_until(lambda: wizard.capture.view.arrow or wizard.step is not wizard.capture, CAPTURE_S)
        self.save("pictures_turn")
        ends = time.monotonic() + CAPTURE_S
        wait_until(lambda: wizard.step is not wizard.capture or time.monotonic() > ends, 2 * CAPTURE_S)
        if wizard.step is wizard.capture:
            wizard._next.click()
        wait_until(lambda: wizard.step is wizard.check and wizard.check.ready)
        self.save("check")
        wizard._next.click()
        wait_until(lambda: wizard.train.curve.epochs > 3 or wizard.step is wizard.done)
        self.save("train", settle_s=0.0)
        wait_until(lambda: wizard.step is wizard.done and wizard.done.view.labels())
        self.save("done")
        wizard._next.click()
        wait_until(self._facedesk.live.view.labels)
        self.save("live")

    def save(self, name: str, settle_s: float = 0.4) -> None:
        """Takes one picture."""
        reached_s = time.monotonic() - self._began_s
        live_for(settle_s)
        self._number += 1
        path = self._folder / f"{self._number}_{name}.png"
        self._facedesk.window.grab().toImage().save(str(path), quality=0)  # the best compression
        print(f"{reached_s:5.1f} s  {path}")  # noqa: T201

    def _begin(self) -> EnrolmentWizard:
        wait_until(lambda: self._facedesk.network)
        self._began_s = time.monotonic()
        self._facedesk.window.show_page("enrol")
        wizard = self._facedesk.window.findChild(EnrolmentWizard)
        assert isinstance(wizard, EnrolmentWizard)
        live_for(0.5)
        return wizard

    def _type(self, wizard: EnrolmentWizard) -> None:
        keyboard = wizard.who.keyboard
        for letter in NAME:
            if letter not in "abcdefghijklmnopqrstuvwxyz " and keyboard.language != "tr":
                QTest.mouseClick(keyboard.key("language"), Qt.MouseButton.LeftButton)
            QTest.mouseClick(keyboard.key("space" if letter == " " else letter), Qt.MouseButton.LeftButton)


def main() -> None:
    """Makes the story."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="demo", help="the clip that stands for the camera")
    parser.add_argument("--language", default="en", help="language of the window")
    parser.add_argument("--to", type=Path, default=ROOT / "resources" / "screenshots" / "wizard", help="folder")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    translations.install(app, options.language)
    with tempfile.TemporaryDirectory() as folder:
        data = DataFolder(Path(folder))
        save_settings(Settings(purpose="try", theme="light", language=options.language), data.settings_file)
        keeper = SettingsKeeper(data.settings_file)
        facedesk = Facedesk(LaunchOptions(data=data), keeper, opener=lambda *_: Willing(options.source))
        facedesk.start()
        facedesk.window.showNormal()
        facedesk.window.resize(*SIZE)
        QCursor.setPos(facedesk.window.mapToGlobal(facedesk.window.rect().bottomLeft()))
        Story(facedesk, options.to).tell()
        facedesk.window.close()


if __name__ == "__main__":
    main()
