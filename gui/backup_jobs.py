"""Backing everything up and restoring it, as jobs: generators that run in the background."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.retraining import Progress
    from gui.workshop import Workshop


def backed_up(room: Workshop, target: Path, passphrase: str) -> Generator[None, None, int]:
    """Writes an encrypted copy of everything; returns how many people it holds."""
    from engine.backup import back_up
    from engine.people import People

    yield None
    store = room.store()
    back_up(store, target, passphrase)
    return len(People(store).all())


def restored(room: Workshop, source: Path, passphrase: str) -> Generator[Progress, None, int]:
    """Replaces everything by a backup; returns how many people there are now."""
    from engine.backup import restore
    from engine.people import People

    store = room.store()
    yield from restore(store, source, passphrase)
    return len(People(store).all())
