"""Which contact is a copy's; whose unsent work is whose; which features may be asked about; sessions that are ended."""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from province_hub.app import API
from province_hub.database import Database
from province_hub.instances import Shown, is_copy
from province_hub.tidy import tidy
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import LOTS, lot_key, square
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

OWN, FAR = lot_key("22504", 4, 4), lot_key("22516", 9, 9)


class Hub:
    """As much of the hub as contacts need: one instance's row."""

    def __init__(self) -> None:
        self.row: dict | None = None

    def meet(self, shown: Shown) -> bool:
        """Whether it is a copy."""
        if self.row is not None and is_copy(self.row, "me", shown):
            return True
        self.row = {"account": "me", "nonce": shown.next, "previous": shown.nonce, "contacts": shown.contacts + 1}
        return False


class File:
    """A working copy's side."""

    def __init__(self, nonce: str | None = None, following: str | None = None, contacts: int = 0) -> None:
        self.nonce, self.following, self.contacts, self.copied = nonce, following, contacts, False

    def twin(self) -> File:
        return File(self.nonce, self.following, self.contacts)

    def contact(self, hub: Hub, lost: bool) -> None:
        self.following = self.following or uuid.uuid4().hex
        copy = hub.meet(Shown("i", "22504", "", self.nonce, self.following, self.contacts))
        if lost:
            return
        self.copied = copy
        if not copy:
            self.nonce, self.following, self.contacts = self.following, None, self.contacts + 1


@settings(deadline=None)
@given(st.lists(st.booleans(), max_size=12))
def test_lost_answers_alone_never_make_a_copy(answers: list[bool]) -> None:
    hub, file = Hub(), File()
    for lost in answers:
        file.contact(hub, lost)
        assert not file.copied


@settings(deadline=None)
@given(st.lists(st.booleans(), max_size=6), st.lists(st.tuples(st.integers(0, 1), st.booleans()), max_size=12))
def test_of_two_files_one_is_found_to_be_a_copy(before: list[bool], after: list[tuple[int, bool]]) -> None:
    hub, file = Hub(), File()
    for lost in before:
        file.contact(hub, lost)
    files = [file, file.twin()]
    for which, lost in [*after, (0, False), (1, False), (0, False), (1, False)]:
        if not any(each.copied for each in files):
            files[which].contact(hub, lost)
    assert [each.copied for each in files].count(True) == 1


@settings(deadline=None)
@given(st.integers(0, 5), st.integers(1, 5))
def test_a_hub_taken_back_makes_no_copy(kept: int, forgotten: int) -> None:
    hub, file = Hub(), File()
    for _ in range(kept):
        file.contact(hub, False)
    backup = dict(hub.row) if hub.row is not None else None
    for _ in range(forgotten):
        file.contact(hub, False)
    hub.row = backup
    for _ in range(3):
        file.contact(hub, False)
        assert not file.copied


def contact(hub: TestClient, headers: dict, instance: str, **given: object):
    body = {"commune": "22504", "next": str(uuid.uuid4()), **given}
    return hub.post(f"{API}/instances/{instance}/contact", json=body, headers=headers)


def piece(document: dict, kind: str = "change", name: str = "") -> dict:
    content = hashlib.sha256(json.dumps(document).encode()).hexdigest()
    return {"kind": kind, "id": name or f"{document['layer']}/{document['key']}", "hash": content, "document": document}


