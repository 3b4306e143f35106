"""The land-fund balance: two real decisions' tables, and the laws that every balance keeps."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core import balance as balances
from commune_planning_plugin.core.balance import Balance, Extent, Fate, Plot, balance, rounded
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.norms import norms_of
from commune_planning_plugin.core.rules import Severity
from commune_planning_plugin.core.rules.land_balance import findings
from tests.core.golden import GOLDEN

HECTARE = 10_000.0
FUNCTIONS = ("CayxanhCC", "HTKT_DuongGT", "SX_Congnghiep", "Dichvu", "")

areas = st.floats(0.0001, 5e6, allow_nan=False)
plots = st.lists(st.tuples(st.sampled_from(FUNCTIONS), areas), max_size=8).map(
    lambda listed: [Plot(f"lot-{number}", function, area) for number, (function, area) in enumerate(listed)]
)


def test_a_decisions_table_closes():
    """2745/QĐ-UBND, Quảng Trị, 21/11/2025: one power station's ground becomes three functions', 400.457 ha on both sides."""
    rows = [row for row in GOLDEN if row["case"] == "QTri-2745"]
    before, after = (
        [Plot(f"{side}-{n}", row["land_type"], float(row[side]) * HECTARE) for n, row in enumerate(rows) if float(row[side])]
        for side in ("before_ha", "after_ha")
    )
    made = balance(before, after, ground_m2=(4_004_570.0, 4_004_570.0))
    assert [(line.function, line.before.area_m2, line.after.area_m2) for line in made.functions] == [
        (row["land_type"], pytest.approx(float(row["before_ha"]) * HECTARE), pytest.approx(float(row["after_ha"]) * HECTARE))
        for row in rows
    ]
    assert made.before.total_m2 == pytest.approx(made.after.total_m2) == pytest.approx(4_004_570.0)
    assert made.before.closes() is made.after.closes() is True
    assert findings(made, "plan") == []
    figures = rounded([line.before.area_m2 for line in made.functions], [line.after.area_m2 for line in made.functions], 100.0)
    assert [sum(side) for side in figures] == [40_046, 40_046]  # 400.46 ha: three figures that add up
    assert figures[1] == [0, 37_793, 1_488, 765]


def test_what_is_missing_is_said_to_the_square_metre():
    made = balance([Plot("a", "Dichvu", 900.0)], [Plot("a", "Dichvu", 880.0)], ground_m2=(1_000.0, 1_000.0))
    assert (made.before.remainder_m2, made.after.remainder_m2) == (100.0, 120.0)
    (told,) = findings(made, "plan")
    assert (told.rule, told.severity) == ("bal.closes_boundary", Severity.ERROR)
    assert told.details == {"remainder_m2": 120.0, "ground_m2": 1_000.0}


def test_where_the_ground_isnt_known_the_totals_are_compared():
    (told,) = findings(balance([Plot("a", "Dichvu", 900.0)], [Plot("a", "Dichvu", 880.0)]), "plan")
    assert (told.rule, told.severity, told.key) == ("bal.before_after_equal_total", Severity.ERROR, "plan")
    assert told.details == {"difference_m2": -20.0, "before_m2": 900.0, "after_m2": 880.0}


def test_covering_what_was_left_uncovered_is_no_error():
    """Wholly, it closes at last; partly, what remains is a remark as well."""
    for after, expected in (
        (1_000.0, {"bal.before_after_equal_total"}),
        (950.0, {"bal.before_after_equal_total", "bal.closes_boundary"}),
    ):
        made = balance([Plot("a", "Dichvu", 900.0)], [Plot("a", "Dichvu", after)], ground_m2=(1_000.0, 1_000.0))
        told = findings(made, "plan")
        assert {finding.rule for finding in told} == expected
        assert {finding.severity for finding in told} == {Severity.WARNING}


@pytest.mark.parametrize("ground", [1_000.0, None])
def test_what_a_finding_about_the_tiling_names_isnt_said_again(ground: Optional[float]):
    def told(after: float, said: float) -> list[str]:
        made = balance([Plot("a", "Dichvu", 1_000.0)], [Plot("a", "Dichvu", after)], ground_m2=(ground, ground))
        return [finding.rule for finding in findings(made, "plan", said)]

    assert told(980.0, 20.0) == []  # a gap of 20 m²
    assert told(1_030.0, -30.0) == []  # an overlap of 30 m²
    assert len(told(980.0, 12.0)) == len(told(1_030.0, -12.0)) == len(told(980.0, 0.0)) == 1


def test_what_didnt_close_before_is_a_remark():
    made = balance([Plot("a", "Dichvu", 900.0)], [Plot("a", "CayxanhCC", 900.0)], ground_m2=(1_000.0, 1_000.0))
    assert [(finding.rule, finding.severity) for finding in findings(made, "p")] == [("bal.closes_boundary", Severity.WARNING)]


def test_a_moved_boundary_moves_the_total_with_it():
    made = balance([Plot("a", "Dichvu", 900.0)], [Plot("a", "Dichvu", 950.0)], ground_m2=(900.0, 950.0))
    assert findings(made, "plan") == []


PACK = {
    "balance_norms": [
        {"id": "green", "functions": ["CayxanhCC"], "above_percent": 10, "kinds": ["3"], "main_functions": ["SX_Congnghiep"]},
        {"id": "roads", "functions": ["HTKT_DuongGT"], "above_percent": 10, "levels": ["2"]},
        {"id": "no functions"},
        "nonsense",
    ]
}


def test_norms_are_for_plans_of_a_level_and_kind():
    assert [norm.id for norm in norms_of(PACK, "2", "3")] == ["green", "roads"]
    assert [norm.id for norm in norms_of(PACK, "1", "3")] == ["green"]
    assert [norm.id for norm in norms_of(PACK, "2", "1")] == ["roads"]
    assert norms_of({}, "2", "3") == norms_of({"balance_norms": {"id": "x"}}, "2", "3") == ()


def test_a_norm_that_a_change_breaks_is_a_warning_and_one_broken_before_a_note():
    before = [Plot("a", "SX_Congnghiep", 800.0), Plot("b", "CayxanhCC", 200.0)]
    after = [Plot("a", "SX_Congnghiep", 900.0), Plot("b", "CayxanhCC", 100.0)]
    made = balance(before, after, norms=norms_of(PACK, "2", "3"))
    assert [(r.id, r.before_percent, r.after_percent, r.met_before, r.met_after) for r in made.norms] == [
        ("green", 20.0, 10.0, True, False),  # more than 10 %, not 10 %
        ("roads", 0.0, 0.0, False, False),
    ]
    assert [(f.details["id"], f.severity) for f in findings(made, "p")] == [("green", Severity.WARNING), ("roads", Severity.INFO)]


def test_a_norm_for_industry_says_nothing_of_a_plan_of_houses():
    houses = [Plot("a", "Dichvu", 900.0), Plot("b", "SX_Congnghiep", 100.0)]
    assert [result.id for result in balance(houses, houses, norms=norms_of(PACK, "2", "3")).norms] == ["roads"]


def fates(before: list[Plot], after: list[Plot]) -> dict[str, tuple[Fate, tuple[str, ...]]]:
    return {line.key: (line.fate, line.others) for line in balance(before, after).plots}


def lot(key: str, area: float = 100.0, *former: str, function: str = "Dichvu") -> Plot:
    return Plot(key, function, area, predecessors=former)


def test_what_becomes_of_plots():
    assert fates([lot("a"), lot("b")], [lot("a"), lot("b", 90.0)]) == {"a": (Fate.KEPT, ()), "b": (Fate.CHANGED, ())}
    assert fates([lot("a")], [lot("a", function="Yte")]) == {"a": (Fate.CHANGED, ())}
    assert fates([lot("a")], [lot("b")]) == {"a": (Fate.REMOVED, ()), "b": (Fate.ADDED, ())}


def test_a_split_names_its_parts_whether_or_not_the_old_plot_stays():
    stays = fates([lot("a")], [lot("a", 60.0), lot("b", 40.0, "a")])
    assert stays == {"a": (Fate.SPLIT, ("b",)), "b": (Fate.SPLIT, ("a",))}
    goes = fates([lot("a")], [lot("b", 60.0, "a"), lot("c", 40.0, "a")])
    assert goes == {"a": (Fate.SPLIT, ("b", "c")), "b": (Fate.SPLIT, ("a",)), "c": (Fate.SPLIT, ("a",))}


def test_a_merge_names_its_parts_whether_or_not_one_of_them_stays():
    new = fates([lot("a"), lot("b")], [lot("c", 200.0, "a", "b")])
    assert new == {"a": (Fate.MERGED, ("c",)), "b": (Fate.MERGED, ("c",)), "c": (Fate.MERGED, ("a", "b"))}
    stays = fates([lot("a"), lot("b")], [lot("a", 200.0, "b")])
    assert stays == {"a": (Fate.MERGED, ("b",)), "b": (Fate.MERGED, ("a",))}


def test_one_plot_in_anothers_place_is_no_split():
    assert fates([lot("a")], [lot("b", 100.0, "a")]) == {"a": (Fate.REMOVED, ("b",)), "b": (Fate.ADDED, ("a",))}


# --- laws -------------------------------------------------------------------------------------------------------------


@given(plots, plots)
def test_functions_add_up_to_the_total(before, after):
    made = balance(before, after)
    assert math.isclose(sum(line.before.area_m2 for line in made.functions), made.before.total_m2, abs_tol=1e-6)
    assert math.isclose(made.after.total_m2 - made.before.total_m2, sum(x.difference_m2 for x in made.functions), abs_tol=1e-3)
    assert sum(line.after.plots for line in made.functions) == len(after)


@given(plots, plots, st.randoms())
def test_the_order_of_plots_doesnt_matter(before, after, random):
    shuffled = [random.sample(side, len(side)) for side in (before, after)]
    assert balance(*shuffled) == balance(before, after)


@given(plots)
def test_what_changes_nothing_has_no_difference(before):
    made = balance(before, before, ground_m2=(1e6, 1e6))
    assert all(line.difference_m2 == 0 for line in made.functions)
    assert {line.fate for line in made.plots} <= {Fate.KEPT}
    assert made.before == made.after
    figures = rounded([x.before.area_m2 for x in made.functions], [x.after.area_m2 for x in made.functions], 100.0)
    assert figures[0] == figures[1]


@given(plots, st.sampled_from(FUNCTIONS), areas)
def test_a_new_plot_adds_its_area_and_a_removed_one_takes_it(before, function, area):
    after = [*before, Plot("new", function, area)]
    grown, shrunk = balance(before, after), balance(after, before)
    for made, sign in ((grown, 1), (shrunk, -1)):
        differences = {line.function: line.difference_m2 for line in made.functions}
        assert math.isclose(differences.pop(function), sign * area, rel_tol=1e-9, abs_tol=1e-3)
        assert not any(differences.values())


@given(plots.filter(bool), st.floats(0.01, 0.99))
def test_splitting_and_merging_keep_every_functions_ground(before, share):
    first, rest = before[0], before[1:]
    parts = [
        replace(first, key="one", area_m2=first.area_m2 * share, predecessors=(first.key,)),
        replace(first, key="two", area_m2=first.area_m2 * (1 - share), predecessors=(first.key,)),
    ]
    split = balance(before, [*rest, *parts])
    merged = balance(
        [*rest, *(replace(part, predecessors=()) for part in parts)], [*rest, replace(first, predecessors=("one", "two"))]
    )
    for made in (split, merged):
        assert all(math.isclose(line.difference_m2, 0.0, abs_tol=1e-6) for line in made.functions)
        assert not [finding for finding in findings(made, "p") if finding.rule == "bal.before_after_equal_total"]
    assert {line.fate for line in split.plots if line.key in ("one", "two", first.key)} == {Fate.SPLIT}
    assert {line.fate for line in merged.plots if line.key in ("one", "two", first.key)} == {Fate.MERGED}


@given(plots, plots, st.dictionaries(st.sampled_from(FUNCTIONS), areas, max_size=4))
def test_what_nothing_touches_may_come_as_sums(before, after, kept):
    untouched = [Plot(f"kept-{name}", name, area) for name, area in kept.items()]
    summed = balance(before, after, {name: Extent(area, 1) for name, area in kept.items()})
    listed = balance([*before, *untouched], [*after, *untouched])
    assert summed.functions == listed.functions
    assert (summed.before, summed.after) == (listed.before, listed.after)


columns = st.lists(st.tuples(st.one_of(st.just(0.0), areas), st.one_of(st.none(), st.just(0.0), areas)), max_size=12).map(
    lambda pairs: ([one for one, _ in pairs], [one if other is None else other for one, other in pairs])
)


@given(columns, st.sampled_from([1.0, 100.0]))
def test_rounded_columns_add_up_and_rounding_makes_no_difference(pair, unit):
    for values, figures in zip(pair, rounded(*pair, unit)):
        total = math.fsum(values) / unit
        assert abs(sum(figures) - total) <= 0.5 + balances.NOISE * (len(values) + 1)
        assert all(abs(figure - value / unit) <= 2 for figure, value in zip(figures, values))
        assert all(figure == 0 for figure, value in zip(figures, values) if value == 0)
    before, after = rounded(*pair, unit)
    assert all(one == other for one, other, x, y in zip(before, after, *pair) if x == y)


@given(plots, plots)
def test_a_balance_survives_its_journey(before, after):
    made = balance(before, after, {"Yte": Extent(12.5, 2)}, (1e5, None), norms_of(PACK, "2", "3"))
    assert Balance.from_json(made.to_json()).to_json() == made.to_json()


@pytest.mark.parametrize("plain", [{}, {"functions": [{"function": "x", "before": [], "after": [1, 1]}]}, {"functions": 3}])
def test_an_answer_that_is_none_is_refused(plain):
    with pytest.raises(InvalidData) as caught:
        Balance.from_json(plain)
    assert caught.value.code == "balance.malformed"
