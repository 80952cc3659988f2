"""The engine's error sentences in the user's language.

The engine speaks English and knows no Qt. Each of its sentences stands in gui/error_templates.py; a message is found by
its template, and the translated template gets the same fillings.
"""

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from engine.errors import UserError
from gui.error_templates import TEMPLATES
from gui.isolated import isolated
from gui.labels import source_label


def translated(error: UserError) -> UserError:
    """The same kind of error in the user's language; a sentence without a template stays English."""
    return type(error)(translated_sentence(error.what), translated_sentence(error.remedy))


def translated_sentence(sentence: str) -> str:
    """One sentence in the user's language."""
    for template, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match:
            fillings = (isolated(source_label(filling)) for filling in match.groups())
            return QCoreApplication.translate("Errors", template).format(*fillings)
    return sentence


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Templates as patterns; the ones with the most fixed text first, so that the closest fits."""
    templates = sorted((str(template) for template in TEMPLATES), key=_fixed_length, reverse=True)
    return tuple((template, _pattern(template)) for template in templates)


def _fixed_length(template: str) -> int:
    return len(re.sub(r"\{\d\}", "", template))


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", template)
    return re.compile("(.*?)".join(re.escape(part) for part in parts), re.DOTALL)
