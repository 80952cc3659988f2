import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue
from engine.errors import ModelError
from gui.measuring import Measured, NetworkSpeed
from gui.model_panel import ModelPanel
from gui.network_row import NO_BREAK, NetworkRow
from tests.gui.panels import NS, catalogue, find, find_all, result_at, text_of

DAMAGED = ModelError("The network's file x.tflite is missing.", "Reinstall Facedesk, or choose another network.")


@pytest.fixture
def panel(qtbot: QtBot) -> ModelPanel:
    panel = ModelPanel(catalogue())
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.set_current("mobilenet:int8")
    panel.show()
    return panel


def row(panel: ModelPanel, key: str) -> NetworkRow:
    return find(panel, NetworkRow, f"network_{key}")


def seen(panel: ModelPanel, key: str, name: str) -> str:
    return text_of(row(panel, key), name).replace(NO_BREAK, " ")


def test_every_file_shows_its_size_and_its_cards_accuracy(panel: ModelPanel) -> None:
    assert seen(panel, "mobilenet:fp16", "networkFile") == "fp16 · 6.6 MB"
    assert seen(panel, "mobilenet:fp16", "networkAccuracy") == "person 99.0 %, age 91.2 %"
    assert seen(panel, "mobilenet:int8", "networkFile") == "int8 · 3.5 MB"
    assert seen(panel, "mobilenet:int8", "networkAccuracy") == "person 98.7 %"


def test_a_card_without_figures_says_so(panel: ModelPanel) -> None:
    assert seen(panel, "inception_v3:int8", "networkAccuracy") == "its card states no accuracy"
    assert seen(panel, "inception_v3:int8", "networkSpeed") == "speed not measured here yet"


def test_the_network_in_use_is_named_in_words_and_framed(panel: ModelPanel) -> None:
    assert seen(panel, "mobilenet:int8", "networkStatus") == "in use"
    assert seen(panel, "mobilenet:fp16", "networkStatus") == ""
    assert find(panel, QFrame, "card_mobilenet").property("selected") is True
    assert find(panel, QFrame, "card_inception_v3").property("selected") is False


