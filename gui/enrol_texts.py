"""What an enrolment says, in the user's language: guidance, refusals, the consent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale

from gui.error_texts import translated_sentence
from gui.numbers import percent

if TYPE_CHECKING:
    from engine.retraining import Outcome

CONSENT_VERSION = "1"

SENTENCES = (
    QT_TRANSLATE_NOOP("Guidance", "I see no face. Please stand in front of the camera."),
    QT_TRANSLATE_NOOP("Guidance", "I see more than one face. One person at a time, please."),
    QT_TRANSLATE_NOOP("Guidance", "Please come closer."),
    QT_TRANSLATE_NOOP("Guidance", "Your face is cut off at the edge. Please move to the middle."),
    QT_TRANSLATE_NOOP("Guidance", "It is too dark. Please turn on a light."),
    QT_TRANSLATE_NOOP("Guidance", "The light is behind you. Please turn so that it falls on your face."),
    QT_TRANSLATE_NOOP("Guidance", "The picture is blurred. Please hold still."),
    QT_TRANSLATE_NOOP("Guidance", "I cannot see your eyes. Please take off sunglasses."),
    QT_TRANSLATE_NOOP("Guidance", "You are looking too far away. Please turn back a little."),
    QT_TRANSLATE_NOOP("Guidance", "Please move your head a little."),
    QT_TRANSLATE_NOOP("Guidance", "Please look straight into the camera."),
    QT_TRANSLATE_NOOP("Guidance", "Please turn your head a little to your left."),
    QT_TRANSLATE_NOOP("Guidance", "Please turn your head a little to your right."),
    QT_TRANSLATE_NOOP("Guidance", "Please raise your chin a little."),
    QT_TRANSLATE_NOOP("Guidance", "Please lower your chin a little."),
    QT_TRANSLATE_NOOP("Guidance", "Thank you, that is enough."),
    QT_TRANSLATE_NOOP("Guidance", "shows no face"),
    QT_TRANSLATE_NOOP("Guidance", "shows more than one face"),
    QT_TRANSLATE_NOOP("Guidance", "the face is too small"),
    QT_TRANSLATE_NOOP("Guidance", "the face is cut off at the edge"),
    QT_TRANSLATE_NOOP("Guidance", "too dark"),
    QT_TRANSLATE_NOOP("Guidance", "the light is behind the face"),
    QT_TRANSLATE_NOOP("Guidance", "blurred"),
    QT_TRANSLATE_NOOP("Guidance", "the eyes are covered"),
    QT_TRANSLATE_NOOP("Guidance", "looks away"),
    QT_TRANSLATE_NOOP("Guidance", "nearly the same as another one"),
    QT_TRANSLATE_NOOP("Guidance", "does not seem to show this person"),
)
"""Every sentence and reason of the engine's guidance."""

_POSES = {
    "front": QT_TRANSLATE_NOOP("Guidance", "straight ahead"),
    "left": QT_TRANSLATE_NOOP("Guidance", "turned left"),
    "right": QT_TRANSLATE_NOOP("Guidance", "turned right"),
    "up": QT_TRANSLATE_NOOP("Guidance", "chin up"),
    "down": QT_TRANSLATE_NOOP("Guidance", "chin down"),
}


def guidance_text(sentence: str) -> str:
    """A sentence of the guidance in the user's language."""
    return QCoreApplication.translate("Guidance", sentence)


def refusal_text(reason: str) -> str:
    """Why a photograph was refused: a reason of the guidance, or an error's sentences."""
    if reason in SENTENCES:
        return guidance_text(reason)
    what, _, remedy = reason.partition(". ")
    told = translated_sentence(remedy)
    return f"{translated_sentence(what + '.')} {told}" if told != remedy else translated_sentence(reason)


def pose_text(pose: str) -> str:
    """A pose as a word for the list of what is missing."""
    return QCoreApplication.translate("Guidance", str(_POSES.get(pose, pose)))


def date_text(day: date) -> str:
    """A date as the user's language writes it."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")


def moment_text(moment: datetime) -> str:
    """A moment (UTC, as the store keeps it) in local time, as the user's language writes it."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.replace(tzinfo=UTC).timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def consent_text(name: str, until: date, *, is_event: bool) -> str:
    """What a person agrees to, as it is shown and recorded."""
    if is_event:
        return QCoreApplication.translate(
            "Consent",
            "I, {name}, agree that Facedesk takes pictures of my face now and uses them to recognise me at this "
            "event. The pictures and what is computed from them stay on this machine alone, are encrypted, and are "
            "deleted when the program closes, at the latest. I can have them deleted at any time before.",
        ).format(name=name)
    return QCoreApplication.translate(
        "Consent",
        "I, {name}, agree that Facedesk takes pictures of my face now and uses them to recognise me at this desk. "
        "About 20 cut-out pictures of my face and what is computed from them are kept on this machine alone, "
        "encrypted, until {date}; then they are deleted by themselves. No whole pictures or videos are kept, and "
        "nothing is sent anywhere. I can see, take with me or have deleted everything kept of me at any time, "
        "without giving a reason. Whoever does not agree can check in without their face.",
    ).format(name=name, date=date_text(until))


def list_consent_text(until: date, *, is_event: bool) -> str:
    """What was agreed to by everybody on a list; without a name, as it is recorded with each of them."""
    if is_event:
        return QCoreApplication.translate(
            "Consent",
            "Everybody on this list, or whoever may decide for them, has agreed that Facedesk uses the pictures named "
            "in it to recognise them at this event. The cut-out pictures of their faces and what is computed from "
            "them stay on this machine alone, are encrypted, and are deleted when the program closes, at the latest. "
            "Everybody can have them deleted at any time before.",
        )
    return QCoreApplication.translate(
        "Consent",
        "Everybody on this list, or whoever may decide for them, has agreed that Facedesk uses the pictures named in "
        "it to recognise them at this desk. The cut-out pictures of their faces and what is computed from them are "
        "kept on this machine alone, encrypted, until {date}; then they are deleted by themselves. No whole pictures "
        "are kept, and nothing is sent anywhere. Everybody can see, take along or have deleted everything kept of "
        "them at any time, without giving a reason. Whoever does not agree is not on the list, and can check in "
        "without their face.",
    ).format(date=date_text(until))


def others_text(outcome: Outcome) -> str:
    """What a training changed for those enrolled before; empty when there was nobody."""
    if outcome.before is None:
        return ""
    text = QCoreApplication.translate(
        "Enrolment", "Those enrolled before are rightly named in {before} → {after} of cases."
    )
    return text.format(before=percent(outcome.before, 0), after=percent(outcome.after, 0))
