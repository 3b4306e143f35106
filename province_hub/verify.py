"""The proof that the log and the tables say the same: every feature's entries follow from each other and end in its row."""

from __future__ import annotations

from typing import LiteralString

from psycopg import sql

from commune_planning_plugin.core.schema import Layer
from province_hub import audit_proof
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, table_name

_SHOWN = 20

# Columns that exist on one side only were added or dropped in between: that is no change of a feature.
_DIFFER: LiteralString = """
    CASE WHEN {a} IS NULL OR {b} IS NULL THEN ({a} IS NULL) <> ({b} IS NULL)
         WHEN {a} = {b} THEN false
         ELSE EXISTS (SELECT FROM jsonb_each({a}) e WHERE {b} ? e.key AND {b} -> e.key <> e.value) END
"""

_BROKEN: LiteralString = """
    SELECT key::text, number FROM (
        SELECT c.key, c.old, c.old_geom, r.number,
               lag(c.new) OVER each AS before, lag(c.new_geom) OVER each AS before_geom
        FROM hub.change_log c JOIN hub.revision r USING (transaction)
        WHERE c.layer = {layer}
        WINDOW each AS (PARTITION BY c.key ORDER BY r.number, c.id)
    ) entry
    WHERE {differ} OR ST_AsBinary(old_geom) IS DISTINCT FROM ST_AsBinary(before_geom)
    ORDER BY key, number
"""

_DEVIATING: LiteralString = """
    WITH last AS (
        SELECT DISTINCT ON (c.key) c.key, c.new AS logged, c.new_geom
        FROM hub.change_log c JOIN hub.revision r USING (transaction)
        WHERE c.layer = {layer} ORDER BY c.key, r.number DESC, c.id DESC
    ), present AS (
        SELECT l.key, to_jsonb(kept) AS found, l.geom FROM {table} l CROSS JOIN LATERAL (SELECT {columns}) kept
    )
    SELECT key::text FROM last FULL JOIN present USING (key)
    WHERE {differ} OR ST_AsBinary(new_geom) IS DISTINCT FROM ST_AsBinary(geom)
    ORDER BY key
"""


def verify(conn: HubConnection) -> list[str]:
    """What is wrong, one sentence each; empty when the hub is whole. Reads the log and all layers: minutes on a large hub."""
    conn.execute("SET LOCAL timezone = 'UTC'")
    conn.execute("SET LOCAL extra_float_digits = 1")
    problems = _clock(conn)
    for layer in layers(conn).values():
        problems += _broken(conn, layer) + _deviating(conn, layer)
    return problems + _audit(conn)


def _clock(conn: HubConnection) -> list[str]:
    problems = []
    lost = conn.execute(
        "SELECT count(DISTINCT transaction) AS n FROM hub.change_log"
        " WHERE transaction NOT IN (SELECT transaction FROM hub.revision)"
    ).fetchone()
    if lost and lost["n"]:
        problems.append(f"{lost['n']} transactions of the log have no revision")
    ahead = conn.execute(
        "SELECT max(number) AS highest, (SELECT last_value FROM hub.revision_number) AS issued FROM hub.revision"
    ).fetchone()
    if ahead and ahead["highest"] > ahead["issued"]:
        problems.append(f"revision {ahead['highest']} lies above the last number issued, {ahead['issued']}")
    return problems


def _broken(conn: HubConnection, layer: Layer) -> list[str]:
    differ = sql.SQL(_DIFFER).format(a=sql.Identifier("old"), b=sql.Identifier("before"))
    query = sql.SQL(_BROKEN).format(layer=sql.Literal(layer.id), differ=differ)
    rows = conn.execute(query).fetchall()
    return _told([f"{layer.id} {r['key']}: the entry of revision {r['number']} doesn't follow from the one before" for r in rows])


def _deviating(conn: HubConnection, layer: Layer) -> list[str]:
    differ = sql.SQL(_DIFFER).format(a=sql.Identifier("logged"), b=sql.Identifier("found"))
    query = sql.SQL(_DEVIATING).format(
        layer=sql.Literal(layer.id), table=table_name(layer), columns=_columns(conn, layer), differ=differ
    )
    rows = conn.execute(query).fetchall()
    return _told([f"{layer.id} {row['key']}: the table differs from what the log says last" for row in rows])


def _columns(conn: HubConnection, layer: Layer) -> sql.Composable:
    rows = conn.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attname NOT IN ('key', 'geom') ORDER BY attnum",
        (table_name(layer).as_string(conn),),
    ).fetchall()
    return sql.SQL(", ").join(sql.Identifier("l", row["attname"]) for row in rows)


def _told(problems: list[str]) -> list[str]:
    if len(problems) <= _SHOWN:
        return problems
    return [*problems[:_SHOWN], f"… and {len(problems) - _SHOWN} more like the last"]


def _audit(conn: HubConnection) -> list[str]:
    return _told(audit_proof.verify(conn))
