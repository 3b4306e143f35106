"""Measure of an approval: 1,000 changes against plain SQL that writes rows of the same kind into the same table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from unittest.mock import patch

import shapely
from psycopg import sql

from benchmarks.rig import LOTS, SCHEMA, Hub, timed
from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from commune_planning_plugin.core.workflow import Step
from province_hub.database import Database
from province_hub.layer_tables import read_rows
from tests.hub import tiny
from tests.hub.workflow import Desk

CHANGES = 1_000
TRIES = 3
APPROVER = "soxd.duyet"
_PLAIN = 'UPDATE {} SET "ghiChu" = %s, geom = ST_GeomFromWKB(%s, 9217) WHERE key = %s::uuid'


def approve_s(hub: Hub) -> tuple[float, float, float]:
    """Seconds of an approval without rules, of one with rules, and of plain SQL."""
    database = Database(tiny.as_application(hub.conninfo))
    try:
        desk = Desk(database, hub.conninfo)
        rows = edits(desk, 3 * TRIES * CHANGES)
        batches = [list(islice(rows, CHANGES)) for _ in range(3 * TRIES)]
        with _no_rules():
            bare = min(_approve(desk, batch) for batch in batches[:TRIES])
        ruled = min(_approve(desk, batch) for batch in batches[TRIES : 2 * TRIES])
        return bare, ruled, min(_plain(database, batch) for batch in batches[2 * TRIES :])
    finally:
        database.close()


def edits(desk: Desk, count: int) -> Iterator[Change]:
    """Of the first lots, by key."""
    with desk.database.reading() as connection:
        rows = read_rows(connection, desk.lots, sql.SQL("true"), limit=count)
    return (_edited(desk.lots, key, row) for key, row in rows.items())


def _edited(layer: Layer, key: str, row: Values) -> Change:
    """Another remark, and a vertex in the middle of each edge: a geometry of its own that neither overlaps nor leaves a gap."""
    shape = row[GEOMETRY]
    assert isinstance(shape, bytes)
    lot = geometry.read(shape)
    halved = shapely.segmentize(lot, 0.51 * (lot.bounds[2] - lot.bounds[0]))
    finer = geometry.normalised(geometry.written(halved), layer.geometry)
    change = diff_row(layer, key, row, {**row, "ghiChu": "sửa", GEOMETRY: finer})
    assert change is not None
    return change


def _approve(desk: Desk, changes: Sequence[Change]) -> float:
    version = desk.version(*changes)
    desk.submit(version)
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    seen = desk.detail(APPROVER, version)["result_hash"]
    return timed(lambda: desk.step(APPROVER, version, Step.APPROVE, result_hash=seen, without_consent=True))


@contextmanager
def _no_rules() -> Iterator[None]:
    with (
        patch("province_hub.reviewing.rules.check", return_value=[]),
        patch("province_hub.reviewing.surroundings", return_value={}),
    ):
        yield


def _plain(database: Database, changes: Sequence[Change]) -> float:
    statement = sql.SQL(_PLAIN).format(sql.Identifier(SCHEMA, LOTS))
    values = [((change.new or {})["ghiChu"], (change.new or {})[GEOMETRY], change.key) for change in changes]

    def write() -> None:
        with database.writing("dba") as connection, connection.cursor() as cursor:
            cursor.executemany(statement, values)

    return timed(write)
