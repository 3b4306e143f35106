"""What an approval merges: corners of one lot moved by both, edges that neighbours share, lots that were divided meanwhile."""

from __future__ import annotations

import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401

WEST, LOT, NEIGHBOUR = (tiny.lot_key("22504", column, 2) for column in (1, 2, 3))
Place = tuple[float, float]


def shape(*ring: Place) -> bytes:
    """Metres from the south-western corner of `LOT`, which is a hundred wide; `NEIGHBOUR` lies east of it."""
    return geometry.written(shapely.MultiPolygon([shapely.Polygon([(600_200 + x, 1_400_200 + y) for x, y in ring])]))


def lots(west: float, middle: float, east: float) -> dict[str, bytes]:
    """Both lots, with a vertex halfway up the edges at their west, between them and at their east, so far from its place."""
    edges = [((at, 0.0), (at + by, 50.0), (at, 100.0)) for at, by in ((0.0, west), (100.0, middle), (200.0, east))]
    return {key: shape(*edges[at + 1], *reversed(edges[at])) for at, key in enumerate((LOT, NEIGHBOUR))}


def west(by: float) -> bytes:
    """The lot west of `LOT`, its side of their common edge."""
    return shape((-100, 0), (0, 0), (by, 50), (0, 100), (-100, 100))


def edits(desk: Desk, shapes: dict[str, bytes]) -> list[Change]:
    return [desk.edited(key, geom=wkb) for key, wkb in shapes.items()]


@pytest.fixture
def halfway(desk: Desk) -> Desk:
    """Where the vertices halfway up the edges are there already."""
    desk.direct(edits(desk, lots(0, 0, 0)))
    return desk


def test_edges_moved_by_either_side_are_both_moved(halfway: Desk):
    version = halfway.send(*edits(halfway, lots(0, 9, 0)))
    halfway.direct(edits(halfway, {LOT: lots(4, 0, 0)[LOT], WEST: west(4)}))
    halfway.approve(version)
    row = halfway.row(LOT) or {}
    assert geometry.same(row["geom"], lots(4, 9, 0)[LOT])
    assert row["dienTich"] == pytest.approx(shapely.from_wkb(row["geom"]).area)
    assert geometry.same((halfway.row(NEIGHBOUR) or {})["geom"], lots(0, 9, 0)[NEIGHBOUR])


def test_an_edge_moved_by_both_is_a_conflict(halfway: Desk):
    version = halfway.send(*edits(halfway, lots(0, 9, 0)))
    halfway.direct(edits(halfway, lots(0, 5, 0)))
    with refused(409, "proposal.conflict") as details:
        halfway.approve(version)
    assert [each["attributes"] for each in details["conflicts"]] == [["geom"], ["geom"]]


def test_a_merge_that_tears_the_tiling_is_an_error_and_not_applied(halfway: Desk):
    """Each lot merges by itself; what comes out overlaps, which neither side meant."""
    version = halfway.send(*edits(halfway, {LOT: lots(-9, 0, 0)[LOT], WEST: west(-9)}))
    halfway.direct([halfway.edited(LOT, geom=lots(0, 6, 0)[LOT])])  # past the hub, without its neighbour
    with refused(409, "rules.errors") as details:
        halfway.approve(version)
    assert "tile.overlap" in {finding["rule"] for finding in details["findings"]}


HALVES = shape((0, 0), (60, 0), (60, 100), (0, 100)), shape((60, 0), (100, 0), (100, 100), (60, 100))


@pytest.mark.parametrize(
    "by_the_province", [{"chucNangSuDungDatMuc2": "O_Nhomnhao"}, {"geom": shape((0, 0), (100, 0), (100, 100), (0, 101))}]
)
def test_a_change_of_a_lot_that_the_proposal_divides_is_a_conflict(desk: Desk, by_the_province: dict[str, object]):
    version = desk.send(desk.edited(LOT, geom=HALVES[0]), desk.inserted(HALVES[1], predecessors=LOT, tenDoiTuong="Lô mới"))
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    desk.direct([desk.edited(LOT, **by_the_province)])
    with refused(409, "proposal.conflict") as details:
        desk.approve(version)
    (clash,) = details["conflicts"]
    assert (clash["key"], set(by_the_province) <= set(clash["attributes"])) == (LOT, True)


def test_another_change_of_it_is_none(desk: Desk):
    version = desk.send(desk.edited(LOT, geom=HALVES[0]), desk.inserted(HALVES[1], predecessors=LOT, tenDoiTuong="Lô mới"))
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    desk.approve(version)
    row = desk.row(LOT) or {}
    assert (row["ghiChu"], geometry.same(row["geom"], HALVES[0])) == ("của tỉnh", True)
