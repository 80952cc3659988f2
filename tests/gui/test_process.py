import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.paths import DataFolder
from gui.process import GarbageCollector, catch_everything, log_to


class Cycle:
    """Refers to itself, so that only the collector ends it."""

    def __init__(self) -> None:
        self.me = self
        weakref.finalize(self, ENDED.append, None)


ENDED: list[None] = []


@pytest.fixture
def collector(qapp: object) -> Iterator[GarbageCollector]:
    yield GarbageCollector()
    gc.enable()
    gc.unfreeze()


def make_cycles() -> None:
    for _ in range(2000):
        Cycle()


def test_cycles_are_collected_in_the_gui_thread_alone(collector: GarbageCollector) -> None:
    ENDED.clear()
    thread = threading.Thread(target=make_cycles)
    thread.start()
    thread.join()
    assert ENDED == []
    collector.collect()
    assert len(ENDED) == 2000


def test_faults_of_all_threads_are_told(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    for where, name in (("sys", "excepthook"), ("threading", "excepthook")):
        monkeypatch.setattr(f"{where}.{name}", None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    told: list[BaseException] = []
    catch_everything(told.append, lambda: None)

    def broken() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    assert [str(error) for error in told] == ["in a thread"]


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger()
    before, level = list(logger.handlers), logger.level
    yield logger
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def test_faults_are_logged_in_the_data_folder(tmp_path: Path, root_logger: logging.Logger) -> None:
    data = DataFolder(tmp_path / "data")
    log_to(data)
    root_logger.error("A fault of the program")
    assert "A fault of the program" in data.log_file.read_text()


def test_the_log_can_be_read_by_its_owner_alone(
    tmp_path: Path, root_logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = DataFolder(tmp_path)
    data.log_file.write_text("made by an earlier version")
    data.log_file.chmod(0o644)
    monkeypatch.setattr("gui.process.LOG_BYTES", 200)
    log_to(data)
    for number in range(10):
        root_logger.error("Fault %d of the program", number)
    logs = sorted(tmp_path.glob("facedesk.log*"))
    assert [path.name for path in logs] == ["facedesk.log", "facedesk.log.1"]
    assert [path.stat().st_mode & 0o777 for path in logs] == [0o600, 0o600]


def test_a_folder_that_cannot_be_written_does_not_stop_the_log(tmp_path: Path, root_logger: logging.Logger) -> None:
    (tmp_path / "file").write_text("")
    log_to(DataFolder(tmp_path / "file" / "data"))
    assert len(root_logger.handlers) > 0
