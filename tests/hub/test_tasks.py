"""What a commune has to do once a decision is recorded."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Optional

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.proposal import Version
from province_hub import tasks
from province_hub.app import API
from province_hub.proposals import seen
from province_hub.tasks import Done, Kind
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.office import Office, make_office  # noqa: F401
from tests.hub.workflow import make_desk, refused  # noqa: F401

DEFENCE = tiny.lot_key("22504", 5, 5)


def listed(office: Office, version: Version, name: str = "dailanh.kt") -> list[dict[str, Any]]:
    with office.database.reading() as conn:
        principal = office.desk.principal(name)
        return tasks.of_proposals(conn, principal, [seen(conn, principal, version.proposal)])


def done(office: Office, version: Version, kind: Kind, name: str = "dailanh.kt", **given: Optional[str]) -> list[dict[str, Any]]:
    asked = Done(**{"id": str(uuid.uuid4()), "note": "Đã niêm yết tại trụ sở", **given})  # type: ignore[arg-type]
    return tasks.mark_done(office.database, office.desk.principal(name), version.proposal, kind, asked)


def test_a_recorded_decision_brings_the_tasks_and_a_correction_moves_the_day(office: Office):
    version = office.approved()
    assert listed(office, version) == []
    office.record(version)
    found = listed(office, version)
    assert [task["kind"] for task in found] == ["publish", "archive", "implement", "review_lower"]
    assert [task["due"] for task in found] == ["2026-03-17", None, None, None]
    assert {task["can"] for task in found} == {True}
    assert {task["can"] for task in listed(office, version, "soxd.tham")} == {False}
    first = office.document(version)["records"][0]["id"]
    office.record(version, office.decision(date=date(2026, 3, 1), supersedes=first, reason="Sai ngày"))
    again = listed(office, version)
    assert [task["kind"] for task in again] == [task["kind"] for task in found]
    assert again[0]["due"] == "2026-03-16"


def test_the_days_to_publish_are_those_of_the_clock(office: Office):
    version = office.approved()
    office.record(version)
    with office.desk.administrating() as conn:
        conn.execute("UPDATE hub.legal_clock SET duration = 10 WHERE rule = 'publish'")
    assert listed(office, version)[0]["due"] == "2026-03-12"
    with office.desk.administrating() as conn:
        conn.execute("UPDATE hub.legal_clock SET duration = 12 WHERE rule = 'publish'")
        conn.execute("DELETE FROM hub.calendar_year")
    assert (listed(office, version)[0]["due"], listed(office, version)[0]["due_provisional"]) == ("2026-03-16", ["calendar"])


def test_lower_plans_are_named(office: Office):
    with office.database.writing("test") as conn:
        given = (tiny.plan_key("PLAN-22504"), tiny.plan_key("PLAN-CROSSING"))
        conn.execute("UPDATE hub.plan SET parent = %s WHERE key = %s", given)
    version = office.approved()
    office.record(version)
    assert listed(office, version)[3]["plans"] == ["Quy hoạch phân khu giáp ranh"]


def test_defence_and_security_arent_published(office: Office):
    part = office.approved(office.greened(), office.desk.edited(DEFENCE, chucNangSuDungDatMuc2="Quocphong"))
    office.record(part)
    assert listed(office, part)[0]["excluded"] == 1
    only = office.approved(office.desk.edited(DEFENCE, tenDoiTuong="Doanh trại"))
    office.record(only)
    assert [task["kind"] for task in listed(office, only)] == ["archive", "implement", "review_lower"]


def test_what_is_hidden_isnt_counted_to_who_may_not_know_of_it(office: Office):
    office.desk.direct([office.desk.edited(DEFENCE, visibility=2)])
    office.desk.clear("dailanh.kt")
    version = office.approved(office.greened(), office.desk.edited(DEFENCE, tenDoiTuong="Doanh trại"))
    office.desk.clear("dailanh.kt", cleared=False)
    office.record(version)
    assert listed(office, version)[0]["excluded"] == 0
    assert listed(office, version, "soxd.tham")[0]["excluded"] == 1


def test_the_commune_marks_a_task_as_done_once(office: Office):
    version = office.approved()
    office.record(version)
    identity = str(uuid.uuid4())
    first = done(office, version, Kind.PUBLISH, id=identity)
    assert first[0]["done"]["by"] == "Nguyễn Thị Hạnh"
    assert first[0]["done"]["note"] == "Đã niêm yết tại trụ sở"
    assert done(office, version, Kind.PUBLISH, id=identity) == first
    with refused(409, "task.done"):
        done(office, version, Kind.PUBLISH, "dailanh.ct")
    with refused(409, "request.reused"):
        done(office, version, Kind.ARCHIVE, id=identity)
    assert office.chain(version)[-1] == "task_done"


@pytest.mark.parametrize(("name", "status", "code"), [("soxd.duyet", 403, "rights.missing"), ("vanthang.ct", 404, "not_found")])
def test_others_dont_do_the_communes_tasks(office: Office, name: str, status: int, code: str):
    version = office.approved()
    office.record(version)
    with refused(status, code):
        done(office, version, Kind.PUBLISH, name)


def test_evidence_is_a_file_that_was_sent_and_is_shown_to_who_sees_the_proposal(office: Office, hub: TestClient):
    version = office.approved()
    office.record(version)
    with refused(409, "attachment.missing"):
        done(office, version, Kind.PUBLISH, sha256="a" * 64, file_name="ảnh.jpg")
    file = office.desk.attach(b"a photograph", "ảnh.jpg")
    with office.database.writing("test") as conn:
        given = (file.sha256, "dailanh.kt")
        conn.execute("INSERT INTO hub.attachment_sender SELECT %s, id FROM hub.account WHERE name = %s", given)
    done(office, version, Kind.PUBLISH, sha256=file.sha256, file_name="ảnh.jpg")
    assert hub.get(f"{API}/attachments/{file.sha256}", headers=sign_in(hub, "soxd.tham")).content == b"a photograph"


def test_the_communes_list(office: Office, hub: TestClient):
    one, other = office.approved(), office.approved(office.desk.edited(DEFENCE, tenDoiTuong="x"))
    for version in (one, other):
        office.record(version)
    done(office, one, Kind.ARCHIVE)
    headers = sign_in(hub, "dailanh.kt")
    page = hub.get(f"{API}/communes/22504/tasks", headers=headers).json()
    assert [task["proposal"] for task in page["tasks"]] == [other.proposal] * 4 + [one.proposal] * 4
    assert page["cursor"] is None
    assert [task["done"] is not None for task in page["tasks"]] == [False] * 5 + [True] + [False] * 2
    assert hub.get(f"{API}/communes/22504/tasks", headers=sign_in(hub, "vanthang.kt")).status_code == 403
    url = f"{API}/proposals/{one.proposal}/tasks/publish/done/{uuid.uuid4()}"
    answer = hub.put(url, json={"note": "Đã đăng cổng thông tin"}, headers=headers)
    assert answer.json()["tasks"][0]["done"]["note"] == "Đã đăng cổng thông tin"
