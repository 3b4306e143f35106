"""Signing in, staying signed in, and the ways in which that ends."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from province_hub import accounts
from province_hub.app import API
from province_hub.database import Database
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import PASSWORD


def attempt(hub: TestClient, name: str, password: str = PASSWORD):
    return hub.post(f"{API}/sessions", json={"name": name, "password": password, "device": "Máy ở xã"})


def test_status_needs_no_account(hub: TestClient):
    answer = hub.get(f"{API}/status")
    assert answer.status_code == 200
    assert answer.headers["X-Planning-Protocol"] == "1"
    assert set(answer.json()) == {"hub_id", "protocol", "province", "revision"}
    assert answer.json()["revision"]["number"] >= 1


def test_signing_in_tells_who_one_is(hub: TestClient):
    answer = attempt(hub, "dailanh.kt")
    assert answer.status_code == 201
    session = answer.json()
    assert session["account"]["full_name"] == "Nguyễn Thị Hạnh"
    assert session["account"]["roles"] == [{"role": "technician", "commune": "22504"}]
    assert session["account"]["cleared"] is False
    assert session["hub_id"] == hub.get(f"{API}/status").json()["hub_id"]
    me = hub.get(f"{API}/me", headers={"Authorization": f"Bearer {session['token']}"})
    assert me.json() == session["account"]


def test_only_the_hash_of_a_token_is_stored(hub: TestClient, database: Database):
    token = attempt(hub, "dailanh.kt").json()["token"]
    with database.reading() as conn:
        row = conn.execute("SELECT t::text AS whole, device FROM hub.token t").fetchone()
    assert token not in row["whole"]
    assert row["device"] == "Máy ở xã"


@pytest.mark.parametrize("name", ["dailanh.kt", "nobody", ""])
def test_wrong_password_and_unknown_name_look_the_same(hub: TestClient, name: str):
    answer = attempt(hub, name, "wrong")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "auth.wrong_password"
    assert answer.json()["details"] == {}


def test_secrets_are_never_logged(hub: TestClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    token = attempt(hub, "dailanh.kt").json()["token"]
    attempt(hub, "dailanh.kt", "not-the-password")
    hub.get(f"{API}/me", headers={"Authorization": f"Bearer {token}"})
    assert all(secret not in caplog.text for secret in (token, PASSWORD, "not-the-password"))


def test_no_token_or_a_made_up_one(hub: TestClient):
    assert hub.get(f"{API}/me").json()["code"] == "auth.required"
    answer = hub.get(f"{API}/me", headers={"Authorization": "Bearer made-up"})
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_signing_out_ends_this_session_only(hub: TestClient):
    one, other = sign_in(hub, "dailanh.kt"), sign_in(hub, "dailanh.kt")
    assert hub.delete(f"{API}/sessions/current", headers=one).status_code == 204
    assert hub.get(f"{API}/me", headers=one).json()["code"] == "auth.revoked"
    assert hub.get(f"{API}/me", headers=other).status_code == 200


def test_a_token_expires(hub: TestClient, database: Database):
    headers = sign_in(hub, "dailanh.kt")
    with database.writing("test") as conn:
        conn.execute("UPDATE hub.token SET expires_at = now() - interval '1 second'")
    assert hub.get(f"{API}/me", headers=headers).json()["code"] == "auth.expired"


def test_a_disabled_account_is_out_at_once(hub: TestClient, owned: Database):
    headers = sign_in(hub, "dailanh.kt")
    with owned.writing("test") as conn:
        conn.execute("UPDATE hub.account SET disabled_at = now() WHERE name = 'dailanh.kt'")
    assert hub.get(f"{API}/me", headers=headers).json()["code"] == "auth.disabled"
    assert attempt(hub, "dailanh.kt").json()["code"] == "auth.disabled"
    assert attempt(hub, "dailanh.kt", "wrong").json()["code"] == "auth.wrong_password"


def test_a_new_password_ends_all_sessions(hub: TestClient, owned: Database):
    headers = sign_in(hub, "dailanh.kt")
    with owned.writing("quantri") as conn:
        accounts.reset(conn, "dailanh.kt", "Another-password-1")
    assert hub.get(f"{API}/me", headers=headers).json()["code"] == "auth.revoked"
    assert attempt(hub, "dailanh.kt").status_code == 401


def test_too_many_failures_shut_the_name_for_a_while(hub: TestClient, database: Database):
    for _ in range(10):
        assert attempt(hub, "dailanh.kt", "wrong").status_code == 401
    refused = attempt(hub, "dailanh.kt")
    assert (refused.status_code, refused.json()["code"]) == (429, "auth.too_many_attempts")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert attempt(hub, "dailanh.ct").status_code == 201
    with database.writing("test") as conn:
        conn.execute("UPDATE hub.login_attempt SET at = at - interval '15 minutes'")
    assert attempt(hub, "dailanh.kt").status_code == 201


def test_too_many_failures_shut_the_address(hub: TestClient):
    for number in range(50):
        assert attempt(hub, f"name-{number}", "wrong").status_code == 401
    assert attempt(hub, "dailanh.kt").status_code == 429
