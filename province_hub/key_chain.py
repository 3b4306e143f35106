"""The hub's signing keys over the years: renewed by the former one's signature, or, where that is lost, by a recorded act.

Each change is an entry of the hub's own chain in the audit, so that it is in the order of all entries and can't be put in later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.key_chain import KeyChange
from province_hub import audit, heads, signing
from province_hub.database import HubConnection
from province_hub.signing import SigningKey

RENEWED, LOST = "key_renewed", "key_lost"
"""Actions of the hub's own chain."""

_CHANGES = "SELECT id, action, details FROM hub.audit WHERE proposal = %s::uuid AND action = ANY(%s) ORDER BY id"


@dataclass(frozen=True)
class Recorded:
    """A change, and the audit's entry that it is."""

    entry: int
    change: KeyChange


def recorded(conn: HubConnection) -> list[Recorded]:
    """All changes, in the order of the audit. Raises ``InvalidData('key_change.malformed')``."""
    rows = conn.execute(_CHANGES, (heads.hub_id(conn), [RENEWED, LOST]))
    return [Recorded(row["id"], KeyChange.from_json(row["details"])) for row in rows]


def changes(conn: HubConnection) -> list[dict[str, Any]]:
    """As others are told; those that can't be read are for `verify` to find."""
    try:
        return [each.change.to_json() for each in recorded(conn)]
    except InvalidData:
        return []


def renew(conn: HubConnection, state: Path, who: str) -> SigningKey:
    """Another key, endorsed by the present one. Its file takes the present one's place once the caller has committed and calls
    `signing.take_up`. Raises ``InvalidData('key.lost')`` where the present one isn't there to endorse it."""
    signing.lock(conn)
    former = signing.ready(conn, state)
    if former is None:
        raise InvalidData("key.lost", path=str(state / signing.FILE))
    made = signing.make_next(state)
    change = KeyChange(heads.hub_id(conn), former.public, made.public, _now())
    _record(conn, who, RENEWED, replace(change, signature=former.sign(change.signed)))
    return made


def replace_lost(conn: HubConnection, state: Path, who: str, reason: str) -> SigningKey:
    """Another key without an endorsement. One that the hub signs with already, and that nothing leads to, is recorded as it is.

    As `renew`. Raises ``InvalidData('key.never_used')`` where there was none that could be lost.
    """
    signing.lock(conn)
    known = signing.public_keys(conn)
    if not known:
        raise InvalidData("key.never_used")
    unexplained = {change.key for change in _unexplained(conn)}
    present = signing.load(state)
    if present is not None and present.public in unexplained:
        made, former = present, known[known.index(present.public) - 1]
    else:
        made, former = signing.make_next(state), known[-1]
    _record(conn, who, LOST, KeyChange(heads.hub_id(conn), former, made.public, _now(), reason=reason))
    return made


def _record(conn: HubConnection, who: str, action: str, change: KeyChange) -> None:
    audit.append(conn, change.hub, who, action, change.to_json())
    signing.add(conn, change.key)


def _unexplained(conn: HubConnection) -> Iterator[KeyChange]:
    """Keys that the hub has signed with and that nothing leads to, as changes without a word."""
    known, told = signing.public_keys(conn), {each.change.key for each in recorded(conn)}
    for former, key in zip(known, known[1:], strict=False):
        if key not in told:
            yield KeyChange(heads.hub_id(conn), former, key, "")


def problems(conn: HubConnection) -> Iterator[str]:
    """What is wrong with the keys, a sentence each: forged endorsements, ones by a key that wasn't the hub's, keys without one, and
    heads signed by a key after it was given up as lost."""
    known = signing.public_keys(conn)
    if not known:
        return
    try:
        told = recorded(conn)
    except InvalidData as error:
        yield f"keys of the audit: an entry about them can't be read ({error.details.get('reason')})"
        return
    hub, present = heads.hub_id(conn), known[0]
    for each in told:
        change, about = each.change, f"keys of the audit: entry {each.entry}, key {_short(each.change.key)}"
        if change.hub != hub:
            yield f"{about}: it is about another hub"
        elif not change.is_loss and not change.is_genuine:
            yield f"{about}: its endorsement by key {_short(change.former)} is forged"
        elif change.former != present:
            yield f"{about}: it was endorsed by key {_short(change.former)}, but the hub's key was {_short(present)} then"
        else:
            present = change.key
    for change in _unexplained(conn):
        key, former = _short(change.key), _short(change.former)
        yield f"keys of the audit: key {key} took the place of {former} without its endorsement, and no loss is recorded"
    yield from _signed_by_lost_ones(conn, told)


def _signed_by_lost_ones(conn: HubConnection, told: list[Recorded]) -> Iterator[str]:
    lost = {each.change.former: each.entry for each in told if each.change.is_loss}
    for head in heads.kept(conn):
        if head.id > lost.get(head.key, head.id):
            yield f"keys of the audit: head {head.id} of {head.at} is signed with key {_short(head.key)}, which was lost by then"


def losses(conn: HubConnection) -> list[KeyChange]:
    """Those that a person has to know about, whatever else is well."""
    try:
        return [each.change for each in recorded(conn) if each.change.is_loss]
    except InvalidData:
        return []


def _short(key: str) -> str:
    return key[:12]


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
