"""Brings the translations up to date with the texts of gui/.

    python resources/translations/update.py

Reads every `tr()` and `QT_TRANSLATE_NOOP()` of gui/ into facedesk_*.ts, where new texts stand as *unfinished* until
somebody translates them (with Qt Linguist or by hand), and packs the finished ones into facedesk_*.qm.
"""

import subprocess
from pathlib import Path

import PySide6

TOOLS = Path(PySide6.__file__).parent
FOLDER = Path(__file__).resolve().parent
GUI = FOLDER.parent.parent / "gui"


def extract(ts: Path) -> None:
    """Adds the texts of gui/ to a .ts file and drops those that are gone; English needs its plurals alone."""
    sources = sorted(str(path) for path in GUI.rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-silent"]
    if ts.stem.endswith("_en"):
        options.append("-pluralonly")
    subprocess.run([TOOLS / "lupdate", *options, *sources, "-ts", ts], check=True, stdout=subprocess.DEVNULL)


def pack(ts: Path, qm: Path) -> None:
    """Packs the finished texts of a .ts file.

    A running program maps the .qm file into its memory and would crash if it were written in place.
    """
    fresh = qm.with_suffix(".new")
    subprocess.run([TOOLS / "lrelease", "-silent", ts, "-qm", fresh], check=True)
    fresh.replace(qm)


if __name__ == "__main__":
    for language in ("en", "tr"):
        ts = FOLDER / f"facedesk_{language}.ts"
        extract(ts)
        pack(ts, ts.with_suffix(".qm"))
