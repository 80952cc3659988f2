"""The last minute of results in numbers: a ring of rows, and the curves and figures drawn from it. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from engine.types import FrameResult, StageTimes

Series = NDArray[np.float64]

STAGES: tuple[str, ...] = tuple(StageTimes().stages())
"""The stages in the order in which they run."""

SPAN_S = 60.0
NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the slow end of some durations, milliseconds; NaN without any."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What the chart draws.

    Attributes:
        ago_s: (n,) seconds before now, from -span to 0.
        fps: (n,) results per second, counted over the second before each point; NaN before the first result.
        stacked_ms: One (n,) curve per stage: its mean time and that of all the stages before it; NaN before the first.
    """

    ago_s: Series
    fps: Series
    stacked_ms: dict[str, Series]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What stands beside the chart, over the whole span.

    Attributes:
        results: How many results there were.
        fps: Results per second over the last two seconds.
        frame: Time of a whole frame.
        stages: Time of each stage, of the frames in which it ran.
        dropped: Frames that were replaced before anybody looked at them.
    """

    results: int
    fps: float
    frame: Spread
    stages: dict[str, Spread]
    dropped: int


class PerformanceHistory:
    """Keeps when each result came and what it cost, for the last `span_s` seconds.

    Args:
        span_s: How far back it looks, seconds.
        capacity: How many results it holds; at more than capacity / span_s per second the oldest are forgotten sooner.
    """

    def __init__(self, span_s: float = SPAN_S, capacity: int = 8192) -> None:
        self.span_s = span_s
        self._capacity = capacity
        self._finished_ns: NDArray[np.int64] = np.zeros(capacity, np.int64)
        self._times: NDArray[np.float32] = np.zeros((capacity, len(STAGES) + 2), np.float32)
        self._dropped: NDArray[np.int64] = np.zeros(capacity, np.int64)
        self._networks: list[str] = [""] * capacity
        self._added = 0
        self._last_counter: int | None = None
        self._first_ns = 0

    @property
    def newest_ns(self) -> int:
        """When the newest result was ready, monotonic clock; 0 without one."""
        return int(self._finished_ns[(self._added - 1) % self._capacity]) if self._added else 0

    def add(self, result: FrameResult, dropped: int = 0) -> None:
        """Keeps one result; a few microseconds.

        Args:
            result: The newest result; results come in the order of their time.
            dropped: The mailbox's count of dropped frames so far (it may start again at 0 with a new mailbox).
        """
        if not self._added:
            self._first_ns = result.finished_ns
        row = self._added % self._capacity
        times = result.times
        self._finished_ns[row] = result.finished_ns
        self._times[row] = (*times.stages().values(), times.networks_ms, times.total_ms)
        self._dropped[row] = self._newly_dropped(dropped)
        self._networks[row] = result.network
        self._added += 1

    def copy(self) -> "PerformanceHistory":
        """The history as it is now; further results do not reach the copy."""
        twin = PerformanceHistory(self.span_s, self._capacity)
        twin._finished_ns[:] = self._finished_ns
        twin._times[:] = self._times
        twin._dropped[:] = self._dropped
        twin._networks[:] = self._networks
        twin._added = self._added
        twin._last_counter = self._last_counter
        twin._first_ns = self._first_ns
        return twin

    def clear(self) -> None:
        """Forgets every result."""
        self._added = 0
        self._last_counter = None

    def _newly_dropped(self, counter: int) -> int:
        before, self._last_counter = self._last_counter, counter
        if before is None:
            return 0
        return counter - before if counter >= before else counter

    def _rows(self, now_ns: int, span_s: float) -> NDArray[np.intp]:
        """Rows of the last `span_s` seconds, oldest first."""
        held = min(self._added, self._capacity)
        rows = np.arange(self._added - held, self._added) % self._capacity
        recent = self._finished_ns[rows] > now_ns - int(span_s * NS_PER_S)
        return rows[recent]

    def curves(self, now_ns: int, step_s: float = 0.25) -> Curves:
        """Curves up to `now_ns`: each point speaks of the second before it."""
        rows = self._rows(now_ns, self.span_s + 1.0)
        ends_ns = now_ns - (np.arange(round(self.span_s / step_s), -1, -1) * step_s * NS_PER_S).astype(np.int64)
        moments = self._finished_ns[rows]
        first = np.searchsorted(moments, ends_ns - NS_PER_S, side="right")
        last = np.searchsorted(moments, ends_ns, side="right")
        count = (last - first).astype(np.float64)
        fps = np.where(ends_ns < self._first_ns, np.nan, count)
        sums = np.zeros((len(rows) + 1, len(STAGES)))
        np.cumsum(self._times[rows, : len(STAGES)], axis=0, dtype=np.float64, out=sums[1:])
        means = (sums[last] - sums[first]) / np.maximum(count, 1.0)[:, None]
        stacked = np.cumsum(np.maximum(means, 0.0), axis=1)
        stacked[np.isnan(fps)] = np.nan
        return Curves(
            ago_s=(ends_ns - now_ns) / NS_PER_S,
            fps=fps,
            stacked_ms={stage: np.ascontiguousarray(stacked[:, i]) for i, stage in enumerate(STAGES)},
        )

    def figures(self, now_ns: int) -> Figures:
        """Medians, 95th percentiles and counts of the span that ends at `now_ns`."""
        rows = self._rows(now_ns, self.span_s)
        times = self._times[rows]
        lately = int(np.count_nonzero(self._finished_ns[rows] > now_ns - 2 * NS_PER_S))
        return Figures(
            results=len(rows),
            fps=lately / 2.0,
            frame=_spread(times[:, -1]),
            stages={stage: _spread(times[times[:, i] > 0, i]) for i, stage in enumerate(STAGES)},
            dropped=int(self._dropped[rows].sum()),
        )

    def table(self, now_ns: int) -> Iterator[tuple[str, ...]]:
        """The span as lines of a table, the names of the columns first."""
        names = [field.name for field in fields(StageTimes)]
        yield ("seconds_ago", "network", "dropped_frames", *names)
        for row in self._rows(now_ns, self.span_s):
            ago_s = (now_ns - int(self._finished_ns[row])) / NS_PER_S
            times = (f"{value:.3f}" for value in self._times[row])
            yield (f"{ago_s:.3f}", self._networks[row], str(self._dropped[row]), *times)


def _spread(durations_ms: NDArray[np.float32]) -> Spread:
    if not durations_ms.size:
        return Spread(float("nan"), float("nan"))
    p50, p95 = np.percentile(durations_ms, (50, 95))
    return Spread(float(p50), float(p95))
