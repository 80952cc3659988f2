"""Train on several machines: TensorFlow's MultiWorkerMirroredStrategy, one process a machine.

    TF_CONFIG='{"cluster": {"worker": ["first:9900", "second:9900"]}, "task": {"type": "worker", "index": 0}}' \
        python -m models.train mobilenet --strategy multi-worker --faces FOLDER --start START_WEIGHTS --name far

runs on the first machine, and the same with index 1 on the second. Without TF_CONFIG one process trains alone. Every
worker takes its share of each batch, so that the losses are those of one machine with the whole batch; without
augmentation they agree to rounding (`tests/models/test_distribute.py`). The first worker writes `weights.npz`, which
`models.convert` exports, `log.csv`, and `shared.npz`, from which all go on: `--runs` is on a disk that every machine
sees.
"""

import json
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow import Tensor

from models.augment import Augmenter
from models.batches import Targets, class_weights, make_targets
from models.checkpoint import WEIGHTS_FILE, append_log, begun_with, expect_begun_with, finished, write_run
from models.data import Faces
from models.networks import desk_network
from models.pretrained import Weights, start_weights
from models.sentences import sentences
from models.settings import Settings
from models.splits import Rows, training_rows
from models.tasks import TASKS

log = logging.getLogger(__name__)

SHARED_FILE = "shared.npz"
SAVE_EVERY_S = 120.0
LOG_EVERY_STEPS = 100
LOG_COLUMNS = ("epoch", "step", "progress", "epoch_s", "loss")


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
        self.begun: dict[str, str] = {}
        self.class_weights = {task.name: class_weights(targets.tasks[task.name][train]) for task in TASKS}
        with strategy.scope():
            self.model = desk_network(backbone)
            for name, (kernel, bias) in weights.items():
                self.model.get_layer(name).set_weights([np.ascontiguousarray(kernel), bias])
            self.optimiser = keras.optimizers.AdamW(rate, clipnorm=1.0)
            self.optimiser.build(self.model.trainable_variables)
        self._variables = [*self.model.trainable_variables, *self.optimiser.variables]
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

    def agree(self, step: int, workers: int) -> None:
        """Stop unless every worker stands at the same step."""
        steps = self.strategy.run(lambda: tf.constant(step, tf.int64))
        together = int(self.strategy.reduce("sum", steps, axis=None))
        if together != workers * step:
            raise SystemExit("The workers stand at different steps: give all of them the same folder --runs.")

    def save(self, folder: Path, step: int) -> None:
        """Write what all workers need to go on, and the weights that `models.convert` exports."""
        values = {f"variable_{number}": variable.numpy() for number, variable in enumerate(self._variables)}
        weights = {variable.path: variable.numpy() for variable in self.model.trainable_variables}
        shared = {"step": np.array(step), "begun": np.array(json.dumps(self.begun)), **values}
        write_run(folder, {SHARED_FILE: shared, WEIGHTS_FILE: weights})

    def resume(self, folder: Path, begun: dict[str, str]) -> int:
        """Take up what `save` wrote; give the step that comes next, 0 where nothing is there.

        Args:
            folder: Of the run.
            begun: What `models.checkpoint.begun_with` gives now.

        Raises:
            SystemExit: The run was begun with something else.
        """
        self.begun = begun
        if not (folder / SHARED_FILE).exists():
            return 0
        with np.load(folder / SHARED_FILE) as state:
            expect_begun_with(folder, json.loads(str(state.get("begun", "{}"))), begun)
            for number, variable in enumerate(self._variables):
                variable.assign(state[f"variable_{number}"])
            return int(state["step"])


def train_as_worker(settings: Settings, start: Path, faces: Faces, folder: Path, splits: Path) -> None:
    """Begin a run as one worker of a cluster, or go on with it.

    Args:
        settings: How it learns; see `models.train.SHARED`.
        start: Start weights, best a shipped fp16 file.
        faces: All faces.
        folder: Of the run.
        splits: Which faces may be used for what.
    """
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    share = Share(strategy.cluster_resolver.task_id or 0, strategy.num_replicas_in_sync)
    with sentences():
        train = training_rows(faces, splits)
        targets = make_targets(faces, train, TASKS)
        weights = start_weights(settings.backbone, start)
        training = DistributedTraining(strategy, settings.backbone, weights, targets, train, settings.rate)
    settings = replace(settings, batch_size=min(settings.batch_size, len(train)))
    if settings.batch_size < share.workers:
        raise SystemExit(f"{share.workers} workers need as many faces a batch, got {settings.batch_size}.")
    begun_so = begun_with(settings, start, faces, train) | {"--batch-size": str(settings.batch_size)}
    begun = training.resume(folder, begun_so)
    training.agree(begun, share.workers)
    if begun and begun >= settings.epochs * (len(train) // settings.batch_size):
        log.info(finished(folder))
    else:
        _learn(training, faces, train, share, settings, begun, folder)


def _learn(
    training: DistributedTraining,
    faces: Faces,
    train: Rows,
    share: Share,
    settings: Settings,
    begun: int,
    folder: Path,
) -> None:
    """Take the steps that are left; the first worker saves, and logs the mean loss of each epoch."""
    an_epoch = len(train) // settings.batch_size
    first, last = share.index == 0, settings.epochs * an_epoch
    losses: list[float] = []
    saved = epoch_began = time.monotonic()
    for step, loss in steps(training, faces, train, share, settings, begun):
        losses.append(loss)
        if step % LOG_EVERY_STEPS == 0:
            log.info("step %d loss %.4f", step, loss)
        if first and (step % an_epoch == 0 or time.monotonic() - saved > SAVE_EVERY_S):
            training.save(folder, step)
            saved = time.monotonic()
        if step % an_epoch == 0:
            if first:
                line = {"epoch": step // an_epoch, "step": step, "progress": step / last}
                figures = {"epoch_s": time.monotonic() - epoch_began, "loss": float(np.mean(losses))}
                append_log(folder, {**line, **figures}, LOG_COLUMNS)
            losses, epoch_began = [], time.monotonic()
    if first and not last:
        training.save(folder, last)


def steps(
    training: DistributedTraining, faces: Faces, train: Rows, share: Share, settings: Settings, begun: int
) -> Iterator[tuple[int, float]]:
    """Learn from every face once an epoch; every worker draws the same batches and takes its share.

    Yields:
        Steps taken since the beginning of the run, and the loss of the batch.
    """
    an_epoch = len(train) // settings.batch_size
    for step in range(begun, settings.epochs * an_epoch):
        epoch, batch = divmod(step, an_epoch)
        if batch == 0 or step == begun:
            order = np.random.default_rng((settings.seed, epoch)).permutation(train)
            augment = Augmenter(settings.seed * 1_000_003 + step * share.workers + share.index)
        mine = share.of(order[batch * settings.batch_size : (batch + 1) * settings.batch_size])
        images = np.stack([augment(faces.crops[row]) for row in mine])
        yield step + 1, training.step(images, mine, settings.batch_size)
