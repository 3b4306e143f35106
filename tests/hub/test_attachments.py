"""Files of proposals: stored under their own hash, shown to those whom a proposal shows them to."""

from __future__ import annotations

import hashlib
import uuid

from fastapi import FastAPI
from starlette.testclient import TestClient

from province_hub.app import API, create_app
from province_hub.database import Database
from province_hub.limits import Limits
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import plan_key

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 100
SHA256 = hashlib.sha256(CONTENT).hexdigest()
URL = f"{API}/attachments/{SHA256}"


def test_stored_once_and_given_back(hub: TestClient):
    headers = sign_in(hub, "dailanh.kt")
    assert hub.put(URL, content=CONTENT, headers=headers).status_code == 201
    assert hub.put(URL, content=CONTENT, headers=headers).status_code == 200
    answer = hub.get(URL, headers=headers)
    assert answer.content == CONTENT
    assert answer.headers["Content-Disposition"] == "attachment"


def test_other_content_than_named(hub: TestClient):
    answer = hub.put(URL, content=CONTENT[:-1], headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["code"]) == (422, "attachment.hash")


def test_a_name_that_is_no_hash(hub: TestClient):
    answer = hub.put(f"{API}/attachments/..%2Fetc", content=b"", headers=sign_in(hub, "dailanh.kt"))
    assert answer.status_code in (404, 422)
    assert hub.put(f"{API}/attachments/{SHA256.upper()}", content=b"", headers=sign_in(hub, "dailanh.kt")).status_code == 422


def test_the_limit(hub_app: FastAPI):
    with TestClient(create_app(hub_app.state.settings, Limits(attachment=len(CONTENT)))) as hub:
        headers = sign_in(hub, "dailanh.kt")
        assert hub.put(URL, content=CONTENT, headers=headers).status_code == 201
        longer = CONTENT + b"x"
        answer = hub.put(f"{API}/attachments/{hashlib.sha256(longer).hexdigest()}", content=longer, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_only_a_proposal_shows_it_to_others(hub: TestClient, database: Database):
    hub.put(URL, content=CONTENT, headers=sign_in(hub, "dailanh.kt"))
    head, neighbour = sign_in(hub, "dailanh.ct"), sign_in(hub, "vanthang.kt")
    assert hub.get(URL, headers=head).json()["code"] == "not_found"
    _name_in_a_proposal(database)
    assert hub.get(URL, headers=head).content == CONTENT
    assert hub.get(URL, headers=neighbour).json()["code"] == "not_found"
    assert hub.get(URL).json()["code"] == "auth.required"


def _name_in_a_proposal(database: Database) -> None:
    proposal = uuid.uuid4()
    with database.writing("dailanh.kt") as conn:
        author = conn.execute("SELECT id FROM hub.account WHERE name = 'dailanh.kt'").fetchone()["id"]
        conn.execute(
            "INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version)"
            " VALUES (%s, '22504', %s, 'Điều chỉnh', 1, %s, 'awaiting_sign_off', 1)",
            (proposal, plan_key("PLAN-22504"), author),
        )
        conn.execute(
            "INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id)"
            " VALUES (%s, 1, '', '{}', %s, 0, gen_random_uuid())",
            (proposal, author),
        )
        conn.execute("INSERT INTO hub.proposal_attachment VALUES (%s, 1, %s, 'tờ trình.pdf')", (proposal, SHA256))
