import threading
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine import __version__
from engine.catalogue import Catalogue
from engine.settings import Settings
from gui.about_page import AboutPage
from gui.app import Facedesk
from gui.first_run import FirstRunPage
from tests.gui.enrolling import child
from tests.gui.panels import catalogue, find_all, text_of
from tests.gui.scripted import ScriptedEngine
from tests.gui.test_app import Launch, data, launch

__all__ = ["data", "launch"]


@pytest.fixture
def page(qtbot: QtBot) -> AboutPage:
    page = AboutPage(Settings(purpose="try"), catalogue(), Path("/somewhere/facedesk"))
    qtbot.addWidget(page)
    page.resize(716, 480)
    page.show()
    return page


def test_name_and_version(page: AboutPage) -> None:
    assert text_of(page, "aboutTitle") == f"Facedesk {__version__}"


def test_every_part_with_its_version_and_licence(page: AboutPage) -> None:
    texts = [label.text() for label in find_all(page, QLabel)]
    assert f"Qt for Python {version('PySide6-Essentials')} · LGPL-3.0" in texts
    assert f"NumPy {version('numpy')} · BSD-3-Clause" in texts
    assert f"pyqtgraph {version('pyqtgraph')} · MIT" in texts
    assert any(text.startswith("OpenCV ") and "Apache-2.0" in text for text in texts)
    assert any(text.startswith("LiteRT ") and "Apache-2.0" in text for text in texts)
    assert any(text.startswith("MTCNN · weights: MIT") for text in texts)


def test_the_terms_of_the_networks_stand_there(page: AboutPage) -> None:
    texts = [label.text() for label in find_all(page, QLabel)]
    assert "MobileNet · MIT" in texts
    assert "MobileNet is for research only." in texts


def test_networks_under_the_same_terms_are_named_together(qtbot: QtBot) -> None:
    alike = tuple(replace(each, terms="For research only.") for each in catalogue().cards)
    page = AboutPage(Settings(purpose="try"), Catalogue(alike))
    qtbot.addWidget(page)
    page.show()
    texts = [label.text() for label in find_all(page, QLabel)]
    assert "InceptionV3, MobileNet · MIT" in texts
    assert texts.count("For research only.") == 1


def test_what_runs_is_named(page: AboutPage) -> None:
    assert "MobileNet int8" in text_of(page, "whatRuns")
    assert "Age group and ethnicity are not shown." in text_of(page, "whatRuns")
    page.show_settings(Settings(purpose="event", attributes=True))
    assert "Guessing age, ethnicity, for show alone." in text_of(page, "whatRuns")
    page.show_settings(Settings(purpose="attendance", attributes=True))
    assert "Age group and ethnicity are not shown." in text_of(page, "whatRuns")


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (Settings(purpose="try"), "Only people whom you enrol are kept, in /somewhere/facedesk."),
        (Settings(purpose="attendance"), "Enrolled people are kept, with their consent, in /somewhere/facedesk."),
        (Settings(purpose="event"), "Nothing is kept"),
    ],
)
def test_what_is_kept_is_said(page: AboutPage, settings: Settings, kept: str) -> None:
    page.show_settings(settings)
    assert kept in text_of(page, "whatIsKept")


def notice(facedesk: Facedesk) -> AboutPage:
    """The page in the window, made at its first visit."""
    facedesk.window.show_page("about")
    return child(facedesk.window, AboutPage)


def test_the_notice_is_true_at_every_visit(launch: Launch) -> None:
    facedesk = launch()
    page = notice(facedesk)
    assert "Age group and ethnicity are not shown." in text_of(page, "whatRuns")
    assert "Only people whom you enrol are kept" in text_of(page, "whatIsKept")
    facedesk.window.show_page("settings")
    facedesk.change_settings(replace(facedesk.keeper.saved, purpose="event", attributes=True))
    assert notice(facedesk) is page
    assert "Age group and ethnicity are not shown." not in text_of(page, "whatRuns")
    assert "for show alone" in text_of(page, "whatRuns")
    assert "Nothing is kept" in text_of(page, "whatIsKept")


def test_the_notice_names_the_network_that_answers_now(qtbot: QtBot, launch: Launch) -> None:
    held = threading.Event()
    held.set()
    facedesk = launch(engine=ScriptedEngine(loading=held))
    page = notice(facedesk)
    qtbot.waitUntil(lambda: facedesk.network == "first:int8")
    held.clear()
    facedesk.change_settings(replace(facedesk.keeper.saved, network="second:int8"))
    assert "first int8" in text_of(notice(facedesk), "whatRuns")
    held.set()
    qtbot.waitUntil(lambda: "second int8" in text_of(page, "whatRuns"))


def test_the_notice_behind_the_first_question_takes_its_answer(launch: Launch) -> None:
    facedesk = launch()
    page = notice(facedesk)
    facedesk.pages.ask_purpose()
    child(facedesk.window, FirstRunPage).purpose_chosen.emit("event")
    assert facedesk.window.current_page == "about"
    assert "Nothing is kept" in text_of(page, "whatIsKept")
