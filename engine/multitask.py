"""Crop → embedding and attribute probabilities."""

import numpy as np

from engine.catalogue import Card, NetworkFile
from engine.errors import ModelError
from engine.litert import Network
from engine.types import CROP_SIZE, EMBEDDING_SIZE, Floats, Image, TaskOutputs, TaskScore


class MultiTaskNetwork:
    """One multi-task network in one precision; used by one thread.

    Args:
        key: How the user names it, "mobilenet:int8".
        card: Its card, for the task labels.
        network: The interpreter; outputs `embedding` and one per task of the card.

    Raises:
        ModelError: The network's outputs are not those of its card.
    """

    def __init__(self, key: str, card: Card, network: Network) -> None:
        self.key = key
        self.card = card
        self._network = network
        self._check_outputs()

    @classmethod
    def load(cls, card: Card, file: NetworkFile, *, threads: int = 1) -> "MultiTaskNetwork":
        """Loads one file of a network and tries it on a grey crop.

        Raises:
            ModelError: The file is missing, damaged, or not what its card says.
        """
        return cls(card.key(file), card, Network.load(file.path, threads=threads, sha256=file.sha256))

    def _check_outputs(self) -> None:
        outputs = self._network.run(np.full((1, CROP_SIZE, CROP_SIZE, 3), 127, self._network.input_dtype))
        wanted = {"embedding": EMBEDDING_SIZE, **{task.name: len(task.labels) for task in self.card.tasks}}
        for name, size in wanted.items():
            shape = outputs[name].shape if name in outputs else None
            if shape != (1, size):
                raise ModelError(
                    f"{self.card.title} does not fit its card: expected output {name} of (1, {size}), got {shape}.",
                    "Reinstall this network or choose another one.",
                )

    @property
    def busy_ns(self) -> int:
        """Nanoseconds spent inside the interpreter so far."""
        return self._network.busy_ns

    def infer(self, crop: Image) -> TaskOutputs:
        """Looks at one face.

        Args:
            crop: (128, 128, 3) uint8 RGB, aligned.

        Raises:
            ModelError: The interpreter failed.
        """
        outputs = self._network.run(crop[None].astype(self._network.input_dtype, copy=False))
        return TaskOutputs(
            embedding=_unit(outputs["embedding"][0]),
            tasks=tuple(_score(task.name, task.labels, outputs[task.name][0]) for task in self.card.tasks),
        )


def _unit(vector: Floats) -> Floats:
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)


def _score(task: str, labels: tuple[str, ...], probabilities: Floats) -> TaskScore:
    total = float(probabilities.sum()) or 1.0
    return TaskScore(task, labels, tuple(float(p) / total for p in probabilities))
