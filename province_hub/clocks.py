"""Until when a proposal has to be dealt with: the legal clock that runs, over the province's calendar."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import holidays
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.clocks import Clock, Unit, Working, clock_for, due
from commune_planning_plugin.core.workflow import State, Step
from province_hub.database import HubConnection

VIETNAM = timezone(timedelta(hours=7))
APPRAISE, APPROVE = "appraise", "approve"
"""Purposes of clocks that a proposal has."""
CONSULT_AGENCY, PUBLISH = "consult_agency", "publish"
"""An agency's opinion on a plan, and the publication of an approved one."""

_TABLE = Path(__file__).parent / "data" / "legal_clocks.csv"
_ADD = """
INSERT INTO hub.legal_clock (rule, purpose, plan_levels, applies_to, starts_at, duration, unit, basis, valid_from, valid_to,
                             verification)
VALUES (%(rule)s, %(purpose)s, %(plan_levels)s, %(applies_to)s, %(starts_at)s, %(duration)s, %(unit)s, %(basis)s, %(valid_from)s,
        %(valid_to)s, %(verification)s)
ON CONFLICT DO NOTHING
"""
_CLOCKS = "SELECT rule, purpose, plan_levels, duration, unit, basis, valid_from, valid_to FROM hub.legal_clock"
_PROPOSAL = "SELECT p.state, p.version, l.level FROM hub.proposal p JOIN hub.plan l ON l.key = p.plan WHERE p.id = %s"
_STEPS = "SELECT step, version, at FROM hub.proposal_step WHERE proposal = %s ORDER BY at"
_NOTE = "UPDATE hub.proposal SET due_at = %s, due = %s WHERE id = %s AND (due_at, due) IS DISTINCT FROM (%s, %s)"
_OPEN = "SELECT id::text FROM hub.proposal WHERE state IN ('submitted', 'in_review', 'appraised', 'agreed') OR due_at IS NOT NULL"


@dataclass(frozen=True)
class Running:
    """What a clock counts from: ``stopped`` are days on which the proposal was with its authors."""

    purpose: str
    begun: date
    stopped: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Due:
    """Until when something has to be done, and by which rule. ``provisional`` says what isn't official about it: ``rule`` where the
    rule is over and no other is known, ``calendar`` where a year's days off aren't announced yet."""

    last_day: date
    clock: Clock
    provisional: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        clock = self.clock
        rule = {name: getattr(clock, name) for name in ("rule", "purpose", "basis", "duration")}
        return {
            **rule,
            "unit": clock.unit.value,
            "last_day": self.last_day.isoformat(),
            **({"provisional": list(self.provisional)} if self.provisional else {}),
        }


