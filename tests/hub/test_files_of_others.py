"""A file's hash is no key to the file; and whose ground a change is on is told though nothing was moved."""

from __future__ import annotations

import hashlib

import psycopg
import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.proposal import Attachment
from province_hub.app import API
from province_hub.initialise import bring_up_to_date
from tests.hub.api_fixtures import sign_in
from tests.hub.older import take_back
from tests.hub.tiny import lot_key, plan_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

CONTENT = "Biên bản họp dân, không công khai".encode()
FILE = Attachment(hashlib.sha256(CONTENT).hexdigest(), "Biên bản.pdf", len(CONTENT))
PATH = f"{API}/attachments/{FILE.sha256}"


def submit(hub: TestClient, desk: Desk, name: str, commune: str):
    change = desk.edited(lot_key(commune, 3, 3), tenDoiTuong="Mới")
    version = desk.version(change, commune=commune, plan=plan_key(f"PLAN-{commune}"), attachments=(FILE,))
    return hub.put(f"{API}/proposals/{version.proposal}/versions/1", json=version.to_json(), headers=sign_in(hub, name))


def test_naming_a_file_gives_no_access_to_it(hub: TestClient, desk: Desk):
    theirs = sign_in(hub, "vanthang.kt")
    assert hub.put(PATH, content=CONTENT, headers=sign_in(hub, "dailanh.kt")).status_code == 201
    assert submit(hub, desk, "dailanh.kt", "22504").status_code == 200
    answer = submit(hub, desk, "vanthang.kt", "22516")
    assert (answer.status_code, answer.json()["code"]) == (409, "attachment.missing")
    assert answer.json()["details"]["sha256"] == [FILE.sha256]
    assert hub.get(PATH, headers=theirs).status_code == 404
    assert hub.put(PATH, content=CONTENT, headers=theirs).status_code == 200  # who has it may use it
    assert submit(hub, desk, "vanthang.kt", "22516").status_code == 200
    assert hub.get(PATH, headers=theirs).content == CONTENT


def test_an_edit_of_an_attribute_names_the_commune_it_lies_in(hub: TestClient, desk: Desk):
    version = desk.version(desk.edited(lot_key("22516", 5, 5), tenDoiTuong="Mới"), plan=plan_key("PLAN-22516"))
    path = f"{API}/proposals/{version.proposal}/versions/1"
    answer = hub.put(path, json=version.to_json(), headers=sign_in(hub, "dailanh.kt"))
    assert (answer.status_code, answer.json()["outside"]) == (200, ["22516"])


def test_a_database_of_an_older_version_is_brought_up_to_date(conninfo: str):
    take_back(conninfo)
    for _ in range(2):
        bring_up_to_date(conninfo)
    with psycopg.connect(conninfo) as conn:
        assert conn.execute("SELECT count(*) FROM hub.attachment_sender").fetchone() == (0,)


def test_where_there_is_no_hub_none_is_made(empty: str):
    with pytest.raises(psycopg.errors.UndefinedTable):
        bring_up_to_date(empty)
