"""Whether the database is set up so that revisions can be relied on."""

from __future__ import annotations

from typing import LiteralString

from commune_planning_plugin.core.schema import Layer
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, table_name

_TRIGGERS = frozenset({"zz_prepare", "zz_log_insert", "zz_log_update", "zz_log_delete", "zz_log_truncate"})

_CHECKS: tuple[tuple[LiteralString, str], ...] = (
    (
        "SELECT current_setting('server_version_num')::int >= 150000 AS good",
        "PostgreSQL is older than 15",
    ),
    (
        "SELECT current_setting('server_encoding') = 'UTF8' AS good",
        "the database isn't in UTF-8: text can't be compared in one form",
    ),
    (
        "SELECT current_setting('max_prepared_transactions') = '0' AS good",
        "max_prepared_transactions isn't 0: a prepared transaction holds its revision number, and everyone up, until it ends",
    ),
    (
        "SELECT seqcache = 1 AND seqincrement = 1 AND NOT seqcycle AS good"
        " FROM pg_sequence WHERE seqrelid = 'hub.revision_number'::regclass",
        "the sequence hub.revision_number must have CACHE 1, INCREMENT 1 and NO CYCLE: numbers would leave the order of commits",
    ),
    (
        "SELECT bool_or(tgenabled = 'A' AND tgdeferrable AND tginitdeferred) AS good FROM pg_trigger"
        " WHERE tgrelid = 'hub.transaction'::regclass AND tgname = 'number_revision'",
        "the trigger number_revision on hub.transaction is missing, or not ENABLE ALWAYS and INITIALLY DEFERRED",
    ),
)


def examine(conn: HubConnection) -> list[str]:
    """What is wrong, one sentence each."""
    problems = []
    for question, complaint in _CHECKS:
        row = conn.execute(question).fetchone()
        if row is None or not row["good"]:
            problems.append(complaint)
    for layer in layers(conn).values():
        problems += _layer(conn, layer)
    return problems


def _layer(conn: HubConnection, layer: Layer) -> list[str]:
    table = table_name(layer).as_string(conn)
    row = conn.execute("SELECT to_regclass(%s)::oid AS oid", (table,)).fetchone()
    if row is None or row["oid"] is None:
        return [f"{layer.id}: its table is missing"]
    return [problem for look in (_triggers, _constraints, _columns, _sources) for problem in look(conn, layer, row["oid"])]


def _triggers(conn: HubConnection, layer: Layer, oid: int) -> list[str]:
    rows = conn.execute("SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = %s", (oid,)).fetchall()
    armed = {row["tgname"] for row in rows if row["tgenabled"] == "A"}
    return [f"{layer.id}: the trigger {name} is missing or not ENABLE ALWAYS" for name in sorted(_TRIGGERS - armed)]


def _constraints(conn: HubConnection, layer: Layer, oid: int) -> list[str]:
    rows = conn.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s AND condeferrable"
        " UNION SELECT tgname FROM pg_trigger WHERE tgrelid = %s AND tgdeferrable AND NOT tgisinternal",
        (oid, oid),
    ).fetchall()
    return [f"{layer.id}: {row['conname']} is deferrable: it could change rows after the number was taken" for row in rows]


def _columns(conn: HubConnection, layer: Layer, oid: int) -> list[str]:
    rows = conn.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped", (oid,)
    ).fetchall()
    found = {row["attname"] for row in rows}
    wanted = {"key", "geom"} | {field.name for field in layer.fields}
    return [f"{layer.id}: the column {name} is missing" for name in sorted(wanted - found)]


def _sources(conn: HubConnection, layer: Layer, oid: int) -> list[str]:
    """Ways for rows to come in that no statement trigger sees."""
    problems = []
    if conn.execute("SELECT FROM pg_subscription_rel WHERE srrelid = %s", (oid,)).fetchall():
        problems.append(f"{layer.id}: logical replication writes into it, past the log")
    if conn.execute("SELECT FROM pg_inherits WHERE inhparent = %s", (oid,)).fetchall():
        problems.append(f"{layer.id}: a table inherits from it, whose rows the log doesn't see")
    return problems
