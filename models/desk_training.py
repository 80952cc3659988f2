"""A training run of the desk form: its settings, its network, its losses, and where it stands."""

import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import torch
from numpy.typing import NDArray

from models import precision
from models.batches import Batch, Targets, class_weights, epoch_batches, make_targets
from models.checkpoint import append_log, begun_with, expect_begun_with, finished, load_checkpoint, save_checkpoint
from models.data import SPLITS, Faces
from models.guide import Guide
from models.layers import Conv
from models.losses import distillation, identity, relation, task_loss
from models.networks import desk_network
from models.norms import Norm, attach, attach_known, convolutions, hold_still, trained, without_norms
from models.optimiser import RelativeAdam
from models.pretrained import Weights, start_weights
from models.sentences import sentences
from models.settings import LossWeights, Settings
from models.sparse import TRIM_EVERY_STEPS, trim, zeros_at
from models.splits import Rows, training_rows
from models.start import fit_branch, fit_embedding, infer, port, turn_embedding
from models.tasks import TASKS
from models.torch_ops import resized
from models.validate import Validation

log = logging.getLogger(__name__)

CHECKPOINT_EVERY_S = 120.0
LOG_EVERY_STEPS = 100
FIRST_FACES = 16_000
"""Training faces whose features the ridge regression sees."""
SHOWN_FACES = 256
"""Training faces that set the statistics of the norms."""


class DeskTraining:
    """One run: a network, its optimiser, and where it stands.

    Attributes:
        model: The Keras model; its variables are the newest weights, not the averages.
        epoch: The epoch that is running or comes next.
        seconds: Training time so far.
        begun: What the run was begun with, see `models.checkpoint.begun_with`.

    Raises:
        ValueError: No face is left for training, or there is nothing to learn from those that are.
    """

    def __init__(self, settings: Settings, faces: Faces, folder: Path, splits: Path = SPLITS) -> None:
        self.faces = faces
        self.folder = folder
        self.train = training_rows(faces, splits)
        self.settings = replace(settings, batch_size=min(settings.batch_size, len(self.train)))
        self.targets = make_targets(faces, self.train, TASKS)
        _expect_lessons(self.settings, self.targets, self.train)
        self.model = desk_network(settings.backbone, side_px=settings.side_px)
        hold_still(self.model, settings.still)
        self.centres = torch.nn.Parameter(_person_centres(self.targets))
        self.class_weights = _class_weights(self.targets, self.train)
        self.epoch = 0
        self.seconds = 0.0
        self.begun: dict[str, str] = {}
        self.norms: list[Norm] = []
        self.guide = None if settings.guide is None else Guide(self.model, settings.guide)
        self._optimiser: RelativeAdam | None = None

    @property
    def optimiser(self) -> RelativeAdam:
        """Made at the first use, because its scales are those of the weights then in the model."""
        if self._optimiser is None:
            statistics = [tensor for norm in self.norms for tensor in (norm.mean, norm.variance)]
            learned = [*trained(self.model), self.centres, *(self.guide.trained if self.guide else ())]
            self._optimiser = RelativeAdam(learned, statistics)
        return self._optimiser

    def begin(self, start: Path) -> None:
        """Port the start weights; fit the heads on still features unless they came along."""
        self.begun = self._begun_with(start)
        weights = start_weights(self.settings.backbone, start)
        port(self.model, weights)
        rng = np.random.default_rng(self.settings.seed)
        shown = rng.choice(self.train, min(SHOWN_FACES, len(self.train)), replace=False)
        self.norms = self._norms(weights, shown)
        if self.guide:
            images = torch.from_numpy(self.faces.middle(shown)).float()
            self.guide.begin(images, self._at_side(images))
        rows = rng.choice(self.train, min(FIRST_FACES, len(self.train)), replace=False)
        self._fit_heads(weights, rows, evened=start.suffix == ".tflite")

    def _fit_heads(self, weights: Weights, rows: Rows, *, evened: bool) -> None:
        """Fit the layers that the start weights lack; turn the embedding back where they come from a shipped file."""
        trunk = keras.Model(self.model.input, {"features": self.model.get_layer("features").output})
        features, wanted = infer(trunk, self.faces, rows)["features"], self.targets.embedding[rows]
        taught = wanted.any(axis=1)
        if "embedding_linear" not in weights and taught.any():
            fit_embedding(self.model, features[taught], wanted[taught])
        elif evened and taught.any():
            turn_embedding(self.model, features[taught], wanted[taught])
        for task in TASKS:
            if task.name not in weights:
                fit_branch(self.model, task, features, self.targets.tasks[task.name][rows])

    def _norms(self, weights: Weights, shown: Rows) -> list[Norm]:
        """Put norms behind the convolutions that know the maps of the side at which the weights learned."""
        side_px = self.settings.start_side_px or self.settings.side_px
        if side_px == self.settings.side_px:
            return attach(self.model, lambda: infer(self.model, self.faces, shown, SHOWN_FACES))
        learned = desk_network(self.settings.backbone, side_px=side_px)
        hold_still(learned, self.settings.still)
        port(learned, weights)
        norms = attach(learned, lambda: infer(learned, self.faces, shown, SHOWN_FACES))
        return attach_known(self.model, [(norm.mean, norm.variance) for norm in norms])

    def resume(self, start: Path) -> bool:
        """Take up the last checkpoint; False when there is none.

        Args:
            start: Start weights that the run is meant to have begun with.

        Raises:
            SystemExit: The run was begun with something else, or by a version too early to go on with.
        """
        state = load_checkpoint(self.folder)
        if state is None:
            return False
        if "weights" not in state:
            raise SystemExit("This run was begun by an earlier version: begin it anew with --start on its weights.npz.")
        self.begun = self._begun_with(start)
        expect_begun_with(self.folder, state.get("begun", {}), self.begun)
        for variable in self.model.weights:
            variable.assign(state["weights"][variable.path])  # the optimiser holds only those that are trained
        self.norms = attach_known(self.model, state["norms"])
        if self.guide:
            self.guide.restore(state["guide"])
        self.optimiser.restore(state["optimiser"])
        self.epoch, self.seconds = state["epoch"], state["seconds"]
        return True

    def _begun_with(self, start: Path) -> dict[str, str]:
        return begun_with(self.settings, start, self.faces, self.train)

    def infer(self, rows: Rows) -> dict[str, NDArray[np.float32]]:
        """Run the network as it stands on the middles of some crops."""
        return infer(self.model, self.faces, rows)

    def save(self) -> None:
        """Write checkpoint and averaged weights."""
        self._trim()
        state = {"optimiser": self.optimiser.state(), "epoch": self.epoch, "seconds": self.seconds}
        state["begun"] = self.begun
        state["norms"] = [(norm.mean, norm.variance) for norm in self.norms]
        state["guide"] = self.guide.state() if self.guide else None
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
        batches = epoch_batches(self.faces, self.train, self.settings.batch_size, seed)
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
            outputs = (self.guide.student if self.guide else self.model)(self._at_side(images), training=True)
            guided = {"guide": self.guide.loss(images, outputs)} if self.guide else {}
        parts = self._losses({name: value.float() for name, value in outputs.items()}, batch.rows) | guided
        total = sum(_shares(self.settings.loss)[name] * value for name, value in parts.items())
        total.backward()
        norm = self.optimiser.step(_rate(self.settings, self.optimiser.steps, self.progress))
        if self.optimiser.steps % TRIM_EVERY_STEPS == 0:
            self._trim()
        return {**{name: float(value.detach()) for name, value in parts.items()}, "norm": norm}

    def _trim(self) -> None:
        """Bring the kernels to the share of zeros that is due."""
        if not self.settings.zeros:
            return
        layers = [layer for layer in convolutions(self.model) if isinstance(layer, Conv)]
        kernels = [layer.kernel.value for layer in layers]
        averages = [self.optimiser.average_of(kernel) for kernel in kernels]
        trim(kernels, averages, zeros_at(self.progress, self.settings.zeros))

    def _at_side(self, images: torch.Tensor) -> torch.Tensor:
        """Give images (n, 128, 128, 3) at the side that the network learns from."""
        return resized(images, self.settings.side_px, self.settings.side_px)

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
            shares = torch.from_numpy(self.targets.tasks[task.name][rows])
            parts[task.name] = task_loss(outputs[task.name], shares, self.class_weights[task.name])
        return parts


