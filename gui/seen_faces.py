"""Who was seen in the last minutes. Kept in memory alone, never longer, and gone with the program."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.catalogue import network_name
from engine.track import SAME_FACE_COSINE
from engine.types import FrameResult, IdentityState, TrackedFace
from gui.tapped_face import TappedFace

if TYPE_CHECKING:
    from engine.person_head import PersonHead

KEPT_S = 600.0
MOST_KEPT = 30
BETTER_BY = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One face while it was in view.

    Attributes:
        tapped: Its best look, with the newest answer.
        last_s: When it was seen last, by the log's clock.
    """

    tapped: TappedFace
    last_s: float


class SeenFaces:
    """Takes results, and tells who was in them.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._gone: list[Seen] = []
        self._here: dict[int, Seen] = {}
        self._network = ""

    def add(self, result: FrameResult) -> None:
        """Takes what was found in a frame. Another network's embeddings say nothing to this one: they are dropped."""
        self._use(network_name(result.network))
        for face in result.faces:
            if face.embedding is not None:
                self._add(face, result)
        self._drop_old()

    def newest(self) -> tuple[Seen, ...]:
        """Everybody seen lately, the last one first."""
        self._drop_old()
        return tuple(sorted((*self._gone, *self._here.values()), key=lambda seen: -seen.last_s))

    def seconds_ago(self, seen: Seen) -> float:
        """How long ago it was seen last."""
        return self._clock() - seen.last_s

    def new_source(self) -> None:
        """Track numbers begin anew: the same number is another face."""
        self._gone += self._here.values()
        self._here.clear()

    def forget(self) -> None:
        """Forgets everybody."""
        self._gone.clear()
        self._here.clear()

    def ask_again(self, network: str, head: PersonHead) -> None:
        """Asks a new head about everybody; whoever it does not know any more was deleted, and is forgotten here too."""
        self._use(network)
        known = set(head.state.person_ids.tolist())
        self._gone = [_asked(seen, head) for seen in self._gone if _is_known(seen, known)]
        self._here = {track: _asked(seen, head) for track, seen in self._here.items() if _is_known(seen, known)}

    def _use(self, network: str) -> None:
        if network != self._network:
            self._network = network
            self.forget()

    def _add(self, face: TrackedFace, result: FrameResult) -> None:
        seen = self._here.get(face.track_id)
        if seen is not None and _is_somebody_else(face, seen.tapped.face):
            self._gone.append(self._here.pop(face.track_id))
            seen = None
        if seen is None or _is_better(face, seen.tapped.face):
            tapped = replace(TappedFace.cut(face, result), in_view=False)
        else:
            tapped = replace(seen.tapped, face=replace(seen.tapped.face, identity=face.identity))
        self._here[face.track_id] = Seen(tapped, self._clock())

    def _drop_old(self) -> None:
        oldest_s = self._clock() - KEPT_S
        self._gone = [seen for seen in self._gone if seen.last_s >= oldest_s]
        self._here = {track: seen for track, seen in self._here.items() if seen.last_s >= oldest_s}
        too_many = len(self._gone) + len(self._here) - MOST_KEPT
        if too_many > 0:
            last_s = sorted(seen.last_s for seen in (*self._gone, *self._here.values()))
            self._gone = [seen for seen in self._gone if seen.last_s >= last_s[too_many]]
            while len(self._gone) + len(self._here) > MOST_KEPT:
                del self._here[min(self._here, key=lambda track: self._here[track].last_s)]


def _asked(seen: Seen, head: PersonHead) -> Seen:
    face = seen.tapped.face
    assert face.embedding is not None
    return replace(seen, tapped=replace(seen.tapped, face=replace(face, identity=head.identify(face.embedding))))


def _is_known(seen: Seen, people: set[int]) -> bool:
    """Whether whom it was taken for, if anybody, is still enrolled."""
    person_id = seen.tapped.face.identity.person_id
    return person_id is None or person_id in people


def _is_somebody_else(face: TrackedFace, kept: TrackedFace) -> bool:
    """A track keeps its number when another person stands in the same place."""
    assert face.embedding is not None
    assert kept.embedding is not None
    return float(face.embedding @ kept.embedding) < SAME_FACE_COSINE


def _is_better(face: TrackedFace, kept: TrackedFace) -> bool:
    """Whether the crop is worth cutting anew: clearer, or it is what another name was given for."""
    named = face.identity.state is IdentityState.KNOWN and face.identity.name != kept.identity.name
    return named or face.quality > kept.quality + BETTER_BY
