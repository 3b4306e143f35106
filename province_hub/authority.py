"""The province's matrix of authority as the database keeps it, and what it comes to for a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, LiteralString, Optional

from commune_planning_plugin.core.authority import Authority, Case, Row, Territory, contested, resolve
from commune_planning_plugin.core.wire import content_hash
from province_hub import audit
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.registry import authority_rows
from province_hub.registry.authority_rows import Known

_STARTING = Path(__file__).parent / "data" / "authority_matrix.csv"

CHAIN = "6d3a35a4-0d0c-5a5e-9d0b-3f1b6f0a7c11"
"""The audit chain of the matrix: each import is an entry."""
SPECIAL_ZONE = "đặc khu"
"""The kind of commune that the law calls a special zone."""

_ADD = """
INSERT INTO hub.authority (plan_kind, plan_level, territory, commune, establishes, appraises, approves, separate_appraisal,
    signer_may_approve, post_check, document, valid_from, valid_to, in_force, note)
VALUES (%(plan_kind)s, %(plan_level)s, %(territory)s, %(commune)s, %(establishes)s, %(appraises)s, %(approves)s,
    %(separate_appraisal)s, %(signer_may_approve)s, %(post_check)s, %(document)s, %(valid_from)s, %(valid_to)s, %(in_force)s,
    %(note)s)
"""
_ALL = "SELECT * FROM hub.authority ORDER BY id"
_CASE = """
SELECT l.kind, l.level, c.code AS commune, c.kind AS commune_kind,
       (SELECT count(*) > 1 FROM hub.plan_commune k WHERE k.plan = l.key) AS several,
       (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today
FROM hub.plan l, hub.commune c WHERE l.key::text = %s AND c.code = %s
"""


def matrix_row(plain: Mapping[str, Any]) -> Row:
    """A row of the table, with dates or what JSON makes of them."""
    return Row(
        Authority.from_json(plain),
        plain["plan_kind"],
        plain["plan_level"],
        Territory(plain["territory"]),
        plain["commune"],
        _day(plain["valid_from"]),
        _day(plain["valid_to"]),
        plain["in_force"],
        plain["note"],
    )


def _day(value: Any) -> Optional[date]:
    return date.fromisoformat(value) if isinstance(value, str) else value


def matrix(conn: HubConnection) -> list[Row]:
    return [matrix_row(row) for row in conn.execute(_ALL)]


def known(conn: HubConnection) -> Known:
    """What rows of the matrix may name."""
    codes = {name: _column(conn, "SELECT code AS name FROM hub.code WHERE list = %s", name) for name in ("plan_kind", "plan_level")}
    communes = _column(conn, "SELECT code AS name FROM hub.commune")
    return Known(codes, communes, _column(conn, "SELECT code AS name FROM hub.organisation WHERE closed_at IS NULL"))


def _column(conn: HubConnection, query: LiteralString, *values: str) -> list[str]:
    return [row["name"] for row in conn.execute(query, values)]


def replace_matrix(conn: HubConnection, rows: Sequence[Row], actor: str) -> None:
    """These rows instead of those that are there. Who decides at the same moment does so by the one or the other matrix."""
    conn.execute("LOCK TABLE hub.authority IN SHARE ROW EXCLUSIVE MODE")
    conn.execute("DELETE FROM hub.authority")
    for row in rows:
        conn.execute(_ADD, _values(row))
    told = [authority_rows.cells(row) for row in rows]
    audit.append(conn, CHAIN, actor, "authority.import", {"rows": len(rows), "hash": content_hash(told)})


def _values(row: Row) -> dict[str, Any]:
    dates = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    selectors = {"plan_kind": row.kind, "plan_level": row.level, "territory": row.territory.value, "commune": row.commune}
    return {**row.authority.to_json(), **selectors, **dates, "in_force": row.in_force, "note": row.note}


def begin(conn: HubConnection) -> None:
    """The matrix that a new hub starts with: the province approves; delegations are there as examples that aren't in force."""
    if conn.execute("SELECT 1 FROM hub.authority LIMIT 1").fetchone() is None:
        replace_matrix(conn, authority_rows.parse(authority_rows.read_csv(_STARTING), known(conn)), "init")


def examine(rows: Sequence[Row], on: date) -> list[str]:
    """What an administrator may want to know of the matrix, a sentence each; rows are counted from 1."""
    told = [
        f"rows {i + 1} and {j + 1} both fit a plan of kind {rows[i].kind} and level {rows[j].level}: row {i + 1} goes first,"
        " for it names the kind"
        for i, j in contested(rows)
    ]
    ended = (n for n, row in enumerate(rows, 1) if row.in_force and row.valid_to is not None and row.valid_to < on)
    return [*told, *(f"row {number} has ended" for number in ended)]


def today(conn: HubConnection) -> date:
    """The day in the province, by the database's clock."""
    row = conn.execute("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today").fetchone() or {}
    found: date = row["today"]
    return found


def of_plan(conn: HubConnection, plan: str, commune: str) -> Authority:
    """Whose an adjustment of ``plan`` (key) by ``commune`` is today.

    Raises `Problem` 404: ``plan.unknown`` also where there is no such commune.
    """
    row = conn.execute(_CASE, (plan, commune)).fetchone()
    if row is None:
        raise Problem(404, "plan.unknown", plan=plan)
    case = Case(row["kind"], row["level"], row["commune"], row["several"], row["commune_kind"] == SPECIAL_ZONE)
    return resolve(matrix(conn), case, row["today"])
