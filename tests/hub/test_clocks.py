"""Proposals are due by the law's clock of the day that they were submitted, over the calendar that people work by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import clocks
from province_hub.clocks import VIETNAM
from tests.hub import tiny
from tests.hub.test_cli import Command, command  # noqa: F401
from tests.hub.workflow import Desk, make_desk  # noqa: F401


def on(desk: Desk, version: Version, *days: str) -> dict[str, Any]:
    """The proposal's steps as if taken on these days, in their order; what a reviewer is told then."""
    with psycopg.connect(desk.conninfo) as conn:
        steps = conn.execute("SELECT id FROM hub.proposal_step WHERE proposal = %s ORDER BY at", (version.proposal,)).fetchall()
        for (step,), day in zip(steps, days, strict=True):
            at = datetime.combine(date.fromisoformat(day), datetime.min.time(), VIETNAM) + timedelta(hours=10)
            conn.execute("UPDATE hub.proposal_step SET at = %s WHERE id = %s", (at, step))
    with desk.database.writing("test") as conn:
        clocks.settle(conn, version.proposal)
    return desk.detail("soxd.duyet", version)


@pytest.fixture
def version(desk: Desk) -> Version:
    return desk.send(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="Công viên"))


def test_appraisal_is_due_from_submission_by_the_rule_of_that_day(desk: Desk, version: Version) -> None:
    law = on(desk, version, "2026-06-29", "2026-06-30")
    assert (law["due"]["basis"], law["due"]["last_day"]) == ("Luật 47/2024 Đ40.4", "2026-07-30")
    assert (law["due_at"], law["overdue"]) == ("2026-07-30T17:00:00Z", True)
    resolution = on(desk, version, "2026-06-29", "2026-07-01")
    assert (resolution["due"]["unit"], resolution["due"]["last_day"]) == ("working_day", "2026-07-29")


def test_holidays_are_no_working_days_and_the_table_says_more(desk: Desk, version: Version, command: Command) -> None:  # noqa: F811
    def last_day() -> str:
        told: str = on(desk, version, "2026-08-20", "2026-08-20")["due"]["last_day"]
        return told

    assert last_day() == "2026-09-21"  # 1 and 2 September are the National Day; 31 August is off for Saturday 22
    done = command("clocks", "day", "2026-08-22", "--off", "--note", "QĐ hoán đổi")
    assert "1 proposals" in done.stdout
    assert last_day() == "2026-09-22"
    assert command("clocks", "day", "2026-08-31", "--working").exit_code == 0
    assert last_day() == "2026-09-21"


def test_time_at_the_authors_does_not_count(desk: Desk, version: Version) -> None:
    desk.step("soxd.tham", version, Step.OPEN)
    desk.step("soxd.tham", version, Step.RETURN, reason="Thiếu bản vẽ")
    assert desk.detail("soxd.tham", version)["due_at"] is None
    again = desk.version(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="Chợ"), proposal=version.proposal, number=2)
    desk.submit(again)
    assert desk.detail("dailanh.ct", again)["due"] is None
    desk.step("dailanh.ct", again, Step.SIGN_OFF)
    told = on(desk, again, "2026-07-01", "2026-07-01", "2026-07-02", "2026-07-06", "2026-07-10", "2026-07-13")
    # 2, 3 and 6 July have counted, then from the 14th on
    assert (told["due"]["begun"], told["due"]["last_day"]) == ("2026-07-01", "2026-08-05")


def test_approval_is_due_from_the_day_it_was_laid_before_who_approves(desk: Desk, version: Version) -> None:
    desk.step("soxd.tham", version, Step.OPEN)
    seen = desk.detail("soxd.tham", version)["result_hash"]
    desk.step("soxd.tham", version, Step.APPRAISE, reason="Đủ điều kiện", result_hash=seen)
    told = on(desk, version, "2026-07-01", "2026-07-01", "2026-07-02", "2026-07-20")
    assert (told["due"]["purpose"], told["due"]["begun"], told["due"]["last_day"]) == ("approve", "2026-07-20", "2026-07-30")


def test_where_no_rule_holds_nothing_is_due(desk: Desk, version: Version) -> None:
    assert on(desk, version, "2030-01-01", "2030-01-01")["due_at"] is None


def test_edited_rules_are_applied(desk: Desk, version: Version, command: Command) -> None:  # noqa: F811
    on(desk, version, "2026-07-01", "2026-07-01")
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("UPDATE hub.legal_clock SET duration = 10 WHERE rule = 'appraise.plan.nq18'")
    assert command("clocks", "apply").exit_code == 0
    assert desk.detail("soxd.duyet", version)["due"]["last_day"] == "2026-07-15"
    assert command("init").exit_code == 0
    assert "appraise.plan.nq18" in command("clocks", "list").stdout
    assert desk.detail("soxd.duyet", version)["due"]["last_day"] == "2026-07-15"
