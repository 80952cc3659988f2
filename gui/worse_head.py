"""What was trained in the background and is worse: the old head stays, unless an operator wants the new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.error_texts import translated
from gui.messages import Messages

if TYPE_CHECKING:
    from engine.errors import WorseHeadError
    from gui.people_desk import PeopleDesk


class WorseHead(QObject):
    """Says in the banner why the old head stays.

    Args:
        people: Trains in the background.
        messages: The banner.
        may_insist: Whether whoever stands before the window may use the worse head.
    """

    def __init__(self, people: PeopleDesk, messages: Messages, may_insist: Callable[[], bool]) -> None:
        super().__init__(messages)
        self._people = people
        self._messages = messages
        self._may_insist = may_insist
        self._note = 0
        self._key = ""
        people.worse_head.connect(self._tell)
        people.changed.connect(self._withdraw)

    def _tell(self, error: WorseHeadError, key: str) -> None:
        self._withdraw()
        self._key = key
        remedy = self.tr("Look for mixed-up names and pictures on the page People.")
        use = self.tr("Use it all the same") if self._may_insist() else ""
        self._note = self._messages.show_note(f"{translated(error).what} {remedy}", use, self._insist)

    def _withdraw(self) -> None:
        """What was compared is not what is kept any more."""
        self._messages.withdraw(self._note)

    def _insist(self) -> None:
        if self._people.key == self._key:  # else another network was taken meanwhile, of which nothing was said
            self._people.retrain(accept_worse=True)
