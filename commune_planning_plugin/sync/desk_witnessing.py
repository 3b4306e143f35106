"""What the hub says of its audit at a contact, held against what this computer has kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.core.errors import Refused, WorkingCopyError
from commune_planning_plugin.store.desk_witness import opened, witness_path
from commune_planning_plugin.sync.audit_calls import audit_told
from commune_planning_plugin.sync.witnessing import Doubt, asked, witness

if TYPE_CHECKING:
    from pathlib import Path

    from commune_planning_plugin.store.witness_book import Kept
    from commune_planning_plugin.sync.client import HubClient


def witnessed(client: HubClient, folder: Path, hub_id: str) -> Optional[Doubt]:
    """Compare, and keep the newest head; None where all is as it was, where the hub is older than heads, or where the folder can't
    be written: a contact doesn't fail for that. Raises ``HubError``."""
    try:
        with opened(witness_path(folder, hub_id)) as book:
            return witness(book, hub_id, audit_told(client, asked(book)))
    except (WorkingCopyError, OSError):
        return None
    except Refused as refused:
        if refused.status != 404:
            raise
        return None


def kept_here(folder: Path, hub_id: str) -> tuple[Kept, ...]:
    """In the order of the audit's entries."""
    path = witness_path(folder, hub_id)
    if not path.exists():
        return ()
    try:
        with opened(path) as book:
            return book.all()
    except (WorkingCopyError, OSError):
        return ()
