"""A decision's figures against the map's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.decision import Decision, Figures, FunctionArea, Scope
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.reconciliation import Kind, Tolerance, reconcile

TOLERANCE = Tolerance()
AREAS = st.floats(0, 1e8).map(lambda area: round(area, 2))
FUNCTIONS = st.sampled_from(["CayxanhCC", "Dichvu", "HTKT_DuongGT", ""])


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    areas = draw(st.dictionaries(FUNCTIONS, st.builds(FunctionArea, AREAS, st.one_of(st.none(), AREAS))))
    lots = draw(st.one_of(st.none(), st.integers(0, 10_000)))
    return Figures(areas, lots, draw(st.one_of(st.none(), AREAS)), draw(st.sampled_from(Scope)))


def whole(areas: dict[str, tuple[float, float]], lots: int = 0, boundary: float = 0.0) -> Figures:
    return Figures({code: FunctionArea(after, before) for code, (before, after) in areas.items()}, lots, boundary)


@given(figures())
def test_figures_survive_the_wire(stated: Figures):
    assert Figures.from_json(stated.to_json()) == stated


@given(figures())
def test_what_is_stated_as_measured_agrees(stated: Figures):
    zero = {code: FunctionArea(area.after, area.before or 0.0) for code, area in stated.areas.items()}
    measured = Figures(zero, stated.lots or 0, stated.boundary or 0.0)
    compared = reconcile(stated, measured, TOLERANCE)
    assert compared.agrees != stated.empty
    assert not compared.deviating


@given(figures(), figures())
def test_each_deviation_is_told_and_nothing_else(stated: Figures, measured: Figures):
    compared = reconcile(stated, measured, TOLERANCE)
    after = {line.function: line for line in compared.lines if line.kind is Kind.AFTER}
    if stated.areas:
        sides = stated.areas.keys() | {code for code, area in measured.areas.items() if area.after > 0}
        assert after.keys() == sides
        assert sum(line.stated for line in after.values()) == pytest.approx(sum(a.after for a in stated.areas.values()))
        assert sum(line.measured for line in after.values()) == pytest.approx(sum(a.after for a in measured.areas.values()))
    else:
        assert not after
    for line in compared.lines:
        assert line.agrees == (abs(line.stated - line.measured) <= line.tolerance + 1e-6)
    assert (stated.lots is None) == all(line.kind is not Kind.LOTS for line in compared.lines)


@pytest.mark.parametrize(
    ("stated", "measured", "agrees"),
    [
        (50_000.0, 50_100.0, True),  # 0.01 ha of 5 ha
        (50_000.0, 50_100.1, False),
        (4_000_000.0, 4_002_000.0, True),  # 0.05 % of 400 ha
        (4_000_000.0, 3_997_999.0, False),
        (0.0, 100.0, True),
    ],
)
def test_the_tolerance_is_the_larger_of_a_share_and_an_area(stated: float, measured: float, agrees: bool):
    compared = reconcile(Figures({"Dichvu": FunctionArea(stated)}), whole({"Dichvu": (0, measured)}), TOLERANCE)
    assert compared.agrees is agrees


def test_a_function_that_the_decision_leaves_out_deviates():
    compared = reconcile(Figures({"Dichvu": FunctionArea(1e4)}), whole({"Dichvu": (0, 1e4), "Anninh": (0, 5e3)}), TOLERANCE)
    assert [(line.kind, line.function, line.stated, line.measured) for line in compared.deviating] == [
        (Kind.AFTER, "Anninh", 0.0, 5e3)
    ]


def test_before_is_compared_only_where_it_is_stated():
    measured = whole({"Dichvu": (7e4, 1e4), "CayxanhCC": (1e4, 7e4)}, 4, 8e4)
    stated = Figures({"Dichvu": FunctionArea(1e4), "CayxanhCC": FunctionArea(7e4)}, 4, 8e4)
    assert reconcile(stated, measured, TOLERANCE).agrees
    with_before = Figures({"Dichvu": FunctionArea(1e4, 6e4), "CayxanhCC": FunctionArea(7e4, 1e4)})
    (line,) = reconcile(with_before, measured, TOLERANCE).deviating
    assert (line.kind, line.function, line.deviation) == (Kind.BEFORE, "Dichvu", 1e4)


def test_lots_are_counted_exactly():
    (line,) = reconcile(Figures(lots=4), whole({}, lots=5), TOLERANCE).deviating
    assert (line.kind, line.deviation) == (Kind.LOTS, 1)


def test_nothing_stated_is_no_agreement():
    assert not reconcile(Figures(), whole({}), TOLERANCE).agrees


@pytest.mark.parametrize(
    "broken",
    [
        {"number": 3},
        {"date": "10/11/2025"},
        {"effective": "9999-12-31"},
        {"file": None},
        {"figures": []},
        {"figures": {"areas": {"A": {"after": -1}}}},
        {"figures": {"areas": {"A": {"after": float("nan")}}}},
        {"figures": {"areas": {"A": {"after": True}}}},
        {"figures": {"areas": {}, "lots": 2.0}},
        {"figures": {"areas": {}, "scope": "x"}},
        {"supersedes": 1},
    ],
)
def test_what_is_no_decision_is_refused(broken: dict[str, object]):
    plain = Decision.from_json(_PLAIN).to_json()
    with pytest.raises(InvalidData) as caught:
        Decision.from_json({**plain, **broken})
    assert caught.value.code == "decision.malformed"


def test_a_decision_isnt_in_force_before_it_is_signed():
    with pytest.raises(InvalidData) as caught:
        Decision.from_json({**_PLAIN, "effective": "2025-11-09"})
    assert caught.value.code == "decision.dates"


_PLAIN = {
    "number": "1992/QĐ-UBND",
    "date": "2025-11-10",
    "effective": "2025-11-10",
    "signer": "Trần Hòa Nam",
    "office": "Phó Chủ tịch UBND tỉnh",
    "file": {"sha256": "a" * 64, "name": "QD.pdf"},
    "figures": {"areas": {"Dichvu": {"after": 10_000.0}}},
}
