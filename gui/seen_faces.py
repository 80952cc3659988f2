"""Who was seen in the last minutes. Kept in memory alone, never longer, and gone with the program."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.types import Frame, FrameResult, IdentityState, TrackedFace
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
        self._seen: dict[tuple[int, int], Seen] = {}
        self._source = 0
        self._network = ""

    def add(self, result: FrameResult) -> None:
        """Takes what was found in a frame. Another network's embeddings say nothing to this one: they are dropped."""
        if result.network != self._network:
            self._network = result.network
            self.forget()
        for face in result.faces:
            if face.embedding is not None:
                self._add(face, result.frame)
        self._drop_old()

    def newest(self) -> tuple[Seen, ...]:
        """Everybody seen lately, the last one first."""
        self._drop_old()
        return tuple(sorted(self._seen.values(), key=lambda seen: -seen.last_s))

    def seconds_ago(self, seen: Seen) -> float:
        """How long ago it was seen last."""
        return self._clock() - seen.last_s

    def new_source(self) -> None:
        """Track numbers begin anew: the same number is another face."""
        self._source += 1

    def forget(self) -> None:
        """Forgets everybody."""
        self._seen.clear()

    def ask_again(self, head: PersonHead) -> None:
        """Asks a new head about everybody; whoever it does not know any more was deleted, and is forgotten here too."""
        known = set(head.state.person_ids.tolist())
        for key, seen in list(self._seen.items()):
            face = seen.tapped.face
            if face.identity.person_id is not None and face.identity.person_id not in known:
                del self._seen[key]
            elif face.embedding is not None:
                asked = replace(face, identity=head.identify(face.embedding))
                self._seen[key] = replace(seen, tapped=replace(seen.tapped, face=asked))

    def _add(self, face: TrackedFace, frame: Frame) -> None:
        key = (self._source, face.track_id)
        seen = self._seen.get(key)
        if seen is None or _is_better(face, seen.tapped.face):
            tapped = TappedFace.cut(face, frame)
        else:
            tapped = replace(seen.tapped, face=replace(seen.tapped.face, identity=face.identity))
        self._seen[key] = Seen(tapped, self._clock())

    def _drop_old(self) -> None:
        oldest_s = self._clock() - KEPT_S
        for key in [key for key, seen in self._seen.items() if seen.last_s < oldest_s]:
            del self._seen[key]
        while len(self._seen) > MOST_KEPT:
            del self._seen[min(self._seen, key=lambda key: self._seen[key].last_s)]


def _is_better(face: TrackedFace, kept: TrackedFace) -> bool:
    """Whether the crop is worth cutting anew: clearer, or it is what another name was given for."""
    named = face.identity.state is IdentityState.KNOWN and face.identity.name != kept.identity.name
    return named or face.quality > kept.quality + BETTER_BY