def test_an_instance_is_its_accounts_alone(hub: TestClient) -> None:
    mine, theirs = sign_in(hub, "dailanh.kt"), sign_in(hub, "dailanh.ct")
    instance = str(uuid.uuid4())
    backup = {"items": [piece({"layer": LOTS, "key": OWN, "old": None, "row": {"visibility": 0}})]}
    url = f"{API}/drafts/{instance}"
    assert hub.put(url, json=backup, headers=mine).status_code == 404
    assert contact(hub, mine, instance).json()["copy"] is False
    assert contact(hub, theirs, instance).json() == {"copy": True}
    assert contact(hub, mine, instance, commune="22516").json()["code"] == "rights.territory"
    assert hub.put(url, json=backup, headers=theirs).status_code == 404
    first = hub.put(url, json=backup, headers=mine)
    assert first.status_code == 200
    assert hub.put(url, json=backup, headers=mine).json() == first.json()
    assert hub.get(url, headers=theirs).status_code == 404
    assert [item["id"] for item in hub.get(url, headers=mine).json()["items"]] == [f"{LOTS}/{OWN}"]


@pytest.mark.parametrize(
    "broken",
    [
        {"layer": 5, "key": OWN},
        {"layer": LOTS, "key": "x"},
        {"layer": LOTS},
        {"layer": LOTS, "key": None},
    ],
)
def test_what_is_about_nothing_is_refused(hub: TestClient, broken: dict) -> None:
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    contact(hub, mine, instance)
    for kind, document in (("change", broken), ("draft", {"refs": [broken], "files": []}), ("draft", {})):
        answer = hub.put(f"{API}/drafts/{instance}", json={"items": [piece(document, kind, "x")]}, headers=mine)
        assert (answer.status_code, answer.json()["details"]["code"]) == (422, "draft.malformed")


