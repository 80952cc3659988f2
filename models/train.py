"""Train the desk form of a network by distillation, with age and ethnicity beside it.

    python -m models.train mobilenet --faces FOLDER --start FOLDER_OF_START_WEIGHTS --minutes 70

A run lives in `.runs/<name>/`: `command.txt`, `log.csv` (one line an epoch), `checkpoint.pt` (all that is needed to go
on) and `weights.npz` (the averaged weights, which `models.convert` exports). Calling it again goes on from the last
checkpoint; a finished run stays as it is, and says so. Another backbone, start, guide, side or number of still
convolutions, other tasks or training faces make another run, which needs a `--name` of its own. With `--strategy
multi-worker` several machines share each batch, see `models/distribute.py`.
"""

import argparse
import logging
from dataclasses import fields
from pathlib import Path

from models.data import SPLITS, read_faces
from models.sentences import sentences
from models.settings import LossWeights, Settings

ADAM_RATE = 2e-5
"""Rate of plain AdamW, with which several machines train."""
THREADS = 2
SHARED = {"backbone", "epochs", "rate", "batch_size", "seed"}
"""Settings that several machines know."""
OPTIONS = {"loss": "relation, identity"}
"""Settings that are not called like their options."""


def _parser() -> argparse.ArgumentParser:
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
    parser.add_argument(
        "--rate",
        type=float,
        help=f"highest step (default {defaults.rate:g} of the weights; with --strategy {ADAM_RATE:g})",
    )
    parser.add_argument("--warm-up", type=int, default=defaults.warm_up, help="steps until the rate is reached")
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--still", type=int, default=defaults.still, help="convolutions that stay as they start")
    parser.add_argument("--side-px", type=int, default=defaults.side_px, help="of the images; fewer is quicker")
    parser.add_argument("--start-side-px", type=int, help="at which the start weights learned, if another one")
    parser.add_argument("--guide", type=Path, help="fp16 file of a trained MobileNet, see models/guide.py")
    parser.add_argument("--zeros", type=_zeros, default=defaults.zeros, help="share of weights that end as zeros")
    parser.add_argument("--relation", type=float, default=defaults.loss.relation)
    parser.add_argument("--identity", type=float, default=defaults.loss.identity)
    parser.add_argument("--threads", type=int, help=f"of PyTorch (default {THREADS})")
    parser.add_argument("--strategy", choices=("multi-worker",), help="share each batch with other machines")
    return parser


def _zeros(text: str) -> float:
    share = float(text)
    if not 0.0 <= share < 1.0:
        raise argparse.ArgumentTypeError(f"expected a share of at least 0 and below 1, got {text}")
    return share


def main() -> None:
    """Begin a run or go on with it."""
    parser = _parser()
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = _settings(options)
    unknown = [OPTIONS.get(name, name) for name in _changed(settings) if name not in SHARED]
    unknown += ["threads"] if options.threads is not None else []
    if options.strategy and unknown:
        parser.error(f"--strategy {options.strategy} does not know: {', '.join(unknown)}.")
    folder = options.runs / (options.name or options.backbone)
    if (folder / ("checkpoint.pt" if options.strategy else "shared.npz")).exists():
        way = "without" if options.strategy else "with"
        raise SystemExit(f"The run in {folder} was begun {way} --strategy: give the new run a --name of its own.")
    with sentences():
        faces = read_faces(options.faces, options.runs / "cache")
    # Keras takes its backend from the environment when it is first imported, so only one of these may be.
    if options.strategy:
        from models.distribute import train_as_worker

        train_as_worker(settings, options.start, faces, folder, options.splits)
    else:
        from models.desk_training import train_alone

        train_alone(settings, options.start, faces, folder, options.splits, options.threads or THREADS)


def _settings(options: argparse.Namespace) -> Settings:
    defaults = Settings(options.backbone)
    usual_rate = ADAM_RATE if options.strategy else defaults.rate
    chosen = {field.name: getattr(options, field.name) for field in fields(Settings) if field.name != "loss"}
    chosen["rate"] = options.rate if options.rate is not None else usual_rate
    return Settings(**chosen, loss=LossWeights(relation=options.relation, identity=options.identity))


def _changed(settings: Settings) -> list[str]:
    """Name what is not as it is by default."""
    usual = Settings(settings.backbone)
    return [field.name for field in fields(Settings) if getattr(settings, field.name) != getattr(usual, field.name)]


if __name__ == "__main__":
    main()