def train_alone(settings: Settings, start: Path, faces: Faces, folder: Path, splits: Path, threads: int) -> None:
    """Begin a run on this machine or go on with it.

    Args:
        settings: How it learns.
        start: Start weights; see `models.pretrained`.
        faces: All faces.
        folder: Of the run.
        splits: Which faces may be used for what.
        threads: Of PyTorch.
    """
    torch.set_num_threads(threads)
    keras.utils.set_random_seed(settings.seed)
    keras.config.set_dtype_policy(precision.policy())
    with sentences():
        training = DeskTraining(settings, faces, folder, splits)
        validation = Validation(faces, tuple(task.name for task in TASKS), splits)
        resumed = training.resume(start)
        if not resumed:
            training.begin(start)
    if not resumed:
        training.save()
        append_log(folder, {"epoch": 0, **validation.measure(training.infer)})
    elif training.progress >= 1.0:
        log.info(finished(folder))
    training.run(validation)


def _expect_lessons(settings: Settings, targets: Targets, train: Rows) -> None:
    """Refuse faces that leave every loss at zero.

    Raises:
        ValueError: They have no teacher, no two persons with two pictures, and no labels, and there is no guide.
    """
    taught = targets.embedding[train].any() or any(shares[train].any() for shares in targets.tasks.values())
    several_persons = settings.loss.identity > 0 and targets.identity.max() > 0
    if not (taught or several_persons or settings.guide):
        raise ValueError(
            f"There is nothing to learn from {len(train)} faces without a teacher, without a label of "
            f"{' or '.join(targets.tasks)}, and without two persons of two pictures each: prepare them with --teacher."
        )


def _means(sums: dict[str, float], steps: int) -> dict[str, float]:
    return {name: round(value / max(steps, 1), 4) for name, value in sums.items()}


def _shares(weights: LossWeights) -> dict[str, float]:
    tasks = {task.name: task.weight for task in TASKS}
    shares = {"distillation": 1.0, "relation": weights.relation, "identity": weights.identity, "guide": weights.guide}
    return shares | tasks


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
    return {task.name: torch.from_numpy(class_weights(targets.tasks[task.name][train])) for task in TASKS}
