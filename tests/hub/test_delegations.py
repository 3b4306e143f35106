"""The head's signature in other hands: recorded, revocable, in force at once and until its last day, never the author's."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.workflow import Step
from province_hub import audit_proof, delegations
from province_hub.app import API
from province_hub.authority import today
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.test_cli import Command, command  # noqa: F401 (fixture)
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT = tiny.lot_key("22504", 2, 2)
DEPUTY = "giamsat"
"""Given the role of a technician of 22504; the author is another one."""


@pytest.fixture(autouse=True)
def deputy(desk: Desk) -> None:
    desk.grant(DEPUTY, "technician", "22504")


def give(desk: Desk, first: int = 0, last: int = 10, acts: frozenset[Step] = delegations.ACTS, to: str = DEPUTY) -> str:
    with desk.administrating() as conn:
        on = today(conn)
        delegation = str(uuid.uuid4())
        conn.execute(
            "INSERT INTO hub.delegation (id, commune, giver, receiver, acts, valid_from, valid_to, document, made_by)"
            " SELECT %s, '22504', g.id, r.id, %s, %s, %s, '05/GUQ-UBND', 'test' FROM hub.account g, hub.account r"
            " WHERE g.name = 'dailanh.ct' AND r.name = %s",
            (delegation, [s.value for s in acts], on + timedelta(days=first), on + timedelta(days=last), to),
        )
    return delegation


def submitted(desk: Desk) -> Any:
    version = desk.version(desk.edited(LOT, tenDoiTuong=uuid.uuid4().hex))
    desk.submit(version)
    return version


def test_who_signs_for_the_head_is_recorded_with_the_document(desk: Desk):
    version = submitted(desk)
    assert "sign_off" not in desk.detail(DEPUTY, version)["can"]
    with refused(403, "rights.missing"):
        desk.step(DEPUTY, version, Step.SIGN_OFF)
    delegation = give(desk)
    assert desk.detail(DEPUTY, version)["can"] == ["sign_off", "return"]
    assert [each["id"] for each in desk.listed(DEPUTY, "inbox")] == [version.proposal]
    desk.step(DEPUTY, version, Step.SIGN_OFF)
    (_, signed) = desk.detail("dailanh.kt", version)["steps"]
    assert (signed["actor"], signed["on_behalf_of"], signed["document"]) == ("Mai Thị Ngọc", "Trần Văn Bình", "05/GUQ-UBND")
    with desk.database.reading() as conn:
        entry = conn.execute("SELECT details FROM hub.audit WHERE action = 'sign_off'").fetchone()
    said = {"delegation": delegation, "giver": "Trần Văn Bình", "document": "05/GUQ-UBND"}
    assert entry is not None
    assert entry["details"]["on_behalf_of"] == said


def test_the_head_has_signed_too(desk: Desk):
    """Else a head could let somebody sign, and approve as somebody else."""
    give(desk)
    version = submitted(desk)
    desk.step(DEPUTY, version, Step.SIGN_OFF)
    desk.grant("dailanh.ct", "approver", None)
    with refused(403, "rights.own_proposal"):
        desk.step("dailanh.ct", version, Step.APPROVE, result_hash=desk.detail("soxd.tham", version)["result_hash"])


def test_the_author_does_not_sign_for_the_head(desk: Desk):
    give(desk, to="dailanh.kt")
    version = submitted(desk)
    assert desk.detail("dailanh.kt", version)["can"] == ["withdraw"]
    with refused(403, "rights.own_proposal"):
        desk.step("dailanh.kt", version, Step.SIGN_OFF)


@pytest.mark.parametrize(("first", "last", "may"), [(0, 0, True), (-3, 3, True), (1, 3, False), (-3, -1, False)])
def test_it_counts_from_its_first_day_to_its_last(desk: Desk, first: int, last: int, may: bool):
    version = submitted(desk)
    give(desk, first, last)
    assert ("sign_off" in desk.detail(DEPUTY, version)["can"]) == may
    if not may:
        with refused(403, "rights.missing"):
            desk.step(DEPUTY, version, Step.SIGN_OFF)


def test_only_what_was_given(desk: Desk):
    give(desk, acts=frozenset({Step.RETURN}))
    version = submitted(desk)
    assert desk.detail(DEPUTY, version)["can"] == ["return"]
    with refused(403, "rights.missing"):
        desk.step(DEPUTY, version, Step.SIGN_OFF)
    assert desk.step(DEPUTY, version, Step.RETURN, reason="vì")["state"] == "returned"


@pytest.mark.parametrize("how", ["revoked", "the giver is no head any more", "the giver's account is disabled"])
def test_it_ends_at_once(desk: Desk, how: str):
    delegation = give(desk)
    version = submitted(desk)
    with desk.administrating() as conn:
        if how == "revoked":
            delegations.revoke(conn, delegation, "test")
        elif how.startswith("the giver is"):
            conn.execute("DELETE FROM hub.role WHERE role = 'head' AND commune = '22504'")
        else:
            conn.execute("UPDATE hub.account SET disabled_at = now() WHERE name = 'dailanh.ct'")
    with refused(403, "rights.missing"):
        desk.step(DEPUTY, version, Step.SIGN_OFF)


def test_the_head_gives_and_takes_back_over_http(hub: TestClient, desk: Desk):
    head, deputy = sign_in(hub, "dailanh.ct"), sign_in(hub, DEPUTY)
    listed = hub.get(f"{API}/delegations", params={"commune": "22504"}, headers=head).json()
    assert {each["name"] for each in listed["colleagues"]} == {"dailanh.kt", DEPUTY}
    path, body = f"{API}/delegations/{uuid.uuid4()}", asked()
    made = hub.put(path, json=body, headers=head)
    assert (made.status_code, made.json()["state"]) == (200, "in force")
    assert hub.put(path, json=body, headers=head).json() == made.json()
    other = hub.put(path, json={**body, "document": "6"}, headers=head)
    assert (other.status_code, other.json()["code"]) == (409, "request.reused")
    (mandate,) = hub.get(f"{API}/me", headers=deputy).json()["mandates"]
    assert (mandate["commune"], mandate["giver"], mandate["document"]) == ("22504", "Trần Văn Bình", "05/GUQ-UBND")
    assert len(hub.get(f"{API}/delegations", params={"commune": "22504"}, headers=deputy).json()["delegations"]) == 1
    assert (
        hub.get(f"{API}/delegations", params={"commune": "22504"}, headers=sign_in(hub, "dailanh.kt")).json()["delegations"] == []
    )
    assert hub.post(f"{path}/revoke", headers=sign_in(hub, "vanthang.ct")).status_code == 404
    assert hub.post(f"{path}/revoke", headers=deputy).status_code == 404
    assert hub.post(f"{path}/revoke", headers=head).json()["state"] == "revoked"
    assert hub.post(f"{path}/revoke", headers=head).json()["state"] == "revoked"
    assert hub.get(f"{API}/me", headers=deputy).json()["mandates"] == []
    with desk.database.reading() as conn:
        chain = conn.execute(
            "SELECT action FROM hub.audit WHERE proposal = %s ORDER BY position", (path.rsplit("/")[-1],)
        ).fetchall()
        assert [each["action"] for each in chain] == ["delegation.make", "delegation.revoke"]
        assert audit_proof.verify(conn) == []


def asked(**given: Any) -> dict[str, Any]:
    days = {"valid_from": "2026-01-01", "valid_to": (date.today() + timedelta(days=30)).isoformat()}
    usual = {"commune": "22504", "receiver": DEPUTY, "acts": ["sign_off", "return"], "document": "05/GUQ-UBND", **days}
    return {**usual, **given}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"receiver": "dailanh.ct"}, "delegation.receiver"),
        ({"receiver": "vanthang.kt"}, "delegation.receiver"),
        ({"receiver": "nobody"}, "delegation.receiver"),
        ({"acts": ["approve"]}, "delegation.acts"),
        ({"acts": []}, "delegation.acts"),
        ({"acts": ["x"]}, "delegation.acts"),
        ({"valid_to": "2025-12-31"}, "delegation.period"),
        ({"valid_from": "2026-01-01", "valid_to": "2026-01-02"}, "delegation.period"),
        ({"document": " "}, "text.blank"),
    ],
)
def test_what_can_not_be_given_is_refused(hub: TestClient, given: dict[str, Any], code: str):
    answer = hub.put(f"{API}/delegations/{uuid.uuid4()}", json=asked(**given), headers=sign_in(hub, "dailanh.ct"))
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, code)


def test_only_the_communes_head_gives(hub: TestClient):
    for name in ("dailanh.kt", "vanthang.ct", "soxd.duyet", "quantri", DEPUTY):
        answer = hub.put(f"{API}/delegations/{uuid.uuid4()}", json=asked(), headers=sign_in(hub, name))
        assert (answer.status_code, answer.json()["code"]) == (403, "rights.missing"), name


def test_the_administrators_commands(command: Command, desk: Desk):  # noqa: F811
    until = (date.today() + timedelta(days=30)).isoformat()
    words = ("--from", "dailanh.ct", "--to", DEPUTY, "--commune", "22504", "--document", "05/GUQ-UBND", "--act", "sign_off")
    done = command("delegations", "add", *words, "--valid-from", "2026-01-01", "--valid-to", until)
    assert done.exit_code == 0, done.output
    version = submitted(desk)
    assert desk.detail(DEPUTY, version)["can"] == ["sign_off"]
    delegation = done.output.split("delegation ")[-1].strip(" .\n")
    assert "in force" in command("delegations", "list", "--commune", "22504").output
    assert command("delegations", "revoke", delegation).exit_code == 0
    assert "revoked" in command("delegations", "list").output
    assert command("delegations", "revoke", str(uuid.uuid4())).exit_code == 1
    wrong = command("delegations", "add", *words, "--valid-from", "2026-01-01", "--valid-to", "soon")
    assert (wrong.exit_code, "no date" in wrong.output) == (1, True)
