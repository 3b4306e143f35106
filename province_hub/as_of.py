"""A layer as it was: what the database knew at a revision (transaction time), and what of that was in force on a day (legal time,
`core.legal_time`).

It costs what has changed since, not what is stored: the rows as they are, without those that the log touches after the revision,
with the log's first ``old`` of these. On a day only those features are looked into whose newest version isn't in force on it.

Nothing is told that the caller may not see now, or whose row was hidden then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.legal_time import FeatureVersion, in_force
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from province_hub import legal_times, revisions
from province_hub.area import Area, meets, near
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.layer_tables import logged_row, read_rows, srid, table_name
from province_hub.visibility import EXISTENCE_HIDDEN, level_of, row_condition, visible

FIRST_KEY = "00000000-0000-0000-0000-000000000000"
ROWS_AT_ONCE = 500
COUNTRY = timezone(timedelta(hours=7))
"""The country's clock, as `legal_times.ZONE`; it knows no summer time."""

_OLD, _NEW, _NOW = sql.Identifier("c", "old_geom"), sql.Identifier("c", "new_geom"), sql.Identifier("l", GEOMETRY)
_LOGGED = sql.SQL("c.transaction = ANY(%(transactions)s) AND c.layer = %(layer)s AND c.key > %(key)s AND ({old} OR {new})").format(
    old=near(_OLD), new=near(_NEW)
)
_TOUCHED = sql.SQL(
    """
SELECT DISTINCT ON (c.key) c.key::text, c.old, ST_AsBinary(c.old_geom, 'NDR') AS shape FROM hub.change_log c
WHERE c.transaction = ANY(%(transactions)s) AND c.layer = %(layer)s AND c.key IN (SELECT c.key FROM hub.change_log c WHERE {logged})
ORDER BY c.key, c.id
"""
).format(logged=_LOGGED)
_KEYS = sql.SQL("SELECT DISTINCT c.key::text FROM hub.change_log c WHERE {}").format(_LOGGED)
_LATER = sql.SQL("SELECT l.key::text FROM {} l WHERE l.valid_from > %(day)s AND l.key > %(key)s AND {}")
_INSIDE = sql.SQL("SELECT s.n FROM unnest(%(shapes)s::bytea[]) WITH ORDINALITY s (wkb, n) WHERE {}").format(
    meets(sql.SQL("ST_GeomFromWKB(s.wkb, %(srid)s)"))
)
_LEVELS = """
SELECT DISTINCT ON (c.key) c.key::text, (coalesce(c.new, c.old) ->> 'visibility')::int AS level
FROM hub.change_log c WHERE c.layer = %s AND c.key = ANY(%s::uuid[]) ORDER BY c.key, c.id DESC
"""
_AT = "SELECT number FROM hub.revision WHERE at <= %s ORDER BY number DESC LIMIT 1"
_NUMBERED = """
SELECT number, id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM hub.revision WHERE number = %s
"""


@dataclass(frozen=True)
class Moment:
    """``revision`` is what the database knew; ``on`` asks what of that was in force, else it is all that it had."""

    revision: int
    on: Optional[date] = None


@dataclass(frozen=True)
class Place:
    """Of whom, and of which plan (its key; None: all) the features are."""

    area: Area
    cleared: bool
    plan: Optional[str] = None


def moment(conn: HubConnection, as_of: Optional[str], on: Optional[date]) -> Moment:
    """``as_of`` is a revision's number, a time, or a day (its end, by the country's clock); None is now.

    Raises `Problem`: 422 ``invalid`` where it is none of these, 409 ``checkpoint.unknown`` where there is no such revision.
    """
    newest, _ = revisions.latest(conn)
    if as_of is None:
        return Moment(newest, on)
    if as_of.isascii() and as_of.isdecimal() and len(as_of) < 19:
        if conn.execute(_NUMBERED, (int(as_of),)).fetchone() is None:
            raise Problem(409, "checkpoint.unknown", number=int(as_of))
        return Moment(int(as_of), on)
    row = conn.execute(_AT, (_instant(as_of),)).fetchone()
    return Moment(row["number"] if row else 0, on)


def _instant(text: str) -> datetime:
    try:
        if len(text) == len("2026-01-01"):
            return datetime.fromisoformat(text).replace(tzinfo=COUNTRY) + timedelta(days=1, microseconds=-1)
        instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return instant if instant.tzinfo else instant.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError) as error:
        raise Problem(422, "invalid", code="request.malformed", parameter="as_of") from error


def described(conn: HubConnection, at: Moment) -> dict[str, Any]:
    """The moment as an answer names it."""
    revision = conn.execute(_NUMBERED, (at.revision,)).fetchone()
    return {"as_of": revision, "on": at.on.isoformat() if at.on else None}


