"""Export a trained network: LiteRT files that agree with Keras, the strangers' cohort, the card.

    python -m models.convert mobilenet --weights .runs/mobilenet/weights.npz --faces FOLDER

writes `models/mobilenet/` (or `--out`). Files that do not agree with the trained network are not written. What was
exported already is exported again from its fp16 file: `--weights models/mobilenet/mobilenet_fp16.tflite`.
"""

import argparse
import logging
import os
import shlex
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
from numpy.typing import NDArray

from models.card import ABOUT, About, CardText, portable, start_of, training_section, write_card
from models.cohort import carried_strangers, embed_strangers, stranger_rows, thresholds
from models.data import SPLITS, Faces, read_faces
from models.even import even_matrix
from models.inference import Infer, file_inference, network_file
from models.networks import desk_network
from models.parity import Parity, compare, operations_outside_xnnpack
from models.pretrained import start_weights
from models.quantise import to_litert
from models.sentences import sentences
from models.splits import Rows, role_rows
from models.tasks import TASK_NAMES, TASKS
from models.validate import Validation

log = logging.getLogger(__name__)

SHIPPED = ("fp16", "int8")
CALIBRATION_FACES = 400
PARITY_FACES = 500
EXPORTED = ".tflite"
FIGURE_NAMES = {
    "kept_pairs": "verification_accuracy",
    "kept_tar_1pct": "tar_at_far_1pct",
    "kept_tar_0_1pct": "tar_at_far_0_1pct",
    **{f"kept_{name}": f"{name}_accuracy" for name in TASK_NAMES},
}


class ExportError(Exception):
    """An exported file is not what was trained."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was converted.

    Attributes:
        files: Path of each file that ships, by precision.
        parity: Agreement with Keras by precision, that of the files that do not ship, too.
    """

    files: dict[str, Path]
    parity: dict[str, Parity]


def load_network(backbone: str, weights: Path) -> keras.Model:
    """Build a desk network and fill it with trained weights.

    Args:
        backbone: A key of `models.backbones.BACKBONES`.
        weights: `weights.npz` of a run, or a fp16 file that was exported.

    Returns:
        The float32 model.

    Raises:
        ValueError: The file belongs to another network.
    """
    model = desk_network(backbone)
    trained = start_weights(backbone, weights)
    layers = [layer for layer in model.layers if layer.trainable_weights]
    if not trained.keys() >= {layer.name for layer in layers}:
        raise ValueError(f"{weights} belongs to another network than {backbone}.")
    for layer in layers:
        layer.set_weights(trained[layer.name])
    return model


def even_out(model: keras.Model, strangers: NDArray[np.uint8]) -> None:
    """Let each direction of the embedding count alike, in the weights of its layer; see `models.even`.

    Args:
        model: A desk network; its layer `embedding_linear` is changed.
        strangers: (m, 128, 128, 3) RGB.
    """
    matrix = even_matrix(np.asarray(model.predict(strangers.astype(np.float32), verbose=0)["embedding"]))
    layer = model.get_layer("embedding_linear")
    layer.set_weights([np.asarray(weight) @ matrix for weight in layer.get_weights()])


def export(model: keras.Model, faces: Faces, train: Rows, folder: Path, *, draft: bool = False) -> Exported:
    """Convert to every precision, check each, and keep those that ship.

    Args:
        model: A float32 desk network.
        faces: All faces.
        train: Rows that set the ranges of int8; others, where there are any, are compared on.
        folder: Folder of the network.
        draft: Whether a file that differs is reported and kept.

    Returns:
        The files and how they agree with Keras.

    Raises:
        ExportError: A file differs from Keras or does not run on XNNPACK as a whole.
    """
    rng = np.random.default_rng(0)
    calibration = faces.middle(rng.permutation(train)[:CALIBRATION_FACES])
    others = np.setdiff1d(np.arange(len(faces)), train)
    crops = faces.middle(rng.permutation(others if len(others) >= PARITY_FACES else train)[:PARITY_FACES])
    expected = {name: np.asarray(value) for name, value in model.predict(crops.astype(np.float32), verbose=0).items()}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as unfinished:
        made = {precision: Path(unfinished) / f"{precision}.tflite" for precision in ("fp32", *SHIPPED)}
        parity = {}
        for precision, path in made.items():
            path.write_bytes(to_litert(model, precision, calibration))
            parity[precision] = compare(precision, expected, file_inference(path)(crops), TASK_NAMES)
            log.info("%s", parity[precision])
            if problem := _problem(path, parity[precision]):
                log.warning(problem)
                if not draft:
                    raise ExportError(problem)
        files = {precision: made[precision].replace(network_file(folder, precision)) for precision in SHIPPED}
    return Exported(files, parity)


