"""Second step: the consent, before any picture is taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QVBoxLayout

from engine.dates import local_today
from gui.enrol_session import Who
from gui.enrol_step import Step
from gui.enrol_texts import CONSENT_VERSION, consent_text, date_text
from gui.fields import Choice, Field
from gui.touch import named, text_label, touch_scroll

if TYPE_CHECKING:
    from engine.people import ConsentText

YEAR_DAYS = 365


class ConsentStep(Step):
    """Shows the text and how long the data are kept; *no* leaves the enrolment without a trace."""

    def __init__(self) -> None:
        super().__init__("stepConsent", self.tr("Do you agree?"))
        self.next_text = self.tr("Yes, I agree")
        self.cancel_text = self.tr("No")
        self.to_be_read = True
        self._name = ""
        self._is_event = False
        self._text = text_label(name="consentText")
        spans = (
            (30, self.tr("30 days")),
            (182, self.tr("half a year")),
            (YEAR_DAYS, self.tr("1 year")),
            (2 * YEAR_DAYS, self.tr("2 years")),
        )
        self._span = Choice("retention", spans)
        self._span.select(YEAR_DAYS)
        self._span.activated.connect(self._write)
        self._until = self._latest_day()
        self._keep = Field(self.tr("Keep the pictures for"), self._span)
        self._build()

    def show_for(self, who: Who, *, is_event: bool) -> None:
        """Writes the text for a person."""
        self._name = who.name
        self._show(is_event=is_event)

    def words(self, until: date, *, is_event: bool) -> str:
        """What is agreed to."""
        return consent_text(self._name, until, is_event=is_event)

    @property
    def text(self) -> str:
        """The text on show."""
        return self._text.text()

    @property
    def consent(self) -> ConsentText:
        """What the person agrees to by going on."""
        from engine.people import ConsentText

        return ConsentText(self.text, CONSENT_VERSION, QLocale().name()[:2], self._until)

    def _latest_day(self) -> date:
        days = 1 if self._is_event else int(str(self._span.value()))
        return local_today() + timedelta(days=days)

    def _show(self, *, is_event: bool) -> None:
        self._is_event = is_event
        self._keep.setVisible(not is_event)
        self._write()

    def _write(self) -> None:
        self._until = self._latest_day()  # what is agreed to is the day that was shown, even after midnight
        self._text.setText(self.words(self._until, is_event=self._is_event))
        self._keep.set_hint(self.tr("Deleted by itself after {date}.").format(date=date_text(self._until)))

    def _build(self) -> None:
        card = named(QFrame(), role="card")
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.addWidget(self._text)
        self._column.addWidget(self._keep)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(touch_scroll(card, "consentScroll"))
