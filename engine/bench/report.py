"""The findings as JSON and as tables for people (Markdown, as in the README)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.bench.heads import HeadFigures
from engine.bench.measuring import Findings, SceneFigures
from engine.bench.peers import PEERS, Comparison
from engine.bench.start import StartFigures


def as_record(findings: Findings) -> dict[str, Any]:
    """The findings as plain values; the two ratios of a comparison stand at the top."""
    record = {key: value for key, value in asdict(findings).items() if value not in ((), None)}
    if findings.comparison is not None:
        record["ratio"] = findings.comparison.ratio
        record["ratio_equal_work"] = findings.comparison.ratio_equal_work
    return record


def report(findings: Findings) -> str:
    """The findings as tables."""
    parts = [", ".join(f"{name} {value}" for name, value in findings.machine.items()), f"Network: {findings.network}."]
    if findings.scenes:
        parts += [_scenes(findings.scenes), _stages(findings.scenes)]
    if findings.networks:
        rows = [
            (
                n.network,
                f"{n.size_bytes / 1e6:.1f}",
                f"{n.load_ms:.0f}",
                f"{n.look_median_ms:.1f}",
                f"{n.look_p95_ms:.1f}",
                f"{n.fps:.0f}",
            )
            for n in findings.networks
        ]
        parts.append(table(("network", "MB", "load ms", "look ms", "p95", "fps, one face"), rows))
    if findings.start:
        parts.append(_start(findings.start))
    parts.append(f"Most memory held by the measuring itself, its pictures included: {findings.peak_mb:.0f} MB.")
    if findings.heads:
        parts.append(_heads(findings.heads))
    if findings.comparison:
        parts.append(_comparison(findings.comparison))
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with columns of even width."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(head), line(["-" * width for width in widths]), *map(line, rows)])


def _scenes(scenes: Sequence[SceneFigures]) -> str:
    rows = [
        (
            str(scene.faces),
            f"{scene.faces_found:.1f}",
            f"{scene.width} x {scene.height}",
            f"{scene.run.fps:.0f}",
            f"{scene.run.median_ms:.1f}",
            f"{scene.run.p95_ms:.1f}",
            f"{scene.run.outside_networks:.0%}",
        )
        for scene in scenes
    ]
    return table(("faces", "found", "picture", "fps", "median ms", "p95 ms", "outside networks"), rows)


def _stages(scenes: Sequence[SceneFigures]) -> str:
    rows = [
        (
            str(scene.faces),
            f"{scene.width} x {scene.height}",
            name,
            f"{cost.mean_ms:.2f}",
            f"{cost.median_ms:.2f}",
            f"{cost.p95_ms:.2f}",
            f"{cost.share:.0%}",
        )
        for scene in scenes
        for name, cost in scene.run.stages.items()
    ]
    return table(("faces", "picture", "stage", "ms a frame", "median when run", "p95", "of the frames"), rows)


def _start(start: StartFigures) -> str:
    rows = [("analyse demo", start.first_face_ms, start.resident_mb)]
    if start.window_first_face_ms is not None:
        rows.append(("the window on the demo clip", start.window_first_face_ms, start.window_resident_mb))
    return table(
        (f"start ({start.network})", "first labelled face", "memory then"),
        [(what, f"{ms / 1000:.2f} s", "" if mb is None else f"{mb:.0f} MB") for what, ms, mb in rows],
    )


def _heads(heads: HeadFigures) -> str:
    rows = [
        ("training, 100 people of 20 samples", f"{heads.train_100_s:.2f} s"),
        ("training, 1,000 people of 20 samples", "–" if heads.train_1000_s is None else f"{heads.train_1000_s:.2f} s"),
        ("longest wait of another thread meanwhile", f"{heads.pause_ms:.0f} ms"),
        ("naming one face among 100,000 people", f"{heads.identify_100k_ms:.2f} ms"),
    ]
    if heads.window is not None:
        before, training = heads.window.before, heads.window.training
        rows += [
            ("longest wait of the window while training", f"{training.longest_wait_ms:.0f} ms"),
            ("longest wait of the window before", f"{before.longest_wait_ms:.0f} ms"),
            ("pictures a second in the window while training", f"{training.pictures_per_s:.1f}"),
            ("pictures a second in the window before", f"{before.pictures_per_s:.1f}"),
        ]
    return table(("person head", ""), rows)


def _comparison(comparison: Comparison) -> str:
    kind = PEERS[comparison.against]
    versions = ", ".join(f"{name} {value}" for name, value in comparison.peer.items())
    ours = (
        ("Facedesk as the desk runs", comparison.ours, comparison.ratio),
        ("Facedesk, equal work: every frame in full", comparison.ours_equal_work, comparison.ratio_equal_work),
        (
            f"Facedesk, equal work, faces from {kind.min_face_px} px as {kind.short} does",
            comparison.ours_equal_work_same_size,
            comparison.ratio_equal_work_same_size,
        ),
    )
    rows = [(f"{kind.title} ({versions})", f"{comparison.peer_fps:.2f}", f"{comparison.peer_median_ms:.1f}", "1")]
    rows += [(what, f"{run.fps:.1f}", f"{run.median_ms:.2f}", f"{ratio:.1f}") for what, run, ratio in ours]
    lowest = f"Lowest ratio of a turn: {comparison.ratio_lowest}; equal work: {comparison.ratio_equal_work_lowest}."
    head = (f"one face, 640 x 480, {comparison.rounds} turns each", "fps", "median ms", "ratio")
    return f"{table(head, rows)}\n\n{lowest}"
