"""Stable numbers for faces over time, and when each deserves another look."""

from collections.abc import Sequence

import numpy as np

from engine.boxes import iou
from engine.identifier import Identifier
from engine.quality import promise
from engine.track import FIRST_LOOKS, Track
from engine.types import Detection, Floats, TaskOutputs, TrackedFace

SAME_PLACE_IOU = 0.3
"""A detection that overlaps a track's last box this much is that track's."""
COLLAPSED_IOU = 0.6
"""Two tracks that overlap this much follow one face; the younger one is given up."""
SURE_SCORE = 0.97
"""A detection as sure as this makes a track at once; a weaker one must be found by two scans."""
MISSED_SCANS = 8
"""A face that only following still sees goes when so many full scans in a row have missed it."""
NOD_MS = 400.0
"""A face that is not seen for so long is still looked for where it was."""
FORGET_MS = 2_000.0
"""How long a lost face is waited for."""
RETURN_COSINE = 0.5
"""A new face as near as this to a lost track's embedding is that track come back."""
LOOK_AGAIN_MS = 700.0
"""How often a face that is known is looked at again."""
LOOK_AGAIN_UNKNOWN_MS = 350.0
"""How often a face that is not known is looked at again."""
BETTER_LOOK = 1.25
"""A face that is this many times larger or more frontal than in any look so far is looked at before its time …"""
BETTER_LOOK_MS = 100.0
"""… but not sooner than this."""


