import os

import pytest
from PySide6.QtWidgets import QApplication

from gui import translations

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    # Qt's offscreen platform says this of any window with a size limit; it means nothing.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """Tests read English, whatever the language of the machine."""
    translations.install(qapp, "en")
