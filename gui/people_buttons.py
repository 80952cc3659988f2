"""What can be done on the people page besides looking at somebody: two rows of buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.touch import button


class PeopleButtons(QWidget):
    """The buttons below the list.

    Signals:
        enrol_wanted: Enrol one person.
        list_wanted: Enrol a list.
        heads_wanted: See what recognition has learnt.
    """

    enrol_wanted = Signal()
    list_wanted = Signal()
    heads_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._enrol = button(self.tr("Enrol somebody"), "enrolSomebody", "primary")
        self._list = button(self.tr("Enrol a list …"), "enrolList")
        self._heads = button(self.tr("Versions …"), "showHeads")
        self._list.setToolTip(
            self.tr("A CSV file with the columns name, files and, if wanted, id; between files stands ;")
        )
        self._enrol.clicked.connect(self.enrol_wanted)
        self._list.clicked.connect(self.list_wanted)
        self._heads.clicked.connect(self.heads_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for row in ((self._enrol, self._list), (self._heads,)):
            line = QHBoxLayout()
            for each in row:
                line.addWidget(each, 1)
            layout.addLayout(line)