class Tracker:
    """Keeps the tracks; used by one thread. Times are the source's own, so that a clip gives the same answer twice."""

    def __init__(self) -> None:
        self._tracks: list[Track] = []
        self._last_id = 0
        self._collapsed_ms = -np.inf

    @property
    def visible(self) -> list[Track]:
        """The tracks whose face is in view."""
        return [track for track in self._tracks if track.visible]

    def followed(self, now_ms: float) -> list[Track]:
        """The tracks worth following: those in view, and those lost for no longer than a nod takes."""
        return [track for track in self._tracks if track.visible or _may_come_back(track, now_ms)]

    def boxes(self, now_ms: float) -> Floats:
        """(n, 4) float32: where each of `followed` is expected, in its order."""
        followed = self.followed(now_ms)
        return np.stack([track.expected for track in followed]) if followed else np.empty((0, 4), np.float32)

    def follow(self, detections: Sequence[Detection | None], now_ms: float) -> bool:
        """Takes over where each face went.

        Args:
            detections: One for each of `followed`, in its order; None where the face is not seen.
            now_ms: Time of the frame.

        Returns:
            Whether nobody in view was lost, and no track has run into another one for as long as a nod takes: only a
            scan finds its own face again when the two part.
        """
        nobody_lost = True
        for track, detection in zip(self.followed(now_ms), detections, strict=True):
            if detection is not None:
                track.see(detection, now_ms)
            elif track.visible:
                track.visible = False
                nobody_lost = False
        if self._drop_collapsed():
            self._collapsed_ms = now_ms
        return nobody_lost and now_ms - self._collapsed_ms > NOD_MS

    def scan(self, detections: Sequence[Detection], now_ms: float) -> bool:
        """Assigns the detections of a full scan to the tracks; the rest become new tracks.

        A face that was lost keeps its number when it shows up where it was; see also `vote`. A face that following
        found in this frame stays, unless scan after scan has missed it: then it is given up.

        Returns:
            Whether somebody came in.
        """
        self._tracks = [track for track in self._tracks if now_ms - track.seen_ms <= FORGET_MS]
        unassigned = set(range(len(detections)))
        for track in self._tracks:
            track.missed_scans += 1
        for index, track in self._pairs(detections):
            track.see(detections[index], now_ms)
            track.found_scans += 1
            track.missed_scans = 0
            unassigned.discard(index)
        for track in self._tracks:
            track.visible = track.visible and track.seen_ms == now_ms
            if track.missed_scans >= MISSED_SCANS:
                track.give_up()
        self._tracks = [track for track in self._tracks if track.visible or track.track_id]
        self._tracks += [Track(detections[index], now_ms) for index in sorted(unassigned)]
        self._drop_collapsed()
        return bool(unassigned)

    def _pairs(self, detections: Sequence[Detection]) -> list[tuple[int, Track]]:
        """Greedy best-overlap-first pairs; visible tracks before lost ones."""
        pairs: list[tuple[int, Track]] = []
        free = list(range(len(detections)))
        for tracks in (self.visible, [track for track in self._tracks if not track.visible]):
            if not tracks or not free:
                continue
            overlaps = iou(_boxes([detections[i] for i in free]), _boxes([t.detection for t in tracks]))
            while overlaps.size and overlaps.max() >= SAME_PLACE_IOU:
                row, column = np.unravel_index(int(overlaps.argmax()), overlaps.shape)
                pairs.append((free[row], tracks[column]))
                overlaps[row, :] = overlaps[:, column] = -1.0
            taken = {index for index, _ in pairs}
            free = [index for index in free if index not in taken]
        return pairs

    def _drop_collapsed(self) -> bool:
        """Gives up the younger of two tracks on one face; says whether there was one."""
        tracks = self.visible
        if len(tracks) < 2:
            return False
        boxes = _boxes([track.detection for track in tracks])
        pairs = np.argwhere(np.triu(iou(boxes, boxes), k=1) > COLLAPSED_IOU)
        for first, second in pairs:
            min(tracks[first], tracks[second], key=lambda track: track.sightings).give_up()
        return len(pairs) > 0

    def wants_look(self, now_ms: float) -> list[Track]:
        """The visible tracks that deserve a look at identity and attributes, most urgent first."""
        waiting = [track for track in self.visible if _wants_look(track, now_ms)]
        return sorted(waiting, key=lambda track: (track.looks > 0, track.looked_ms))

    def vote(self, track: Track, outputs: TaskOutputs, quality: float, identifier: Identifier, now_ms: float) -> None:
        """Counts a look. A new track whose face was lost a moment ago is that one come back: old number, old votes."""
        if not track.looks and not track.track_id:
            track = self._returned(track, outputs.embedding) or track
        track.vote(outputs, quality, identifier, now_ms)

    def _returned(self, new: Track, embedding: Floats) -> Track | None:
        """The lost track nearest to an embedding, put in the place of a new one; None when none is near enough."""
        lost = [track for track in self._tracks if not track.visible and track.cosine(embedding) >= RETURN_COSINE]
        if not lost:
            return None
        nearest = max(lost, key=lambda track: track.cosine(embedding))
        nearest.see(new.detection, new.seen_ms)
        nearest.missed_scans = new.missed_scans
        self._tracks.remove(new)
        return nearest

    def faces(self, *, attributes: bool) -> tuple[TrackedFace, ...]:
        """The confirmed faces in view, by number. A face gets its number here, so that the numbers have no holes."""
        for track in self.visible:
            if not track.track_id and (track.detection.score >= SURE_SCORE or track.found_scans > 1):
                self._last_id += 1
                track.track_id = self._last_id
        confirmed = sorted((t for t in self.visible if t.track_id), key=lambda track: track.track_id)
        return tuple(track.face(attributes=attributes) for track in confirmed)

    def forget_votes(self) -> None:
        """Makes every track start its votes afresh, as after a switch of the network."""
        for track in self._tracks:
            track.forget_votes()

    def identify_again(self, identifier: Identifier) -> None:
        """Asks a new identifier about every track."""
        for track in self._tracks:
            track.identify_again(identifier)

    def reset(self) -> None:
        """Forgets every track; numbers start at 1 again."""
        self.forget()
        self._last_id = 0

    def forget(self) -> None:
        """Forgets every track; numbers go on."""
        self._tracks.clear()
        self._collapsed_ms = -np.inf


def _may_come_back(track: Track, now_ms: float) -> bool:
    """Whether following may find a face again that is out of view."""
    return not track.given_up and now_ms - track.seen_ms <= NOD_MS


def _boxes(detections: Sequence[Detection]) -> Floats:
    if not detections:
        return np.empty((0, 4), np.float32)
    return np.stack([detection.box for detection in detections])


def _wants_look(track: Track, now_ms: float) -> bool:
    if track.looks < FIRST_LOOKS:
        return True
    waited_ms = now_ms - track.looked_ms
    if waited_ms >= BETTER_LOOK_MS and promise(track.detection) >= BETTER_LOOK * track.best_promise:
        return True
    pause_ms = LOOK_AGAIN_MS if track.identity.name else LOOK_AGAIN_UNKNOWN_MS
    return waited_ms >= pause_ms
