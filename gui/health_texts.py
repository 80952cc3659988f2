"""How well an enrolment does, in words: what the wizard's check, the person's view and a list's report say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.enrol_texts import pose_text
from gui.isolated import isolated
from gui.numbers import number

if TYPE_CHECKING:
    from engine.health import HealthCard

GOOD, FAIR = 1.0, 0.5


def verdict_text(health: HealthCard) -> str:
    """How well the person is told from strangers."""
    if health.separability >= GOOD:
        return QCoreApplication.translate("Health", "Good: will be recognised at once.")
    if health.separability >= FAIR:
        return QCoreApplication.translate("Health", "Fair: more poses or better light would help.")
    return QCoreApplication.translate("Health", "Weak: easily taken for a stranger. Better take them again.")


def fact_texts(health: HealthCard) -> list[str]:
    """What would help, and who resembles the person most."""
    facts = []
    if health.missing:
        poses = ", ".join(pose_text(pose.value) for pose in health.missing)
        facts.append(QCoreApplication.translate("Health", "Would help: {poses}.").format(poses=poses))
    if health.nearest is not None:
        nearest = QCoreApplication.translate("Health", "Most alike of those enrolled: {name} ({likeness}).")
        facts.append(nearest.format(name=isolated(health.nearest.name), likeness=number(health.nearest.similarity, 2)))
    return facts
