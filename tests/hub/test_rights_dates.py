"""Rights at the edges of dates: a row of the matrix and a delegation count from their first day to their last, at the moment of
each step, whatever was so when the proposal was sent."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from itertools import product
from typing import Optional

import pytest

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import delegations
from province_hub.authority import replace_matrix, today
from province_hub.delegations import Asked
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT = tiny.lot_key("22504", 2, 2)
BY_COMMUNE = Authority(approves=COMMUNE, document="12/QĐ-UBND")
BY_ANOTHER = Authority(separate_appraisal=True, document="13/QĐ-UBND")
DEPUTY, OTHER_HEAD = "giamsat", "quantri"
PERIODS = {
    "ended yesterday": (-5, -1),
    "ends today": (-5, 0),
    "today alone": (0, 0),
    "begins today": (0, 5),
    "begins tomorrow": (1, 5),
    "ends tomorrow": (-5, 1),
}
COUNTS = {"ends today", "today alone", "begins today", "ends tomorrow"}


@pytest.fixture(autouse=True)
def people(desk: Desk) -> None:
    """A deputy, who is a technician of the commune, and a second head."""
    desk.grant(DEPUTY, "technician", "22504")
    desk.grant(OTHER_HEAD, "head", "22504")


def day(desk: Desk, offset: Optional[int]) -> Optional[date]:
    with desk.administrating() as conn:
        return None if offset is None else today(conn) + timedelta(days=offset)


def set_matrix(desk: Desk, *rows: tuple[Authority, Optional[int], Optional[int]]) -> None:
    made = [Row(authority, valid_from=day(desk, first), valid_to=day(desk, last)) for authority, first, last in rows]
    with desk.administrating() as conn:
        replace_matrix(conn, made, "test")


def delegate(desk: Desk, first: int, last: int, acts: frozenset[Step] = delegations.ACTS, giver: str = "dailanh.ct") -> str:
    """Made as one that may have begun or be over."""
    with desk.database.writing("test") as conn:
        on = today(conn)
        asked = Asked("22504", DEPUTY, acts, on, on + timedelta(days=5), f"{giver} {first}")
        made = str(delegations.make(conn, str(uuid.uuid4()), giver, giver, asked)["id"])
    with desk.administrating() as conn:
        days = (on + timedelta(days=first), on + timedelta(days=last), made)
        conn.execute("UPDATE hub.delegation SET valid_from = %s, valid_to = %s WHERE id = %s", days)
    return made


def can(desk: Desk, name: str, version: Version) -> set[str]:
    return set(desk.detail(name, version)["can"])


def waiting(desk: Desk) -> Version:
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.submit(version)
    return version


# --- the matrix -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["submitted", "in_review"])
def test_who_decides_is_whom_the_matrix_names_on_the_day_of_the_step(desk: Desk, state: str):
    """Sent under the delegation: what counts is the day of the approval, not that of the submission."""
    set_matrix(desk, (BY_COMMUNE, None, None))
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    if state == "in_review":
        desk.step("soxd.tham", version, Step.OPEN)
    for name, (first, last) in PERIODS.items():
        set_matrix(desk, (BY_COMMUNE, first, last))
        by_commune, by_province = ("approve" in can(desk, who, version) for who in (OTHER_HEAD, "soxd.duyet"))
        assert (by_commune, by_province) == (name in COUNTS, name not in COUNTS), name
        assert "approve" not in can(desk, "dailanh.ct", version), "who has signed it off"


def test_an_approval_asked_for_a_day_too_late_is_refused_and_goes_to_the_province(desk: Desk):
    set_matrix(desk, (BY_COMMUNE, -5, 0))
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    seen = desk.detail(OTHER_HEAD, version)["result_hash"]
    set_matrix(desk, (BY_COMMUNE, -5, -1))
    with refused(403, "rights.authority"):
        desk.step(OTHER_HEAD, version, Step.APPROVE, result_hash=seen)
    assert desk.approve(version)["state"] == "approved"


def test_of_two_rows_one_follows_the_other_without_a_gap(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    for last, commune in ((0, True), (-1, False)):
        set_matrix(desk, (BY_COMMUNE, -5, last), (BY_ANOTHER, last + 1, 5))
        told = desk.detail("soxd.duyet", version)["authority"]
        assert told["document"] == ("12/QĐ-UBND" if commune else "13/QĐ-UBND")
        assert ("approve" in can(desk, OTHER_HEAD, version)) == commune
        assert "approve" not in can(desk, "soxd.duyet", version), "appraised first"


def test_what_was_appraised_under_a_row_that_ended_is_approved_by_the_next(desk: Desk):
    set_matrix(desk, (BY_ANOTHER, -5, 0))
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    seen = desk.detail("soxd.tham", version)["result_hash"]
    desk.step("soxd.tham", version, Step.APPRAISE, reason="Đủ", result_hash=seen)
    set_matrix(desk, (BY_ANOTHER, -5, -1), (BY_COMMUNE, 0, 5))
    assert "approve" not in can(desk, "soxd.duyet", version)
    assert desk.step(OTHER_HEAD, version, Step.APPROVE, result_hash=seen)["state"] == "approved"


# --- delegations ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", PERIODS)
def test_a_delegation_counts_on_its_days(desk: Desk, period: str):
    version = waiting(desk)
    made = delegate(desk, *PERIODS[period])
    assert ("sign_off" in can(desk, DEPUTY, version)) == (period in COUNTS)
    if period not in COUNTS:
        with refused(403, "rights.missing"):
            desk.step(DEPUTY, version, Step.SIGN_OFF)
        return
    desk.step(DEPUTY, version, Step.SIGN_OFF)
    with desk.database.reading() as conn:
        row = conn.execute("SELECT delegation::text FROM hub.proposal_step WHERE step = 'sign_off'").fetchone()
    assert row == {"delegation": made}


@pytest.mark.parametrize("periods", product(PERIODS, repeat=2), ids=" + ".join)
def test_of_two_delegations_each_counts_on_its_own_days(desk: Desk, periods: tuple[str, str]):
    """They overlap or follow each other; the step names one that holds, with the head who gave it."""
    version = waiting(desk)
    givers = ("dailanh.ct", OTHER_HEAD)
    made = [delegate(desk, *PERIODS[name], giver=giver) for name, giver in zip(periods, givers)]
    holding = {identity: giver for identity, giver, name in zip(made, givers, periods) if name in COUNTS}
    assert ("sign_off" in can(desk, DEPUTY, version)) == bool(holding)
    if holding:
        desk.step(DEPUTY, version, Step.SIGN_OFF)
        with desk.database.reading() as conn:
            row = conn.execute("SELECT delegation::text FROM hub.proposal_step WHERE step = 'sign_off'").fetchone() or {}
        assert row["delegation"] in holding
        set_matrix(desk, (Authority(approves=COMMUNE, document="1"), None, None))
        for giver in givers:  # who gave the signature that was used has signed too
            assert ("approve" in can(desk, giver, version)) == (giver != holding[row["delegation"]])


def test_two_delegations_of_different_acts_do_not_lend_each_other_days(desk: Desk):
    version = waiting(desk)
    delegate(desk, -5, -1, frozenset({Step.SIGN_OFF}))
    delegate(desk, 0, 0, frozenset({Step.RETURN}), OTHER_HEAD)
    assert can(desk, DEPUTY, version) == {"return"}


def test_one_of_two_that_is_revoked_leaves_the_other(desk: Desk):
    version = waiting(desk)
    made = [delegate(desk, 0, 0, giver=giver) for giver in ("dailanh.ct", OTHER_HEAD)]
    with desk.database.writing("test") as conn:
        delegations.revoke(conn, made[0], "test")
    assert "sign_off" in can(desk, DEPUTY, version)
    with desk.database.writing("test") as conn:
        delegations.revoke(conn, made[1], "test")
    assert "sign_off" not in can(desk, DEPUTY, version)
