"""Who was signed in, kept over a restart: with the token, in QGIS's encrypted store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.adapters import credentials
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.session.types import MasterPassword

if TYPE_CHECKING:
    from commune_planning_plugin.sync.account_documents import Account


@dataclass(frozen=True)
class Known:
    """Enough to go on offline."""

    token: str
    account: Account
    hub_id: str


def keep(hub_url: str, known: Known) -> bool:
    """False where it is kept until QGIS is closed only."""
    return credentials.store(hub_url, known.account.name, _document(known))


def hold(hub_url: str, known: Known) -> None:
    """Until QGIS is closed."""
    credentials.hold(hub_url, known.account.name, _document(known))


def _document(known: Known) -> str:
    return json.dumps({"token": known.token, "account": asdict(known.account), "hub_id": known.hub_id})


def master_password() -> MasterPassword:
    """What QGIS will ask of the person when `keep` is called."""
    if not credentials.will_ask():
        return MasterPassword.NOT_ASKED
    return MasterPassword.ASKED if credentials.has_master_password() else MasterPassword.CHOSEN


def recall(hub_url: str, account_name: str) -> Optional[Known]:
    """None where nothing usable is kept."""
    from commune_planning_plugin.sync.account_documents import Account

    kept = credentials.load(hub_url, account_name) if hub_url and account_name else None
    if kept is None:
        return None
    try:
        document = json.loads(kept)
        return Known(document["token"], Account.from_json(document["account"]), document["hub_id"])
    except (ValueError, KeyError, TypeError, InvalidData):
        return None


def forget(hub_url: str, account_name: str) -> None:
    credentials.forget(hub_url, account_name)
