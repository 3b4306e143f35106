"""What else touches the ground of a proposal: other proposals, earlier adjustments, higher plans, restricted ground, neighbours.

Each account learns only of what it may know. Of a competing proposal that it may not open it learns that there is one, whose and in
which state, and which of the features that it sees here are concerned; what the head hasn't signed off yet stays in its commune.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import balance
from commune_planning_plugin.core.workflow import ON_THE_TABLE, State
from province_hub.database import HubConnection
from province_hub.disclosure import Withheld
from province_hub.identity import Principal
from province_hub.layer_tables import layers, table_name
from province_hub.plan_sums import function_column
from province_hub.proposals import hidden_from, seen
from province_hub.relations import named
from province_hub.rights import may_see
from province_hub.stored import Stored, find
from province_hub.visibility import ATTRIBUTES_HIDDEN, EXISTENCE_HIDDEN, row_condition

SLIVER_M2 = 0.5
NEAR_M = 50.0
MONTHS = 24
"""How far back adjustments are counted, where the rule pack doesn't say (``stability_months``)."""

_OWN = """
WITH own AS (
    SELECT layer, key, ground FROM hub.proposal_ground
    WHERE proposal = %(id)s AND version = %(version)s AND NOT key::text = ANY(%(gone)s)
), met AS (
    SELECT o.proposal, o.version, own.layer, own.key, own.ground, o.key AS other, o.ground AS others
    FROM own JOIN hub.proposal_ground o ON o.key = own.key AND o.layer = own.layer
    UNION
    SELECT o.proposal, o.version, own.layer, own.key, own.ground, o.key, o.ground
    FROM own JOIN hub.proposal_ground o ON o.ground && own.ground AND o.layer = own.layer
)
"""
_CANDIDATES = (
    _OWN
    + """
SELECT DISTINCT m.proposal::text AS id FROM met m JOIN hub.proposal p ON p.id = m.proposal AND p.version = m.version
LEFT JOIN hub.revision r ON r.number = p.revision
WHERE p.id <> %(id)s AND (p.state = ANY(%(open)s)
      OR p.state = 'approved' AND r.at > clock_timestamp() - make_interval(months => %(months)s))
"""
)
_MET = (
    _OWN
    + """
SELECT m.proposal::text AS id, m.layer, m.key::text AS key, bool_or(m.key = m.other) AS same,
       ST_Area(ST_CollectionExtract(ST_Intersection(m.ground, ST_Union(m.others)), 3)) AS area,
       ARRAY[ST_XMin(ST_Extent(ST_Intersection(m.ground, m.others))), ST_YMin(ST_Extent(ST_Intersection(m.ground, m.others))),
             ST_XMax(ST_Extent(ST_Intersection(m.ground, m.others))), ST_YMax(ST_Extent(ST_Intersection(m.ground, m.others)))]
           AS bounds
FROM met m JOIN hub.proposal p ON p.id = m.proposal AND p.version = m.version
WHERE m.proposal = ANY(%(wanted)s::uuid[]) AND NOT (m.proposal::text || m.other::text) = ANY(%(unseen)s)
GROUP BY m.proposal, m.layer, m.key, m.ground
"""
)
_GROUND = _OWN + "SELECT ST_Union(ST_CollectionExtract(ground, 3)) AS ground FROM own"
_CHAIN = """
WITH RECURSIVE chain (key, depth) AS (
    SELECT parent, 1 FROM hub.plan WHERE key = %s AND parent IS NOT NULL
    UNION ALL SELECT p.parent, depth + 1 FROM chain c JOIN hub.plan p ON p.key = c.key WHERE p.parent IS NOT NULL AND depth < 10
)
SELECT p.key::text, p.code, p.name, p.level FROM chain c JOIN hub.plan p ON p.key = c.key ORDER BY c.depth
"""
_FUNCTIONS = """
SELECT {function} AS function, sum(ST_Area(ST_Intersection(ST_MakeValid(l.geom), %(ground)s::geometry))) AS area_m2
FROM {table} l WHERE l.plan = %(plan)s AND l.geom && %(ground)s::geometry AND {condition}
GROUP BY 1 HAVING sum(ST_Area(ST_Intersection(ST_MakeValid(l.geom), %(ground)s::geometry))) > 0.5 ORDER BY 2 DESC, 1
"""
_COMMUNES = """
SELECT code, name, ST_Distance(geom, %(ground)s::geometry) AS distance_m,
       ST_Area(ST_Intersection(geom, %(ground)s::geometry)) AS area_m2
FROM hub.commune WHERE code <> %(commune)s AND ST_DWithin(geom, %(ground)s::geometry, %(near)s) ORDER BY distance_m, code
"""
_NO_WORK = """
SELECT key::text AS plan, name, ST_Area(ST_Intersection(no_work_area, %(ground)s::geometry)) AS area_m2
FROM hub.plan WHERE no_work_area && %(ground)s::geometry AND ST_Intersects(no_work_area, %(ground)s::geometry) ORDER BY name
"""
_RESTRICTED = """
SELECT l.visibility AS level, count(*) AS features,
       sum(ST_Area(ST_Intersection(ST_MakeValid(l.geom), %(ground)s::geometry))) AS area_m2
FROM {table} l WHERE l.geom && %(ground)s::geometry AND l.visibility >= %(least)s AND {condition}
  AND ST_Intersects(ST_MakeValid(l.geom), %(ground)s::geometry)
GROUP BY 1 ORDER BY 1
"""
_DIRECT = (
    _OWN
    + """
SELECT count(DISTINCT r.number) AS n FROM own JOIN hub.change_log c ON c.key = own.key AND c.layer = own.layer
JOIN hub.revision r USING (transaction)
WHERE r.proposal IS NULL AND c.old IS NOT NULL AND r.at > clock_timestamp() - make_interval(months => %(months)s)
  AND (%(cleared)s OR coalesce((c.old ->> 'visibility')::int, 0) < 2 AND coalesce((c.new ->> 'visibility')::int, 0) < 2)
"""
)
_DECISIONS = """
SELECT DISTINCT ON (proposal) proposal::text, number FROM hub.decision WHERE proposal = ANY(%s::uuid[])
ORDER BY proposal, recorded_at DESC
"""


