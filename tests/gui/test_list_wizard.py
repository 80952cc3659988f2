"""A class from a list at 800 × 480, with the real networks."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QProgressBar
from pytestqt.qtbot import QtBot

from engine.enrol_files import ListedPerson
from engine.enrol_list import PersonReport
from engine.head_store import HeadStore
from engine.people import People
from engine.retraining import Outcome
from engine.store import Store
from gui.app import Facedesk
from gui.enrolment_wizard import EnrolmentWizard
from gui.list_jobs import ListOutcome
from gui.list_report import ListReportStep
from gui.list_wizard import ListWizard
from gui.people_page import PeoplePage
from tests.gui.enrolling import (
    STEP_MS,
    Desk,
    agree,
    child,
    desk,
    message,
    people_page_of,
    shows_row,
    tap,
    wait_for_jobs,
    wait_for_labels,
)

__all__ = ["desk"]


@pytest.fixture
def listed(tmp_path: Path, shared_media: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("obama.jpg", "obama2.jpg", "biden.jpg", "obama_and_biden.jpg"):
        shutil.copy(shared_media / name, folder / name)
    rows = ["name,files,id", "Barack,obama.jpg;obama2.jpg;obama_and_biden.jpg,7", "Joe,biden.jpg,", "Zelda,none.jpg,"]
    path = folder / "class.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def drop(page: PeoplePage, path: Path) -> bool:
    """Drops a file onto the page; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(page.rect().center(), action, data, button, keys)
    entering.setAccepted(False)
    page.dragEnterEvent(entering)
    if entering.isAccepted():
        page.dropEvent(QDropEvent(QPointF(page.rect().center()), action, data, button, keys))
    return entering.isAccepted()


def opened(qtbot: QtBot, facedesk: Facedesk, path: Path) -> ListWizard:
    page = people_page_of(facedesk)
    assert drop(page, path)
    qtbot.waitUntil(child(page.listing, QLabel, "consentText").isVisible, timeout=STEP_MS)
    return page.listing


def reported(qtbot: QtBot, listing: ListWizard) -> list[str]:
    qtbot.waitUntil(lambda: listing.step is listing.report, timeout=STEP_MS)
    return listing.report.rows()


def test_a_class_is_enrolled_and_everybody_accounted_for(
    qtbot: QtBot, desk: Desk, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facedesk = desk.launch()
    page = people_page_of(facedesk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(listed), ""))
    tap(page, "enrolList")
    listing = page.listing
    qtbot.waitUntil(child(listing, QLabel, "consentText").isVisible, timeout=STEP_MS)
    assert child(listing, QLabel, "listCount").text() == "3 people on the list"
    assert child(listing, QLabel, "listNames").text() == "Barack, Joe, Zelda"
    assert not Store.exists(desk.data)
    agree(qtbot, listing)
    rows = reported(qtbot, listing)
    assert child(listing, QLabel, "listSummary").text() == "2 of 3 people were enrolled."
    assert rows[0].startswith("Zelda: not enrolled\nThe picture none.jpg cannot be read")
    assert rows[1].startswith("Barack: enrolled with 2 pictures")
    assert "obama_and_biden.jpg: shows more than one face" in rows[1]
    assert rows[2].startswith("Joe: enrolled with 1 picture")
    tap(listing, "wizardNext")
    qtbot.waitUntil(lambda: page.names() == ["Barack (7)", "Joe"], timeout=STEP_MS)
    qtbot.waitUntil(lambda: facedesk.people.head is not None and len(facedesk.people.head) == 2, timeout=STEP_MS)
    wait_for_jobs(qtbot, facedesk)
    facedesk.stop()
    with Store.open(desk.data) as store:
        assert len(HeadStore(store).versions()) == 1, "one training for all"
        consents = {person.consent for person in People(store).all()}
    assert len(consents) == 1
    assert consents.pop().startswith("Everybody on this list, or whoever may decide for them, has agreed")
    assert not desk.holds("Zelda")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (0.98, ""),
        (0.75, " The answers got worse for 2 people enrolled before: look for mixed-up names."),
    ],
)
def test_a_list_says_when_those_enrolled_before_are_named_less_often(qtbot: QtBot, after: float, told: str) -> None:
    step = ListReportStep()
    qtbot.addWidget(step)
    outcome = Outcome(before=1.0, after=after, figures={"people": 3}, number=2)
    report = PersonReport(ListedPerson("Ada", "", ()), person_id=3, pictures=4)
    step.show_outcome(ListOutcome((report,), outcome), 1)
    said = child(step, QLabel, "listStopped").text()
    assert said.startswith("Those enrolled before are rightly named in ")
    assert said.partition(" of cases.")[2] == told


