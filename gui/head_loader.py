"""Who answers for the network in use: loaded in a thread of its own, and again when another program changed people."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.catalogue import network_name
from engine.errors import InUseError

if TYPE_CHECKING:
    from engine.person_head import PersonHead
    from gui.people_desk import PeopleDesk
    from gui.workshop import Workshop

LOOK_MS = 5000
"""How often it looks whether another program changed something, and tries again when one was in the way."""

Stamp = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class LoadedHead:
    """The head that answers for a network.

    Attributes:
        network: The network's name, without precision.
        head: The head.
        behind: Whether something is to be learnt yet.
        external_ids: By the person's number; None for those that are known already.
        mark: Of the people in the store (`people_mark`), not newer than the head; empty without a store.
    """

    network: str
    head: PersonHead
    behind: bool = False
    external_ids: Mapping[int, str] | None = None
    mark: str = ""


class HeadLoader(QObject):
    """Loads heads, and watches the database. Belongs to the GUI thread.

    Args:
        people: Whose jobs it uses.
        room: Store and networks, if they were needed so far.

    Signals:
        loaded: A `LoadedHead`.
        changed: Another program changed people, samples or heads.
        failed: An error; while the database is in use, it is told once and tried again.
        outdated: An error that is over.
    """

    loaded = Signal(object)
    changed = Signal()
    failed = Signal(object)
    outdated = Signal(object)

    def __init__(self, people: PeopleDesk, room: Callable[[], Workshop | None]) -> None:
        super().__init__(people)
        self.reading = threading.Lock()  # a workshop that is given up is closed between two readings
        self._people = people
        self._room = room
        self._stamp: Stamp = ()
        self._mark: str | None = None
        self._restless = False
        self._in_use: InUseError | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begins to watch."""
        self._timer.start()

    def stop(self) -> None:
        """Ends the watch."""
        self._timer.stop()

    def load(self) -> None:
        """Loads the head of the network in use."""
        self._again = False
        if not self._people.network:
            return
        job = self._people.submit(self._load, "heads")
        job.done.connect(self._take)
        job.failed.connect(self._fail)

    def _take(self, loaded: LoadedHead) -> None:
        self._mark = loaded.mark
        if self._in_use is not None:
            self.outdated.emit(self._in_use)
            self._in_use = None
        # While another program enrols one person after the other, a training would begin anew with each.
        self.loaded.emit(replace(loaded, behind=False) if self._restless else loaded)

    def _fail(self, error: Exception) -> None:
        told, self._again = self._in_use, isinstance(error, InUseError)
        if isinstance(error, InUseError):
            self._in_use = told or error
        elif told is not None:
            self.outdated.emit(told)
            self._in_use = None
        if told is None or not self._again:
            self.failed.emit(error)

    def _look(self) -> None:
        """Cheap as long as nobody writes: looks at the files, then at the people in them."""
        if self._again:
            self.load()
        room = self._room()
        stamp = _stamp(room) if room is not None else ()
        if stamp != self._stamp:
            self._stamp = stamp
            job = self._people.submit(self._read_mark, "heads")
            job.done.connect(self._compare)
            job.failed.connect(self._look_again)
        elif self._restless:
            self._settle()

    def _look_again(self, error: Exception) -> None:
        if isinstance(error, InUseError):
            self._stamp = ()
        else:
            self.failed.emit(error)

    def _compare(self, mark: str) -> None:
        before, self._mark = self._mark, mark
        if mark != before:
            self._restless = True
            self.changed.emit()
        elif self._restless:
            self._settle()

    def _settle(self) -> None:
        self._restless = False
        self.load()

    # ---- in the background ----

    def _load(self) -> Generator[None, None, LoadedHead]:
        yield None
        with self.reading:
            return loaded_head(self._people.workshop(), self._people.network, self._people.settings.fpir)

    def _read_mark(self) -> Generator[None, None, str]:
        yield None
        with self.reading:
            return _mark(self._people.workshop())


def loaded_head(room: Workshop, key: str, fpir: float) -> LoadedHead:
    """The head that answers for a network, without anybody whose retention date has passed.

    Raises:
        ModelError: There is no such network.
        StoreError: The database or its key is not usable.
    """
    from engine.gallery import identifier_of, network_id
    from engine.head_state import HeadState
    from engine.people import People
    from engine.person_head import PersonHead
    from engine.unlearnt import has_to_learn

    name, mark = network_name(key), _mark(room)
    store = room.store_if_any()
    if store is None:
        return LoadedHead(name, PersonHead(HeadState.empty(), {}, fpir), external_ids={}, mark=mark)
    network = network_id(room.card(key))
    people = People(store)
    head = identifier_of(store, network, fpir).without(people.expired())
    return LoadedHead(name, head, has_to_learn(store, network), people.external_ids(), mark)


def _mark(room: Workshop) -> str:
    from engine.people_mark import people_mark

    store = room.store_if_any()
    return people_mark(store) if store is not None else ""


def _stamp(room: Workshop) -> Stamp:
    """What tells that a database was written: every change goes to its file or to the log beside it."""
    from engine.store import DATABASE  # loaded long ago where there is a workshop

    return tuple(_written(room.data.root / name) for name in (DATABASE, f"{DATABASE}-wal"))


def _written(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_size, found.st_mtime_ns)
