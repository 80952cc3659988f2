"""Measure networks; each figure prints as a Markdown table, with its picture beside it when `--picture` names one.

    python -m models.evaluate pairs      --network models/mobilenet --faces FOLDER
    python -m models.evaluate pairs      --network models/mobilenet --photos FOLDER --pairs pairs.txt
    python -m models.evaluate identify   --network models/mobilenet --photos FOLDER --strangers FOLDER
    python -m models.evaluate classify   --network models/mobilenet --photos TABLE.csv
    python -m models.evaluate robustness --network models/mobilenet --faces FOLDER
    python -m models.evaluate latency    --network models/mobilenet
    python -m models.evaluate paper      --network models/mobilenet --faces FOLDER --start START_WEIGHTS

`--faces` takes face sets and uses only those faces that `--splits` keeps out of training (`models/splits.csv` when it
is not given); `--photos` takes anybody's pictures (a folder of `<person>/*.jpg` or a table, see `models.prepare`),
detects and aligns as the desk does. `pairs --draws 6` draws the pairs anew five times and tells how far the figures
depend on that.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np

from models.data import SPLITS, read_faces
from models.evaluation import classify, identify, latency, paper_tables, verify
from models.evaluation.pairs_file import read_pairs
from models.evaluation.pictures import Confusion, Curve, draw_bars, draw_confusions, draw_curves
from models.evaluation.subject import Subject, photos_subject, role_subject
from models.evaluation.tables import NOTHING, Cell, report, table
from models.inference import Infer, file_inference, in_full, network_file
from models.metrics import SEED, Pairs, all_impostors, make_pairs
from models.sentences import sentences

PRECISIONS = ("fp16", "int8")
THREADS = (1, 2)


def subject(options: argparse.Namespace, role: str) -> Subject:
    """Read what `--photos` names, or the faces of a role."""
    if options.photos:
        return photos_subject(options.photos, options.cache)
    return role_subject(options.faces, options.cache, role, options.splits)


def networks(options: argparse.Namespace) -> dict[str, Infer]:
    """Open the files that `--network` and `--precision` name, by name and precision."""
    files = {
        f"{folder.name} {precision}": file_inference(network_file(folder, precision))
        for folder in options.network
        for precision in options.precision
    }
    return {f"{name}, in full": in_full(infer) for name, infer in files.items()} if options.in_full else files


def chosen_pairs(options: argparse.Namespace, on: Subject) -> tuple[Subject, list[Pairs], str]:
    """Give the faces behind the pairs that `--pairs` lists, or all with a name; each draw; and what they are of."""
    if not options.pairs:
        on = on.named().apart(options.splits) if options.apart else on.named()
        draws = [make_pairs(on.persons, seed=SEED + draw) for draw in range(options.draws)]
        told = f"; mean ± standard deviation over {options.draws} draws of pairs" if options.draws > 1 else ""
        return on, draws, f"{on.source}{told}"
    listed = read_pairs(options.pairs, on.originals, on.unused)
    used, pairs = listed.pairs.compact()
    return replace(on, rows=on.rows[used]), [pairs], f"{on.source}: {listed}"


def run_pairs(options: argparse.Namespace) -> str:
    """Verify pairs; where no file lists them, accept rates stand against every two faces of different persons."""
    on, draws, source = chosen_pairs(options, subject(options, "pairs"))
    lines: list[list[Cell]] = []
    curves: dict[str, Curve] = {}
    for name, infer in networks(options).items():
        embeddings = on.embeddings(infer)
        strangers = None if options.pairs else all_impostors(embeddings, on.persons)
        results = [verify.verify(embeddings, pairs, strangers) for pairs in draws]
        figures = verify.cells(results[0]) if len(results) == 1 else verify.cells_over_draws(results)
        lines.append([name, len(on.rows), *figures])
        if options.picture:
            curves[name] = results[0].roc()
    if options.picture:
        draw_curves(options.picture, curves, "FAR", "TAR")
    folds = {10: "ten"}.get(len(np.unique(draws[0].fold)), len(np.unique(draws[0].fold)))
    head = ["network", "images", "pairs", f"accuracy ({folds} folds)", "TAR at FAR 1 %", "TAR at FAR 0.1 %"]
    return f"Verification on {source}\n\n{table(head, lines)}"


def run_identify(options: argparse.Namespace) -> str:
    """Identify among enrolled persons, with strangers."""
    on = subject(options, "persons")
    others = photos_subject(options.strangers, options.cache) if options.strangers else subject(options, "pairs")
    enrolled, notes = identify.enrolments(on.persons)
    lines: list[list[Cell]] = []
    curves: dict[str, Curve] = {}
    for name, infer in networks(options).items():
        embeddings, strangers = on.embeddings(infer), others.embeddings(infer)
        for pictures, rows in enrolled.items():
            found = identify.search(embeddings[rows], on.persons[rows], strangers, pictures)
            persons, shown = len(np.unique(on.persons[rows])), f"{len(strangers):,} × {found.draws}"
            lines.append([name, pictures, persons, len(found.mated), shown, float(np.mean(found.right))])
            lines[-1] += [found.fnir(rate) if found.tells(rate) else NOTHING for rate in identify.STRANGER_RATES]
            curves[f"{name}, {pictures} enrolled"] = found.curve()
    if options.picture:
        draw_curves(options.picture, curves, "FPIR", "FNIR")
    head = ["network", "enrolled pictures", "persons", "searches", "strangers × draws", "rank 1"]
    head += ["FNIR at FPIR 1 %", "FNIR at FPIR 0.1 %"]
    named = len(np.unique(on.persons[on.persons != ""]))
    title = f"{named} persons of {on.source}; strangers: {others.source}"
    return "\n".join([f"{title}\n", table(head, lines), *notes])


def run_classify(options: argparse.Namespace) -> str:
    """Classify age group and ethnicity, and compare groups."""
    on = subject(options, "attributes")
    labels = classify.known_labels(on.faces, on.rows)
    texts = [f"Age group and ethnicity on {on.source}\n"]
    confusions: dict[str, dict[str, Confusion]] = {}
    for name, infer in networks(options).items():
        outputs = on.outputs(infer)
        counts = classify.confusions(outputs, on.faces, on.rows)
        confusions[name] = {task: (counts[task], labels[task]) for task in labels if task in counts}
        texts += [f"### {name}\n", *(report(*confusion) for confusion in confusions[name].values())]
        groups = classify.group_rows(outputs, on.faces, on.rows, tuple(options.thresholds))
        head = ["group", "images", *classify.answered(outputs), *(f"FMR at {value:g}" for value in options.thresholds)]
        texts.append(table(head, groups))
    if options.picture:
        shared = set.intersection(*map(set, confusions.values()))
        rows = {name: {task: row[task] for task in row if task in shared} for name, row in confusions.items()}
        draw_confusions(options.picture, rows)
    return "\n".join(texts)


def run_robustness(options: argparse.Namespace) -> str:
    """Verify pairs of which one picture is blurred, dark, small or masked; accept rates stand as those of `pairs`."""
    on = subject(options, "pairs").named()
    pairs = make_pairs(on.persons)
    lines: list[list[Cell]] = []
    bars: dict[str, dict[str, float]] = {}
    for name, infer in networks(options).items():
        original = on.embeddings(infer)
        for condition, change in verify.CONDITIONS.items():
            changed = on.embeddings(verify.under(change, infer))
            both = Pairs(pairs.left, pairs.right + len(original), pairs.same, pairs.fold)
            strangers = all_impostors(original, on.persons, changed)
            result = verify.verify(np.concatenate([original, changed]), both, strangers)
            lines.append([name, condition, result.pairs, result.accuracy, verify.tar_cell(result, 0.01)])
            bars.setdefault(name, {})[condition] = 100 * result.accuracy
    if options.picture:
        draw_bars(options.picture, bars, "accuracy, %")
    return table(["network", "one picture of the pair", "pairs", "accuracy", "TAR at FAR 1 %"], lines)


def run_latency(options: argparse.Namespace) -> str:
    """Time each file."""
    lines: list[list[Cell]] = []
    bars: dict[str, dict[str, float]] = {}
    for folder in options.network:
        for precision in options.precision:
            path, name = network_file(folder, precision), f"{folder.name} {precision}"
            for threads in THREADS:
                found = latency.measure_latency(path, threads)
                size = f"{path.stat().st_size / 1e6:.1f} MB"
                times = f"{found.median_ms:.2f} ms", f"{found.p95_ms:.2f} ms", f"{found.memory_mib:.0f} MiB"
                lines.append([name, size, threads, *times])
                bars.setdefault(name, {})[f"{threads} thread{'s' * (threads > 1)}"] = found.median_ms
    if options.picture:
        draw_bars(options.picture, bars, "median, ms")
    return table(["network", "file", "threads", "median", "p95", "memory"], lines)


def run_paper(options: argparse.Namespace) -> str:
    """Repeat the paper's protocol in both forms."""
    faces = read_faces(options.faces, options.cache)
    return paper_tables.run(options.network[0], options.start, faces, options.picture, options.splits)


