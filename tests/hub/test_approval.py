"""An approval applies exactly what the approver saw, all of it or nothing."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.core.workflow import Step
from province_hub.database import Database
from province_hub.revisions import latest
from tests.hub import tiny
from tests.hub.workflow import Desk, invalid, make_desk, refused, state_of  # noqa: F401

LOT, NEIGHBOUR = tiny.lot_key("22504", 2, 2), tiny.lot_key("22504", 3, 2)
FILE = "56QCT22504"
FREE = tiny.square(600_000, 1_401_500)


def _revision(database: Database) -> dict[str, object]:
    with database.reading() as conn:
        return conn.execute("SELECT * FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone() or {}


def test_an_approval_is_one_revision_with_its_name(desk: Desk):
    halves = tiny.square(600_200, 1_400_200), tiny.square(600_300, 1_400_200)
    version = desk.send(
        desk.edited(LOT, tenDoiTuong="Công viên", ghiChu=None),
        desk.deleted(NEIGHBOUR),
        desk.inserted(halves[1], predecessors=NEIGHBOUR, tenDoiTuong="Lô mới"),
    )
    with desk.database.reading() as conn:
        before = latest(conn)[0]
    answer = desk.approve(version)
    made = _revision(desk.database)
    assert answer["state"] == "approved"
    assert answer["can"] == []
    assert answer["revision"] == {"number": made["number"], "id": str(made["id"])}
    assert made["number"] > before
    assert (str(made["proposal"]), made["version"], made["actor"]) == (version.proposal, 1, "soxd.duyet")
    assert desk.row(NEIGHBOUR) is None
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "Công viên"
    (listed,) = desk.listed("dailanh.kt", "mine")
    assert listed["revision"] == made["number"]


def test_an_insert_gets_its_code_and_keeps_birth_and_lineage(desk: Desk):
    inserts = [
        desk.inserted(tiny.square(600_000 + 100 * n, 1_401_500), predecessors=LOT, dienTich=1.0, maHoSoQH=FILE) for n in range(3)
    ]
    version = desk.send(*inserts)
    desk.approve(version)
    rows = [desk.row(change.key) or {} for change in sorted(inserts, key=lambda change: change.key)]
    codes = [row["maDoiTuong"] for row in rows]
    assert codes == [f"{FILE}-ChucNangSuDungDat_A-{n}" for n in (1, 2, 3)]
    assert {row["dienTich"] for row in rows} == {10_000.0}
    assert {row["predecessors"] for row in rows} == {LOT}
    assert {row["valid_from"] for row in rows} == {None}
    assert {row["birth"] for row in rows} == {(change.new or {})["birth"] for change in inserts}


def test_a_code_is_never_given_twice(desk: Desk):
    first = desk.inserted(FREE, maHoSoQH=FILE)
    desk.approve(desk.send(first))
    desk.direct([desk.deleted(first.key)])
    second = desk.inserted(FREE, maHoSoQH=FILE)
    desk.approve(desk.send(second))
    assert (desk.row(second.key) or {})["maDoiTuong"] == f"{FILE}-ChucNangSuDungDat_A-2"


def test_both_sides_changes_are_merged_and_derived_recomputed(desk: Desk):
    wider = desk.edited(LOT, geom=tiny.square(600_200, 1_400_200, 100.0001))
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    desk.approve(version)
    row = desk.row(LOT) or {}
    assert (row["tenDoiTuong"], row["ghiChu"]) == ("Công viên", "của tỉnh")
    desk.approve(desk.send(wider))
    assert (desk.row(LOT) or {})["dienTich"] == 10_000.02


def test_legal_time_is_not_a_proposals_to_decide(desk: Desk):
    desk.approve(desk.send(desk.edited(LOT, tenDoiTuong="A", valid_from="2026-01-01")))
    assert (desk.row(LOT) or {})["valid_from"] is None


def test_a_repeated_request_gets_the_first_answer(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    seen, request = desk.detail("soxd.duyet", version)["result_hash"], str(uuid.uuid4())
    first = desk.approve(version, result_hash=seen, request=request)
    before = state_of(desk.database)
    assert desk.approve(version, result_hash=seen, request=request) == first
    assert state_of(desk.database) == before
    with refused(409, "request.reused"):
        desk.step("soxd.duyet", version, Step.REJECT, reason="vì", request=request)
    with refused(409, "request.reused"):
        desk.step("soxd.tham", version, Step.APPROVE, result_hash=seen, request=request)
    with refused(409, "proposal.state") as details:
        desk.approve(version, result_hash=seen)
    assert details == {"state": "approved", "version": 1}


def test_what_changed_since_it_was_seen_is_told_and_nothing_applied(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.step("soxd.duyet", version, Step.OPEN)
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    before = state_of(desk.database)
    with refused(409, "changed_since_seen") as details:
        desk.approve(version, result_hash=seen)
    assert details["difference"] == {"rows": [{"layer": tiny.LOTS, "key": LOT}], "findings_new": [], "findings_gone": []}
    assert state_of(desk.database) == before
    assert desk.detail("soxd.duyet", version)["result_hash"] == details["result_hash"]
    desk.approve(version, result_hash=details["result_hash"])


def test_a_neighbours_new_overlap_is_a_change_too(desk: Desk):
    version = desk.send(desk.inserted(FREE))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    desk.direct([desk.inserted(tiny.square(600_050, 1_401_500))])
    with refused(409, "changed_since_seen") as details:
        desk.approve(version, result_hash=seen)
    (new,) = details["difference"]["findings_new"]
    assert new.startswith("tile.overlap ")
    with refused(409, "rules.errors") as found:
        desk.approve(version, result_hash=details["result_hash"])
    assert found["findings"][0]["details"]["area_m2"] == 5_000.0
    assert desk.row(version.changes[0].key) is None


def test_what_the_province_allocates_or_dates_changes_nothing_that_was_seen(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    desk.direct([desk.edited(LOT, maDoiTuong="56QHC22504-khac", valid_from="2026-01-01")])
    desk.approve(version, result_hash=seen)
    assert (desk.row(LOT) or {})["maDoiTuong"] == "56QHC22504-khac"


def test_a_conflict_stops_an_approval(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"), desk.edited(NEIGHBOUR, tenDoiTuong="B"))
    desk.direct([desk.edited(LOT, tenDoiTuong="Bãi đỗ xe")])
    before = state_of(desk.database)
    with refused(409, "proposal.conflict") as details:
        desk.approve(version)
    assert details["conflicts"] == [{"layer": tiny.LOTS, "key": LOT, "kind": "attributes", "attributes": ["tenDoiTuong"]}]
    assert state_of(desk.database) == before
    assert (desk.row(NEIGHBOUR) or {})["tenDoiTuong"] == "Lô đất"


@pytest.mark.parametrize("rule", ["tile.gap", "tile.overlap", "attr.function_code_in_list", "t16.required6"])
def test_errors_of_the_rules_stop_an_approval(desk: Desk, rule: str):
    change = {
        "tile.gap": desk.edited(LOT, geom=tiny.square(600_200, 1_400_200, 90)),
        "tile.overlap": desk.edited(LOT, geom=tiny.square(600_200, 1_400_200, 110)),
        "attr.function_code_in_list": desk.edited(LOT, chucNangSuDungDatMuc2="KhongCo"),
        "t16.required6": desk.edited(LOT, tenDoiTuong=None),
    }[rule]
    version = desk.send(change)
    before = state_of(desk.database)
    with refused(409, "rules.errors") as details:
        desk.approve(version)
    assert {finding["rule"] for finding in details["findings"]} == {rule}
    assert state_of(desk.database) == before


def test_an_approval_needs_what_was_seen_and_the_newest_version(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    with invalid("step.result_hash"):
        desk.step("soxd.duyet", version, Step.APPROVE)
    with refused(409, "proposal.state"):
        desk.step("soxd.duyet", replace(version, number=2), Step.APPROVE, result_hash="0" * 64)


def test_a_reason_is_asked_for_where_the_workflow_says_so(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    for step in (Step.RETURN, Step.REJECT):
        with invalid("text.blank"):
            desk.step("soxd.duyet", version, step, reason="  ")


def test_the_review_of_a_decided_proposal_shows_what_was_decided(desk: Desk):
    inserted = desk.inserted(FREE, maHoSoQH=FILE)
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"), inserted)
    desk.approve(version)
    desk.direct([desk.edited(LOT, tenDoiTuong="Về sau")])
    detail = desk.detail("giamsat", version)
    names = {item["key"]: (item["before"] or {}).get("tenDoiTuong") for item in detail["review"]}
    assert names == {LOT: "Lô đất", inserted.key: None}
    for item in detail["review"]:
        decode_values(desk.lots, item["after"])
    (applied,) = [item["after"] for item in detail["review"] if item["key"] == inserted.key]
    assert applied["maDoiTuong"] == f"{FILE}-ChucNangSuDungDat_A-1"


def test_what_the_province_has_already_makes_no_revision(desk: Desk):
    change = desk.edited(LOT, tenDoiTuong="Công viên")
    version = desk.send(change)
    desk.direct([change])
    before = _revision(desk.database)
    assert desk.approve(version)["revision"] is None
    assert _revision(desk.database) == before


def test_a_thousand_changes_are_approved_in_seconds(desk: Desk):
    inserts = [desk.inserted(tiny.square(600_000 + 50 * (n % 20), 1_401_000 + 50 * (n // 20), 50)) for n in range(1_000)]
    version = desk.send(*inserts)
    desk.approve(version)
    assert len(desk.rows()) == 1_200


def test_an_insert_sent_again_after_its_approval_is_the_update_that_it_is(desk: Desk):
    inserted = desk.inserted(FREE)
    desk.approve(desk.send(inserted))
    desk.direct([desk.edited(inserted.key, ghiChu="của tỉnh")])
    again = replace(inserted, new={**(inserted.new or {}), "tenDoiTuong": "Tên sau"})
    version = desk.send(again)
    (item,) = desk.detail("soxd.duyet", version)["review"]
    assert (item["kind"], item["conflict"]) == ("update", None)
    desk.approve(version)
    row = desk.row(inserted.key) or {}
    assert (row["tenDoiTuong"], row["ghiChu"]) == ("Tên sau", "của tỉnh")
    assert desk.approve(desk.send(again))["revision"] is None
