"""What is due at every start and every day: retention dates, what was broken off."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.dates import local_today

if TYPE_CHECKING:
    from engine.deletion import DeletionReceipt
    from engine.paths import DataFolder
    from gui.people_desk import PeopleDesk

HOUR_MS = 3600 * 1000
"""How often it looks whether it is due; a timer of a day would lose the hours that the computer sleeps."""


class HouseKeeper(QObject):
    """Keeps house in the background. Belongs to the GUI thread.

    Args:
        people: Whose jobs it uses.
        data: Where what is kept lies, during an event too.

    Signals:
        receipt: A `DeletionReceipt` of people whose retention date has passed.
        failed: An error; it is tried again in an hour.
    """

    receipt = Signal(object)
    failed = Signal(object)

    def __init__(self, people: PeopleDesk, data: DataFolder) -> None:
        super().__init__(people)
        self._people = people
        self._data = data
        self._kept_on: date | None = None
        self._hourly = QTimer(self)
        self._hourly.setInterval(HOUR_MS)
        self._hourly.timeout.connect(self._keep_if_due)

    def start(self) -> None:
        """Begins to look at the date."""
        self._hourly.start()

    def stop(self) -> None:
        """Looks no more."""
        self._hourly.stop()

    def keep(self) -> None:
        """Does what is due."""
        job = self._people.submit(self._keep, "back")
        job.progressed.connect(self.receipt)
        job.done.connect(self._kept)
        job.failed.connect(self.failed)

    def _keep_if_due(self) -> None:
        if self._kept_on != local_today():
            self._people.reload()  # whoever's date has passed is not named, even where they cannot be deleted now
            self.keep()

    def _kept(self, day: date | None) -> None:
        self._kept_on = day

    def _keep(self) -> Generator[DeletionReceipt | None, None, date | None]:
        """In the background; returns the day, or None when it is to be tried again."""
        from gui.housekeeping import tidied, tidied_behind_an_event
        from gui.workshop import event_place, forget_dead_events

        day, people = local_today(), self._people
        forget_dead_events(event_place())
        yield from tidied(people.workshop())
        done = not people.is_event or (yield from tidied_behind_an_event(self._data, people.catalogue))
        return day if done else None
