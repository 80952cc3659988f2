"""What a network answers about a face beside who it is."""

from dataclasses import dataclass

AGE_GROUPS = ("young", "adult", "old")
ETHNICITIES = ("asian", "white", "black")


@dataclass(frozen=True, slots=True)
class Task:
    """One question a network answers about a face beside who it is.

    Attributes:
        name: Output name and label column.
        labels: Classes, in the order of the output's probabilities.
        weight: Share of this task in the training loss.
    """

    name: str
    labels: tuple[str, ...]
    weight: float


TASKS = (
    Task("age", AGE_GROUPS, weight=1.0),
    Task("ethnicity", ETHNICITIES, weight=0.25),
)
"""Further tasks (emotion, liveness) are further entries; everything else follows from this table."""

TASK_NAMES = tuple(task.name for task in TASKS)