def test_a_tap_chooses_a_network_the_one_in_use_does_nothing(panel: ModelPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.network_chosen) as chosen:
        QTest.mouseClick(row(panel, "inception_v3:fp16"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["inception_v3:fp16"]
    with qtbot.assertNotEmitted(panel.network_chosen):
        QTest.mouseClick(row(panel, "mobilenet:int8"), Qt.MouseButton.LeftButton)


def test_a_network_can_be_chosen_by_key(panel: ModelPanel, qtbot: QtBot) -> None:
    row(panel, "mobilenet:fp16").setFocus()
    with qtbot.waitSignal(panel.network_chosen) as chosen:
        QTest.keyClick(row(panel, "mobilenet:fp16"), Qt.Key.Key_Space)
    assert chosen.args == ["mobilenet:fp16"]


def test_while_one_loads_the_old_one_stays_in_use(panel: ModelPanel) -> None:
    panel.set_busy("inception_v3:int8")
    assert seen(panel, "inception_v3:int8", "networkStatus") == "loading …"
    assert seen(panel, "mobilenet:int8", "networkStatus") == "in use"
    panel.set_current("inception_v3:int8")
    assert seen(panel, "inception_v3:int8", "networkStatus") == "in use"
    assert seen(panel, "mobilenet:int8", "networkStatus") == ""


def test_a_failed_load_says_why_on_its_card_and_keeps_the_old_one(panel: ModelPanel) -> None:
    panel.set_busy("inception_v3:int8")
    panel.set_failed("inception_v3:int8", DAMAGED)
    assert seen(panel, "inception_v3:int8", "networkStatus") == "did not load"
    card = find(panel, QFrame, "card_inception_v3")
    assert text_of(card, "networkError") == f"{DAMAGED.what} {DAMAGED.remedy}"
    assert seen(panel, "mobilenet:int8", "networkStatus") == "in use"


def test_a_fault_of_the_program_is_no_traceback(panel: ModelPanel) -> None:
    panel.set_failed("inception_v3:int8", ZeroDivisionError("division by zero"))
    card = find(panel, QFrame, "card_inception_v3")
    assert text_of(card, "networkError") == "This network did not load. The log says more."


def test_the_next_try_clears_the_old_failure(panel: ModelPanel) -> None:
    panel.set_failed("inception_v3:int8", DAMAGED)
    panel.set_busy("inception_v3:int8")
    assert text_of(find(panel, QFrame, "card_inception_v3"), "networkError") == ""


def test_before_and_after_a_switch(panel: ModelPanel) -> None:
    assert not panel.report.isVisible()
    panel.show_before_after(
        Measured("mobilenet:fp16", 7.94, 12.34, 28.9, 212.2), Measured("mobilenet:int8", math.nan, 7.06, 30.4, 187.0)
    )
    assert text_of(panel.report, "switchNames") == "MobileNet fp16 → MobileNet int8"
    figures = [text_of(panel.report, f"switchFigure{i}") for i in (1, 2, 3, 4)]
    assert figures == ["7.9 → —", "12.3 → 7.1", "29 → 30", "212 → 187"]


def test_results_alone_make_the_report(panel: ModelPanel) -> None:
    for i in range(200):
        panel.add_result(result_at(i * NS // 20, network="mobilenet:fp16", detect_ms=20.0, embed_ms=10.0))
    assert not panel.report.isVisible()
    for i in range(200, 400):
        panel.add_result(result_at(i * NS // 20, network="mobilenet:int8", detect_ms=20.0, embed_ms=4.0))
    assert text_of(panel.report, "switchFigure1") == "10.0 → 4.0"
    assert text_of(panel.report, "switchFigure2") == "30.0 → 24.0"
    assert text_of(panel.report, "switchFigure3") == "20 → 20"
    assert "20 fps" in seen(panel, "mobilenet:int8", "networkSpeed")


def test_measuring_here_fills_in_every_file(qtbot: QtBot) -> None:
    def job(listed: Catalogue) -> Iterator[NetworkSpeed]:
        yield NetworkSpeed("mobilenet:fp16", 7.94)
        yield NetworkSpeed("mobilenet:int8", 3.21)
        yield NetworkSpeed("inception_v3:int8", None, DAMAGED)

    panel = ModelPanel(catalogue(), measure=job)
    qtbot.addWidget(panel)
    panel.show()
    button = find(panel, QPushButton, "measureHere")
    button.click()
    assert button.text() == "Measuring …"
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert seen(panel, "mobilenet:fp16", "networkSpeed") == "7.9 ms a face here"
    assert seen(panel, "mobilenet:int8", "networkSpeed") == "3.2 ms a face here"
    assert "is missing" in text_of(find(panel, QFrame, "card_inception_v3"), "networkError")


def test_closing_ends_a_measurement(qtbot: QtBot) -> None:
    asked: list[str] = []

    def job(listed: Catalogue) -> Iterator[NetworkSpeed]:
        for i in range(10_000):
            asked.append(str(i))
            yield NetworkSpeed("mobilenet:int8", float(i))

    panel = ModelPanel(catalogue(), measure=job)
    qtbot.addWidget(panel)
    panel.measure_here()
    panel.shut_down()
    so_far = len(asked)
    assert so_far <= 10_000
    qtbot.wait(50)
    assert len(asked) == so_far


def test_a_measured_failure_does_not_unseat_the_network_in_use(panel: ModelPanel) -> None:
    panel._show_speed(NetworkSpeed("mobilenet:int8", None, DAMAGED))
    assert seen(panel, "mobilenet:int8", "networkStatus") == "in use"


def test_a_card_that_cannot_be_read_is_said(panel: ModelPanel) -> None:
    texts = [label.text() for label in find_all(panel, type(panel.report._names))]
    assert "The card odd/card.toml lacks 'title'." in texts
    assert "Mend the card or reinstall Facedesk." in texts


def test_without_any_network_it_says_what_to_do(qtbot: QtBot) -> None:
    panel = ModelPanel(Catalogue(()))
    qtbot.addWidget(panel)
    panel.show()
    texts = [label.text() for label in find_all(panel, type(panel.report._names))]
    assert "No network is installed." in texts
    assert not find(panel, QPushButton, "measureHere").isEnabled()


def test_a_new_folder_with_a_card_appears_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "tiny_net"
    folder.mkdir()
    (folder / "card.toml").write_text(
        """
        kind = "multitask"
        title = "Tiny net"
        description = "Made by a visitor."
        licence = "MIT"
        [[files]]
        precision = "int8"
        path = "tiny.tflite"
        bytes = 123456
        sha256 = "00"
        [tasks.age]
        labels = ["young", "adult", "old"]
        [figures.int8]
        age_accuracy = 0.5
        """,
        encoding="utf-8",
    )
    panel = ModelPanel(Catalogue.read((tmp_path,)))
    qtbot.addWidget(panel)
    panel.show()
    assert seen(panel, "tiny_net:int8", "networkFile") == "int8 · 0.1 MB"
    assert seen(panel, "tiny_net:int8", "networkAccuracy") == "age 50.0 %"


@pytest.mark.parametrize(("width", "height"), [(360, 900), (716, 480), (1800, 1000)])
def test_nothing_is_cut_off_and_everything_can_be_hit(panel: ModelPanel, qtbot: QtBot, width: int, height: int) -> None:
    panel.resize(width, height)
    qtbot.waitUntil(lambda: panel.width() == width)
    content = find(panel, QScrollArea, "modelPanelScroll").widget()
    assert content
    assert content.minimumSizeHint().width() <= width
    for button in find_all(panel, QPushButton):
        assert button.height() >= 44
        assert button.mapTo(panel, button.rect().topRight()).x() < width


def test_screen_readers_hear_the_state(panel: ModelPanel) -> None:
    assert row(panel, "mobilenet:int8").accessibleName().startswith("int8 · 3.5 MB, in use, person")
