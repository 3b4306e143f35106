"""What the past costs: the log's rows that are read follow what is told, not what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from psycopg.rows import dict_row

from commune_planning_plugin.core.changes import Change
from province_hub import as_of, history, removed, revision_changes
from province_hub.area import area_of
from province_hub.as_of import Moment, Place
from province_hub.lineage import lineage_of
from tests.hub import tiny
from tests.hub.test_as_of import TODAY
from tests.hub.workflow import Desk, make_desk  # noqa: F401

LOT, OTHER = tiny.lot_key("22504", 0, 0), tiny.lot_key("22504", 5, 5)
ROUNDS, OWN = 60, 250
"""Revisions that change every lot, and then ones of one lot alone."""


class Explaining:
    """A connection that carries each query out, and has PostgreSQL say how many rows of the log that read."""

    def __init__(self, conn: Any) -> None:
        self._conn, self.read = conn, 0

    def execute(self, query: Any, params: Any = None) -> Any:
        text = query if isinstance(query, str) else query.as_string(self._conn)
        with self._conn.cursor(row_factory=dict_row) as cursor:
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + text, params)
            self.read += sum(logged(cursor.fetchone()["QUERY PLAN"][0]["Plan"]))
        return self._conn.execute(query, params)

    def cursor(self, **given: Any) -> Any:
        return self._conn.cursor(**given)


def logged(plan: dict[str, Any]) -> Iterator[int]:
    if plan.get("Relation Name") == "change_log":
        away = sum(plan.get(f"Rows Removed by {name}", 0) for name in ("Filter", "Index Recheck"))
        yield (plan["Actual Rows"] + away) * plan["Actual Loops"]
    for below in plan.get("Plans", ()):
        yield from logged(below)


@pytest.fixture(name="old")
def old_province(desk: Desk) -> Desk:
    """Years of work: some ten thousand entries, of which a few are about any one feature."""
    with desk.administrating() as conn:
        for number in range(ROUNDS):
            conn.execute(f'UPDATE {desk_table()} SET "ghiChu" = %s', (str(number),))
            conn.commit()
        for number in range(OWN):
            conn.execute(f'UPDATE {desk_table()} SET "tenDoiTuong" = %s WHERE key = %s', (f"Lô {number}", LOT))
            conn.commit()
    with desk.administrating() as conn:
        conn.execute("ANALYZE hub.change_log")
        conn.execute("ANALYZE hub.revision")
        stored = (conn.execute("SELECT count(*) AS n FROM hub.change_log").fetchone() or {})["n"]
    assert stored > 10_000
    return desk


def desk_table() -> str:
    dataset, name = tiny.LOTS.split(".")
    return f'"{dataset}"."{name}"'


def latest(conn: Any) -> int:
    return int((conn.execute("SELECT max(number) AS n FROM hub.revision").fetchone() or {})["n"])


@pytest.mark.parametrize("name", ["dailanh.kt", "soxd.duyet"], ids=["who sees what is public", "a cleared account"])
def test_rows_of_the_log_that_are_read(old: Desk, name: str):
    principal, layer = old.principal(name), old.lots
    with old.database.reading() as conn:
        area, now = area_of(conn, "22504"), latest(conn)
        place = Place(area, principal.cleared, tiny.plan_key("PLAN-22504"))

        def read(call: Any) -> int:
            watched = Explaining(conn)
            call(watched)
            return watched.read

        entries = ROUNDS + 1
        assert read(lambda c: history.history(c, principal, area, layer, OTHER, None)) <= 3 * entries
        assert read(lambda c: history.history(c, principal, area, layer, LOT, None)) <= 3 * (entries + OWN)
        assert read(lambda c: list(as_of.features(c, layer, place, Moment(now)))) == 0
        before = Moment(now - 10)
        assert read(lambda c: list(as_of.features(c, layer, place, before))) <= 2 * (entries + OWN)
        assert read(lambda c: lineage_of(c, layer, place, before, Moment(now))) <= 2 * (entries + OWN)
        assert read(lambda c: revision_changes.features(c, principal, area, now, ("", as_of.FIRST_KEY))) <= 10
        assert read(lambda c: revision_changes.revisions(c, principal, area, None)) <= 5 * revision_changes.LISTED
        assert read(lambda c: removed.removed(c, layer, [OTHER])) <= entries


def test_a_day_costs_what_waits_for_it(old: Desk):
    """On a day of the future nothing does; each proposal that isn't in force yet adds the versions of its features."""
    principal, layer = old.principal("soxd.duyet"), old.lots
    tomorrow = TODAY + timedelta(days=1)
    old.approve(old.send(old.edited(OTHER, ghiChu="mới")))
    with old.database.reading() as conn:
        place = Place(area_of(conn, "22504"), principal.cleared)
        watched = Explaining(conn)
        found = dict(as_of.features(watched, layer, place, Moment(latest(conn), tomorrow)))
        assert found[OTHER]["ghiChu"] == str(ROUNDS - 1)
        assert watched.read <= 8 * (ROUNDS + 2)


def test_bringing_back_many_costs_their_own_entries(old: Desk):
    gone = [tiny.lot_key("22504", column, 9) for column in range(5)]
    rows = {key: old.row(key) or {} for key in gone}
    old.direct([old.deleted(key) for key in gone])
    changes = [Change(tiny.LOTS, key, None, row) for key, row in rows.items()]
    with old.database.reading() as conn:
        watched = Explaining(conn)
        assert removed.removed(watched, old.lots, [change.key for change in changes]).keys() == set(gone)
        assert watched.read <= len(gone) * (ROUNDS + 2)
