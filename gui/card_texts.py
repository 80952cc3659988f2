"""The shipped networks' cards in the user's language; a card of somebody else's stays as it was written."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

SHIPPED = (
    QT_TRANSLATE_NOOP("Cards", "The largest network, for a laptop or a fast board."),
    QT_TRANSLATE_NOOP("Cards", "The desk's network: accurate and quick on a Raspberry Pi."),
    QT_TRANSLATE_NOOP("Cards", "The smallest network, for the oldest boards."),
    QT_TRANSLATE_NOOP("Cards", "Research and demonstration only (non-commercial training data)"),
    QT_TRANSLATE_NOOP(
        "Cards",
        "For research and demonstration only: some of the training pictures (UTKFace, CelebA, All-Age-Faces, press "
        "photographs) may not be used commercially. models/README.md says how to train on pictures of your own.",
    ),
)


def card_text(text: str) -> str:
    """A card's description, licence or terms."""
    return QCoreApplication.translate("Cards", text)
