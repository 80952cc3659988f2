"""Measure networks; each figure prints as a Markdown table, with its picture beside it when `--picture` names one.

    python -m models.evaluate pairs      --network models/mobilenet --faces FOLDER
    python -m models.evaluate pairs      --network models/mobilenet --photos FOLDER --pairs pairs.txt
    python -m models.evaluate identify   --network models/mobilenet --photos FOLDER --strangers FOLDER
    python -m models.evaluate classify   --network models/mobilenet --photos TABLE.csv
    python -m models.evaluate robustness --network models/mobilenet --faces FOLDER
    python -m models.evaluate latency    --network models/mobilenet
    python -m models.evaluate paper      --network models/mobilenet --faces FOLDER --start START_WEIGHTS

`--faces` takes the face sets and uses only those faces that `models/splits.csv` keeps out of training; `--photos` takes
anybody's pictures (a folder of `<person>/*.jpg` or a table, see `models.prepare`), detects and aligns as the desk does.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np
from numpy.typing import NDArray

from engine.mtcnn import Mtcnn
from models.data import Faces, read_faces
from models.evaluation import classify, identify, latency, paper_tables, verify
from models.evaluation.pictures import draw_confusions, draw_curves
from models.evaluation.tables import Cell, report, table
from models.inference import Infer, both_ways, file_inference, network_file
from models.metrics import Pairs, make_pairs
from models.prepare import find_photos, prepare
from models.splits import Rows, role_rows

Floats = NDArray[np.float32]
PRECISIONS = ("fp16", "int8")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Faces to measure on, and which of them.

    Attributes:
        faces: The faces.
        rows: Those that are measured.
        source: What they are, for the table.
    """

    faces: Faces
    rows: Rows
    source: str

    def embeddings(self, infer: Infer) -> Floats:
        """Embed the measured faces, (rows, 128)."""
        return infer(self.faces.middle(self.rows))["embedding"]

    @property
    def persons(self) -> NDArray[np.str_]:
        """Who the measured faces show."""
        return self.faces.persons[self.rows]


def subject(options: argparse.Namespace, role: str) -> Subject:
    """Read what `--photos` names, or the faces of a role."""
    if options.photos:
        return photos_subject(options.photos, options.cache)
    faces = read_faces(options.faces, options.cache)
    return Subject(faces, role_rows(faces, role), f"kept-out faces ({role})")


def photos_subject(photos: Path, cache: Path) -> Subject:
    """Detect, align and keep anybody's pictures."""
    folder = cache / "photos" / photos.resolve().name.removesuffix(".csv")
    refused = prepare(find_photos(photos), folder, Mtcnn.load())
    faces = read_faces(folder.parent, cache, [folder.name])
    return Subject(faces, np.arange(len(faces)), f"{photos.name} ({refused.total()} pictures refused)")


def networks(options: argparse.Namespace) -> dict[str, Infer]:
    """Open the files that `--network` and `--precision` name, by name and precision."""
    files = {
        f"{folder.name} {precision}": file_inference(network_file(folder, precision))
        for folder in options.network
        for precision in options.precision
    }
    return {f"{name}, both ways": both_ways(infer) for name, infer in files.items()} if options.both_ways else files


def run_pairs(options: argparse.Namespace) -> str:
    """Verify pairs."""
    on = subject(options, "pairs")
    lines: list[list[Cell]] = []
    for name, infer in networks(options).items():
        embeddings = on.embeddings(infer)
        if options.pairs:
            result = verify.verify(embeddings, verify.read_pairs(options.pairs, on.faces))
        else:
            result = verify.verify_persons(embeddings, on.persons)
        accuracy = f"{100 * result.accuracy:.2f} ± {100 * result.deviation:.2f} %"
        lines.append([name, len(on.rows), result.pairs, accuracy, *result.tar.values()])
    head = ["network", "images", "pairs", "accuracy (ten folds)", "TAR at FAR 1 %", "TAR at FAR 0.1 %"]
    return f"Verification on {on.source}\n\n{table(head, lines)}"


def run_identify(options: argparse.Namespace) -> str:
    """Identify among enrolled persons, with strangers."""
    on = subject(options, "persons")
    others = photos_subject(options.strangers, options.cache) if options.strangers else subject(options, "pairs")
    lines: list[list[Cell]] = []
    curves = {}
    for name, infer in networks(options).items():
        embeddings, strangers = on.embeddings(infer), others.embeddings(infer)
        for pictures in identify.ENROLLED_PICTURES:
            found = identify.search(embeddings, on.persons, strangers, pictures)
            lines.append([name, pictures, len(found.mated), len(found.strangers), float(np.mean(found.right))])
            lines[-1] += [found.fnir(rate) for rate in identify.STRANGER_RATES]
            curves[f"{name}, {pictures} enrolled"] = found.curve()
    if options.picture:
        draw_curves(options.picture, curves, "FPIR", "FNIR")
    head = ["network", "enrolled pictures", "searches", "strangers", "rank 1", "FNIR at FPIR 1 %", "FNIR at FPIR 0.1 %"]
    return f"{len(np.unique(on.persons))} persons of {on.source}; strangers: {others.source}\n\n{table(head, lines)}"


