"""A feature that the province removed comes back from a desk as itself, whatever happens on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import LocalState, Ref, Side
from commune_planning_plugin.sync.history_calls import HistoryCalls
from tests.hub.tiny import LOTS
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, take
from tests.joint.test_conflicts import at_province

REF = Ref(LOTS, INNER_LOT)
HUB_TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'


def remove(desk: Desk, database: Any) -> None:
    """At the province; the desk hears of it."""
    at_province(database, f"DELETE FROM {HUB_TABLE} WHERE key = %s", INNER_LOT)
    desk.pull()
    assert desk.copy.row(REF) is None


def bring_back(desk: Desk, name: str, revision: int = -1) -> None:
    """As the plugin does through the layer: a row with the key, the birth id and what the chosen revision had."""
    layer = desk.copy.catalogue.layer(LOTS)
    chosen = HistoryCalls(desk.client, desk.commune).history(layer, INNER_LOT).revisions[revision].row
    assert chosen is not None
    row = {**chosen, "tenDoiTuong": name, "valid_from": None, "valid_to": None, "key": INNER_LOT}
    row["geom"] = blob_of(desk, chosen["geom"])
    names = ", ".join(f'"{name}"' for name in row)
    desk.edit(f"INSERT INTO {TABLE} ({names}) VALUES ({', '.join('?' * len(row))})", *row.values())


def blob_of(desk: Desk, wkb: Any) -> bytes:
    """Header as the file's other shapes have it, then the WKB."""
    with sqlite3.connect(desk.copy.path) as connection:
        (some,) = connection.execute(f"SELECT geom FROM {TABLE} LIMIT 1").fetchone()
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(some[3] >> 1) & 7]
    return some[:3] + bytes([some[3] & ~0x0E]) + some[4:8] + wkb if envelope else some[:8] + wkb


def local(desk: Desk) -> Any:
    (found,) = [each for each in desk.copy.status() if each.change.key == INNER_LOT]
    return found


def birth(database: Any) -> Any:
    with database.reading() as conn:
        row = conn.execute(f'SELECT birth::text, "tenDoiTuong" AS name FROM {HUB_TABLE} WHERE key = %s', (INNER_LOT,)).fetchone()
    return (row["birth"], row["name"]) if row else None


def test_it_is_proposed_approved_and_pulled_as_the_same_feature(desk: Desk, province: Province, database) -> None:
    before = birth(database)
    remove(desk, database)
    bring_back(desk, "Chợ")
    assert (local(desk).change.kind, local(desk).state) == (ChangeKind.INSERT, LocalState.LOCAL)
    frozen = desk.freeze(INNER_LOT)
    (sent,) = desk.send()
    assert sent.problem is None
    (item,) = province.head.proposal(frozen.proposal).review
    assert (item.key, item.kind, item.restores) == (INNER_LOT, "insert", True)
    province.approve(frozen.proposal)
    assert birth(database) == (before[0], "Chợ")
    desk.pull()
    assert (desk.name_of(INNER_LOT), desk.copy.status()) == ("Chợ", ())


def test_a_desk_that_slept_through_it_sees_one_change(desk_of: Callable[..., Desk], province: Province, database) -> None:
    asleep, desk = desk_of("dailanh.kt"), desk_of("dailanh.kt")
    asleep.edit(f"UPDATE {TABLE} SET ghiChu = 'của tôi' WHERE key = ?", INNER_LOT)
    remove(desk, database)
    bring_back(desk, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    province.approve(frozen.proposal)
    asleep.pull()
    assert (asleep.name_of(INNER_LOT), local(asleep).change.new) == ("Chợ", {"ghiChu": "của tôi"})


def test_two_desks_bring_it_back_differently(desk_of: Callable[..., Desk], province: Province, database) -> None:
    first, second = desk_of("dailanh.kt"), desk_of("dailanh.kt")
    for each, name in ((first, "Chợ"), (second, "Trường học")):
        if each is first:
            remove(each, database)
        else:
            each.pull()
        bring_back(each, name)
    proposals = []
    for each in (first, second):
        proposals.append(each.freeze(INNER_LOT).proposal)
        assert each.send()[0].problem is None
    province.approve(proposals[0])
    take(province.head, proposals[1], Step.SIGN_OFF, 1)
    take(province.approver, proposals[1], Step.OPEN, 1)
    seen = province.approver.proposal(proposals[1])
    with pytest.raises(Refused, match=r"proposal\.conflict"):
        take(province.approver, proposals[1], Step.APPROVE, 1, result_hash=seen.result_hash)
    assert take(province.approver, proposals[1], Step.RETURN, 1, reason="Đã có").state is State.RETURNED
    second.pull()
    conflict = local(second).conflict
    assert (conflict.kind, conflict.attributes) == (ConflictKind.INSERTED_TWICE, ("tenDoiTuong",))
    second.copy.conflicts.resolve(REF, {"tenDoiTuong": Side.MINE})
    assert local(second).change.new == {"tenDoiTuong": "Trường học"}
    assert birth(database)[1] == "Chợ"


def test_it_survives_going_on_from_a_fresh_snapshot(desk: Desk, database) -> None:
    before = birth(database)
    remove(desk, database)
    bring_back(desk, "Chợ")
    was = local(desk).change
    at_province(database, "UPDATE hub.commune SET area_epoch = area_epoch + 1 WHERE code = '22504'")
    desk.pull()
    now = local(desk)
    assert (now.change, now.state, now.conflict) == (was, LocalState.LOCAL, None)
    assert (now.change.new or {})["birth"] == before[0]


def test_it_comes_back_after_its_removal_by_oneself(desk: Desk, province: Province, database) -> None:
    """Not sent yet, or waiting for its decision: always the feature that it was."""
    before = birth(database)
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    assert local(desk).change.kind is ChangeKind.DELETE
    bring_back(desk, "Chợ")
    assert local(desk).change.new == {"tenDoiTuong": "Chợ"}
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    removal = desk.freeze(INNER_LOT)
    desk.send()
    bring_back(desk, "Chợ")
    assert (local(desk).proposable.kind, local(desk).state) == (ChangeKind.INSERT, LocalState.BOTH)
    again = desk.freeze(INNER_LOT)
    (sent,) = desk.send()
    assert (sent.problem, removal.proposal in again.body.decode()) == (None, True)
    (item,) = province.head.proposal(again.proposal).review
    assert (item.before, item.restores, (item.after or {})["birth"]) == (None, True, before[0])