def features(conn: HubConnection, layer: Layer, place: Place, at: Moment, after: str = FIRST_KEY) -> Iterator[tuple[str, Values]]:
    """Keys and rows as the caller may see them, in the order of keys, those after ``after``."""
    apart = _apart(conn, layer, place, at, after)
    waiting = sorted(apart)
    while True:
        rows = _standing(conn, layer, place, at, after, waiting)
        full = len(rows) == ROWS_AT_ONCE
        last = max(rows) if full else None
        here = [key for key in waiting if key > after and (last is None or key <= last)]
        for key in sorted([*rows, *here]):
            shown = visible(rows[key], place.cleared) if key in rows else apart[key]
            if shown is not None:
                yield key, shown
        if last is None:
            return
        after = last


def _standing(conn: HubConnection, layer: Layer, place: Place, at: Moment, after: str, apart: Sequence[str]) -> dict[str, Values]:
    """Rows that are as they were."""
    conditions = [sql.SQL("l.key > %(key)s AND l.key <> ALL(%(apart)s::uuid[])"), meets(_NOW), row_condition(place.cleared)]
    if place.plan is not None:
        conditions.append(sql.SQL("l.plan = %(plan)s"))
    if at.on is not None:
        conditions.append(sql.SQL("coalesce(l.valid_to >= %(day)s, true)"))
    given = {"key": after, "apart": list(apart), "plan": place.plan, "day": at.on, **place.area.parameters}
    return read_rows(conn, layer, sql.SQL(" AND ").join(conditions), given, ROWS_AT_ONCE)


def _apart(conn: HubConnection, layer: Layer, place: Place, at: Moment, after: str) -> dict[str, Optional[Values]]:
    """Features that aren't as they stand in the table: with their rows as they were, None where there was nothing to be seen."""
    given = {"layer": layer.id, "key": after, "day": at.on, **place.area.parameters}
    since = revisions.transactions(conn, at.revision, revisions.latest(conn)[0])
    touched = conn.execute(_TOUCHED, {**given, "transactions": since}).fetchall()
    then: dict[str, Optional[Values]] = {row["key"]: logged_row(layer, row["old"], row["shape"]) for row in touched}
    if at.on is not None:
        then.update(_on_day(conn, layer, place, at, then, given))
    shown = {key: row for key, row in then.items() if row is not None and place.plan in (None, row["plan"])}
    inside = _inside(conn, place.area, shown)
    levels = {row["key"]: row["level"] for row in conn.execute(_LEVELS, (layer.id, list(inside)))}
    return {key: _seen(shown[key], levels.get(key), place.cleared) if key in inside else None for key in then}


def _on_day(
    conn: HubConnection,
    layer: Layer,
    place: Place,
    at: Moment,
    then: Mapping[str, Optional[Values]],
    given: Mapping[str, Any],
) -> dict[str, Optional[Values]]:
    """Of features whose newest version isn't in force on the day, what was."""
    assert at.on is not None  # noqa: S101  # it is asked for a day
    day = at.on.isoformat()
    late = [key for key, row in then.items() if row is not None and not _within(row, day)]
    waiting = legal_times.waiting(conn, at.revision, at.on)
    late += [row["key"] for row in conn.execute(_KEYS, {**given, "transactions": waiting})]
    late += [row["key"] for row in conn.execute(_LATER.format(table_name(layer), near(_NOW)), given)]
    found: dict[str, list[FeatureVersion]] = {key: [] for key in late}
    for each in legal_times.versions(conn, layer, list(found), at.revision):
        found[each.key].append(each.version)
    chosen = {key: in_force(each, at.on) for key, each in found.items()}
    return {key: version.row if version is not None else None for key, version in chosen.items()}


def _within(row: Values, day: str) -> bool:
    start, end = row.get("valid_from"), row.get("valid_to")
    return (start is None or str(start) <= day) and (end is None or str(end) >= day)


def _inside(conn: HubConnection, area: Area, rows: Mapping[str, Values]) -> set[str]:
    keys = [key for key, row in rows.items() if row[GEOMETRY] is not None]
    given = {"shapes": [rows[key][GEOMETRY] for key in keys], "srid": srid(conn), **area.parameters}
    return {keys[row["n"] - 1] for row in conn.execute(_INSIDE, given)}


def _seen(row: Values, level_now: Optional[int], cleared: bool) -> Optional[Values]:
    """What may be seen of a former row: no more than of the feature as it is now, or was last."""
    level = max(level_of(row), level_now or 0)
    if not cleared and level >= EXISTENCE_HIDDEN:
        return None
    shown = visible({**row, "visibility": level}, cleared)
    return None if shown is None else {**shown, "visibility": row["visibility"]}


def only(rows: Iterable[tuple[str, Values]], limit: int) -> Iterator[tuple[str, Values]]:
    """Raises `Problem` 413 ``too_large`` where there are more than ``limit``."""
    for number, each in enumerate(rows):
        if number >= limit:
            raise Problem(413, "too_large", limit=limit)
        yield each
