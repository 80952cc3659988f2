"""From the times of many frames to a few figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import StageTimes


@dataclass(frozen=True, slots=True)
class StageCost:
    """What one stage costs.

    Attributes:
        mean_ms: Spread over all frames.
        median_ms: Over the frames in which it ran.
        p95_ms: Likewise, 95th percentile.
        share: Share of the frames in which it ran.
    """

    mean_ms: float
    median_ms: float
    p95_ms: float
    share: float


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What a run of many frames cost.

    Attributes:
        frames: How many frames were measured.
        fps: Frames by the sum of their times.
        median_ms: Time of a frame.
        p95_ms: Likewise, 95th percentile.
        outside_networks: Share of the whole time that was not spent inside the networks.
        stages: By name, in the order in which they run.
    """

    frames: int
    fps: float
    median_ms: float
    p95_ms: float
    outside_networks: float
    stages: dict[str, StageCost]


def run_figures(times: Sequence[StageTimes]) -> RunFigures:
    """Sums up the times of at least one frame."""
    totals = np.array([each.total_ms for each in times])
    networks = np.array([each.networks_ms for each in times])
    names = times[0].stages()
    return RunFigures(
        frames=len(times),
        fps=_rounded(1000 * len(times) / totals.sum()),
        median_ms=_rounded(np.median(totals)),
        p95_ms=_rounded(np.percentile(totals, 95)),
        outside_networks=_rounded(1 - networks.sum() / totals.sum()),
        stages={name: _stage_cost([each.stages()[name] for each in times]) for name in names},
    )


def _stage_cost(all_ms: Sequence[float]) -> StageCost:
    ran = [ms for ms in all_ms if ms > 0] or [0.0]
    return StageCost(
        mean_ms=_rounded(np.mean(all_ms)),
        median_ms=_rounded(np.median(ran)),
        p95_ms=_rounded(np.percentile(ran, 95)),
        share=_rounded(np.mean(np.array(all_ms) > 0)),
    )


def _rounded(value: float | np.floating) -> float:
    return round(float(value), 3)
