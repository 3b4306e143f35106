"""Lists of proposals: filters, orders and pages, of exactly what the caller may see."""

from __future__ import annotations

import time
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from starlette.testclient import TestClient

from commune_planning_plugin.core.workflow import Step
from province_hub import list_counts, lists
from province_hub.app import API
from province_hub.database import Database
from province_hub.rights import may_see
from province_hub.stored import find
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.many import fill
from tests.hub.workflow import Desk, make_desk  # noqa: F401

ORDERS = list(lists.Order)


def all_pages(hub: TestClient, headers: dict[str, str], **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        answer = hub.get(f"{API}/proposals", params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        found += answer.json()["proposals"]
        if answer.json()["cursor"] is None:
            return found
        asked["cursor"] = answer.json()["cursor"]


@pytest.fixture
def many(conninfo: str) -> None:
    fill(conninfo, 60)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("name", [account[0] for account in tiny.ACCOUNTS])
@pytest.mark.parametrize("box", ["all", "mine", "inbox", "followed"])
def test_the_list_has_what_one_may_see_and_counts_no_more(desk: Desk, name: str, box: str) -> None:
    principal = desk.principal(name)
    with desk.database.reading() as conn:
        ids = [row["id"] for row in conn.execute("SELECT id::text FROM hub.proposal")]
        stored = [find(conn, each) for each in ids]
        seen = {each.id for each in stored if each is not None and may_see(principal, each.standing)}
        listed = [item["id"] for item in lists.page(conn, principal, lists.Wanted(box), None, 1 << 30).proposals]
        if box == "all":
            assert set(listed) == seen
        assert set(listed) <= seen


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("name", [account[0] for account in tiny.ACCOUNTS])
@pytest.mark.parametrize("box", ["all", "mine", "inbox", "decisions", "followed"])
def test_what_is_counted_is_what_the_pages_have(desk: Desk, name: str, box: str) -> None:
    """By whomever a proposal was written, signed, appraised or approved, wherever it reaches, and whoever decides by the matrix."""
    _entangle(desk)
    principal = desk.principal(name)
    with desk.database.reading() as conn:
        for asked in (
            {},
            {"overdue": True},
            {"states": ("submitted", "in_review")},
            {"communes": ("22516",)},
            {"last_by_me": True},
        ):
            wanted = lists.Wanted(box, **asked)
            listed = lists.page(conn, principal, wanted, None, 1 << 30).proposals
            found = list_counts.counted(conn, principal, wanted)
            assert found.by_state == dict(Counter(item["state"] for item in listed)), asked
            assert found.overdue == sum(item["overdue"] for item in listed)


def _entangle(desk: Desk) -> None:
    """Steps by everybody, ground in other communes, consents, post-checks, and rows of the matrix, all over the proposals."""
    with desk.administrating() as conn:
        conn.execute(
            "INSERT INTO hub.proposal_step (id, proposal, version, step, actor)"
            " SELECT gen_random_uuid(), p.id, 1, (ARRAY['sign_off', 'open', 'appraise', 'consent'])[p.number % 4 + 1], a.id"
            " FROM hub.proposal p JOIN (SELECT id, row_number() OVER (ORDER BY name) - 1 AS i, count(*) OVER () AS n"
            " FROM hub.account) a ON a.i = p.number % a.n WHERE p.state <> 'awaiting_sign_off'"
        )
        conn.execute("UPDATE hub.proposal_step SET communes = '{22516}' WHERE step = 'consent'")
        conn.execute(
            "INSERT INTO hub.proposal_commune SELECT p.id, 1, c.code, p.number % 10 = 1 FROM hub.proposal p, hub.commune c"
            " WHERE c.code <> p.commune AND p.number % 3 = 0"
        )
        conn.execute("UPDATE hub.proposal_version v SET restricted = p.number % 7 = 0 FROM hub.proposal p WHERE p.id = v.proposal")
        conn.execute(
            "UPDATE hub.proposal SET post_check = (ARRAY['waiting', 'objected', 'checked'])[number % 3 + 1]"
            " WHERE state = 'approved'"
        )
        conn.execute(
            "INSERT INTO hub.authority (territory, commune, establishes, appraises, approves, separate_appraisal, document)"
            " VALUES ('commune', '22516', 'commune', 'province', 'commune', false, 'x'),"
            " ('commune', '22504', 'commune', 'province', 'province', true, 'x')"
        )


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("limit", [7, 200])
def test_pages_are_the_list_in_its_order(hub: TestClient, order: lists.Order, reverse: bool, limit: int) -> None:
    found = all_pages(hub, sign_in(hub, "soxd.tham"), order=order.value, reverse=reverse, limit=limit)
    keys = {
        lists.Order.NEWEST: lambda item: item["number"],
        lists.Order.OLDEST: lambda item: item["number"],
        lists.Order.DUE: lambda item: (item["due_at"] or "~", item["number"]),
        lists.Order.TOUCHED: lambda item: item["updated_at"],
        lists.Order.WAITING: lambda item: item["updated_at"],
        lists.Order.TITLE: lambda item: (flat(item["title"]), item["number"]),
        lists.Order.COMMUNE: lambda item: (flat(item["commune_name"]), item["number"]),
        lists.Order.PLAN: lambda item: (flat(item["plan_name"]), item["number"]),
        lists.Order.CHANGES: lambda item: (item["changes"], item["number"]),
        lists.Order.STATE: lambda item: (item["state"], item["number"]),
    }
    descending = order in (lists.Order.NEWEST, lists.Order.TOUCHED)
    assert found == sorted(found, key=keys[order], reverse=descending is not reverse)
    assert len({item["id"] for item in found}) == len(found) == 48


def flat(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"state": ["submitted", "appraised"]}, lambda item: item["state"] in ("submitted", "appraised")),
        ({"commune": ["22516"]}, lambda item: item["commune"] == "22516"),
        ({"plan": [tiny.plan_key("PLAN-22504")]}, lambda item: item["plan"] == tiny.plan_key("PLAN-22504")),
        ({"text": "dieu CHINH so 11"}, lambda item: "11" in f"{item['number']} {item['title']}"),
        ({"text": "dai lanh hạnh"}, lambda item: item["commune"] == "22504"),
        ({"text": "100%"}, lambda item: False),
        ({"text": "_"}, lambda item: False),
        ({"overdue": True}, lambda item: item["overdue"]),
        ({"overdue": False}, lambda item: not item["overdue"]),
        ({"state": ["in_review"], "commune": ["22504", "22516"], "overdue": True}, lambda item: item["state"] == "in_review"),
        ({"state": ["rejected"]}, lambda item: False),
        ({"untouched_days": 1}, lambda item: False),
        ({"last_by_me": True}, lambda item: item["number"] % 2 == 0),
        ({"last_by_me": False}, lambda item: item["number"] % 2),
    ],
)
def test_a_filter_keeps_what_it_says(hub: TestClient, desk: Desk, asked: dict[str, Any], holds: Any) -> None:
    headers = sign_in(hub, "soxd.tham")
    with desk.administrating() as conn:
        conn.execute(
            "INSERT INTO hub.proposal_step (id, proposal, version, step, actor) SELECT gen_random_uuid(), p.id, 1, 'open', a.id"
            " FROM hub.proposal p, hub.account a WHERE p.number % 2 = 0 AND a.name = 'soxd.tham'"
        )
    everything = all_pages(hub, headers)
    kept = all_pages(hub, headers, **asked)
    if "dai lanh" in str(asked):
        assert {item["commune"] for item in kept} >= {"22504"}
        return
    assert kept == [item for item in everything if holds(item)]
    counts = hub.get(f"{API}/proposals", params={**asked, "counted": True, "limit": 1}, headers=headers).json()["counts"]
    assert sum(counts.values()) == len(kept)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("cursor", ["x", "|", "1|", "x|1", "2026-01-01 00:00:00|1", "infinity|1", "-1", "9" * 30])
