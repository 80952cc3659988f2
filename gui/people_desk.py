"""The people behind the live desk, seen from the GUI thread: jobs on the store, and who answers for a network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from engine.catalogue import Catalogue, network_name
from engine.errors import WorseHeadError
from engine.paths import DataFolder
from engine.settings import Settings
from gui.head_loader import HeadLoader, LoadedHead
from gui.house_keeper import HouseKeeper
from gui.jobs import Job, JobThread, Steps
from gui.people_jobs import caught_up, retrained

if TYPE_CHECKING:
    from engine.person_head import PersonHead
    from engine.retraining import Progress
    from gui.workshop import Workshop

Where = Literal["front", "learning", "back", "heads"]
"""What somebody waits for, the training that follows it, chores, and who is named; all but the first let the live view
go first."""
NETWORK = "network"
"""Property of a training's job: which network, with its precision, it is for."""
HOUSE_AFTER_MS = 2000
"""What is due at the start waits until the first picture is on show."""


class PeopleDesk(QObject):
    """Does what concerns people in background threads, see `Where`.

    Args:
        data: Where what is kept lies.
        catalogue: Where networks are found.
        settings: What to start with.

    Signals:
        identifier_ready: Name of a network and the head that answers for it from now on.
        changed: People, samples or heads changed.
        chore: What is done in the background and how far it is, in [0, 1]; an empty text at its end.
        receipt: A receipt of people whose retention date has passed.
        worse_head: A `WorseHeadError`: what was trained in the background is worse, and the old head stays; and the
            network it was trained for, with its precision.
        failed: An error that belongs in the banner.
        outdated: An error that does not belong there any more.
    """

    identifier_ready = Signal(str, object)
    changed = Signal()
    chore = Signal(str, float)
    receipt = Signal(object)
    worse_head = Signal(object, str)
    failed = Signal(object)
    outdated = Signal(object)

    def __init__(self, data: DataFolder, catalogue: Catalogue, settings: Settings) -> None:
        super().__init__()
        self._data = data
        self.catalogue = catalogue
        self.settings = settings
        self.network = ""
        self.head: PersonHead | None = None
        self.external_ids: Mapping[int, str] = {}
        self._room: Workshop | None = None
        self._room_lock = threading.Lock()
        self._threads: dict[Where, JobThread] = {
            "front": JobThread("people"),
            "learning": JobThread("learning", patient=True),
            "back": JobThread("people chores", patient=True),
            "heads": JobThread("heads", patient=True),
        }
        for thread in self._threads.values():
            thread.job_ended.connect(self._forget_job)
            thread.failed.connect(self.failed)
        self._jobs: list[Job] = []
        self._waiting: list[tuple[JobThread, Job]] = []
        self._tried: tuple[str, int] | None = None
        self._training: Job | None = None
        self._chore_text = ""
        self._stopping = False
        self._heads = HeadLoader(self, lambda: self._room)
        self._heads.loaded.connect(self._take_head)
        self._heads.changed.connect(self.people_changed)
        self._heads.failed.connect(self.failed)
        self._heads.outdated.connect(self.outdated)
        self._house = HouseKeeper(self, data)
        self._house.receipt.connect(self._tell_receipt)
        self._house.failed.connect(self.failed)

    @property
    def is_event(self) -> bool:
        """Whether nothing is kept."""
        return self.settings.purpose == "event"

    @property
    def key(self) -> str:
        """Key of the network that answers, or is about to."""
        return self.network or self.settings.network

    @property
    def busy(self) -> bool:
        """Whether any job is waiting or under way."""
        return bool(self._jobs)

    @property
    def learning(self) -> bool:
        """Whether what the network in use does not know yet is being learnt."""
        return self._training is not None and _is_for(self._training, self.key)

    def start(self) -> None:
        """Starts the threads, and does what is due at every start."""
        for thread in self._threads.values():
            thread.start()
        self._heads.start()
        self._house.start()
        QTimer.singleShot(HOUSE_AFTER_MS, self, self.keep_house)

    def workshop(self) -> Workshop:
        """Store and networks; for jobs alone, as it is slow the first time."""
        from gui.workshop import Workshop

        with self._room_lock:
            if self._room is None:
                kept = not self.is_event
                self._room = Workshop(self._data, self.catalogue) if kept else Workshop.for_event(self.catalogue)
            return self._room

    def submit(self, steps: Callable[[], Steps], where: Where = "front", *, must_run: bool = False) -> Job:
        """Queues a job; connect its signals to bound methods of QObjects at once: it begins after that."""
        job = Job(steps, self, must_run=must_run)
        self._jobs.append(job)
        self._waiting.append((self._threads[where], job))
        QTimer.singleShot(0, self, self._hand_over)
        return job

    def ask(self, steps: Callable[..., Steps], *args: object, where: Where = "front") -> Job:
        """Queues a job that gets the workshop and further arguments; its errors go to the banner."""
        job = self.submit(lambda: steps(self.workshop(), *args), where)
        job.failed.connect(self.failed)
        return job

    def apply(self, settings: Settings) -> None:
        """Takes over settings; going to or from an event changes the store."""
        before, self.settings = self.settings, settings
        if (before.purpose == "event") != self.is_event:
            self._change_room()
        elif settings.fpir != before.fpir and self.head is not None:
            self._take_head(LoadedHead(network_name(self.network), self.head))

    def use_network(self, key: str) -> None:
        """Loads the head of the network that answers now; embeds everybody when it does not know them yet.

        What is learnt in the background for another network is broken off: it goes on when that one is used again.
        """
        if network_name(key) != network_name(self.network):
            self.head = self._tried = None  # embeddings of the new one mean nothing to that head
            if self._training is not None and not _is_for(self._training, key):
                self._training.cancel()
        self.network = key
        self.reload()

    def reload(self) -> None:
        """Loads the head again, as after a training."""
        self._heads.load()

    def retrain(self, *, accept_worse: bool = False) -> None:
        """Embeds what is missing and trains the head in the background.

        Args:
            accept_worse: Use the new head even when people are then named rightly less often.
        """
        self._tell_of(self.train_anew(accept_worse=accept_worse), self.tr("Learning faces"))

    def train_anew(self, *, accept_worse: bool = False) -> Job:
        """Queues the training alone; a worse head is told by `worse_head`, any other error by `failed`."""
        key, fpir = self.key, self.settings.fpir
        return self._train(lambda: retrained(self.workshop(), key, fpir, accept_worse=accept_worse), key)

    def forget(self, person_id: int) -> None:
        """Lets nobody be named so from the next frame on; the new head is loaded after that."""
        if self.head is not None:
            self._take_head(LoadedHead(network_name(self.network), self.head.without((person_id,))))

    def people_changed(self) -> None:
        """People, samples or heads have changed: everybody who shows them looks again."""
        self.reload()
        self.changed.emit()

    def keep_house(self) -> None:
        """Does what is due at every start and every day: retention dates, what was broken off."""
        if not self._stopping:
            self._house.keep()

    def ask_to_stop(self) -> None:
        """Breaks off every job and asks the threads for the end; what clears up is still done."""
        self._heads.stop()
        self._house.stop()
        self._stopping = True
        self._hand_over()
        for job in self._jobs:
            if not job.must_run:
                job.cancel()
        for thread in self._threads.values():
            thread.stop()

    def stop(self, timeout_s: float = 1.5) -> None:
        """Stops the threads and closes the store; an event's is deleted."""
        self.ask_to_stop()
        deadline = time.monotonic() + timeout_s
        ended = [thread.wait(max(0.1, deadline - time.monotonic())) for thread in self._threads.values()]
        with self._room_lock:
            room, self._room = self._room, None
        if room is not None and (all(ended) or room.forgets):
            room.close()

    def _hand_over(self) -> None:
        """Lets the waiting jobs begin: not before, or a quick one could be done before anybody listens."""
        waiting, self._waiting = self._waiting, []
        for thread, job in waiting:
            thread.put(job)

    def _change_room(self) -> None:
        self.head = None
        with self._room_lock:
            room, self._room = self._room, None
        if room is not None:
            self.submit(lambda: self._closing(room), "back", must_run=True)
        self.people_changed()

    def _closing(self, room: Workshop) -> Generator[None, None, None]:
        yield None
        with self._heads.reading:
            room.close()

    def _take_head(self, loaded: LoadedHead) -> None:
        if loaded.network != network_name(self.network):
            return
        head, fpir = loaded.head, self.settings.fpir
        self.head = head = head if head.fpir == fpir else head.at(fpir)  # changed by `apply`, or while it was loaded
        if loaded.external_ids is not None:
            self.external_ids = loaded.external_ids
        self.identifier_ready.emit(loaded.network, head)
        # Where a training did not help, the same people would be behind again at once: once for each head is enough.
        state = (loaded.network, len(head))
        if not loaded.behind:
            self._tried = None
        elif self._tried != state:
            self._tried = state
            key = self.key
            training = self._train(lambda: caught_up(self.workshop(), key, fpir), key)
            self._tell_of(training, self.tr("Learning everybody for this network"))

    def _train(self, steps: Callable[[], Steps], key: str) -> Job:
        job = self.submit(steps, "back")
        job.setProperty(NETWORK, key)
        job.failed.connect(self._tell_failure)
        return job

    def _tell_of(self, training: Job, text: str) -> None:
        """Lets the status line call a training so."""
        self._training, self._chore_text = training, text
        training.progressed.connect(self._tell_chore)
        training.done.connect(self.people_changed)
        training.ended.connect(self._end_chore)
        self.chore.emit(text, 0.0)

    def _tell_chore(self, progress: Progress) -> None:
        part = 0.7 * progress.fraction if progress.stage == "embed" else 0.7 + 0.3 * progress.fraction
        self.chore.emit(self._chore_text, part)

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, WorseHeadError):
            self.worse_head.emit(error, self.sender().property(NETWORK))
        else:
            self.failed.emit(error)

    def _end_chore(self) -> None:
        if self.sender() is self._training:
            self._training = None
            self.chore.emit("", 1.0)

    def _tell_receipt(self, receipt: object) -> None:
        self.receipt.emit(receipt)
        self.people_changed()

    def _forget_job(self, job: Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()


def _is_for(training: Job, key: str) -> bool:
    """Whether a training is for a network, in whichever precision."""
    return network_name(str(training.property(NETWORK))) == network_name(key)
