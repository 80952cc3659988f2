"""What was said of one person in the live picture, and taking the last of it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.correction_jobs import taken_back
from gui.jobs import Job
from gui.people_desk import PeopleDesk
from gui.people_jobs import PersonDetail
from gui.touch import button, text_label


class PersonCorrections(QWidget):
    """How many corrections there are, and a button that takes back the newest. Hidden as long as there is none.

    Args:
        people: Does the work in the background.
    """

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__()
        self._people = people
        self._detail: PersonDetail | None = None
        self._job: Job | None = None
        self._count = text_label(name="personCorrections")
        self._take_back = button(self.tr("Take the last one back"), "takeBack")
        self._take_back.clicked.connect(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._count, self._take_back):
            column.addWidget(widget)
        self.hide()

    def show_detail(self, shown: PersonDetail) -> None:
        """Shows the corrections of a person."""
        self._detail = shown
        self._count.setText(self.tr("%n correction(s) from the live picture", "", len(shown.corrections)))
        self._take_back.setVisible(_leaves_a_picture(shown))
        self.setVisible(bool(shown.corrections))

    def _start(self) -> None:
        if self._detail is None or self._job is not None:
            return
        people, person_id, number = self._people, self._detail.record.person_id, self._detail.corrections[-1]
        self._job = job = people.ask(taken_back, number, person_id, people.key, people.settings.fpir, where="back")
        self._take_back.setEnabled(False)
        job.done.connect(people.people_changed)
        job.ended.connect(self._end)

    def _end(self) -> None:
        self._job = None
        self._take_back.setEnabled(True)


def _leaves_a_picture(shown: PersonDetail) -> bool:
    """Whether something is left to know the person by once the last correction is taken back."""
    return any(number not in shown.corrections[-1:] for number, _ in shown.crops)
