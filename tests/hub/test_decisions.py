"""The decision after an approval: recorded once, corrected by another record, put into force when the map agrees with it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.decision import Figures, FunctionArea, Scope
from commune_planning_plugin.core.workflow import Step
from province_hub import decisions
from province_hub.app import API
from province_hub.database import Database
from province_hub.decisions import Effecting
from province_hub.steps import Request
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.office import HECTARE, Office, make_office  # noqa: F401
from tests.hub.workflow import invalid, make_desk, refused  # noqa: F401

LOT, NEIGHBOUR = tiny.lot_key("22504", 2, 2), tiny.lot_key("22504", 3, 2)


def test_a_decision_is_recorded_after_the_approval_and_audited(office: Office):
    version = office.approved()
    assert office.document(version)["can"] == ["record"]
    answer = office.record(version)
    (record,) = answer["records"]
    assert (record["number"], record["effective"], record["by"]) == ("12/QĐ-UBND", "2026-03-02", "Phạm Thu Thủy")
    assert answer["reconciliation"]["agrees"] is True
    assert answer["can"] == ["correct", "make_effective"]
    assert office.document(version, "soxd.duyet")["can"] == ["correct", "make_effective", "waive"]
    assert office.document(version, "dailanh.kt")["can"] == []
    assert office.chain(version)[-1] == "record_decision"
    (listed,) = office.desk.listed("dailanh.kt", "mine")
    assert listed["decision"] == {
        "number": "12/QĐ-UBND",
        "date": "2026-03-02",
        "effective": "2026-03-02",
        "made_effective": False,
    }


def test_repeating_a_record_changes_nothing_and_another_content_is_refused(office: Office):
    version, identity = office.approved(), str(uuid.uuid4())
    first = office.record(version, identity=identity)
    length = len(office.chain(version))
    assert office.record(version, identity=identity) == first
    assert len(office.chain(version)) == length
    with refused(409, "request.reused"):
        office.record(version, office.decision(number="13/QĐ-UBND"), identity=identity)
    with refused(409, "request.reused"):
        office.record(version, identity=identity, name="soxd.duyet")
    with refused(409, "request.reused"):
        office.record(office.approved(office.desk.edited(LOT, ghiChu="x")), identity=identity)


def test_a_correction_is_another_record_and_all_are_kept(office: Office):
    version = office.approved()
    office.record(version)
    with refused(409, "decision.exists") as details:
        office.record(version)
    first = details["decision"]
    right = office.decision(number="21/QĐ-UBND", supersedes=first, reason="Gõ nhầm số")
    answer = office.record(version, right)
    assert [record["number"] for record in answer["records"]] == ["12/QĐ-UBND", "21/QĐ-UBND"]
    assert answer["records"][1]["reason"] == "Gõ nhầm số"
    with refused(409, "decision.superseded"):
        office.record(version, right)
    with invalid("text.blank"):
        office.record(version, office.decision(supersedes=answer["records"][1]["id"], reason=" "))
    assert office.chain(version)[-2:] == ["record_decision", "correct_decision"]
    with office.desk.administrating() as conn, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        conn.execute("DELETE FROM hub.decision")


@pytest.mark.parametrize("name", ["dailanh.kt", "dailanh.ct", "giamsat", "quantri"])
def test_only_the_approving_side_records(office: Office, name: str):
    version = office.approved()
    with refused(403, "rights.missing"):
        office.record(version, name=name)
    office.record(version)
    with refused(403, "rights.missing"):
        office.effect(version, name=name)


def test_others_know_of_no_decision(office: Office):
    version = office.approved()
    office.record(version)
    with refused(404, "not_found"):
        office.document(version, "vanthang.kt")
    with refused(404, "not_found"):
        office.record(version, name="vanthang.ct")


def test_nothing_is_recorded_before_the_approval(office: Office):
    version = office.desk.send(office.greened())
    with refused(409, "proposal.state"):
        office.record(version)
    assert office.document(version)["can"] == []


def test_the_signed_file_has_to_be_here_and_is_read_by_who_sees_the_proposal(office: Office, hub: TestClient):
    version = office.approved()
    with refused(409, "attachment.missing"):
        office.record(version, office.decision(sha256="a" * 64))
    url = f"{API}/attachments/{office.file.sha256}"
    assert hub.get(url, headers=sign_in(hub, "dailanh.kt")).status_code == 404
    office.record(version)
    assert hub.get(url, headers=sign_in(hub, "dailanh.kt")).content == b"%PDF signed"
    assert hub.get(url, headers=sign_in(hub, "vanthang.kt")).status_code == 404


def test_the_decision_comes_with_the_approval_or_neither_does(office: Office):
    desk, identity = office.desk, str(uuid.uuid4())
    version = desk.send(office.greened())
    hash_ = desk.detail("soxd.duyet", version)["result_hash"]
    with refused(409, "attachment.missing"):
        desk.approve(version, decision=(identity, office.decision(sha256="b" * 64)), result_hash=hash_)
    assert desk.detail("soxd.duyet", version)["state"] == "submitted"
    request = str(uuid.uuid4())
    both = {"decision": (identity, office.decision()), "result_hash": hash_, "request": request}
    answer = desk.approve(version, **both)
    assert answer["state"] == "approved"
    assert desk.approve(version, **both) == answer
    with refused(409, "request.reused"):
        desk.approve(version, **{**both, "decision": (identity, office.decision(number="13"))})
    assert [record["id"] for record in office.document(version)["records"]] == [identity]
    assert office.chain(version)[-2:] == ["approve", "record_decision"]


def test_the_approve_call_takes_the_decision(office: Office, hub: TestClient):
    version = office.desk.send(office.greened())
    headers = sign_in(hub, "soxd.duyet")
    seen_ = hub.get(f"{API}/proposals/{version.proposal}", headers=headers).json()["result_hash"]
    recorded = {"id": str(uuid.uuid4()), "document": office.decision().to_json()}
    body = {"request": str(uuid.uuid4()), "version": 1, "result_hash": seen_, "decision": recorded}
    answer = hub.post(f"{API}/proposals/{version.proposal}/approve", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    document = hub.get(f"{API}/proposals/{version.proposal}/decision", headers=headers).json()
    assert document["records"][0]["number"] == "12/QĐ-UBND"
    effect = {"decision": recorded["id"]}
    url = f"{API}/proposals/{version.proposal}/effects/{uuid.uuid4()}"
    assert hub.put(url, json=effect, headers=headers).json()["effects"][0]["decision"] == recorded["id"]


def test_a_decision_that_differs_from_the_map_isnt_put_into_force(office: Office):
    version = office.approved()
    wrong = replace(office.decision().figures, lots=99, areas={**office.decision().figures.areas, "Dichvu": FunctionArea(HECTARE)})
    office.record(version, office.decision(wrong))
    with refused(409, "decision.differs") as details:
        office.effect(version)
    deviating = [(line["kind"], line["function"]) for line in details["lines"] if not line["agrees"]]
    assert deviating == [("after", "Dichvu"), ("lots", None)]
    with refused(403, "rights.missing"):
        office.effect(version, waiver="Bản đồ làm tròn")  # a reviewer can't
    with invalid("text.blank"):
        office.effect(version, "soxd.duyet", waiver=" ")
    assert (office.desk.row(tiny.lot_key("22504", 0, 0)) or {})["valid_from"] is None
    answer = office.effect(version, "soxd.duyet", waiver="Số lô theo bản vẽ đóng dấu")
    assert answer["effects"][0]["waiver"] == "Số lô theo bản vẽ đóng dấu"
    assert answer["effects"][0]["reconciliation"]["agrees"] is False


def test_correcting_the_record_is_the_other_way_out(office: Office):
    version = office.approved()
    office.record(version, office.decision(replace(office.decision().figures, lots=99)))
    first = office.document(version)["records"][0]["id"]
    office.record(version, office.decision(supersedes=first, reason="Đếm lại"))
    assert office.effect(version)["effects"][0]["waiver"] is None


def test_the_tolerance_is_a_setting(office: Office):
    version = office.approved()
    areas = {
        **office.decision().figures.areas,
        "CayxanhCC": FunctionArea(34 * HECTARE + 150, 33 * HECTARE),
    }  # 0.05 % of 34 ha are 170 m²
    office.record(version, office.decision(Figures(areas)))
    assert office.document(version)["reconciliation"]["agrees"] is True
    with office.database.writing("test") as conn:
        strict = '{"share": 0.0001, "area": 100}'
        conn.execute("INSERT INTO hub.setting VALUES ('reconciliation_tolerance', %s)", (strict,))
    with refused(409, "decision.differs"):
        office.effect(version)


def test_figures_of_the_changed_ground_alone(office: Office):
    version = office.approved()
    stated = Figures({"O_Nhomnhao": FunctionArea(0, HECTARE), "CayxanhCC": FunctionArea(HECTARE, 0)}, 1, HECTARE, Scope.CHANGED)
    assert office.record(version, office.decision(stated))["reconciliation"]["agrees"] is True


def test_what_is_measured_is_what_the_approval_left(office: Office):
    version = office.approved()
    before = office.document(version)["measured"]
    office.approved(office.desk.edited(LOT, chucNangSuDungDatMuc2="Anninh"))
    office.desk.direct([office.desk.deleted(NEIGHBOUR)])
    assert office.document(version)["measured"] == before


def test_being_in_force_is_one_revision_that_reaches_the_communes(office: Office):
    lot = tiny.lot_key("22504", 0, 0)
    version = office.approved(office.greened(), *office.renewed(NEIGHBOUR))
    figures = Figures({"CayxanhCC": FunctionArea(2 * HECTARE)}, scope=Scope.CHANGED)
    office.record(version, office.decision(figures))
    identity = str(uuid.uuid4())
    first = office.effect(version, identity=identity)
    assert (office.desk.row(lot) or {})["valid_from"] == "2026-03-02"
    assert office.effect(version, identity=identity) == first
    with office.database.reading() as conn:
        newest = conn.execute("SELECT number, proposal FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
    assert newest == {"number": first["effects"][0]["revision"], "proposal": None}
    with refused(409, "decision.in_force"):
        office.effect(version)
    assert office.chain(version)[-1] == "make_effective"
    assert office.desk.detail("dailanh.kt", version)["decision"]["made_effective"] is True


def test_what_was_changed_again_keeps_that_changes_time(office: Office):
    lot = tiny.lot_key("22504", 0, 0)
    version = office.approved()
    later = office.approved(office.desk.edited(lot, tenDoiTuong="Sau"))
    office.record(version)
    office.effect(version)
    assert (office.desk.row(lot) or {})["valid_from"] is None
    office.record(later, office.decision(Figures({}, 1, scope=Scope.CHANGED), effective=date(2026, 5, 1)))
    office.effect(later)
    assert (office.desk.row(lot) or {})["valid_from"] == "2026-05-01"


def test_a_corrected_day_is_written_anew(office: Office):
    lot = tiny.lot_key("22504", 0, 0)
    version = office.approved()
    office.record(version)
    office.effect(version)
    first = office.document(version)["records"][0]["id"]
    answer = office.record(version, office.decision(supersedes=first, reason="Sai ngày", effective=date(2026, 4, 1)))
    assert answer["can"] == ["correct", "make_effective"]
    office.effect(version)
    assert (office.desk.row(lot) or {})["valid_from"] == "2026-04-01"


def test_an_old_end_gives_way_and_a_pending_deletion_isnt_disturbed(office: Office):
    lot = tiny.lot_key("22504", 0, 0)
    office.desk.direct([office.desk.edited(lot, valid_from="2025-01-01", valid_to="2025-12-31")])
    version = office.approved()
    waiting = office.desk.send(*office.renewed(lot))
    office.record(version)
    office.effect(version)
    row = office.desk.row(lot) or {}
    assert (row["valid_from"], row["valid_to"]) == ("2026-03-02", None)
    assert office.desk.detail("soxd.duyet", waiting)["review"][0]["conflict"] is None
    assert office.desk.approve(waiting)["state"] == "approved"


def test_who_may_not_see_all_that_is_measured_neither_reads_nor_judges_it(office: Office):
    hidden = tiny.lot_key("22504", 9, 9)
    office.desk.direct([office.desk.edited(hidden, visibility=2)])
    version = office.approved()
    office.record(version)
    office.desk.clear("soxd.tham", cleared=False)
    document = office.document(version)
    assert (document["measured"], document["reconciliation"]) == (None, None)
    with refused(403, "rights.missing"):
        office.effect(version)
    office.effect(version, "soxd.duyet")
    assert office.document(version)["effects"][0]["reconciliation"] is None
    assert office.document(version, "soxd.duyet")["effects"][0]["reconciliation"]["agrees"] is True


def test_an_approval_waits_for_the_decision_to_be_put_into_force(office: Office, database: Database):
    """Both write layers: the one that comes second sees what the first one left."""
    version = office.approved()
    office.record(version)
    asked = Effecting(str(uuid.uuid4()), office.document(version)["records"][0]["id"])
    with database.writing("approval") as conn:
        conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('hub.approvals', 0))")
        with database.writing("test") as waiting:
            waiting.execute("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                decisions.one_at_a_time(waiting)
    decisions.make_effective(database, office.desk.principal("soxd.tham"), version.proposal, asked)


def test_only_an_approve_step_carries_a_decision(office: Office):
    version = office.desk.send(office.greened())
    request = Request(str(uuid.uuid4()), version.proposal, Step.APPROVE, 1, None, "0" * 64)
    assert request.fingerprint("a") != replace(request, decision=("b", office.decision())).fingerprint("a")
