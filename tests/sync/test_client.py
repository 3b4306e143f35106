"""What the client asks, and how it reads the answers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.discussion import Act, ActKind
from commune_planning_plugin.core.errors import HubError, HubUnreachable, InvalidData, Refused
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.core.workflow import Role, State, Step
from commune_planning_plugin.store.mailbox import Mailbox
from commune_planning_plugin.sync import mail
from commune_planning_plugin.sync.client import HubClient
from tests.sync.conftest import CATALOGUE, LAYER, PLAN
from tests.sync.tiny_hub import PROTOCOL, Answer, TinyHub, document, problem

ACCOUNT = {
    "id": "a-1",
    "name": "dailanh.kt",
    "full_name": "Nguyễn Thị Hạnh",
    "cleared": False,
    "roles": [{"role": "technician", "commune": "22504"}],
}
KEY = "0b7a3e52-0000-4000-8000-00000000000a"
SUMMARY = {
    "id": "p-1",
    "number": 12,
    "commune": "22504",
    "commune_name": "Đại Lãnh",
    "plan": PLAN,
    "plan_name": "Đồ án 1",
    "title": "Điều chỉnh lô 4",
    "ground": 2,
    "author": {"id": "a-1", "name": "dailanh.kt", "full_name": "Nguyễn Thị Hạnh"},
    "state": "in_review",
    "version": 1,
    "hash": "h",
    "changes": 1,
    "created_at": "2026-05-01T00:00:00.000000Z",
    "updated_at": "2026-05-01T00:00:00.000000Z",
    "last_step": {"step": "open", "actor": "Phạm Thu Thủy", "at": "2026-05-01T00:00:00.000000Z", "reason": None},
    "can": ["return", "reject", "approve"],
    "revision": None,
}
VERSION = Version(
    "p-1", 1, "22504", PLAN, "Điều chỉnh lô 4", 2, "Vì", 3, "id-3",
    (Change(LAYER.id, KEY, {"tenDoiTuong": "a"}, {"tenDoiTuong": "b"}),),
)  # fmt: skip
ANSWER = {
    "proposal": "p-1",
    "number": 12,
    "version": 1,
    "state": "awaiting_sign_off",
    "hash": VERSION.hash,
    "rekeyed": {},
    "findings": [{"rule": "tile.gap", "severity": "warning", "layer": LAYER.id, "key": KEY, "details": {}, "place": [1, 2, 3, 4]}],
}


def test_signing_in_is_remembered_until_signing_out(hub: TinyHub, client: HubClient) -> None:
    hub.answers("POST", "/sessions", document({"token": "t-1", "expires_at": "2026-06-01", "account": ACCOUNT, "hub_id": "h"}, 201))
    hub.answers("GET", "/me", document(ACCOUNT))
    hub.answers("DELETE", "/sessions/current", Answer(204))
    answer = client.sign_in("dailanh.kt", "mật khẩu", "máy 1")
    assert hub.asked[0].json == {"name": "dailanh.kt", "password": "mật khẩu", "device": "máy 1"}
    assert "t-1" not in repr(answer)
    assert client.me() == answer.account
    assert answer.account.has(Role.TECHNICIAN, "22504")
    assert not answer.account.has(Role.TECHNICIAN, "22516")
    assert hub.asked[1].headers["Authorization"] == "Bearer t-1"
    client.sign_out()
    assert client.token is None


def test_the_catalogue_is_sent_again_only_when_it_changed(hub: TinyHub, client: HubClient) -> None:
    assert client.catalogue() == CATALOGUE
    hub.next = [Answer(304, headers={**PROTOCOL, "ETag": '"c1"'})]
    assert client.catalogue() == CATALOGUE
    assert hub.asked[-1].headers["If-None-Match"] == '"c1"'
    hub.next = [document(replace(CATALOGUE, province="Other").to_json(), ETag='"c2"')]
    assert client.catalogue().province == "Other"


def test_a_version_is_sent_packed_and_answered_with_a_receipt(hub: TinyHub, client: HubClient) -> None:
    hub.answers("PUT", "/proposals/p-1/versions/1", document(ANSWER))
    answer = client.put_version("p-1", 1, canonical_json(VERSION.to_json()))
    assert hub.asked[0].headers["Content-Encoding"] == "gzip"
    assert Version.from_json({LAYER.id: LAYER}, hub.asked[0].json).hash == VERSION.hash
    assert (answer.state, answer.hash, answer.document) == (State.AWAITING_SIGN_OFF, VERSION.hash, ANSWER)
    assert (answer.findings[0].rule, answer.findings[0].place) == ("tile.gap", (1.0, 2.0, 3.0, 4.0))


def test_a_version_whose_answer_is_lost_is_sent_again(hub: TinyHub, client: HubClient) -> None:
    hub.answers("PUT", "/proposals/p-1/versions/1", document(ANSWER))
    hub.next = [Answer(drop=True)]
    assert client.put_version("p-1", 1, b"{}").number == 12
    assert hub.asked[0].body == hub.asked[1].body


def test_a_step_whose_answer_is_lost_is_repeated_under_its_id(hub: TinyHub, client: HubClient) -> None:
    hub.answers("POST", "/proposals/p-1/approve", document({**SUMMARY, "state": "approved", "revision": {"number": 9, "id": "x"}}))
    hub.next = [Answer(drop=True)]
    summary = client.step("p-1", Step.APPROVE, "r-1", 1, result_hash="rh")
    assert (summary.state, summary.revision) == (State.APPROVED, 9)
    assert [asked.json for asked in hub.asked] == [{"request": "r-1", "version": 1, "reason": None, "result_hash": "rh"}] * 2
    hub.next = [Answer(drop=True), Answer(drop=True)]
    with pytest.raises(HubUnreachable):
        client.step("p-1", Step.APPROVE, "r-1", 1, result_hash="rh")


def test_a_decision_on_what_changed_is_refused_with_the_difference(hub: TinyHub, client: HubClient) -> None:
    hub.answers("POST", "/proposals/p-1/approve", problem(409, "changed_since_seen", {"result_hash": "new"}))
    with pytest.raises(Refused) as raised:
        client.step("p-1", Step.APPROVE, "r-1", 1, result_hash="rh")
    assert (raised.value.status, raised.value.code, raised.value.details["result_hash"]) == (409, "changed_since_seen", "new")


def test_lists_of_proposals(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/proposals", document({"proposals": [SUMMARY]}))
    (summary,) = client.proposals("inbox")
    assert hub.asked[0].query == {"box": "inbox"}
    assert (summary.state, summary.can) == (State.IN_REVIEW, (Step.RETURN, Step.REJECT, Step.APPROVE))
    assert summary.last_step is not None
    assert summary.last_step.actor == "Phạm Thu Thủy"


def test_a_proposal_in_detail(hub: TinyHub, client: HubClient) -> None:
    row = {"tenDoiTuong": "a"}
    detail = {
        **SUMMARY,
        "content": VERSION.to_json(),
        "steps": [{"step": "submit", "version": 1, "actor": "x", "at": "t", "reason": None}],
        "findings": ANSWER["findings"],
        "review": [
            {
                "layer": LAYER.id,
                "key": KEY,
                "kind": "update",
                "before": row,
                "after": {"tenDoiTuong": "b"},
                "conflict": {"kind": "attributes", "attributes": ["tenDoiTuong"]},
            }
        ],
        "result_hash": "rh",
        "context": [{"layer": LAYER.id, "key": KEY, "row": row}],
        "rekeyed": {},
    }
    hub.answers("GET", "/proposals/p-1", document(detail))
    seen = client.proposal("p-1")
    assert (seen.content, seen.summary.title, seen.result_hash) == (VERSION, "Điều chỉnh lô 4", "rh")
    assert (seen.review[0].before, seen.review[0].after) == (row, {"tenDoiTuong": "b"})
    assert seen.review[0].conflict is not None
    assert seen.review[0].conflict.kind is ConflictKind.ATTRIBUTES
    assert seen.context[0].row == row


@pytest.mark.parametrize(
    "spoiled", [{"state": "lost"}, {"number": "x"}, {"author": None}, {"can": None}, {"last_step": {"step": "?"}}]
)
def test_a_malformed_document_is_named(hub: TinyHub, client: HubClient, spoiled: dict[str, object]) -> None:
    hub.answers("GET", "/proposals", document({"proposals": [{**SUMMARY, **spoiled}]}))
    with pytest.raises(InvalidData, match=r"answer\.malformed"):
        client.proposals()


def test_files_go_there_and_come_back_by_their_content(hub: TinyHub, client: HubClient) -> None:
    content = b"%PDF-1.7 ..."
    name = hashlib.sha256(content).hexdigest()
    hub.answers("PUT", f"/attachments/{name}", document({}, 201))
    hub.answers("GET", f"/attachments/{name}", Answer(200, content))
    client.put_attachment(name, content)
    assert hub.asked[0].body == content
    assert client.attachment(name) == content
    hub.answers("GET", f"/attachments/{name}", Answer(200, b"other"))
    with pytest.raises(HubError, match=r"attachment\.hash"):
        client.attachment(name)


def test_what_is_no_discussion_is_told_and_nothing_that_was_said_is_lost(hub: TinyHub, client: HubClient, tmp_path: Path):
    act = Act("a-1", ActKind.COMMENT, 1, {"thread": "t", "anchor": {"kind": "whole"}, "text": "x"})
    hub.answers("PUT", "/proposals/p-1/acts/a-1", document({"id": "a-1"}))
    hub.answers("GET", "/proposals/p-1/discussion", document({"acts": [], "cursor": None}))
    with Mailbox.open(tmp_path / "mail.sqlite") as box:
        box.put("p-1", act)
        box.take_discussion("p-1", {"acts": [], "mine": []})
        for exchange in (lambda: mail.send(box, client), lambda: mail.fetch(box, client, "p-1")):
            with pytest.raises(InvalidData, match=r"answer\.malformed"):
                exchange()
        assert [item.act for item in box.waiting()] == [act]
