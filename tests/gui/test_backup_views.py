"""Backing up and restoring by touch at 800 × 480, with the real networks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from engine.backup import SHORTEST_PASSPHRASE, back_up
from engine.paths import DataFolder
from engine.store import Store
from gui.app import Facedesk
from gui.backup_frame import BackupFrame
from gui.backup_view import SHORTEST
from gui.people_page import PeoplePage
from tests.gui.enrolling import MAN, STEP_MS, Desk, child, desk, message, people_page_of, tap, wait_for_labels

__all__ = ["desk"]

PASSPHRASE = "white geese 7"


def type_by_finger(view: BackupFrame, name: str, text: str) -> None:
    QTest.mouseClick(child(view, QLineEdit, name), Qt.MouseButton.LeftButton)
    keyboard = view.fields.keyboard
    for letter in text:
        if letter.isdigit():
            QTest.mouseClick(keyboard.key("layer"), Qt.MouseButton.LeftButton)
        key = keyboard.key("space" if letter == " " else letter)
        assert key.height() >= 44
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
        if letter.isdigit():
            QTest.mouseClick(keyboard.key("layer"), Qt.MouseButton.LeftButton)


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    """A backup in which Ada is enrolled, made on another machine."""
    elsewhere = Desk(desk.qtbot, DataFolder(tmp_path / "elsewhere"), desk.media)
    elsewhere.data.ensure()
    elsewhere.enrolled("Ada")
    path = tmp_path / "ada.backup"
    with Store.open(elsewhere.data) as store:
        back_up(store, path, PASSPHRASE)
    return path


def restoring(
    qtbot: QtBot, facedesk: Facedesk, backup: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str = PASSPHRASE
) -> PeoplePage:
    """The page with a backup chosen and its passphrase typed."""
    page = people_page_of(facedesk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    tap(page, "restore")
    assert child(page.restore, QLabel, "restoreFile").text() == str(backup)
    type_by_finger(page.restore, "passphrase", passphrase)
    tap(page.restore, "restoreBegin")
    return page


def test_everything_is_backed_up_under_a_passphrase_typed_twice(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enrolled("Ada")
    facedesk = desk.launch()
    page = people_page_of(facedesk)
    qtbot.waitUntil(lambda: page.names() == ["Ada"], timeout=STEP_MS)
    tap(page, "backUp")
    assert page.backup.path.name.startswith("facedesk-")
    target = tmp_path / "desk.backup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tap(page.backup, "backupChoose")
    begin = child(page.backup, QPushButton, "backupBegin")
    note = child(page.backup, QLabel, "passphraseNote")
    type_by_finger(page.backup, "passphrase", PASSPHRASE)
    assert not begin.isEnabled()
    type_by_finger(page.backup, "passphraseAgain", "x")
    assert note.text() == "The two are not the same."
    QTest.mouseClick(page.backup.fields.keyboard.key("backspace"), Qt.MouseButton.LeftButton)
    type_by_finger(page.backup, "passphraseAgain", PASSPHRASE)
    assert child(page.backup, QLineEdit, "passphrase").echoMode() is QLineEdit.EchoMode.Password
    tap(page.backup, "backupBegin")
    qtbot.waitUntil(lambda: message(facedesk) == f"1 person backed up to {target}.", timeout=STEP_MS)
    qtbot.waitUntil(lambda: not page.backup.isVisible(), timeout=STEP_MS)
    assert page.names() == ["Ada"]
    assert child(page.backup, QLineEdit, "passphrase").text() == ""
    assert target.read_bytes().startswith(b"FACEDESK-BACKUP")
    assert SHORTEST == SHORTEST_PASSPHRASE


def test_a_restored_person_is_known_without_a_restart(
    qtbot: QtBot, desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facedesk = desk.launch()
    wait_for_labels(qtbot, facedesk, "Unknown")
    page = restoring(qtbot, facedesk, backup, monkeypatch)
    qtbot.waitUntil(lambda: message(facedesk) == "1 person restored.", timeout=STEP_MS)
    qtbot.waitUntil(lambda: page.names() == ["Ada"], timeout=STEP_MS)
    facedesk.window.show_page("live")
    wait_for_labels(qtbot, facedesk, "Ada")


def test_restoring_asks_before_it_replaces(
    qtbot: QtBot, desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enrolled("Ben", MAN)
    facedesk = desk.launch()
    page = restoring(qtbot, facedesk, backup, monkeypatch)
    question = child(page.restore, QLabel, "confirmRestoreText")
    qtbot.waitUntil(question.isVisible, timeout=STEP_MS)
    assert question.text() == "Replace the 1 person enrolled here by those of the backup? This cannot be undone."
    tap(page.restore, "confirmRestoreNo")
    assert desk.names() == ["Ben"]
    tap(page.restore, "restoreBegin")
    qtbot.waitUntil(question.isVisible, timeout=STEP_MS)
    tap(page.restore, "confirmRestoreYes")
    qtbot.waitUntil(lambda: page.names() == ["Ada"], timeout=STEP_MS)
    qtbot.waitUntil(
        lambda: facedesk.people.head is not None and facedesk.people.head.names == ("Ada",), timeout=STEP_MS
    )
    assert desk.names() == ["Ada"]


@pytest.mark.parametrize(
    ("passphrase", "cut", "sentence"),
    [
        ("wrong words", 0, "The passphrase is wrong, or the backup is damaged."),
        (PASSPHRASE, 40, "The backup is damaged or cut off."),
    ],
)
def test_a_backup_that_cannot_be_read_changes_nothing(
    qtbot: QtBot, desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str, cut: int, sentence: str
) -> None:
    backup.write_bytes(backup.read_bytes()[: len(backup.read_bytes()) - cut])
    desk.enrolled("Ben", MAN)
    facedesk = desk.launch()
    page = restoring(qtbot, facedesk, backup, monkeypatch, passphrase)
    qtbot.waitUntil(child(page.restore, QPushButton, "confirmRestoreYes").isVisible, timeout=STEP_MS)
    tap(page.restore, "confirmRestoreYes")
    qtbot.waitUntil(lambda: message(facedesk) == sentence, timeout=STEP_MS)
    assert "nothing was changed" in facedesk.window.messages.current.remedy  # type: ignore[union-attr]
    qtbot.waitUntil(child(page.restore, QLineEdit, "passphrase").isVisible, timeout=STEP_MS)  # to be tried again
    assert desk.names() == ["Ben"]
    assert (facedesk.window.width(), facedesk.window.height()) == (800, 480), "the keyboard fits below the banner"
    tap(page.restore, "restoreBack")
    qtbot.waitUntil(lambda: page.names() == ["Ben"], timeout=STEP_MS)


def test_the_second_try_takes_the_error_of_the_first_away(
    qtbot: QtBot, desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facedesk = desk.launch()
    page = restoring(qtbot, facedesk, backup, monkeypatch, "white geese")
    qtbot.waitUntil(lambda: message(facedesk).startswith("The passphrase is wrong"), timeout=STEP_MS)
    qtbot.waitUntil(child(page.restore, QPushButton, "restoreBegin").isVisible, timeout=STEP_MS)
    type_by_finger(page.restore, "passphrase", " 7")
    tap(page.restore, "restoreBegin")
    qtbot.waitUntil(lambda: message(facedesk) == "1 person restored.", timeout=STEP_MS)


def test_an_event_has_no_backups(qtbot: QtBot, desk: Desk) -> None:
    page = people_page_of(desk.launch(purpose="event"))
    qtbot.waitUntil(lambda: not child(page, QPushButton, "restore").isVisible(), timeout=STEP_MS)
    assert not child(page, QPushButton, "backUp").isVisible()


def test_with_nobody_enrolled_there_is_nothing_to_back_up(qtbot: QtBot, desk: Desk) -> None:
    page = people_page_of(desk.launch())
    qtbot.waitUntil(lambda: not child(page, QPushButton, "backUp").isEnabled(), timeout=STEP_MS)
    assert child(page, QPushButton, "restore").isEnabled()
