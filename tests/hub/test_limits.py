"""What a request may not do, and how it is told."""

from __future__ import annotations

import gzip
import json
import logging
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.limits import Limits
from tests.hub.api_fixtures import HubServer, sign_in
from tests.hub.tiny import PASSWORD

SIGN_IN = {"name": "dailanh.kt", "password": PASSWORD, "device": ""}


@pytest.mark.parametrize("path", ["/status", "/me", "/nowhere", "/catalogue"])
def test_another_protocol_is_refused_everywhere(hub: TestClient, path: str):
    answer = hub.get(API + path, headers={"X-Planning-Protocol": "2"})
    assert (answer.status_code, answer.json()["code"]) == (426, "protocol.version")
    assert answer.json()["details"]["supported"] == [1]


@pytest.mark.parametrize(("path", "status"), [("/status", 200), ("/me", 401), ("/nowhere", 404), ("/drafts/x/sealed", 405)])
def test_every_answer_carries_protocol_and_request_id(hub: TestClient, path: str, status: int):
    answer = hub.get(API + path, headers={"X-Planning-Protocol": "1"})
    assert answer.status_code == status
    assert answer.headers["X-Planning-Protocol"] == "1"
    if status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
        assert set(answer.json()) == {"type", "title", "status", "code", "details", "request_id"}


def test_a_malformed_body_is_not_repeated(hub: TestClient):
    answer = hub.post(f"{API}/sessions", json={"name": "x", "password": ["hush"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "hush" not in answer.text
    broken = hub.post(f"{API}/sessions", content=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid")
    deep = hub.post(f"{API}/sessions", content=b"[" * 100_000, headers={"Content-Type": "application/json"})
    assert deep.status_code in (400, 422)
    assert deep.json()["code"] == "invalid"


def chunks(size: int) -> Iterator[bytes]:
    """A body without a stated length."""
    yield b'{"name": "'
    for _ in range(size // 65536):
        yield b"x" * 65536


def test_a_body_is_counted_as_it_comes(hub: TestClient):
    stated = hub.post(f"{API}/sessions", content=b" " * (1 << 21), headers={"Content-Type": "application/json"})
    assert (stated.status_code, stated.json()["code"]) == (413, "too_large")
    streamed = hub.post(f"{API}/sessions", content=chunks(1 << 21), headers={"Content-Type": "application/json"})
    assert (streamed.status_code, streamed.json()["code"]) == (413, "too_large")


def gzipped(content: bytes) -> dict[str, object]:
    return {"content": content, "headers": {"Content-Type": "application/json", "Content-Encoding": "gzip"}}


def test_gzip_bodies_are_read_within_the_same_bound(hub: TestClient):
    small = gzip.compress(json.dumps(SIGN_IN).encode())
    assert hub.post(f"{API}/sessions", **gzipped(small)).status_code == 201
    bomb = gzip.compress(b" " * (200 << 20), 9)
    assert len(bomb) < 1 << 20
    answer = hub.post(f"{API}/sessions", **gzipped(bomb))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("spoil", [lambda packed: packed[:-3], lambda packed: packed + b"more", lambda packed: b"none of it"])
def test_damaged_gzip(hub: TestClient, spoil):
    answer = hub.post(f"{API}/sessions", **gzipped(spoil(gzip.compress(json.dumps(SIGN_IN).encode()))))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_unknown_encodings(hub: TestClient):
    answer = hub.post(f"{API}/sessions", content=b"", headers={"Content-Encoding": "br"})
    assert (answer.status_code, answer.json()["code"]) == (415, "encoding.unsupported")


def test_too_many_kept_features(hub_app: FastAPI):
    with TestClient(create_app(hub_app.state.settings, Limits(also_keys=2))) as hub:
        headers = sign_in(hub, "dailanh.kt")
        revision = hub.get(f"{API}/status").json()["revision"]
        also = ",".join(["6ba7b811-9dad-11d1-80b4-00c04fd430c8"] * 3)
        question = {"after": revision["number"], "id": revision["id"], "also": also}
        answer = hub.get(f"{API}/communes/22504/changes", params=question, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_an_unforeseen_error_is_told_without_its_text(hub_app: FastAPI, caplog: pytest.LogCaptureFixture):
    @hub_app.get(f"{API}/broken")
    def broken() -> None:
        raise RuntimeError("inner secret")

    with TestClient(hub_app) as hub, caplog.at_level(logging.ERROR):
        answer = hub.get(f"{API}/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["X-Planning-Protocol"] == "1"
    assert "inner secret" not in answer.text
    assert answer.json()["request_id"] in caplog.text


def test_a_sender_of_too_much_hears_why(hub_server: HubServer):
    """The answer arrives though the body was never read to its end by a route."""
    with httpx.Client(base_url=hub_server.url) as client:
        answer = client.post(f"{API}/sessions", content=b" " * (3 << 20), headers={"Content-Type": "application/json"})
    assert answer.json()["code"] == "too_large"


def test_a_sender_that_goes_away_does_no_harm(hub_server: HubServer):
    place = urlsplit(hub_server.url)
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\n{")
    assert httpx.get(f"{hub_server.url}{API}/status").status_code == 200


def test_text_that_no_database_holds(hub: TestClient):
    headers = sign_in(hub, "soxd.tham")
    nul = hub.get(f"{API}/communes/225%0004/snapshot", headers=headers)
    assert (nul.status_code, nul.json()["code"]) == (422, "invalid")
    for field in ("name", "password", "device"):
        body = json.dumps({**SIGN_IN, field: "half \ud800"}).encode()
        answer = hub.post(f"{API}/sessions", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_numbers_beyond_all_revisions(hub: TestClient, number: int):
    question = {"after": number, "id": "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "to": number}
    answer = hub.get(f"{API}/communes/22504/changes", params=question, headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["code"]) == (409, "checkpoint.unknown")
    gone = hub.get(f"{API}/communes/22504/snapshot?revision={number}", headers=sign_in(hub, "dailanh.kt"))
    assert (gone.status_code, gone.json()["code"]) == (404, "snapshot.gone")


def test_the_hub_lives_through_a_restart_of_the_database(hub: TestClient, conninfo: str):
    headers = sign_in(hub, "dailanh.kt")
    with psycopg.connect(conninfo, autocommit=True) as conn:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        conn.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    assert hub.get(f"{API}/me", headers=headers).status_code == 200
