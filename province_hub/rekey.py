"""New keys for inserted features whose key another feature has, or had: all of a version that names them is rewritten together.

The new key is computed from the proposal and the feature's birth id, so that a repeat, and every later version, get the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.changes import Change, ChangeKind, same_value
from commune_planning_plugin.core.schema import Layer, Values
from province_hub.database import HubConnection
from province_hub.layer_tables import table_name
from province_hub.removed import inserted, removed
from province_hub.visibility import EXISTENCE_HIDDEN, level_of

PREDECESSORS = "predecessors"

_TAKEN = """
SELECT l.key::text AS key, l.birth::text AS birth, l.visibility FROM {} l WHERE l.key = ANY(%s::uuid[])
"""


def mapping(
    conn: HubConnection, layers: Mapping[str, Layer], proposal: str, changes: Iterable[Change], cleared: bool
) -> dict[str, str]:
    """Old key to new, for inserts whose key the hub knows of another birth, there or removed. A hidden feature is always another
    one."""
    new_keys: dict[str, str] = {}
    for layer_id, inserts in sorted(inserted(changes).items()):
        query = sql.SQL(_TAKEN).format(table_name(layers[layer_id]))
        taken: dict[str, Mapping[str, Any]] = {row["key"]: row for row in conn.execute(query, ([c.key for c in inserts],))}
        taken.update(removed(conn, layers[layer_id], [change.key for change in inserts if change.key not in taken]))
        for change in inserts:
            row = taken.get(change.key)
            birth = str((change.new or {}).get("birth"))
            hidden = row is not None and not cleared and level_of(row) >= EXISTENCE_HIDDEN
            if row is not None and (hidden or row["birth"] != birth):
                new_keys[change.key] = _new_key(proposal, layer_id, change.key, birth)
    return new_keys


def _new_key(proposal: str, layer_id: str, key: str, birth: str) -> str:
    return str(uuid.uuid5(uuid.UUID(proposal), f"{layer_id}/{key}/{birth}"))


def rekeyed(changes: Iterable[Change], new_keys: Mapping[str, str]) -> tuple[Change, ...]:
    """``changes`` with the new keys of what they insert, and of what the proposals inserted that they stand on; in lineage too."""
    if not new_keys:
        return tuple(changes)
    listed = tuple(changes)
    own = {change.key for change in listed if change.kind is ChangeKind.INSERT}
    return tuple(_rekeyed(change, new_keys, own) for change in listed)


def inherited(changes: Iterable[Change], base: Iterable[Change], new_keys: Mapping[str, str]) -> dict[str, str]:
    """Those of the ``new_keys`` of a ``base`` version that ``changes`` on it don't know yet: they name what it inserted by the old
    key, with the values that it gave it."""
    inserted = {(c.layer, c.key): c.new or {} for c in base if c.kind is ChangeKind.INSERT and c.key in new_keys}
    found = {}
    for change in changes:
        row = inserted.get((change.layer, change.key))
        if row is not None and change.old is not None and all(same_value(n, v, row.get(n)) for n, v in change.old.items()):
            found[change.key] = new_keys[change.key]
    lineage = {key for c in changes for key in str((c.new or {}).get(PREDECESSORS) or "").split(",")}
    return {**found, **{key: new for (_, key) in inserted if key in lineage for new in (new_keys[key],)}}


def _rekeyed(change: Change, new_keys: Mapping[str, str], own: Collection[str]) -> Change:
    renamed = (change.kind is ChangeKind.INSERT) == (change.key in own)
    key = new_keys.get(change.key, change.key) if renamed else change.key
    return Change(change.layer, key, change.old, _with_lineage(change.new, new_keys))


def _with_lineage(values: Optional[Values], new_keys: Mapping[str, str]) -> Optional[Values]:
    lineage = values.get(PREDECESSORS) if values is not None else None
    if values is None or not isinstance(lineage, str):
        return values
    return {**values, PREDECESSORS: ",".join(sorted(new_keys.get(key, key) for key in lineage.split(",")))}
