"""The registry of plans: added and changed by code; a plan's key stays what it is, for its features name it."""

from __future__ import annotations

import unicodedata
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.geometry import written
from province_hub.database import HubConnection
from province_hub.registry import areas
from province_hub.registry.faults import Fault, FileRefused
from province_hub.registry.plan_rows import Codes, PlanRow, parse
from province_hub.registry.systems import ProvinceSystem
from province_hub.registry.vector_files import Source, read_polygons

_THERE = """
SELECT p.key::text, p.code, q.code AS parent, ST_AsBinary(p.geom) AS shape,
       ARRAY(SELECT l.commune FROM hub.plan_commune l WHERE l.plan = p.key ORDER BY 1) AS communes
FROM hub.plan p LEFT JOIN hub.plan q ON q.key = p.parent
"""
_ADD = sql.SQL("INSERT INTO hub.plan ({names}) VALUES ({values})")
_CHANGE = sql.SQL(
    "UPDATE hub.plan SET ({names}) = ROW({values}) WHERE code = %(code)s AND ROW({names}) IS DISTINCT FROM ROW({values})"
)
_PARENT = "UPDATE hub.plan SET parent = (SELECT key FROM hub.plan WHERE code = %s) WHERE code = %s"
_SHAPE = "UPDATE hub.plan SET geom = ST_GeomFromWKB(%s, %s) WHERE code = %s"
_LISTED = """
SELECT p.code, p.name, p.level, p.kind, p.status, coalesce(q.code, '') AS parent, p.geom IS NOT NULL AS drawn,
       ARRAY(SELECT l.commune FROM hub.plan_commune l WHERE l.plan = p.key ORDER BY 1) AS communes
FROM hub.plan p LEFT JOIN hub.plan q ON q.key = p.parent ORDER BY p.code
"""
_ELSEWHERE = ("parent", "communes")


@dataclass(frozen=True)
class Boundaries:
    """A file of outlines and the field in it that holds the plan's code."""

    source: Source
    code_field: str


@dataclass(frozen=True)
class PlansOutcome:
    """Codes of plans; ``reloading`` are communes whose desks need a whole new state, since their area reaches elsewhere."""

    added: list[str]
    changed: list[str]
    outlined: list[str]
    reloading: list[str]


@dataclass(frozen=True)
class _Known:
    key: str
    parent: Optional[str]
    shape: Optional[bytes]
    communes: tuple[str, ...]


def register(
    conn: HubConnection, rows: Sequence[tuple[str, Mapping[str, str]]], boundaries: Optional[Boundaries] = None
) -> PlansOutcome:
    """Add and change plans in the caller's transaction: columns that aren't given stay. Raises `FileRefused`.

    ``rows`` are the places and cells of `plan_rows.read_csv`.
    """
    plans = parse(rows, _codes(conn))
    conn.execute("LOCK TABLE hub.plan, hub.plan_commune, hub.commune IN SHARE ROW EXCLUSIVE MODE")
    before = _known(conn)
    outlines = _outlines(conn, boundaries, before.keys() | {plan.code for plan in plans})
    _check_links(conn, plans, before)
    changed = [plan.code for plan in plans if _write(conn, plan, plan.code in before) and plan.code in before]
    for plan in plans:
        _link(conn, plan)
    for code, shape in outlines.items():
        conn.execute(_SHAPE, (shape, ProvinceSystem.of(conn).epsg, code))
    after = _known(conn)
    return PlansOutcome(
        added=[plan.code for plan in plans if plan.code not in before],
        changed=sorted({*changed, *(code for code, was in before.items() if _links(was) != _links(after[code]))}),
        outlined=sorted(outlines),
        reloading=areas.renew(conn, _touched(before, after)),
    )


def listed(conn: HubConnection) -> list[dict[str, Any]]:
    """All plans as a person wants to see them."""
    return conn.execute(_LISTED).fetchall()