KINDS: dict[str, Callable[[argparse.Namespace], str]] = {
    "pairs": run_pairs,
    "identify": run_identify,
    "classify": run_classify,
    "robustness": run_robustness,
    "latency": run_latency,
    "paper": run_paper,
}


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {text}")
    return count


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
        sub.add_argument(
            "--splits", type=Path, default=SPLITS, help="who is kept out of training, see models/splits.py"
        )
        if kind == "paper":
            sub.add_argument("--start", type=Path, required=True, help="start weights, see models/pretrained.py")
            continue
        source.add_argument("--photos", type=Path, help="folder of <person>/*.jpg, or a CSV table")
        sub.add_argument(
            "--in-full", action="store_true", help="look at mirror images and shifts, too, as `facedesk embed` does"
        )
        if kind == "pairs":
            sub.add_argument("--pairs", type=Path, help="pairs file: LFW's form, or a table left,right,same")
            sub.add_argument("--draws", type=_count, default=1, help="how often pairs are drawn (default 1)")
            sub.add_argument("--apart", action="store_true", help="without whom training seems to hold a picture of")
        if kind == "identify":
            sub.add_argument("--strangers", type=Path, help="photographs of people who are not enrolled")
        if kind == "classify":
            sub.add_argument("--thresholds", type=float, nargs="+", default=[0.5, 0.6], help="similarities")
    return result


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print.

    Args:
        arguments: Those of the command line when None.

    Raises:
        SystemExit: The command line, a file or the pictures are not as expected; one sentence says what.
    """
    options = parser().parse_args(arguments)
    if options.kind == "identify" and options.photos and not options.strangers:
        raise SystemExit("identify with --photos needs --strangers: pictures of people who are not enrolled.")
    if options.kind == "pairs" and options.pairs and (options.draws > 1 or options.apart):
        raise SystemExit("--draws and --apart need pairs that are drawn here, not those that --pairs lists.")
    if options.kind == "pairs" and options.photos and options.apart:
        raise SystemExit("--apart needs --faces: sets of which the splits say what training holds.")
    if options.picture and find_spec("matplotlib") is None:
        raise SystemExit("--picture needs matplotlib: install the extra `train`.")
    with sentences():
        print(KINDS[options.kind](options))  # noqa: T201 - this is what the command is for


if __name__ == "__main__":
    main()
