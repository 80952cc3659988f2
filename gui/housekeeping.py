"""What is due at every start and once a day, as jobs: retention dates, what was broken off."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import TYPE_CHECKING

from engine.errors import UserError
from gui.workshop import Workshop

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.deletion import DeletionReceipt
    from engine.paths import DataFolder

log = logging.getLogger(__name__)


def tidied(room: Workshop) -> Generator[DeletionReceipt | None, None, None]:
    """Tidies a store if there is one; gives a receipt when people were deleted.

    Raises:
        StoreError: It is not usable.
    """
    from engine.backup import drop_scratch
    from engine.deletion import tidy
    from engine.retraining import Progress

    store = room.store_if_any()
    if store is None:
        return
    drop_scratch(store.folder.root)
    for step in tidy(store, room.cohort):
        yield None if isinstance(step, Progress) else step


def tidied_behind_an_event(data: DataFolder, catalogue: Catalogue) -> Generator[None, None, bool]:
    """Tidies what a desk keeps, while an event uses a store of its own.

    Guests do not read whose date has passed: the receipt's number goes to the log. A store that cannot be used now
    waits for the next time.

    Returns:
        Whether it could be used.
    """
    room = Workshop(data, catalogue)
    try:
        for receipt in tidied(room):
            if receipt is not None:
                log.info("People whose date has passed were deleted: receipt %s.", receipt.number)
            yield None
    except UserError as error:
        log.warning("What is kept could not be tidied during the event: %s", type(error).__name__)
        return False
    else:
        return True
    finally:
        room.close()
