"""Right-to-left names in sentences."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.deletion import DeletionReceipt
from engine.errors import EnrolmentError
from engine.health import HealthCard
from engine.people import now
from engine.person_head import Neighbour
from engine.types import Identity, IdentityState
from gui.error_texts import translated
from gui.health_texts import fact_texts
from gui.isolated import enumerated, isolated, without_isolates
from gui.overlay import plate
from gui.receipt_view import ReceiptView

ARABIC, HEBREW = "محمد", "דנה 7"
SET_APART = f"\u2068{ARABIC}\u2069"


def test_a_right_to_left_name_keeps_to_itself_and_others_stay_as_they_are() -> None:
    assert isolated(ARABIC) == SET_APART
    assert isolated(HEBREW) == f"\u2068{HEBREW}\u2069"
    for name in ("Ada", "Şükrü Öz", "李小龙", "Ana 😀", ""):
        assert isolated(name) == name
    assert enumerated(["Ada", ARABIC]) == f"Ada, {SET_APART}"
    assert without_isolates(SET_APART) == ARABIC


def test_figures_beside_a_name_stay_on_their_side() -> None:
    health = HealthCard(3, 0.9, 2.0, Neighbour(4, ARABIC, 0.02, 0.1), (), ())
    assert fact_texts(health) == [f"Most alike of those enrolled: {SET_APART} (0.02)."]
    unsure = Identity(IdentityState.UNSURE, ARABIC, 0.6, 4)
    assert plate(unsure).details == (f"perhaps {SET_APART}",)
    taken = EnrolmentError(f"Somebody named {ARABIC} is enrolled already.", "")
    assert translated(taken).what == f"Somebody named {SET_APART} is enrolled already."


def test_a_receipt_is_saved_without_the_marks(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = ReceiptView()
    qtbot.addWidget(view)
    view.show_receipt(DeletionReceipt("1-a", (ARABIC,), now(), "asked", 3, 1, (), wiped=True))
    assert f"Deleted: {SET_APART} (as asked)" in view.text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "r.txt"), ""))
    view._choose_file()
    assert f"Deleted: {ARABIC} (as asked)" in (tmp_path / "r.txt").read_text("utf-8")
