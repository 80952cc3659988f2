"""Not me, that is me: what an operator says of a face becomes a hard negative or a sample, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.catalogue import network_name
from engine.errors import WorseHeadError
from gui.camera_view import CameraView
from gui.correction_jobs import Said, corrected, taken_back
from gui.error_texts import translated
from gui.face_sheet import FaceSheet
from gui.isolated import isolated
from gui.jobs import Job
from gui.messages import Action, Messages
from gui.people_desk import PeopleDesk
from gui.tapped_face import TappedFace

if TYPE_CHECKING:
    from engine.person_head import PersonHead


class Corrections(QObject):
    """Opens the sheet at a tap on a face, and does what was said.

    Args:
        people: Does the work in the background.
        view: The live picture.
        messages: The banner, for undoing and for insisting.

    Signals:
        enrol_wanted: The person in the picture is to be enrolled.
    """

    enrol_wanted = Signal()

    def __init__(self, people: PeopleDesk, view: CameraView, messages: Messages) -> None:
        super().__init__(view)
        self._people = people
        self._messages = messages
        self._said: dict[Job, Said] = {}
        self._note = 0
        self.sheet = FaceSheet(view)
        self.sheet.refused.connect(self._refuse)
        self.sheet.named.connect(self._name)
        self.sheet.enrol_wanted.connect(self.enrol_wanted)
        people.identifier_ready.connect(self._take_head)
        people.changed.connect(self._withdraw)

    def open(self, tapped: TappedFace) -> None:
        """Shows what can be said of a face."""
        self.sheet.open(tapped, self._people.head, self._people.external_ids)

    def _take_head(self, network: str, head: PersonHead) -> None:
        self.sheet.close_unless(network, head)

    def _refuse(self, tapped: TappedFace, person_id: int, name: str) -> None:
        text = self.tr("Noted: not {name}.").format(name=isolated(name))
        self._keep(Said(tapped, person_id, is_theirs=False, text=text))

    def _name(self, tapped: TappedFace, person_id: int, name: str) -> None:
        text = self.tr("Noted: this is {name}.").format(name=isolated(name))
        self._keep(Said(tapped, person_id, is_theirs=True, text=text))

    def _keep(self, said: Said, *, accept_worse: bool = False) -> None:
        people = self._people
        key, fpir = people.key, people.settings.fpir
        if said.tapped.network != network_name(key):  # another one was taken meanwhile, which saw nothing of this
            return
        job = people.submit(lambda: corrected(people.workshop(), said, key, fpir, accept_worse=accept_worse), "back")
        self._said[job] = said
        job.done.connect(self._done)
        job.failed.connect(self._fail)

    def _done(self, number: int) -> None:
        self._people.people_changed()
        said = self._said_in_sender()
        self._tell(said.text, self.tr("Undo"), lambda: self._undo(number, said.person_id))

    def _fail(self, error: Exception) -> None:
        """What would spoil the head is asked about; anything else goes to the banner as it is."""
        said = self._said_in_sender()
        if isinstance(error, WorseHeadError):
            keep = self.tr("Keep it all the same")
            self._tell(translated(error).what, keep, lambda: self._keep(said, accept_worse=True))
        else:
            self._people.failed.emit(error)

    def _said_in_sender(self) -> Said:
        job = self.sender()
        assert isinstance(job, Job)
        return self._said.pop(job)

    def _tell(self, text: str, action_text: str, action: Action) -> None:
        self._withdraw()
        self._note = self._messages.show_note(text, action_text, action)

    def _withdraw(self) -> None:
        """Once anything else was changed, the number may stand for somebody else's picture, or another store's."""
        self._messages.withdraw(self._note)

    def _undo(self, number: int, person_id: int) -> None:
        people = self._people
        job = people.ask(taken_back, number, person_id, people.key, people.settings.fpir, where="back")
        job.done.connect(people.people_changed)
