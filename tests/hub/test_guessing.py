"""Who guesses or has heard of a name (of a file, a feature, a working copy) learns nothing by it."""

from __future__ import annotations

import hashlib
import uuid

from starlette.testclient import TestClient

from province_hub.app import API
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import LOTS, lot_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

FILE = b"cua xa khac"
NAME = hashlib.sha256(FILE).hexdigest()


def lacking(hub: TestClient, headers: dict) -> list[str]:
    body = {"commune": "22504", "next": str(uuid.uuid4()), "attachments": [NAME]}
    return hub.post(f"{API}/instances/{uuid.uuid4()}/contact", json=body, headers=headers).json()["attachments"]


def test_a_contact_does_not_tell_whether_others_have_sent_a_file(hub: TestClient) -> None:
    mine, theirs = sign_in(hub, "dailanh.kt"), sign_in(hub, "vanthang.kt")
    hub.put(f"{API}/attachments/{NAME}", content=FILE, headers=theirs)
    assert lacking(hub, mine) == [NAME]
    hub.put(f"{API}/attachments/{NAME}", content=FILE, headers=mine)
    assert lacking(hub, mine) == []


def test_a_key_alone_reads_nothing_of_another_commune(hub: TestClient, desk: Desk) -> None:
    own, far = lot_key("22504", 2, 2), lot_key("22516", 9, 9)
    asked = {"layer": LOTS, "keys": f"{own},{far}"}
    found = hub.get(f"{API}/communes/22504/features", params=asked, headers=sign_in(hub, "dailanh.kt")).json()["features"]
    assert [each["key"] for each in found] == [own]
