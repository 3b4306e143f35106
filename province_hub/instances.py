"""Working copies that keep in contact: which one is a copy of another, and what each believes that the hub has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from province_hub import drafts
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.proposals import may_read_attachment

_LOCK = "SELECT account::text, nonce::text, previous::text, contacts FROM hub.instance WHERE id = %s FOR UPDATE"
_ADD = """
INSERT INTO hub.instance (id, account, commune, device, nonce, previous, contacts)
VALUES (%(id)s, %(account)s, %(commune)s, %(device)s, %(next)s, %(nonce)s, %(contacts)s) ON CONFLICT DO NOTHING
"""
_RENEW = """
UPDATE hub.instance SET device = %(device)s, nonce = %(next)s, previous = %(nonce)s, contacts = %(contacts)s,
    contacted_at = clock_timestamp() WHERE id = %(id)s
"""
_VERSIONS = """
SELECT v.proposal::text, v.number, v.hash, p.state, p.version
FROM hub.proposal_version v JOIN hub.proposal p ON p.id = v.proposal
WHERE v.proposal = ANY(%s::uuid[]) AND p.commune = %s
"""
_FILES = "SELECT sha256 FROM hub.attachment WHERE sha256 = ANY(%s)"


@dataclass(frozen=True)
class Shown:
    """What a working copy shows of itself: the nonce of its last contact, the one that follows, and how often it was here."""

    instance: str
    commune: str
    device: str
    nonce: Optional[str]
    next: str
    contacts: int


@dataclass(frozen=True)
class Frozen:
    """A version that the working copy waits for."""

    proposal: str
    number: int
    hash: str


def meet(conn: HubConnection, principal: Principal, shown: Shown) -> bool:
    """Note the contact; False where who shows this is a copy of the working copy, and nothing was noted."""
    values = {
        "id": shown.instance,
        "account": principal.id,
        "commune": shown.commune,
        "device": shown.device,
        "nonce": shown.nonce,
        "next": shown.next,
        "contacts": shown.contacts + 1,
    }
    if conn.execute(_ADD, values).rowcount == 1:
        return True
    known = conn.execute(_LOCK, (shown.instance,)).fetchone()
    if known is None or is_copy(known, principal.id, shown):
        return False
    conn.execute(_RENEW, values)
    return True


def is_copy(known: Mapping[str, Any], account: str, shown: Shown) -> bool:
    """Whether somebody else went on from what is shown.

    The same step once more is a lost answer. Who counts more contacts than the hub has met a hub that was restored since.
    """
    if known["account"] != account:
        return True
    if shown.contacts > known["contacts"] or shown.nonce == known["nonce"]:
        return False
    return (shown.nonce, shown.next) != (known["previous"], known["nonce"])


def own(conn: HubConnection, principal: Principal, instance: str) -> None:
    """Hold the caller's instance against other writers. Raises `Problem` 404 where it isn't the caller's."""
    known = conn.execute(_LOCK, (instance,)).fetchone()
    if known is None or known["account"] != principal.id:
        raise Problem(404, "not_found")


def versions(conn: HubConnection, commune: str, waiting: Sequence[Frozen]) -> list[dict[str, Any]]:
    """What the hub has of each version; ``state`` None where it doesn't know that content under that number."""
    rows = conn.execute(_VERSIONS, ([item.proposal for item in waiting], commune)).fetchall()
    known = {(row["proposal"], row["number"], row["hash"]): row for row in rows}
    answers = []
    for item in waiting:
        row = known.get((item.proposal, item.number, item.hash))
        state, newest = (row["state"], row["version"]) if row else (None, None)
        answers.append({"proposal": item.proposal, "number": item.number, "state": state, "version": newest})
    return answers


def missing_files(conn: HubConnection, principal: Principal, named: Sequence[str]) -> list[str]:
    """Files that aren't here, as far as the caller may know: a hash tells nobody that others have sent such a file."""
    held = {row["sha256"] for row in conn.execute(_FILES, (list(named),)).fetchall()}
    return sorted({name for name in named if name not in held or not may_read_attachment(conn, principal, name)})


def answer(
    conn: HubConnection, principal: Principal, shown: Shown, waiting: Sequence[Frozen], files: Sequence[str]
) -> dict[str, Any]:
    """The whole answer to a contact of an instance that is no copy."""
    return {
        "copy": False,
        "versions": versions(conn, shown.commune, waiting),
        "attachments": missing_files(conn, principal, files),
        "backup": drafts.digest(conn, shown.instance),
        "taken": drafts.taken(conn, shown.instance),
        "offers": drafts.offers(conn, principal, shown.commune, shown.instance),
    }
