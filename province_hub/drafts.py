"""Unsent work that working copies leave at the hub: for the author's next computer, and for whom the commune's head assigns.

Nobody reads here about a feature that they may not see: not in a document, not in a count. What somebody edited of a feature
that was hidden from them since is *sealed*: only who is cleared may see it.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import Role
from province_hub import audit
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.moments import written

_SHA256 = re.compile("[0-9a-f]{64}")
KINDS = ("change", "draft", "sent")
SEALED = "sealed"

_LEVEL = """
LEFT JOIN LATERAL (
    SELECT (coalesce(c.new, c.old) ->> 'visibility')::int AS now FROM hub.change_log c
    WHERE c.key = d.key AND c.layer = d.layer ORDER BY c.id DESC LIMIT 1
) level ON true
"""
"""How visible the item's feature is by now; a feature that is gone counts as it was last."""

_MAY_READ = """
(%(cleared)s OR d.kind <> 'sealed' AND greatest(d.visibility, level.now, 0) = 0)
AND (i.account = %(me)s OR EXISTS (SELECT FROM hub.draft_reader r WHERE r.instance = i.id AND r.account = %(me)s)
     OR d.kind = 'sealed' AND %(commune_read)s)
"""
_OFFERS = f"""
SELECT i.id::text AS instance, i.device, a.name AS account, a.full_name, i.contacted_at AS at,
       count(*) FILTER (WHERE d.kind IN ('change', 'sealed')) AS changes, count(*) FILTER (WHERE d.kind = 'draft') AS drafts
FROM hub.instance i JOIN hub.account a ON a.id = i.account JOIN hub.draft_item d ON d.instance = i.id {_LEVEL}
WHERE i.commune = %(commune)s AND (i.id <> %(own)s OR d.kind = 'sealed') AND d.kind <> 'sent' AND d.taken_by IS NULL
      AND {_MAY_READ}
GROUP BY i.id, a.id ORDER BY i.contacted_at DESC
"""
_OF_COMMUNE = f"""
SELECT i.id::text AS instance, i.device, a.name AS account, a.full_name, i.contacted_at AS at,
       count(*) FILTER (WHERE d.kind = 'change') AS changes, count(*) FILTER (WHERE d.kind = 'draft') AS drafts,
       ARRAY(SELECT b.name FROM hub.draft_reader r JOIN hub.account b ON b.id = r.account WHERE r.instance = i.id
             ORDER BY b.name) AS readers
FROM hub.instance i JOIN hub.account a ON a.id = i.account JOIN hub.draft_item d ON d.instance = i.id {_LEVEL}
WHERE i.commune = %(commune)s AND d.kind IN ('change', 'draft') AND d.taken_by IS NULL
      AND (%(cleared)s OR greatest(d.visibility, level.now, 0) = 0)
GROUP BY i.id, a.id ORDER BY i.contacted_at DESC
"""
_ITEMS = f"""
SELECT d.kind, d.id, d.hash, d.document FROM hub.instance i JOIN hub.draft_item d ON d.instance = i.id {_LEVEL}
WHERE i.id = %(instance)s AND (d.kind, d.id) > (%(kind)s, %(after)s) AND {_MAY_READ} ORDER BY d.kind, d.id
"""
_PUT = """
INSERT INTO hub.draft_item (instance, kind, id, hash, document, layer, key, visibility)
VALUES (%(instance)s, %(kind)s, %(id)s, %(hash)s, %(document)s, %(layer)s, %(key)s, %(visibility)s)
ON CONFLICT (instance, kind, id) DO UPDATE SET hash = excluded.hash, document = excluded.document, layer = excluded.layer,
    key = excluded.key, visibility = excluded.visibility, at = clock_timestamp(), taken_by = NULL, taken_at = NULL
WHERE draft_item.hash <> excluded.hash
"""
_REMOVE = "DELETE FROM hub.draft_item WHERE instance = %s AND kind = %s AND id = %s"
_HASHES = "SELECT kind, id, hash FROM hub.draft_item WHERE instance = %s AND kind <> 'sealed'"
_TAKEN = """
SELECT o.device, a.full_name, max(d.taken_at) AS at, count(*) AS items
FROM hub.draft_item d JOIN hub.instance o ON o.id = d.taken_by JOIN hub.account a ON a.id = o.account
WHERE d.instance = %s AND d.kind IN ('change', 'draft') GROUP BY o.id, a.id ORDER BY at DESC LIMIT 1
"""
_TAKE = """
UPDATE hub.draft_item SET taken_by = %(by)s, taken_at = clock_timestamp()
WHERE instance = %(instance)s AND kind = %(kind)s AND id = %(id)s AND hash = %(hash)s AND taken_by IS NULL
"""
_ASSIGN = """
INSERT INTO hub.draft_reader (instance, account, assigned_by) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
_COLLEAGUES = """
SELECT DISTINCT a.id::text, a.name, a.full_name FROM hub.account a JOIN hub.role r ON r.account = a.id
WHERE r.commune = %s AND a.disabled_at IS NULL ORDER BY a.name
"""
_SHARE_FILES = """
INSERT INTO hub.attachment_sender (sha256, account)
SELECT f.sha256, %(me)s FROM hub.attachment f JOIN hub.instance i ON i.id = %(instance)s
WHERE f.sha256 = ANY(%(files)s) AND (f.created_by = i.account OR EXISTS (
    SELECT FROM hub.attachment_sender s WHERE s.sha256 = f.sha256 AND s.account = i.account))
