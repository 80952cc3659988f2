"""What this is, what runs and what is kept, and under which licences."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from engine import __version__
from engine.catalogue import Card, Catalogue
from engine.settings import Settings
from gui.card_texts import card_text
from gui.fields import section
from gui.labels import label
from gui.parts import Part, parts
from gui.touch import named, text_label, touch_scroll

WIDEST_PX = 1520
TWO_COLUMNS_PX = 1000
SPACING_PX = 4


class AboutPage(QWidget):
    """Name and version, the privacy notice, the networks' terms, the licences of all parts.

    Args:
        settings: What is in force: the notice names what runs under it.
        catalogue: The networks, for their terms.
        data_folder: Where the program keeps its data.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        data_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._folder = data_folder
        self._runs = text_label(name="whatRuns")
        self._kept = text_label(name="whatIsKept")
        self._not_done = text_label(self.tr("Nothing is sent anywhere. Emotions are not read."), "hint")
        self._lay_out()
        self.show_settings(settings)

    def _lay_out(self) -> None:
        content = named(QWidget(), "aboutContent")
        content.setMaximumWidth(WIDEST_PX)
        page = QVBoxLayout(content)
        page.addWidget(text_label(f"Facedesk {__version__}", "title", "aboutTitle"))
        what = self.tr("Recognises people live, on this machine alone. Open source under the MIT licence.")
        page.addWidget(text_label(what, "hint"))
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        page.addLayout(self._columns)
        page.addStretch(1)
        kept = (self._runs, self._kept, self._not_done)
        privacy = section(self.tr("What runs and what is kept"), kept, SPACING_PX)
        self._add_column(privacy, section(self.tr("Networks"), self._network_texts(), SPACING_PX))
        licences = [_part_text(part) for part in parts()]
        self._add_column(section(self.tr("Parts and their licences"), licences, SPACING_PX))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(touch_scroll(content, "aboutScroll"))

    def _add_column(self, *cards: QWidget) -> None:
        column = QVBoxLayout()
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self._columns.addLayout(column, 1)

    def _network_texts(self) -> list[QWidget]:
        """Networks under the same licence and terms are named together."""
        alike: dict[tuple[str, str], list[Card]] = {}
        for card in self._catalogue.cards:
            alike.setdefault((card.licence, card.terms), []).append(card)
        texts: list[QWidget] = []
        for (licence, terms), cards in alike.items():
            titles = ", ".join(card.title for card in cards)
            said = card_text(terms) or self.tr("The card states no terms; take it as for research only.")
            texts += [text_label(f"{titles} · {card_text(licence)}"), text_label(said, "hint", "terms")]
        return texts or [text_label(self.tr("No network is installed."), "hint")]

    def show_settings(self, settings: Settings) -> None:
        """Names what runs and what is kept under these settings."""
        network = self._catalogue.title(settings.network)
        runs = [
            self.tr("Finding faces (MTCNN)."),
            self.tr("Comparing each face with the enrolled people ({network}).").format(network=network),
        ]
        if settings.shows_attributes:
            runs.append(self.tr("Guessing {attributes}, for show alone.").format(attributes=self._attributes()))
        else:
            runs.append(self.tr("Age group and ethnicity are not shown."))
        self._runs.setText(" ".join(runs))
        self._kept.setText(self._kept_text(settings))

    def _attributes(self) -> str:
        tasks = {task.name: None for card in self._catalogue.cards for task in card.tasks}
        return ", ".join(label(task) for task in tasks) or label("age")

    def _kept_text(self, settings: Settings) -> str:
        if settings.purpose == "event":
            return self.tr("Nothing is kept: whoever was taught is forgotten when the program closes.")
        folder = str(self._folder) if self._folder is not None else self.tr("the data folder")
        if settings.purpose == "attendance":
            kept = self.tr("Enrolled people are kept, with their consent, in {folder}.")
        else:
            kept = self.tr("Only people whom you enrol are kept, in {folder}.")
        return kept.format(folder=folder) + " " + self.tr("Pictures of passers-by are not kept.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them."""
        super().resizeEvent(event)
        wide = event.size().width() >= TWO_COLUMNS_PX
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def _part_text(part: Part) -> QLabel:
    text = text_label(f"{part.name} {part.version}".strip() + f" · {part.licence}", name=f"part_{part.name}")
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
