"""The province's matrix of authority as the database keeps it, and what it comes to for a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Optional

from commune_planning_plugin.core.authority import Authority, Case, Row, Territory, resolve
from province_hub.database import HubConnection
from province_hub.errors import Problem

SPECIAL_ZONE = "đặc khu"
"""The kind of commune that the law calls a special zone."""

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


def of_plan(conn: HubConnection, plan: str, commune: str) -> Authority:
    """Whose an adjustment of ``plan`` (key) by ``commune`` is today.

    Raises `Problem` 404: ``plan.unknown`` also where there is no such commune.
    """
    row = conn.execute(_CASE, (plan, commune)).fetchone()
    if row is None:
        raise Problem(404, "plan.unknown", plan=plan)
    case = Case(row["kind"], row["level"], row["commune"], row["several"], row["commune_kind"] == SPECIAL_ZONE)
    return resolve(matrix(conn), case, row["today"])
