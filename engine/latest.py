"""A one-item mailbox: the newest item wins, older ones are dropped and counted."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Hands the newest item from one thread to another.

    A queue lets a slow reader fall behind without bound; this never holds more than one item.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._dropped = 0
        self._closed = False

    def put(self, item: T) -> None:
        """Replaces whatever waits; does nothing once closed."""
        with self._changed:
            if self._closed:
                return
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._changed.notify()

    def take(self, timeout_s: float | None = 0.0) -> T | None:
        """Removes and returns the newest item.

        Args:
            timeout_s: How long to wait for one; 0 does not wait, None waits until one comes or the box is closed.

        Returns:
            The item, or None when none came in time or the box is closed.
        """
        with self._changed:
            if timeout_s != 0.0:
                self._changed.wait_for(lambda: self._item is not None or self._closed, timeout_s)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Drops what waits and wakes every waiting reader; nothing can be put any more."""
        with self._changed:
            self._closed = True
            self._item = None
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    @property
    def dropped(self) -> int:
        """How many items were replaced before anybody took them."""
        return self._dropped