ON CONFLICT DO NOTHING
"""
"""Who may read a draft may read its files: those that its author has, for a hash alone is no key to a file."""

_LEVELS = """
SELECT DISTINCT ON (layer, key) layer, key::text, (coalesce(new, old) ->> 'visibility')::int AS level
FROM hub.change_log WHERE key = ANY(%s::uuid[]) ORDER BY layer, key, id DESC
"""
MANAGING = (Role.HEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Item:
    """A change by ``layer/key``, a draft by its proposal, a version under way by ``proposal/number``."""

    kind: str
    id: str
    hash: str
    document: Mapping[str, Any]


def checked(item: Item) -> Item:
    """Raises ``InvalidData('draft.malformed')`` where the hub couldn't tell what the item is about."""
    try:
        known = all(_is_ref(ref) for ref in _refs(item))
        files = item.document["files"] if item.kind == "draft" else []
        known = known and all(_SHA256.fullmatch(file["sha256"]) for file in files)
    except (KeyError, TypeError, ValueError, AttributeError):
        known = False
    if not known:
        raise InvalidData("draft.malformed", kind=item.kind, id=item.id[:100])
    return item


def _refs(item: Item) -> Sequence[Mapping[str, Any]]:
    """The features that the item is about."""
    if item.kind in ("change", SEALED):
        return [item.document]
    return list(item.document["refs"]) if item.kind == "draft" else []


def _is_ref(ref: Mapping[str, Any]) -> bool:
    return isinstance(ref["layer"], str) and str(uuid.UUID(ref["key"])) == ref["key"]


@dataclass(frozen=True)
class Page:
    """``next`` names the item after which the next page begins; None at the end."""

    items: tuple[dict[str, Any], ...]
    next: Optional[tuple[str, str]]


def put(conn: HubConnection, instance: str, items: Iterable[Item], gone: Iterable[tuple[str, str]] = ()) -> None:
    """Keep ``items`` beside what is kept already, and let go of ``gone`` (kind and id). The caller holds the instance's row."""
    rows = [_row(instance, item) for item in items]
    with conn.cursor() as cursor:
        cursor.executemany(_PUT, rows)
        cursor.executemany(_REMOVE, [(instance, kind, name) for kind, name in gone])


def _row(instance: str, item: Item) -> dict[str, Any]:
    document = item.document
    sides = [side for side in (document.get("old"), document.get("row")) if isinstance(side, Mapping)]
    levels = [side["visibility"] for side in sides if isinstance(side.get("visibility"), int)]
    of_feature = item.kind in ("change", SEALED)
    return {
        "instance": instance,
        "kind": item.kind,
        "id": item.id,
        "hash": item.hash,
        "document": json.dumps(document),
        "layer": document.get("layer") if of_feature else None,
        "key": document.get("key") if of_feature else None,
        "visibility": min(2, max([0, *levels])),
    }


