"""Choose what to look at: a camera, a file, a folder, a stream, or the demo clip."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.fields import Choice
from gui.keyboard import TouchKeyboard
from gui.labels import source_label
from gui.touch import TARGET_PX, KeyboardOnTap, button, named

FILE, FOLDER, STREAM = "ask:file", "ask:folder", "ask:stream"
STREAM_STARTS = ("rtsp://", "rtsps://", "http://", "https://")
PICTURES = "*.mp4 *.mkv *.avi *.mov *.webm *.gif *.jpg *.jpeg *.png *.bmp"


class SourceField(QWidget):
    """A list of what can be looked at; a stream's address is typed below it.

    Args:
        cameras: The cameras found, as sources: "camera:0", "picamera".

    Attributes:
        keyboard: What the address is typed on by finger, hidden otherwise; for its owner to place, where it is wide.

    Signals:
        chosen(str): The source that the user picked.
        refused(str): What was typed is no address of a stream; a sentence.
    """

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, cameras: Sequence[str]) -> None:
        super().__init__()
        named(self, "source")
        self._cameras = tuple(cameras)
        self._source = ""
        self._list = Choice("sourceList")
        self._list.chosen.connect(self._pick)
        self._address = named(QLineEdit(), "streamAddress")
        self._address.setPlaceholderText("rtsp://…")
        self._address.setMinimumHeight(TARGET_PX)
        self._address.returnPressed.connect(self._use_address)
        self._address.setInputMethodHints(
            Qt.InputMethodHint.ImhUrlCharactersOnly | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._use = button(self.tr("Use"), "useStream")
        self._use.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._use.clicked.connect(self._use_address)
        self.keyboard = TouchKeyboard("en")  # the letters of addresses
        self.keyboard.attach(self._address)
        self._typing = KeyboardOnTap(self._address, self.keyboard)
        self._stream = QWidget()
        self._stream.setFocusProxy(self._address)  # an address that is refused is typed on
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._stream)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._address, 1)
        row.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        layout.addWidget(self._stream)
        self._stream.hide()

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Lists other cameras."""
        self._cameras = tuple(cameras)
        self._fill()

    def show_source(self, source: str) -> None:
        """Shows what is looked at."""
        self._source = source
        self._stream.setVisible(source.startswith(STREAM_STARTS))
        if source.startswith(STREAM_STARTS):
            self._address.setText(source)
        self._fill()

    def _fill(self) -> None:
        known = [*self._cameras, "demo"]
        if self._source and self._source not in known:
            known.insert(0, self._source)
        asking = [
            (FILE, self.tr("Video or picture file …")),
            (FOLDER, self.tr("Folder of pictures …")),
            (STREAM, self.tr("Network stream …")),
        ]
        self._list.set_values([*((source, self.title(source)) for source in known), *asking])
        self._list.select(self._source)

    def title(self, source: str) -> str:
        """What a source is called."""
        kind, _, number = source.partition(":")
        if kind == "camera" and number.isdigit():
            return source_label(f"Camera {number}")
        if source == "picamera":
            return source_label("Raspberry Pi camera")
        if source == "demo":
            return self.tr("Demo clip (needs no camera)")
        return source if source.startswith(STREAM_STARTS) else Path(source).name or source

    def _pick(self, choice: object) -> None:
        if choice == STREAM:
            self._stream.show()
            self._address.setFocus()
            self._typing.show()
            return
        picked = self._ask(choice) if choice in (FILE, FOLDER) else str(choice)
        if picked:
            self._take(picked)
        else:
            self._list.select(self._source)

    def _ask(self, choice: object) -> str:
        if choice == FOLDER:
            return QFileDialog.getExistingDirectory(self, self.tr("Folder of pictures"))
        kinds = self.tr("Videos and pictures ({kinds})").format(kinds=PICTURES)
        return QFileDialog.getOpenFileName(self, self.tr("Video or picture file"), "", kinds)[0]

    def _use_address(self) -> None:
        address = self._address.text().strip()
        if address.startswith(STREAM_STARTS) and len(address.partition("://")[2]) > 0:
            self._take(address)
        else:
            self.refused.emit(self.tr("An address starts with rtsp:// or http://."))

    def _take(self, source: str) -> None:
        self._typing.hide()
        self.show_source(source)
        self.chosen.emit(source)
