"""The settings: every change applies at once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.catalogue import Catalogue
from engine.errors import SettingsError
from engine.settings import Settings
from gui.error_texts import translated
from gui.fields import Choice, Field, section
from gui.numbers import number
from gui.pin_dialog import PinDialog
from gui.reach import SIZES_PX, about_m
from gui.source_field import SourceField
from gui.strictness import Strictness
from gui.touch import button, check_box, named, text_label, touch_scroll

RESOLUTIONS = ((320, 240), (640, 480), (800, 600), (1280, 720), (1920, 1080))
FRAME_RATES = (5, 10, 15, 24, 30, 60)
WIDEST_PX = 760
TWO_COLUMNS_PX = 1000


class SettingsPage(QWidget):
    """Shows the settings and changes them.

    Args:
        settings: What is in force.
        catalogue: The networks that can be chosen.
        cameras: The cameras found, as sources.
        data_folder: Where the program keeps its data.

    Signals:
        settings_changed(Settings): What is in force from now on; always valid.
        source_wanted(str): The user picked what to look at, be it what the settings say already: something else may be
            on show. Comes after `settings_changed`.
        cameras_wanted: The user asks to look for cameras again; answer with `set_cameras`.
    """

    settings_changed = Signal(object)
    source_wanted = Signal(str)
    cameras_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        cameras: Sequence[str] = (),
        data_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._folder = data_folder
        self._fields: dict[str, Field] = {}
        self._make_camera_fields(cameras)
        self._make_recognition_fields(catalogue)
        self._make_program_fields()
        self._lay_out()
        self.show_settings(settings)

    @property
    def settings(self) -> Settings:
        """What is in force."""
        return self._settings

    def _make_camera_fields(self, cameras: Sequence[str]) -> None:
        self._source = SourceField(cameras)
        self._source.chosen.connect(self._pick_source)
        self._source.refused.connect(lambda sentence: self._fields["source"].set_error(sentence))
        self._fields["source"] = Field(self.tr("Look at"), self._source, below=self._source.keyboard)
        self._look_again = button(self.tr("Look for cameras again"), "lookForCameras")
        self._look_again.clicked.connect(self.cameras_wanted)
        self._size = Choice("resolution")
        self._size.chosen.connect(self._change_size)
        self._fields["width"] = Field(self.tr("Resolution"), self._size)
        self._rate = Choice("cameraFps")
        self._rate.chosen.connect(lambda fps: self._change(camera_fps=fps))
        self._fields["camera_fps"] = Field(
            self.tr("Frames per second"), self._rate, self.tr("Asked of a camera; it may give the nearest that it has.")
        )
        self._mirrored = check_box(self.tr("Show a camera's picture as in a mirror"), "mirrored")
        self._mirrored.clicked.connect(lambda on: self._change(mirrored=on))

    def _make_recognition_fields(self, catalogue: Catalogue) -> None:
        keys = [(card.key(file), f"{card.title} · {file.precision}") for card in catalogue.cards for file in card.files]
        self._network = Choice("network", keys)
        self._network.chosen.connect(lambda key: self._change(network=key))
        self._fields["network"] = Field(self.tr("Network"), self._network)
        self._face = Choice("minFacePx")
        self._face.chosen.connect(lambda size: self._change(min_face_px=size))
        self._fields["min_face_px"] = Field(
            self.tr("Find faces"), self._face, self.tr("The farther it looks, the more work each picture is.")
        )
        self.strictness = Strictness()
        self.strictness.chosen.connect(lambda fpir: self._change(fpir=fpir))
        self._attributes = check_box(self.tr("Show age group and ethnicity"), "attributes")
        self._attributes.clicked.connect(lambda on: self._change(attributes=on))
        self._law = text_label(role="hint", name="attributesLaw")

    def _make_program_fields(self) -> None:
        purposes = (
            ("attendance", self.tr("Attendance desk")),
            ("try", self.tr("Trying it out")),
            ("event", self.tr("Event demo")),
        )
        self._purpose = Choice("purpose", purposes)
        self._purpose.chosen.connect(lambda purpose: self._change(purpose=purpose))
        self._fields["purpose"] = Field(self.tr("Used for"), self._purpose)
        themes = (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self._theme = Choice("theme", themes)
        self._theme.chosen.connect(lambda theme: self._change(theme=theme))
        languages = (("", self.tr("As the system")), ("en", "English"), ("tr", "Türkçe"))
        self._language = Choice("language", languages)
        self._language.chosen.connect(lambda language: self._change(language=language))
        self._make_pin_field()

    def _make_pin_field(self) -> None:
        self._pin = named(QWidget(), "kioskPin")
        self._set_pin = button("", "setPin")
        self._set_pin.clicked.connect(lambda: self._ask_pin(remove=False))
        self._remove_pin = button(self.tr("Remove"), "removePin", "danger")
        self._remove_pin.clicked.connect(lambda: self._ask_pin(remove=True))
        row = QHBoxLayout(self._pin)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._set_pin, 1)
        row.addWidget(self._remove_pin)
        self._fields["kiosk_pin"] = Field(self.tr("Kiosk PIN"), self._pin)

    def _folder_fields(self) -> list[QWidget]:
        path = named(QLabel(str(self._folder)), "dataFolder")
        path.setWordWrap(True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = button(self.tr("Open"), "openDataFolder")
        show.clicked.connect(self._open_folder)
        copy = button(self.tr("Copy path"), "copyDataFolder")
        copy.clicked.connect(self._copy_folder)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (show, copy):
            row.addWidget(each)
        row.addStretch(1)
        return [
            path,
            text_label(self.tr("Everything that Facedesk keeps lies here, on this machine."), "hint"),
            buttons,
        ]

    def _lay_out(self) -> None:
        content = named(QWidget(), "settingsContent")
        content.setMaximumWidth(2 * WIDEST_PX)
        page = QVBoxLayout(content)
        page.addWidget(text_label(self.tr("Settings"), "title"))
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        page.addLayout(self._columns)
        page.addStretch(1)
        fields = self._fields
        camera = (fields["source"], self._look_again, fields["width"], fields["camera_fps"], self._mirrored)
        recognition = (fields["network"], self.strictness, fields["min_face_px"], self._attributes, self._law)
        theme, language = Field(self.tr("Appearance"), self._theme), Field(self.tr("Language"), self._language)
        program = (fields["purpose"], theme, language, fields["kiosk_pin"])
        self._add_column(section(self.tr("Picture"), camera), section(self.tr("Recognition"), recognition))
        others = [section(self.tr("Program"), program)]
        if self._folder is not None:
            others.append(section(self.tr("Data folder"), self._folder_fields()))
        self._add_column(*others)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(touch_scroll(content, "settingsScroll"))

    def _add_column(self, *sections: QWidget) -> None:
        column = QVBoxLayout()
        for each in sections:
            column.addWidget(each)
        column.addStretch(1)
        self._columns.addLayout(column, 1)

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Lists the cameras that were found."""
        self._source.set_cameras(cameras)

    def show_settings(self, settings: Settings) -> None:
        """Shows settings that were changed elsewhere; emits nothing."""
        self._settings = settings
        self._source.show_source(settings.source)
        size = (settings.width, settings.height)
        self._size.set_values([(_size_text(each), _size_text(each)) for each in sorted({*RESOLUTIONS, size})])
        self._size.select(_size_text(size))
        rates = sorted({*FRAME_RATES, settings.camera_fps})
        self._rate.set_values([(rate, str(rate)) for rate in rates])
        self._rate.select(settings.camera_fps)
        self._mirrored.setChecked(settings.mirrored)
        self._network.select(settings.network)
        self.strictness.select(settings.fpir)
        self._show_face_sizes(settings)
        self._purpose.select(settings.purpose)
        self._theme.select(settings.theme)
        self._language.select(settings.language)
        self._show_attributes(settings)
        self._show_pin(settings)

    def _show_face_sizes(self, settings: Settings) -> None:
        text = self.tr("up to about {metres} m away ({pixels} px)")
        sizes = sorted({*SIZES_PX, settings.min_face_px})
        texts = [(px, text.format(metres=number(*about_m(px, settings.width)), pixels=px)) for px in sizes]
        self._face.set_values(texts)
        self._face.select(settings.min_face_px)

    def _show_attributes(self, settings: Settings) -> None:
        at_work = settings.purpose == "attendance"
        self._attributes.setEnabled(not at_work)
        self._attributes.setChecked(settings.shows_attributes)
        law = self.tr(
            "A guess for demonstrations and research, shown and never stored. In the EU, sorting people by "
            "ethnicity from their faces is forbidden or restricted (AI Act, Article 5(1)(g))."
        )
        desk = self.tr("Always off at an attendance desk: the EU's AI Act, Article 5(1)(g), stands against it.")
        self._law.setText(desk if at_work else law)

    def _show_pin(self, settings: Settings) -> None:
        has_pin = bool(settings.kiosk_pin)
        self._set_pin.setText(self.tr("Change PIN …") if has_pin else self.tr("Set a PIN …"))
        self._remove_pin.setVisible(has_pin)
        with_pin = self.tr("Leaving the full screen of the kiosk asks for this PIN.")
        without = self.tr("Without a PIN, a finger held for 5 seconds in the top right corner leaves the kiosk.")
        self._fields["kiosk_pin"].set_hint(with_pin if has_pin else without)

    def _pick_source(self, source: str) -> None:
        self._change(source=source)
        self.source_wanted.emit(source)

    def _change_size(self, size: object) -> None:
        width, _, height = str(size).partition(" x ")
        self._change(width=int(width), height=int(height))

    def _change(self, **values: object) -> None:
        """Takes over a change when it is valid, else says under its field why not."""
        field = self._fields.get(next(iter(values)))
        try:
            changed = replace(self._settings, **values)  # type: ignore[arg-type]
        except SettingsError as error:
            shown = translated(error)
            if field is not None:
                field.set_error(f"{shown.what} {shown.remedy}")
            return
        if field is not None:
            field.set_error("")
        if changed != self._settings:
            self.show_settings(changed)
            self.settings_changed.emit(changed)

    def _ask_pin(self, *, remove: bool) -> None:
        dialog = PinDialog(self._settings.kiosk_pin, self.window(), remove=remove)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._change(kiosk_pin=dialog.kept)

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))
        sender = self.sender()
        if isinstance(sender, QPushButton):
            sender.setText(self.tr("Copied"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them."""
        super().resizeEvent(event)
        wide = event.size().width() >= TWO_COLUMNS_PX
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def _size_text(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"
