"""A desk elsewhere in the world."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Moves this process to another time zone meanwhile."""
    before = os.environ.get("TZ")
    _move(zone)
    try:
        yield
    finally:
        _move(before)


def _move(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def zone_of_another_day() -> str:
    """Where it is not the day now that it is in Greenwich: still the one before, or the next one already."""
    return "Etc/GMT+12" if datetime.now(UTC).hour < 12 else "Pacific/Kiritimati"