def test_without_the_consent_nothing_is_kept(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    facedesk = desk.launch()
    listing = opened(qtbot, facedesk, listed)
    tap(listing, "wizardCancel")
    assert not listing.isVisible()
    wait_for_jobs(qtbot, facedesk)
    facedesk.stop()
    assert not Store.exists(desk.data)
    assert not desk.holds("Barack")


def test_stopping_keeps_the_finished_and_nothing_of_the_one_in_work(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    many = ";".join(["obama.jpg"] * 200)
    listed.write_text(f"name,files\nJoe,biden.jpg\nZelda,{many}\n", "utf-8")
    facedesk = desk.launch()
    listing = opened(qtbot, facedesk, listed)
    agree(qtbot, listing)
    text = child(listing, QLabel, "listText")
    qtbot.waitUntil(lambda: text.text() == "Zelda: 2 of 2", timeout=STEP_MS)
    assert child(listing, QProgressBar, "listProgress").value() > 400
    tap(listing, "wizardCancel")
    assert [row.split(":")[0] for row in reported(qtbot, listing)] == ["Joe"]
    stopped = child(listing, QLabel, "listStopped").text()
    assert stopped == "Whoever was finished stays enrolled; nothing is kept of Zelda."
    qtbot.waitUntil(lambda: facedesk.people.head is not None and len(facedesk.people.head) == 1, timeout=STEP_MS)
    wait_for_jobs(qtbot, facedesk)
    facedesk.stop()
    assert desk.names() == ["Joe"]
    assert not desk.holds("Zelda")


def test_who_is_enrolled_already_is_told_and_can_be_enrolled_by_hand(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    listed.write_text("name,files\nBarack,obama.jpg\n", "utf-8")
    facedesk = desk.launch()
    listing = opened(qtbot, facedesk, listed)
    agree(qtbot, listing)
    reported(qtbot, listing)
    tap(listing, "wizardNext")
    listed.write_text("name,files\nBerry,obama.jpg\n", "utf-8")
    opened(qtbot, facedesk, listed)
    agree(qtbot, listing)
    rows = reported(qtbot, listing)
    assert rows[0].startswith("Berry: not enrolled\nLooks like Barack, who is enrolled already (")
    report = child(listing, QListWidget, "listReport")
    qtbot.waitUntil(lambda: shows_row(report, 0), timeout=STEP_MS)
    middle = report.visualItemRect(report.item(0)).center()
    QTest.mouseClick(report.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert child(facedesk.window, EnrolmentWizard).who.name_field.text() == "Berry"
    facedesk.window.show_page("people")
    assert report.isVisible(), "the report waits until it was read"


def test_other_pages_can_be_used_meanwhile(qtbot: QtBot, desk: Desk, listed: Path) -> None:
    facedesk = desk.launch()
    listing = opened(qtbot, facedesk, listed)
    agree(qtbot, listing)
    facedesk.window.show_page("live")
    wait_for_labels(qtbot, facedesk, "Unknown")
    qtbot.waitUntil(lambda: message(facedesk).startswith("The list is done"), timeout=STEP_MS)
    facedesk.window.show_page("people")
    assert listing.isVisible()
    assert len(listing.report.rows()) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("who\nAda\n", "The list class.csv has no columns name and files."),
        ("name,files\n,x\n", "Row 2 of the list class.csv has no name."),
    ],
)
def test_a_list_that_is_none_is_said_in_the_banner(
    qtbot: QtBot, desk: Desk, listed: Path, text: str, sentence: str
) -> None:
    listed.write_text(text, "utf-8")
    facedesk = desk.launch()
    page = people_page_of(facedesk)
    assert not drop(page, listed.parent / "obama.jpg"), "photographs are no list"
    assert drop(page, listed)
    qtbot.waitUntil(lambda: message(facedesk).endswith(sentence), timeout=STEP_MS)
    assert not page.listing.isVisible()
