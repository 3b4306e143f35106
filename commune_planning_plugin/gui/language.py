"""The interface's language: English in the source, Vietnamese in ``i18n``; asked at call time, never at import."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

FOLDER = Path(__file__).parents[1] / "i18n"


def translate(context: str, text: str, disambiguation: Optional[str] = None, n: int = -1) -> str:
    """``text`` in the language of the installed translation; ``%n`` becomes ``n`` with the right plural."""
    return QCoreApplication.translate(context, text, disambiguation, n)


def interface_language() -> str:
    """``vi`` or ``en``: the language that texts appear in now, as the installed translation itself says."""
    return translate("Common", "en", "language code of this translation")


def interface_locale() -> QLocale:
    """For numbers and dates, in step with the texts."""
    return QLocale("vi_VN") if interface_language() == "vi" else QLocale("en_GB")


def install_translation(locale_name: str, folder: Path = FOLDER) -> Optional[QTranslator]:
    """Install the translation for QGIS's ``locale_name`` (``vi``, ``vi_VN`` …; English for any that we don't have).

    Keep the result as long as the plugin lives, and give it to `remove_translation`. None where no file was built.
    """
    translator = QTranslator()
    wanted = "vi" if locale_name.lower().startswith("vi") else "en"
    if not translator.load(str(folder / f"commune_planning_{wanted}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def remove_translation(translator: Optional[QTranslator]) -> None:
    """Undo `install_translation`."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
