"""The hub's token, in QGIS's encrypted authentication store and nowhere else on disk.

QGIS asks for its master password when that is needed. Where the person declines, or the store can't be used, the token is kept in
memory until QGIS is closed. To be called on the main thread.
"""

from __future__ import annotations

import hashlib
from typing import Optional

from qgis.core import QgsApplication

_of_this_session: dict[str, str] = {}


def will_ask() -> bool:
    """Whether `store` can make QGIS ask for its master password, in a dialog of QGIS's own."""
    manager = QgsApplication.authManager()
    return not manager.isDisabled() and not manager.masterPasswordIsSet()


def has_master_password() -> bool:
    """Whether the person has made one up before, in this profile of QGIS."""
    manager = QgsApplication.authManager()
    return bool(not manager.isDisabled() and manager.masterPasswordHashInDatabase())


def hold(hub_url: str, account: str, token: str) -> None:
    """Keep ``token`` until QGIS is closed; nothing of it stays on disk, also not of an earlier one."""
    forget(hub_url, account)
    _of_this_session[_name(hub_url, account)] = token


def store(hub_url: str, account: str, token: str) -> bool:
    """Keep ``token``. False: for this session only, which the person should be told."""
    hold(hub_url, account, token)
    name, manager = _name(hub_url, account), QgsApplication.authManager()
    return bool(not manager.isDisabled() and manager.setMasterPassword(True) and manager.storeAuthSetting(name, token, True))


def load(hub_url: str, account: str) -> Optional[str]:
    """The kept token. QGIS asks for the master password only where a token lies in its store."""
    name = _name(hub_url, account)
    if name in _of_this_session:
        return _of_this_session[name]
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.existsAuthSetting(name) or not manager.setMasterPassword(True):
        return None
    token = manager.authSetting(name, None, True)
    return str(token) if token else None


def forget(hub_url: str, account: str) -> None:
    """Remove the token from store and memory."""
    name = _name(hub_url, account)
    _of_this_session.pop(name, None)
    manager = QgsApplication.authManager()
    if not manager.isDisabled() and manager.existsAuthSetting(name):
        manager.removeAuthSetting(name)


def _name(hub_url: str, account: str) -> str:
    digest = hashlib.sha256(f"{hub_url}\n{account}".encode()).hexdigest()
    return f"commune_planning/token/{digest[:24]}"
