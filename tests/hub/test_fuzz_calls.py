"""Calls that would be answered well, with one thing in them spoiled: in the path, the query, a header, the document, its bytes.

What is merely generated from the description rarely gets past the first check; these get as far as the database.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Optional
from urllib.parse import quote_from_bytes

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.limits import Limits
from tests.hub.api_fixtures import sign_in
from tests.hub.test_every_route import CALLS, DECISION, OPEN
from tests.hub.test_fuzz import NASTY, changed, check, places
from tests.hub.tiny import LOTS, PASSWORD, lot_key, plan_key, square
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

SPOILED = 60
"""Of each call; all of them together take some twenty seconds."""

DEEP = (50, 600, 900, 960, 985, 2000)
"""Levels: what can just be read must be checked, kept and shown without coming to an end of the stack."""

IN_PATH = (
    b"", b"%00", b"\xff", b"\xed\xa0\x80", b"..", b"%2e%2e%2f", b"-1", b"0", b"1e9", b"9" * 400, b"NaN", b"\xc2\xb2", b" ", b"'",
    b"*", b"00000000-0000-0000-0000-000000000000", b"F" * 64, b"a" * 64, b"9223372036854775808", b"{}",
)  # fmt: skip
IN_QUERY = (*IN_PATH, b"-9223372036854775809", b"true", b"0-0", b"9" * 18 + b"-" + b"9" * 18, b"," * 3000, b"a," * 200, b"e30=")
IN_HEADER = {
    "Range": (b"bytes=-0", b"bytes=5-2", b"bytes=0-0,2-3", b"bytes=--1", b"lots=1-2", b"bytes=" + b"9" * 30 + b"-", b"\xff"),
    "If-None-Match": (b"*", b'"', b'W/"x"', b"\xff", b'"' + b"x" * 5000 + b'"'),
    "If-Range": (b'"x"', b"\xff", b"Sun, 22 Nov 2026 06:00:00 GMT"),
    "Authorization": (b"Bearer", b"Bearer \xff", b"Bearer " + b"x" * 5000, b"Basic eDp5", b"Bearer a b"),
    "Content-Type": (b"", b"text/plain", b"application/json; charset=utf-16", b"multipart/form-data; boundary=x", b"\xff"),
    "Content-Encoding": (b"gzip", b"gzip, gzip", b"GZIP", b"deflate", b"\xff", b"identity"),
    "X-Planning-Protocol": (b"\xff", b"1 ", b"01", b"9" * 5000),
    "Accept-Encoding": (b"gzip;q=\xff", b"*;q=nan", b"br"),
}  # fmt: skip
IN_BYTES = (
    b"", b"\x00", b"\xff\xfe{\x00}\x00", b"null", b"[]", b"{}", b"1e999", b"NaN", b'{"a":' * 50_000, b"[" * 200_000,
    b"[" * 900 + b"]" * 900, b'{"a":1' + b"0" * 5000 + b"}", b'{"\\ud800":"\\u0000"}', b'"\xed\xa0\x80"', gzip.compress(b"{}"),
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One that is answered well, by somebody who may ask it. ``path`` is a template with ``names`` for its places."""

    method: str
    path: str
    by: str = "dailanh.kt"
    names: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    document: Any = None
    content: Optional[bytes] = None

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Spoiled:
    call: Call
    where: str
    names: dict[str, bytes]
    query: list[tuple[str, bytes]]
    headers: dict[str, bytes]
    content: Optional[bytes]


def plain(call: Call) -> Spoiled:
    names = {name: value.encode() for name, value in call.names.items()}
    content = call.content if call.document is None else json.dumps(call.document).encode()
    headers = {"Content-Type": b"application/octet-stream" if call.document is None else b"application/json"}
    return Spoiled(call, "", names, [(name, value.encode()) for name, value in call.query.items()], headers, content)


def in_path(call: Call, chance: random.Random) -> Spoiled:
    whole, name = plain(call), chance.choice(sorted(call.names))
    return replace(whole, where=f"path {name}", names={**whole.names, name: chance.choice(IN_PATH)})


def in_query(call: Call, chance: random.Random) -> Spoiled:
    whole = plain(call)
    name, _ = chance.choice(whole.query)
    kept = [each for each in whole.query if each[0] != name or chance.random() < 0.3]
    spoiled = [] if chance.random() < 0.1 else [(name, chance.choice(IN_QUERY))]
    return replace(whole, where=f"query {name}", query=kept + spoiled)


