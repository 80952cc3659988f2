"""Train the desk form of a network by distillation, with age and ethnicity beside it.

    python -m models.train mobilenet --faces FOLDER --start FOLDER_OF_START_WEIGHTS --minutes 70

A run lives in `.runs/<name>/`: `command.txt`, `log.csv` (one line an epoch), `checkpoint.pt` (all that is needed to go
on) and `weights.npz` (the averaged weights, which `models.convert` exports). Calling it again goes on from the last
checkpoint; a finished run stays as it is.
"""

import argparse
import logging
import os
from dataclasses import fields, replace
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import torch

from models import precision
from models.checkpoint import append_log
from models.data import SPLITS, read_faces
from models.desk_training import DeskTraining, Settings
from models.guide import GUIDE, PAIRS
from models.losses import LossWeights
from models.tasks import TASKS
from models.validate import Validation


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
    parser.add_argument("--start-side-px", type=int, help="at which the start weights learned, if another one")
    parser.add_argument("--guide", type=Path, help=f"fp16 file of a trained {GUIDE}, for {' and '.join(PAIRS)}")
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
    chosen = [field.name for field in fields(Settings) if field.name != "loss"]
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