@dataclass(frozen=True)
class _Question:
    """A proposal's current version as the caller sees it."""

    principal: Principal
    stored: Stored
    months: int
    gone: tuple[str, ...]

    @property
    def values(self) -> dict[str, Any]:
        version, cleared = self.stored.version, self.principal.cleared
        named = {"id": self.stored.id, "version": version, "gone": list(self.gone), "months": self.months, "cleared": cleared}
        return {**named, "open": [state.value for state in ON_THE_TABLE]}


def related(conn: HubConnection, principal: Principal, proposal: str) -> dict[str, Any]:
    """Areas in m², bounds in metres of the province. Raises `Problem` 404 for a proposal that the caller may not know of."""
    stored = seen(conn, principal, proposal)
    hidden = hidden_from(conn, principal, [stored]).get(stored.id) or Withheld()
    question = _Question(principal, stored, _months(conn), tuple(sorted({key for _, key in hidden.gone})))
    ground = (conn.execute(_GROUND, question.values).fetchone() or {}).get("ground")
    open_, earlier = _others(conn, question)
    size = _area(conn, ground)
    return {
        "competing": open_,
        "earlier": [{**each, "share": min(1.0, each["area_m2"] / size) if size else 0.0} for each in earlier],
        "months": question.months,
        "direct": (conn.execute(_DIRECT, question.values).fetchone() or {"n": 0})["n"],
        "plans": _plans(conn, question, ground),
        "restricted": _restricted(conn, question, ground),
        "communes": _communes(conn, question, ground),
    }


def _months(conn: HubConnection) -> int:
    row = conn.execute("SELECT value -> 'stability_months' AS months FROM hub.setting WHERE name = 'rule_pack'").fetchone() or {}
    return row["months"] if isinstance(row.get("months"), int) else MONTHS


def _area(conn: HubConnection, ground: Optional[str]) -> float:
    row = conn.execute("SELECT coalesce(ST_Area(%s::geometry), 0) AS area", (ground,)).fetchone() or {"area": 0.0}
    return float(row["area"])


# --- other proposals --------------------------------------------------------------------------------------------------


