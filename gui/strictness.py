"""How strict recognition is: one slider, in words and in rates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from gui.numbers import number
from gui.touch import TARGET_PX, named, text_label

if TYPE_CHECKING:
    from engine.person_head import PersonHead

FPIRS = (0.02, 0.01, 0.003, 0.001, 0.0001, 0.00001)
"""From lenient to strict: share of strangers that may be taken for somebody."""


class Strictness(QWidget):
    """The slider and what its place means.

    Signals:
        chosen: The share of strangers that may be taken for somebody.
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        named(self, "strictness")
        self._head: PersonHead | None = None
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "strictnessSlider")
        self._slider.setRange(0, len(FPIRS) - 1)
        self._slider.setPageStep(1)
        self._slider.setMinimumHeight(TARGET_PX)
        self._slider.setAccessibleName(self.tr("How strict"))
        self._word = text_label(role="subtitle", name="strictnessWord")
        self._rates = text_label(role="hint", name="strictnessRates")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(2)
        for widget in (self._word, self._slider, self._rates):
            layout.addWidget(widget)
        self._slider.valueChanged.connect(self._moved)
        self.select(FPIRS[3])

    def select(self, fpir: float) -> None:
        """Shows a setting without telling anybody."""
        place = min(range(len(FPIRS)), key=lambda place: abs(FPIRS[place] / fpir - 1.0))
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(place)
        self._slider.blockSignals(blocked)
        self._write()

    def set_head(self, head: PersonHead | None) -> None:
        """Takes the head that the rates are estimated by."""
        self._head = head
        self._write()

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._word.text()} {self._rates.text()}"

    def _moved(self, place: int) -> None:
        self._write()
        self.chosen.emit(FPIRS[place])

    def _write(self) -> None:
        words = (
            self.tr("Very lenient"),
            self.tr("Lenient"),
            self.tr("Rather lenient"),
            self.tr("Balanced"),
            self.tr("Strict"),
            self.tr("Very strict"),
        )
        fpir = FPIRS[self._slider.value()]
        self._word.setText(self.tr("How strict: {word}").format(word=words[self._slider.value()]))
        strangers = self.tr("1 stranger in {count} is taken for somebody.").format(count=number(round(1 / fpir)))
        self._rates.setText(f"{strangers} {self._missed_text(fpir)}".strip())

    def _missed_text(self, fpir: float) -> str:
        rates = self._head.rates(fpir) if self._head is not None else None
        if rates is None or rates.fnir is None:
            return self.tr("How often the enrolled need a second look is estimated once somebody is enrolled.")
        count, missed = rates.samples, rates.fnir * 100
        if missed == 0:  # of n pictures none: with 95 % confidence fewer than 3 / n (the rule of three)
            few = self.tr("Of 100 visits, fewer than {count} need a second look (none of %n picture(s)).", "", count)
            return few.format(count=number(max(1, math.ceil(300 / count))))
        text = self.tr("Of 100 visits, about {count} need a second look (estimated from %n picture(s)).", "", count)
        return text.format(count=number(missed, 0 if missed >= 1 else 1))
