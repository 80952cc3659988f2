"""The engine's terms in the user's language: stages, answers, age groups, ethnicities, tasks."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_TERMS = (
    QT_TRANSLATE_NOOP("Labels", "known"),
    QT_TRANSLATE_NOOP("Labels", "unsure"),
    QT_TRANSLATE_NOOP("Labels", "unknown"),
    QT_TRANSLATE_NOOP("Labels", "person"),
    QT_TRANSLATE_NOOP("Labels", "age"),
    QT_TRANSLATE_NOOP("Labels", "ethnicity"),
    QT_TRANSLATE_NOOP("Labels", "young"),
    QT_TRANSLATE_NOOP("Labels", "adult"),
    QT_TRANSLATE_NOOP("Labels", "old"),
    QT_TRANSLATE_NOOP("Labels", "asian"),
    QT_TRANSLATE_NOOP("Labels", "white"),
    QT_TRANSLATE_NOOP("Labels", "black"),
    QT_TRANSLATE_NOOP("Labels", "other"),
)

_SOURCES = (
    QT_TRANSLATE_NOOP("Sources", "Demo clip"),
    QT_TRANSLATE_NOOP("Sources", "Raspberry Pi camera"),
)

_ACCURACIES = {
    "verification": QT_TRANSLATE_NOOP("Labels", "telling people apart"),
    "age": QT_TRANSLATE_NOOP("Labels", "age"),
    "ethnicity": QT_TRANSLATE_NOOP("Labels", "ethnicity"),
}

_STAGES = {
    "detect": QT_TRANSLATE_NOOP("Labels", "Find faces"),
    "follow": QT_TRANSLATE_NOOP("Labels", "Follow faces"),
    "align": QT_TRANSLATE_NOOP("Labels", "Straighten"),
    "embed": QT_TRANSLATE_NOOP("Labels", "Look at face"),
    "identify": QT_TRANSLATE_NOOP("Labels", "Identify"),
    "track": QT_TRANSLATE_NOOP("Labels", "Track"),
}


def label(term: str) -> str:
    """The user's word for a state, an age group, an ethnicity or a task; a term of a new network stays as it is."""
    return QCoreApplication.translate("Labels", term)


def source_label(name: str) -> str:
    """A source's name; that of a file, folder or stream stays as it is."""
    kind, _, number = name.partition(" ")
    if kind == "Camera" and number.isdigit():
        return QCoreApplication.translate("Sources", "Camera {number}").format(number=number)
    return QCoreApplication.translate("Sources", name)


def accuracy_label(name: str) -> str:
    """What a card's accuracy is of: "verification", or one of its tasks."""
    return QCoreApplication.translate("Labels", str(_ACCURACIES.get(name, name)))


def stage_label(stage: str) -> str:
    """The user's words for a stage of the pipeline."""
    return QCoreApplication.translate("Labels", str(_STAGES.get(stage, stage)))
