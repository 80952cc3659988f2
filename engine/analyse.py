"""A source from its first frame to its last, headless."""

from collections.abc import Iterator
from typing import Any

from engine.catalogue import Catalogue
from engine.pipeline import Pipeline, PipelineOptions, build_pipeline
from engine.settings import Settings
from engine.sources import FrameSource
from engine.types import FrameResult, Identity, TaskScore, TrackedFace

ATTRIBUTES = ("age", "ethnicity")


def analysing_pipeline(settings: Settings, catalogue: Catalogue, *, every_frame: bool = False) -> Pipeline:
    """A pipeline whose answers depend on the pictures alone, not on how fast the machine is.

    Args:
        settings: Names the network and the smallest face.
        catalogue: Where the network is found.
        every_frame: Full cascade and a look at every face, on every frame. Always so for a folder of images.

    Raises:
        ModelError: A network is missing or damaged.
    """
    return build_pipeline(settings, catalogue, PipelineOptions(attributes=True, every_frame=every_frame))


def analyse_frames(source: FrameSource, pipeline: Pipeline) -> Iterator[FrameResult]:
    """Runs the pipeline over a source from its first frame to its last, as fast as it goes.

    Raises:
        SourceError: The source fails.
        ModelError: A network fails.
    """
    while (frame := source.read()) is not None:
        yield pipeline.process(frame)


def as_record(result: FrameResult, file: str = "") -> dict[str, Any]:
    """A result as the JSON line of `facedesk analyse --json`.

    Args:
        result: What the pipeline said.
        file: The picture's name where the source is a folder.
    """
    times = {**result.times.stages(), "networks": result.times.networks_ms, "total": result.times.total_ms}
    return {
        "frame": result.frame.index,
        **({"file": file} if file else {}),
        "time_ms": round(result.frame.time_ms, 1),
        "faces": [_face_record(face) for face in result.faces],
        "times_ms": {stage: round(ms, 3) for stage, ms in times.items()},
    }


def _face_record(face: TrackedFace) -> dict[str, Any]:
    scores = {score.task: score for score in face.attributes}
    return {
        "track": face.track_id,
        "box": [round(float(value), 2) for value in face.detection.box],
        "landmarks": [[round(float(x), 2), round(float(y), 2)] for x, y in face.detection.landmarks],
        "score": round(face.detection.score, 4),
        "identity": _identity_record(face.identity),
        **{task: _score_record(scores.get(task)) for task in dict.fromkeys((*ATTRIBUTES, *scores))},
    }


def _identity_record(identity: Identity) -> dict[str, Any]:
    return {"state": identity.state.value, "name": identity.name, "probability": round(identity.probability, 4)}


def _score_record(score: TaskScore | None) -> dict[str, Any] | None:
    """None where the face was not looked at yet."""
    return None if score is None else {"label": score.label, "probability": round(score.probability, 4)}


def as_text(result: FrameResult, file: str = "") -> str:
    """A result as one line for people; `file` as in `as_record`."""
    faces = ", ".join(_face_text(face) for face in result.faces) or "nobody"
    begin = f"frame {result.frame.index:5d} {result.frame.time_ms / 1000:8.2f} s {result.times.total_ms:6.1f} ms  "
    return begin + (f"{file}: " if file else "") + faces


def _face_text(face: TrackedFace) -> str:
    name = face.identity.name or face.identity.state.value
    certainty = f" {face.identity.probability:.0%}" if face.identity.name else ""
    attributes = "".join(f" {score.label}" for score in face.attributes)
    x, y = face.detection.box[:2]
    return f"#{face.track_id} {name}{certainty}{attributes} ({face.detection.width_px:.0f} px at {x:.0f},{y:.0f})"
