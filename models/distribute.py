"""Train on several machines: TensorFlow's MultiWorkerMirroredStrategy, one process a machine.

    TF_CONFIG='{"cluster": {"worker": ["first:9900", "second:9900"]}, "task": {"type": "worker", "index": 0}}' \
        python -m models.distribute mobilenet --faces FOLDER --start START_WEIGHTS --name mobilenet_far

runs on the first machine, and the same with index 1 on the second. Without TF_CONFIG one process trains alone. Every
worker takes its share of each batch, so that the losses are those of one machine with the whole batch; without
augmentation they agree to rounding (`tests/models/test_distribute.py`). The first worker writes `weights.npz`, which
`models.convert` exports.
"""

import argparse
import logging
import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow import Tensor

from models.augment import Augmenter
from models.batches import Targets, class_weights, make_targets
from models.data import SPLITS, Faces, read_faces
from models.networks import desk_network
from models.pretrained import Weights, start_weights
from models.splits import Rows, role_rows
from models.tasks import TASKS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of each batch this process takes: `index` of `workers`."""

    index: int
    workers: int

    def of(self, rows: Rows) -> Rows:
        """Give this worker's rows of a batch."""
        return rows[self.index :: self.workers]


class DistributedTraining:
    """Trains a desk network by distillation and its tasks, each batch shared by the workers.

    Args:
        strategy: TensorFlow's; any that has one replica a process.
        backbone: A key of `models.backbones.BACKBONES`.
        weights: Start weights by layer; empty trains from chance.
        targets: What the faces should give.
        train: Rows that training uses.
        rate: Learning rate of AdamW.
    """

    def __init__(
        self,
        strategy: tf.distribute.Strategy,
        backbone: str,
        weights: Weights,
        targets: Targets,
        train: Rows,
        rate: float = 2e-5,
    ) -> None:
        self.strategy = strategy
        self.targets = targets
        self.class_weights = {task.name: class_weights(targets.tasks[task.name][train]) for task in TASKS}
        with strategy.scope():
            self.model = desk_network(backbone)
            for name, (kernel, bias) in weights.items():
                self.model.get_layer(name).set_weights([np.ascontiguousarray(kernel), bias])
            self.optimiser = keras.optimizers.AdamW(rate, clipnorm=1.0)
            self.optimiser.build(self.model.trainable_variables)
        self._step = tf.function(self._distributed_step)

    def step(self, images: NDArray[np.uint8], rows: Rows, batch_size: int) -> float:
        """Learn from one batch.

        Args:
            images: (n, 128, 128, 3): this worker's share.
            rows: (n,) the faces they show.
            batch_size: Faces in the whole batch, of all workers.

        Returns:
            The loss of the whole batch, the same on every worker.
        """
        shares = {task.name: tf.constant(self.targets.tasks[task.name][rows]) for task in TASKS}
        teacher = tf.constant(self.targets.embedding[rows])
        loss = self._step(tf.constant(images, tf.float32), teacher, shares, tf.constant(batch_size, tf.float32))
        return float(loss)

    def _distributed_step(
        self, images: Tensor, teacher: Tensor, shares: dict[str, Tensor], batch_size: Tensor
    ) -> Tensor:
        per_replica = self.strategy.run(self._replica_step, (images, teacher, shares, batch_size))
        return self.strategy.reduce("sum", per_replica, axis=None)

    def _replica_step(self, images: Tensor, teacher: Tensor, shares: dict[str, Tensor], batch_size: Tensor) -> Tensor:
        """Learn from this worker's share; the optimiser sums the gradients of all workers."""
        with tf.GradientTape() as tape:
            outputs = self.model(images, training=False)
            loss = self._loss(outputs, teacher, shares) / batch_size
        variables = self.model.trainable_variables
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        summed = tf.distribute.get_replica_context().all_reduce("sum", gradients)
        self.optimiser.apply(summed, variables)
        return loss

    def _loss(self, outputs: dict[str, Tensor], teacher: Tensor, shares: dict[str, Tensor]) -> Tensor:
        """Sum the losses of the faces, so that the shares of the workers add up."""
        total = tf.reduce_sum(1.0 - tf.reduce_sum(outputs["embedding"] * teacher, axis=1))
        for task in TASKS:
            log = tf.math.log(tf.maximum(outputs[task.name], 1e-6))
            total -= task.weight * tf.reduce_sum(shares[task.name] * self.class_weights[task.name] * log)
        return total


def train(
    training: DistributedTraining, faces: Faces, rows: Rows, share: Share, *, steps: int, batch_size: int, seed: int = 1
) -> list[float]:
    """Train for some steps; every worker draws the same batches and takes its share.

    Returns:
        The loss of each batch.
    """
    rng = np.random.default_rng(seed)
    augment = Augmenter(seed + share.index)
    losses = []
    for step in range(steps):
        mine = share.of(rng.choice(rows, batch_size, replace=False))
        images = np.stack([augment(faces.crops[row]) for row in mine])
        losses.append(training.step(images, mine, batch_size))
        if step % 100 == 0:
            log.info("step %d loss %.4f", step, losses[-1])
    return losses


def main() -> None:
    """Train as one worker of a cluster, or alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("backbone", help="mobilenet, mobilenet_v2 or inception_v3")
    parser.add_argument("--faces", type=Path, required=True, help="folder of the face sets")
    parser.add_argument("--start", type=Path, required=True, help="start weights, best a shipped fp16 file")
    parser.add_argument("--splits", type=Path, default=SPLITS, help="roles of faces (default models/splits.csv)")
    parser.add_argument("--runs", type=Path, default=Path(".runs"), help="folder of the runs (default .runs)")
    parser.add_argument("--name", required=True, help="name of the run")
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--batch-size", type=int, default=64, help="of all workers together")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    resolver = strategy.cluster_resolver
    share = Share(resolver.task_id or 0, strategy.num_replicas_in_sync)
    faces = read_faces(options.faces, options.runs / "cache")
    rows = role_rows(faces, "train", options.splits)
    targets = make_targets(faces, rows, TASKS)
    weights = start_weights(options.backbone, options.start)
    training = DistributedTraining(strategy, options.backbone, weights, targets, rows)
    train(training, faces, rows, share, steps=options.steps, batch_size=options.batch_size)
    if share.index == 0:
        folder = options.runs / options.name
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {variable.path: variable.numpy() for variable in training.model.trainable_variables}
        np.savez(folder / "weights.npz", **arrays)
        (folder / "command.txt").write_text(f"{shlex.join(['python', '-m', 'models.distribute', *sys.argv[1:]])}\n")


if __name__ == "__main__":
    main()
