"""What unpacks to more than it looks: refused, and never held in memory, whoever sends it and to whichever call."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.bodies import values_in
from province_hub.limits import MIB, Limits
from tests.hub.api_fixtures import HubServer, sign_in
from tests.joint.test_killed import Process, hub_process  # noqa: F401 (fixture)

PROPOSAL = str(uuid.UUID(int=7))
DOCUMENTS = {
    "version": ("PUT", f"/proposals/{PROPOSAL}/versions/1"),
    "backup": ("PUT", f"/drafts/{PROPOSAL}"),
    "sealed": ("PUT", f"/drafts/{PROPOSAL}/sealed"),
    "taken": ("POST", f"/drafts/{PROPOSAL}/taken"),
    "assign": ("POST", f"/drafts/{PROPOSAL}/assign"),
    "contact": ("POST", f"/instances/{PROPOSAL}/contact"),
    "step": ("POST", f"/proposals/{PROPOSAL}/approve"),
    "sign_in": ("POST", "/sessions"),
}
FILES = {"part": ("POST", f"/uploads/{'a' * 64}/0?size=1000000"), "attachment": ("PUT", f"/attachments/{'a' * 64}")}
LARGE = ("version", "backup", "sealed")

ROOM_MIB = 700
"""That the whole process may take while documents as large as allowed are read."""


def bomb(unit: bytes, size: int) -> bytes:
    """``size`` bytes of ``unit`` over and over, packed without ever being whole: equal blocks are packed alike. It has no end."""
    stream = zlib.compressobj(9, wbits=31)
    first = stream.compress(b"") + stream.flush(zlib.Z_FULL_FLUSH)
    block = stream.compress(unit * (MIB // len(unit))) + stream.flush(zlib.Z_FULL_FLUSH)
    return first + block * (size // MIB)


ZEROS = bomb(b"\0", 3 << 30)
"""3 GiB in 3 MB."""
LISTS = gzip.compress(b"[]," * (20 * MIB), 1)
"""60 MiB of text, which would be 1.7 GB once it is read."""
NESTED = gzip.compress(ZEROS[: 2 * MIB])
REFUSED = (400, 413, 422)


def sent(hub: Any, call: tuple[str, str], content: bytes, headers: dict[str, str], packed: bool = True) -> Any:
    more = {"Content-Type": "application/json", **({"Content-Encoding": "gzip"} if packed else {})}
    return hub.request(call[0], API + call[1], content=content, headers={**headers, **more})


def test_whatever_it_is_sent_to_a_bomb_is_too_large(hub: TestClient) -> None:
    headers = sign_in(hub, "dailanh.kt")
    for name, call in {**DOCUMENTS, **FILES}.items():
        answer = sent(hub, call, ZEROS, headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large"), name


@pytest.mark.parametrize("cut", [0, 1, 8, 10, 1000, 400_000])
def test_one_that_breaks_off_is_refused(hub: TestClient, cut: int) -> None:
    headers, content = sign_in(hub, "dailanh.kt"), gzip.compress(os.urandom(500_000))[:cut]
    for name, call in {**DOCUMENTS, **FILES}.items():
        answer = sent(hub, call, content, headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), name


def test_what_is_packed_twice_is_unpacked_once(hub: TestClient) -> None:
    headers = sign_in(hub, "dailanh.kt")
    for name, call in DOCUMENTS.items():
        assert sent(hub, call, NESTED, headers).status_code in REFUSED, name


def test_a_document_of_too_many_values_is_not_read(hub: TestClient) -> None:
    headers = sign_in(hub, "dailanh.kt")
    for name in LARGE:
        answer = sent(hub, DOCUMENTS[name], LISTS, headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large"), name
        assert answer.json()["details"] == {"limit": Limits().json_values, "parameter": "values"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}])
def test_what_is_large_is_read_from_the_signed_in_alone(hub_server: HubServer, headers: dict[str, str]) -> None:
    """And whoever isn't hears it, though the rest was still being sent."""
    text = b'{"title":"' + b"x" * (10 * MIB) + b'"}'
    with httpx.Client(base_url=hub_server.url) as client:
        for name in LARGE:
            for packed in (True, False):
                answer = sent(client, DOCUMENTS[name], gzip.compress(text, 0) if packed else text, headers, packed)
                assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")


def test_files_are_not_counted_in_values(hub_app: FastAPI) -> None:
    with TestClient(create_app(hub_app.state.settings, Limits(json_values=10))) as hub:
        content = b"1,2,3\n" * 10_000
        path = f"{API}/attachments/{hashlib.sha256(content).hexdigest()}"
        assert hub.put(path, content=content, headers=sign_in(hub, "dailanh.kt")).status_code == 201


def test_values_are_counted_wherever_a_body_is_cut() -> None:
    body = b'{"a":[1,2,{"b":"x,y"}],"c":[]}'
    assert {values_in(body[:n]) + values_in(body[n:]) for n in range(len(body))} == {values_in(body)}
    assert values_in(body) >= 7


@pytest.mark.parametrize("content", [ZEROS[: 1 << 20], LISTS], ids=["zeros", "lists"])
def test_a_version_in_parts_unpacks_within_its_bounds(hub: TestClient, content: bytes) -> None:
    headers, name = sign_in(hub, "dailanh.kt"), hashlib.sha256(content).hexdigest()
    query = {"size": len(content), "kind": "version"}
    for first in range(0, len(content), MIB):
        part = content[first : first + MIB]
        assert hub.post(f"{API}/uploads/{name}/{first}", params=query, content=part, headers=headers).status_code == 200
    answer = hub.put(f"{API}/proposals/{PROPOSAL}/versions/1", json={"upload": name}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.fixture
def peak(hub_process: Process) -> Iterator[Any]:  # noqa: F811
    """What the hub's process has taken at most so far, in MiB."""

    def read() -> int:
        status = Path(f"/proc/{hub_process.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) >> 10

    return read


def test_the_hub_stays_small_under_all_of_them(hub_process: Process, peak: Any, conninfo: str) -> None:  # noqa: F811
    with httpx.Client(base_url=hub_process.url, timeout=60) as client:
        headers = sign_in(client, "dailanh.kt")
        before = peak()
        for call in (*DOCUMENTS.values(), *FILES.values()):
            for content in (ZEROS, NESTED, LISTS):
                assert sent(client, call, content, headers).status_code in REFUSED
        text = b'{"title":"' + b"[" * (Limits().json_values - 1) + b'"}'
        assert sent(client, DOCUMENTS["version"], text, headers, packed=False).status_code == 422
        lists = b'{"title":[' + b"[]," * (Limits().json_values // 2 - 2) + b"0]}"
        assert sent(client, DOCUMENTS["version"], gzip.compress(lists), headers).status_code == 422
        after = peak()
    assert after < ROOM_MIB, (before, after)
    with psycopg.connect(conninfo) as conn:
        assert conn.execute("SELECT count(*) FROM hub.attachment").fetchone() == (0,)
