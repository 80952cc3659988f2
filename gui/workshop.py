"""What the jobs on people work with: the store, opened at first need, and networks of each thread's own."""

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from engine.catalogue import Card, Catalogue
from engine.gallery import Cohort, installed_cohort
from engine.keys import NO_KEYRING
from engine.paths import DataFolder
from engine.recognition import Recognition
from engine.store import Store

EVENT_PREFIX = "facedesk-event-"
_IN_MEMORY = Path("/dev/shm")


class Workshop:
    """The store and the networks. Threads may share it.

    Args:
        data: Where the store lies.
        catalogue: Where networks are found.
        forgets: Whether the data folder is deleted with everything in it when the workshop closes.
    """

    def __init__(self, data: DataFolder, catalogue: Catalogue, *, forgets: bool = False) -> None:
        self.data = data
        self.catalogue = catalogue
        self.forgets = forgets
        self._store: Store | None = None
        self._lock = threading.Lock()
        self._own = threading.local()

    @classmethod
    def for_event(cls, catalogue: Catalogue) -> "Workshop":
        """A workshop whose store lies in memory where the system offers that, and is gone when it closes."""
        place = event_place()
        forget_dead_events(place)
        root = Path(tempfile.mkdtemp(prefix=f"{EVENT_PREFIX}{os.getpid()}-", dir=place))
        return cls(DataFolder(root), catalogue, forgets=True)

    def store(self) -> Store:
        """The store; made when there is none.

        Raises:
            StoreError: It is not usable.
        """
        with self._lock:
            if self._store is None:
                with _key_beside_the_data() if self.forgets else contextlib.nullcontext():
                    self._store = Store.open(self.data)
            return self._store

    def store_if_any(self) -> Store | None:
        """The store, or None as long as nobody was ever enrolled.

        Raises:
            StoreError: It is not usable.
        """
        return self.store() if Store.exists(self.data) else None

    def recognition(self, key: str) -> Recognition:
        """Detector, network and strangers for the calling thread; kept until it asks for another network.

        Raises:
            ModelError: Something is missing or damaged.
        """
        kept: tuple[str, Recognition] | None = getattr(self._own, "recognition", None)
        if kept is None or kept[0] != key:
            kept = self._own.recognition = (key, Recognition.load(self.catalogue, key, min_face_px=60))
        return kept[1]

    def let_networks_go(self) -> None:
        """Frees the networks of the calling thread."""
        self._own.recognition = None

    def card(self, key: str) -> Card:
        """The card of a network; raises ModelError."""
        return self.catalogue.find(key)[0]

    def cohort(self, network: str) -> Cohort | None:
        """The strangers of a network by its name; None when it is gone."""
        return installed_cohort(self.catalogue, network)

    def close(self) -> None:
        """Closes the store; an event's is deleted."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
            if self.forgets:
                shutil.rmtree(self.data.root, ignore_errors=True)


def event_place() -> Path:
    """Where the stores of events lie."""
    usable = _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK)
    return _IN_MEMORY if usable else Path(tempfile.gettempdir())


def forget_dead_events(place: Path) -> None:
    """Deletes what events left behind whose program was killed."""
    for folder in place.glob(f"{EVENT_PREFIX}*"):
        number = folder.name.removeprefix(EVENT_PREFIX).partition("-")[0]
        if number.isdigit() and not _lives(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def _key_beside_the_data() -> Iterator[None]:
    """Keeps the key of a passing store out of the system keyring, which would outlive it."""
    before = os.environ.get(NO_KEYRING)
    os.environ[NO_KEYRING] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[NO_KEYRING]
        else:
            os.environ[NO_KEYRING] = before