def _others(conn: HubConnection, question: _Question) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those that wait for a decision, and those that were approved of late."""
    bound = {each.id for each in named(conn, [question.stored.id]).get(question.stored.id, ())}
    ids = [row["id"] for row in conn.execute(_CANDIDATES, question.values) if row["id"] not in bound]
    known = [stored for stored in (find(conn, each) for each in sorted(ids)) if stored is not None and _may_know(question, stored)]
    bound_back = named(conn, [stored.id for stored in known])
    known = [s for s in known if question.stored.id not in {each.id for each in bound_back.get(s.id, ())}]
    met = _met(conn, question, known)
    numbers = {row["proposal"]: row["number"] for row in conn.execute(_DECISIONS, ([stored.id for stored in known],))}
    shown = [
        (stored.state, {**_brief(question.principal, stored), "decision": numbers.get(stored.id), **met[stored.id]})
        for stored in sorted(known, key=lambda stored: -stored.row["number"])
        if stored.id in met
    ]
    return [told for state, told in shown if state in ON_THE_TABLE], [told for state, told in shown if state is State.APPROVED]


def _may_know(question: _Question, other: Stored) -> bool:
    return may_see(question.principal, other.standing) or bool(other.standing.signers)


def _brief(principal: Principal, stored: Stored) -> dict[str, Any]:
    row = stored.row
    names = ("id", "number", "title", "commune", "commune_name", "state", "revision")
    return {**{name: row[name] for name in names}, "opens": may_see(principal, stored.standing)}


def _met(conn: HubConnection, question: _Question, known: Sequence[Stored]) -> dict[str, dict[str, Any]]:
    """By proposal, the features of this one that it meets, and how much ground both touch."""
    hidden = hidden_from(conn, question.principal, known)
    unseen = [proposal + key for proposal, each in hidden.items() for _, key in each.gone]
    wanted = {"wanted": [stored.id for stored in known], "unseen": unseen}
    rows = [row for row in conn.execute(_MET, {**question.values, **wanted}) if row["same"] or row["area"] > SLIVER_M2]
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["layer"], row["key"])):
        each = found.setdefault(row["id"], {"features": [], "area_m2": 0.0, "bounds": None})
        each["features"].append({"layer": row["layer"], "key": row["key"], "same": row["same"]})
        each["area_m2"] += row["area"]
        each["bounds"] = _joined([each["bounds"], row["bounds"]])
    return found


def _joined(boxes: Iterable[Optional[Sequence[Optional[float]]]]) -> Optional[list[float]]:
    known = [[float(value) for value in box if value is not None] for box in boxes if box is not None and None not in box]
    if not known:
        return None
    return [min(b[0] for b in known), min(b[1] for b in known), max(b[2] for b in known), max(b[3] for b in known)]


# --- plans, restricted ground, neighbours -----------------------------------------------------------------------------


def _plans(conn: HubConnection, question: _Question, ground: Optional[str]) -> list[dict[str, Any]]:
    """The chain of higher plans, and what the ground is for in each."""
    layer = layers(conn).get(balance.LAYER)
    found = []
    for plan in conn.execute(_CHAIN, (question.stored.row["plan"],)).fetchall():
        functions: Sequence[Mapping[str, Any]] = ()
        if layer is not None and ground is not None:
            cleared = question.principal.cleared
            query = sql.SQL(_FUNCTIONS).format(
                function=function_column(cleared), table=table_name(layer), condition=row_condition(cleared)
            )
            functions = conn.execute(query, {"ground": ground, "plan": plan["key"]}).fetchall()
        found.append({**plan, "functions": [dict(row) for row in functions]})
    return found


def _communes(conn: HubConnection, question: _Question, ground: Optional[str]) -> list[dict[str, Any]]:
    if ground is None:
        return []
    return conn.execute(_COMMUNES, {"ground": ground, "commune": question.stored.row["commune"], "near": NEAR_M}).fetchall()


def _restricted(conn: HubConnection, question: _Question, ground: Optional[str]) -> list[dict[str, Any]]:
    """Ground whose attributes not everybody sees; to cleared accounts also what is hidden, and the areas that cover it."""
    if ground is None:
        return []
    cleared = question.principal.cleared
    found: dict[int, dict[str, Any]] = {}
    values = {"ground": ground, "least": ATTRIBUTES_HIDDEN}
    for layer in layers(conn).values():
        query = sql.SQL(_RESTRICTED).format(table=table_name(layer), condition=row_condition(cleared))
        for row in conn.execute(query, values):
            kind = "hidden" if row["level"] >= EXISTENCE_HIDDEN else "attributes"
            each = found.setdefault(row["level"], {"kind": kind, "name": None, "features": 0, "area_m2": 0.0})
            each["features"] += row["features"]
            each["area_m2"] += row["area_m2"]
    told = [found[level] for level in sorted(found, reverse=True)]
    if cleared:
        areas = conn.execute(_NO_WORK, values).fetchall()
        told += [{"kind": "no_work", "name": row["name"], "features": 0, "area_m2": row["area_m2"]} for row in areas]
    return told
