from dataclasses import asdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.paths import resources
from engine.settings import Theme
from gui import theme
from gui.theme import DARK, LIGHT, Tokens

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
ICONS = sorted((resources() / "icons").glob("*.svg"))

# Viénot, Brettel and Mollon 1999: what protanopes and deuteranopes see, in linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protan": np.array([[0.1124, 0.8876, 0.0], [0.1124, 0.8876, 0.0], [0.004, -0.004, 1.0]]),
    "deutan": np.array([[0.2927, 0.7073, 0.0], [0.2927, 0.7073, 0.0], [-0.0223, 0.0223, 1.0]]),
}


def linear(colour: str) -> NDArray[np.float64]:
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize("text", ["text", "muted", "accent", "danger", "warning", "good"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_every_text_can_be_read_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_plate", "plate"),
        ("plate_muted", "plate"),
        ("accent", "selected"),
        ("text", "selected"),
        ("text", "hover"),
        ("text", "pressed"),
    ],
)
def test_texts_on_coloured_grounds_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
def test_focus_and_states_stand_out_from_their_ground(tokens: Tokens) -> None:
    assert min(contrast(tokens.focus, ground) for ground in (tokens.window, tokens.surface, tokens.raised)) >= 3
    assert min(contrast(state, tokens.plate) for state in (tokens.known, tokens.unsure, tokens.unknown)) >= 4.5


@pytest.mark.parametrize("blindness", list(BLINDNESS))
def test_states_differ_for_the_colour_blind(blindness: str) -> None:
    seen = [BLINDNESS[blindness] @ linear(colour) for colour in (LIGHT.known, LIGHT.unsure, LIGHT.unknown)]
    assert min(float(np.abs(one - other).max()) for one, other in combinations(seen, 2)) > 0.15


@BOTH
def test_the_style_sheet_knows_all_its_tokens(qapp: QApplication, tokens: Tokens) -> None:
    sheet = theme.style_sheet(tokens, 15)
    assert "$" not in sheet
    assert asdict(tokens)["surface"] in sheet


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_icons_are_drawn_in_the_colour_asked_for(qapp: QApplication, file: Path) -> None:
    image = theme.tinted(file.stem, "#ff0000", 24, 2.0).toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250
    }
    assert colours == {"#ff0000"}


def test_a_choice_is_in_force_at_once(qapp: QApplication) -> None:
    manager = theme.manager()
    choices: tuple[tuple[Theme, Tokens], ...] = (("dark", DARK), ("light", LIGHT))
    for choice, tokens in choices:
        manager.set_choice(choice)
        assert manager.tokens is tokens
        assert tokens.window in qapp.styleSheet()


def test_the_same_choice_again_costs_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    manager = theme.manager()
    manager.set_choice("dark")
    with qtbot.assertNotEmitted(manager.changed):
        manager.set_choice("dark")


def test_a_missing_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        theme.manager().icon("no such icon")