def digest(conn: HubConnection, instance: str) -> str:
    """Names what the hub keeps of the instance's own backup: the working copy compares it with what it believes."""
    lines = sorted(f"{row['kind']} {row['id']} {row['hash']}" for row in conn.execute(_HASHES, (instance,)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def taken(conn: HubConnection, instance: str) -> Optional[dict[str, Any]]:
    """Where unsent work of the instance was brought to last; None where it was not."""
    row = conn.execute(_TAKEN, (instance,)).fetchone()
    return None if row is None else {**row, "at": written(row["at"])}


def offers(conn: HubConnection, principal: Principal, commune: str, own: str) -> list[dict[str, Any]]:
    """Unsent work of other instances that the caller may bring into the instance ``own``."""
    parameters = {**_reader(principal, commune), "commune": commune, "own": own}
    return [{**row, "at": written(row["at"])} for row in conn.execute(_OFFERS, parameters)]


def of_commune(conn: HubConnection, principal: Principal, commune: str) -> dict[str, Any]:
    """What a head or an administrator can assign, and to whom. Raises `Problem` 403."""
    require_managing(principal, commune)
    parameters = {"commune": commune, "cleared": principal.cleared}
    found = [{**row, "at": written(row["at"])} for row in conn.execute(_OF_COMMUNE, parameters)]
    colleagues = [{"name": row["name"], "full_name": row["full_name"]} for row in conn.execute(_COLLEAGUES, (commune,))]
    return {"backups": found, "colleagues": colleagues}


def require_managing(principal: Principal, commune: str) -> None:
    if not any(principal.has(role, commune) for role in MANAGING):
        raise Problem(403, "rights.missing", commune=commune)


def assign(conn: HubConnection, principal: Principal, instance: str, name: str) -> None:
    """Let a colleague of the commune read the instance's unsent work.

    Raises `Problem`: 404 ``not_found``, 403 ``rights.missing``, 422 ``account.unknown`` where it doesn't work for the commune.
    """
    row = conn.execute("SELECT commune FROM hub.instance WHERE id = %s FOR UPDATE", (instance,)).fetchone()
    if row is None:
        raise Problem(404, "not_found")
    require_managing(principal, row["commune"])
    colleague = next((each for each in conn.execute(_COLLEAGUES, (row["commune"],)) if each["name"] == name), None)
    if colleague is None:
        raise Problem(422, "account.unknown", name=name)
    if conn.execute(_ASSIGN, (instance, colleague["id"], principal.id)).rowcount == 1:
        audit.append(conn, instance, principal.name, "drafts.assign", {"to": name})


def read(conn: HubConnection, principal: Principal, instance: str, after: Optional[tuple[str, str]], limit: int) -> Page:
    """Items after ``after``, at least one and about ``limit`` bytes of them; the first page is noted in the instance's audit.

    Raises `Problem` 404 where the caller may not know that there is anything.
    """
    row = conn.execute("SELECT commune FROM hub.instance WHERE id = %s FOR UPDATE", (instance,)).fetchone()
    kind, name = after or ("", "")
    reader = {**_reader(principal, row["commune"] if row else ""), "instance": instance, "kind": kind, "after": name}
    page = _page(conn.execute(_ITEMS, reader), limit)
    if not page.items and after is None:
        raise Problem(404, "not_found")
    shown = page if principal.cleared else Page(tuple(_without_hidden(conn, page.items)), page.next)
    files = {file["sha256"] for item in shown.items if item["kind"] == "draft" for file in item["document"]["files"]}
    conn.execute(_SHARE_FILES, {**reader, "files": sorted(files)})
    if after is None:
        audit.append(conn, instance, principal.name, "drafts.read", {"items": len(page.items), "more": page.next is not None})
    return shown


def _page(rows: Iterable[Mapping[str, Any]], limit: int) -> Page:
    items: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        if size >= limit:
            return Page(tuple(items), (items[-1]["kind"], items[-1]["id"]))
        items.append({**row, "document": json.loads(row["document"])})
        size += len(row["document"])
    return Page(tuple(items), None)


def _without_hidden(conn: HubConnection, items: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A draft names features: those that the reader may not edit are left out."""
    keys = [ref["key"] for item in items if item["kind"] == "draft" for ref in item["document"]["refs"]]
    hidden = {(row["layer"], row["key"]) for row in conn.execute(_LEVELS, (keys,)) if row["level"]} if keys else set()
    for item in items:
        yield _without(item, hidden) if item["kind"] == "draft" else item


def _without(item: dict[str, Any], hidden: Collection[tuple[str, str]]) -> dict[str, Any]:
    refs = [ref for ref in item["document"]["refs"] if (ref["layer"], ref["key"]) not in hidden]
    return {**item, "document": {**item["document"], "refs": refs}}


def take(conn: HubConnection, principal: Principal, instance: str, by: str, items: Sequence[tuple[str, str, str]]) -> int:
    """Mark items (kind, id, hash) as brought into the caller's instance ``by``; how many were not before.

    Raises `Problem` 404 where the caller may not read them, or ``by`` isn't the caller's.
    """
    row = conn.execute("SELECT commune FROM hub.instance WHERE id = %s FOR UPDATE", (instance,)).fetchone()
    mine = conn.execute("SELECT 1 FROM hub.instance WHERE id = %s AND account = %s", (by, principal.id)).fetchone()
    reader = {**_reader(principal, row["commune"] if row else ""), "instance": instance, "kind": "", "after": ""}
    allowed = {(each["kind"], each["id"]) for each in conn.execute(_ITEMS, reader)}
    if mine is None or any((kind, name) not in allowed for kind, name, _ in items):
        raise Problem(404, "not_found")
    marked = 0
    for kind, name, content in items:
        values = {"by": by, "instance": instance, "kind": kind, "id": name, "hash": content}
        marked += conn.execute(_TAKE, values).rowcount
    if marked:
        audit.append(conn, instance, principal.name, "drafts.take", {"by": by, "items": marked})
    return marked


def _reader(principal: Principal, commune: str) -> dict[str, Any]:
    return {"me": principal.id, "cleared": principal.cleared, "commune_read": bool(commune) and principal.may_read(commune)}
