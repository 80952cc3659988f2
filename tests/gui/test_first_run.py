import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from gui.first_run import FirstRunPage, PurposeCard
from tests.gui.panels import find, find_all, text_of


@pytest.fixture
def page(qtbot: QtBot) -> FirstRunPage:
    page = FirstRunPage()
    qtbot.addWidget(page)
    page.resize(800, 480)
    page.show()
    qtbot.waitUntil(lambda: find(page, PurposeCard, "purpose_event").height() > 0)
    return page


@pytest.mark.parametrize("purpose", ["attendance", "try", "event"])
def test_a_tap_on_a_card_answers(page: FirstRunPage, qtbot: QtBot, purpose: str) -> None:
    with qtbot.waitSignal(page.purpose_chosen) as chosen:
        QTest.mouseClick(find(page, PurposeCard, f"purpose_{purpose}"), Qt.MouseButton.LeftButton, pos=QPoint(30, 90))
    assert chosen.args == [purpose]


def test_each_card_says_what_is_kept(page: FirstRunPage) -> None:
    kept = {card.purpose: text_of(card, "kept") for card in find_all(page, PurposeCard)}
    assert kept == {
        "attendance": "Keeps enrolled people, with their consent.",
        "try": "Keeps what you enrol, on this machine only.",
        "event": "Keeps nothing: everyone is forgotten when it closes.",
    }


def test_no_card_promises_check_ins(page: FirstRunPage) -> None:
    said = " ".join(card.accessibleDescription() for card in find_all(page, PurposeCard))
    assert "People walk up and are greeted by name." in said
    assert "check" not in said.lower()


def test_it_is_answered_by_keyboard(page: FirstRunPage, qtbot: QtBot) -> None:
    find(page, PurposeCard, "purpose_attendance").setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.focusWidget() is find(page, PurposeCard, "purpose_try")
    with qtbot.waitSignal(page.purpose_chosen) as chosen:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert chosen.args == ["try"]


@pytest.mark.parametrize(("width", "height"), [(800, 480), (480, 800), (1920, 1080)])
def test_all_three_are_in_reach(page: FirstRunPage, qtbot: QtBot, width: int, height: int) -> None:
    page.resize(width, height)
    qtbot.waitUntil(lambda: page.width() == width)
    content = find(page, QScrollArea, "firstRunScroll").widget()
    assert content
    assert content.minimumSizeHint().width() <= width
    for card in find_all(page, PurposeCard):
        assert card.height() >= 130
        assert card.mapTo(page, card.rect().bottomRight()).y() < height