def test_a_strange_cursor_is_refused(hub: TestClient, cursor: str) -> None:
    answer = hub.get(f"{API}/proposals", params={"cursor": cursor}, headers=sign_in(hub, "soxd.tham"))
    assert answer.status_code == 422


@pytest.mark.usefixtures("many")
def test_the_inbox_waits_for_the_caller(hub: TestClient, desk: Desk) -> None:
    found = all_pages(hub, sign_in(hub, "soxd.tham"), box="inbox", limit=5)
    assert {item["state"] for item in found} == {"submitted", "in_review"}
    assert all(item["can"] for item in found)


def test_an_own_one_is_counted_in_no_inbox_of_others(hub: TestClient, desk: Desk) -> None:
    desk.submit(desk.version(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="x")))
    for name, number in {"dailanh.ct": 1, "vanthang.ct": 0, "soxd.tham": 0}.items():
        answer = hub.get(f"{API}/proposals", params={"box": "inbox", "counted": True}, headers=sign_in(hub, name)).json()
        assert (len(answer["proposals"]), sum(answer["counts"].values())) == (number, number)


def test_a_page_of_ten_thousand_takes_little(hub: TestClient, conninfo: str) -> None:
    with psycopg.connect(conninfo) as conn:
        conn.execute(
            "INSERT INTO hub.commune (code, name, kind, geom, area) SELECT 30000 + n, 'Xã ' || n, 'xã', geom, area"
            " FROM hub.commune, generate_series(1, 98) n WHERE code = '22504'"
        )
    fill(conninfo, 10_000)
    _nothing_reads_all(Desk(Database(conninfo), conninfo))
    headers = sign_in(hub, "soxd.tham")
    took: dict[str, float] = {}
    of_inbox = ("", "&order=due&overdue=true", "&commune=30050&state=submitted", "&text=so 4711", "&order=waiting", "&counted=true")
    for asked in (*(f"box=inbox{each}" for each in of_inbox), "box=followed&order=touched"):
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            assert hub.get(f"{API}/proposals?limit=50&{asked}", headers=headers).status_code == 200
            times.append(time.perf_counter() - begun)
        took[asked] = min(times)
    assert max(took.values()) < 1, took  # the figure is the bench's


