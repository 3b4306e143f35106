"""What became of a plan's features: each in one class on each side, and no ground is lost from the sums."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.lineage import Fate, Lineage, lineage
from commune_planning_plugin.core.schema import Values


def lot(west: float, width: float = 10.0, name: str = "", predecessors: str | None = None, height: float = 10.0) -> Values:
    shape = geometry.written(shapely.MultiPolygon([shapely.box(west, 0, west + width, height)]))
    return {"tenDoiTuong": name, "valid_from": None, "maDoiTuong": "1", "predecessors": predecessors, "geom": shape}


def fates(found: Lineage) -> tuple[dict[str, Fate], dict[str, Fate]]:
    return {each.key: each.fate for each in found.before}, {each.key: each.fate for each in found.after}


KEYS = st.sampled_from("abcdefgh")
LOTS = st.builds(
    lot,
    st.integers(0, 6).map(lambda n: n * 5.0),
    st.sampled_from([5.0, 10.0, 20.0]),
    st.sampled_from(["", "x"]),
    st.one_of(st.none(), st.lists(KEYS, min_size=1, max_size=2, unique=True).map(",".join)),
)
SIDES = st.dictionaries(KEYS, LOTS, max_size=5)


@given(SIDES, SIDES, st.dictionaries(KEYS, KEYS, max_size=3))
@settings(deadline=None)
def test_each_feature_is_in_one_class_and_the_areas_add_up(
    before: dict[str, Values], after: dict[str, Values], between: dict[str, str]
):
    found = lineage(before, after, between)
    for rows, side, sums, alone in (
        (before, found.before, found.sums[0], Fate.NEW),
        (after, found.after, found.sums[1], Fate.REMOVED),
    ):
        assert [each.key for each in side] == sorted(rows)
        assert alone not in sums
        assert sum(each.count for each in sums.values()) == len(rows)
        total = sum(geometry.areas([row["geom"] for row in rows.values()]))  # type: ignore[misc]
        assert sum(each.area for each in sums.values()) == pytest.approx(total)


@given(SIDES, SIDES, st.dictionaries(KEYS, KEYS, max_size=3))
@settings(deadline=None)
def test_both_sides_tell_the_same_story(before: dict[str, Values], after: dict[str, Values], between: dict[str, str]):
    found = lineage(before, after, between)
    old, new = {each.key: each for each in found.before}, {each.key: each for each in found.after}
    assert {(a, b) for a, each in old.items() for b in each.others} == {(a, b) for b, each in new.items() for a in each.others}
    for each in found.before:
        if each.fate in (Fate.KEPT, Fate.MODIFIED):
            (heir,) = each.others
            assert (new[heir].fate, new[heir].others) == (each.fate, (each.key,))
        assert (each.fate is Fate.REMOVED) == (not each.others)
        assert (each.fate is Fate.SPLIT) == (len(each.others) > 1)
    assert found.sums[0].get(Fate.KEPT) == found.sums[1].get(Fate.KEPT)


@given(SIDES)
@settings(deadline=None)
def test_nothing_changed_is_kept(rows: dict[str, Values]):
    alone = {key: {**row, "predecessors": None} for key, row in rows.items()}
    assert set(fates(lineage(alone, alone, {}))[0].values()) <= {Fate.KEPT}


def test_times_and_codes_leave_a_feature_as_it_was():
    dated = {**lot(0), "valid_from": "2026-01-01", "maDoiTuong": "2"}
    assert fates(lineage({"a": lot(0)}, {"a": dated}, {})) == ({"a": Fate.KEPT}, {"a": Fate.KEPT})


def test_a_lot_is_divided_and_keeps_its_key():
    found = fates(lineage({"a": lot(0)}, {"a": lot(0, 5), "b": lot(5, 5, predecessors="a")}, {}))
    assert found == ({"a": Fate.SPLIT}, {"a": Fate.SPLIT, "b": Fate.SPLIT})


def test_two_lots_become_one():
    found = fates(lineage({"a": lot(0), "b": lot(10)}, {"c": lot(0, 20, predecessors="a,b")}, {}))
    assert found == ({"a": Fate.MERGED, "b": Fate.MERGED}, {"c": Fate.MERGED})


def test_what_came_and_went_between_leads_on():
    found = fates(lineage({"a": lot(0)}, {"c": lot(100, predecessors="b")}, {"b": "a"}))
    assert found == ({"a": Fate.MODIFIED}, {"c": Fate.MODIFIED})
    assert fates(lineage({}, {"c": lot(0, predecessors="b")}, {"b": "c", "c": "b"})) == ({}, {"c": Fate.NEW})


def test_the_ground_leads_where_nothing_is_named():
    found = fates(lineage({"a": lot(0), "b": lot(50)}, {"c": lot(1), "d": lot(80)}, {}))
    assert found == ({"a": Fate.MODIFIED, "b": Fate.REMOVED}, {"c": Fate.MODIFIED, "d": Fate.NEW})


def test_a_reshaped_lot_whose_part_names_nothing_is_divided():
    found = fates(lineage({"a": lot(0)}, {"a": lot(0, 5), "b": lot(5, 5)}, {}))
    assert found == ({"a": Fate.SPLIT}, {"a": Fate.SPLIT, "b": Fate.SPLIT})


def test_a_new_neighbour_takes_nothing_over():
    found = fates(lineage({"a": lot(0, name="x")}, {"a": lot(0, name="y"), "b": lot(10)}, {}))
    assert found == ({"a": Fate.MODIFIED}, {"a": Fate.MODIFIED, "b": Fate.NEW})
