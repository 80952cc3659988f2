"""What becomes of an operator's word on a face: the engine's corrections, as a job."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.quality import look_quality
from gui.tapped_face import TappedFace

if TYPE_CHECKING:
    from engine.retraining import Progress
    from engine.samples import FaceSample
    from gui.workshop import Workshop


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What an operator said of a face.

    Attributes:
        tapped: The face.
        person_id: Whose it is, or is not.
        is_theirs: Whether it is.
        text: How it is noted.
    """

    tapped: TappedFace
    person_id: int
    is_theirs: bool
    text: str


def corrected(
    room: Workshop, said: Said, key: str, fpir: float, *, accept_worse: bool
) -> Generator[Progress, None, int]:
    """Keeps what was said and trains; returns the number to undo it by.

    Args:
        room: Store and networks.
        said: What was said.
        key: Key of the network that answered.
        fpir: The setting.
        accept_worse: Keep it even when people are then named rightly less often.

    Raises:
        WorseHeadError: People would be named rightly less often; nothing was changed.
        EnrolmentError: The person was deleted meanwhile; nothing was changed.
        ModelError: The network failed; nothing was changed.
        StoreError: The database does not answer; nothing was changed.
    """
    from engine.corrections import Corrections

    corrections = Corrections(room.store(), room.recognition(key), fpir)
    embedding = said.tapped.face.embedding
    assert embedding is not None
    try:
        if said.is_theirs:
            sample = _sample_of(said.tapped)
            return (yield from corrections.that_is_me(said.person_id, sample, accept_worse=accept_worse))
        return (yield from corrections.not_me(said.person_id, embedding, accept_worse=accept_worse))
    finally:
        room.let_networks_go()


def taken_back(room: Workshop, number: int, person_id: int, key: str, fpir: float) -> Generator[Progress, None, None]:
    """Trains without a correction and deletes it; what is none of this person's is left alone.

    Args:
        room: Store and networks.
        number: What `corrected` returned.
        person_id: Whom it was said of.
        key: Key of the network that answers.
        fpir: The setting.

    Raises:
        ModelError: The network failed; nothing was changed.
        StoreError: The database does not answer; nothing was changed.
    """
    from engine.corrections import Corrections

    try:
        yield from Corrections(room.store(), room.recognition(key), fpir).undo(number, person_id)
    finally:
        room.let_networks_go()


def _sample_of(tapped: TappedFace) -> FaceSample:
    from engine.face_quality import pose_of
    from engine.samples import FaceSample

    detection = tapped.face.detection
    pose = pose_of(detection.landmarks)
    return FaceSample(tapped.crop, look_quality(detection, tapped.crop), pose.yaw, pose.pitch, "correction")