def in_header(call: Call, chance: random.Random) -> Spoiled:
    whole, name = plain(call), chance.choice(sorted(IN_HEADER))
    return replace(whole, where=f"header {name}", headers={**whole.headers, name: chance.choice(IN_HEADER[name])})


def in_document(call: Call, chance: random.Random) -> Spoiled:
    place = chance.choice(list(places(call.document)))
    if chance.random() < 0.9:
        spoiled = json.dumps(changed(call.document, place, chance.choice(NASTY)))
    else:
        levels = chance.choice(DEEP)
        spoiled = json.dumps(changed(call.document, place, "DEEP")).replace('"DEEP"', "[" * levels + "]" * levels)
    return replace(plain(call), where=f"document {place}", content=spoiled.encode())


def in_bytes(call: Call, chance: random.Random) -> Spoiled:
    return replace(plain(call), where="bytes", content=chance.choice(IN_BYTES))


def ways(call: Call) -> list[Callable[[Call, random.Random], Spoiled]]:
    found: list[Callable[[Call, random.Random], Spoiled]] = [in_header]
    found += [in_path] * bool(call.names) + [in_query] * 2 * bool(call.query)
    found += [in_document] * 4 * (call.document is not None) + [in_bytes] * (call.method in ("PUT", "POST"))
    return found


def send(hub: TestClient, spoiled: Spoiled, signed_in: dict[str, str]) -> Any:
    path = spoiled.call.path
    for name, value in spoiled.names.items():
        path = path.replace("{" + name + "}", quote_from_bytes(value, safe=""))
    query = "&".join(f"{name}={quote_from_bytes(value, safe='')}" for name, value in spoiled.query)
    headers = [
        (name.encode(), value) for name, value in {**{k: v.encode() for k, v in signed_in.items()}, **spoiled.headers}.items()
    ]
    return hub.request(spoiled.call.method, f"{API}{path}?{query}", headers=headers, content=spoiled.content)


CONTENT = b"tep dinh kem"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def lenient(hub_app: FastAPI) -> Iterator[TestClient]:
    """A hub that keeps nobody waiting and shuts nobody out."""
    limits = Limits(longest_wait=0, failures_per_address=10**6, failures_per_name=10**6)
    with TestClient(create_app(hub_app.state.settings, limits)) as hub:
        yield hub


