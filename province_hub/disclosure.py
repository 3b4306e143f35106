"""What of a proposal an account may see that isn't cleared for restricted features."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.schema import GEOMETRY, Layer
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, table_name
from province_hub.visibility import ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN, PUBLIC, SHOWN_ALWAYS, visible

Ref = tuple[str, str]
"""Layer id and key."""

_REFS = """
SELECT v.proposal::text, c ->> 'layer' AS layer, coalesce(v.rekeyed ->> (c ->> 'key'), c ->> 'key') AS key, c ->> 'key' AS sent_key,
       coalesce(c -> 'new' ->> 'visibility', c -> 'old' ->> 'visibility', '0')::int AS level
FROM hub.proposal p JOIN hub.proposal_version v ON v.proposal = p.id AND v.number = coalesce(%s, p.version),
     jsonb_array_elements(v.content -> 'changes') c
WHERE p.id = ANY(%s::uuid[])
"""
_LEVELS = "SELECT l.key::text AS key, l.visibility FROM {} l WHERE l.key = ANY(%s::uuid[]) AND l.visibility > %s"


@dataclass(frozen=True)
class Withheld:
    """Changed features that the account may not know of, and those whose attributes it may not."""

    gone: frozenset[Ref] = frozenset()
    veiled: frozenset[Ref] = frozenset()
    changes: int = 0


def withheld(conn: HubConnection, proposals: Collection[str], number: Optional[int] = None) -> dict[str, Withheld]:
    """By proposal, what who isn't cleared doesn't see of version ``number`` (default: the current one). Its own author wrote about
    nothing unseen."""
    if not proposals:
        return {}
    rows = conn.execute(_REFS, (number, list(proposals))).fetchall()
    schema = layers(conn)
    now = {ref: level for name in {row["layer"] for row in rows} for ref, level in _levels(conn, schema[name], rows)}
    found: dict[str, dict[int, set[Ref]]] = {}
    counted: dict[str, int] = {}
    for row in rows:
        level = max(row["level"], now.get((row["layer"], row["key"]), PUBLIC))
        each = found.setdefault(row["proposal"], {ATTRIBUTES_HIDDEN: set(), EXISTENCE_HIDDEN: set()})
        if level > PUBLIC:
            each[min(level, EXISTENCE_HIDDEN)] |= {(row["layer"], row["key"]), (row["layer"], row["sent_key"])}
            counted[row["proposal"]] = counted.get(row["proposal"], 0) + (level >= EXISTENCE_HIDDEN)
    return {
        proposal: Withheld(frozenset(each[EXISTENCE_HIDDEN]), frozenset(each[ATTRIBUTES_HIDDEN]), counted.get(proposal, 0))
        for proposal, each in found.items()
    }


def _levels(conn: HubConnection, layer: Layer, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Ref, int]]:
    keys = [row["key"] for row in rows if row["layer"] == layer.id]
    found = conn.execute(sql.SQL(_LEVELS).format(table_name(layer)), (keys, PUBLIC))
    return [((layer.id, row["key"]), row["visibility"]) for row in found]


def disclosed(document: Mapping[str, Any], kept_back: Withheld) -> dict[str, Any]:
    """A proposal's detail without what is kept back."""
    keys = {key for _, key in kept_back.gone}
    content = document["content"]
    return {
        **document,
        "content": {**content, "changes": [_change(c, kept_back) for c in content["changes"] if not _in(c, kept_back.gone)]},
        "rekeyed": {old: new for old, new in document["rekeyed"].items() if old not in keys},
        "review": [_item(item) for item in document["review"] if not _in(item, kept_back.gone) and _known(item)],
        "findings": [_finding(f, kept_back) for f in document["findings"] if not _about(f, kept_back.gone, keys)],
    }


def _in(item: Mapping[str, Any], refs: Collection[Ref]) -> bool:
    return (item["layer"], item["key"]) in refs


def _about(finding: Mapping[str, Any], gone: Collection[Ref], keys: Collection[str]) -> bool:
    return _in(finding, gone) or finding["details"].get("other") in keys


def _known(item: Mapping[str, Any]) -> bool:
    return all(item[side] is None or visible(item[side], False) is not None for side in ("before", "after"))


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, "before": visible(item["before"], False), "after": visible(item["after"], False)}


def _change(change: Mapping[str, Any], kept_back: Withheld) -> dict[str, Any]:
    if not _in(change, kept_back.veiled):
        return dict(change)
    return {**change, "old": _veiled(change["old"]), "new": _veiled(change["new"])}


def _veiled(values: Any) -> Any:
    if values is None:
        return None
    return {name: value if name in SHOWN_ALWAYS or name == GEOMETRY else None for name, value in values.items()}


def _finding(finding: Mapping[str, Any], kept_back: Withheld) -> dict[str, Any]:
    return {**finding, "details": {} if _in(finding, kept_back.veiled) else finding["details"]}
