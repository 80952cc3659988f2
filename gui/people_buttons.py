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
        backup_wanted: Back everything up.
        restore_wanted: Restore a backup.
    """

    enrol_wanted = Signal()
    list_wanted = Signal()
    heads_wanted = Signal()
    backup_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._enrol = button(self.tr("Enrol somebody"), "enrolSomebody", "primary")
        self._list = button(self.tr("Enrol a list …"), "enrolList")
        self._heads = button(self.tr("Versions …"), "showHeads")
        self._backup = button(self.tr("Back up …"), "backUp")
        self._restore = button(self.tr("Restore …"), "restore")
        self._list.setToolTip(
            self.tr("A CSV file with the columns name, files and, if wanted, id; between files stands ;")
        )
        self._enrol.clicked.connect(self.enrol_wanted)
        self._list.clicked.connect(self.list_wanted)
        self._heads.clicked.connect(self.heads_wanted)
        self._backup.clicked.connect(self.backup_wanted)
        self._restore.clicked.connect(self.restore_wanted)
        self._lay_out()

    def offer(self, people: int, *, is_event: bool) -> None:
        """Offers what can be done with so many people; an event keeps nothing, and so has no backups."""
        self._backup.setEnabled(people > 0)
        for each in (self._backup, self._restore):
            each.setHidden(is_event)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for row in ((self._enrol, self._list), (self._heads, self._backup, self._restore)):
            line = QHBoxLayout()
            for each in row:
                line.addWidget(each)
            layout.addLayout(line)
