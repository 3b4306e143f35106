"""A proposal's audit, judged here: its chain computed anew, and held against the heads that a working copy keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import quote

from commune_planning_plugin.core.audit_chain import is_whole
from commune_planning_plugin.store.witness_book import Kept
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.documents import reading
from commune_planning_plugin.sync.transport import Request
from commune_planning_plugin.sync.witnessing import AuditTold


@dataclass(frozen=True)
class AuditEntry:
    """One act: ``actor`` is the account, ``name`` the person's where the hub tells it; ``details`` what the act was about."""

    position: int
    at: str
    actor: str
    name: str
    action: str
    details: Mapping[str, Any]
    hash: str


@dataclass(frozen=True)
class AuditChain:
    """``whole``: each entry is as it was written, and follows the one before. ``agreed_at`` is of the newest head kept here that
    holds and comes after the last entry (None: there is none to compare with). ``contradicted``: something else was seen here."""

    entries: int
    whole: bool
    agreed_at: Optional[str] = None
    contradicted: bool = False
    log: tuple[AuditEntry, ...] = ()


def audit_told(client: HubClient, ids: Sequence[int]) -> AuditTold:
    """The newest signed head, and what the hub has up to the entries ``ids``. Raises as `audit_chain`."""
    query = "&".join(f"id={number}" for number in ids)
    return AuditTold.from_json(client.transport.json(Request("GET", f"/audit/heads?{query}" if query else "/audit/heads")))


def audit_chain(client: HubClient, proposal: str, kept: Iterable[Kept] = ()) -> AuditChain:
    """Raises ``HubError`` and its kinds; ``Refused`` 404 where the hub is older than the call."""
    plain = client.transport.json(Request("GET", f"/proposals/{quote(proposal, safe='')}/audit"))
    with reading("audit"):
        entries = [dict(entry) for entry in plain["entries"]]
        whole = is_whole(entries)
        running = {int(entry["id"]): str(entry["running"]) for entry in entries}
        names = dict(plain.get("names", {}))
        log = tuple(_entry(entry, names) for entry in entries)
    if not running:
        return AuditChain(0, True)
    heads = list(kept)
    otherwise = any(running.get(each.head.id, each.head.running) != each.head.running for each in heads if each.gone_at is None)
    gone = any(each.gone_at is not None and each.head.id >= min(running) for each in heads)
    later = [each.head.at for each in heads if each.gone_at is None and each.head.id >= max(running)]
    return AuditChain(len(entries), whole, max(later, default=None), otherwise or gone, log)


def _entry(entry: Mapping[str, Any], names: Mapping[str, str]) -> AuditEntry:
    actor, details = str(entry["actor"]), dict(entry["details"])
    said = int(entry["position"]), str(entry["at"]), actor, str(names.get(actor, "")), str(entry["action"]), details
    return AuditEntry(*said, hash=str(entry["hash"]))
