"""How long a person head takes to train and to answer, with made-up embeddings, and whether others wait meanwhile."""

import threading
import time
from dataclasses import dataclass

import numpy as np

from engine.bench.window import PaceBeside
from engine.calibration import NO_TAIL, Peers, StrangerScale, unit
from engine.evening import Evening
from engine.head_fit import HeadTrainer
from engine.head_state import HeadState
from engine.head_training import START_SCALE, SoftmaxLayer
from engine.person_head import PersonHead
from engine.training_set import TrainingSet
from engine.types import EMBEDDING_SIZE, Floats

SAMPLES = 20
CROWD = 100_000
STRANGERS = 5000
_TICK_S = 0.002


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """What a person head costs.

    Attributes:
        train_100_s: Training with 100 people of 20 samples each.
        train_1000_s: With 1,000 people; None when left out.
        pause_ms: The longest that another thread of the process was kept waiting by a training.
        identify_100k_ms: Naming one face among 100,000 people, median.
        window: How the window keeps its pace meanwhile; None without Qt, or when left out.
    """

    train_100_s: float
    train_1000_s: float | None
    pause_ms: float
    identify_100k_ms: float
    window: PaceBeside | None = None


def measure_heads(*, quick: bool = False) -> HeadFigures:
    """Measures both; takes about five seconds and 200 MB.

    Args:
        quick: Leave 1,000 people out.
    """
    rng = np.random.default_rng(0)
    strangers = made_up_vectors(STRANGERS, rng)
    train_100_s, pause_ms = _train(100, strangers, rng)
    train_1000_s = None
    if not quick:
        train_1000_s, longer_ms = _train(1000, strangers, rng)
        pause_ms = max(pause_ms, longer_ms)
    return HeadFigures(train_100_s, train_1000_s, pause_ms, _identify_ms(rng))


def made_up_vectors(count: int, rng: np.random.Generator) -> Floats:
    """Draws unit vectors in any direction, (count, 128)."""
    return unit(rng.standard_normal((count, EMBEDDING_SIZE), np.float32))


def made_up_people(people: int, rng: np.random.Generator) -> TrainingSet:
    """Draws people of 20 samples each, as alike as the views of one sitting are."""
    owners = np.repeat(np.arange(people), SAMPLES)
    embeddings = unit(0.8 * made_up_vectors(people, rng)[owners] + 0.6 * made_up_vectors(len(owners), rng))
    names = tuple(map(str, range(people)))
    seen = np.ones(len(owners), bool)
    return TrainingSet(tuple(range(people)), names, embeddings, owners, np.arange(len(owners)), seen)


def _train(people: int, strangers: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """Seconds to train, and the longest pause of another thread in milliseconds."""
    data = made_up_people(people, rng)
    watch = _PauseWatch()
    watch.start()
    began = time.perf_counter()
    for _ in HeadTrainer().fit(data, strangers):
        pass
    seconds = time.perf_counter() - began
    return seconds, watch.stop()


class _PauseWatch(threading.Thread):
    """Wakes every two milliseconds and notes how late it was."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._stopped = threading.Event()
        self._longest_s = 0.0

    def stop(self) -> float:
        self._stopped.set()
        self.join()
        return 1e3 * self._longest_s

    def run(self) -> None:
        last = time.perf_counter()
        while not self._stopped.wait(_TICK_S):
            now = time.perf_counter()
            self._longest_s = max(self._longest_s, now - last - _TICK_S)
            last = now


def _identify_ms(rng: np.random.Generator) -> float:
    templates = made_up_vectors(CROWD, rng)
    none, one = np.zeros(CROWD, np.float32), np.ones(CROWD, np.float32)
    state = HeadState(
        evening=Evening.none(),
        person_ids=np.arange(CROWD),
        templates=templates,
        scale=StrangerScale(none, one),
        peers=Peers(made_up_vectors(1000, rng), 1.0),
        floors=none,
        tail=NO_TAIL,
        layer=SoftmaxLayer(START_SCALE * templates, none),
        negatives=np.zeros((0, EMBEDDING_SIZE), np.float32),
        negative_owners=np.zeros(0, np.int64),
        own=np.zeros(0, np.float32),
        leads=np.zeros(0, np.float32),
    )
    head = PersonHead(state, dict.fromkeys(range(CROWD), "somebody"))
    spent = []
    for face in templates[:60]:
        began = time.perf_counter()
        head.identify(face)
        spent.append(time.perf_counter() - began)
    return 1e3 * float(np.median(spent))
