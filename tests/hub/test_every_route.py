"""Every route, asked by everybody: a route that isn't named here fails, so that who adds one says who may call it."""

from __future__ import annotations

import uuid
from typing import Any, Optional

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from province_hub.app import API
from province_hub.database import Database
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

EVERYBODY = ("dailanh.kt", "dailanh.ct", "vanthang.kt", "vanthang.ct", "soxd.tham", "soxd.duyet", "quantri", "giamsat")
OF_OTHERS = ("vanthang.kt", "vanthang.ct")
OPEN = {"GET /status", "POST /sessions"}
DECISION = {
    "number": "12/QĐ-UBND",
    "date": "2026-03-02",
    "effective": "2026-03-02",
    "signer": "Trần Hòa Nam",
    "office": "Phó Chủ tịch",
    "file": {"sha256": "a" * 64, "name": "QD.pdf"},
    "figures": {"areas": {}},
}
CALLS: dict[str, tuple[str, Any]] = {
    "GET /news": ("/news?commune=22504", None),
    "GET /sessions": ("/sessions?account=dailanh.ct", None),
    "DELETE /sessions/current": ("/sessions/current", None),
    "DELETE /sessions/{session}": (f"/sessions/{uuid.UUID(int=1)}", None),
    "GET /me": ("/me", None),
    "GET /catalogue": ("/catalogue", None),
    "GET /communes/{code}/snapshot": ("/communes/22504/snapshot", None),
    "HEAD /communes/{code}/snapshot": ("/communes/22504/snapshot", None),
    "GET /communes/{code}/changes": ("/communes/22504/changes?after={number}&id={id}", None),
    "GET /communes/{code}/features": (f"/communes/22504/features?layer={LOTS}&keys={lot_key('22504', 1, 1)}", None),
    "GET /communes/{code}/last-changes": (
        f"/communes/22504/last-changes?layer={LOTS}&keys={lot_key('22504', 1, 1)}&to=1",
        None,
    ),
    "GET /uploads": (f"/uploads?sha256={'a' * 64}", None),
    "POST /uploads/{sha256}/{offset}": (f"/uploads/{'a' * 64}/0?size=1", b"x"),
    "PUT /attachments/{sha256}": (f"/attachments/{'a' * 64}", b"x"),
    "GET /attachments/{sha256}": (f"/attachments/{'a' * 64}", None),
    "PUT /proposals/{proposal}/versions/{number}": ("/proposals/{proposal}/versions/2", {"upload": "b" * 64}),
    "GET /proposals": ("/proposals", None),
    "GET /organisations": ("/organisations", None),
    "GET /proposals/{proposal}/discussion": ("/proposals/{proposal}/discussion", None),
    "PUT /proposals/{proposal}/acts/{act}": (
        "/proposals/{proposal}/acts/{fresh}",
        {"kind": "settle", "version": 1, "body": {"thread": str(uuid.UUID(int=5))}},
    ),
    "PUT /proposals/{proposal}/read": ("/proposals/{proposal}/read", {"seen": 1}),
    "GET /proposals/{proposal}/opinions": ("/proposals/{proposal}/opinions", None),
    "GET /proposals/{proposal}": ("/proposals/{proposal}", None),
    "GET /proposals/{proposal}/balance": ("/proposals/{proposal}/balance", None),
    "GET /proposals/{proposal}/versions/{number}": ("/proposals/{proposal}/versions/1", None),
    "GET /proposals/{proposal}/related": ("/proposals/{proposal}/related", None),
    "GET /proposals/{proposal}/audit": ("/proposals/{proposal}/audit", None),
    "GET /audit/key": ("/audit/key", None),
    "GET /audit/heads": ("/audit/heads?id=1", None),
    "POST /proposals/{proposal}/{step}": ("/proposals/{proposal}/approve", {"request": str(uuid.UUID(int=2)), "version": 1}),
    "GET /communes/{code}/revisions": ("/communes/22504/revisions", None),
    "GET /communes/{code}/revisions/{revision}": ("/communes/22504/revisions/1", None),
    "GET /communes/{code}/lineage": (
        f"/communes/22504/lineage?layer={LOTS}&plan={uuid.UUID(int=8)}&before=2026-01-01&after=2026-02-01",
        None,
    ),
    "GET /layers/{layer}/features": (f"/layers/{LOTS}/features?commune=22504", None),
    "GET /layers/{layer}/features/{key}/history": (
        f"/layers/{LOTS}/features/{lot_key('22504', 1, 1)}/history?commune=22504",
        None,
    ),
    "GET /proposals/{proposal}/decision": ("/proposals/{proposal}/decision", None),
    "PUT /proposals/{proposal}/decisions/{record}": (f"/proposals/{{proposal}}/decisions/{uuid.UUID(int=5)}", DECISION),
    "PUT /proposals/{proposal}/effects/{effect}": (
        f"/proposals/{{proposal}}/effects/{uuid.UUID(int=6)}",
        {"decision": str(uuid.UUID(int=5))},
    ),
    "GET /proposals/{proposal}/tasks": ("/proposals/{proposal}/tasks", None),
    "GET /communes/{code}/tasks": ("/communes/22504/tasks", None),
    "PUT /proposals/{proposal}/tasks/{kind}/done/{done}": (
        f"/proposals/{{proposal}}/tasks/publish/done/{uuid.UUID(int=7)}",
        {"note": "Đã công bố"},
    ),
    "GET /authority": (f"/authority?plan={plan_key('PLAN-22504')}&commune=22504", None),
    "GET /proposals/{proposal}/authority": ("/proposals/{proposal}/authority", None),
    "GET /delegations": ("/delegations?commune=22504", None),
    "PUT /delegations/{delegation}": (
        f"/delegations/{uuid.UUID(int=5)}",
        {
            "commune": "22504",
            "receiver": "dailanh.kt",
            "acts": ["sign_off"],
            "valid_from": "2026-01-01",
            "valid_to": "2999-01-01",
            "document": "1/GUQ",
        },
    ),
    "POST /delegations/{delegation}/revoke": (f"/delegations/{uuid.UUID(int=6)}/revoke", {}),
    "POST /instances/{instance}/contact": ("/instances/{fresh}/contact", {"commune": "22504", "next": str(uuid.UUID(int=3))}),
    "GET /drafts": ("/drafts?commune=22504", None),
    "PUT /drafts/{instance}": ("/drafts/{instance}", {}),
    "PUT /drafts/{instance}/sealed": ("/drafts/{instance}/sealed", {"items": []}),
    "GET /drafts/{instance}": ("/drafts/{instance}", None),
    "POST /drafts/{instance}/assign": ("/drafts/{instance}/assign", {"account": "dailanh.kt"}),
    "POST /drafts/{instance}/taken": ("/drafts/{instance}/taken", {"by": str(uuid.UUID(int=4)), "items": []}),
}
ANYBODYS = {
    "DELETE /sessions/current", "DELETE /sessions/{session}", "GET /me", "GET /catalogue", "GET /uploads",
    "POST /uploads/{sha256}/{offset}", "PUT /attachments/{sha256}", "GET /proposals",
    "GET /organisations",
    "GET /audit/key", "GET /audit/heads",
}  # fmt: skip
"""What concerns the caller alone, or everybody: no route of these tells about a commune."""


