"""The live page: the picture, what the source is doing, a status strip, and room for a side panel."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.types import Frame, FrameResult
from gui import theme
from gui.camera_view import CameraView
from gui.capture import SourcePhase, SourceState
from gui.labels import source_label
from gui.status_strip import StatusStrip
from gui.view_notice import NoticeText, ViewNotice, notice_text

PANEL_PX = 380
TELL_EVERY_MS = 1000
_MIDDLE, _BOTTOM = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom


class CameraPage(QWidget):
    """The live page.

    Signals:
        retry_wanted: Open the source again, or play it again.
        panel_toggled: The side panel was switched on or off by its button.
    """

    retry_wanted = Signal()
    panel_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = CameraView()
        self.notice = ViewNotice()
        self.status = StatusStrip()
        self._over = QVBoxLayout(self.view)
        self._side = QFrame()
        self._side_layout = QVBoxLayout(self._side)
        self._mirror_wanted = True
        self._state: SourceState | None = None
        self._telling = QTimer(self)
        self._telling.setInterval(TELL_EVERY_MS)
        self._telling.timeout.connect(self._tell_who_is_there)
        self._telling.start()
        self._build()

    def set_state(self, state: SourceState) -> None:
        """Shows how it stands with the source."""
        if state.phase is SourcePhase.OPENING and (self._state is None or state.source != self._state.source):
            self.view.clear()
        self._state = state
        self.view.set_dimmed(state.phase is not SourcePhase.PLAYING and not self._shows_end(state))
        self._show_notice(notice_text(state))
        self.status.set_source(source_label(state.name))
        self._mirror()

    def set_frame(self, frame: Frame) -> None:
        """Shows a frame."""
        self.status.pictures.add()
        self.view.set_frame(frame)

    def set_result(self, result: FrameResult) -> None:
        """Shows a result."""
        self.status.answers.add()
        self.status.set_faces(len(result.faces))
        self.view.set_result(result)

    def set_mirrored(self, wanted: bool) -> None:
        """Shows the pictures of cameras of this machine as in a mirror."""
        self._mirror_wanted = wanted
        self._mirror()

    def set_attributes(self, shown: bool) -> None:
        """Shows age group and ethnicity, and says so."""
        self.view.set_attributes(shown)
        self.status.set_attributes(shown)

    def set_network(self, title: str) -> None:
        """Names the network that answers."""
        self.status.set_network(title)

    def show_side(self, shown: bool) -> None:
        """Keeps room beside the picture, or gives it back."""
        self._side.setVisible(shown)

    def put_beside(self, panel: QWidget) -> None:
        """Puts a widget beside the picture."""
        if panel.parentWidget() is not self._side:
            self._side_layout.addWidget(panel)
            panel.show()

    def _tell_who_is_there(self) -> None:
        """Lets a screen reader say what the plates show."""
        labels = ", ".join(self.view.labels()) or self.tr("Nobody is in view.")
        if labels != self.view.accessibleDescription():
            self.view.setAccessibleDescription(labels)

    def _show_notice(self, text: NoticeText | None) -> None:
        low = text is not None and text.aside
        self._over.setAlignment(self.notice, Qt.AlignmentFlag.AlignHCenter | (_BOTTOM if low else _MIDDLE))
        self.notice.show_text(text)

    def _shows_end(self, state: SourceState) -> bool:
        """Whether the last picture stays as it is, with its boxes: a single photograph is at its end at once."""
        return state.phase is SourcePhase.ENDED

    def _mirror(self) -> None:
        self.view.set_mirrored(self._mirror_wanted and self._state is not None and self._state.is_camera)

    def _build(self) -> None:
        theme.tag(self, "page")
        theme.tag(self._side, "panel")
        self._side.setFixedWidth(PANEL_PX)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side.hide()
        self._over.addWidget(self.notice, 0, Qt.AlignmentFlag.AlignCenter)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.view, 1)
        left.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self._side)
        self.notice.acted.connect(self.retry_wanted)
        self.status.panel_toggled.connect(self.panel_toggled)
