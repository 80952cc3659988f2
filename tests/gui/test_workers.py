import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.workers import Worker, running_threads


class Waiting(Worker):
    def work(self) -> None:
        self._stop.wait()


class Hanging(Worker):
    """Stands for a driver that does not return."""

    def __init__(self, release: threading.Event) -> None:
        super().__init__("hanging")
        self._release = release

    def work(self) -> None:
        self._release.wait(30)


class Broken(Worker):
    def work(self) -> None:
        raise ZeroDivisionError("a bug")


def test_a_worker_stops_when_asked(qtbot: QtBot) -> None:
    worker = Waiting("waiting")
    with qtbot.waitSignal(worker.finished):
        worker.start()
        worker.stop()
    assert worker.wait(1.0)
    assert not worker.running


def test_a_fault_is_reported_and_finished_comes_last(qtbot: QtBot) -> None:
    worker = Broken("broken")
    with qtbot.waitSignals([worker.failed, worker.finished], order="strict"), qtbot.waitSignal(worker.failed) as failed:
        worker.start()
    assert failed.args is not None
    assert str(failed.args[0]) == "a bug"
    assert worker.wait(1.0)


def test_waiting_for_a_thread_that_hangs_has_a_bound(qtbot: QtBot) -> None:
    release = threading.Event()
    worker = Hanging(release)
    worker.start()
    worker.stop()
    assert not worker.wait(0.05)
    assert "hanging" in running_threads()
    with qtbot.waitSignal(worker.finished):
        release.set()
    assert worker.wait(1.0)
    assert "hanging" not in running_threads()


def test_a_worker_that_was_never_started_needs_no_waiting() -> None:
    assert Waiting("waiting").wait(0.0)


def test_work_must_be_written(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker("empty")
    with qtbot.waitSignal(worker.failed) as failed:
        worker.start()
    assert failed.args is not None
    assert isinstance(failed.args[0], NotImplementedError)
