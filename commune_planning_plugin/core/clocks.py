"""Legal clocks: until when something has to be done, in calendar days, working days or months, and what stops the time.

Counting is that of the Civil Code (91/2015/QH13), articles 147 and 148: the first day isn't counted; a month ends on its day of the
same number, or its last one; and what would end on a day off ends on the next working day.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Optional

Working = Callable[[date], bool]
"""Whether people work on a day."""

_DAY = timedelta(days=1)


class Unit(str, Enum):
    """What a clock counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True)
class Clock:
    """One rule. ``purpose`` is what has to be done (``appraise``, ``approve``, ``publish`` …), ``plan_levels`` the levels of plans
    that it is about (empty: all), ``basis`` the article. It holds for what begins from ``valid_from`` to ``valid_to``."""

    rule: str
    purpose: str
    duration: int
    unit: Unit
    basis: str
    plan_levels: frozenset[str] = frozenset()
    valid_from: Optional[date] = None
    valid_to: Optional[date] = None

    def concerns(self, plan_level: str) -> bool:
        """Whether it is about plans of that level."""
        return not self.plan_levels or plan_level in self.plan_levels

    def holds(self, begun: date) -> bool:
        """Whether it is a rule for what began on that day."""
        return (self.valid_from or begun) <= begun <= (self.valid_to or begun)


@dataclass(frozen=True)
class Found:
    """The rule that something is due by; ``lapsed``: it isn't in force any more, and none is that stands in its place."""

    clock: Clock
    lapsed: bool = False


def clock_for(clocks: Iterable[Clock], purpose: str, begun: date, plan_level: str) -> Optional[Found]:
    """The rule that holds: one about the level goes before one about all, then the one that began last.

    Where none holds any more it is the general rule, provisionally: resolutions that cut a period for a time stand in place of an
    earlier rule, so that of those that are over the one that began first counts. None before the first one.
    """
    about = [clock for clock in clocks if clock.purpose == purpose and clock.concerns(plan_level)]
    held = [clock for clock in about if clock.holds(begun)]
    if held:
        return Found(max(held, key=lambda clock: (bool(clock.plan_levels), clock.valid_from or date.min, clock.rule)))
    over = [clock for clock in about if clock.valid_to is not None and clock.valid_to < begun]
    general = min(over, key=lambda clock: (not clock.plan_levels, clock.valid_from or date.min, clock.rule), default=None)
    return None if general is None else Found(general, lapsed=True)


def due(begun: date, duration: int, unit: Unit, is_working: Working, stopped: Collection[date] = ()) -> date:
    """The last day of a period that began with an event on ``begun``. Days in ``stopped`` don't count; in months, as many follow.

    Raises ``ValueError`` for a duration below 1.
    """
    if duration < 1:
        raise ValueError("a period has at least one day")
    if unit is Unit.MONTH:
        end = _months_later(begun, duration)
        last = _counted(end, sum(begun < day <= end for day in stopped), lambda day: day not in stopped)
    elif unit is Unit.WORKING_DAY:
        last = _counted(begun, duration, lambda day: is_working(day) and day not in stopped)
    else:
        last = _counted(begun, duration, lambda day: day not in stopped)
    while not is_working(last) or last in stopped:
        last += _DAY
    return last


def _counted(start: date, days: int, counts: Working) -> date:
    """The day that is the ``days``-th after ``start`` of those that count."""
    day = start
    while days:
        day += _DAY
        days -= counts(day)
    return day


def _months_later(start: date, months: int) -> date:
    """The day of the same number, or the month's last one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
