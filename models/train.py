"""Train the desk form of a network by distillation, with age and ethnicity beside it.

    python -m models.train mobilenet --faces FOLDER --start FOLDER_OF_START_WEIGHTS --minutes 70

A run lives in `.runs/<name>/`: `command.txt`, `log.csv` (one line an epoch), `checkpoint.pt` (all that is needed to go
on) and `weights.npz` (the averaged weights, which `models.convert` exports). Calling it again goes on from the last
checkpoint; a finished run stays as it is.
"""

import argparse
import logging
import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import torch
from numpy.typing import NDArray

from models import precision
from models.batches import Batch, Targets, class_weights, epoch_batches, make_targets
from models.checkpoint import append_log, load_checkpoint, save_checkpoint
from models.data import SPLITS, Faces, read_faces
from models.geometry import INPUT_PX
from models.losses import LossWeights, distillation, identity, relation, task_loss
from models.networks import TASKS, desk_network
from models.norms import Norm, attach, attach_known, hold_still, trained, without_norms
from models.optimiser import RelativeAdam
from models.pretrained import start_weights
from models.splits import Rows, role_rows
from models.start import fit_heads, infer, port
from models.validate import Validation

log = logging.getLogger(__name__)

CHECKPOINT_EVERY_S = 120.0
LOG_EVERY_STEPS = 100
FIRST_FACES = 16_000
"""Training faces whose features the ridge regression sees."""
SHOWN_FACES = 256
"""Training faces that set the statistics of the norms."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run learns.

    Attributes:
        backbone: A key of `models.backbones.BACKBONES`.
        epochs: Times that every face is seen, the rate falling towards the end; 0 leaves the start as it is.
        minutes: Longest training time in minutes; the rate falls so that it ends then at the latest.
        rate: Highest step relative to the weights.
        batch_size: Faces a step.
        warm_up: Steps until the rate is reached.
        seed: Of order and augmentation.
        still: Number of convolutions, from the input on, that stay as they start.
        side_px: Side of the images it learns from.
        loss: Shares of the parts of the loss.
    """

    backbone: str
    epochs: int = 16
    minutes: float = float("inf")
    rate: float = 1e-3
    batch_size: int = 64
    warm_up: int = 300
    seed: int = 1
    still: int = 0
    side_px: int = INPUT_PX
    loss: LossWeights = field(default_factory=LossWeights)


