"""Versions coming in, lists and details going out."""

from __future__ import annotations

import gzip
import json
import unicodedata
import uuid
from dataclasses import replace

import pytest
import shapely
from starlette.testclient import TestClient

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.core.workflow import Step
from province_hub import versions
from province_hub.app import API
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, invalid, make_desk, refused, state_of  # noqa: F401

LOT = tiny.lot_key("22504", 2, 2)


def test_a_version_waits_for_the_heads_sign_off(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    receipt = desk.submit(version)
    assert receipt["state"] == "awaiting_sign_off"
    assert receipt["hash"] == version.hash
    assert receipt["rekeyed"] == {}
    assert receipt["findings"] == []
    assert receipt["outside"] == []
    (listed,) = desk.listed("dailanh.kt", "mine")
    assert (listed["version"], listed["changes"], listed["title"]) == (1, 1, "Điều chỉnh cục bộ")
    assert listed["can"] == ["withdraw"]
    assert listed["author"]["full_name"] == "Nguyễn Thị Hạnh"
    assert listed["last_step"]["step"] == "submit"


def test_a_repeat_gets_the_first_answer_and_writes_nothing(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    first = desk.submit(version)
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    before = state_of(desk.database)
    assert desk.submit(version) == first
    assert state_of(desk.database) == before


def test_other_content_under_the_same_number_is_refused_and_the_next_offered(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.submit(version)
    with refused(409, "proposal.content_differs") as details:
        desk.submit(replace(version, title="Tên khác"))
    assert details == {"next": 2}


def test_the_next_version_needs_a_return_or_a_withdrawal(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.submit(version)
    second = replace(version, number=2, title="Lần hai")
    with refused(409, "proposal.state") as details:
        desk.submit(second)
    assert details == {"state": "awaiting_sign_off"}
    desk.step("dailanh.kt", version, Step.WITHDRAW)
    assert desk.submit(second)["number"] == 2
    desk.step("dailanh.ct", second, Step.RETURN, reason="Thiếu bản vẽ")
    third = replace(version, number=3)
    assert desk.submit(third)["state"] == "awaiting_sign_off"
    assert desk.detail("dailanh.kt", third)["content"]["number"] == 3


def test_a_version_whose_forerunners_a_restore_has_taken_is_the_first_that_the_hub_sees(desk: Desk):
    version = replace(desk.version(desk.edited(LOT, tenDoiTuong="Công viên")), number=3)
    assert desk.submit(version)["number"] == 3
    desk.step("dailanh.kt", version, Step.WITHDRAW)
    for number in (2, 3):
        with refused(409, "proposal.content_differs") as details:
            desk.submit(replace(version, number=number, title="Tên khác"))
        assert details == {"next": 4}


def test_no_changes_and_several_plans_are_refused(desk: Desk):
    with refused(422, "proposal.no_changes"):
        desk.submit(desk.version())
    other = desk.edited(tiny.lot_key("22516", 0, 0), tenDoiTuong="Lô")
    with refused(422, "proposal.several_plans") as details:
        desk.submit(desk.version(desk.edited(LOT, tenDoiTuong="A"), other))
    assert details["plans"] == sorted([tiny.plan_key("PLAN-22504"), tiny.plan_key("PLAN-22516")])
    moved = desk.edited(LOT, plan=tiny.plan_key("PLAN-CROSSING"))
    with refused(422, "proposal.several_plans"):
        desk.submit(desk.version(moved))
    unknown = str(uuid.uuid4())
    with invalid("plan.unknown"):
        desk.submit(desk.version(desk.inserted(tiny.square(600_000, 1_401_500), plan=unknown), plan=unknown))


@pytest.mark.parametrize("base", [{"base_id": str(uuid.uuid4())}, {"base_number": 9_999}])
def test_a_version_from_before_a_restore_is_merged_by_what_it_starts_from(desk: Desk, base: dict[str, object]):
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"), **base)
    assert desk.submit(version)["state"] == "awaiting_sign_off"
    (item,) = desk.detail("dailanh.kt", version)["review"]
    assert (item["after"]["tenDoiTuong"], item["conflict"]) == ("A", None)
    stale = desk.edited(LOT, tenDoiTuong="B")
    stale = replace(stale, old={**stale.old, "tenDoiTuong": "as the lost future had it"})
    clashing = desk.version(stale, **base)
    desk.submit(clashing)
    (item,) = desk.detail("dailanh.kt", clashing)["review"]
    assert item["conflict"] == {"kind": "attributes", "attributes": ["tenDoiTuong"]}


def test_what_was_hashed_is_never_altered_on_the_way_in(desk: Desk):
    with invalid("text.not_nfc"):
        desk.submit(desk.version(desk.edited(LOT, tenDoiTuong=unicodedata.normalize("NFD", "Đất ở"))))
    with invalid("text.not_nfc"):
        desk.submit(desk.version(desk.edited(LOT, tenDoiTuong="A"), title=unicodedata.normalize("NFD", "Điều chỉnh")))
    crooked = geometry.written(shapely.MultiPolygon([shapely.box(600_200.01003, 1_400_200, 600_300, 1_400_300)]))
    with invalid("geometry.off_grid"):
        desk.submit(desk.version(desk.edited(LOT, geom=crooked)))


@pytest.mark.parametrize(
    ("given", "code"),
    [({"ground": 9}, "version.ground"), ({"title": "  "}, "text.blank"), ({"reason": "\x00"}, "text.unreadable")],
)
def test_a_version_must_say_what_it_is(desk: Desk, given: dict[str, object], code: str):
    with invalid(code):
        desk.submit(desk.version(desk.edited(LOT, tenDoiTuong="A"), **given))


def test_changes_that_cannot_be_are_refused(desk: Desk):
    change = desk.edited(LOT, tenDoiTuong="A")
    with invalid("change.repeated"):
        desk.submit(desk.version(change, change))
    with invalid("birth.changed"):
        desk.submit(desk.version(desk.edited(LOT, birth=str(uuid.uuid4()))))
    with invalid("layer.unknown"):
        desk.submit(desk.version(Change("QuyHoach.Khong_A", LOT, {"a": 1}, {"a": 2})))
    with invalid("version.mismatch"):
        version = desk.version(change)
        versions.accept(desk.database, desk.principal("dailanh.kt"), str(uuid.uuid4()), 1, version.to_json())


def test_attachments_must_be_there_first(desk: Desk):
    digest = "0" * 64
    change = desk.edited(LOT, tenDoiTuong="A")
    with refused(409, "attachment.missing") as details:
        desk.submit(desk.version(change, attachments=(Attachment(digest, "Tờ trình.pdf", 3),)))
    assert details == {"sha256": [digest]}
    held = desk.attach(b"pdf", "Tờ trình.pdf")
    version = desk.version(change, attachments=(held,))
    desk.submit(version)
    assert desk.detail("dailanh.kt", version)["content"]["attachments"][0]["name"] == "Tờ trình.pdf"


def test_a_taken_key_gets_a_new_one_with_its_lineage(desk: Desk):
    taken = tiny.lot_key("22504", 5, 5)
    child = desk.inserted(tiny.square(600_100, 1_401_500), predecessors=taken)
    version = desk.version(desk.inserted(tiny.square(600_000, 1_401_500), key=taken), child)
    receipt = desk.submit(version)
    new_key = receipt["rekeyed"][taken]
    assert desk.submit(version) == receipt
    detail = desk.detail("dailanh.kt", version)
    assert {item["key"] for item in detail["review"]} == {new_key, child.key}
    assert {item["after"]["predecessors"] for item in detail["review"]} == {None, new_key}
    assert detail["rekeyed"] == {taken: new_key}
    desk.step("dailanh.kt", version, Step.WITHDRAW)
    assert desk.submit(replace(version, number=2))["rekeyed"] == {taken: new_key}


def test_findings_are_told_and_do_not_stop_a_submission(desk: Desk):
    desk.shut()
    version = desk.version(
        desk.edited(LOT, geom=tiny.square(600_200, 1_400_200, 150)), desk.edited(tiny.lot_key("22504", 0, 0), tenDoiTuong="")
    )
    found = desk.submit(version)["findings"]
    assert {(f["rule"], f["severity"]) for f in found} == {("tile.overlap", "error"), ("t16.required6", "error")}
    assert desk.detail("dailanh.kt", version)["findings"] == found


def test_an_invalid_shape_is_a_finding_with_its_place(desk: Desk):
    bow = geometry.written(
        shapely.MultiPolygon([[[(600_200, 1_400_200), (600_300, 1_400_300), (600_300, 1_400_200), (600_200, 1_400_300)], []]])
    )
    found = desk.submit(desk.version(desk.edited(LOT, geom=bow)))["findings"]
    (invalid_shape,) = [f for f in found if f["rule"] == "geom.valid"]
    assert invalid_shape["place"] == [600_250, 1_400_250, 600_250, 1_400_250]


def test_features_outside_the_commune_name_who_must_be_asked(desk: Desk):
    over = desk.edited(tiny.lot_key("22504", 9, 0), geom=tiny.square(600_900, 1_400_000, 120))
    assert desk.submit(desk.version(over))["outside"] == ["22516"]
    assert desk.submit(desk.version(desk.edited(tiny.lot_key("22504", 9, 0), tenDoiTuong="A")))["outside"] == []


def test_the_review_shows_the_province_now_and_as_it_would_be(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.direct([desk.edited(LOT, ghiChu="sửa trực tiếp")])
    detail = desk.detail("soxd.tham", version)
    (item,) = detail["review"]
    assert (item["kind"], item["conflict"]) == ("update", None)
    assert item["before"]["ghiChu"] == item["after"]["ghiChu"] == "sửa trực tiếp"
    assert (item["before"]["tenDoiTuong"], item["after"]["tenDoiTuong"]) == ("Lô đất", "Công viên")
    assert len(detail["context"]) == 24
    assert [step["step"] for step in detail["steps"]] == ["submit", "sign_off"]
    assert Version.from_json(desk.layers, detail["content"]).hash == version.hash


def test_a_clash_with_the_province_is_shown(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.direct([desk.edited(LOT, tenDoiTuong="Bãi đỗ xe")])
    (item,) = desk.detail("soxd.tham", version)["review"]
    assert item["conflict"] == {"kind": "attributes", "attributes": ["tenDoiTuong"]}
    assert item["last_change"]["direct"] is True
    gone = desk.send(desk.edited(tiny.lot_key("22504", 4, 4), tenDoiTuong="X"))
    desk.direct([desk.deleted(tiny.lot_key("22504", 4, 4))])
    (item,) = desk.detail("soxd.tham", gone)["review"]
    assert item["conflict"]["kind"] == "deleted_at_province"
    assert item["before"] is item["after"] is None
    assert item["last_change"]["revision"] > 1


def test_a_clash_with_another_proposal_says_whose_that_was(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    other = desk.send(desk.edited(LOT, tenDoiTuong="Bãi đỗ xe"))
    assert "last_change" not in desk.detail("soxd.tham", version)["review"][0]
    desk.approve(other)
    (item,) = desk.detail("soxd.tham", version)["review"]
    title = desk.detail("soxd.tham", other)["title"]
    assert (item["last_change"]["by"], item["last_change"]["title"]) == ("Nguyễn Thị Hạnh", title)


def test_the_whole_way_over_http(desk: Desk, hub: TestClient):
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    path = f"{API}/proposals/{version.proposal}"
    technician, head, approver = (sign_in(hub, name) for name in ("dailanh.kt", "dailanh.ct", "soxd.duyet"))
    packed = {**technician, "Content-Type": "application/json", "Content-Encoding": "gzip"}
    receipt = hub.put(f"{path}/versions/1", content=gzip.compress(canonical_json(version.to_json())), headers=packed)
    assert receipt.status_code == 200
    assert receipt.json()["hash"] == version.hash
    assert [p["id"] for p in hub.get(f"{API}/proposals?box=inbox", headers=head).json()["proposals"]] == [version.proposal]
    assert hub.get(path, headers=approver).json()["code"] == "not_found"
    body = {"request": str(uuid.uuid4()), "version": 1, "reason": None, "result_hash": None}
    signed = hub.post(f"{path}/sign_off", json=body, headers=head).json()
    assert (signed["state"], signed["last_step"]["actor"], signed["revision"]) == ("submitted", "Trần Văn Bình", None)
    seen = hub.get(path, headers=approver).json()["result_hash"]
    early = hub.post(f"{path}/approve", json={**body, "request": str(uuid.uuid4()), "result_hash": "0" * 64}, headers=approver)
    assert (early.status_code, early.json()["code"], early.json()["details"]["result_hash"]) == (409, "changed_since_seen", seen)
    approved = hub.post(
        f"{path}/approve", json={**body, "request": str(uuid.uuid4()), "result_hash": seen}, headers=approver
    ).json()
    assert (approved["state"], approved["revision"]["number"]) == ("approved", hub.get(path, headers=technician).json()["revision"])


@pytest.mark.parametrize(
    ("document", "status", "code"),
    [
        ("{", 422, "request.malformed"),
        ("[]", 422, "request.malformed"),
        ("{}", 422, "version.malformed"),
        ('{"changes": [5]}', 422, "version.malformed"),
        ('{"changes": [], "title": "\\ud800"}', 422, "version.malformed"),
    ],
)
def test_what_is_no_version_is_refused(hub: TestClient, document: str, status: int, code: str):
    headers = {**sign_in(hub, "dailanh.kt"), "Content-Type": "application/json"}
    answer = hub.put(f"{API}/proposals/{uuid.uuid4()}/versions/1", content=document, headers=headers)
    assert (answer.status_code, answer.json()["code"], answer.json()["details"]["code"]) == (status, "invalid", code)


@pytest.mark.parametrize("field", ["title", "reason"])
def test_half_a_character_is_refused(desk: Desk, hub: TestClient, field: str):
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    document = json.dumps({**version.to_json(), field: "\ud800"})
    headers = {**sign_in(hub, "dailanh.kt"), "Content-Type": "application/json"}
    answer = hub.put(f"{API}/proposals/{version.proposal}/versions/1", content=document, headers=headers)
    assert answer.json()["details"] == {"code": "text.unreadable", "field": field}
    desk.submit(version)
    step = json.dumps({"request": str(uuid.uuid4()), "version": 1, "reason": "\ud800", "result_hash": None})
    answer = hub.post(f"{API}/proposals/{version.proposal}/withdraw", content=step, headers=headers)
    assert answer.status_code == 422
