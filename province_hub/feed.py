"""The change feed: what a working copy at one checkpoint lacks of a later one, net per feature, as far as the caller may see it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, canonical_value
from commune_planning_plugin.core.wire import encode_values
from province_hub import revisions
from province_hub.area import Area, meets, near
from province_hub.database import HubConnection
from province_hub.layer_tables import read_rows
from province_hub.net_changes import NetChanges, Range
from province_hub.visibility import EXISTENCE_HIDDEN, row_condition, visible

_NET = NetChanges()
_REVISIONS_NAMED = 1000
_OLD, _NEW = sql.Identifier("c", "old_geom"), sql.Identifier("c", "new_geom")
_STEPS = sql.SQL(
    """
SELECT layer, key::text, was_inside, is_inside, key = ANY(%(also)s::uuid[]) AS kept, last_level,
       CASE WHEN relevant THEN old END AS old, CASE WHEN relevant THEN ST_AsBinary(old_geom, 'NDR') END AS old_geom,
       CASE WHEN relevant THEN new END AS new, CASE WHEN relevant THEN ST_AsBinary(new_geom, 'NDR') END AS new_geom
FROM (
    SELECT net.position, b.layer, b.key, b.old, b.old_geom, e.new, e.new_geom, inside.*,
           (coalesce(e.new, e.old) ->> 'visibility')::int AS last_level,
           was_inside OR is_inside OR b.key = ANY(%(also)s::uuid[]) AS relevant
    FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[]) WITH ORDINALITY net (first, last, position)
    JOIN hub.change_log b ON b.id = net.first JOIN hub.change_log e ON e.id = net.last,
    LATERAL (SELECT coalesce({was}, false) AS was_inside, coalesce({now}, false) AS is_inside OFFSET 0) inside
) each ORDER BY position
"""
)
_SEEN = sql.SQL(
    "(c.transaction = ANY(%(transactions)s::uuid[]) AND c.layer = ANY(%(layers)s)"
    " AND ((coalesce({old_seen}, false) AND (c.key = ANY(%(also)s::uuid[]) OR coalesce({old_near}, false)))"
    " OR (coalesce({new_seen}, false) AND (c.key = ANY(%(also)s::uuid[]) OR coalesce({new_near}, false)))))"
)
_COUNT = sql.SQL("SELECT count(DISTINCT (c.layer, c.key)) AS number FROM hub.change_log c WHERE {seen}")
_REVISIONS = sql.SQL(
    """