def _problem(path: Path, parity: Parity) -> str | None:
    """Say why a file must not ship, if so."""
    if not parity.holds:
        return f"The {parity.precision} file differs from Keras: {parity}."
    if outside := operations_outside_xnnpack(path):
        return f"XNNPACK does not run these operations of the {parity.precision} file: {', '.join(outside)}."
    return None


def figures(
    files: dict[str, Path], faces: Faces, network: Path, sets: Path, splits: Path
) -> dict[str, dict[str, float | str]]:
    """Measure each file on kept-out faces, in the order and with the names of the card.

    Args:
        files: Path by precision.
        faces: All faces.
        network: Folder of the network.
        sets: Folder of the faces' sets.
        splits: Who may be used for what.
    """
    own = [] if splits == SPLITS else ["--splits", str(splits)]
    words = ["--network", f"models/{network.name}", "--faces", str(sets), *own]
    commands = {
        f"{kind}_command": portable(shlex.join(["python", "-m", "models.evaluate", kind, *words]))
        for kind in ("pairs", "classify")
    }
    validation = Validation(faces, TASK_NAMES, splits)
    measured: dict[str, dict[str, float | str]] = {}
    for precision, path in files.items():
        infer = file_inference(path)

        def infer_rows(rows: Rows, infer: Infer = infer) -> dict[str, NDArray[np.float32]]:
            return infer(faces.middle(rows))

        found = validation.measure(infer_rows)
        log.info("%s %s", precision, found)
        measured[precision] = {label: round(found[key], 4) for key, label in FIGURE_NAMES.items() if key in found}
        measured[precision] |= commands
    return measured


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("backbone", help="mobilenet, mobilenet_v2 or inception_v3")
    parser.add_argument("--weights", type=Path, required=True, help="weights.npz of a run, or an exported fp16 file")
    parser.add_argument("--faces", type=Path, required=True, help="folder of the face sets")
    parser.add_argument("--cache", type=Path, default=Path(".runs/cache"), help="folder for decoded crops")
    parser.add_argument(
        "--splits", type=Path, default=SPLITS, help="who may be used for what (default models/splits.csv)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        help="folder of the network (default models/<backbone>, or where the exported file lies)",
    )
    parser.add_argument(
        "--strangers",
        type=Path,
        help="shipped network whose strangers stand in where the sets keep none (default: the one the run began with)",
    )
    parser.add_argument("--draft", action="store_true", help="keep files that differ from Keras, and say so")
    parser.add_argument("--title", help="name shown to people (default: the backbone's, or as before)")
    return parser.parse_args()


def _origin(weights: Path, backbone: str) -> tuple[str, str]:
    """Give the command of the run that made some weights, and the network's title, from beside them."""
    if weights.suffix == EXPORTED:
        card = tomllib.loads((weights.parent / "card.toml").read_text("utf-8"))
        return card["training"]["command"], card["title"]
    return (weights.parent / "command.txt").read_text().strip(), ABOUT[backbone].title


def _lender(network: Path, folder: Path) -> Path:
    """Give the network whose strangers stand in where the sets keep none apart."""
    if network.resolve() == folder.resolve():
        raise SystemExit(f"{folder} lends its strangers and would be overwritten: name another folder with --out.")
    if not (network / "cohort.npz").exists():
        raise SystemExit("The sets keep no strangers apart: name a shipped network with --strangers models/mobilenet.")
    return network


def main() -> None:
    """Export, measure, write the card."""
    options = _parse()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    again = options.weights.suffix == EXPORTED
    folder = options.out or (options.weights.parent if again else Path(__file__).parent / options.backbone)
    with sentences():
        command, title = _origin(options.weights, options.backbone)
        faces = read_faces(options.faces, options.cache)
        train, apart = role_rows(faces, "train", options.splits), stranger_rows(faces, options.splits)
        lender = None if len(apart) else _lender(options.strangers or start_of(command).parent, folder)
        model = load_network(options.backbone, options.weights)
    if lender is None and not again:
        even_out(model, faces.middle(apart))
    exported = export(model, faces, train, folder, draft=options.draft)
    files = exported.files
    if lender is None:
        cohort = embed_strangers(files["fp16"], faces.middle(apart))
    else:
        cohort = carried_strangers(lender, files["fp16"], faces.middle(train))
    np.savez_compressed(folder / "cohort.npz", embeddings=cohort)
    about = ABOUT[options.backbone]
    card = CardText(
        name=folder.name,
        about=About(options.title or title, about.description, about.start_weights),
        tasks={task.name: task.labels for task in TASKS},
        files=files,
        parity={precision: parity.section() for precision, parity in exported.parity.items()},
        thresholds=thresholds(cohort),
        figures=figures(files, faces, folder, options.faces, options.splits),
        training=training_section(faces, options.faces, command, about),
    )
    write_card(card, folder)


if __name__ == "__main__":
    main()
