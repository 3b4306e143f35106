"""A proposal's changes as one account sees them, without what the rules say: for answers beside the detail, which cost less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.core.workflow import DECIDED
from province_hub.database import HubConnection
from province_hub.disclosure import Withheld, disclosed
from province_hub.identity import Principal
from province_hub.judging import underlying
from province_hub.layer_tables import layers
from province_hub.proposals import decided, hidden_from, seen
from province_hub.reviewing import Overlay, merged
from province_hub.stored import Stored, content


@dataclass(frozen=True)
class ShownItem:
    """One change: whole rows before and after, as the caller may read them. A conflicting change leaves its row as it is."""

    layer: str
    key: str
    before: Optional[Values]
    after: Optional[Values]


@dataclass(frozen=True)
class Shown:
    """``foundation`` are the rows of undecided proposals that this one stands on."""

    stored: Stored
    schema: Mapping[str, Layer]
    items: tuple[ShownItem, ...]
    foundation: Overlay


def shown(conn: HubConnection, principal: Principal, proposal: str) -> Shown:
    """Of a decided proposal, what was decided. Raises `Problem` 404 where there is none that the caller may know of."""
    stored = seen(conn, principal, proposal)
    schema = layers(conn)
    foundation: Overlay = {}
    review = decided(conn, proposal).get("review") if stored.state in DECIDED else None
    if review is None:
        current = content(conn, schema, stored)
        foundation = underlying(conn, schema, current.version)
        items = merged(conn, schema, current.version, current.new_keys, current.author_cleared, foundation)
        review = [item.to_json() for item in items]
    return Shown(stored, schema, tuple(_readable(schema, _open_to(conn, principal, stored, review))), foundation)


def _open_to(conn: HubConnection, principal: Principal, stored: Stored, review: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if principal.cleared:
        return review
    withheld = hidden_from(conn, principal, [stored]).get(stored.id) or Withheld()
    document = {"content": {"changes": []}, "rekeyed": {}, "review": review, "findings": []}
    found: list[dict[str, Any]] = disclosed(document, withheld)["review"]
    return found


def _readable(schema: Mapping[str, Layer], review: list[dict[str, Any]]) -> Iterator[ShownItem]:
    for item in review:
        layer = schema.get(item["layer"])
        if layer is not None:
            before, after = (decode_values(layer, item[side]) for side in ("before", "after"))
            yield ShownItem(layer.id, item["key"], before, before if item["conflict"] else after)
