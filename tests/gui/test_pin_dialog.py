import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui.pin import hash_pin, pin_matches
from gui.pin_dialog import PinDialog
from gui.pin_pad import PinPad
from tests.gui.panels import find, find_all, text_of


def tap(pad: PinPad, digits: str) -> None:
    for digit in digits:
        find(pad, QPushButton, f"pin{digit}").click()
    find(pad, QPushButton, "pinOk").click()


@pytest.fixture
def pad(qtbot: QtBot) -> PinPad:
    pad = PinPad()
    qtbot.addWidget(pad)
    pad.ask("PIN")
    pad.show()
    return pad


def test_digits_are_shown_as_dots(pad: PinPad) -> None:
    for digit in "12":
        find(pad, QPushButton, f"pin{digit}").click()
    assert text_of(pad, "pinDots") == "● ● ○ ○"
    find(pad, QPushButton, "pinBack").click()
    assert text_of(pad, "pinDots") == "● ○ ○ ○"


def test_ok_waits_for_four_digits(pad: PinPad, qtbot: QtBot) -> None:
    ok = find(pad, QPushButton, "pinOk")
    for digit in "123":
        find(pad, QPushButton, f"pin{digit}").click()
    assert not ok.isEnabled()
    find(pad, QPushButton, "pin4").click()
    with qtbot.waitSignal(pad.entered) as entered:
        ok.click()
    assert entered.args == ["1234"]
    assert text_of(pad, "pinDots") == "○ ○ ○ ○"


def test_a_keyboard_types_too(pad: PinPad, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_9, Qt.Key.Key_Backspace, Qt.Key.Key_4):
        QTest.keyClick(pad, key)
    with qtbot.waitSignal(pad.entered) as entered:
        QTest.keyClick(pad, Qt.Key.Key_Return)
    assert entered.args == ["1234"]
    with qtbot.waitSignal(pad.cancelled):
        QTest.keyClick(pad, Qt.Key.Key_Escape)


def test_its_keys_are_large(pad: PinPad) -> None:
    assert min(key.height() for key in find_all(pad, QPushButton)) >= 48
    assert pad.sizeHint().height() <= 460


def test_a_new_pin_is_asked_for_twice(qtbot: QtBot) -> None:
    dialog = PinDialog("")
    qtbot.addWidget(dialog)
    dialog.show()
    assert text_of(dialog, "pinTitle") == "New PIN"
    tap(dialog.pad, "1357")
    assert text_of(dialog, "pinTitle") == "New PIN, once more"
    tap(dialog.pad, "1358")
    assert text_of(dialog, "pinMessage") == "The two are not the same."
    tap(dialog.pad, "1357")
    tap(dialog.pad, "1357")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert pin_matches("1357", dialog.kept)


def test_the_old_pin_comes_first(qtbot: QtBot) -> None:
    dialog = PinDialog(hash_pin("1111"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert text_of(dialog, "pinTitle") == "The PIN in force"
    tap(dialog.pad, "9999")
    assert text_of(dialog, "pinMessage") == "This is not the PIN."
    tap(dialog.pad, "1111")
    assert text_of(dialog, "pinTitle") == "New PIN"


def test_after_three_wrong_ones_it_waits(qtbot: QtBot) -> None:
    dialog = PinDialog(hash_pin("1111"), remove=True, clock_s=lambda: 100.0)
    qtbot.addWidget(dialog)
    dialog.show()
    for _ in range(3):
        tap(dialog.pad, "9999")
    assert text_of(dialog, "pinMessage") == "Wait 5 seconds."
    assert not find(dialog.pad, QPushButton, "pin1").isEnabled()
    assert find(dialog.pad, QPushButton, "pinCancel").isEnabled()


def test_a_pin_can_be_removed(qtbot: QtBot) -> None:
    dialog = PinDialog(hash_pin("1111"), remove=True)
    qtbot.addWidget(dialog)
    dialog.show()
    tap(dialog.pad, "1111")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.kept == ""
