"""The matrix of authority in the hub: read and written by the administrator, asked by desks, in force from the next step on."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.authority import COMMUNE, PROVINCE, Authority, Level, Party, Row, Territory
from commune_planning_plugin.core.workflow import Step
from province_hub import audit_proof, organisations
from province_hub.app import API
from province_hub.authority import CHAIN, known, matrix, replace_matrix, today
from province_hub.registry.authority_rows import COLUMNS, cells, parse, read_csv, written
from province_hub.registry.faults import FileRefused
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.test_cli import Command, command  # noqa: F401 (fixture)
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT = tiny.lot_key("22504", 2, 2)
DELEGATED = Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND")


def set_matrix(desk: Desk, *rows: Row) -> None:
    with desk.administrating() as conn:
        replace_matrix(conn, rows, "test")


def test_a_new_hub_lets_the_province_approve_and_shows_how_to_delegate(desk: Desk):
    with desk.database.reading() as conn:
        rows, on = matrix(conn), today(conn)
    assert all(row.authority.approves == PROVINCE for row in rows if row.holds(on))
    assert any(row.authority.approves == COMMUNE and not row.in_force for row in rows)


def test_the_matrix_goes_out_and_comes_back_as_it_was(desk: Desk, tmp_path: Path):
    with desk.database.reading() as conn:
        rows, there = matrix(conn), known(conn)
    file = tmp_path / "matrix.csv"
    file.write_text(written(rows), encoding="utf-8")
    assert parse(read_csv(file), there) == rows


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"plan_kind": "9"}, "authority.choice"),
        ({"plan_level": "một"}, "authority.choice"),
        ({"territory": "huyện"}, "authority.choice"),
        ({"territory": "99999"}, "commune.unknown"),
        ({"approves": "district"}, "authority.party"),
        ({"approves": "organisation:ai-do"}, "authority.organisation"),
        ({"approves": "commune", "document": ""}, "authority.document"),
        ({"separate_appraisal": "maybe"}, "authority.flag"),
        ({"valid_from": "31/02/2026"}, "authority.date"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "authority.validity"),
        ({"signer_may_approve": "yes"}, "authority.signer"),
        ({"signer_may_approve": "yes", "approves": "commune", "document": "1"}, "authority.signer"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(desk: Desk, tmp_path: Path, change: dict[str, str], code: str):
    line = {**dict.fromkeys(COLUMNS, ""), "territory": "any", "approves": "province", **change}
    file = tmp_path / "matrix.csv"
    good = ",".join({**dict.fromkeys(COLUMNS, ""), "territory": "22504", "approves": "province"}.values())
    file.write_text("\n".join([",".join(COLUMNS), good, ",".join(line.values())]), encoding="utf-8")
    with desk.database.reading() as conn, pytest.raises(FileRefused) as caught:
        parse(read_csv(file), known(conn))
    assert (code, "line 3") in [(fault.code, fault.place) for fault in caught.value.faults]


def test_rows_about_the_same_on_common_days_are_refused(desk: Desk):
    one = {"territory": "one_commune", "approves": "commune", "document": "1", "post_check": "yes", "valid_to": "2026-06-30"}
    other = {"territory": "one_commune", "approves": "province", "valid_from": "2026-06-30"}
    with desk.database.reading() as conn:
        there = known(conn)
    with pytest.raises(FileRefused) as caught:
        parse([("line 2", one), ("line 3", other)], there)
    assert [(f.code, f.place, f.details) for f in caught.value.faults] == [("authority.overlap", "line 3", {"other": "line 2"})]
    assert len(parse([("line 2", one), ("line 3", {**other, "valid_from": "2026-07-01"})], there)) == 2


def test_the_administrators_commands(command: Command, desk: Desk, tmp_path: Path):  # noqa: F811
    exported = command("authority", "export").stdout
    file = tmp_path / "matrix.csv"
    file.write_text(
        exported.replace(',no,"Mẫu, chưa áp dụng: ủy quyền xã', ',yes,"Mẫu, chưa áp dụng: ủy quyền xã'), encoding="utf-8"
    )
    wrong = command("authority", "import", str(file))
    assert wrong.exit_code == 1
    assert "the delegating document's number is needed" in wrong.output
    lines = exported.splitlines()
    number = next(n for n, line in enumerate(lines) if "Gia Phú" in line)
    lines[number] = lines[number].replace("no,no,yes,,,,no", "no,no,yes,12/QĐ-UBND,2026-01-01,2027-12-31,yes")
    file.write_text("\n".join(lines), encoding="utf-8")
    assert "dry run" in command("authority", "import", str(file), "--dry-run").output
    assert desk_approver(desk) == PROVINCE
    assert command("authority", "import", str(file)).exit_code == 0
    assert desk_approver(desk) == COMMUNE
    assert "12/QĐ-UBND" in command("authority", "list").output
    assert "in force today" in command("authority", "check").output
    with desk.database.reading() as conn:
        imported = conn.execute("SELECT count(*) AS n FROM hub.audit WHERE proposal = %s", (CHAIN,)).fetchone()
        assert imported == {"n": 2}
        assert audit_proof.verify(conn) == []


def desk_approver(desk: Desk) -> Party:
    version = desk.send(desk.edited(LOT, tenDoiTuong=uuid.uuid4().hex))
    return Authority.from_json(desk.detail("soxd.duyet", version)["authority"]).approves


def test_a_desk_is_told_whose_it_is(hub: TestClient, desk: Desk):
    set_matrix(desk, Row(DELEGATED, territory=Territory.ONE_COMMUNE))
    headers = sign_in(hub, "dailanh.kt")
    told = {}
    for plan in ("PLAN-22504", "PLAN-CROSSING"):
        answer = hub.get(f"{API}/authority", params={"plan": tiny.plan_key(plan), "commune": "22504"}, headers=headers)
        told[plan] = Authority.from_json(answer.json()["authority"])
    assert told == {"PLAN-22504": DELEGATED, "PLAN-CROSSING": Authority()}
    unknown = hub.get(f"{API}/authority", params={"plan": str(uuid.uuid4()), "commune": "22504"}, headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "plan.unknown")
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    answer = hub.get(f"{API}/proposals/{version.proposal}/authority", headers=headers).json()
    assert (answer["authority"], answer["consents"], answer["post_check"]) == (DELEGATED.to_json(), [], None)


@pytest.mark.parametrize(("first", "last", "commune"), [(-5, 5, True), (0, 0, True), (1, 9, False), (-9, -1, False)])
def test_the_day_of_the_step_counts(desk: Desk, first: int, last: int, commune: bool):
    desk.grant("giamsat", "head", "22504")
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    on = date.today()
    with desk.database.reading() as conn:
        on = today(conn)
    set_matrix(desk, Row(DELEGATED, valid_from=on + timedelta(days=first), valid_to=on + timedelta(days=last)))
    may, may_not = ("giamsat", "soxd.duyet") if commune else ("soxd.duyet", "giamsat")
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    with refused(403, "rights.authority"):
        desk.step(may_not, version, Step.APPROVE, result_hash=seen)
    assert desk.step(may, version, Step.APPROVE, result_hash=seen)["state"] == "approved"


def test_a_named_organisation_decides_and_nobody_else(desk: Desk):
    with desk.administrating() as conn:
        agency = organisations.add(conn, "bql-kkt", "Ban Quản lý Khu kinh tế Vân Phong")
        conn.execute("UPDATE hub.account SET organisation = %s WHERE name = 'soxd.duyet'", (agency,))
    desk.grant("quantri", "approver", None)
    zone = Party(Level.ORGANISATION, "bql-kkt")
    set_matrix(desk, Row(Authority(appraises=zone, approves=zone, document="9/QĐ-UBND")))
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    seen = desk.detail("soxd.tham", version)["result_hash"]
    for name in ("soxd.tham", "quantri", "dailanh.ct"):
        with pytest.raises(Exception, match="rights"):
            desk.step(name, version, Step.APPROVE, result_hash=seen)
    assert desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen)["state"] == "approved"
    set_matrix(desk)
    version = desk.send(desk.edited(LOT, tenDoiTuong="B"))
    assert "approve" not in desk.detail("soxd.duyet", version)["can"]
    assert "approve" in desk.detail("quantri", version)["can"]


def test_who_appraised_does_not_approve_where_the_appraisal_is_a_step_of_its_own(desk: Desk):
    set_matrix(desk, Row(Authority(separate_appraisal=True)))
    desk.grant("quantri", "approver", None)
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    with refused(409, "proposal.not_appraised"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen)
    assert desk.step("soxd.duyet", version, Step.APPRAISE)["state"] == "appraised"
    with refused(403, "rights.appraised"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen)
    assert desk.step("quantri", version, Step.APPROVE, result_hash=seen)["state"] == "approved"


def test_the_communes_own_office_may_appraise(desk: Desk):
    set_matrix(desk, Row(Authority(appraises=COMMUNE, approves=COMMUNE, separate_appraisal=True, document="3")))
    desk.grant("vanthang.kt", "reviewer", "22504")
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    assert desk.detail("vanthang.kt", version)["can"] == ["open", "appraise", "return"]
    assert version.proposal in {each["id"] for each in desk.listed("vanthang.kt", "inbox")}
    with refused(403, "rights.authority"):
        desk.step("soxd.tham", version, Step.APPRAISE)
    desk.step("vanthang.kt", version, Step.APPRAISE)
    assert desk.detail("soxd.duyet", version)["can"] == []


def test_cells_name_every_column():
    row = Row(DELEGATED, "2", "1", Territory.COMMUNE, "22504", date(2026, 1, 1), None, True, "ghi chú")
    assert list(cells(row)) == list(COLUMNS)
