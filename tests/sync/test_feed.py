"""The change feed: pages of one target, decoded; a cut page is never half a page."""

from __future__ import annotations

import pytest

from commune_planning_plugin.core.errors import HubUnreachable, InvalidData, Refused
from commune_planning_plugin.store.model import Checkpoint
from commune_planning_plugin.sync.client import HubClient
from tests.sync.conftest import LAYER
from tests.sync.tiny_hub import Asked, TinyHub, ndjson, problem

PATH = "/communes/22504/changes"
SINCE = Checkpoint(3, "id-3")
APPROVAL = {"number": 5, "id": "id-5", "at": "2026-05-01T00:00:00.000000Z", "actor": "Hưng", "proposal": "p-1", "version": 2}
DIRECT = {"number": 4, "id": "id-4", "at": "2026-05-01T00:00:00.000000Z", "actor": None, "proposal": None, "version": None}
HEAD = {
    "type": "page",
    "from": {"number": 3, "id": "id-3"},
    "to": {"number": 5, "id": "id-5"},
    "count": 3,
    "revisions": [DIRECT, APPROVAL],
}


def line(key: str, kind: str = "update", new: object = None) -> dict[str, object]:
    return {"type": "change", "layer": LAYER.id, "key": key, "kind": kind, "new": new}


def end(cursor: object = None) -> dict[str, object]:
    return {"type": "end", "cursor": cursor}


@pytest.fixture
def pages(hub: TinyHub) -> TinyHub:
    def answer(asked: Asked):
        if "cursor" in asked.query:
            return ndjson(HEAD, line("c", "delete"), end())
        return ndjson(HEAD, line("a", new={"tenDoiTuong": "Đất ở"}), line("b", "left_area"), end("next"))

    hub.on["GET", PATH] = answer
    return hub


def test_pages_follow_each_other_to_one_target(pages: TinyHub, client: HubClient) -> None:
    feed = client.changes("22504", SINCE, also=("k1", "k2"), epoch=2)
    assert (feed.target, feed.count, len(pages.asked)) == (Checkpoint(5, "id-5"), 3, 2)
    assert [(r.number, r.proposal, r.version) for r in feed.revisions] == [(4, None, None), (5, "p-1", 2)]
    first_size = feed.received_bytes
    assert [(change.key, change.kind, change.new) for change in feed] == [
        ("a", "update", {"tenDoiTuong": "Đất ở"}),
        ("b", "left_area", None),
        ("c", "delete", None),
    ]
    asked = [one.query for one in pages.asked if one.path == PATH]
    assert asked[0] == {"after": "3", "id": "id-3", "also": "k1,k2", "epoch": "2", "withdrawn": "true"}
    assert asked[1] == {**asked[0], "to": "5", "cursor": "next"}
    assert feed.received_bytes > first_size > 0


def test_a_page_without_its_end_was_cut(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", PATH, ndjson(HEAD, line("a", "delete")))
    with pytest.raises(HubUnreachable, match=r"hub\.unreachable"):
        client.changes("22504", SINCE)


def test_pages_of_different_targets_are_not_mixed(hub: TinyHub, client: HubClient) -> None:
    other = {**HEAD, "to": {"number": 6, "id": "id-6"}}
    hub.on["GET", PATH] = lambda asked: ndjson(other, end()) if "cursor" in asked.query else ndjson(HEAD, end("next"))
    with pytest.raises(HubUnreachable):
        list(client.changes("22504", SINCE))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({**line("a"), "layer": "QuyHoach.Unknown_A"}, "layer.unknown"),
        (line("a", "moved"), "answer.malformed"),
        (line("a", new={"unknown": 1}), "field.unknown"),
        ({"type": "change"}, "answer.malformed"),
        ({"no": "type"}, "answer.malformed"),
    ],
)
def test_what_the_schema_does_not_know_is_refused(hub: TinyHub, client: HubClient, change: object, code: str) -> None:
    hub.answers("GET", PATH, ndjson(HEAD, change, end()))
    with pytest.raises(InvalidData) as raised:
        list(client.changes("22504", SINCE))
    assert raised.value.code == code


def test_a_restored_hub_says_that_it_does_not_know_the_checkpoint(hub: TinyHub, client: HubClient) -> None:
    hub.answers("GET", PATH, problem(409, "checkpoint.unknown"))
    with pytest.raises(Refused, match=r"checkpoint\.unknown"):
        client.changes("22504", SINCE)
