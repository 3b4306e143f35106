"""Whatever is sent to the hub, by whomever: an answer by the protocol, never an error of its own."""

from __future__ import annotations

import base64
import copy
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any, Optional

import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from commune_planning_plugin.core.workflow import Step
from province_hub.app import API, create_app
from province_hub.limits import Limits
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import lot_key, square
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

EXAMPLES = 8
"""Per call of the description and caller; all of them together take some fifteen seconds."""

CALLERS = (None, "dailanh.kt", "soxd.duyet", "giamsat")

NASTY: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**63, 10**30, 1.5, 1e308, float("nan"), float("inf"), -float("inf"),
    "", " ", "x", "\x00", "\ud800", "e\u0301", "\u202e", "'; DROP TABLE hub.account; --", '"', "%s", "../../etc/passwd", "A" * 400,
    "9" * 5000, "2026-01-01", "00000000-0000-0000-0000-000000000000", [], {}, [[]], ["x"], {"a": 1},
)  # fmt: skip


@pytest.fixture
def served(hub_app: FastAPI) -> Iterator[str]:
    """A real server that keeps nobody waiting."""
    app = create_app(hub_app.state.settings, Limits(longest_wait=1, poll_interval=0.1, failures_per_address=10_000))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("caller", CALLERS)
def test_every_described_call_answers_by_the_protocol(hub: TestClient, served: str, caller: Optional[str]):
    schema = schemathesis.openapi.from_url(f"{served}{API}/openapi.json")
    headers = sign_in(hub, caller) if caller else {}
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.label.startswith("DELETE"):
            continue  # it would end the session that the others need

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def sent(case: schemathesis.Case) -> None:
            case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
            check(case.call(headers=headers), case)

        sent()


def check(answer: Any, sent: Any) -> None:
    assert answer.status_code < 500, (sent, answer.status_code)
    assert header(answer, "x-planning-protocol") == "1", sent
    if answer.status_code >= 400 and answer.content:
        assert header(answer, "content-type") == "application/problem+json", sent
        assert answer.json()["code"] != "internal", sent


def header(answer: Any, name: str) -> Any:
    value = answer.headers.get(name)
    return value[0] if isinstance(value, list) else value


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something else could stand."""
    yield path
    inner = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for step, part in inner:
        yield from places(part, (*path, step))


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    document = copy.deepcopy(document)
    at = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return document


def test_a_spoiled_version_is_refused_or_can_be_reviewed(hub: TestClient, desk: Desk):
    """What the hub takes in, it can show, move on and decide."""
    author, head, approver = (
        {**sign_in(hub, name), "Content-Type": "application/json"} for name in ("dailanh.kt", "dailanh.ct", "soxd.duyet")
    )
    changes = desk.edited(lot_key("22504", 3, 3), tenDoiTuong="Mới"), desk.inserted(square(600_000, 1_399_000))
    document = desk.version(*changes, desk.deleted(lot_key("22504", 5, 5))).to_json()
    pairs = [(place, value) for place in places(document) for value in NASTY if place != ("proposal",)]
    taken = 0
    for place, value in random.Random(1).sample(pairs, 150):
        proposal = str(uuid.uuid4())
        spoiled = changed({**document, "proposal": proposal}, place, value)
        answer = hub.put(f"{API}/proposals/{proposal}/versions/1", content=json.dumps(spoiled).encode(), headers=author)
        check(answer, (place, value))
        if answer.status_code != 200:
            continue
        taken += 1
        for caller, step in ((head, Step.SIGN_OFF), (approver, Step.APPROVE)):
            shown = hub.get(f"{API}/proposals/{proposal}", headers=caller)
            assert shown.status_code == 200, (place, value, shown.text)
            body = {"request": str(uuid.uuid4()), "version": 1, "result_hash": shown.json()["result_hash"]}
            check(hub.post(f"{API}/proposals/{proposal}/{step.value}", json=body, headers=caller), (place, value))
    assert taken > 10


@pytest.mark.parametrize("value", [None, True, 7, ["x"], {"a": 1}])
@pytest.mark.parametrize("name", ["title", "reason", "plan", "commune"])
def test_what_is_no_text_is_not_made_one(hub: TestClient, desk: Desk, name: str, value: Any):
    """The hub's hash would be of another content than was sent."""
    document = {**desk.version(desk.edited(lot_key("22504", 3, 3), tenDoiTuong="Mới")).to_json(), name: value}
    answer = hub.put(f"{API}/proposals/{document['proposal']}/versions/1", json=document, headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, "version.malformed")


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_change_without_one_side_is_not_a_deletion(hub: TestClient, desk: Desk, side: str):
    document = desk.version(desk.edited(lot_key("22504", 3, 3), tenDoiTuong="Mới")).to_json()
    del document["changes"][0][side]
    answer = hub.put(f"{API}/proposals/{document['proposal']}/versions/1", json=document, headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, "wire.malformed")


@pytest.mark.parametrize("area", [2.0**53 + 2, 2.0**63, 1e22, 1e308])
def test_a_number_beyond_whole_digits_can_be_read_again(hub: TestClient, desk: Desk, area: float):
    change = desk.inserted(square(600_000, 1_399_000), dienTich=area)
    document = desk.version(change).to_json()
    path = f"{API}/proposals/{document['proposal']}"
    answer = hub.put(f"{path}/versions/1", json=document, headers=sign_in(hub, "dailanh.kt"))
    assert answer.status_code == 200, answer.text
    shown = hub.get(path, headers=sign_in(hub, "dailanh.ct"))
    assert shown.status_code == 200, shown.text
    assert hub.put(f"{path}/versions/1", json=document, headers=sign_in(hub, "dailanh.kt")).json() == answer.json()


@pytest.mark.parametrize(
    "cursor",
    [
        b"[1e999, 1, 1, 1, 1]",
        b"[" * 40_000,
        b"9" * 5000,
        b"{}",
        b"null",
        b'[1, "x", "\\u0000", "y", 0]',
        b'[1, "\\ud800", "", "", 0]',
    ],
)
def test_a_made_up_cursor(hub: TestClient, cursor: bytes):
    revision = hub.get(f"{API}/status").json()["revision"]
    question = {"after": revision["number"], "id": revision["id"], "cursor": base64.urlsafe_b64encode(cursor).decode()}
    answer = hub.get(f"{API}/communes/22504/changes", params=question, headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("asked", ["bytes=" + "9" * 5000 + "-", "bytes=0-" + "9" * 5000, "bytes=-" + "9" * 5000, "bytes=²-"])
def test_a_range_beyond_numbers(hub: TestClient, asked: str):
    headers = {**sign_in(hub, "dailanh.kt"), "Range": asked.encode("latin-1")}
    answer = hub.get(f"{API}/communes/22504/snapshot", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (416, "range.invalid")


@pytest.mark.parametrize(
    "code", ["*", "22504*", "[0-9]*", "2250?", "..", "%2e%2e", "22504-public-", "'; DROP TABLE hub.account; --"]
)
def test_a_pattern_is_no_commune(hub: TestClient, code: str):
    """Kept files are looked for by name; a name that is a pattern must find none."""
    headers = sign_in(hub, "quantri")
    number = hub.get(f"{API}/communes/22504/snapshot", headers=headers).headers["X-Planning-Checkpoint"].split()[0]
    answer = hub.get(f"{API}/communes/{code}/snapshot", params={"revision": number}, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["code"] in ("commune.unknown", "not_found")
