"""The matrix of authority: total, deterministic, by the day, the most specific row first; else the province."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.authority import (
    COMMUNE,
    PROVINCE,
    USUAL,
    Authority,
    Awaited,
    Case,
    Level,
    Party,
    Row,
    Territory,
    awaited,
    contested,
    contradictions,
    decider,
    resolve,
)
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import State, Step

TODAY = date(2026, 11, 22)
ORGANISATION = Party(Level.ORGANISATION, "bql-kkt")
PARTIES = st.sampled_from([COMMUNE, PROVINCE, ORGANISATION])
AUTHORITIES = st.builds(
    Authority, PARTIES, PARTIES, PARTIES, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "12/QĐ", "7/QĐ"])
)
DAYS = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
CODES = st.sampled_from([None, "1", "2"])
COMMUNES = ("22504", "22516")


@st.composite
def rows(draw: st.DrawFn) -> Row:
    territory = draw(st.sampled_from(Territory))
    commune = draw(st.sampled_from(COMMUNES)) if territory is Territory.COMMUNE else None
    return Row(draw(AUTHORITIES), draw(CODES), draw(CODES), territory, commune, draw(DAYS), draw(DAYS), draw(st.booleans()))


CASES = st.builds(
    Case, st.sampled_from(["1", "2", "3"]), st.sampled_from(["1", "2"]), st.sampled_from(COMMUNES), st.booleans(), st.booleans()
)
MATRICES = st.lists(rows(), max_size=8)


@given(MATRICES, CASES, st.integers(-4, 4), st.randoms(use_true_random=False))
def test_it_is_total_and_does_not_depend_on_the_order(matrix: list[Row], case: Case, days: int, chance: random.Random):
    on = TODAY + timedelta(days=days)
    found = resolve(matrix, case, on)
    assert isinstance(found, Authority)
    shuffled = list(matrix)
    chance.shuffle(shuffled)
    assert resolve(shuffled, case, on) == found
    assert resolve([*matrix, *matrix], case, on) == found


@given(MATRICES, CASES)
def test_only_rows_in_force_on_the_day_count(matrix: list[Row], case: Case):
    found = resolve(matrix, case, TODAY)
    valid = [
        row
        for row in matrix
        if row.in_force and (row.valid_from or date.min) <= TODAY <= (row.valid_to or date.max) and _applies(row, case)
    ]
    assert found in [row.authority for row in valid] or (not valid and found == USUAL)


def _applies(row: Row, case: Case) -> bool:
    """Written out once more, plainly."""
    if row.kind is not None and row.kind != case.kind:
        return False
    if row.level is not None and row.level != case.level:
        return False
    if row.territory is Territory.ONE_COMMUNE:
        return not case.several
    if row.territory is Territory.SEVERAL_COMMUNES:
        return case.several
    if row.territory is Territory.SPECIAL_ZONE:
        return case.special_zone
    return row.territory is Territory.ANY or row.commune == case.commune


@given(rows(), rows(), CASES)
def test_naming_more_goes_first(one: Row, other: Row, case: Case):
    one = replace(one, kind=case.kind, level=case.level, territory=Territory.COMMUNE, commune=case.commune)
    one, other = (replace(row, in_force=True, valid_from=None, valid_to=None) for row in (one, other))
    if other.selectors != one.selectors:
        assert resolve([other, one], case, TODAY) == one.authority


@given(CASES)
def test_without_a_row_it_is_the_provinces(case: Case):
    assert resolve([], case, TODAY).approves == PROVINCE
    assert not resolve([], case, TODAY).separate_appraisal


@pytest.mark.parametrize(("days", "commune_approves"), [(-1, False), (0, True), (5, True), (10, True), (11, False)])
def test_both_days_of_a_period_are_in_it(days: int, commune_approves: bool):
    row = Row(Authority(approves=COMMUNE), valid_from=TODAY, valid_to=TODAY + timedelta(days=10))
    found = resolve([row], Case("2", "1", "22504"), TODAY + timedelta(days=days))
    assert (found.approves == COMMUNE) == commune_approves


@given(MATRICES)
def test_what_does_not_contradict_itself_has_one_row_for_each_selector_and_day(matrix: list[Row]):
    if contradictions(matrix):
        return
    for days in range(-4, 5):
        on = TODAY + timedelta(days=days)
        held = [row.selectors for row in matrix if row.holds(on)]
        assert len(set(held)) == len(held)


def test_the_same_plans_on_common_days_contradict():
    first = Row(Authority(approves=COMMUNE), "2", valid_to=TODAY)
    later = Row(Authority(), "2", valid_from=TODAY + timedelta(days=1))
    assert contradictions([first, later]) == []
    assert contradictions([first, replace(later, valid_from=TODAY)]) == [(0, 1)]
    assert contradictions([first, replace(later, valid_from=TODAY, in_force=False)]) == []


def test_rows_that_cross_are_told_with_the_one_that_goes_first():
    by_level, by_kind = Row(Authority(), level="1"), Row(Authority(approves=COMMUNE), kind="2")
    assert contested([by_level, by_kind]) == [(1, 0)]
    assert resolve([by_level, by_kind], Case("2", "1", "22504"), TODAY).approves == COMMUNE


@given(AUTHORITIES)
def test_an_authority_goes_through_json(authority: Authority):
    assert Authority.from_json(authority.to_json()) == authority


@pytest.mark.parametrize("text", ["", "district", "organisation", "organisation: ", "commune:22504", "Province"])
def test_what_is_no_party_is_refused(text: str):
    with pytest.raises(InvalidData):
        Party.parse(text)


@given(AUTHORITIES, st.lists(st.sampled_from(COMMUNES), unique=True))
def test_a_commune_decides_only_with_everybodys_consent(authority: Authority, missing: list[str]):
    assert decider(authority, missing, referred=True) == (PROVINCE if authority.approves == COMMUNE else authority.approves)
    found = decider(authority, missing)
    assert found == (PROVINCE if authority.approves == COMMUNE and missing else authority.approves)


@given(st.sampled_from(State), AUTHORITIES, st.lists(st.sampled_from(COMMUNES[1:]), unique=True))
def test_what_is_waited_for_follows_the_law(state: State, authority: Authority, missing: list[str]):
    found = awaited(state, authority, "22504", missing)
    steps = [each.step for each in found]
    if state in (State.SUBMITTED, State.IN_REVIEW, State.APPRAISED):
        assert steps.count(Step.CONSENT) == len(missing)
        assert (Step.APPRAISE in steps) == (authority.separate_appraisal and state is not State.APPRAISED)
        assert (Step.APPROVE in steps) != (Step.APPRAISE in steps)
    else:
        assert not {Step.CONSENT, Step.APPRAISE, Step.APPROVE} & {*steps}
    assert all(each.party.name for each in found if each.party.level is Level.COMMUNE)


def test_the_post_check_is_waited_for_after_the_approval_alone():
    assert awaited(State.APPROVED, USUAL, "22504", post_check="waiting") == (Awaited(Step.POST_CHECK, PROVINCE),)
    assert awaited(State.APPROVED, USUAL, "22504", post_check="objected") == ()
    assert awaited(State.APPROVED, USUAL, "22504") == ()
