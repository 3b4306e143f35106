"""The plugin's settings, each declared once with type and default, under ``plugins/commune_planning`` of QGIS's settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsSettingsEntryBool, QgsSettingsEntryDouble, QgsSettingsEntryString, QgsSettingsTree
from qgis.PyQt.QtCore import QStandardPaths

_NODE = "commune_planning"


@dataclass(frozen=True)
class _Entries:
    hub_url: QgsSettingsEntryString
    account_name: QgsSettingsEntryString
    remember_sign_in: QgsSettingsEntryBool
    commune: QgsSettingsEntryString
    working_folder: QgsSettingsEntryString
    docks_arranged: QgsSettingsEntryBool
    dock_share: QgsSettingsEntryDouble
    pull_mode: QgsSettingsEntryString
    inbox_filter: QgsSettingsEntryString


@lru_cache(maxsize=1)
def _entries() -> _Entries:
    node = QgsSettingsTree.createPluginTreeNode(_NODE)
    folder = str(Path.home() / "QuyHoachXa")
    return _Entries(
        hub_url=QgsSettingsEntryString("hub_url", node, "", "Address of the province's hub"),
        account_name=QgsSettingsEntryString("account_name", node, "", "Name that signed in last"),
        remember_sign_in=QgsSettingsEntryBool("remember_sign_in", node, True, "Whether a sign-in lasts longer than QGIS is open"),
        commune=QgsSettingsEntryString("commune", node, "", "Code of the commune worked on last"),
        working_folder=QgsSettingsEntryString("working_folder", node, folder, "Folder of the working copies"),
        docks_arranged=QgsSettingsEntryBool("docks_arranged", node, False, "Whether the docks had their first arrangement"),
        dock_share=QgsSettingsEntryDouble("dock_share", node, 0.0, "Of the window's width that the docks were dragged to"),
        pull_mode=QgsSettingsEntryString("pull_mode", node, "by_hand", "When data is got: news, quarter or by_hand"),
        inbox_filter=QgsSettingsEntryString("inbox_filter", node, "", "What the inbox was narrowed down to"),
    )


def hub_url() -> str:
    return str(_entries().hub_url.value())


def set_hub_url(url: str) -> None:
    _entries().hub_url.setValue(url)


def account_name() -> str:
    return str(_entries().account_name.value())


def set_account_name(name: str) -> None:
    _entries().account_name.setValue(name)


def remember_sign_in() -> bool:
    return bool(_entries().remember_sign_in.value())


def set_remember_sign_in(remember: bool) -> None:
    _entries().remember_sign_in.setValue(remember)


def commune() -> str:
    return str(_entries().commune.value())


def set_commune(code: str) -> None:
    _entries().commune.setValue(code)


def working_folder() -> Path:
    """Not necessarily there yet."""
    return Path(_entries().working_folder.value()).expanduser()


def set_working_folder(folder: Path) -> None:
    _entries().working_folder.setValue(str(folder))


def docks_arranged() -> bool:
    """Whether the docks stood where we put them once; afterwards they stand where the person puts them."""
    return bool(_entries().docks_arranged.value())


def set_docks_arranged() -> None:
    _entries().docks_arranged.setValue(True)


def dock_share() -> float:
    """Of the window's width that the person gave the docks; 0 where they stand as at first."""
    return float(_entries().dock_share.value())


def set_dock_share(share: float) -> None:
    _entries().dock_share.setValue(share)


def pull_mode() -> str:
    """When the province's data is got: ``news``, ``quarter`` (every 15 minutes) or ``by_hand``."""
    return str(_entries().pull_mode.value())


def set_pull_mode(mode: str) -> None:
    _entries().pull_mode.setValue(mode)


def inbox_filter() -> str:
    """As `InboxFilter.to_text` wrote it."""
    return str(_entries().inbox_filter.value())


def set_inbox_filter(text: str) -> None:
    _entries().inbox_filter.setValue(text)


def unregister() -> None:
    """Take the declarations back when the plugin is unloaded; the values stay."""
    _entries.cache_clear()
    QgsSettingsTree.unregisterPluginTreeNode(_NODE)


def local_folder(path: Path) -> Path:
    """Where working copies can surely be written, for one at ``path`` that can't. Raises ``WorkingCopyError`` where nowhere can."""
    from commune_planning_plugin.core.errors import WorkingCopyError
    from commune_planning_plugin.store.places import prepare_folder

    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    try:
        folder = Path.home() / "QuyHoachXa"
        prepare_folder(folder / path.name)
    except WorkingCopyError:
        folder = Path(data) / "QuyHoachXa"
        prepare_folder(folder / path.name)
    return folder
