"""Agencies: asked, seeing what they are asked about, giving an opinion in time, answered; and what the approval waits for."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.discussion import ActKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import opinions
from province_hub.app import API
from tests.hub.api_fixtures import sign_in
from tests.hub.talking import Talk, make_talk  # noqa: F401 (fixture)
from tests.hub.tiny import lot_key
from tests.hub.workflow import Desk, invalid, make_desk, refused  # noqa: F401 (fixture)

KEY = lot_key("22504", 3, 3)


@pytest.fixture
def version(desk: Desk) -> Version:
    return desk.send(desk.edited(KEY, tenDoiTuong="Mới"))


def test_an_agency_sees_what_it_is_asked_about_and_nothing_else(talk: Talk, desk: Desk, version: Version):
    other = desk.send(desk.edited(lot_key("22504", 7, 7), tenDoiTuong="Khác"))
    assert [*desk.listed("congan.yk"), *desk.listed("congan.yk", "inbox")] == []
    with refused(404, "not_found"):
        desk.detail("congan.yk", version)
    request = talk.ask(version)
    assert [item["id"] for item in desk.listed("congan.yk")] == [version.proposal]
    (listed,) = desk.listed("congan.yk", "inbox")
    assert listed["opinions"]["mine"] == {"request": request.id, "due": request.body["due"], "state": "waiting"}
    assert listed["can"] == []
    assert desk.detail("congan.yk", version)["review"]
    assert desk.listed("bchqs.yk") == []
    with refused(404, "not_found"):
        desk.detail("congan.yk", other)
    talk.act("soxd.tham", version, ActKind.UNASK, request=request.id, text="Không cần")
    assert desk.listed("congan.yk") == []


def test_an_agency_reads_no_commune(talk: Talk, hub: TestClient):
    headers = sign_in(hub, "congan.yk")
    for path in ("/communes/22504/snapshot", "/news?commune=22504", f"/communes/22504/features?layer=x&keys={KEY}"):
        assert hub.get(f"{API}{path}", headers=headers).status_code in (403, 404), path
    assert hub.get(f"{API}/me", headers=headers).json()["organisation"] == talk.organisations["congan"]


def test_a_version_not_signed_off_is_not_shown_to_an_agency(talk: Talk, desk: Desk, version: Version):
    talk.ask(version)
    desk.step("soxd.tham", version, Step.RETURN, reason="Sửa")
    second = desk.version(desk.edited(KEY, tenDoiTuong="Hai"), proposal=version.proposal, number=2, title=version.title)
    desk.submit(second)
    with refused(404, "not_found"):
        desk.detail("congan.yk", version)
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    assert desk.detail("congan.yk", version)["version"] == 2


def test_an_opinion_may_be_replaced_and_all_are_kept(talk: Talk, version: Version):
    request = talk.ask(version)
    talk.opinion(request, version, "disagree", "Gần kho xăng")
    last = talk.opinion(request, version, "agree")
    said = [act for act in talk.acts("soxd.tham", version) if act.kind is ActKind.OPINION]
    assert [act.body["opinion"] for act in said] == ["disagree", "agree"]
    with talk.desk.database.reading() as conn:
        _, (row,) = opinions.table(conn, talk.desk.principal("dailanh.kt"), version.proposal)
    assert (row.opinion, row.said_at) == ("agree", last.at)


def test_the_other_agency_cannot_answer_for_it(talk: Talk, version: Version):
    request = talk.ask(version)
    talk.ask(version, "bchqs")
    with refused(403, "rights.missing"):
        talk.opinion(request, version, name="bchqs.yk")


def test_remarks_need_words_and_a_day_that_is_still_to_come(talk: Talk, version: Version):
    request = talk.ask(version)
    with invalid("text.blank"):
        talk.opinion(request, version, "remarks")
    for days in (-1, 400):
        with invalid("opinions.due"):
            talk.ask(version, "bchqs", days=days)
    with refused(409, "opinions.asked_already"):
        talk.ask(version)


def test_an_approval_waits_for_opinions_until_they_are_due(talk: Talk, desk: Desk, version: Version):
    request, other = talk.ask(version), talk.ask(version, "bchqs")
    with refused(409, "opinions.pending") as details:
        desk.approve(version)
    assert {each["name"] for each in details["organisations"]} == {"Cơ quan congan", "Cơ quan bchqs"}
    assert desk.row(KEY)["tenDoiTuong"] != "Mới"  # type: ignore[index]
    talk.opinion(request, version, "disagree", "Không")
    with refused(409, "opinions.pending") as details:
        desk.approve(version)
    assert [each["name"] for each in details["organisations"]] == ["Cơ quan bchqs"]
    talk.act("soxd.tham", version, ActKind.UNASK, request=other.id, text="Không liên quan")
    assert desk.approve(version)["state"] == "approved"


@pytest.mark.parametrize(("silence_agrees", "state"), [(True, "silent"), (False, "overdue")])
def test_silence_after_the_due_date(talk: Talk, desk: Desk, version: Version, silence_agrees: bool, state: str):
    request = talk.ask(version, silence_agrees=silence_agrees)
    talk.days_pass(request, 15)
    with refused(409, "opinions.pending"):
        desk.approve(version)  # the last day isn't over
    talk.days_pass(talk.acts("soxd.tham", version)[0], 1)
    with desk.database.reading() as conn:
        stored, found = opinions.table(conn, desk.principal("soxd.tham"), version.proposal)
    assert found[0].state == state
    assert ("coi như đồng ý" in opinions.as_html(stored, found)) == silence_agrees
    if silence_agrees:
        with refused(409, "opinions.overdue"):
            talk.opinion(request, version)
    else:
        talk.opinion(request, version)
        with refused(409, "opinions.overdue"):
            talk.opinion(request, version)  # a late one may come, and isn't replaced
    assert desk.approve(version)["state"] == "approved"


def test_the_table_is_written_for_paper_and_for_spreadsheets(talk: Talk, hub: TestClient, version: Version):
    opinion = talk.opinion(talk.ask(version), version, "remarks", '=HYPERLINK("http://x")\n<b>Lùi 5 m</b>')
    talk.act("dailanh.kt", version, ActKind.ANSWER, opinion_id=opinion.id, answer="accepted", text="Đã lùi 5 m")
    path, headers = f"{API}/proposals/{version.proposal}/opinions", sign_in(hub, "dailanh.kt")
    (row,) = hub.get(path, headers=headers).json()["opinions"]
    assert (row["state"], row["answer"], row["answer_text"]) == ("given", "accepted", "Đã lùi 5 m")
    answer = hub.get(path, params={"form": "csv"}, headers=headers)
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[1][:4] == ["1", "Cơ quan congan", lines[1][2], "Thống nhất, có góp ý"]
    assert (lines[1][4][:11], lines[1][5:7]) == ("'=HYPERLINK", ["Tiếp thu", "Đã lùi 5 m"])
    page = hub.get(path, params={"form": "html"}, headers=headers).text
    assert ("&lt;b&gt;Lùi 5 m&lt;/b&gt;" in page, "<b>Lùi" in page) == (True, False)
    assert hub.get(path, headers=sign_in(hub, "vanthang.kt")).status_code == 404


def test_files_of_an_opinion_are_the_senders_and_readers_of_the_proposal_get_them(talk: Talk, hub: TestClient, version: Version):
    import hashlib

    content = b"Cong van"
    sha256 = hashlib.sha256(content).hexdigest()
    named = [{"sha256": sha256, "name": "cong-van.pdf", "size": len(content)}]
    request = talk.ask(version)
    with refused(409, "attachment.missing"):
        talk.act("congan.yk", version, ActKind.OPINION, request=request.id, opinion="agree", files=named)
    assert hub.put(f"{API}/attachments/{sha256}", content=content, headers=sign_in(hub, "congan.yk")).status_code == 201
    assert hub.get(f"{API}/attachments/{sha256}", headers=sign_in(hub, "dailanh.kt")).status_code == 404
    talk.act("congan.yk", version, ActKind.OPINION, request=request.id, opinion="agree", files=named)
    assert hub.get(f"{API}/attachments/{sha256}", headers=sign_in(hub, "dailanh.kt")).content == content
    assert hub.get(f"{API}/attachments/{sha256}", headers=sign_in(hub, "vanthang.kt")).status_code == 404
