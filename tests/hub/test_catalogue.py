"""What a desk learns before it reads data."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.schema import Catalogue
from province_hub.app import API
from province_hub.database import Database
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import LOTS, plan_key


def test_the_catalogue_reads_back_as_core_wrote_it(hub: TestClient):
    answer = hub.get(f"{API}/catalogue", headers=sign_in(hub, "dailanh.kt"))
    assert answer.status_code == 200
    catalogue = Catalogue.from_json(answer.json())
    assert [commune.code for commune in catalogue.communes] == ["22504", "22516"]
    assert {plan.code: plan.communes for plan in catalogue.plans}["PLAN-CROSSING"] == ("22504", "22516")
    assert plan_key("PLAN-22504") in {plan.key for plan in catalogue.plans}
    assert catalogue.layer(LOTS).tiling
    assert catalogue.crs_epsg == 9217
    fingerprints = {layer["id"]: layer["fingerprint"] for layer in answer.json()["layers"]}
    assert fingerprints[LOTS] == catalogue.layer(LOTS).fingerprint


def test_an_unchanged_catalogue_is_not_sent_again(hub: TestClient, owned: Database):
    headers = sign_in(hub, "dailanh.kt")
    tag = hub.get(f"{API}/catalogue", headers=headers).headers["ETag"]
    unchanged = hub.get(f"{API}/catalogue", headers={**headers, "If-None-Match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    with owned.writing("quantri") as conn:
        conn.execute("UPDATE hub.commune SET name = 'Đại Lãnh mới' WHERE code = '22504'")
    assert hub.get(f"{API}/catalogue", headers={**headers, "If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE hub.commune SET area_epoch = area_epoch + 1 WHERE code = '22504'",
        "UPDATE hub.plan SET status = 'revoked' WHERE key = (SELECT min(key::text)::uuid FROM hub.plan)",
        "DELETE FROM hub.plan_commune WHERE plan = (SELECT min(plan::text)::uuid FROM hub.plan_commune)",
        "UPDATE hub.code SET title_vi = title_vi || ' mới' WHERE code = (SELECT min(code) FROM hub.code)",
        "UPDATE hub.setting SET value = '\"khác\"' WHERE name = 'notice_vi'",
        "UPDATE hub.layer SET definition = jsonb_set(definition, '{title_vi}', '\"khác\"') WHERE position = 1",
        "DELETE FROM hub.code",
        "UPDATE hub.plan SET no_work_area = geom WHERE code = 'PLAN-22504'",
        "UPDATE hub.plan SET geom = NULL WHERE code = 'PLAN-22504'",
        "INSERT INTO hub.organisation (code, name) VALUES ('bql-kkt', 'Ban Quản lý')",
    ],
)
def test_whatever_changes_in_it_makes_another_catalogue(hub: TestClient, owned: Database, change: str):
    headers = sign_in(hub, "dailanh.kt")
    before = hub.get(f"{API}/catalogue", headers=headers)
    with owned.writing("quantri") as conn:
        conn.execute(change)
    after = hub.get(f"{API}/catalogue", headers={**headers, "If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json() != before.json()


def test_organisations_have_their_names_in_it(hub: TestClient, owned: Database):
    """Also one that isn't asked any more: what it decided stays its own. An older hub names none."""
    with owned.writing("quantri") as conn:
        conn.execute("INSERT INTO hub.organisation (code, name, closed_at) VALUES ('bql-kkt', 'Ban Quản lý Khu kinh tế', now())")
    document = hub.get(f"{API}/catalogue", headers=sign_in(hub, "dailanh.kt")).json()
    assert Catalogue.from_json(document).organisations["bql-kkt"] == "Ban Quản lý Khu kinh tế"
    assert Catalogue.from_json({name: each for name, each in document.items() if name != "organisations"}).organisations == {}


def test_the_catalogue_is_compressed_where_that_is_accepted(hub: TestClient):
    headers = sign_in(hub, "dailanh.kt")
    assert hub.get(f"{API}/catalogue", headers={**headers, "Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    plain = hub.get(f"{API}/catalogue", headers={**headers, "Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers


def test_the_catalogue_is_for_accounts(hub: TestClient):
    assert hub.get(f"{API}/catalogue").json()["code"] == "auth.required"
