"""How many proposals a list has, without reading them one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import sql

from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.lists import ASKED, FROM, JUDGED, WRITTEN, Wanted, condition, parameters
from province_hub.stored import TODAY, Stored

_PLAIN: LiteralString = (
    "SELECT p.state, count(*) AS number, count(*) FILTER (WHERE p.due_at <= now()) AS overdue {} WHERE {} GROUP BY p.state"
)
_ALIKE: LiteralString = f"""
SELECT state, commune, plan_kind, plan_level, commune_kind, several, restricted, post_check, written, asked, taken, grounds,
       count(*) AS number, count(*) FILTER (WHERE due_at <= now()) AS overdue
FROM (
    SELECT p.state, p.due_at, p.post_check, l.kind AS plan_kind, l.level AS plan_level, c.kind AS commune_kind, v.restricted,
           CASE WHEN p.commune = ANY(%(known)s) THEN p.commune ELSE '' END AS commune,
           p.plan IN (SELECT k.plan FROM hub.plan_commune k GROUP BY k.plan HAVING count(*) > 1) AS several,
           {WRITTEN} AS written, {ASKED} AS asked, mine.taken, reached.grounds
    {FROM}
    LEFT JOIN (
        SELECT s.proposal, s.version, array_agg(DISTINCT s.step) AS taken FROM hub.proposal_step s
        WHERE s.actor = %(me)s OR s.delegation = ANY(ARRAY(SELECT d.id FROM hub.delegation d WHERE d.giver = %(me)s))
        GROUP BY s.proposal, s.version
    ) mine ON mine.proposal = p.id AND mine.version = p.version
    LEFT JOIN (
        SELECT g.proposal, g.version,
               jsonb_agg(DISTINCT jsonb_build_array(
                   CASE WHEN g.commune = ANY(%(known)s) THEN g.commune ELSE '' END, g.veiled)) AS grounds
        FROM hub.proposal_commune g
        WHERE g.veiled OR NOT EXISTS (SELECT FROM hub.proposal_step s WHERE s.proposal = g.proposal AND s.version = g.version
                          AND s.step = 'consent' AND g.commune = ANY(s.communes))
        GROUP BY g.proposal, g.version
    ) reached ON reached.proposal = p.id AND reached.version = p.version
    WHERE {{}}
) one GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""
_PROVINCE = f"""
SELECT (SELECT coalesce(json_agg(m), '[]') FROM hub.authority m WHERE m.in_force) AS matrix,
       (SELECT coalesce(json_agg(json_build_array(o.code, o.id)), '[]') FROM hub.organisation o WHERE o.closed_at IS NULL)
           AS organisations,
       {TODAY} AS today
"""


@dataclass(frozen=True)
class Counted:
    """``by_state``: how many there are in the list; ``overdue`` of them are."""

    by_state: Mapping[str, int]
    overdue: int


def counted(conn: HubConnection, principal: Principal, wanted: Wanted) -> Counted:
    """Exactly those that the list's pages have."""
    by_state: dict[str, int] = {}
    overdue = 0
    for row in (_judged if wanted.box in JUDGED else _all)(conn, principal, wanted):
        by_state[row["state"]] = by_state.get(row["state"], 0) + row["number"]
        overdue += row["overdue"]
    return Counted(by_state, overdue)


def _all(conn: HubConnection, principal: Principal, wanted: Wanted) -> list[dict[str, Any]]:
    query = sql.SQL(_PLAIN).format(sql.SQL(FROM), condition(wanted))
    return conn.execute(query, parameters(principal, wanted)).fetchall()


def _judged(conn: HubConnection, principal: Principal, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Whether a proposal belongs to the caller's list is asked once for all that are alike: of communes, people and what they did,
    only those of the caller and of the matrix make a difference."""
    province = conn.execute(_PROVINCE).fetchone() or {}
    of_matrix = [row["commune"] for row in province["matrix"] if row["commune"] is not None]
    own = [grant.commune for grant in principal.roles if grant.commune is not None]
    known = [*own, *of_matrix, *(each.commune for each in principal.mandates)]
    rows = conn.execute(sql.SQL(_ALIKE).format(condition(wanted)), {**parameters(principal, wanted), "known": known})
    return (row for row in rows if JUDGED[wanted.box](principal, _example({**row, **province}, principal)))


def _example(row: Mapping[str, Any], principal: Principal) -> Stored:
    """A proposal like those of the row, as far as the caller's rights go."""
    taken = [{"step": step, "actor": principal.id, "giver": None, "communes": None} for step in row["taken"] or ()]
    return Stored(
        {
            **row,
            "authors": [principal.id] if row["written"] else [],
            "asked": [principal.organisation] if row["asked"] else [],
            "taken": taken,
            "grounds": [{"commune": commune, "veiled": veiled} for commune, veiled in row["grounds"] or ()],
        }
    )
