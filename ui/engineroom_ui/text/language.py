"""The language of the window: English is in the source, the others are compiled files of ``engineroom_resources``."""

from enum import StrEnum
from importlib import resources

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

SETTING = "language"
"""Where the window's settings keep the choice."""


class Language(StrEnum):
    """What a person may choose; the value of a language is its name for Qt."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"
    CHINESE = "zh_CN"


OWN_NAMES: dict[Language, str] = {
    Language.ENGLISH: "English",
    Language.GERMAN: "Deutsch",
    Language.CHINESE: "简体中文",
}
"""Each language by the name its speakers give it; never translated."""


def chosen(text: str) -> Language:
    """The choice that a settings file holds; what it does not know means the system's."""
    return Language(text) if text in set(Language) else Language.SYSTEM


def resolve(choice: Language, system: QLocale | None = None) -> Language:
    """The language itself: for ``SYSTEM`` the first of the person's languages that there is, else English."""
    if choice is not Language.SYSTEM:
        return choice
    for name in (system or QLocale.system()).uiLanguages():
        locale = QLocale(name)
        if locale.language() is QLocale.Language.German:
            return Language.GERMAN
        if locale.language() is QLocale.Language.English:
            return Language.ENGLISH
        if name != "zh" and _simplified(locale):  # the bare name ends the list of those who read traditional, too
            return Language.CHINESE
    return Language.ENGLISH


def speak(choice: Language) -> tuple[QTranslator, ...]:
    """Make the application speak it; for windows that are made afterwards.

    Returns:
        What was installed: keep it as long as the window lives, and hand it to :func:`be_silent`.
    """
    language = resolve(choice)
    QLocale.setDefault(QLocale(language))
    if language is Language.ENGLISH:
        return ()
    ours = QTranslator()
    qts = QTranslator()
    file = resources.files("engineroom_resources").joinpath("i18n", f"engineroom_{language}.qm")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = ours.load(str(file)), qts.load(f"qtbase_{language}", folder)
    installed = tuple(one for one, there in zip((ours, qts), found, strict=True) if there)
    for translator in reversed(installed):
        QCoreApplication.installTranslator(translator)
    return installed


def be_silent(installed: tuple[QTranslator, ...]) -> None:
    """Take back what :func:`speak` installed."""
    for translator in installed:
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


def _simplified(locale: QLocale) -> bool:
    chinese = locale.language() is QLocale.Language.Chinese
    return chinese and locale.script() is QLocale.Script.SimplifiedHanScript
