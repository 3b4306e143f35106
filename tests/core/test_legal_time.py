"""Which version of a feature was in force: against the sentence that defines it, worked out the long way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core.legal_time import FeatureVersion, in_force, legal_start

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 12).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def histories(draw: st.DrawFn) -> list[FeatureVersion]:
    numbers = draw(st.lists(st.integers(1, 20), unique=True, max_size=6))
    made = []
    for number in numbers:
        end = draw(st.one_of(st.none(), DAYS))
        row = draw(st.sampled_from([None, {"n": number, "valid_to": end.isoformat() if end else None}]))
        made.append(FeatureVersion(number, draw(st.one_of(st.none(), DAYS)), row))
    return made


def day_by_day(versions: list[FeatureVersion], day: date) -> Optional[FeatureVersion]:
    """From the first day on, whatever starts replaces what a lower revision left, and what has ended is gone."""
    current: Optional[FeatureVersion] = None
    today = FIRST
    while today <= day:
        for version in sorted(versions, key=lambda version: version.revision):
            if version.start == today and (current is None or version.revision > current.revision):
                current = version
        today += timedelta(days=1)
    if current is None or current.row is None:
        return None
    end = current.row["valid_to"]
    return None if end is not None and date.fromisoformat(str(end)) < day else current


@given(histories(), DAYS)
def test_the_newest_revision_that_has_started_and_not_ended(versions: list[FeatureVersion], day: date):
    assert in_force(versions, day) == day_by_day(versions, day)


@given(histories(), DAYS)
def test_what_is_not_effective_yet_is_in_force_on_no_day(versions: list[FeatureVersion], day: date):
    assert in_force(versions, day) == in_force([version for version in versions if version.start is not None], day)


def test_where_a_version_starts():
    day, own = date(2026, 3, 4), {"valid_from": "2025-01-01"}
    assert legal_start(True, None, own, day) is None
    assert legal_start(True, FIRST, own, day) == FIRST
    assert legal_start(False, None, own, day) == date(2025, 1, 1)
    assert legal_start(False, None, {"valid_from": None}, day) == day
    assert legal_start(False, None, None, day) == day
