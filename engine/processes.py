"""Telling processes apart (the system gives their numbers anew, most of all after a restart), and threads that wait."""

import contextlib
import os
import sys
import threading
from pathlib import Path

PROC = Path("/proc")
NICENESS = 10
"""Of a thread that lets others go first: it gets a tenth of a core that both want."""


def own_mark() -> str:
    """What tells this process from every other, ever; empty where the system does not say (it is Linux that does)."""
    return _mark_of(os.getpid())


def has_ended(mark: str) -> bool:
    """Whether the process with this mark has ended for certain."""
    return bool(mark) and _mark_of(int(mark.split()[0])) != mark


def let_others_go_first() -> None:
    """Gives the calling thread a lower priority for the rest of its life, where the system lets it (Linux does)."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))


def _mark_of(process: int) -> str:
    """Number, start in ticks since the machine's, and the machine's start; field 22 of proc_pid_stat(5)."""
    try:
        started = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[19]
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    return f"{process} {started} {boot}"
