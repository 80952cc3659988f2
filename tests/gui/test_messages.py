from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.errors import CameraError, ModelError
from gui.messages import Messages

LOST = CameraError("The camera does not answer.", "Check the cable, then tap Retry.")


@pytest.fixture
def banner(qtbot: QtBot) -> Messages:
    made = Messages()
    qtbot.addWidget(made)
    return made


def shown(banner: Messages) -> str:
    message = banner.current
    return f"{message.what} {message.remedy}".strip() if message is not None else ""


def tap(banner: Messages, text: str) -> None:
    (button,) = cast("list[QPushButton]", banner.findChildren(QPushButton))
    assert button.isVisibleTo(banner)
    assert button.text() == text
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_to_say_takes_no_room(banner: Messages) -> None:
    assert banner.isHidden()


def test_an_error_says_what_happened_and_what_to_do(banner: Messages) -> None:
    banner.show_error(LOST)
    assert shown(banner) == "The camera does not answer. Check the cable, then tap Retry."
    assert not banner.isHidden()


def test_retry_does_what_it_says_and_closes_the_message(banner: Messages) -> None:
    tapped: list[str] = []
    banner.show_error(LOST, lambda: tapped.append("retry"))
    tap(banner, "Retry")
    assert tapped == ["retry"]
    assert banner.isHidden()


def test_a_note_has_a_button_of_its_own(banner: Messages) -> None:
    tapped: list[str] = []
    banner.show_note("No camera was found.", "Look for a camera", lambda: tapped.append("look"))
    tap(banner, "Look for a camera")
    assert tapped == ["look"]


def test_errors_come_before_notes_and_the_others_wait(banner: Messages) -> None:
    banner.show_note("A note.")
    banner.show_error(LOST)
    assert shown(banner).startswith("The camera")
    banner.dismiss()
    assert shown(banner) == "A note."


def test_the_same_error_twice_is_one_message(banner: Messages) -> None:
    assert banner.show_error(LOST) == banner.show_error(CameraError(LOST.what, LOST.remedy))
    banner.dismiss()
    assert banner.isHidden()


def test_a_message_that_is_no_longer_true_is_taken_back(banner: Messages) -> None:
    number = banner.show_error(LOST)
    banner.show_error(ModelError("The network is damaged.", "Choose another one."))
    banner.withdraw(number)
    assert shown(banner) == "The network is damaged. Choose another one."
    banner.withdraw(number)


def test_a_bug_is_logged_with_its_traceback_and_called_a_fault(
    banner: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ZeroDivisionError("somewhere")
    except ZeroDivisionError as error:
        banner.show_error(error)
    assert "ZeroDivisionError" in shown(banner)
    assert "Traceback" in caplog.text


def test_text_from_outside_is_not_read_as_markup(banner: Messages) -> None:
    banner.show_error(CameraError("There is no file <img src=x>.", "Choose another one."))
    assert "&lt;img" in banner._text.text()


def test_a_flood_of_errors_is_bounded(banner: Messages) -> None:
    for number in range(100):
        banner.show_error(ModelError(f"Network {number} is damaged.", "Choose another one."))
    closed = 0
    while banner.current is not None:
        banner.dismiss()
        closed += 1
    assert closed < 10
