"""One face over time: where it is, and what its looks have voted."""

from dataclasses import dataclass, field, replace

import numpy as np

from engine.identifier import Identifier
from engine.quality import promise
from engine.types import (
    NOBODY,
    Detection,
    Floats,
    Identity,
    IdentityState,
    TaskOutputs,
    TaskScore,
    TrackedFace,
)

FIRST_LOOKS = 3
"""A new track is looked at this often at once, before it settles down."""
SAME_FACE_COSINE = 0.25
"""Below this, a look shows somebody else than the track's looks so far: the track forgets its votes."""
LABEL_MARGIN = 0.25
"""By how much another label must lead before a shown one gives way."""
STILL = 0.12
"""A box that moved less than this part of its width is averaged with the last one, so that following does not swing."""
STAYS_KNOWN = 0.6
"""How probable a name that was certain must remain to be shown as certain; at 0.5 it would be nobody's."""
FADE = 0.9
"""What a look's embedding keeps of its weight with each further look."""


@dataclass(slots=True, eq=False)
class Track:
    """What is known of one face.

    Attributes:
        detection: Where it was seen last.
        seen_ms: When that was, in the source's time.
        track_id: Its number, or 0 until it is confirmed.
        sightings: How often it was seen.
        found_scans: How many full scans have found it.
        missed_scans: How many full scans in a row have not found it.
        visible: Whether it was seen in the last frame.
        given_up: Whether following it leads nowhere: only a full scan, or a likeness, takes it up again.
        looks: How many looks count in its votes.
        looked_ms: When the last one was.
        best_promise: The best size and pose that a look had.
        quality: Quality of the last look.
        identity: The answer that is shown.
        attributes: The votes on age group, ethnicity ….
        expected: (4,) float32, where the face is looked for next.
        embedding: (128,) float32, the looks' mean weighted by quality; None before the first.
    """

    detection: Detection
    seen_ms: float
    track_id: int = 0
    sightings: int = 1
    found_scans: int = 1
    missed_scans: int = 0
    visible: bool = True
    given_up: bool = False
    looks: int = 0
    looked_ms: float = -np.inf
    best_promise: float = 0.0
    quality: float = 0.0
    identity: Identity = NOBODY
    embedding: Floats | None = None
    attributes: tuple[TaskScore, ...] = ()
    expected: Floats = field(default_factory=lambda: np.zeros(4, np.float32))
    _dissent: int = 0
    _sum: Floats = field(default_factory=lambda: np.zeros(1, np.float32))
    _votes: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expected = self.detection.box

    def see(self, detection: Detection, now_ms: float) -> None:
        """Takes over where the face is now."""
        moved_px = float(abs(detection.box - self.expected).max())
        still = moved_px <= STILL * detection.width_px
        self.expected = np.float32(0.5) * (self.expected + detection.box) if still else detection.box
        self.detection = detection
        self.seen_ms = now_ms
        self.sightings += 1
        self.visible = True
        self.given_up = False

    def give_up(self) -> None:
        """Hides the face and follows it no more."""
        self.visible = False
        self.given_up = True

    def cosine(self, embedding: Floats) -> float:
        """Similarity of an embedding to this track's own; -1 before the first look."""
        return float(self.embedding @ embedding) if self.embedding is not None else -1.0

    def vote(self, outputs: TaskOutputs, quality: float, identifier: Identifier, now_ms: float) -> None:
        """Counts one look: the embeddings and task probabilities are averaged, weighted by quality."""
        if self.looks and self.cosine(outputs.embedding) < SAME_FACE_COSINE:
            self._start_over()
        self.looks += 1
        self.looked_ms = now_ms
        self.quality = quality
        self.best_promise = max(self.best_promise, promise(self.detection))
        weight = max(quality, 1e-3)
        self._sum = FADE * self._sum + weight * outputs.embedding
        self.embedding = (self._sum / np.linalg.norm(self._sum)).astype(np.float32)
        self.attributes = tuple(self._vote_task(score, weight) for score in outputs.tasks)
        self._settle(identifier.identify(self.embedding))

    def identify_again(self, identifier: Identifier) -> None:
        """Asks a new identifier about what was seen already; the answer counts at once."""
        if self.embedding is not None:
            self.identity = identifier.identify(self.embedding)
            self._dissent = 0

    def _start_over(self) -> None:
        self.looks, self._dissent, self.best_promise = 0, 0, 0.0
        self.identity, self.embedding = NOBODY, None
        self._sum = np.zeros(1, np.float32)
        self._votes.clear()
        self.attributes = ()

    def forget_votes(self) -> None:
        """Forgets every vote, as when another network takes over; the shown answer stays until the next look."""
        shown = self.identity
        self._start_over()
        self.identity = shown
        self.looked_ms = -np.inf

    def _vote_task(self, score: TaskScore, weight: float) -> TaskScore:
        """Counts one task's probabilities; what comes back has a label that does not flicker.

        Nothing fades here: unlike a pose, nobody's age or ethnicity changes while they stand at the desk.
        """
        votes = self._votes.get(score.task, np.zeros(1, np.float32))
        self._votes[score.task] = votes = votes + np.float32(weight) * np.asarray(score.probabilities, np.float32)
        shares = votes / votes.sum()
        best = score.labels[int(np.argmax(shares))]
        shown = next((old.label for old in self.attributes if old.task == score.task), best)
        if shares.max() - shares[score.labels.index(shown)] > LABEL_MARGIN:
            shown = best
        return TaskScore(score.task, score.labels, tuple(shares.tolist()), shown)

    def _settle(self, answer: Identity) -> None:
        """Takes an answer over; a name that is shown gives way only when two looks in a row say otherwise.

        Who was certain once does not become unsure by turning the head: one track is one person.
        """
        if self.looks == 1:  # whatever is shown was said by another network
            self.identity, self._dissent = answer, 0
            return
        same = answer.name == self.identity.name
        if same and self.identity.state is IdentityState.KNOWN and answer.probability >= STAYS_KNOWN:
            answer = replace(answer, state=IdentityState.KNOWN)
        confirms = same and answer.state is self.identity.state
        contradicts = self.identity.state is IdentityState.KNOWN and not confirms
        self._dissent = self._dissent + 1 if contradicts else 0
        if self._dissent != 1:
            self.identity = answer
            self._dissent = 0

    def face(self, *, attributes: bool) -> TrackedFace:
        """What the rest of the program sees of this track."""
        return TrackedFace(
            track_id=self.track_id,
            detection=self.detection,
            identity=self.identity,
            attributes=self.attributes if attributes else (),
            quality=self.quality,
            embedding=self.embedding,
        )
