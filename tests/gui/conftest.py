import gc
import os
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gui import translations
from gui.workers import running_threads

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    # Qt's offscreen platform says this of any window with a size limit; it means nothing.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def collect_in_the_gui_thread() -> Iterator[None]:
    """As the program does (gui/process.py): a widget that another thread collects can hang or end the process."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """Tests read English, whatever the language of the machine."""
    translations.install(qapp, "en")


@pytest.fixture(scope="session", autouse=True)
def threads_end(qapp: QApplication) -> Iterator[None]:
    """Waits for the threads that tests gave up on: Qt ends the process when one is destroyed as it runs."""
    yield
    deadline_s = time.monotonic() + 60
    while running_threads() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert running_threads() == []
