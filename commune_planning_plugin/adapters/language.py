"""Which language the interface speaks: the one QGIS speaks."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator


def locale_name() -> str:
    """QGIS's locale: the one set in its options, else the system's."""
    settings = QgsSettings()
    if settings.value("locale/overrideFlag", False, type=bool):
        return str(settings.value("locale/userLocale", "")) or "en"
    return QLocale.system().name() or "en"


def language() -> str:
    """``vi`` or ``en``."""
    return "vi" if locale_name().startswith("vi") else "en"


def install_translator(folder: Path) -> Optional[QTranslator]:
    """Install the translation of QGIS's locale from ``folder``; None where there is none. The caller keeps it and removes it."""
    file = folder / f"commune_planning_{locale_name()[:2]}.qm"
    translator = QTranslator()
    if not file.exists() or not translator.load(str(file)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def titled(vietnamese: str, english: str) -> str:
    """The text of a catalogue entry in the interface's language; the Vietnamese where there is no English."""
    return english if language() == "en" and english else vietnamese or english