def routes(routed: Any) -> set[str]:
    """``METHOD /path`` of every call in the application's description."""
    found = set()
    for path, item in routed.openapi()["paths"].items():
        found |= {f"{method.upper()} {path.removeprefix(API)}" for method in item}
    return found


def ask(hub: TestClient, call: str, headers: Optional[dict[str, str]], **names: str) -> Any:
    path, body = CALLS[call]
    for name, value in names.items():
        path = path.replace("{" + name + "}", value)
    sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body} if body is not None else {}
    return hub.request(call.split()[0], f"{API}{path}", headers=headers or {}, **sent)


@pytest.fixture
def names(hub: TestClient, desk: Desk) -> dict[str, str]:
    """A proposal before the head's sign-off, and an instance with unsent work, both of 22504's technician."""
    version = desk.version(desk.edited(lot_key("22504", 2, 2), tenDoiTuong="Bí mật"))
    desk.submit(version)
    mine, instance = sign_in(hub, "dailanh.kt"), str(uuid.uuid4())
    body = {"commune": "22504", "next": str(uuid.uuid4())}
    assert hub.post(f"{API}/instances/{instance}/contact", json=body, headers=mine).status_code == 200
    key = lot_key("22504", 3, 3)
    document = {"layer": LOTS, "key": key, "old": {"ghiChu": None}, "row": {"ghiChu": "Bí mật"}}
    items = [{"kind": "change", "id": f"{LOTS}/{key}", "hash": "c" * 64, "document": document}]
    assert hub.put(f"{API}/drafts/{instance}", json={"items": items}, headers=mine).status_code == 200
    revision = hub.get(f"{API}/status").json()["revision"]
    return {
        "proposal": version.proposal,
        "instance": instance,
        "fresh": str(uuid.uuid4()),
        "number": str(revision["number"]),
        "id": revision["id"],
    }


