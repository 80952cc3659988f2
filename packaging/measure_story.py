"""Measures how a few people are known whom the desk has just met: two from clips of their own, two from photographs.

Run: python packaging/measure_story.py MEDIA [NETWORK …]      (MEDIA: the folder of the clips and photographs)
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import click
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.cli import cli

CLIP = "head-pose-face-detection-{}.gif"
TOGETHER = CLIP.format("female-and-male")
WALKERS = "face-demographics-walking-and-pause.gif"
CLIPS = {"Ana": CLIP.format("female"), "Ben": CLIP.format("male")}
ENROLLED = {"Obama": ("obama.jpg", "obama2.jpg"), "Biden": ("biden.jpg",)}
SEEN = {
    "Obama": ("obama3.jpg", "obama_partial_face.jpg", "obama_and_biden.jpg", "two_people.jpg"),
    "Biden": ("biden2.jpg", "obama_and_biden.jpg", "two_people.jpg"),
}
FIRST_MS = 1000.0
"""Somebody may be unknown for this long after they come into the picture."""

Told = tuple[str, str | None]
"""State and name of a face."""


class Desk:
    """A desk of its own, with nobody enrolled.

    Args:
        folder: Its data folder.
        network: What it looks with.
    """

    def __init__(self, folder: Path, network: str) -> None:
        self.folder = folder
        self.network = network

    def run(self, *arguments: str | Path) -> str:
        """Runs one command and returns what it prints."""
        words = ["--data-dir", self.folder, *arguments, "--model", self.network]
        result = CliRunner().invoke(cli, [str(word) for word in words])
        if result.exit_code:
            raise SystemExit(result.output)
        return result.stdout

    def looks(self, source: Path) -> list[tuple[float, dict[int, Told]]]:
        """Returns time in ms and the faces of each frame of a source, by track."""
        frames = [json.loads(line) for line in self.run("analyse", source, "--json").splitlines()]
        return [
            (
                frame["time_ms"],
                {face["track"]: (face["identity"]["state"], face["identity"]["name"]) for face in frame["faces"]},
            )
            for frame in frames
        ]


def tracks(looks: list[tuple[float, dict[int, Told]]]) -> dict[int, list[Told]]:
    """Returns what was told of each track after its first second."""
    began: dict[int, float] = {}
    told: dict[int, list[Told]] = {}
    for time_ms, faces in looks:
        for track, answer in faces.items():
            began.setdefault(track, time_ms)
            told.setdefault(track, [])
            if time_ms >= began[track] + FIRST_MS:
                told[track].append(answer)
    return told


def summary(answers: list[Told]) -> str:
    """Says what a track, or a person on photographs, was told to be."""
    counts = Counter(state if name is None else f"{state} {name}" for state, name in answers)
    return ", ".join(f"{count} × {answer}" for answer, count in counts.most_common()) or "left within a second"


def of_person(desk: Desk, person: str, media: Path) -> list[Told]:
    """Returns what was told of a person on each photograph that shows them; "known" comes before "unsure"."""
    answers = []
    for photograph in SEEN[person]:
        ((_, faces),) = desk.looks(media / photograph)
        own = [answer for answer in faces.values() if answer[1] == person]
        alone = list(faces.values()) if len(faces) == 1 else []
        answers.append(min(own or alone, default=("unknown", None)))
    return answers


def main() -> None:
    """Enrols, looks, and prints one line for each person and network."""
    media, *networks = sys.argv[1:]
    places = {name: Path(media) / clip for name, clip in CLIPS.items()}
    for network in networks or ["mobilenet", "mobilenet_v2", "inception_v3"]:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder) / "clips", network)
            for name, clip in places.items():
                desk.run("enrol", name, "--video", clip, "--consent", "measured")
            for clip in (TOGETHER, WALKERS):
                for track, answers in tracks(desk.looks(Path(media) / clip)).items():
                    click.echo(f"{network}  {clip}  track {track}: {summary(answers)}")
            desk = Desk(Path(folder) / "photographs", network)
            for name, photographs in ENROLLED.items():
                desk.run("enrol", name, *(Path(media) / file for file in photographs), "--consent", "measured")
            for name in ENROLLED:
                click.echo(f"{network}  {name}: {summary(of_person(desk, name, Path(media)))}")


if __name__ == "__main__":
    main()