WITH wanted AS (
    SELECT r.* FROM hub.revision r JOIN hub.proposal p ON p.revision = r.number
    WHERE r.number > %(after)s AND r.number <= %(to)s AND p.commune = %(commune)s
    UNION (SELECT r.* FROM hub.revision r WHERE r.transaction IN (SELECT c.transaction FROM hub.change_log c WHERE {seen})
           ORDER BY r.number DESC LIMIT {most})
)
SELECT w.number, w.id::text, to_char(w.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, w.actor,
       coalesce(p.id, w.proposal)::text AS proposal, coalesce(p.version, w.version) AS version
FROM wanted w LEFT JOIN hub.proposal p ON p.revision = w.number ORDER BY w.number, p.number
"""
)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Checkpoint:
    """A revision by number and id."""

    number: int
    id: str

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "id": self.id}


@dataclass(frozen=True)
class Place:
    """How far the pages of one feed have come; ``count`` is what the first page said."""

    layer: str = ""
    key: str = "00000000-0000-0000-0000-000000000000"
    count: Optional[int] = None


@dataclass(frozen=True)
class Question:
    """``also`` are keys of features that the caller keeps though they left the area; ``withdrawn`` whether it knows that kind."""

    area: Area
    cleared: bool
    since: Checkpoint
    target: Checkpoint
    also: tuple[str, ...] = ()
    place: Place = Place()
    withdrawn: bool = False

    def parameters(self, layers: Iterable[str]) -> dict[str, Any]:
        return {
            **self.area.parameters,
            "after": self.since.number,
            "to": self.target.number,
            "layers": list(layers),
            "also": list(self.also),
        }


@dataclass(frozen=True)
class Page:
    """Lines of NDJSON without the last one, which names the next page; ``next`` is None at the end."""

    lines: tuple[bytes, ...]
    next: Optional[Place]


@dataclass(frozen=True)
class _Step:
    """One feature between checkpoint and target, as the caller may see it."""

    layer: Layer
    key: str
    old: Optional[dict[str, Any]]
    new: Optional[dict[str, Any]]
    was_inside: bool
    is_inside: bool
    kept: bool
    hidden: bool


def page(conn: HubConnection, layers: Mapping[str, Layer], question: Question, limit: int) -> Page:
    """The lines from the question's place on, at least one change and about ``limit`` bytes of them."""
    first = question.place.count is None
    count = _count(conn, layers, question) if first else question.place.count
    head = {
        "type": "page",
        "from": question.since.to_json(),
        "to": question.target.to_json(),
        "count": count,
        "revisions": _revisions(conn, layers, question) if first else [],
    }
    lines, size = [_line(head)], 0
    for step in _steps(conn, layers, question):
        change = _change(step, question.withdrawn)
        if change is None:
            continue
        lines.append(_line(change))
        size += len(lines[-1])
        if size >= limit:
            return Page(tuple(lines), Place(step.layer.id, step.key, count))
    return Page(tuple(lines), None)


def rows(conn: HubConnection, layer: Layer, keys: Sequence[str], cleared: bool) -> list[dict[str, Any]]:
    """Features by key as the caller may see them, as whole rows."""
    condition = sql.SQL("l.key = ANY(%s::uuid[]) AND {}").format(row_condition(cleared))
    found = read_rows(conn, layer, condition, (list(keys),))
    return [{"key": key, "row": encode_values(visible(row, cleared))} for key, row in found.items()]


def _steps(conn: HubConnection, layers: Mapping[str, Layer], question: Question) -> Iterator[_Step]:
    """Every feature that the log touches after the question's place, in order of layer and key."""
    statement = _STEPS.format(was=meets(sql.Identifier("b", "old_geom")), now=meets(sql.Identifier("e", "new_geom")))
    span = Range(question.since.number, question.target.number, (question.since.id, question.target.id))
    for entries in _NET.entries(conn, span, layers, (question.place.layer, question.place.key)):
        ids = {"firsts": [entry.first for entry in entries], "lasts": [entry.last for entry in entries]}
        for row in conn.execute(statement, {**question.parameters(layers), **ids}):
            yield _step(layers[row["layer"]], row, question.cleared)


def _step(layer: Layer, row: Mapping[str, Any], cleared: bool) -> _Step:
    old = visible(_whole(row["old"], row["old_geom"]), cleared)
    new = visible(_whole(row["new"], row["new_geom"]), cleared)
    hidden = not cleared and row["last_level"] is not None and row["last_level"] >= EXISTENCE_HIDDEN
    return _Step(layer, row["key"], old, new, row["was_inside"], row["is_inside"], row["kept"], hidden)


def _whole(attributes: Optional[Mapping[str, Any]], shape: Optional[bytes]) -> Optional[dict[str, Any]]:
    return None if attributes is None else {**attributes, GEOMETRY: shape}


def _change(step: _Step, withdrawn: bool) -> Optional[dict[str, Any]]:
    """What the step is to a working copy; None where it is nothing. What appeared looks inserted.

    What became hidden is ``withdrawn``, deleted since or not: all that is kept of it has to go. Who doesn't know that kind is
    told that it was deleted.
    """
    had = step.old is not None and (step.was_inside or step.kept)
    wanted = step.is_inside or step.kept
    if step.new is None:
        return _shown(step, "withdrawn" if step.hidden and withdrawn else "delete", None) if had else None
    if step.old is None or not had:
        return _shown(step, "insert", _values(step.layer, step.new)) if wanted else None
    touched = _touched(step.layer, step.old, step.new)
    if wanted:
        return _shown(step, "update", touched) if touched else None
    return _shown(step, "left_area", touched)


def _shown(step: _Step, kind: str, new: Optional[Mapping[str, Value]]) -> dict[str, Any]:
    return {"type": "change", "layer": step.layer.id, "key": step.key, "kind": kind, "new": encode_values(new)}


def _values(layer: Layer, row: Mapping[str, Any]) -> dict[str, Value]:
    """A logged row in canonical form; columns that the layer hasn't are left out."""
    values = {field.name: canonical_value(field, row.get(field.name)) for field in layer.fields}
    return {**values, GEOMETRY: row[GEOMETRY]}


def _touched(layer: Layer, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Value]:
    touched: dict[str, Value] = {}
    before, after = old.get, new.get
    for name in [name for name in layer.by_name if before(name) != after(name)]:
        value = canonical_value(layer.by_name[name], after(name))
        if not same_value(name, canonical_value(layer.by_name[name], before(name)), value):
            touched[name] = value
    if old[GEOMETRY] != new[GEOMETRY]:
        touched[GEOMETRY] = new[GEOMETRY]
    return touched


def _count(conn: HubConnection, layers: Iterable[str], question: Question) -> int:
    """Features that may have changed, by their boxes; none that the caller may not know of."""
    row = conn.execute(_COUNT.format(seen=_seen(question)), _range(conn, layers, question)).fetchone()
    return int(row["number"]) if row else 0


def touched(conn: HubConnection, area: Area, cleared: bool, after: int, to: int) -> bool:
    """Whether a revision after ``after``, up to ``to``, changed something there that the caller may know of."""
    question = Question(area, cleared, Checkpoint(after, ""), Checkpoint(to, ""))
    known = [row["id"] for row in conn.execute("SELECT id FROM hub.layer")]
    return _count(conn, known, question) > 0


def _revisions(conn: HubConnection, layers: Mapping[str, Layer], question: Question) -> list[dict[str, Any]]:
    """Revisions of the commune's proposals, and the newest others of which the caller may see something.

    One that several linked proposals made is named once for each of them.
    """
    statement = _REVISIONS.format(seen=_seen(question), most=sql.Literal(_REVISIONS_NAMED))
    return conn.execute(statement, _range(conn, layers, question)).fetchall()


def _range(conn: HubConnection, layers: Iterable[str], question: Question) -> dict[str, Any]:
    span = revisions.transactions(conn, question.since.number, question.target.number)
    return {**question.parameters(layers), "transactions": span}


def _seen(question: Question) -> sql.Composed:
    def seen(side: str) -> sql.Composable:
        test = sql.SQL("{} IS NOT NULL") if question.cleared else sql.SQL("({}->>'visibility')::int < {}")
        return test.format(sql.Identifier("c", side), sql.Literal(EXISTENCE_HIDDEN))

    return _SEEN.format(old_seen=seen("old"), new_seen=seen("new"), old_near=near(_OLD), new_near=near(_NEW))


def _line(document: Mapping[str, Any]) -> bytes:
    return _COMPACT.encode(document).encode() + b"\n"
