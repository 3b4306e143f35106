"""Who waits hears of what concerns them, soon; and waiting costs nobody else anything."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub import audit
from province_hub.app import API
from province_hub.database import Database
from tests.hub.api_fixtures import HubServer, sign_in
from tests.hub.tiny import lot_key, plan_key

RENAME = 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s WHERE key = %s'
INNER = lot_key("22504", 2, 2)


class Desk:
    def __init__(self, hub: httpx.Client, name: str = "dailanh.kt", commune: str = "22504") -> None:
        self.hub, self.headers, self.commune = hub, sign_in(hub, name), commune
        self.seen = self.ask()["seen"]

    def ask(self, **query: Any) -> dict[str, Any]:
        answer = self.hub.get(f"{API}/news", params={"commune": self.commune, **query}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def news(self, wait: int = 0) -> bool:
        answer = self.ask(seen=self.seen, wait=wait)
        self.seen = answer["seen"]
        return answer["news"]


def edit(database: Database, key: str = INNER) -> None:
    with database.writing("dba") as conn:
        conn.execute(RENAME, (str(time.time()), key))


@pytest.fixture
def server(hub_server: HubServer) -> Any:
    with httpx.Client(base_url=hub_server.url, timeout=40) as client:
        yield client


def test_news_of_ones_commune_and_of_no_other(hub: TestClient, database: Database):
    own, other = Desk(hub), Desk(hub, "vanthang.kt", "22516")
    assert not own.news()
    edit(database)
    time.sleep(0.6)
    assert own.news()
    assert not other.news()
    assert not own.news()


def test_the_steps_of_a_proposal_are_news_to_those_who_may_see_it(hub: TestClient, database: Database):
    own, other = Desk(hub), Desk(hub, "vanthang.kt", "22516")
    _propose(database)
    time.sleep(0.6)
    assert own.news()
    assert not other.news()


def test_a_step_that_began_first_and_commits_last_is_news_too(hub: TestClient, database: Database):
    """Entries become visible in the order of their ids: what was seen hides nothing that comes later."""
    own = Desk(hub)
    numbers: list[int] = []

    def propose() -> None:
        _propose(database)
        numbers.append(2)

    with database.writing("dailanh.kt") as conn:
        audit.append(conn, str(uuid.uuid4()), "dailanh.kt", "drafts.read", {})
        other = threading.Thread(target=propose)
        other.start()
        time.sleep(0.8)
        numbers.append(1)
    other.join()
    assert numbers == [1, 2]
    time.sleep(0.6)
    assert own.news()


def _propose(database: Database) -> None:
    proposal = str(uuid.uuid4())
    with database.writing("dailanh.kt") as conn:
        author = conn.execute("SELECT id FROM hub.account WHERE name = 'dailanh.kt'").fetchone()["id"]
        conn.execute(
            "INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version)"
            " VALUES (%s, '22504', %s, 'Điều chỉnh', 1, %s, 'awaiting_sign_off', 1)",
            (proposal, plan_key("PLAN-22504"), author),
        )
        conn.execute(
            "INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id)"
            " VALUES (%s, 1, '', '{\"changes\": []}', %s, 0, gen_random_uuid())",
            (proposal, author),
        )
        audit.append(conn, proposal, "dailanh.kt", "submit", {})


def test_rights_and_malformed_questions(hub: TestClient):
    headers = sign_in(hub, "dailanh.kt")
    assert hub.get(f"{API}/news").json()["code"] == "auth.required"
    assert hub.get(f"{API}/news?commune=22516", headers=headers).json()["code"] == "rights.territory"
    for seen in ("1", "a-b", "1-2-3", "-1-2"):
        assert hub.get(f"{API}/news", params={"seen": seen}, headers=headers).status_code == 422


def test_a_restored_hub_is_news(hub: TestClient):
    desk = Desk(hub)
    desk.seen = "900000-900000"
    assert desk.news()


def test_a_revoked_device_is_told_within_five_seconds(server: httpx.Client, database: Database):
    desk = Desk(server)
    desk.news()
    with database.writing("admin") as conn:
        conn.execute("UPDATE hub.token SET revoked_at = now()")
    began = time.monotonic()
    answer = server.get(f"{API}/news", params={"seen": desk.seen, "wait": 20}, headers=desk.headers)
    assert (answer.json()["code"], time.monotonic() - began < 5) == ("auth.revoked", True)


async def _asked(server: HubServer, path: str, headers: dict[str, str]) -> bytes:
    """The answer to a GET over a connection of its own, by as little machinery as possible: 200 of them share this processor."""
    place = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    lines = [
        f"GET {API}{path} HTTP/1.1",
        "Host: hub",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    answer = await reader.read()
    writer.close()
    return answer


READERS = ("dailanh.kt", "dailanh.ct", "soxd.tham", "soxd.duyet", "quantri", "giamsat")
"""Of the commune; one account alone may not have two hundred questions held."""


async def _crowd(server: HubServer, desks: list[Desk], edit_now: Any) -> tuple[list[float], list[float]]:
    """When each of 200 heard of an edit, in seconds after it, and how long other calls took meanwhile."""
    heard, others = [], []

    async def wait(desk: Desk) -> None:
        answer = await _asked(server, f"/news?seen={desk.seen}&wait=25&commune=22504", desk.headers)
        assert answer.endswith(b'"news":true}')
        heard.append(time.monotonic())

    waiters = [asyncio.create_task(wait(desk)) for _, desk in zip(range(200), cycle(desks))]
    await asyncio.sleep(2)
    for _ in range(30):
        began = time.monotonic()
        assert (await _asked(server, "/me", desks[0].headers)).startswith(b"HTTP/1.1 200")
        others.append(time.monotonic() - began)
    await asyncio.to_thread(edit_now)
    edited = time.monotonic()
    await asyncio.gather(*waiters)
    return [at - edited for at in heard], others


def test_two_hundred_wait_and_others_stay_quick(hub_server: HubServer, server: httpx.Client, database: Database, hub_app: FastAPI):
    desks = [Desk(server, name) for name in READERS]
    heard, others = asyncio.run(_crowd(hub_server, desks, lambda: edit(database)))
    assert sorted(others)[len(others) // 2] < 0.1
    assert sorted(heard)[len(heard) // 2] < 2
