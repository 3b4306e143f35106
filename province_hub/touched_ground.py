"""Which features and which ground a version touches: kept when it is taken in, so that others that meet it are found at once."""

from __future__ import annotations

from collections.abc import Sequence

from commune_planning_plugin.core.schema import GEOMETRY, Value
from province_hub.database import HubConnection
from province_hub.layer_tables import srid
from province_hub.reviewing import Item

_ADD = """
INSERT INTO hub.proposal_ground (proposal, version, layer, key, ground)
SELECT %(proposal)s, %(version)s, t.layer, t.key::uuid, ST_MakeValid(coalesce(
       ST_Union(ST_MakeValid(ST_GeomFromWKB(t.before, %(srid)s)), ST_MakeValid(ST_GeomFromWKB(t.after, %(srid)s))),
       ST_GeomFromWKB(t.before, %(srid)s), ST_GeomFromWKB(t.after, %(srid)s)))
FROM unnest(%(layers)s::text[], %(keys)s::text[], %(befores)s::bytea[], %(afters)s::bytea[]) t (layer, key, before, after)
"""


def write(conn: HubConnection, proposal: str, version: int, items: Sequence[Item]) -> None:
    """Of a change that can't be merged, the feature's ground as the province has it and as the change would have it."""
    sides = [(item.before or {}, item.after or item.change.new or {}) for item in items]
    values = {
        "proposal": proposal,
        "version": version,
        "srid": srid(conn),
        "layers": [item.layer.id for item in items],
        "keys": [item.change.key for item in items],
        "befores": [_shape(before.get(GEOMETRY)) for before, _ in sides],
        "afters": [_shape(after.get(GEOMETRY)) for _, after in sides],
    }
    conn.execute(_ADD, values)


def _shape(value: Value) -> bytes | None:
    return value if isinstance(value, bytes) else None
