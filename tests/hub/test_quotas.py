"""What one account may leave at the hub, and how it is told; nobody else is kept out by it."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub import accounts, quotas
from province_hub.app import API, create_app
from province_hub.database import Database
from province_hub.errors import Problem
from province_hub.limits import Limits
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.test_uploads import Sender
from tests.hub.tiny import LOTS, lot_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)


@contextmanager
def bounded(app: FastAPI, **limits: Any) -> Iterator[TestClient]:
    with TestClient(create_app(app.state.settings, Limits(**limits))) as hub:
        yield hub


class Copy:
    """A working copy in contact, of one of the accounts."""

    def __init__(self, hub: TestClient, name: str = "dailanh.kt", commune: str = "22504") -> None:
        self.hub, self.headers, self.instance = hub, sign_in(hub, name), str(uuid.uuid4())
        body = {"commune": commune, "next": str(uuid.uuid4())}
        assert hub.post(f"{API}/instances/{self.instance}/contact", json=body, headers=self.headers).status_code == 200

    def put(self, *rows: int, note: str = "x", sealed: bool = False, gone: tuple[int, ...] = ()) -> Any:
        path = f"{API}/drafts/{self.instance}" + ("/sealed" if sealed else "")
        body: dict[str, Any] = {"items": [self._item(row, note, sealed) for row in rows]}
        if not sealed:
            body["gone"] = [{"kind": "change", "id": f"{LOTS}/{lot_key('22504', 3, row)}"} for row in gone]
        return self.hub.put(path, json=body, headers=self.headers)

    def _item(self, row: int, note: str, sealed: bool) -> dict[str, Any]:
        key = lot_key("22504", 3, row)
        document = {"layer": LOTS, "key": key, "old": {"ghiChu": None}, "row": {"ghiChu": note}}
        digest = hashlib.sha256(f"{row} {note}".encode()).hexdigest()
        return {"id": f"{LOTS}/{key}", "hash": digest, "document": document, **({} if sealed else {"kind": "change"})}


def refused(answer: Any, status: int, code: str) -> bool:
    return (answer.status_code, answer.json()["code"]) == (status, code)


def kept(database: Database) -> int:
    with database.reading() as conn:
        return (conn.execute("SELECT count(*) AS number FROM hub.draft_item").fetchone() or {})["number"]


def test_unsent_work_is_bounded_over_all_working_copies_of_an_account(hub_app: FastAPI, database: Database) -> None:
    with bounded(hub_app, drafts=3) as hub:
        first, second, colleague = Copy(hub), Copy(hub), Copy(hub, "dailanh.ct")
        assert first.put(0, 1).status_code == 200
        answer = second.put(2, 3)
        assert refused(answer, 413, "drafts.full")
        assert answer.json()["details"]["number"] == 3
        assert kept(database) == 2  # all of a call, or nothing
        assert second.put(2).status_code == 200
        assert colleague.put(0, 1, 2).status_code == 200
        assert refused(second.put(3), 413, "drafts.full")


def test_what_goes_makes_room_and_what_is_there_may_change(hub_app: FastAPI) -> None:
    with bounded(hub_app, drafts=2) as hub:
        copy = Copy(hub)
        assert copy.put(0, 1).status_code == 200
        assert copy.put(0, 1, note="y").status_code == 200
        assert refused(copy.put(2), 413, "drafts.full")
        assert copy.put(gone=(0,)).status_code == 200
        assert copy.put(2).status_code == 200
        assert copy.put(3, gone=(1,)).status_code == 200


def test_unsent_work_is_bounded_in_bytes(hub_app: FastAPI) -> None:
    with bounded(hub_app, draft_bytes=4000) as hub:
        copy = Copy(hub)
        assert copy.put(0, note="ữ" * 500).status_code == 200
        assert refused(copy.put(0, 1, note="ữ" * 900), 413, "drafts.full")


def test_what_is_sealed_counts_apart(hub_app: FastAPI) -> None:
    """A pull waits for its receipt: a full backup must not stop it."""
    with bounded(hub_app, drafts=2) as hub:
        copy = Copy(hub)
        assert copy.put(0, 1).status_code == 200
        assert copy.put(2, 3, sealed=True).status_code == 200
        assert refused(copy.put(4, sealed=True), 413, "drafts.full")


def test_two_calls_at_once_do_not_pass_the_bound_together(hub_app: FastAPI, database: Database) -> None:
    with bounded(hub_app, drafts=4) as hub:
        copies = [Copy(hub) for _ in range(6)]
        with ThreadPoolExecutor(6) as many:
            answers = list(many.map(lambda copy: copy.put(0), copies))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [413] * 2
    assert kept(database) == 4


def test_files_that_no_version_names_are_bounded(hub_app: FastAPI, desk: Desk) -> None:
    with bounded(hub_app, unnamed_files=2, unnamed_file_bytes=250) as hub:
        sender, other = Sender(hub), Sender(hub, "vanthang.kt")

        def send(content: bytes, by: Sender = sender) -> Any:
            return hub.put(f"{API}/attachments/{digest(content)}", content=content, headers=by.headers)

        contents = [bytes([n]) * 100 for n in range(4)]
        assert [send(content).status_code for content in contents[:2]] == [201, 201]
        assert refused(send(contents[2]), 413, "files.full")
        assert send(contents[0]).status_code == 200  # it is here already
        assert send(contents[2], other).status_code == 201
        assert refused(send(b"n" * 200, other), 413, "files.full")
        attachment = {"sha256": digest(contents[0]), "name": "anh.jpg", "size": 100}
        document = {
            **desk.version(desk.edited(lot_key("22504", 3, 3), tenDoiTuong="Mới")).to_json(),
            "attachments": [attachment],
        }
        answer = hub.put(f"{API}/proposals/{document['proposal']}/versions/1", json=document, headers=sender.headers)
        assert answer.status_code == 200, answer.text
        assert send(contents[3]).status_code == 201


def test_files_that_came_in_parts_are_bounded_too(hub_app: FastAPI) -> None:
    with bounded(hub_app, unnamed_files=1) as hub:
        sender = Sender(hub)
        for n, status in ((0, 201), (1, 413)):
            content = bytes([n]) * 100
            sender.part(0, 100, content, digest(content))
            assert sender.finish(digest(content)).status_code == status
        assert sender.state(digest(content))[0]["received"] == 100  # and is there when there is room


def test_files_on_their_way_are_bounded_in_number(hub_app: FastAPI) -> None:
    with bounded(hub_app, unfinished_uploads=2) as hub:
        sender, other = Sender(hub), Sender(hub, "vanthang.kt")
        assert [sender.part(0, 1, b"xx", letter * 64).status_code for letter in "abc"] == [200, 200, 413]
        assert sender.part(1, 2, b"xx", "a" * 64).status_code == 200
        assert other.part(0, 1, b"xx", "c" * 64).status_code == 200


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_session_used_longest_ago_makes_room_for_a_new_one(hub_app: FastAPI, database: Database) -> None:
    with bounded(hub_app, sessions=3) as hub:
        sessions = [sign_in(hub, "dailanh.kt") for _ in range(3)]
        other = sign_in(hub, "vanthang.kt")
        with database.writing("test") as conn:
            conn.execute("UPDATE hub.token SET last_used_at = NULL, created_at = created_at - interval '1 day'")
        hub.get(f"{API}/me", headers=sessions[0])
        sign_in(hub, "dailanh.kt")
        told = [hub.get(f"{API}/me", headers=headers).json().get("code") for headers in sessions]
        assert told == [None, "auth.revoked", None]
        assert hub.get(f"{API}/me", headers=other).status_code == 200


def test_many_sign_ins_at_once_leave_as_many_sessions_as_there_may_be(hub_app: FastAPI, database: Database) -> None:
    with bounded(hub_app, sessions=2) as hub, ThreadPoolExecutor(4) as many:
        opened = list(many.map(lambda _: sign_in(hub, "dailanh.kt"), range(6)))
        answers = [hub.get(f"{API}/me", headers=headers).status_code for headers in opened]
    assert sorted(answers) == [200, 200, 401, 401, 401, 401]


def test_a_password_that_was_changed_while_it_was_looked_at_opens_nothing(
    hub: TestClient, database: Database, owned: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = accounts.password_matches

    def looked_at(stored: str, password: str) -> bool:
        fits = matches(stored, password)
        with owned.writing("admin") as conn:
            accounts.reset(conn, "dailanh.kt", "Mat-khau-moi-2026")
        return fits

    monkeypatch.setattr(accounts, "password_matches", looked_at)
    answer = hub.post(f"{API}/sessions", json={"name": "dailanh.kt", "password": tiny.PASSWORD})
    assert refused(answer, 401, "auth.wrong_password")
    with database.reading() as conn:
        assert accounts.sessions(conn, "dailanh.kt") == []


def test_waiting_is_bounded_for_each_and_for_all() -> None:
    async def fill() -> None:
        room = quotas.WaitingRoom(2, 3)
        with room.place("a"), room.place("a"):
            with pytest.raises(Problem, match=r"waiting\.full") as caught, room.place("a"):
                pass
            assert (caught.value.status_code, caught.value.details) == (429, {"retry_after": 30})
            with room.place("b"), pytest.raises(Problem), room.place("c"):
                pass
        with room.place("a"), room.place("a"):
            pass

    asyncio.run(fill())


@pytest.mark.parametrize("path", ["/news?commune=22504&seen={seen}", "/communes/22504/changes?after={number}&id={id}"])
def test_who_finds_no_place_to_wait_may_ask_all_the_same(hub_app: FastAPI, path: str) -> None:
    with bounded(hub_app, waiting_of_account=1) as hub:
        headers = sign_in(hub, "dailanh.kt")
        seen, status = hub.get(f"{API}/news", headers=headers).json()["seen"], hub.get(f"{API}/status").json()
        asked = API + path.format(seen=seen, **status["revision"])
        waiting = threading.Thread(target=hub.get, args=(f"{asked}&wait=3",), kwargs={"headers": headers})
        waiting.start()
        while not hub.app.state.waiting._here:
            time.sleep(0.01)
        answer = hub.get(f"{asked}&wait=3", headers=headers)
        assert refused(answer, 429, "waiting.full")
        assert answer.headers["Retry-After"] == "30"
        assert hub.get(asked, headers=headers).status_code == 200
        waiting.join()
        assert hub.get(f"{asked}&wait=1", headers=headers).status_code == 200
