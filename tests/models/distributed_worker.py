"""One worker of the two-process test: trains a few steps on drawn faces and writes the losses."""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf

import models.distribute as distribute
from models.batches import make_targets
from models.data import read_faces
from models.tasks import TASKS

STEPS, BATCH = 3, 8


def main() -> None:
    folder, result = Path(sys.argv[1]), Path(sys.argv[2])
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    tf.keras.utils.set_random_seed(0)
    share = distribute.Share(strategy.cluster_resolver.task_id or 0, strategy.num_replicas_in_sync)
    faces = read_faces(folder / "sets", folder / f"cache-{result.stem}")
    rows = np.arange(len(faces))
    targets = make_targets(faces, rows, TASKS)
    training = distribute.DistributedTraining(strategy, "mobilenet", {}, targets, rows)
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(STEPS):
        mine = share.of(rng.choice(rows, BATCH, replace=False))
        losses.append(training.step(faces.middle(mine), mine, BATCH))
    result.write_text(json.dumps([share.workers, *losses]))


if __name__ == "__main__":
    main()
