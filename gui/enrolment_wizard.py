"""The enrolment: who → consent → pictures → check → training → done. Nothing is kept unless it comes to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

from engine.errors import UserError, WorseHeadError
from engine.types import Frame, FrameResult
from gui.enrol_capture import CaptureStep
from gui.enrol_check import CheckStep
from gui.enrol_consent import ConsentStep
from gui.enrol_done import DoneStep
from gui.enrol_learning import Learning
from gui.enrol_session import EnrolSession
from gui.enrol_step import Step
from gui.enrol_train import TrainStep
from gui.enrol_who import WhoStep
from gui.error_texts import translated
from gui.numbers import percent
from gui.people_desk import PeopleDesk
from gui.wizard_frame import WizardFrame

if TYPE_CHECKING:
    from engine.capture_guide import Guidance
    from engine.people import PersonRecord
    from engine.retraining import Outcome, Progress


class EnrolmentWizard(WizardFrame):
    """The wizard.

    Args:
        people: Does the work in the background.
        mirrored: Whether the picture is shown as in a mirror now.

    Signals:
        busy_changed: Whether something was begun that must be ended or cancelled before going elsewhere.
        capturing_changed: Whether the camera's pictures are looked at for the enrolment.
        closed: The user is done here.
        failed: An error that belongs in the banner.
    """

    busy_changed = Signal(bool)
    capturing_changed = Signal(bool)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, people: PeopleDesk, mirrored: Callable[[], bool]) -> None:
        self.who = WhoStep()
        self.consent = ConsentStep()
        self.capture = CaptureStep()
        self.check = CheckStep()
        self.train = TrainStep()
        self.done = DoneStep()
        super().__init__((self.who, self.consent, self.capture, self.check, self.train, self.done))
        self._people = people
        self._mirrored = mirrored
        self._name = self._name_of_same = ""
        self._check_title = self.check.title
        self.session = self._new_session()
        self._connect_steps()
        self._go(self.who)

    @property
    def busy(self) -> bool:
        """Whether something was begun that is not at its end."""
        return self.step not in (self.who, self.done)

    def set_frame(self, frame: Frame) -> None:
        """Takes a picture of the camera."""
        if self.step is self.capture and self.isVisible() and self.capture.trouble is None:
            self.capture.set_frame(frame, mirrored=self._mirrored())
            self.session.put(frame)
        elif self.step is self.done:
            self.done.set_frame(frame, mirrored=self._mirrored())

    def set_result(self, result: FrameResult) -> None:
        """Takes who was recognised."""
        if self.step is self.done:
            self.done.set_result(result)

    def set_trouble(self, error: UserError | None) -> None:
        """Takes what ails the camera."""
        self.capture.set_trouble(error)

    def begin_with(self, name: str = "", external_id: str = "") -> None:
        """Begins anew, with a name and an ID that are known already."""
        self._restart()
        self.who.name_field.setText(name)
        self.who.id_field.setText(external_id)

    def cancel(self) -> None:
        """Leaves the enrolment; nothing is kept of it."""
        was_done = self.step is self.done
        begun = self.busy
        self._restart()
        if not was_done and not begun:
            self.closed.emit()

    def shut_down(self) -> None:
        """Clears up when the program ends."""
        self.session.cancel()

    def _new_session(self) -> EnrolSession:
        session = EnrolSession(self._people)
        session.setParent(self)
        session.listed.connect(self._take_people)
        session.began.connect(self._start_capture)
        session.guided.connect(self._take_guidance)
        session.captured.connect(self._end_capture)
        session.reported.connect(self.capture.add_report)
        session.files_done.connect(self.capture.end_files)
        session.taken.connect(self.check.show_crops)
        session.waiting.connect(self._say_waiting)
        session.checked.connect(self.check.show_checked)
        session.merged.connect(self._train_merged)
        session.training.connect(self._take_progress)
        session.trained.connect(self._finish)
        session.broken_off.connect(self._start_check)
        session.failed.connect(self._fail)
        return session

    def _restart(self) -> None:
        """Ends this enrolment and makes ready for the next."""
        self.session.retire()
        self.session = self._new_session()
        self.who.clear()
        self._go(self.who)
        if self.isVisible():
            self.session.prepare()

    def _go(self, step: Step) -> None:
        self.show_step(step)
        self.busy_changed.emit(self.busy)
        self.capturing_changed.emit(step is self.capture)

    def advance(self) -> None:
        """Does what the button onward says."""
        step = self.step
        if not step.ready or not step.next_text:
            return
        if step is self.who:
            self._name = self.who.who.name
            self.consent.show_for(self.who.who, is_event=self._people.is_event)
            self._go(self.consent)
        elif step is self.consent:
            self.consent.set_ready(False)
            self.session.begin(self.who.who, self.consent.consent)
        elif step is self.capture:
            self._start_check()
        elif step is self.check:
            self._start_training()
        elif step is self.done:
            self._restart()
            self.closed.emit()

    def go_back(self) -> None:
        """Goes to the step before and takes back what this one did."""
        step = self.step
        if step is self.consent:
            self._go(self.who)
        elif step is self.capture:
            self.session.cancel()
            self._go(self.consent)
        elif step is self.check:
            self.session.retake()
            self._start_capture()
        elif step is self.train:
            if self.session.running:
                self.session.pause()
            else:
                self._start_check()

    def _take_people(self, people: tuple[PersonRecord, ...]) -> None:
        self.who.set_people(people)

    def _start_capture(self) -> None:
        self.consent.set_ready(True)
        self.capture.restart()
        self._go(self.capture)
        self.session.capture()

    def _take_guidance(self, guidance: Guidance) -> None:
        if self.step is self.capture:
            self.capture.set_guidance(guidance)

    def _end_capture(self) -> None:
        if self.step is self.capture:
            self._start_check()

    def _pause_camera(self, paused: bool) -> None:
        """Whoever chooses photographs may sit before the camera."""
        if self.step is not self.capture or self.capture.from_files:
            return
        if paused:
            self.session.pause()
        else:
            self.session.capture()

    def _take_files(self, paths: list[Path]) -> None:
        if self.step is self.capture:
            self.capture.begin_files()
            self.session.add_files(paths)

    def _use_camera(self) -> None:
        self.capture.restart()
        self.session.capture()

    def _start_check(self, drop: Sequence[int] = ()) -> None:
        self.check.wait()
        self.check.title = self._check_title
        self._go(self.check)
        self.session.check(drop)

    def _say_waiting(self, learning: Learning) -> None:
        """The heading says what the comparison waits for."""
        told = f"{learning.text} {percent(learning.share, 0)}" if learning.text else self._check_title
        if told != self.check.title:
            self.check.title = told
            self.check.refreshed.emit()

    def _check_again(self) -> None:
        self._start_check(self.check.dropped)

    def _start_training(self, *, accept_worse: bool = False) -> None:
        dropped = self.check.dropped
        accept_worse = accept_worse or self.check.different
        self.check.wall.show_crops(())
        self.train.restart()
        self._go(self.train)
        self.session.train(dropped, accept_worse=accept_worse)

    def _merge(self, person_id: int, name: str) -> None:
        self._name_of_same = name
        self.check.set_ready(False)
        self.allow_leaving(False)
        self.session.merge_into(person_id)

    def _train_merged(self) -> None:
        self._name = self._name_of_same
        self._start_training()

    def _train_again(self) -> None:
        self._start_training()

    def _accept_worse(self) -> None:
        self._start_training(accept_worse=True)

    def _take_progress(self, progress: Progress) -> None:
        """What is being kept cannot be broken off, so nothing may look as if it could."""
        self.train.set_progress(progress)
        self.allow_leaving(progress.stage != "save")

    def _finish(self, outcome: Outcome) -> None:
        self.done.curve.take(self.train.curve)
        self.done.show_outcome(self._name, outcome, is_event=self._people.is_event)
        self._go(self.done)

    def _fail(self, error: Exception) -> None:
        """A training that failed says so where it ran; anything else goes to the banner."""
        self.consent.set_ready(True)
        self.allow_leaving(True)
        if self.step is self.train and isinstance(error, UserError):
            told = translated(error)
            self.train.show_error(told.what, told.remedy, worse=isinstance(error, WorseHeadError))
            return
        self.failed.emit(error)
        if self.step is self.train:
            self.train.show_error(self.tr("The training stopped."), "", worse=False)
        elif self.step is self.check and self.check.wall.count:
            self.check.show_failure()
        elif self.step is self.check:
            self.session.retake()
            self._start_capture()

    def _connect_steps(self) -> None:
        self.capture.choosing.connect(self._pause_camera)
        self.capture.files_chosen.connect(self._take_files)
        self.capture.camera_wanted.connect(self._use_camera)
        self.check.same_person.connect(self._merge)
        self.check.retry_wanted.connect(self._check_again)
        self.train.retry_wanted.connect(self._train_again)
        self.train.accept_wanted.connect(self._accept_worse)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, where one can leave."""
        if event.key() == Qt.Key.Key_Escape and self.busy:
            if self.can_leave:
                self.cancel()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Makes ready while the name is typed."""
        super().showEvent(event)
        self.session.prepare()
        self.focus_step()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaves what was begun behind, without a trace; a window that is only minimised goes on."""
        super().hideEvent(event)
        if not event.spontaneous() and self.step is not self.who:
            self._restart()
