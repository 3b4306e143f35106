"""The past, asked from a desk: a feature's history, a layer as it was, a plan between two days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.core.lineage import Fate
from commune_planning_plugin.sync.history_calls import HistoryCalls, PastDay
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.joint.conftest import INNER_LOT, Desk, Province

TODAY = date.today()


@pytest.fixture
def renamed(desk: Desk, province: Province) -> str:
    """Approved, and without a decision yet."""
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    province.approve(frozen.proposal)
    return frozen.proposal


@pytest.fixture
def calls(desk: Desk) -> HistoryCalls:
    return HistoryCalls(desk.client, "22504")


def test_a_features_history_as_the_desk_reads_it(desk: Desk, calls: HistoryCalls, renamed: str) -> None:
    layer = desk.client.catalogue().layer(LOTS)
    newest, first = calls.history(layer, INNER_LOT).revisions
    assert (newest.kind, newest.changed, newest.proposal) == ("update", ("tenDoiTuong",), renamed)
    assert (newest.row or {})["tenDoiTuong"] == "Chợ"
    assert (first.kind, first.proposal, first.decision) == ("insert", None, None)
    with pytest.raises(Refused, match="not_found"):
        calls.history(layer, lot_key("22516", 9, 9))


def test_what_is_approved_is_known_and_not_in_force(desk: Desk, calls: HistoryCalls, renamed: str) -> None:
    layer = desk.client.catalogue().layer(LOTS)
    known = dict(calls.features(layer, PastDay(TODAY + timedelta(days=1), legal=False)))
    in_force = dict(calls.features(layer, PastDay(TODAY + timedelta(days=1), legal=True)))
    assert known.keys() == in_force.keys()
    assert known[INNER_LOT]["tenDoiTuong"] == "Chợ"
    assert in_force[INNER_LOT]["tenDoiTuong"] == "Lô đất"
    assert {key: row for key, row in known.items() if key != INNER_LOT} == {
        key: row for key, row in in_force.items() if key != INNER_LOT
    }


def test_what_was_in_force_as_it_was_known_then(desk: Desk, calls: HistoryCalls, renamed: str) -> None:
    layer, tomorrow = desk.client.catalogue().layer(LOTS), TODAY + timedelta(days=1)
    assert dict(calls.features(layer, PastDay(tomorrow, True, known=TODAY - timedelta(days=2)))) == {}
    known_now = dict(calls.features(layer, PastDay(tomorrow, True, known=tomorrow)))
    assert known_now == dict(calls.features(layer, PastDay(tomorrow, True)))
    assert known_now[INNER_LOT]["tenDoiTuong"] == "Lô đất"


def test_a_plan_between_two_days(calls: HistoryCalls, renamed: str) -> None:
    plan = plan_key("PLAN-22504")
    found = calls.lineage(LOTS, plan, PastDay(TODAY - timedelta(days=2), False), PastDay(TODAY + timedelta(days=1), False))
    assert (found.before, found.after[Fate.NEW].count) == ({}, 100)
    assert (found.features[0].former, found.features[0].bounds is not None) == (False, True)
    still = calls.lineage(LOTS, plan, PastDay(TODAY, True), PastDay(TODAY, True))
    assert {fate: each.count for fate, each in still.after.items()} == {Fate.KEPT: 100}
