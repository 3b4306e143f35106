"""Legal times in the layers: written down when a decision is put into force, and read back for any day (`core.legal_time`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.legal_time import FeatureVersion, legal_start
from commune_planning_plugin.core.schema import Layer, Values
from province_hub import revisions
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, lock_rows, logged_row, read_rows, write_rows
from province_hub.stored import Stored

ZONE = "Asia/Ho_Chi_Minh"
"""A transaction's day is the one of the country's clock."""

PROPOSAL_OF = """
SELECT p.id FROM hub.proposal p WHERE p.revision = r.number
ORDER BY (p.plan::text = coalesce(c.new, c.old) ->> 'plan') DESC, p.number LIMIT 1
"""
"""Whose change ``c`` of revision ``r`` is: of linked proposals that made one revision it is the one of the feature's plan."""

OF_EFFECT = "EXISTS (SELECT FROM hub.decision_effect e WHERE e.wrote AND e.revision = {}.number)"
"""Whether a revision only wrote down legal times."""

_WROTE = f"""
SELECT DISTINCT c.layer, c.key::text FROM hub.change_log c JOIN hub.revision r USING (transaction)
WHERE r.number = %(revision)s AND c.new IS NOT NULL AND ({PROPOSAL_OF}) = %(proposal)s
"""
_OWN = f"""
{_WROTE} AND NOT EXISTS (
    SELECT FROM hub.change_log l JOIN hub.revision x USING (transaction)
    WHERE l.layer = c.layer AND l.key = c.key AND x.number > r.number AND NOT {OF_EFFECT.format("x")})
"""  # put together from this module's own texts
_EFFECTIVE = """
SELECT DISTINCT ON (d.proposal) d.effective FROM hub.decision_effect e JOIN hub.decision d ON d.id = e.decision
WHERE d.proposal = owner.id AND e.revision <= %(to)s ORDER BY d.proposal, e.made_at DESC
"""
_VERSIONS = f"""
SELECT DISTINCT ON (c.key, r.number) c.key::text, r.number, (r.at AT TIME ZONE '{ZONE}')::date AS day,
       c.new, ST_AsBinary(c.new_geom, 'NDR') AS shape, owner.id IS NOT NULL AS proposed, effect.effective
FROM hub.change_log c JOIN hub.revision r USING (transaction)
LEFT JOIN LATERAL ({PROPOSAL_OF}) owner ON true
LEFT JOIN LATERAL ({_EFFECTIVE}) effect ON true
WHERE c.layer = %(layer)s AND c.key = ANY(%(keys)s::uuid[]) AND r.number <= %(to)s AND NOT {OF_EFFECT.format("r")}
ORDER BY c.key, r.number DESC, c.id DESC
"""
_WAITING = f"""
SELECT r.transaction FROM hub.revision r
WHERE r.number > 0 AND r.number <= %(to)s AND NOT {OF_EFFECT.format("r")}
  AND CASE WHEN EXISTS (SELECT FROM hub.proposal p WHERE p.revision = r.number) THEN EXISTS (
        SELECT FROM hub.proposal owner LEFT JOIN LATERAL ({_EFFECTIVE}) effect ON true
        WHERE owner.revision = r.number AND (effect.effective IS NULL OR effect.effective > %(day)s))
      ELSE (r.at AT TIME ZONE '{ZONE}')::date > %(day)s END
"""


@dataclass(frozen=True)
class OfFeature:
    """A version and the feature that it is of."""

    key: str
    version: FeatureVersion


def write_legal_times(conn: HubConnection, stored: Stored, effective: date) -> tuple[int, bool]:
    """Write ``effective`` into what the proposal's approval left and nothing has changed since; what has been changed again keeps
    the legal time of that change.

    The revision from which the database knows of it, and whether that one wrote it. The caller holds the approvals' lock.
    """
    schema = layers(conn)
    given = {"revision": stored.row["revision"], "proposal": stored.id}
    for layer_id, keys in _by_layer(conn, schema, _WROTE, given).items():
        lock_rows(conn, schema[layer_id], keys)
    for layer_id, keys in _by_layer(conn, schema, _OWN, given).items():
        rows = read_rows(conn, schema[layer_id], sql.SQL("l.key = ANY(%s::uuid[])"), (keys,))
        changes = [_dated(layer_id, key, row, effective.isoformat()) for key, row in rows.items()]
        write_rows(conn, schema[layer_id], [change for change in changes if change is not None])
    made = revisions.made(conn)
    return (made[0], True) if made else (revisions.latest(conn)[0], False)


def _by_layer(conn: HubConnection, schema: Mapping[str, Layer], query: str, given: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in conn.execute(query, given):
        if row["layer"] in schema:
            found.setdefault(row["layer"], []).append(row["key"])
    return dict(sorted(found.items()))


def _dated(layer: str, key: str, row: Values, effective: str) -> Optional[Change]:
    new = {"valid_from": effective, "valid_to": _end(row, effective)}
    old = {name: row[name] for name in new}
    return Change(layer, key, old, new) if old != new else None


def _end(row: Values, start: str) -> Optional[str]:
    """What a decision puts into force has no end before that."""
    end = row["valid_to"]
    return end if isinstance(end, str) and end >= start else None


def versions(conn: HubConnection, layer: Layer, keys: Sequence[str], to: int) -> Iterator[OfFeature]:
    """All versions of features, as the database knew them at revision ``to``, with their legal starts."""
    for row in conn.execute(_VERSIONS, {"layer": layer.id, "keys": list(keys), "to": to}):
        yield OfFeature(row["key"], _version(layer, row))


def _version(layer: Layer, row: dict[str, Any]) -> FeatureVersion:
    values = logged_row(layer, row["new"], row["shape"])
    start = legal_start(row["proposed"], row["effective"], values, row["day"])
    if values is not None and row["proposed"] and start is not None:
        values = {**values, "valid_from": start.isoformat(), "valid_to": _end(values, start.isoformat())}
    return FeatureVersion(row["number"], start, values)


def waiting(conn: HubConnection, to: int, day: date) -> list[Any]:
    """Transactions of revisions up to ``to`` that wrote something not in force on ``day``, as known at ``to``; those that wrote a
    later ``valid_from`` by themselves aside."""
    return [row["transaction"] for row in conn.execute(_WAITING, {"to": to, "day": day})]
