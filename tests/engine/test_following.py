"""The real detector on real clips; the network is a script, so that only finding and following is judged."""

from pathlib import Path

import pytest

from engine.mtcnn import Mtcnn
from engine.pipeline import Pipeline
from engine.sources import open_source
from tests.engine.scripted import ScriptedNetwork


def tracks(clip: Path) -> list[list[int]]:
    pipeline = Pipeline(Mtcnn.load(), ScriptedNetwork([1]))
    with open_source(str(clip)) as source:
        results = [pipeline.process(frame) for frame in iter(source.read, None)]
    return [[face.track_id for face in result.faces] for result in results]


@pytest.mark.parametrize(
    ("clip", "faces"),
    [
        ("desk_one_man.mkv", [1]),
        ("desk_one_man_2.mkv", [1]),
        ("head-pose-face-detection-female.gif", [1]),
        ("head-pose-face-detection-male.gif", [1]),
        ("head-pose-face-detection-female-and-male.gif", [1, 2]),
    ],
)
def test_everybody_keeps_one_number_also_in_profile(shared_media: Path, clip: str, faces: list[int]) -> None:
    seen = tracks(shared_media / clip)
    assert seen.count(faces) >= len(seen) - 1, "one frame may be lost to a head in full profile"
    assert all(set(frame) <= set(faces) for frame in seen)


def test_three_walk_up_and_keep_their_numbers(shared_media: Path) -> None:
    seen = tracks(shared_media / "face-demographics-walking-and-pause.gif")
    assert all(frame == [1, 2, 3] for frame in seen[3:])
