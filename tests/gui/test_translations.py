import ast
import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from engine.errors import ModelError
from engine.paths import PROGRAM_ROOT, resources
from engine.store import SENTENCES
from gui import translations
from gui.enrol_texts import refusal_text
from gui.error_templates import REASONS, TEMPLATES
from gui.error_texts import translated, translated_sentence
from gui.labels import label, source_label, stage_label
from gui.numbers import ms_text, percent
from gui.parts import parts
from tests.gui.engine_sentences import engine_sentences

FOLDER = resources() / "translations"
SAID_IN_THE_WINDOW = (
    "engine/backup.py",
    "engine/catalogue.py",
    "engine/enrol_files.py",
    "engine/enrol_list.py",
    "engine/litert.py",
    "engine/mtcnn.py",
    "engine/multitask.py",
    "engine/settings.py",
    "engine/store.py",
    "engine/sources/",
    "gui/",
)
"""Modules whose sentences the window shows; a page that shows another module's adds it here."""


@pytest.fixture(scope="module")
def update() -> ModuleType:
    spec = spec_from_file_location("update", FOLDER / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def turkish(qapp: QApplication) -> Iterator[None]:
    translations.install(qapp, "tr")
    yield
    translations.install(qapp, "en")


def messages(ts: Path) -> dict[tuple[str, str], list[str]]:
    """Context and source of each message, with its finished translations (one per plural form)."""
    found: dict[tuple[str, str], list[str]] = {}
    for context in ElementTree.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            finished = translation.get("type") is None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = [form for form in forms if form] if finished else []
    return found


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_text_of_the_window_is_translated(update: ModuleType, tmp_path: Path, language: str) -> None:
    ts = tmp_path / f"facedesk_{language}.ts"
    ts.write_bytes((FOLDER / ts.name).read_bytes())
    update.extract(ts)
    missing = [f"{context}: {source}" for (context, source), forms in messages(ts).items() if not forms]
    assert not missing, f"run resources/translations/update.py, then translate in {ts.name}"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_packed_texts_are_those_of_the_source(update: ModuleType, tmp_path: Path, language: str) -> None:
    qm = tmp_path / "packed.qm"
    update.pack(FOLDER / f"facedesk_{language}.ts", qm)
    assert qm.read_bytes() == (FOLDER / f"facedesk_{language}.qm").read_bytes(), "run resources/translations/update.py"


def test_translations_keep_their_fillings() -> None:
    for (context, source), forms in messages(FOLDER / "facedesk_tr.ts").items():
        for form in forms:
            assert sorted(re.findall(r"\{\w+\}", form)) == sorted(re.findall(r"\{\w+\}", source)), (context, source)
            assert ("%n" in form) == ("%n" in source), (context, source)
            assert form.endswith(("…", ".")) == source.endswith(("…", ".")), (context, source, form)


def test_no_text_escapes_the_extraction() -> None:
    """A helper around tr() hides its texts from lupdate."""
    for path in sorted((PROGRAM_ROOT / "gui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
                if name.strip("_") == "tr" and call.args:
                    literal = isinstance(call.args[0], ast.Constant)
                    assert name == "tr", f"{path.name}:{call.lineno} calls {name}()"
                    assert literal, f"{path.name}:{call.lineno} translates what is not a literal"


def test_every_sentence_that_the_window_shows_has_a_template() -> None:
    known = {*TEMPLATES, *REASONS}
    missing = [
        f"{path}: {sentence}"
        for sentence, path in engine_sentences().items()
        if path.startswith(SAID_IN_THE_WINDOW) and sentence not in known and not re.fullmatch(r"\{0\}", sentence)
    ]
    missing += [sentence for told in SENTENCES.values() for sentence in told if sentence not in TEMPLATES]
    assert not missing, "add these to gui/error_templates.py"


def test_an_error_speaks_turkish_with_its_fillings(turkish: None) -> None:
    error = translated(ModelError("There is no network named 'tiny'.", "Choose one of: mobilenet, inception_v3."))
    assert isinstance(error, ModelError)
    assert error.what == "'tiny' adında bir ağ yok."  # noqa: RUF001
    assert error.remedy == "Şunlardan birini seçin: mobilenet, inception_v3."


def test_an_error_of_a_camera_names_it_in_turkish(turkish: None) -> None:
    assert translated_sentence("Camera 0 does not answer.") == "Kamera 0 yanıt vermiyor."  # noqa: RUF001
    assert translated_sentence("old.mkv does not answer.") == "old.mkv yanıt vermiyor."  # noqa: RUF001


def test_a_refused_picture_speaks_turkish_to_the_end(turkish: None) -> None:
    reason = "The picture ada.jpg cannot be read: Input/output error. Check the file and its permissions."
    assert refusal_text(reason) == "ada.jpg resmi okunamıyor: Okuma/yazma hatası. Dosyayı ve izinlerini denetleyin."  # noqa: RUF001
    assert refusal_text("blurred") == "bulanık"  # noqa: RUF001
    assert refusal_text("The moon is too bright. Wait.") == "The moon is too bright. Wait."


def test_what_the_system_says_of_a_file_is_translated(turkish: None) -> None:
    for code in (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.EIO, errno.ENOSPC):
        reason = os.strerror(code)
        said = translated_sentence(f"The picture ada.jpg cannot be read: {reason}.")
        assert said.startswith("ada.jpg resmi okunamıyor: ")  # noqa: RUF001
        assert reason not in said
    assert "No such device" in translated_sentence("The picture ada.jpg cannot be read: No such device.")


def test_the_licences_of_parts_speak_turkish_beside_their_names(turkish: None) -> None:
    licences = {part.name: part.licence for part in parts()}
    assert licences["OpenCV"] == "Apache-2.0; paketleriyle FFmpeg de gelir, LGPL-2.1"
    assert licences["MTCNN"].startswith("ağırlıklar: MIT, ")  # noqa: RUF001
    assert licences["NumPy"] == "BSD-3-Clause"


def test_a_sentence_without_a_template_stays_as_it_is(turkish: None) -> None:
    assert translated_sentence("The moon is too bright.") == "The moon is too bright."


def test_terms_of_the_engine_speak_turkish(turkish: None) -> None:
    assert [label(term) for term in ("young", "adult", "old")] == ["genç", "yetişkin", "yaşlı"]  # noqa: RUF001
    assert label("unknown") == "bilinmiyor"
    assert label("hat") == "hat", "a new network's own term stays as it is"
    assert stage_label("detect") == "Yüz bul"
    assert source_label("Camera 2") == "Kamera 2"
    assert source_label("Demo clip") == "Tanıtım klibi"  # noqa: RUF001
    assert source_label("lobby.mkv") == "lobby.mkv"


def test_numbers_are_written_the_users_way(turkish: None) -> None:
    assert ms_text(3.21) == "3,2"
    assert percent(0.987) == "%98,7"


def test_english_has_its_plurals(english: None) -> None:
    assert percent(0.987) == "98.7 %"
    assert QLocale().language() == QLocale.Language.English


def test_an_unknown_language_falls_back_to_a_complete_one() -> None:
    assert translations.language_of("tlh") in translations.LANGUAGES
    assert translations.language_of("tr") == "tr"


def test_qts_own_buttons_speak_turkish_too(qapp: QApplication, turkish: None) -> None:
    assert qapp.translate("QPlatformTheme", "Cancel") == "İptal"


def test_the_update_script_runs_by_itself() -> None:
    compiled = subprocess.run(
        [sys.executable, "-m", "py_compile", str(FOLDER / "update.py")], check=False, capture_output=True
    )
    assert compiled.returncode == 0
