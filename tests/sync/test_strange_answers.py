"""What stands between desk and hub answers in its own ways: each is understood or has a name, and nothing is lost."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from commune_planning_plugin.core.errors import HubError, HubUnreachable
from commune_planning_plugin.sync import transport
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.sync.tiny_hub import Answer, TinyHub, document, html, problem

pytestmark = pytest.mark.slow

STATUS = {"hub_id": "h", "protocol": 1, "province": "Khánh Hòa", "revision": {"number": 4, "id": "x"}}
BODY = json.dumps(STATUS).encode()
HEAD = b"X-Planning-Protocol: 1\r\nContent-Type: application/json\r\n"


@contextmanager
def raw(answer: bytes) -> Iterator[str]:
    """A server that sends these very bytes to whoever asks, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    line.recv(1 << 16)
                    line.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def chunked(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    half = len(body) // 2
    parts = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]))
    return b"HTTP/1.1 200 OK\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + parts + end


UNDERSTOOD = {
    "old protocol, ended by closing": b"HTTP/1.0 200 OK\r\n" + HEAD + b"\r\n" + BODY,
    "chunks": chunked(BODY),
    "continue first": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY,
    "gzip in chunks": chunked(gzip.compress(BODY)).replace(HEAD, HEAD + b"Content-Encoding: gzip\r\n"),
}
CUT_OFF = {
    "old protocol": b"HTTP/1.0 200 OK\r\n" + HEAD + b"\r\n" + BODY[:-20],
    "chunks without an end": chunked(BODY, end=b""),
    "longer stated": b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % (len(BODY) + 9) + BODY,
    "gzip": b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(BODY)[:-12],
}
NO_HUB = {
    "a portal's page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
    "a portal that says so": b"HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n",
    "shorter stated": b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: 20\r\n\r\n" + BODY,
}


def status(url: str) -> str:
    return HubClient(url, plain_session(backoff_s=0.001)).status().province


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_other_ways_to_say_the_same(name: str) -> None:
    with raw(UNDERSTOOD[name]) as url:
        assert status(url) == "Khánh Hòa"


@pytest.mark.parametrize("name", CUT_OFF)
def test_what_is_cut_off_can_be_asked_for_again(name: str) -> None:
    with raw(CUT_OFF[name]) as url, pytest.raises(HubUnreachable) as raised:
        status(url)
    assert raised.value.code == "hub.unreachable"


@pytest.mark.parametrize("name", NO_HUB)
def test_what_is_no_hub(name: str) -> None:
    with raw(NO_HUB[name]) as url, pytest.raises(HubError) as raised:
        status(url)
    assert raised.value.code == "hub.not_a_hub"


def test_an_answer_that_unpacks_without_end_is_left(hub: TinyHub, client: HubClient, monkeypatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1 << 20)
    bomb = gzip.compress(b" " * (64 << 20), 9)
    headers = {"X-Planning-Protocol": "1", "Content-Encoding": "gzip", "Content-Type": "application/json"}
    hub.answers("GET", "/status", Answer(200, bomb, headers))
    with pytest.raises(HubError) as raised:
        client.status()
    assert raised.value.code == "hub.not_a_hub"


def test_a_proxys_refusal_has_a_name(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", html(407))
    with pytest.raises(HubUnreachable) as raised:
        client.status()
    assert raised.value.code == "hub.proxy_login"


def test_a_short_wait_that_is_asked_for_is_kept(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", document(STATUS))
    hub.next = [problem(503, "unavailable", **{"Retry-After": "1"})]
    began = time.monotonic()
    assert client.status().province == "Khánh Hòa"
    assert time.monotonic() - began >= 1


def test_a_long_wait_is_told_instead_of_kept(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", problem(503, "unavailable", **{"Retry-After": "120"}))
    began = time.monotonic()
    with pytest.raises(HubUnreachable) as raised:
        client.status()
    assert (raised.value.details["retry_after_s"], len(hub.asked)) == (120, 1)
    assert time.monotonic() - began < 5


def test_too_many_attempts_are_not_repeated(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/status", problem(429, "auth.too_many_attempts", **{"Retry-After": "1"}))
    with pytest.raises(HubError):
        client.status()
    assert len(hub.asked) == 1


def test_large_documents_go_packed_and_pictures_as_they_are(hub: TinyHub, client: HubClient) -> None:
    import hashlib
    import os

    for content, packed in ((b"abc" * 1000, True), (os.urandom(3000), False)):
        name = hashlib.sha256(content).hexdigest()
        hub.answers("PUT", f"/attachments/{name}", document({}, 201))
        client.put_attachment(name, content)
        assert (hub.asked[-1].headers.get("Content-Encoding") == "gzip") is packed


def test_all_pages_of_a_list_are_read(hub: TinyHub, client: HubClient) -> None:
    from tests.sync.test_client import SUMMARY

    pages = {None: ([9, 8], 8), "8": ([7], 7), "7": ([6], None)}

    def page(asked: object) -> Answer:
        numbers, cursor = pages[asked.query.get("cursor")]
        return document({"proposals": [{**SUMMARY, "number": number} for number in numbers], "cursor": cursor})

    hub.on["GET", "/proposals"] = page
    assert sorted(summary.number for summary in client.proposals("all")) == [6, 7, 8, 9]


def test_news(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", "/news", document({"seen": "4-7", "news": True}))
    assert client.news("4-6", "22504", 25).seen == "4-7"
    assert hub.asked[-1].query == {"seen": "4-6", "commune": "22504", "wait": "25"}