@pytest.fixture
def calls(lenient: TestClient, desk: Desk) -> list[Call]:
    hub, mine = lenient, sign_in(lenient, "dailanh.kt")
    first = desk.send(desk.edited(lot_key("22504", 2, 2), tenDoiTuong="một"))
    versions = desk.edited(lot_key("22504", 3, 3), tenDoiTuong="Mới"), desk.inserted(square(600_000, 1_399_000))
    bound = {"depends_on": (first.proposal,), "linked": (str(uuid.uuid4()),)}
    document = desk.version(*versions, desk.deleted(lot_key("22504", 5, 5)), **bound).to_json()
    instance, other = str(uuid.uuid4()), str(uuid.uuid4())
    contact = {
        "commune": "22504",
        "next": str(uuid.uuid4()),
        "nonce": str(uuid.uuid4()),
        "contacts": 3,
        "device": "PC-1",
        "versions": [{"proposal": first.proposal, "number": 1, "hash": first.hash}],
        "attachments": [SHA256],
    }
    for each in (instance, other):
        assert hub.post(f"{API}/instances/{each}/contact", json=contact, headers=mine).status_code == 200
    key = lot_key("22504", 7, 7)
    change = {"layer": LOTS, "key": key, "old": {"ghiChu": None}, "row": {"ghiChu": "x", "visibility": 0}}
    draft = {"proposal": document["proposal"], "refs": [{"layer": LOTS, "key": key}], "files": [{"sha256": SHA256}], "title": "x"}
    items = [
        {"kind": "change", "id": f"{LOTS}/{key}", "hash": "c" * 64, "document": change},
        {"kind": "draft", "id": document["proposal"], "hash": "d" * 64, "document": draft},
    ]
    backup = {"items": items, "gone": [{"kind": "sent", "id": "x/1"}]}
    sealed = {"items": [{"id": f"{LOTS}/{key}", "hash": "c" * 64, "document": change}]}
    taken = {"by": other, "items": [{"kind": "change", "id": f"{LOTS}/{key}", "hash": "c" * 64}]}
    assert hub.put(f"{API}/drafts/{instance}", json=backup, headers=mine).status_code == 200
    revision = hub.get(f"{API}/status").json()["revision"]
    since = {"after": str(revision["number"]), "id": revision["id"]}
    assert (
        hub.get(f"{API}/communes/22504/snapshot", headers=mine).status_code == 200
    )  # built, so that it can be asked for by number
    step = {"request": str(uuid.uuid4()), "version": 1, "reason": "Vì", "result_hash": "a" * 64, "without_consent": True}
    days = {"valid_from": "2026-01-01", "valid_to": "2099-12-31"}
    given = {"commune": "22504", "receiver": "dailanh.kt", "acts": ["sign_off"], "document": "05/GUQ-UBND", **days}
    of, asked = {"commune": "22504"}, {"proposal": first.proposal}
    anchor = {"kind": "attribute", "layer": LOTS, "key": lot_key("22504", 2, 2), "attribute": "tenDoiTuong"}
    suggestion = {"values": {"tenDoiTuong": "hai"}, "over": "a" * 64}
    said = {"thread": other, "anchor": anchor, "text": "Vì", "suggestion": suggestion}
    comment = {"kind": "comment", "version": 1, "body": said}
    return [
        Call("GET", "/status"),
        Call("POST", "/sessions", document={"name": "dailanh.kt", "password": PASSWORD, "device": "x"}),
        Call("GET", "/news", query={**of, "seen": "0-0", "wait": "0"}),
        Call("GET", "/sessions", by="quantri", query={"account": "dailanh.ct"}),
        Call("DELETE", "/sessions/{session}", names={"session": str(uuid.uuid4())}),
        Call("GET", "/me"),
        Call("GET", "/catalogue"),
        Call("GET", "/communes/{code}/snapshot", names={"code": "22504"}, query={"revision": since["after"]}),
        Call("HEAD", "/communes/{code}/snapshot", names={"code": "22504"}),
        Call(
            "GET",
            "/communes/{code}/changes",
            names={"code": "22504"},
            query={**since, "to": since["after"], "also": key, "epoch": "1", "wait": "0", "most": "1", "withdrawn": "1"},
        ),
        Call("GET", "/communes/{code}/features", names={"code": "22504"}, query={"layer": LOTS, "keys": key}),
        Call(
            "GET",
            "/communes/{code}/last-changes",
            names={"code": "22504"},
            query={"layer": LOTS, "keys": key, "to": since["after"]},
        ),
        Call("GET", "/uploads", query={"sha256": SHA256}),
        Call(
            "POST",
            "/uploads/{sha256}/{offset}",
            names={"sha256": SHA256, "offset": "0"},
            query={"size": str(len(CONTENT)), "kind": "attachment"},
            content=CONTENT,
        ),
        Call("PUT", "/attachments/{sha256}", names={"sha256": SHA256}, query={"uploaded": "false"}, content=CONTENT),
        Call("GET", "/attachments/{sha256}", names={"sha256": SHA256}),
        Call(
            "PUT",
            "/proposals/{proposal}/versions/{number}",
            names={"proposal": document["proposal"], "number": "1"},
            document=document,
        ),
        Call("GET", "/proposals", query={"box": "all", "cursor": "1"}),
        Call("GET", "/proposals/{proposal}", names={"proposal": first.proposal}),
        Call("GET", "/proposals/{proposal}/balance", names={"proposal": first.proposal}),
        Call("GET", "/proposals/{proposal}/related", names={"proposal": first.proposal}),
        Call("GET", "/proposals/{proposal}/versions/{number}", names={"proposal": first.proposal, "number": "1"}),
        Call("GET", "/audit/key"),
        Call("GET", "/audit/heads", query={"id": "1"}),
        Call("GET", "/proposals/{proposal}/audit", names={"proposal": first.proposal}),
        Call("GET", "/proposals/{proposal}/decision", names={"proposal": first.proposal}),
        Call("PUT", "/proposals/{proposal}/decisions/{record}", "soxd.duyet", {**asked, "record": other}, document=DECISION),
        Call(
            "PUT",
            "/proposals/{proposal}/effects/{effect}",
            "soxd.duyet",
            {**asked, "effect": other},
            document={"decision": other, "waiver": "Vì"},
        ),
        Call("GET", "/proposals/{proposal}/tasks", names={"proposal": first.proposal}),
        Call("GET", "/communes/{code}/tasks", names={"code": "22504"}, query={"cursor": "1"}),
        Call(
            "PUT",
            "/proposals/{proposal}/tasks/{kind}/done/{done}",
            names={**asked, "kind": "publish", "done": other},
            document={"note": "Đã niêm yết", "file": {"sha256": SHA256, "name": "bien_ban.pdf"}},
        ),
        Call(
            "GET",
            "/layers/{layer}/features",
            names={"layer": LOTS},
            query={**of, "as_of": since["after"], "on": "2026-11-01", "plan": plan_key("PLAN-22504")},
        ),
        Call("GET", "/layers/{layer}/features/{key}/history", names={"layer": LOTS, "key": key}, query={**of, "before": "9"}),
        Call(
            "GET",
            "/communes/{code}/lineage",
            names={"code": "22504"},
            query={"layer": LOTS, "plan": plan_key("PLAN-22504"), "before": "2026-01-01", "after": "2026-12-01", "as_of": "1"},
        ),
        Call("GET", "/communes/{code}/revisions", names={"code": "22504"}, query={"before": "9"}),
        Call(
            "GET",
            "/communes/{code}/revisions/{revision}",
            names={"code": "22504", "revision": "1"},
            query={"layer": LOTS, "key": key},
        ),
        Call("GET", "/organisations"),
        Call("GET", "/proposals/{proposal}/discussion", names={"proposal": first.proposal}, query={"cursor": "0"}),
        Call("PUT", "/proposals/{proposal}/acts/{act}", names={"proposal": first.proposal, "act": other}, document=comment),
        Call("PUT", "/proposals/{proposal}/read", names={"proposal": first.proposal}, document={"seen": 1}),
        Call("GET", "/proposals/{proposal}/opinions", names={"proposal": first.proposal}, query={"form": "csv"}),
        Call("POST", "/proposals/{proposal}/{step}", "soxd.duyet", {"proposal": first.proposal, "step": "approve"}, document=step),
        Call("GET", "/authority", query={"plan": plan_key("PLAN-22504"), **of}),
        Call("GET", "/proposals/{proposal}/authority", names={"proposal": first.proposal}),
        Call("GET", "/delegations", by="dailanh.ct", query=of),
        Call("PUT", "/delegations/{delegation}", "dailanh.ct", {"delegation": other}, document=given),
        Call("POST", "/delegations/{delegation}/revoke", "dailanh.ct", {"delegation": other}),
        Call("POST", "/instances/{instance}/contact", names={"instance": instance}, document=contact),
        Call("GET", "/drafts", by="dailanh.ct", query=of),
        Call("PUT", "/drafts/{instance}", names={"instance": instance}, document=backup),
        Call("PUT", "/drafts/{instance}/sealed", names={"instance": instance}, document=sealed),
        Call("GET", "/drafts/{instance}", names={"instance": instance}, query={"cursor": "WyJhIiwgImIiXQ=="}),
        Call("POST", "/drafts/{instance}/assign", "dailanh.ct", {"instance": instance}, document={"account": "dailanh.kt"}),
        Call("POST", "/drafts/{instance}/taken", names={"instance": instance}, document=taken),
    ]


def test_one_thing_spoiled_in_each_call(lenient: TestClient, calls: list[Call]) -> None:
    assert {call.label for call in calls} == CALLS.keys() - {"DELETE /sessions/current"} | OPEN
    chance = random.Random(7)
    people = {call.by: sign_in(lenient, call.by) for call in calls}
    well = {call.label: send(lenient, plain(call), people[call.by]).status_code for call in calls}
    by_design = {
        "DELETE /sessions/{session}": 404,
        "POST /proposals/{proposal}/{step}": 409,
        "PUT /proposals/{proposal}/decisions/{record}": 409,  # it isn't approved
        "PUT /proposals/{proposal}/effects/{effect}": 409,
        "PUT /proposals/{proposal}/tasks/{kind}/done/{done}": 404,
    }
    assert {label: status for label, status in well.items() if status >= 400} == by_design
    for call in calls:
        for _ in range(SPOILED):
            spoiled = chance.choice(ways(call))(call, chance)
            check(send(lenient, spoiled, people[call.by]), (call.label, spoiled))
