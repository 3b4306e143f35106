"""Files that arrive in parts: each part once or often, the whole checked, what is not gone on with forgotten."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.database import Database
from province_hub.limits import Limits
from tests.hub.api_fixtures import sign_in

CONTENT = os.urandom(300_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Sender:
    def __init__(self, hub: TestClient, name: str = "dailanh.kt") -> None:
        self.hub, self.headers = hub, sign_in(hub, name)

    def part(self, first: int, last: int, content: bytes = CONTENT, name: str = SHA256, **more: Any) -> Any:
        query = {"size": len(content), **more}
        return self.hub.post(f"{API}/uploads/{name}/{first}", params=query, content=content[first:last], headers=self.headers)

    def state(self, *names: str) -> list[dict[str, Any]]:
        answer = self.hub.get(f"{API}/uploads", params={"sha256": ",".join(names or (SHA256,))}, headers=self.headers)
        return answer.json()["files"]

    def finish(self, name: str = SHA256) -> Any:
        return self.hub.put(f"{API}/attachments/{name}", params={"uploaded": "true"}, headers=self.headers)


@pytest.fixture
def sender(hub: TestClient) -> Sender:
    return Sender(hub)


def test_parts_in_order_make_the_file(sender: Sender):
    assert sender.state() == [{"sha256": SHA256, "received": 0, "stored": False}]
    assert sender.part(0, 100_000).json() == {"received": 100_000}
    assert sender.state()[0]["received"] == 100_000
    assert sender.finish().json()["code"] == "upload.missing"
    assert sender.part(100_000, 300_000).json() == {"received": 300_000}
    assert sender.finish().status_code == 201
    assert sender.state() == [{"sha256": SHA256, "received": 0, "stored": True}]
    assert sender.hub.get(f"{API}/attachments/{SHA256}", headers=sender.headers).content == CONTENT


def test_parts_and_the_end_may_be_repeated(sender: Sender):
    for first, last in ((0, 100_000), (0, 100_000), (50_000, 200_000), (0, 10), (200_000, 300_000)):
        assert sender.part(first, last).status_code == 200
    assert [sender.finish().status_code for _ in range(2)] == [201, 200]
    assert sender.hub.get(f"{API}/attachments/{SHA256}", headers=sender.headers).content == CONTENT


def test_a_gap_says_how_far_it_is(sender: Sender):
    sender.part(0, 1000)
    answer = sender.part(2000, 3000)
    assert (answer.status_code, answer.json()["code"], answer.json()["details"]) == (409, "upload.offset", {"received": 1000})


def test_more_than_stated_is_refused(sender: Sender):
    answer = sender.part(0, 2000, size=1000)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload.size")


def test_other_content_than_named_begins_anew(sender: Sender):
    other = bytes(len(CONTENT))
    sender.part(0, len(other), other)
    assert sender.finish().json()["code"] == "upload.missing"
    assert sender.state()[0]["received"] == 0
    sender.part(0, len(CONTENT))
    assert sender.finish().status_code == 201


def test_each_sender_has_parts_of_their_own(hub: TestClient, sender: Sender):
    other = Sender(hub, "vanthang.kt")
    sender.part(0, 300_000)
    assert other.state() == [{"sha256": SHA256, "received": 0, "stored": False}]
    assert other.finish().json()["code"] == "upload.missing"
    sender.finish()
    assert other.state()[0]["stored"] is False


def test_what_is_too_large_is_refused_at_its_first_part(hub_app: FastAPI):
    with TestClient(
        create_app(hub_app.state.settings, Limits(attachment=1000, version_body=2000, unfinished_upload_bytes=3000))
    ) as hub:
        sender = Sender(hub)
        assert sender.part(0, 10, size=1001).json()["details"] == {"limit": 1000}
        assert sender.part(0, 10, size=2000, kind="version").status_code == 200
        assert sender.part(0, 10, name="0" * 64, size=1000).status_code == 200
        assert sender.part(0, 10, name="1" * 64, size=1).json()["code"] == "files.full"


def test_what_nobody_goes_on_with_is_forgotten(sender: Sender, database: Database):
    sender.part(0, 1000)
    with database.writing("test") as conn:
        conn.execute("UPDATE hub.upload SET updated_at = now() - interval '8 days'")
    sender.part(0, 10, name="1" * 64, size=100)
    with database.reading() as conn:
        assert [row["sha256"] for row in conn.execute("SELECT sha256 FROM hub.upload_part")] == ["1" * 64]


def version_of(sender: Sender, packed: bytes) -> Any:
    name = hashlib.sha256(packed).hexdigest()
    sender.part(0, len(packed), packed, name, kind="version")
    path = f"{API}/proposals/6ba7b811-9dad-11d1-80b4-00c04fd430c8/versions/1"
    return sender.hub.put(path, json={"upload": name}, headers=sender.headers)


@pytest.mark.parametrize(
    ("packed", "status"),
    [
        (gzip.compress(b" " * (80 << 20), 9), 413),
        (gzip.compress(b"[1]"), 422),
        (gzip.compress(b"{}")[:-4], 422),
        (b"none", 422),
        (gzip.compress(json.dumps({"changes": []}).encode()), 422),
    ],
    ids=["far too large", "a list", "cut off", "not packed", "not a version"],
)
def test_a_version_that_is_none(sender: Sender, packed: bytes, status: int):
    assert version_of(sender, packed).status_code == status


def test_a_version_that_has_not_arrived(sender: Sender):
    path = f"{API}/proposals/6ba7b811-9dad-11d1-80b4-00c04fd430c8/versions/1"
    answer = sender.hub.put(path, json={"upload": SHA256}, headers=sender.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload.missing")