def _codes(conn: HubConnection) -> Codes:
    lists: dict[str, dict[str, str]] = {}
    for row in conn.execute("SELECT list, code, title_vi, title_en FROM hub.code WHERE list LIKE 'plan\\_%'"):
        for name in (row["title_en"], row["title_vi"], row["code"]):
            lists.setdefault(row["list"], {})[unicodedata.normalize("NFC", name).lower()] = row["code"]
    return lists


def _known(conn: HubConnection) -> dict[str, _Known]:
    return {
        row["code"]: _Known(row["key"], row["parent"], row["shape"] and bytes(row["shape"]), tuple(row["communes"]))
        for row in conn.execute(_THERE)
    }


def _links(plan: _Known) -> tuple[Optional[str], tuple[str, ...]]:
    return plan.parent, plan.communes


def _touched(before: Mapping[str, _Known], after: Mapping[str, _Known]) -> set[str]:
    """Communes that a plan came to, left, or was drawn anew in."""
    touched: set[str] = set()
    for code, plan in after.items():
        was = before.get(code)
        if was is None or (was.shape, was.communes) != (plan.shape, plan.communes):
            touched.update(plan.communes if plan.shape else (), was.communes if was and was.shape else ())
    return touched


def _outlines(conn: HubConnection, boundaries: Optional[Boundaries], codes: set[str]) -> dict[str, bytes]:
    if boundaries is None:
        return {}
    polygons = read_polygons(boundaries.source, ProvinceSystem.of(conn), {"code": boundaries.code_field})
    uses = Counter(polygon.values["code"] for polygon in polygons)
    faults = []
    for polygon in polygons:
        code = polygon.values["code"]
        if code not in codes:
            faults.append(Fault("plan.unknown", polygon.place, {"value": code}))
        elif uses[code] > 1:
            faults.append(Fault("plan.twice", polygon.place, {"value": code}))
    if faults:
        raise FileRefused(*faults)
    return {polygon.values["code"]: written(polygon.shape) for polygon in polygons}


def _check_links(conn: HubConnection, plans: Sequence[PlanRow], before: Mapping[str, _Known]) -> None:
    communes = {row["code"] for row in conn.execute("SELECT code FROM hub.commune")}
    parents = {code: plan.parent for code, plan in before.items()}
    parents |= {plan.code: plan.values.get("parent", parents.get(plan.code)) for plan in plans}
    faults = []
    for plan in plans:
        unknown = [code for code in plan.values.get("communes", ()) if code not in communes]
        faults += [Fault("commune.unknown", plan.place, {"value": code}) for code in unknown]
        if parents[plan.code] is not None and parents[plan.code] not in parents:
            faults.append(Fault("plan.parent", plan.place, {"value": parents[plan.code]}))
        elif _in_circle(plan.code, parents):
            faults.append(Fault("plan.circle", plan.place, {"value": plan.code}))
    if faults:
        raise FileRefused(*faults)


def _in_circle(code: str, parents: Mapping[str, Optional[str]]) -> bool:
    at, seen = parents[code], {code}
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == code


def _write(conn: HubConnection, plan: PlanRow, known: bool) -> bool:
    """The plan's own columns; whether that changed anything."""
    values = {name: value for name, value in plan.values.items() if name not in _ELSEWHERE}
    if not known:
        values = {"key": str(uuid.uuid4()), "status": "approved", **values}
    statement = (_CHANGE if known else _ADD).format(
        names=sql.SQL(", ").join(map(sql.Identifier, values)),
        values=sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    return conn.execute(statement, values).rowcount == 1


def _link(conn: HubConnection, plan: PlanRow) -> None:
    if "parent" in plan.values:
        conn.execute(_PARENT, (plan.values["parent"], plan.code))
    if "communes" in plan.values:
        conn.execute("DELETE FROM hub.plan_commune l USING hub.plan p WHERE p.key = l.plan AND p.code = %s", (plan.code,))
        for commune in plan.values["communes"]:
            conn.execute("INSERT INTO hub.plan_commune SELECT key, %s FROM hub.plan WHERE code = %s", (commune, plan.code))
