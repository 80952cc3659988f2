"""A list's first step: who is on it, and what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gui.enrol_consent import ConsentStep
from gui.enrol_texts import list_consent_text
from gui.isolated import enumerated
from gui.touch import text_label

if TYPE_CHECKING:
    from engine.enrol_files import ListedPerson

MOST_NAMED = 60


class ListConsentStep(ConsentStep):
    """Shows the names and the text; whoever goes on says that all of them have agreed."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("Have they all agreed?")
        self.next_text = self.tr("Yes, they have agreed")
        self.back_text = ""
        self._count = text_label(role="subtitle", name="listCount")
        self._names = text_label(role="hint", name="listNames")
        for place, label in enumerate((self._count, self._names)):
            self._column.insertWidget(place, label)

    def show_list(self, listed: Sequence[ListedPerson], *, is_event: bool) -> None:
        """Writes the text for a list."""
        self._count.setText(self.tr("%n people on the list", "", len(listed)))
        names = enumerated(person.name for person in listed[:MOST_NAMED])
        more = len(listed) - MOST_NAMED
        self._names.setText(names if more <= 0 else self.tr("{names} and %n more", "", more).format(names=names))
        self._show(is_event=is_event)

    def words(self, until: date, *, is_event: bool) -> str:
        """What everybody agreed to."""
        return list_consent_text(until, is_event=is_event)
