"""Whether a network has still to learn somebody, or some pictures."""

from sqlalchemy import select

from engine.errors import DamagedError
from engine.head_file import from_bytes
from engine.head_store import NEWEST_SAMPLE, HeadStore, HeadVersion
from engine.people import People
from engine.sample_store import NetworkId, SampleStore
from engine.store import Store
from engine.tables import Head, Sample


def has_to_learn(store: Store, network: NetworkId) -> bool:
    """Whether the newest version of a network's head lacks somebody enrolled, or pictures.

    Another version may answer because somebody went back to it: what the newest one knows was learnt, and is not
    learnt again for that.

    Raises:
        StoreError: The database does not answer.
    """
    enrolled = set(People(store).names())
    if not enrolled:
        return False
    newest = next(iter(HeadStore(store).versions(network)), None)
    if newest is None or SampleStore(store).missing(network) or _lacks_pictures(store, network, newest):
        return True
    return not enrolled <= _known_to(store, newest)


def _lacks_pictures(store: Store, network: NetworkId, version: HeadVersion) -> bool:
    """Whether there are pictures that a version has not learnt.

    Another program kept them while it was trained; or they came after it, and their training did not come to its end.
    """
    return SampleStore(store).learnable(network) > (version.figures.get("samples") or 0) or _has_newer(store, version)


def _has_newer(store: Store, version: HeadVersion) -> bool:
    """Whether pictures came after a version; where others went since, there are no more of them than before."""
    learnt = version.figures.get(NEWEST_SAMPLE)
    if learnt is None:  # of an earlier program, which did not note it
        return False
    newer = select(Sample.id).where(Sample.crop.is_not(None), Sample.id > int(learnt)).limit(1)
    with store.read() as session:
        return session.scalar(newer) is not None


def _known_to(store: Store, version: HeadVersion) -> set[int]:
    """Numbers of the people whom a version knows; nobody where it cannot be read any more."""
    with store.read() as session:
        sealed = session.scalar(select(Head.state).where(Head.id == version.number))
    try:
        state = from_bytes(store.cipher.open(sealed, "head")) if sealed is not None else None
    except DamagedError:
        return set()
    return set(state.person_ids.tolist()) if state is not None else set()
