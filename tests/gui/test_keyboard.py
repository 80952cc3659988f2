# ruff: noqa: RUF001 - letters that look alike are what this file is about
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.keyboard import Key, TouchKeyboard
from tests.gui.enrolling import child


class Page(QWidget):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.field, self.other = QLineEdit(), QLineEdit()
        self.keyboard = TouchKeyboard(language)
        layout = QVBoxLayout(self)
        for widget in (self.field, self.other, self.keyboard):
            layout.addWidget(widget)
        self.keyboard.attach(self.field)
        self.keyboard.attach(self.other)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page("tr")
    qtbot.addWidget(made)
    made.resize(702, 480)
    made.show()
    made.field.setFocus()
    return made


def tap(page: Page, *actions: str) -> None:
    for action in actions:
        QTest.mouseClick(page.keyboard.key(action), Qt.MouseButton.LeftButton)


def hold(qtbot: QtBot, page: Page, action: str) -> None:
    key = page.keyboard.key(action)
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    qtbot.wait(600)


def accents(page: Page) -> list[Key]:
    return keys_in(child(page, QWidget, "accents"))


def keys_in(parent: QWidget) -> list[Key]:
    return cast("list[Key]", parent.findChildren(Key))


def test_a_turkish_name_is_typed_with_its_own_letters(page: Page) -> None:
    tap(page, "ç", "a", "ğ", "r", "ı", "space", "ö", "z")
    assert page.field.text() == "Çağrı Öz"


def test_the_dotted_i_has_a_dotted_capital(page: Page) -> None:
    tap(page, "i", "n", "c", "i", "space", "ı")
    assert page.field.text() == "İnci I"


def test_accents_wait_behind_a_held_letter(qtbot: QtBot, page: Page) -> None:
    tap(page, "language")
    assert page.keyboard.language == "en"
    tap(page, "z", "o")
    hold(qtbot, page, "e")
    (wanted,) = (key for key in accents(page) if key.action == "ë")
    assert wanted.height() >= 44
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    assert page.field.text() == "Zoë"


def test_digits_signs_and_deleting(page: Page) -> None:
    tap(page, "a", "layer", "4", "2", "layer", "backspace")
    assert page.field.text() == "A4"


def test_shift_is_for_one_letter_and_held_for_all(qtbot: QtBot, page: Page) -> None:
    tap(page, "shift", "d", "e", "shift", "e")
    hold(qtbot, page, "shift")
    tap(page, "a", "b", "shift", "c")
    assert page.field.text() == "deEABc"


def test_it_types_where_the_focus_is_and_a_real_keyboard_works_beside_it(page: Page) -> None:
    tap(page, "a")
    page.other.setFocus()
    QTest.keyClicks(page.other, "real ")
    tap(page, "b")
    assert (page.field.text(), page.other.text()) == ("A", "real B")


@pytest.mark.parametrize("layer", [False, True])
def test_every_key_is_large_enough_for_a_thumb(page: Page, layer: bool) -> None:
    if layer:
        tap(page, "layer")
    QApplication.processEvents()
    keys = [key for key in keys_in(page.keyboard) if key.isVisible()]
    assert min(key.height() for key in keys) >= 44
    assert min(key.width() for key in keys) >= 44
