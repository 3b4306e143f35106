"""Periods end where somebody who counts days on a calendar ends."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from typing import Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.clocks import Clock, Found, Unit, clock_for, due

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
OFF = st.sets(DAYS, max_size=40)
TET = {date(2026, 2, day) for day in range(14, 23)}


def working(off: set[date]):
    return lambda day: day.weekday() < 5 and day not in off


def by_hand(begun: date, duration: int, unit: Unit, off: set[date], stopped: set[date]) -> date:
    """Crossing off one day after the other."""
    if unit is Unit.MONTH:
        year, month = begun.year, begun.month
        for _ in range(duration):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, min(begun.day, calendar.monthrange(year, month)[1]))
        owed = len([day for day in stopped if begun < day <= end])
    else:
        end, owed = begun, duration
    while owed > 0:
        end += timedelta(days=1)
        if end in stopped:
            continue
        if unit is Unit.WORKING_DAY and (end.weekday() >= 5 or end in off):
            continue
        owed -= 1
    while end.weekday() >= 5 or end in off or end in stopped:
        end += timedelta(days=1)
    return end


@given(DAYS, st.integers(1, 60), st.sampled_from(Unit), OFF, st.sets(DAYS, max_size=30))
def test_it_ends_where_counting_by_hand_ends(begun: date, duration: int, unit: Unit, off: set[date], stopped: set[date]) -> None:
    assert due(begun, duration, unit, working(off), stopped) == by_hand(begun, duration, unit, off, stopped)


@given(DAYS, st.integers(1, 60), st.sampled_from(Unit), OFF, st.sets(DAYS, max_size=30), DAYS)
def test_a_day_that_is_stopped_never_makes_it_earlier(
    begun: date, duration: int, unit: Unit, off: set[date], stopped: set[date], more: date
) -> None:
    is_working = working(off)
    assert due(begun, duration, unit, is_working, stopped | {more}) >= due(begun, duration, unit, is_working, stopped)


@given(DAYS, st.integers(1, 60), st.sampled_from(Unit), OFF, st.sets(DAYS, max_size=30))
def test_it_ends_on_a_working_day_after_its_beginning(
    begun: date, duration: int, unit: Unit, off: set[date], stopped: set[date]
) -> None:
    last = due(begun, duration, unit, working(off), stopped)
    assert last > begun
    assert working(off)(last)
    assert last not in stopped


@pytest.mark.parametrize(
    ("begun", "duration", "unit", "last"),
    [
        ("2026-07-01", 20, Unit.WORKING_DAY, "2026-07-29"),  # NQ 18/2026: appraisal
        ("2026-02-10", 8, Unit.WORKING_DAY, "2026-02-27"),  # over Tết
        ("2026-03-01", 30, Unit.DAY, "2026-03-31"),
        ("2026-03-05", 30, Unit.DAY, "2026-04-06"),  # the 4th is a Saturday
        ("2026-01-31", 1, Unit.MONTH, "2026-03-02"),  # 28 February is a Saturday
        ("2028-01-31", 1, Unit.MONTH, "2028-02-29"),
        ("2025-11-30", 3, Unit.MONTH, "2026-03-02"),
    ],
)
def test_periods_of_the_law(begun: str, duration: int, unit: Unit, last: str) -> None:
    assert due(date.fromisoformat(begun), duration, unit, working(TET)) == date.fromisoformat(last)


def test_a_period_of_no_day_is_none() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        due(date(2026, 1, 1), 0, Unit.DAY, working(set()))


LAW = Clock("a.law", "appraise", 30, Unit.DAY, "Luật", valid_from=date(2025, 7, 1))
RESOLUTION = Clock("a.nq", "appraise", 20, Unit.WORKING_DAY, "NQ", valid_from=date(2026, 7, 1), valid_to=date(2027, 2, 28))
LAYOUT = Clock("a.tmb", "appraise", 15, Unit.DAY, "NĐ", frozenset({"4"}), date(2025, 7, 1))
FORMER = replace(LAW, rule="a.former", valid_to=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("begun", "level", "found"),
    [
        ("2025-06-30", "1", None),
        ("2025-07-01", "1", LAW),
        ("2026-06-30", "1", LAW),
        ("2026-07-01", "1", RESOLUTION),
        ("2027-02-28", "1", RESOLUTION),
        ("2027-03-01", "1", LAW),
        ("2026-07-01", "4", LAYOUT),
    ],
)
def test_the_rule_of_the_day_that_it_began(begun: str, level: str, found: Optional[Clock]) -> None:
    day = date.fromisoformat(begun)
    assert clock_for([LAYOUT, LAW, RESOLUTION], "appraise", day, level) == (None if found is None else Found(found))
    assert clock_for([LAW, RESOLUTION], "approve", day, level) is None


@pytest.mark.parametrize(
    ("clocks", "level", "found"),
    [
        ([FORMER, RESOLUTION], "1", FORMER),
        ([RESOLUTION], "1", RESOLUTION),
        ([FORMER, RESOLUTION, replace(LAYOUT, valid_to=date(2026, 1, 1))], "4", replace(LAYOUT, valid_to=date(2026, 1, 1))),
        ([FORMER, RESOLUTION, replace(LAYOUT, valid_to=date(2026, 1, 1))], "1", FORMER),
    ],
)
def test_once_no_rule_holds_any_more_the_general_one_counts_for_the_time_being(
    clocks: list[Clock], level: str, found: Clock
) -> None:
    """Resolutions stand in place of an earlier rule: of those that are over, the one that began first."""
    assert clock_for(clocks, "appraise", date(2027, 3, 1), level) == Found(found, lapsed=True)