def run_classify(options: argparse.Namespace) -> str:
    """Classify age group and ethnicity, and compare groups."""
    on = subject(options, "attributes")
    texts = [f"Age group and ethnicity on {on.source}\n"]
    for name, infer in networks(options).items():
        outputs = infer(on.faces.middle(on.rows))
        counts = classify.confusions(outputs, on.faces, on.rows)
        texts.append(f"### {name}\n")
        texts += [report(counts[task], labels) for task, labels in classify.LABELS.items() if counts[task].any()]
        groups = classify.group_rows(outputs, on.faces, on.rows, tuple(options.thresholds))
        head = ["group", "images", "age", "ethnicity", *(f"FMR at {value:g}" for value in options.thresholds)]
        texts.append(table(head, groups))
        if options.picture:
            draw_confusions(options.picture, {task: (counts[task], labels) for task, labels in classify.LABELS.items()})
    return "\n".join(texts)


def run_robustness(options: argparse.Namespace) -> str:
    """Verify pairs of which one picture is blurred, dark, small or masked."""
    on = subject(options, "pairs")
    pairs = make_pairs(on.persons)
    plain = on.faces.middle(on.rows)
    lines: list[list[Cell]] = []
    for name, infer in networks(options).items():
        original = infer(plain)["embedding"]
        for condition, change in verify.CONDITIONS.items():
            changed = infer(np.stack([change(image) for image in plain]))["embedding"]
            both = Pairs(pairs.left, pairs.right + len(original), pairs.same, pairs.fold)
            result = verify.verify(np.concatenate([original, changed]), both)
            lines.append([name, condition, result.pairs, result.accuracy, result.tar[0.01]])
    return table(["network", "one picture of the pair", "pairs", "accuracy", "TAR at FAR 1 %"], lines)


def run_latency(options: argparse.Namespace) -> str:
    """Time each file."""
    lines: list[list[Cell]] = []
    for folder in options.network:
        for precision in options.precision:
            path = network_file(folder, precision)
            for threads in (1, 2):
                found = latency.measure_latency(path, threads)
                size = f"{path.stat().st_size / 1e6:.1f} MB"
                times = f"{found.median_ms:.2f} ms", f"{found.p95_ms:.2f} ms", f"{found.memory_mib:.0f} MiB"
                lines.append([f"{folder.name} {precision}", size, threads, *times])
    return table(["network", "file", "threads", "median", "p95", "memory"], lines)


def run_paper(options: argparse.Namespace) -> str:
    """Repeat the paper's protocol in both forms."""
    return paper_tables.run(
        options.network[0], options.start, read_faces(options.faces, options.cache), options.picture
    )


KINDS: dict[str, Callable[[argparse.Namespace], str]] = {
    "pairs": run_pairs,
    "identify": run_identify,
    "classify": run_classify,
    "robustness": run_robustness,
    "latency": run_latency,
    "paper": run_paper,
}


def parser() -> argparse.ArgumentParser:
    """Make the command line."""
    result = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = result.add_subparsers(dest="kind", required=True)
    for kind, run in KINDS.items():
        sub = kinds.add_parser(kind, help=(run.__doc__ or "").splitlines()[0])
        sub.add_argument("--network", type=Path, nargs="+", required=True, help="folders of networks")
        sub.add_argument("--precision", nargs="+", choices=PRECISIONS, default=list(PRECISIONS))
        sub.add_argument("--picture", type=Path, help="PNG file to draw")
        if kind == "latency":
            continue
        sub.add_argument("--cache", type=Path, default=Path(".runs/cache"), help="folder for decoded crops")
        source = sub.add_mutually_exclusive_group(required=True)
        source.add_argument("--faces", type=Path, help="folder of the face sets")
        if kind == "paper":
            sub.add_argument("--start", type=Path, required=True, help="start weights, see models/pretrained.py")
            continue
        source.add_argument("--photos", type=Path, help="folder of <person>/*.jpg, or a CSV table")
        sub.add_argument(
            "--both-ways", action="store_true", help="look at the mirror image, too, as `facedesk embed` does"
        )
        if kind == "pairs":
            sub.add_argument("--pairs", type=Path, help="pairs file: LFW's form, or a table left,right,same")
        if kind == "identify":
            sub.add_argument("--strangers", type=Path, help="photographs of people who are not enrolled")
        if kind == "classify":
            sub.add_argument("--thresholds", type=float, nargs="+", default=[0.5, 0.6], help="similarities")
    return result


def main() -> None:
    """Measure and print."""
    options = parser().parse_args()
    if options.kind == "identify" and options.photos and not options.strangers:
        raise SystemExit("identify with --photos needs --strangers: pictures of people who are not enrolled.")
    print(KINDS[options.kind](options))  # noqa: T201 - this is what the command is for


if __name__ == "__main__":
    main()
