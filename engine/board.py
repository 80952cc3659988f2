"""How the machine itself fares: memory, temperature, and whether a Raspberry Pi holds itself back."""

from collections.abc import Iterator
from pathlib import Path

from engine.findings import Finding

THERMAL = Path("/sys/class/thermal/thermal_zone0/temp")
THROTTLED = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")
MEMORY = Path("/proc/meminfo")
HOT_CELSIUS = 80.0
MEMORY_NEEDED_MB = 350

# Bits as in Raspberry Pi's `vcgencmd get_throttled`: what is so now.
UNDER_VOLTAGE, CAPPED, THROTTLED_NOW, SOFT_LIMIT = 0x1, 0x2, 0x4, 0x8


def board_findings() -> Iterator[Finding]:
    """Memory, temperature and throttling, as far as this machine tells."""
    yield from _memory()
    yield from _temperature()
    yield from _throttling()


def _memory() -> Iterator[Finding]:
    for line in _read(MEMORY).splitlines():
        if line.startswith("MemAvailable:"):
            available_mb = int(line.split()[1]) / 1024
            if available_mb < MEMORY_NEEDED_MB:
                yield Finding("warn", f"Only {available_mb:.0f} MB of memory are free.", "Close other programs.")
            else:
                yield Finding("ok", f"{available_mb / 1024:.1f} GB of memory are free.")


def _temperature() -> Iterator[Finding]:
    text = _read(THERMAL).strip()
    if not text.lstrip("-").isdigit():
        return
    celsius = int(text) / 1000
    if celsius >= HOT_CELSIUS:
        yield Finding("warn", f"The processor has {celsius:.0f} °C and will slow down.", "Add a heat sink or a fan.")
    else:
        yield Finding("ok", f"The processor has {celsius:.0f} °C.")


def _throttling() -> Iterator[Finding]:
    text = _read(THROTTLED).strip()
    if not text:
        return
    flags = int(text, 16)
    if flags & UNDER_VOLTAGE:
        yield Finding("warn", "The power supply is too weak.", "Use the supply made for this Raspberry Pi.")
    if flags & (CAPPED | THROTTLED_NOW | SOFT_LIMIT):
        yield Finding("warn", "The processor is being held back.", "Cool it and check the power supply.")
    if not flags & 0xF:
        yield Finding("ok", "The processor runs at full speed.")


def _read(path: Path) -> str:
    """The text of a file of the system; empty where there is none."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