def _nothing_reads_all(desk: Desk) -> None:
    """A page by a time is read along its index, and steps are looked up for what is reached."""
    principal = desk.principal("soxd.tham")
    for order in (lists.Order.NEWEST, lists.Order.WAITING, lists.Order.TOUCHED, lists.Order.DUE):
        for box in ("inbox", "all"):
            wanted = lists.Wanted(box, order=order)
            with desk.database.reading() as conn:
                query, values = lists.rows_query(principal, wanted, None, 50)
                plan = conn.execute(sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) ") + query, values).fetchone()
            assert plan is not None
            most = {
                node["Relation Name"]: node["Actual Rows"] * node["Actual Loops"] for node in _nodes(plan["QUERY PLAN"][0]["Plan"])
            }
            assert max(most.values()) < 1000, (order, box, most)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for each in node.get("Plans", ()):
        yield from _nodes(each)


def test_a_step_notes_until_when_it_is_due(desk: Desk) -> None:
    version = desk.send(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="x"))
    noted = desk.detail("soxd.tham", version)
    assert noted["due"]["purpose"] == "appraise"
    assert (noted["overdue"], noted["due_at"] is not None) == (False, True)
    desk.step("soxd.tham", version, Step.RETURN, reason="thiếu")
    assert desk.detail("soxd.tham", version)["due_at"] is None
    assert uuid.UUID(version.proposal)
