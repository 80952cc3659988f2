"""Not me, that is me: what an operator says of a face becomes a hard negative or a sample, and can be undone."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.align import align
from engine.quality import look_quality
from engine.types import Frame, TrackedFace
from gui.camera_view import CameraView
from gui.face_sheet import FaceSheet, TappedFace
from gui.jobs import Job
from gui.messages import Messages
from gui.people_desk import PeopleDesk
from gui.people_jobs import remove_crops, retrained

if TYPE_CHECKING:
    from engine.retraining import Progress
    from gui.workshop import Workshop


class Corrections(QObject):
    """Opens the sheet at a tap on a face, and does what was said.

    Args:
        people: Does the work in the background.
        view: The live picture.
        messages: The banner, for undoing.

    Signals:
        enrol_wanted: The person in the picture is to be enrolled.
    """

    enrol_wanted = Signal()

    def __init__(self, people: PeopleDesk, view: CameraView, messages: Messages) -> None:
        super().__init__(view)
        self._people = people
        self._messages = messages
        self._said: dict[Job, str] = {}
        self._note = 0
        self.sheet = FaceSheet(view)
        self.sheet.refused.connect(self._refuse)
        self.sheet.named.connect(self._name)
        self.sheet.enrol_wanted.connect(self.enrol_wanted)

    def open(self, face: TrackedFace, frame: Frame) -> None:
        """Shows what can be said of a face that was tapped."""
        if face.embedding is not None:
            crop = align(frame.image, face.detection.landmarks)
            self.sheet.open(TappedFace(face, frame, crop), self._people.head)

    def _refuse(self, tapped: TappedFace, person_id: int, name: str) -> None:
        text = self.tr("Noted: not {name}.").format(name=name)
        self._start(text, self._people.ask(refused, tapped, person_id, self._people.key, where="back"))

    def _name(self, tapped: TappedFace, person_id: int, name: str) -> None:
        text = self.tr("Noted: this is {name}.").format(name=name)
        self._start(text, self._people.ask(confirmed, tapped, person_id, self._people.key, where="back"))

    def _start(self, text: str, job: Job) -> None:
        self._said[job] = text
        job.done.connect(self._done)

    def _done(self, number: int) -> None:
        self._people.people_changed()
        job = self.sender()
        assert isinstance(job, Job)
        text = self._said.pop(job, "")
        self._messages.withdraw(self._note)
        self._note = self._messages.show_note(text, self.tr("Undo"), lambda: self._undo(number))

    def _undo(self, number: int) -> None:
        job = self._people.ask(remove_crops, (number,), self._people.key, where="back")
        job.done.connect(self._people.people_changed)


def refused(room: Workshop, tapped: TappedFace, person_id: int, key: str) -> Generator[Progress, None, int]:
    """Keeps that a face is not somebody's, and trains; returns the number to undo it by."""
    from engine.gallery import network_id
    from engine.sample_store import SampleStore

    assert tapped.face.embedding is not None
    number = SampleStore(room.store()).refuse(person_id, tapped.face.embedding, network_id(room.card(key)))
    yield from retrained(room, key)
    return number


def confirmed(room: Workshop, tapped: TappedFace, person_id: int, key: str) -> Generator[Progress, None, int]:
    """Keeps a face as a sample of somebody's, and trains; returns the number to undo it by."""
    from engine.face_quality import pose_of
    from engine.sample_store import SampleStore
    from engine.samples import FaceSample, embed_views

    store, recognition = room.store(), room.recognition(key)
    detection = tapped.face.detection
    pose, quality = pose_of(detection.landmarks), look_quality(detection, tapped.crop)
    sample = FaceSample(tapped.crop, quality, pose.yaw, pose.pitch, "correction")
    vectors = embed_views(recognition.network, tapped.crop)
    with store.write() as session:
        (number,) = SampleStore(store).add(session, person_id, [sample], [vectors], recognition.cohort.network)
    yield from retrained(room, key)
    return number