class DeskTraining:
    """One run: a network, its optimiser, and where it stands.

    Attributes:
        model: The Keras model; its variables are the newest weights, not the averages.
        epoch: The epoch that is running or comes next.
        seconds: Training time so far.
    """

    def __init__(self, settings: Settings, faces: Faces, folder: Path, splits: Path = SPLITS) -> None:
        self.settings = settings
        self.faces = faces
        self.folder = folder
        self.train = role_rows(faces, "train", splits)
        self.targets = make_targets(faces, self.train, tuple(task.name for task in TASKS))
        self.model = desk_network(settings.backbone, side_px=settings.side_px)
        hold_still(self.model, settings.still)
        self.centres = torch.nn.Parameter(_person_centres(self.targets))
        self.class_weights = _class_weights(self.targets, self.train)
        self.epoch = 0
        self.seconds = 0.0
        self.norms: list[Norm] = []
        self._optimiser: RelativeAdam | None = None

    @property
    def optimiser(self) -> RelativeAdam:
        """Made at the first use, because its scales are those of the weights then in the model."""
        if self._optimiser is None:
            statistics = [tensor for norm in self.norms for tensor in (norm.mean, norm.variance)]
            self._optimiser = RelativeAdam([*trained(self.model), self.centres], statistics)
        return self._optimiser

    def begin(self, start: Path) -> None:
        """Port the start weights; fit the heads on still features unless they came along."""
        weights = start_weights(self.settings.backbone, start)
        port(self.model, weights)
        rng = np.random.default_rng(self.settings.seed)
        shown = rng.choice(self.train, min(SHOWN_FACES, len(self.train)), replace=False)
        self.norms = attach(self.model, lambda: infer(self.model, self.faces, shown, SHOWN_FACES))
        if "embedding_linear" in weights:
            return
        rows = rng.choice(self.train, min(FIRST_FACES, len(self.train)), replace=False)
        trunk = keras.Model(self.model.input, {"features": self.model.get_layer("features").output})
        fit_heads(self.model, infer(trunk, self.faces, rows)["features"], self.targets, rows)

    def resume(self) -> bool:
        """Take up the last checkpoint; False when there is none."""
        state = load_checkpoint(self.folder)
        if state is None:
            return False
        if "weights" not in state:
            raise SystemExit("This run was begun by an earlier version: begin it anew with --start on its weights.npz.")
        for variable in self.model.weights:
            variable.assign(state["weights"][variable.path])  # the optimiser holds only those that are trained
        self.norms = attach_known(self.model, state["norms"])
        self.optimiser.restore(state["optimiser"])
        self.epoch, self.seconds = state["epoch"], state["seconds"]
        return True

    def infer(self, rows: Rows) -> dict[str, NDArray[np.float32]]:
        """Run the network as it stands on the middles of some crops."""
        return infer(self.model, self.faces, rows)

    def save(self) -> None:
        """Write checkpoint and averaged weights."""
        state = {"optimiser": self.optimiser.state(), "epoch": self.epoch, "seconds": self.seconds}
        state["norms"] = [(norm.mean, norm.variance) for norm in self.norms]
        state["weights"] = {variable.path: variable.value.detach() for variable in self.model.weights}
        with self.optimiser.averaged():
            weights = without_norms(self.model)
        save_checkpoint(self.folder, state, weights)

    @property
    def progress(self) -> float:
        """Share of the run that is done, by steps or by time, whichever is further."""
        steps = self.settings.epochs * (len(self.train) // self.settings.batch_size)
        seen = self.optimiser.steps / steps if steps else 1.0
        return min(1.0, max(seen, self.seconds / 60.0 / self.settings.minutes))

    def run(self, validation: Validation) -> None:
        """Train to the end; log, measure and save after each epoch."""
        while self.progress < 1.0:
            began = self.seconds
            losses = self._run_epoch()
            self.epoch += 1
            self.save()
            with self.optimiser.averaged():
                figures = validation.measure(self.infer)
            line = {"epoch": self.epoch, "step": self.optimiser.steps, "progress": self.progress, **losses, **figures}
            append_log(self.folder, {**line, "epoch_s": self.seconds - began})

    def _run_epoch(self) -> dict[str, float]:
        """Learn from every training face once, or until the time is over; give the mean of each loss."""
        sums: dict[str, float] = {}
        steps = 0
        last, saved = time.perf_counter(), time.perf_counter()
        seed = self.settings.seed * 1_000_003 + self.optimiser.steps
        batches = epoch_batches(self.faces, self.train, self.settings.batch_size, seed, self.settings.side_px)
        for batch in batches:
            for name, value in self._step(batch).items():
                sums[name] = sums.get(name, 0.0) + value
            steps += 1
            if steps % LOG_EVERY_STEPS == 0:
                log.info("step %d %s", self.optimiser.steps, _means(sums, steps))
            now = time.perf_counter()
            self.seconds, last = self.seconds + now - last, now
            if now - saved > CHECKPOINT_EVERY_S:
                self.save()
                saved = now
            if self.progress >= 1.0:
                break
        return _means(sums, steps)

    def _step(self, batch: Batch) -> dict[str, float]:
        """Learn from one batch and give the value of each loss."""
        images = torch.from_numpy(batch.images).float()
        with precision.autocast():
            outputs = self.model(images, training=True)
        parts = self._losses({name: value.float() for name, value in outputs.items()}, batch.rows)
        total = sum(_shares(self.settings.loss)[name] * value for name, value in parts.items())
        total.backward()
        norm = self.optimiser.step(_rate(self.settings, self.optimiser.steps, self.progress))
        return {**{name: float(value.detach()) for name, value in parts.items()}, "norm": norm}

    def _losses(self, outputs: dict[str, Any], rows: Rows) -> dict[str, torch.Tensor]:
        teacher = torch.from_numpy(self.targets.embedding[rows])
        persons = torch.from_numpy(self.targets.identity[rows])
        embedding = outputs["embedding"]
        parts = {
            "distillation": distillation(embedding, teacher),
            "relation": relation(embedding, teacher),
            "identity": identity(embedding, self.centres, persons, self.settings.loss),
        }
        for task in TASKS:
            labels = torch.from_numpy(self.targets.tasks[task.name][rows])
            parts[task.name] = task_loss(outputs[task.name], labels, self.class_weights[task.name])
        return parts


def _means(sums: dict[str, float], steps: int) -> dict[str, float]:
    return {name: round(value / max(steps, 1), 4) for name, value in sums.items()}


def _shares(weights: LossWeights) -> dict[str, float]:
    tasks = {task.name: task.weight for task in TASKS}
    return {"distillation": 1.0, "relation": weights.relation, "identity": weights.identity, **tasks}


def _rate(settings: Settings, step: int, progress: float) -> float:
    """Warm up in a line, then fall along a cosine to a hundredth."""
    falling = 0.01 + 0.99 * 0.5 * (1.0 + np.cos(np.pi * progress))
    return float(settings.rate * falling * min(1.0, (step + 1) / settings.warm_up))


def _person_centres(targets: Targets) -> torch.Tensor:
    """Begin each person's direction (persons, 128) at the mean of the teacher's embeddings."""
    centres = np.zeros((targets.identity.max() + 1, targets.embedding.shape[1]), np.float32)
    labelled = np.flatnonzero(targets.identity >= 0)
    np.add.at(centres, targets.identity[labelled], targets.embedding[labelled])
    return torch.nn.functional.normalize(torch.from_numpy(centres), dim=1)


def _class_weights(targets: Targets, train: Rows) -> dict[str, torch.Tensor]:
    return {
        task.name: torch.from_numpy(class_weights(targets.tasks[task.name][train], len(task.labels))) for task in TASKS
    }


def _parse() -> argparse.Namespace:
    defaults = Settings("mobilenet")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("backbone", help="mobilenet, mobilenet_v2 or inception_v3")
    parser.add_argument("--faces", type=Path, required=True, help="folder of the face sets")
    parser.add_argument("--start", type=Path, required=True, help="start weights, see models/pretrained.py")
    parser.add_argument(
        "--splits", type=Path, default=SPLITS, help="who may be used for what (default models/splits.csv)"
    )
    parser.add_argument("--runs", type=Path, default=Path(".runs"), help="folder of the runs (default .runs)")
    parser.add_argument("--name", help="name of the run (default: the backbone)")
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--minutes", type=float, default=defaults.minutes)
    parser.add_argument("--rate", type=float, default=defaults.rate)
    parser.add_argument("--warm-up", type=int, default=defaults.warm_up, help="steps until the rate is reached")
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--still", type=int, default=defaults.still, help="convolutions that stay as they start")
    parser.add_argument("--side-px", type=int, default=defaults.side_px, help="of the images; fewer is quicker")
    parser.add_argument("--relation", type=float, default=defaults.loss.relation)
    parser.add_argument("--identity", type=float, default=defaults.loss.identity)
    parser.add_argument("--threads", type=int, default=2, help="of PyTorch (default 2)")
    return parser.parse_args()


def main() -> None:
    """Begin a run or go on with it."""
    options = _parse()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    keras.utils.set_random_seed(options.seed)
    keras.config.set_dtype_policy(precision.policy())
    chosen = ("backbone", "epochs", "minutes", "rate", "warm_up", "batch_size", "seed", "still", "side_px")
    settings = Settings(**{name: getattr(options, name) for name in chosen})
    settings = replace(settings, loss=LossWeights(relation=options.relation, identity=options.identity))
    faces = read_faces(options.faces, options.runs / "cache")
    training = DeskTraining(settings, faces, options.runs / (options.name or options.backbone), options.splits)
    validation = Validation(faces, tuple(task.name for task in TASKS), options.splits)
    if not training.resume():
        training.begin(options.start)
        training.save()
        append_log(training.folder, {"epoch": 0, **validation.measure(training.infer)})
    training.run(validation)


if __name__ == "__main__":
    main()
