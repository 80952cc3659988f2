"""A story with real clips: two people are enrolled, and known by name; nobody else is."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.commands import facedesk


@dataclass(frozen=True)
class Told:
    """What `analyse` tells of one frame: the state and the name of the face on each track."""

    time_ms: float
    faces: dict[int, tuple[str, str | None]]


def frames_of(clip: Path, network: str) -> list[Told]:
    result = facedesk("analyse", clip, "--json", "--model", network)
    assert result.exit_code == 0, result.output
    frames = [json.loads(line) for line in result.stdout.splitlines()]
    states = [
        {face["track"]: (face["identity"]["state"], face["identity"]["name"]) for face in frame["faces"]}
        for frame in frames
    ]
    return [Told(frame["time_ms"], faces) for frame, faces in zip(frames, states, strict=True)]


def names_by_track(frames: list[Told], *states: str) -> list[set[str]]:
    """Every name that each track ever has in these states."""
    names: dict[int, set[str]] = {track: set() for frame in frames for track in frame.faces}
    for frame in frames:
        for track, (state, name) in frame.faces.items():
            if name is not None and state in states:
                names[track].add(name)
    return sorted(names.values(), key=sorted)


def share_known(frames: list[Told], name: str) -> float:
    """The share of the frames in which somebody is known, after their first second."""
    (track,) = {track for frame in frames for track, told in frame.faces.items() if told == ("known", name)}
    first_ms = next(frame.time_ms for frame in frames if track in frame.faces)
    later = [frame for frame in frames if frame.time_ms >= first_ms + 1000]
    return sum(("known", name) in frame.faces.values() for frame in later) / len(later)


@pytest.mark.parametrize("network", ["mobilenet", "mobilenet_v2"])
def test_two_people_are_enrolled_from_clips_and_told_apart(data_dir: Path, shared_media: Path, network: str) -> None:
    for name, clip in (("Ana", "female"), ("Ben", "male")):
        video = shared_media / f"head-pose-face-detection-{clip}.gif"
        result = facedesk("enrol", name, "--video", video, "--consent", "test", "--model", network)
        assert result.exit_code == 0, result.output
    together = frames_of(shared_media / "head-pose-face-detection-female-and-male.gif", network)
    assert share_known(together, "Ana") >= 0.95
    assert share_known(together, "Ben") >= 0.95
    assert names_by_track(together, "known", "unsure") == [{"Ana"}, {"Ben"}]
    walkers = frames_of(shared_media / "face-demographics-walking-and-pause.gif", network)
    *others, ana = names_by_track(walkers, "known")
    assert ana == {"Ana"}
    assert len(others) >= 2
    assert set().union(*others) == set()
