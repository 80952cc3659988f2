"""Which cameras this machine has, without opening any."""

import re
import sys
from pathlib import Path

from engine.sources.pi_camera import has_picamera2

SYSFS = Path("/sys/class/video4linux")

# Video nodes of a Raspberry Pi that are codecs, scalers and raw sensor receivers.
_NOT_CAMERAS = ("bcm2835-", "bcm2712-", "rpi", "pispbe", "unicam", "rp1-cfe", "hevc", "rpivid")
_CSI_RECEIVERS = ("unicam", "rp1-cfe")


def list_cameras(sysfs: Path = SYSFS) -> tuple[str, ...]:
    """The cameras that `open_source` can open, in the order of their numbers.

    Args:
        sysfs: Where the kernel lists its video nodes.

    Returns:
        `camera:0` and so on, then `picamera` where one is connected and picamera2 is installed. Outside Linux, where
        only opening would tell, the first camera.
    """
    if sys.platform != "linux":
        return ("camera:0",)
    nodes = sorted(_nodes(sysfs))
    cameras = [f"camera:{number}" for number, name in nodes if not name.startswith(_NOT_CAMERAS)]
    if any(name.startswith(_CSI_RECEIVERS) for _, name in nodes) and has_picamera2():
        cameras.append("picamera")
    return tuple(cameras)


def _nodes(sysfs: Path) -> list[tuple[int, str]]:
    """Number and name of every first node of a device; later ones carry metadata, not pictures."""
    found = []
    for folder in sysfs.glob("video*"):
        match = re.fullmatch(r"video(\d+)", folder.name)
        if match and _text(folder / "index") in ("", "0"):
            found.append((int(match[1]), _text(folder / "name").lower()))
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