def test_every_route_is_named_here(hub_app: FastAPI) -> None:
    assert routes(hub_app) == CALLS.keys() | OPEN
    assert {route.path for route in hub_app.routes if isinstance(route, APIRoute)} <= {
        f"{API}{call.split()[1]}" for call in CALLS.keys() | OPEN
    }


@pytest.mark.parametrize("how", ["nobody", "a made-up token", "a revoked token", "a disabled account"])
def test_nobody_is_let_in_without_a_sign_in(hub: TestClient, desk: Desk, names: dict[str, str], how: str, owned: Database) -> None:
    headers: dict[str, str] = {"Authorization": "Bearer x"} if how == "a made-up token" else {}
    if how.startswith(("a revoked", "a disabled")):
        headers = sign_in(hub, "dailanh.kt")
    if how == "a revoked token":
        hub.delete(f"{API}/sessions/current", headers=headers)
    if how == "a disabled account":
        with owned.writing("test") as conn:
            conn.execute("UPDATE hub.account SET disabled_at = now() WHERE name = 'dailanh.kt'")
    statuses = {call: ask(hub, call, headers, **names).status_code for call in CALLS}
    assert set(statuses.values()) == {401}, statuses


@pytest.mark.parametrize("name", OF_OTHERS)
def test_another_commune_is_told_nothing(hub: TestClient, names: dict[str, str], name: str) -> None:
    headers = sign_in(hub, name)
    for call in CALLS.keys() - ANYBODYS:
        answer = ask(hub, call, headers, **names)
        assert answer.status_code in (403, 404, 409), (call, answer.status_code)
        assert "Bí mật" not in answer.text, call
    listed = ask(hub, "GET /proposals", headers, **names)
    assert names["proposal"] not in listed.text


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "dailanh.kt"])
def test_unsent_work_is_its_authors(hub: TestClient, names: dict[str, str], name: str) -> None:
    headers = sign_in(hub, name)
    for call in (
        "PUT /drafts/{instance}",
        "PUT /drafts/{instance}/sealed",
        "GET /drafts/{instance}",
        "POST /drafts/{instance}/taken",
    ):
        answer = ask(hub, call, headers, **names)
        assert answer.status_code == 404, (call, answer.text)
    assigned = ask(hub, "POST /drafts/{instance}/assign", headers, **names).status_code
    assert assigned == (204 if name in ("dailanh.ct", "quantri") else 403)
