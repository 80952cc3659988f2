"""Another way to do the same job, on the same frames, turn by turn."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from engine.bench.figures import RunFigures, run_figures
from engine.bench.running import Run
from engine.bench.scenes import Scene
from engine.catalogue import Catalogue, network_name
from engine.errors import UserError
from engine.paths import PROGRAM_ROOT
from engine.pipeline import PipelineOptions, build_pipeline
from engine.settings import Settings

OUR_TURN, EQUAL_TURN, PEER_TURN = 60, 20, 5
"""Frames in a row. The peers are slower: so a turn of each takes about as long."""
WARM_UP_FRAMES = 5


@dataclass(frozen=True, slots=True)
class PeerKind:
    """One way to compare with.

    Attributes:
        module: Its worker process.
        short: Its name.
        title: What it does, for the report.
        min_face_px: The smallest face it looks for.
        packages: What it needs.
    """

    module: str
    short: str
    title: str
    min_face_px: int
    packages: str


PEERS = {
    "paper": PeerKind(
        "models.peers.paper",
        "mtcnn",
        "mtcnn detect_faces + Keras predict of the same backbone",
        20,
        "mtcnn and tensorflow",
    ),
    "dlib": PeerKind(
        "models.peers.face_recognition_way",
        "face_recognition",
        "face_recognition: face_locations + face_encodings",
        40,
        "face_recognition",
    ),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out.

    Attributes:
        against: Which peer.
        ratio: Our frames per second over theirs, as the desk runs.
        ratio_equal_work: The same with the full cascade and the network on every face of every frame on our side too.
        ratio_equal_work_same_size: Likewise, and looking for faces as small as the peer looks for by itself.
        rounds: How often every side had its turn.
        ratio_lowest: The lowest `ratio` of a single round.
        ratio_equal_work_lowest: The lowest `ratio_equal_work` of a single round.
        ours: As the desk runs.
        ours_equal_work: With equal work, faces from the desk's own smallest size.
        ours_equal_work_same_size: With equal work, faces from the peer's smallest size.
        peer_fps: Frames per second of the peer.
        peer_median_ms: Its time for a frame.
        peer_faces: Mean number of faces it found.
        peer: Its packages' versions.
    """

    against: str
    ratio: float
    ratio_equal_work: float
    ratio_equal_work_same_size: float
    rounds: int
    ratio_lowest: float
    ratio_equal_work_lowest: float
    ours: RunFigures
    ours_equal_work: RunFigures
    ours_equal_work_same_size: RunFigures
    peer_fps: float
    peer_median_ms: float
    peer_faces: float
    peer: dict[str, str]


class Peer:
    """A worker process that answers JSON lines: which frames in, milliseconds and faces out.

    Args:
        name: A key of `PEERS`.
        backbone: The network to compare with ("mobilenet").
        python: The Python that has its packages.
        scene: The frames.

    Raises:
        UserError: Its packages are not installed, or it failed.
    """

    def __init__(self, name: str, backbone: str, python: str, scene: Scene) -> None:
        self._kind = PEERS[name]
        self._folder = tempfile.TemporaryDirectory(prefix="facedesk-bench-")
        clip = Path(self._folder.name) / "frames.npy"
        np.save(clip, np.stack(scene.images))
        self._log = (Path(self._folder.name) / "log").open("w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(
            [python, "-m", self._kind.module, str(clip), backbone],
            cwd=PROGRAM_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._next = 0
        self._loop = len(scene.images)
        self.spent_ms: list[float] = []
        self.faces: list[int] = []
        try:
            self.versions: dict[str, str] = self._answer()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process and takes its files away."""
        self._process.kill()
        self._process.communicate()
        self._log.close()
        self._folder.cleanup()

    def turn(self, frames: int) -> float:
        """Lets it process some more frames and returns the milliseconds that they took."""
        wanted = [(self._next + i) % self._loop for i in range(frames)]
        self._next += frames
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"frames": wanted}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._failure() from None
        answer = self._answer()
        self.spent_ms += answer["ms"]
        self.faces += answer["faces"]
        return float(sum(answer["ms"]))

    def forget(self) -> None:
        """Leaves out what was measured so far."""
        self.spent_ms, self.faces = [], []

    def _answer(self) -> Any:  # noqa: ANN401  what it says depends on the question
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._failure()
        return json.loads(line)

    def _failure(self) -> UserError:
        code = self._process.wait()
        self._log.seek(0)
        complaint = (self._log.read().strip().splitlines() or [f"exit code {code}"])[-1]
        return UserError(
            f"The comparison needs {self._kind.packages}, and that does not run here ({complaint}).",
            f"Run: {sys.executable} -m pip install --editable '{PROGRAM_ROOT}[bench]'",
        )


def compare(
    name: str, settings: Settings, catalogue: Catalogue, scene: Scene, *, seconds: float, python: str
) -> Comparison:
    """Takes turns with a peer: some frames as the desk runs, some with equal work, some by the peer.

    Args:
        name: A key of `PEERS`.
        settings: Names the network.
        catalogue: Where it is found.
        scene: The frames.
        seconds: How long to go on; three rounds at least.
        python: The Python that has the peer's packages.

    Raises:
        UserError: The peer's packages are not installed, or a network fails.
    """
    backbone = network_name(settings.network)
    every = PipelineOptions(every_frame=True)
    as_small = replace(settings, min_face_px=PEERS[name].min_face_px)
    with Peer(name, backbone, python, scene) as peer:
        desk = Run(build_pipeline(settings, catalogue), scene)
        equal = Run(build_pipeline(settings, catalogue, every), scene)
        small = Run(build_pipeline(as_small, catalogue, every), scene)
        peer.turn(WARM_UP_FRAMES)
        peer.forget()
        rounds: list[tuple[float, ...]] = []
        until = time.perf_counter() + seconds
        while len(rounds) < 3 or time.perf_counter() < until:
            peer_ms = peer.turn(PEER_TURN) / PEER_TURN
            turns = ((desk, OUR_TURN), (equal, EQUAL_TURN), (small, EQUAL_TURN))
            rounds.append(tuple(peer_ms * frames / run.turn(frames) for run, frames in turns))
        return _comparison(name, (desk, equal, small), peer, rounds)


def _comparison(name: str, runs: tuple[Run, Run, Run], peer: Peer, rounds: list[tuple[float, ...]]) -> Comparison:
    ours, equal, small = (run_figures(run.times) for run in runs)
    lowest = [round(min(ratios), 1) for ratios in zip(*rounds, strict=True)]
    peer_ms = float(np.mean(peer.spent_ms))
    return Comparison(
        against=name,
        ratio=round(ours.fps * peer_ms / 1000, 1),
        ratio_equal_work=round(equal.fps * peer_ms / 1000, 1),
        ratio_equal_work_same_size=round(small.fps * peer_ms / 1000, 1),
        rounds=len(rounds),
        ratio_lowest=lowest[0],
        ratio_equal_work_lowest=lowest[1],
        ours=ours,
        ours_equal_work=equal,
        ours_equal_work_same_size=small,
        peer_fps=round(1000 / peer_ms, 2),
        peer_median_ms=round(float(np.median(peer.spent_ms)), 1),
        peer_faces=round(float(np.mean(peer.faces)), 2),
        peer=peer.versions,
    )