def begin(conn: HubConnection) -> None:
    """The rules that a hub starts with; what the province has edited stays as it is."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    texts = ("applies_to", "starts_at", "verification")
    with conn.cursor() as cursor:
        cursor.executemany(
            _ADD, [{**row, **{t: row[t] or "" for t in texts}, "plan_levels": (row["plan_levels"] or "").split()} for row in rows]
        )


def clocks(conn: HubConnection) -> list[Clock]:
    return [
        Clock(**{**row, "unit": Unit(row["unit"]), "plan_levels": frozenset(row["plan_levels"])}) for row in conn.execute(_CLOCKS)
    ]


def calendar(conn: HubConnection) -> Working:
    """Whether a day is worked: Monday to Friday without public holidays, and with the swapped days that the library knows of; the
    table ``hub.holiday`` says otherwise."""
    said = {row["day"]: row["working"] for row in conn.execute("SELECT day, working FROM hub.holiday")}
    return lambda day: said[day] if day in said else _is_worked(day)


def _is_worked(day: date) -> bool:
    return _holidays_of(day.year).is_working_day(day)


@lru_cache(maxsize=100)
def _holidays_of(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)


def settle(conn: HubConnection, proposal: str) -> None:
    """Note until when the proposal is due as it stands now. The caller holds its row."""
    row = conn.execute(_PROPOSAL, (proposal,)).fetchone()
    assert row is not None  # noqa: S101  # the caller holds it
    running = _running(conn.execute(_STEPS, (proposal,)).fetchall(), State(row["state"]), row["version"])
    found = due_of(conn, running, row["level"]) if running else None
    at, about = None, None
    if running is not None and found is not None:
        at = datetime.combine(found.last_day + timedelta(days=1), time(), VIETNAM)
        about = Jsonb({**found.to_json(), "begun": running.begun.isoformat()})
    conn.execute(_NOTE, (at, about, proposal, at, about))


def settle_all(conn: HubConnection) -> int:
    """After the clocks or the calendar were changed; how many proposals were looked at."""
    found = [row["id"] for row in conn.execute(_OPEN).fetchall()]
    for proposal in found:
        conn.execute("SELECT 1 FROM hub.proposal WHERE id = %s FOR UPDATE", (proposal,))
        settle(conn, proposal)
    return len(found)


def due_of(conn: HubConnection, running: Running, plan_level: str) -> Optional[Due]:
    """None where there never was a rule for it."""
    found = clock_for(clocks(conn), running.purpose, running.begun, plan_level)
    if found is None:
        return None
    clock = found.clock
    last = due(running.begun, clock.duration, clock.unit, calendar(conn), running.stopped)
    counted = range((running.begun if clock.unit is Unit.WORKING_DAY else last).year, last.year + 1)
    announced = {row["year"] for row in conn.execute("SELECT year FROM hub.calendar_year")}
    unofficial = (("rule", found.lapsed), ("calendar", not announced.issuperset(counted)))
    return Due(last, clock, tuple(name for name, is_so in unofficial if is_so))


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a summary says of it, of a proposal's row."""
    at: Optional[datetime] = row["due_at"]
    moment = at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None
    return {"due_at": moment, "due": row["due"], "overdue": at is not None and at <= datetime.now(timezone.utc)}


def _running(steps: Sequence[Mapping[str, Any]], state: State, version: int) -> Optional[Running]:
    """The clock that runs: an appraisal from the first submission to the province on, without the days on which the authors had it
    back; an approval from the day that it was laid before who approves.

    Days in the state ``agreed`` count: the periods of appraisal and approval end with the appraisal's result and with the signed
    decision (NQ 18/2026/NQ-CP 1.2.A; NQ 24/2026/NQ-CP III.1: the decision within 8 working days of the whole dossier), and no text
    stops them while a linked dossier is waited for. Where one proposal waits for another, the same side may be late with both.
    """
    laid = _laid(steps, version)
    if state is State.APPRAISED or (state is State.AGREED and laid is not None):
        return Running(APPROVE, laid) if laid is not None else None
    if state not in (State.SUBMITTED, State.IN_REVIEW, State.AGREED):
        return None
    return _appraisal(steps)


def _laid(steps: Sequence[Mapping[str, Any]], version: int) -> Optional[date]:
    """The day on which the version was laid before who approves, where it hasn't gone back into review since."""
    turns = [each for each in steps if each["version"] == version and each["step"] in (Step.APPRAISE.value, Step.REOPEN.value)]
    return _day(turns[-1]["at"]) if turns and turns[-1]["step"] == Step.APPRAISE.value else None


def _appraisal(steps: Sequence[Mapping[str, Any]]) -> Optional[Running]:
    begun: Optional[date] = None
    back: Optional[date] = None
    stopped: set[date] = set()
    for step in steps:
        day = _day(step["at"])
        if step["step"] == Step.SIGN_OFF.value:
            begun = begun or day
            if back is not None:
                stopped |= {back + timedelta(days=n) for n in range(1, (day - back).days + 1)}
            back = None
        elif begun is not None and step["step"] in (Step.RETURN.value, Step.WITHDRAW.value):
            back = back or day
    return Running(APPRAISE, begun, frozenset(stopped)) if begun is not None else None


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
