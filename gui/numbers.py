"""Numbers as the user's language writes them."""

import math

from PySide6.QtCore import QCoreApplication, QLocale

NOTHING = "—"
"""Stands where there is no figure."""


def number(value: float, decimals: int = 0) -> str:
    """A number with so many decimals; a dash when it is not known."""
    return NOTHING if math.isnan(value) else QLocale().toString(float(value), "f", decimals)


def ms_text(duration_ms: float) -> str:
    """Milliseconds, with a decimal below 100."""
    return number(duration_ms, 1 if duration_ms < 100 else 0)


def percent(share: float, decimals: int = 1) -> str:
    """A share of 1 as a percentage."""
    return QCoreApplication.translate("Numbers", "{number} %").format(number=number(share * 100, decimals))
