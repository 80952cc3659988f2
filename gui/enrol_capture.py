"""Third step: pictures, from the camera or from photographs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QListWidget, QProgressBar, QVBoxLayout, QWidget

from engine.errors import UserError
from engine.types import Frame
from gui.capture_view import CaptureView
from gui.enrol_step import Step
from gui.enrol_texts import guidance_text, refusal_text
from gui.error_texts import translated
from gui.touch import button, named, text_label, touch_list

if TYPE_CHECKING:
    from engine.capture_guide import Guidance
    from engine.enrol_files import FileReport

SIDE_PX = 280
PICTURES = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.heic *.heif"
MOST_LISTED = 500
PATIENCE_MS = 20_000
ENOUGH = 3
"""With so many pictures one can go on when the guide would wait for more."""


class CaptureStep(Step):
    """Guides the person in front of the camera; takes photographs and folders instead.

    Signals:
        choosing: Whether photographs are being chosen; the camera waits meanwhile.
        files_chosen: Paths of photographs and folders.
        camera_wanted: Take pictures with the camera again.
    """

    choosing = Signal(bool)
    files_chosen = Signal(object)
    camera_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("stepCapture", self.tr("Pictures"))
        self.view = CaptureView()
        self._sentence = text_label(role="subtitle", name="captureSentence")
        self._progress = named(QProgressBar(), "captureProgress")
        self._count = QLabel()
        self._enough = text_label(self.tr("These pictures will do: tap Next to go on."), "hint", "captureEnough")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._offer_next)
        self._refused = touch_list(named(QListWidget(), "refusedFiles"))
        self._photos = button(self.tr("Photos …"), "choosePhotographs")
        self._folder = button(self.tr("Folder …"), "chooseFolder")
        self._camera = button(self.tr("Use the camera"), "useCamera")
        self._taken = self._refusals = 0
        self._from_files = False
        self._trouble: UserError | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.restart()

    @property
    def from_files(self) -> bool:
        """Whether photographs are taken instead of the camera's pictures."""
        return self._from_files

    @property
    def trouble(self) -> UserError | None:
        """What ails the camera: what is seen meanwhile is not the person in front of it."""
        return self._trouble

    def restart(self) -> None:
        """Begins anew, with the camera."""
        self._taken, self._from_files = 0, False
        self._forget_refused()
        self._camera.hide()
        self._enough.hide()
        self._patience.start()
        self._say_where_to_look()
        self.view.show()
        self.view.set_guide("front", 0.0, good=False)
        self._show_count(0.0)

    def first_focus(self) -> QWidget:
        """Nobody: Enter goes on as soon as there are pictures."""
        return self

    def set_frame(self, frame: Frame, *, mirrored: bool) -> None:
        """Shows a picture of the camera."""
        self.view.set_frame(frame, mirrored=mirrored)

    def set_guidance(self, guidance: Guidance) -> None:
        """Shows what the guide says of a picture."""
        self._taken += guidance.accepted is not None
        wanted = guidance.wanted.value if guidance.wanted else ""
        if self._trouble is None:
            self._sentence.setText(guidance_text(guidance.sentence))
        self.view.set_guide(wanted, guidance.progress, good=guidance.hint is None)
        self._show_count(guidance.progress)

    def _offer_next(self) -> None:
        """Somebody who cannot give every pose is not kept waiting."""
        self._enough.setVisible(self._taken >= ENOUGH and not self._from_files)

    def set_trouble(self, error: UserError | None) -> None:
        """Says what ails the camera, until it is told that nothing does."""
        before, self._trouble = self._trouble, error
        if error is not before and not self._from_files:
            self._say_where_to_look()

    def _say_where_to_look(self) -> None:
        text = self.tr("Please look straight into the camera.")
        if self._trouble is not None:
            told = translated(self._trouble)
            text = f"{told.what} {told.remedy}"
        self._sentence.setText(text)

    def begin_files(self) -> None:
        """Shows that photographs are being looked at."""
        if not self._from_files:
            self._taken, self._from_files = 0, True
        self._sentence.setText(self.tr("Looking at the photographs …"))
        self._camera.show()
        self._progress.setRange(0, 0)
        self.set_ready(False)

    def add_report(self, report: FileReport) -> None:
        """Shows what became of one photograph."""
        if not self._from_files:  # the camera was chosen meanwhile
            return
        if report.refusal:
            self._list_refused(report)
        else:
            self._taken += 1
        self._count.setText(self.tr("%n picture(s)", "", self._taken))

    def end_files(self) -> None:
        """All photographs were looked at."""
        if not self._from_files:
            return
        refused = self._refusals
        text = self.tr("None of these photographs can be used.") if not self._taken else self.tr("Photographs taken.")
        if self._taken and refused:
            text = self.tr("%n photograph(s) cannot be used:", "", refused)
        self._sentence.setText(text)
        self._progress.setRange(0, 100)
        self._show_count(1.0 if self._taken else 0.0)

    def _list_refused(self, report: FileReport) -> None:
        """Names a photograph; beyond the most that are named, the last row counts the others."""
        self._refusals += 1
        more = self._refusals - MOST_LISTED
        name = f"{report.name}: " if report.name else ""
        row = self.tr("… and %n more", "", more) if more > 0 else f"{name}{refusal_text(report.refusal)}"
        if more > 1:
            self._refused.item(MOST_LISTED).setText(row)
        else:
            self._refused.addItem(row)
        self._refused.show()

    def _forget_refused(self) -> None:
        self._refusals = 0
        self._refused.clear()
        self._refused.hide()

    def _show_count(self, progress: float) -> None:
        self._progress.setRange(0, 100)
        self._progress.setValue(round(progress * 100))
        self._count.setText(self.tr("%n picture(s)", "", self._taken))
        self.set_ready(self._taken > 0)

    def _choose_photographs(self) -> None:
        self.choosing.emit(True)
        files, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Photographs of one person"), "", self.tr("Pictures") + f" ({PICTURES})"
        )
        self._offer([Path(file) for file in files])
        self.choosing.emit(False)

    def _choose_folder(self) -> None:
        self.choosing.emit(True)
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with photographs of one person"))
        self._offer([Path(folder)] if folder else [])
        self.choosing.emit(False)

    def _offer(self, paths: list[Path]) -> None:
        if paths:
            self.files_chosen.emit(paths)

    def _build(self) -> None:
        self._count.setProperty("role", "hint")
        self._progress.setTextVisible(False)
        self._refused.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._refused.setWordWrap(True)
        self._photos.clicked.connect(self._choose_photographs)
        self._folder.clicked.connect(self._choose_folder)
        self._camera.clicked.connect(self.camera_wanted)
        self.view.setToolTip(self.tr("Photographs can be dropped here."))
        side = named(QFrame(), role="card")
        side.setFixedWidth(SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for widget in (self._sentence, self._progress, self._count, self._enough):
            column.addWidget(widget)
        column.addWidget(self._refused, 1)
        column.addStretch(1)
        column.addWidget(text_label(self.tr("Or instead of the camera:"), "hint"))
        for choice in (self._camera, self._photos, self._folder):
            column.addWidget(choice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.view, 1)
        layout.addWidget(side)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes photographs and folders."""
        self._offer([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
