"""What lies around a proposal's changes: bounded by what is shown, however small the features are."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from psycopg import sql

from province_hub import reviewing
from province_hub.layer_tables import table_name
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401

LOT = tiny.lot_key("22504", 2, 2)
_STRIP = """
INSERT INTO {lots} (plan, "maThongTinQH", "maHoSoQH", "maDoiTuong", "tenDoiTuong", "phanLoai", visibility, geom)
SELECT %(plan)s, '562512012345', '56QHC22504', 'm' || n, 'Lô ' || n, 'Quy hoạch', %(level)s,
       ST_Multi(ST_MakeEnvelope(x, 1400205, x + 0.5, 1400206, 9217))
FROM generate_series(0, %(count)s - 1) n, LATERAL (SELECT 600300 + n * 0.5 AS x) place
"""
"""Half a metre wide, side by side to the east of the lot."""


def strip(desk: Desk, count: int, level: int = 0) -> None:
    with desk.administrating() as conn:
        lots = table_name(desk.lots)
        conn.execute(sql.SQL(_STRIP).format(lots=lots), {"plan": tiny.plan_key("PLAN-22504"), "count": count, "level": level})


def around(desk: Desk, name: str = "soxd.tham") -> list[dict[str, Any]]:
    version = desk.send(desk.edited(LOT, tenDoiTuong="Chợ"))
    found: list[dict[str, Any]] = desk.detail(name, version)["context"]
    return found


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "CONTEXT_LIMIT", 60)


@pytest.mark.usefixtures("little_room")
def test_of_many_small_ones_all_that_are_nearest_are_shown(desk: Desk) -> None:
    strip(desk, 190)
    shapes = [desk.row(each["key"])["geom"] for each in around(desk)]  # type: ignore[index]
    east = sorted(shapely.bounds(shapely.from_wkb(shape))[0] for shape in shapes if shapely.area(shapely.from_wkb(shape)) < 1)
    assert 20 <= len(east) <= 60
    assert east == [600_300 + 0.5 * n for n in range(len(east))], "none is left out between those that are shown"


@pytest.mark.usefixtures("little_room")
def test_what_may_not_be_known_takes_no_room(desk: Desk) -> None:
    before = {each["key"] for each in around(desk, "dailanh.ct")}
    strip(desk, 190, level=2)
    assert {each["key"] for each in around(desk, "dailanh.ct")} == before


def test_the_database_stops_counting_where_there_is_too_much(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "CONTEXT_LIMIT", 10)
    strip(desk, 190)
    read: list[int] = []
    read_rows = reviewing.read_rows

    def noted(conn: Any, layer: Any, condition: Any, params: Any = (), limit: Any = None) -> Any:
        if limit is not None:
            query = sql.SQL("SELECT count(*) AS n FROM {} l WHERE {}").format(table_name(layer), condition)
            read.append(conn.execute(query, params).fetchone()["n"])
        return read_rows(conn, layer, condition, params, limit)

    monkeypatch.setattr(reviewing, "read_rows", noted)
    around(desk)
    assert read
    assert max(read) <= 30
