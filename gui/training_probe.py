"""The real window on the demo clip while person heads are trained: what `facedesk bench` says of its pace.

Run as `python -m gui.training_probe NETWORK FOLDER`; prints the figures as one line of JSON, and ends.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from engine.bench.heads import STRANGERS, made_up_people, made_up_vectors
from engine.bench.window import Pace, PaceBeside
from engine.keys import NO_KEYRING
from engine.paths import DataFolder
from gui.app import Facedesk, LaunchOptions, run
from gui.jobs import Job, Steps
from gui.pace_watch import PaceWatch
from gui.people_desk import HOUSE_AFTER_MS
from gui.start_probe import LabelWatch

if TYPE_CHECKING:
    from engine.retraining import Progress
    from gui.workshop import Workshop

PEOPLE = 100
WATCH_MS = 2000
"""So long before the training; and so long at least it trains."""

Training = Callable[[], "Generator[Progress, None, None]"]


class TrainingProbe(QObject):
    """Waits for the first label, watches the window, trains beside it, and tells both.

    Args:
        facedesk: Whose window it watches, and who owns it.
    """

    def __init__(self, facedesk: Facedesk) -> None:
        super().__init__(facedesk)
        self._facedesk = facedesk
        self._pace = PaceWatch(facedesk.live.view, self)
        self._before: Pace | None = None
        self._training: Training | None = None
        LabelWatch(facedesk).labelled.connect(self._let_it_settle)

    def _let_it_settle(self) -> None:
        QTimer.singleShot(HOUSE_AFTER_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Behind the chores of a start, so that they are done before the watching begins."""
        job = self._facedesk.people.submit(lambda: prepared(self._facedesk.people.workshop()), "back")
        job.done.connect(self._watch_before)
        job.failed.connect(self._fail)

    def _watch_before(self, training: Training) -> None:
        self._training = training
        self._pace.begin()
        QTimer.singleShot(WATCH_MS, self, self._train)

    def _train(self) -> None:
        assert self._training is not None
        training = self._training
        self._before = self._pace.end()
        self._pace.begin()
        job: Job = self._facedesk.people.submit(lambda: again_and_again(training), "learning")
        job.progressed.connect(self._show_progress)
        job.done.connect(self._tell)
        job.failed.connect(self._fail)

    def _show_progress(self, progress: Progress) -> None:
        self._facedesk.people.chore.emit("Learning faces", progress.fraction)

    def _tell(self, trainings: int) -> None:
        assert self._before is not None
        print(json.dumps(asdict(PaceBeside(self._before, self._pace.end(), trainings))), flush=True)  # noqa: T201
        self._facedesk.leave()

    def _fail(self, error: Exception) -> None:
        traceback.print_exception(error)
        self._facedesk.leave()


def prepared(room: Workshop) -> Generator[None, None, Training]:
    """Opens the store, as an enrolment has by then, and makes up those who are learnt."""
    from engine.gallery import Cohort
    from engine.retraining import Retraining
    from engine.sample_store import NetworkId

    yield None
    rng = np.random.default_rng(0)
    strangers, people = made_up_vectors(STRANGERS, rng), made_up_people(PEOPLE, rng)
    job = Retraining(room.store(), Cohort(NetworkId("made up", ""), strangers))

    def training() -> Generator[Progress, None, None]:
        yield from job.train(people, lambda _: None, accept_worse=True)

    return training


def again_and_again(training: Training) -> Steps:
    """Trains until enough time is spent on it; returns how often."""
    began_s, times = time.perf_counter(), 0
    while time.perf_counter() - began_s < WATCH_MS / 1000:
        yield from training()
        times += 1
    return times


def main() -> int:
    """Opens the window."""
    os.environ[NO_KEYRING] = "1"  # the key of a store that is deleted at once
    return run(LaunchOptions(source="demo", model=sys.argv[1], data=DataFolder(Path(sys.argv[2]))), TrainingProbe)


if __name__ == "__main__":
    sys.exit(main())
