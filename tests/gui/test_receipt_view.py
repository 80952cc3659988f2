"""The receipt of a deletion, as the window says it."""

import pytest
from pytestqt.qtbot import QtBot

from engine.deletion import DeletionReceipt
from engine.people import now
from gui.receipt_view import ReceiptView

TRAINED = "Recognition was trained anew without them."
GONE = "Recognition by mobilenet, my_own was deleted; make it anew: facedesk retrain."


@pytest.mark.parametrize(
    ("heads", "untrained", "said"),
    [(2, (), [TRAINED]), (2, ("mobilenet", "my_own"), [GONE]), (0, (), [])],
)
def test_only_what_was_trained_anew_is_called_so(
    qtbot: QtBot, heads: int, untrained: tuple[str, ...], said: list[str]
) -> None:
    view = ReceiptView()
    qtbot.addWidget(view)
    view.show_receipt(DeletionReceipt("1-a", ("Ada",), now(), "asked", 3, heads, (), wiped=True, untrained=untrained))
    assert [line for line in view.text.split("\n") if line.startswith("Recognition")] == said
