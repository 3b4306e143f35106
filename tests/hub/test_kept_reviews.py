"""A review that is opened again is judged again only where something that the verdict is made of has changed."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.types.json import Jsonb
from starlette.testclient import TestClient

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import judging
from province_hub.app import API
from province_hub.kept_reviews import KeptReviews
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, make_desk  # noqa: F401

LOT, NEIGHBOUR = tiny.lot_key("22504", 2, 2), tiny.lot_key("22504", 2, 3)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The proposals that were judged, each time."""
    found: list[str] = []
    judge = judging.judge

    def noted(conn: Any, layers: Any, version: Version, *given: Any) -> Any:
        found.append(version.proposal)
        return judge(conn, layers, version, *given)

    monkeypatch.setattr(judging, "judge", noted)
    return found


@pytest.fixture
def sent(desk: Desk) -> Version:
    return desk.send(desk.edited(LOT, tenDoiTuong="Chợ"))


def opened(hub: TestClient, version: Version, name: str = "soxd.duyet") -> dict[str, Any]:
    answer = hub.get(f"{API}/proposals/{version.proposal}", headers=sign_in(hub, name))
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_opened_again_it_is_judged_once(hub: TestClient, desk: Desk, sent: Version, judged: list[str]) -> None:
    judged.clear()
    first, again = opened(hub, sent), opened(hub, sent)
    assert (len(judged), first) == (1, again)
    assert first == desk.detail("soxd.duyet", sent)


def test_what_a_verdict_is_made_of_makes_another_one(hub: TestClient, desk: Desk, sent: Version, judged: list[str]) -> None:
    def pack(conn: Any) -> None:
        conn.execute("UPDATE hub.setting SET value = value || %s WHERE name = 'rule_pack'", (Jsonb({"version": "other"}),))

    def codes(conn: Any) -> None:
        conn.execute("DELETE FROM hub.code WHERE list = (SELECT min(list) FROM hub.code)")

    def plan(conn: Any) -> None:
        conn.execute("UPDATE hub.plan SET geom = ST_Multi(ST_Buffer(geom, 50)) WHERE key = %s", (sent.plan,))

    changes = [
        lambda: desk.direct([desk.edited(LOT, ghiChu="khác")]),
        lambda: desk.direct([desk.edited(NEIGHBOUR, ghiChu="khác")]),
        *(lambda act=act: _administrate(desk, act) for act in (pack, codes, plan)),
    ]
    for number, change in enumerate(changes):
        opened(hub, sent)
        judged.clear()
        change()
        assert opened(hub, sent) == desk.detail("soxd.duyet", sent), number
        assert len(judged) == 2, number  # the hub's, and the one that it is compared with


def _administrate(desk: Desk, act: Any) -> None:
    with desk.administrating() as conn:
        act(conn)


def test_a_step_alone_makes_no_other_verdict_and_is_told(hub: TestClient, desk: Desk, sent: Version, judged: list[str]) -> None:
    before = opened(hub, sent)
    desk.step("soxd.duyet", sent, Step.OPEN)
    judged.clear()
    after = opened(hub, sent)
    assert (judged, after["state"], after["result_hash"]) == ([], "in_review", before["result_hash"])


def test_a_new_version_is_another_one(hub: TestClient, desk: Desk, sent: Version) -> None:
    opened(hub, sent)
    desk.step("soxd.duyet", sent, Step.RETURN, reason="thiếu")
    second = desk.version(desk.edited(LOT, tenDoiTuong="Chợ Mới"), proposal=sent.proposal, number=2)
    desk.submit(second)
    assert opened(hub, second, "dailanh.kt")["review"][0]["after"]["tenDoiTuong"] == "Chợ Mới"


def test_what_one_may_see_another_may_not(hub: TestClient, desk: Desk, sent: Version) -> None:
    desk.direct([desk.edited(NEIGHBOUR, visibility=2)])
    cleared = {row["key"] for row in opened(hub, sent)["context"]}
    others = {row["key"] for row in opened(hub, sent, "dailanh.ct")["context"]}
    assert cleared - others == {NEIGHBOUR}


def test_bound_proposals_are_judged_each_time(hub: TestClient, desk: Desk, sent: Version, judged: list[str]) -> None:
    second = desk.send(desk.edited(NEIGHBOUR, tenDoiTuong="x"), depends_on=(sent.proposal,))
    judged.clear()
    opened(hub, second)
    opened(hub, second)
    assert judged == [second.proposal] * 2


def test_surroundings_name_what_is_there(hub: TestClient, sent: Version) -> None:
    context = opened(hub, sent)["context"]
    assert context
    assert all(value is not None for each in context for value in each["row"].values())


def test_only_so_much_is_kept() -> None:
    kept, made = KeptReviews(most_rows=10), []

    def verdict(name: str, rows: int) -> dict[str, Any]:
        made.append(name)
        return {"review": [None] * rows, "context": []}

    for name, rows in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("large", 11)):
        kept.of(name, lambda name=name, rows=rows: verdict(name, rows))
    assert made == ["a", "b", "c", "large"]
    for name in ("a", "c", "b", "large"):
        kept.of(name, lambda name=name: verdict(name, 4))
    assert made[4:] == ["b", "large"]


def test_what_is_told_to_one_caller_is_not_kept(hub: TestClient, desk: Desk, sent: Version) -> None:
    desk.direct([desk.edited(LOT, tenDoiTuong="Khác")])
    (item,) = opened(hub, sent)["review"]
    assert item["last_change"]["direct"]
    (kept,) = hub.app.state.reviews._kept.values()  # type: ignore[attr-defined]
    assert "last_change" not in kept["review"][0]
