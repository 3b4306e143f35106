"""What of a proposal an account may see that isn't cleared for restricted features."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.schema import GEOMETRY
from province_hub.database import HubConnection
from province_hub.levels import Subject, levels
from province_hub.visibility import ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN, PUBLIC, SHOWN_ALWAYS, visible

Ref = tuple[str, str]
"""Layer id and key."""

_REFS = """
SELECT v.proposal::text, c ->> 'layer' AS layer, coalesce(v.rekeyed ->> (c ->> 'key'), c ->> 'key') AS key, c ->> 'key' AS sent_key,
       greatest((c -> 'new' ->> 'visibility')::int, (c -> 'old' ->> 'visibility')::int, 0) AS level
FROM hub.proposal p JOIN hub.proposal_version v ON v.proposal = p.id AND v.number = coalesce(%s, p.version),
     jsonb_array_elements(v.content -> 'changes') c
WHERE p.id = ANY(%s::uuid[])
"""


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
    known = levels(conn, [_subject(row) for row in rows])
    found: dict[str, dict[int, set[Ref]]] = {}
    counted: dict[str, int] = {}
    for row in rows:
        level = max(row["level"], known.get(_subject(row), PUBLIC))
        each = found.setdefault(row["proposal"], {ATTRIBUTES_HIDDEN: set(), EXISTENCE_HIDDEN: set()})
        if level > PUBLIC:
            each[min(level, EXISTENCE_HIDDEN)] |= {(row["layer"], row["key"]), (row["layer"], row["sent_key"])}
            counted[row["proposal"]] = counted.get(row["proposal"], 0) + (level >= EXISTENCE_HIDDEN)
    return {
        proposal: Withheld(frozenset(each[EXISTENCE_HIDDEN]), frozenset(each[ATTRIBUTES_HIDDEN]), counted.get(proposal, 0))
        for proposal, each in found.items()
    }


def _subject(row: Mapping[str, Any]) -> Subject:
    return row["proposal"], row["layer"], row["key"]


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
