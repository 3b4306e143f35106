"""Proposals are due by the law's clock of the day that they were submitted, over the calendar that people work by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from commune_planning_plugin.core.clocks import Unit, due
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import clocks
from province_hub.clocks import VIETNAM
from province_hub.discussion import document
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


def test_after_the_resolutions_the_law_holds_again(desk: Desk, version: Version) -> None:
    """The resolutions of 2026 end on 28/2/2027. The days off of that year aren't announced yet."""
    last = on(desk, version, "2027-02-28", "2027-02-28")["due"]
    assert (last["basis"], last["last_day"]) == ("NQ 18/2026/NQ-CP tiểu mục 1.2.A", "2027-03-26")
    law = on(desk, version, "2027-03-01", "2027-03-01")["due"]
    assert (law["basis"], law["last_day"], law["provisional"]) == ("Luật 47/2024 Đ40.4", "2027-03-31", ["calendar"])


def test_a_rule_that_is_over_counts_for_the_time_being(desk: Desk, version: Version, command: Command) -> None:  # noqa: F811
    """For an approval nothing but a resolution is known."""
    laid(desk, version)
    told = on(desk, version, "2027-03-01", "2027-03-01", "2027-03-02", "2027-03-20")
    assert (told["due"]["rule"], told["due"]["last_day"], told["due"]["provisional"]) == (
        "approve.plan.nq24",
        "2027-03-31",
        ["rule", "calendar"],
    )
    assert (told["due_at"], told["overdue"]) == ("2027-03-31T17:00:00Z", False)
    assert "official" in command("clocks", "year", "2027", "--document", "TB 1/TB-BNV").stdout
    assert desk.detail("soxd.duyet", version)["due"]["provisional"] == ["rule"]


def test_before_the_first_rule_nothing_is_due(desk: Desk, version: Version) -> None:
    assert on(desk, version, "2025-06-01", "2025-06-01")["due_at"] is None


def test_a_year_that_is_announced_is_official(desk: Desk, version: Version, command: Command) -> None:  # noqa: F811
    """Working days into the next year, whose swapped days may still come."""

    def told() -> tuple[str, Any]:
        found = on(desk, version, "2026-12-15", "2026-12-15")["due"]
        return found["last_day"], found.get("provisional")

    assert told() == ("2027-01-13", ["calendar"])
    command("clocks", "day", "2027-01-04", "--off", "--note", "hoán đổi")
    command("clocks", "year", "2027", "--document", "TB 1/TB-BNV")
    assert told() == ("2027-01-14", None)


def laid(desk: Desk, version: Version) -> None:
    """Opened, and laid before who approves."""
    desk.step("soxd.tham", version, Step.OPEN)
    seen = desk.detail("soxd.tham", version)["result_hash"]
    desk.step("soxd.tham", version, Step.APPRAISE, reason="Đủ điều kiện", result_hash=seen)


def test_days_of_waiting_for_a_linked_proposal_count(desk: Desk, version: Version) -> None:
    """An approval that is agreed on is no decision yet: its clock goes on, as if it weren't."""
    other = desk.send(desk.edited(tiny.lot_key("22504", 3, 3), tenDoiTuong="Chợ"), linked=(version.proposal,))
    alone = on(desk, version, "2026-07-01", "2026-07-01")["due"]
    desk.approve(version)
    agreed = on(desk, version, "2026-07-01", "2026-07-01", "2026-07-03")
    assert (agreed["state"], agreed["due"]) == ("agreed", alone)
    desk.approve(other)
    assert desk.detail("soxd.duyet", version)["due_at"] is None


def test_what_was_laid_before_the_approver_stays_due_as_that_while_agreed(desk: Desk, version: Version) -> None:
    desk.send(desk.edited(tiny.lot_key("22504", 3, 3), tenDoiTuong="Chợ"), linked=(version.proposal,))
    laid(desk, version)
    desk.approve(version)
    days = ("2026-07-01", "2026-07-01", "2026-07-02", "2026-07-20", "2026-07-21")
    agreed = on(desk, version, *days)
    assert (agreed["state"], agreed["due"]["purpose"], agreed["due"]["begun"]) == ("agreed", "approve", "2026-07-20")
    assert agreed["due"]["last_day"] == "2026-07-30"


def test_an_agencys_term_is_that_of_the_clock(desk: Desk, version: Version) -> None:
    """15 days by default; as the province has it, where it has edited the rule."""
    today = datetime.now(VIETNAM).date()

    def term() -> dict[str, Any]:
        with desk.database.reading() as conn:
            told: dict[str, Any] = document(conn, desk.principal("soxd.tham"), version.proposal, 0, 1 << 20)["term"]
        return told

    with desk.database.reading() as conn:
        is_working = clocks.calendar(conn)
    assert (term()["rule"], term()["last_day"]) == ("consult.agency.plan", due(today, 15, Unit.DAY, is_working).isoformat())
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("UPDATE hub.legal_clock SET duration = 7, unit = 'working_day' WHERE rule = 'consult.agency.plan'")
    assert term()["last_day"] == due(today, 7, Unit.WORKING_DAY, is_working).isoformat()


def test_edited_rules_are_applied(desk: Desk, version: Version, command: Command) -> None:  # noqa: F811
    on(desk, version, "2026-07-01", "2026-07-01")
    with psycopg.connect(desk.conninfo) as conn:
        conn.execute("UPDATE hub.legal_clock SET duration = 10 WHERE rule = 'appraise.plan.nq18'")
    assert command("clocks", "apply").exit_code == 0
    assert desk.detail("soxd.duyet", version)["due"]["last_day"] == "2026-07-15"
    assert command("init").exit_code == 0
    assert "appraise.plan.nq18" in command("clocks", "list").stdout
    assert desk.detail("soxd.duyet", version)["due"]["last_day"] == "2026-07-15"
