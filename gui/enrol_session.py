"""One enrolment as the wizard sees it: each of its doings is a job in the background, one at a time.

The training runs in a thread of its own with the networks that the enrolment has used so far: two threads may share an
interpreter as long as only one of them is at work, which `_in_turn` sees to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.latest import Latest
from engine.types import Frame, Image
from gui.enrol_learning import WAIT_S, Learning, LearningWatch
from gui.jobs import Job, Steps
from gui.people_desk import PeopleDesk, Where

if TYPE_CHECKING:
    from engine.capture_guide import Guidance
    from engine.enrolment import Enrolment
    from engine.health import HealthCard
    from engine.people import ConsentText, PersonRecord
    from engine.retraining import Progress
    from engine.sample_store import NetworkId


@dataclass(frozen=True, slots=True)
class Who:
    """Who is to be enrolled.

    Attributes:
        name: The name.
        external_id: A number of the house's own, or empty.
        person_id: Somebody who is enrolled already and gets more pictures; None for a new person.
    """

    name: str
    external_id: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """The crops that were taken, and how well they will do."""

    crops: tuple[Image, ...]
    health: HealthCard


class EnrolSession(QObject):
    """One enrolment. Belongs to the GUI thread; `cancel` may be called at any time and leaves no trace.

    Args:
        people: Does the jobs.

    Signals:
        listed: Everybody enrolled, as a tuple of `PersonRecord`.
        began: The consent is recorded; pictures may be taken.
        guided: A `Guidance`, for each picture that was looked at.
        captured: There are enough pictures; does not come after a `pause`.
        reported: A `FileReport` for each photograph.
        files_done: All photographs were looked at, those added meanwhile included; does not come after a `pause`.
        taken: The crops that are about to be compared, as a tuple of images.
        waiting: A `Learning` that is waited for before they are compared; one without text at its end.
        checked: A `Checked`.
        merged: The pictures belong to somebody who is enrolled already now.
        training: A `Progress`. After the one of the stage `save` was heard, nothing breaks the training off any more.
        trained: An `Outcome`.
        broken_off: The training was cancelled; nothing was changed.
        failed: An error; nothing was changed.
    """

    listed = Signal(object)
    began = Signal()
    guided = Signal(object)
    captured = Signal()
    reported = Signal(object)
    files_done = Signal()
    taken = Signal(object)
    waiting = Signal(object)
    checked = Signal(object)
    merged = Signal()
    training = Signal(object)
    trained = Signal(object)
    broken_off = Signal()
    failed = Signal(object)

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._frames: Latest[Frame] = Latest()
        self._enrolment: Enrolment | None = None  # used in jobs alone, one at a time
        self._turn = threading.Lock()
        self._consent: ConsentText | None = None
        self._jobs: list[Job] = []
        self._capturing: Job | None = None
        self._newest_files: Job | None = None
        self._save_heard = threading.Event()
        self._network: NetworkId | None = None
        self._learning = LearningWatch(people)

    def prepare(self) -> None:
        """Lists everybody, and loads the networks while the name is typed."""
        job = self._people.submit(self._list)
        job.done.connect(self.listed)
        job.failed.connect(self.failed)
        self._people.submit(self._warm_up)

    def begin(self, who: Who, consent: ConsentText) -> None:
        """Records the consent."""
        self._consent = consent
        job = self._start(lambda: self._begin(who, consent))
        job.done.connect(self._tell_began)

    def capture(self) -> None:
        """Looks at the camera's pictures until there are enough."""
        self.pause()
        self._frames.take()
        job = self._capturing = self._start(self._capture)
        job.progressed.connect(self.guided)
        job.done.connect(self._tell_captured)

    def put(self, frame: Frame) -> None:
        """Gives it a picture of the camera."""
        self._frames.put(frame)

    def pause(self) -> None:
        """Stops looking at pictures; what was taken stays."""
        self._capturing = self._newest_files = None
        for job in self._jobs:
            job.cancel()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Looks at photographs and folders instead of the camera, after those that are being looked at."""
        if self._newest_files is None:
            self.pause()
        job = self._newest_files = self._start(lambda: self._add_files(paths))
        job.progressed.connect(self.reported)
        job.ended.connect(self._tell_files_done)

    def check(self, drop: Sequence[int] = ()) -> None:
        """Compares what was taken with everybody, as soon as the network knows them.

        Args:
            drop: Places of crops to remove before.
        """
        self.pause()
        job = self._start(lambda: self._check(drop))
        job.progressed.connect(self._tell_checking)
        job.done.connect(self.checked)

    def retake(self) -> None:
        """Forgets what was taken; the consent stays. Nothing that follows breaks this off."""
        self.pause()
        self._people.submit(lambda: self._in_turn(self._forget())).failed.connect(self.failed)

    def merge_into(self, person_id: int) -> None:
        """Gives the pictures to somebody who is enrolled already."""
        job = self._start(lambda: self._merge(person_id))
        job.done.connect(self._tell_merged)

    def train(self, drop: Sequence[int] = (), *, accept_worse: bool = False) -> None:
        """Trains with the new pictures and keeps everything at once."""
        job = self._start(lambda: self._train(drop, accept_worse), "learning")
        job.progressed.connect(self._tell_training)
        job.done.connect(self._tell_trained)
        job.cancelled.connect(self.broken_off)

    def cancel(self) -> None:
        """Breaks off whatever runs and leaves no trace; after the training it does nothing."""
        self.pause()
        self._frames.take()
        job = self._people.submit(lambda: self._in_turn(self._cancel()), must_run=True)
        job.failed.connect(self._people.failed)

    def retire(self) -> None:
        """Cancels, says nothing more, and goes as soon as all is cleared up."""
        self.blockSignals(True)
        self.cancel()
        job = self._people.submit(self._let_networks_go, must_run=True)
        job.ended.connect(self.deleteLater)

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return bool(self._jobs)

    def _start(self, steps: Callable[[], Steps], where: Where = "front") -> Job:
        job = self._people.submit(lambda: self._in_turn(steps()), where)
        self._jobs.append(job)
        for over in (job.done, job.failed, job.cancelled):
            over.connect(self._job_over)  # first, so that whoever hears of the end finds `running` false
        job.failed.connect(self.failed)
        return job

    def _job_over(self, *_: object) -> None:
        self._jobs = [job for job in self._jobs if job is not self.sender()]

    def _tell_began(self, _: object) -> None:
        self.began.emit()

    def _tell_captured(self, _: object) -> None:
        if self.sender() is self._capturing:
            self.captured.emit()

    def _tell_files_done(self) -> None:
        if self.sender() is self._newest_files:
            self._newest_files = None
            self.files_done.emit()

    def _tell_checking(self, report: object) -> None:
        (self.waiting if isinstance(report, Learning) else self.taken).emit(report)

    def _tell_merged(self, _: object) -> None:
        self.merged.emit()

    def _tell_training(self, progress: Progress) -> None:
        self.training.emit(progress)
        if progress.stage == "save":
            self._save_heard.set()

    def _tell_trained(self, outcome: object) -> None:
        self._people.people_changed()
        self.trained.emit(outcome)

    # ---- in the background ----

    def _in_turn(self, steps: Steps) -> Steps:
        """Waits until a training that was broken off lets go of the enrolment."""
        with self._turn:
            return (yield from steps)

    def _list(self) -> Generator[None, None, tuple[PersonRecord, ...]]:
        from engine.people import People

        yield None
        store = self._people.workshop().store_if_any()
        return People(store).all() if store is not None else ()

    def _warm_up(self) -> Steps:
        yield None
        self._people.workshop().recognition(self._people.key)

    def _let_networks_go(self) -> Steps:
        yield None
        self._people.workshop().let_networks_go()

    def _begin(self, who: Who, consent: ConsentText) -> Steps:
        from engine.enrolment import Enrolment

        yield None
        room = self._people.workshop()
        recognition = room.recognition(self._people.key)
        enrolment = Enrolment(room.store(), recognition, fpir=self._people.settings.fpir)
        if who.person_id is None:
            enrolment.begin(who.name, consent, who.external_id)
        else:
            enrolment.add_to(who.person_id, consent)
        self._enrolment, self._network = enrolment, recognition.cohort.network

    def _capture(self) -> Generator[Guidance | None, None, None]:
        from engine.capture_guide import CaptureGuide

        enrolment = self._begun()
        if not enrolment.guide.guided:
            enrolment.guide = CaptureGuide()
        while True:
            frame = self._frames.take(WAIT_S)
            if frame is None:
                yield None
                continue
            guidance = enrolment.observe(frame.image, frame.captured_ns / 1e6)
            yield guidance
            if guidance.done:
                return

    def _add_files(self, paths: Sequence[Path]) -> Steps:
        from engine.capture_guide import CaptureGuide
        from engine.enrol_files import add_any

        enrolment = self._begun()
        if enrolment.guide.guided:
            enrolment.guide = CaptureGuide(guided=False, origin="photo")
        yield from add_any(enrolment, paths)

    def _check(self, drop: Sequence[int]) -> Generator[tuple[Image, ...] | Learning, None, Checked]:
        enrolment = self._begun()
        _drop(enrolment, drop)
        crops = tuple(sample.crop for sample in enrolment.guide.samples)
        yield crops
        assert self._network is not None
        yield from self._learning.until_learnt(self._network)
        return Checked(crops, enrolment.check())

    def _forget(self) -> Steps:
        from engine.capture_guide import CaptureGuide

        yield None
        self._begun().guide = CaptureGuide()

    def _merge(self, person_id: int) -> Steps:
        yield None
        assert self._consent is not None
        self._begun().add_to(person_id, self._consent)

    def _train(self, drop: Sequence[int], accept_worse: bool) -> Generator[Progress | None, None, object]:
        enrolment = self._begun()
        _drop(enrolment, drop)
        for progress in enrolment.finish(accept_worse=accept_worse):
            self._save_heard.clear()
            yield progress
            if progress.stage == "save":
                yield from self._until_heard()
        return enrolment.outcome_

    def _until_heard(self) -> Generator[None, None, None]:
        """Waits until the window offers no way back any more; who took it before that is obeyed."""
        while not self._save_heard.wait(WAIT_S):
            yield None
        yield None

    def _cancel(self) -> Steps:
        yield None
        enrolment, self._enrolment = self._enrolment, None
        if enrolment is not None:
            enrolment.cancel()

    def _begun(self) -> Enrolment:
        from engine.errors import EnrolmentError

        if self._enrolment is None:
            raise EnrolmentError("There is no consent yet.", "Record the consent before taking pictures.")
        return self._enrolment


def _drop(enrolment: Enrolment, places: Sequence[int]) -> None:
    for place in sorted(places, reverse=True):
        enrolment.drop(place)
