"""The language of the interface: loads the texts and the way numbers are written."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import resources

LANGUAGES = ("en", "tr")
"""Every language with complete texts; the first one is that of the source."""

_in_force: list[QTranslator] = []


def language_of(choice: str) -> str:
    """The language behind a setting: the chosen one, else the system's when it is complete, else English."""
    if choice in LANGUAGES:
        return choice
    system = (language.partition("-")[0] for language in QLocale.system().uiLanguages())
    return next((language for language in system if language in LANGUAGES), LANGUAGES[0])


def install(app: QCoreApplication, choice: str) -> str:
    """Puts a language in force; widgets made from now on speak it.

    Args:
        app: The application.
        choice: Language code of the settings; empty for the system's.

    Returns:
        The code of the language in force.
    """
    language = language_of(choice)
    for translator in _in_force:
        app.removeTranslator(translator)
    _in_force.clear()
    QLocale.setDefault(QLocale(language))
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt_texts), (f"facedesk_{language}", str(resources() / "translations"))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _in_force.append(translator)
    return language