@pytest.mark.parametrize("name", ["\x00", "\ud800", "x", 5, None])
def test_a_draft_with_a_file_that_can_have_no_such_name_is_refused(hub: TestClient, name: object) -> None:
    """Taken in, it would keep all of the instance's unsent work from being read."""
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    contact(hub, mine, instance)
    body = json.dumps({"items": [piece({"refs": [], "files": [{"sha256": name}]}, "draft", "x")]})
    answer = hub.put(f"{API}/drafts/{instance}", content=body, headers={**mine, "Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, "draft.malformed")


@pytest.mark.parametrize("cursor", [b"[" * 40_000, b"9" * 5000, b'["\\u0000", "x"]', b'["\\ud800", "x"]', b"null", b"[1]", b"\xff"])
def test_a_made_up_place_in_a_backup(hub: TestClient, cursor: bytes) -> None:
    asked = {"cursor": base64.urlsafe_b64encode(cursor).decode()}
    answer = hub.get(f"{API}/drafts/{uuid.uuid4()}", params=asked, headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_naming_a_file_in_a_draft_gives_no_access_to_it(hub: TestClient, desk: Desk) -> None:
    secret = desk.attach(b"cua nguoi khac", "a.pdf")
    with desk.database.writing("test") as conn:
        conn.execute("UPDATE hub.attachment SET created_by = (SELECT id FROM hub.account WHERE name = 'vanthang.kt')")
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    contact(hub, mine, instance)
    draft = piece({"refs": [], "files": [{"sha256": secret.sha256}]}, "draft", "x")
    assert hub.put(f"{API}/drafts/{instance}", json={"items": [draft]}, headers=mine).status_code == 200
    assert len(hub.get(f"{API}/drafts/{instance}", headers=mine).json()["items"]) == 1
    assert hub.get(f"{API}/attachments/{secret.sha256}", headers=mine).status_code == 404


def test_a_drafts_file_outlives_the_housekeeping(hub: TestClient, desk: Desk) -> None:
    kept, dropped = desk.attach(b"trong ban soan", "a.pdf"), desk.attach(b"khong ai can", "b.pdf")
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    contact(hub, mine, instance)
    draft = piece({"refs": [], "files": [{"sha256": kept.sha256}]}, "draft", "x")
    hub.put(f"{API}/drafts/{instance}", json={"items": [draft]}, headers=mine)
    with desk.database.writing("test") as conn:
        conn.execute("UPDATE hub.attachment SET last_sent_at = now() - interval '90 days'")
        assert tidy(conn).files == 1
        held = {row["sha256"] for row in conn.execute("SELECT sha256 FROM hub.attachment")}
    assert held == {kept.sha256} != {dropped.sha256}


def test_a_long_backup_comes_in_pages(hub: TestClient, hub_app: FastAPI) -> None:
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    contact(hub, mine, instance)
    items = [piece({"layer": LOTS, "key": str(uuid.UUID(int=n)), "old": None, "row": {"t": "x" * 300_000}}) for n in range(9)]
    assert hub.put(f"{API}/drafts/{instance}", json={"items": items}, headers=mine).status_code == 200
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = hub.get(f"{API}/drafts/{instance}", params={"cursor": cursor} if cursor else {}, headers=mine).json()
        found, cursor, pages = found + page["items"], page["cursor"], pages + 1
    assert (pages, [item["id"] for item in found]) == (3, sorted(item["id"] for item in items))


# --- which features may be asked about --------------------------------------------------------------------------------


def ask(hub: TestClient, headers: dict, revision: dict, *also: str) -> set[str]:
    question = {"after": revision["number"], "id": revision["id"], "also": ",".join(also)}
    lines = hub.get(f"{API}/communes/22504/changes", params=question, headers=headers).text.splitlines()
    return {line["key"] for line in map(json.loads, lines) if line["type"] == "change"}


def test_a_key_alone_tells_nothing_about_another_commune(hub: TestClient, desk: Desk) -> None:
    mine = sign_in(hub, "dailanh.kt")
    revision = hub.get(f"{API}/status").json()["revision"]
    desk.direct([desk.edited(FAR, ghiChu="của xã khác")])
    assert ask(hub, mine, revision, FAR) == set()
    desk.submit(desk.version(desk.edited(FAR, tenDoiTuong="Đề xuất"), plan=desk.row(FAR)["plan"]))
    assert ask(hub, mine, revision, FAR) == {FAR}
    assert ask(hub, sign_in(hub, "dailanh.ct"), revision, FAR) == set()


def test_a_feature_that_lay_here_unseen_tells_nothing(hub: TestClient, desk: Desk) -> None:
    hidden = desk.inserted(square(600_050, 1_400_050), visibility=2)
    desk.direct([hidden])
    revision = hub.get(f"{API}/status").json()["revision"]
    desk.direct([desk.edited(hidden.key, geom=square(605_000, 1_400_000), visibility=0)])
    assert ask(hub, sign_in(hub, "dailanh.kt"), revision, hidden.key) == set()
    desk.clear("dailanh.ct")
    assert ask(hub, sign_in(hub, "dailanh.ct"), revision, hidden.key) == {hidden.key}


# --- lost devices -----------------------------------------------------------------------------------------------------


def test_a_lost_device_is_signed_out_at_once(hub: TestClient, database: Database) -> None:
    lost, new, other = sign_in(hub, "dailanh.kt"), sign_in(hub, "dailanh.kt"), sign_in(hub, "vanthang.kt")
    listed = hub.get(f"{API}/sessions", headers=new).json()["sessions"]
    (old,) = [each["id"] for each in listed if not each["current"]]
    assert hub.get(f"{API}/sessions", params={"account": "dailanh.kt"}, headers=other).status_code == 403
    assert hub.delete(f"{API}/sessions/{old}", headers=other).status_code == 404
    started = time.monotonic()
    assert hub.delete(f"{API}/sessions/{old}", headers=new).status_code == 204
    answer = hub.get(f"{API}/me", headers=lost)
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.revoked")
    assert time.monotonic() - started < 5
    assert hub.get(f"{API}/me", headers=new).status_code == 200
    administrator = sign_in(hub, "quantri")
    (theirs,) = hub.get(f"{API}/sessions", params={"account": "vanthang.kt"}, headers=administrator).json()["sessions"]
    assert hub.delete(f"{API}/sessions/{theirs['id']}", headers=administrator).status_code == 204
    assert hub.get(f"{API}/me", headers=other).status_code == 401
