"""A snapshot arrives whole and verified, or not at all; a broken download goes on where it stopped."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import Cancelled, HubError, HubUnreachable, Refused
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.feedback import Progress
from tests.sync.tiny_hub import PROTOCOL, Answer, SnapshotRoute, TinyHub, html, problem

CONTENT = b"GPKG" + os.urandom(300_000)
PATH = "/communes/22504/snapshot"


@pytest.fixture
def route(hub: TinyHub) -> SnapshotRoute:
    route = SnapshotRoute(CONTENT)
    hub.on["GET", PATH] = route
    return route


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "snapshot.gpkg"


def cut_for_good(route: SnapshotRoute, after: int) -> None:
    """The line breaks after so many bytes, and stays broken."""
    cuts = iter((after,))
    route.spoil = lambda answer: replace(answer, cut=next(cuts, 0))


class Watched:
    def __init__(self, stop_after: float = float("inf")) -> None:
        self.seen: list[Progress] = []
        self._stop_after = stop_after

    def progress(self, progress: Progress) -> None:
        self.seen.append(progress)

    def cancelled(self) -> bool:
        return bool(self.seen) and (self.seen[-1].done_bytes or 0) >= self._stop_after


def nothing_but(folder: Path, *names: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_it_arrives_with_its_checkpoint_and_leaves_nothing_when_forgotten(
    client: HubClient, route: SnapshotRoute, into: Path
) -> None:
    watched = Watched()
    info = client.download_snapshot("22504", into, watched)
    assert info.path.read_bytes() == CONTENT
    assert (info.checkpoint.number, info.checkpoint.id, info.features) == (7, "id-7", 3)
    assert watched.seen[-1] == Progress("download", len(route.packed), len(route.packed), total_features=3)
    assert gzip.decompress(info.packed.read_bytes()) == CONTENT
    info.forget()
    assert nothing_but(into.parent)


def test_what_has_come_is_not_fetched_again_until_it_is_forgotten(
    hub: TinyHub, client: HubClient, route: SnapshotRoute, into: Path
) -> None:
    client.download_snapshot("22504", into).path.unlink()
    asked = len(hub.asked)
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT
    assert len(hub.asked) == asked


def test_a_cut_is_gone_on_from_by_another_client(hub: TinyHub, client: HubClient, route: SnapshotRoute, into: Path) -> None:
    cut_for_good(route, 100_000)
    with pytest.raises(HubUnreachable, match=r"hub\.unreachable"):
        client.download_snapshot("22504", into)
    kept = into.with_name("snapshot.gpkg.part").stat().st_size
    assert 0 < kept <= 100_000
    assert not into.exists()
    route.spoil = lambda answer: answer
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT
    again = hub.asked[-1]
    assert (again.headers["Range"], again.headers["If-Range"], again.query) == (f"bytes={kept}-", route.etag, {"revision": "7"})


def test_breaks_are_gone_on_from_as_long_as_something_arrives(
    hub: TinyHub, client: HubClient, route: SnapshotRoute, into: Path
) -> None:
    cuts = iter([70_000, 0, 0, 70_000, 0, 0, 70_000])
    route.spoil = lambda answer: replace(answer, cut=next(cuts, None))
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT
    starts = [int(asked.headers["Range"][6:].split("-")[0]) for asked in hub.asked]
    assert starts == sorted(starts)
    assert len(hub.asked) == 8


def test_a_part_of_a_snapshot_that_is_gone_begins_anew(client: HubClient, hub: TinyHub, route: SnapshotRoute, into: Path) -> None:
    cut_for_good(route, 50_000)
    with pytest.raises(HubUnreachable):
        client.download_snapshot("22504", into)
    hub.on["GET", PATH] = SnapshotRoute(CONTENT[::-1], 8, "id-8")
    info = client.download_snapshot("22504", into)
    assert (info.checkpoint.number, info.path.read_bytes()) == (8, CONTENT[::-1])


def test_a_snapshot_rebuilt_under_its_number_begins_anew(client: HubClient, hub: TinyHub, route: SnapshotRoute, into: Path) -> None:
    cut_for_good(route, 50_000)
    with pytest.raises(HubUnreachable):
        client.download_snapshot("22504", into)
    hub.on["GET", PATH] = SnapshotRoute(CONTENT[::-1])
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT[::-1]


@pytest.mark.parametrize("at", [20, 150_000, -3])
def test_an_altered_byte_is_found(client: HubClient, route: SnapshotRoute, into: Path, at: int) -> None:
    def alter(answer: Answer) -> Answer:
        body = bytearray(answer.body)
        body[at] ^= 1
        return replace(answer, body=bytes(body))

    route.spoil = alter
    with pytest.raises(HubError) as raised:
        client.download_snapshot("22504", into)
    assert raised.value.code == "snapshot.damaged"
    assert nothing_but(into.parent)
    route.spoil = lambda answer: answer
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT


def test_one_that_was_cut_at_the_hub_is_damaged(client: HubClient, route: SnapshotRoute, into: Path) -> None:
    route.spoil = lambda answer: replace(answer, status=200, body=answer.body[:1000])
    with pytest.raises(HubError, match=r"snapshot\.damaged"):
        client.download_snapshot("22504", into)
    assert nothing_but(into.parent)


def test_one_that_unpacks_to_more_than_stated_is_damaged(client: HubClient, route: SnapshotRoute, into: Path) -> None:
    route.size = 1000
    with pytest.raises(HubError, match=r"snapshot\.damaged"):
        client.download_snapshot("22504", into)
    assert nothing_but(into.parent)


def test_an_answer_to_another_range_is_damaged(client: HubClient, route: SnapshotRoute, into: Path) -> None:
    cut_for_good(route, 100_000)
    with pytest.raises(HubUnreachable):
        client.download_snapshot("22504", into)
    route.spoil = lambda answer: replace(answer, headers={**answer.headers, "Content-Range": "bytes 0-9/10"})
    with pytest.raises(HubError, match=r"snapshot\.damaged"):
        client.download_snapshot("22504", into)
    assert nothing_but(into.parent)


def test_a_damaged_note_begins_anew(client: HubClient, route: SnapshotRoute, into: Path) -> None:
    into.with_name("snapshot.gpkg.part").write_bytes(b"rest of something")
    into.with_name("snapshot.gpkg.part.json").write_text(json.dumps({"commune": "22504"}))
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT


def test_cancelling_keeps_the_part(client: HubClient, hub: TinyHub, route: SnapshotRoute, into: Path) -> None:
    with pytest.raises(Cancelled):
        client.download_snapshot("22504", into, Watched(stop_after=100_000))
    assert nothing_but(into.parent, "snapshot.gpkg.part", "snapshot.gpkg.part.json")
    client.download_snapshot("22504", into)
    assert "Range" in hub.asked[-1].headers


def test_where_bodies_are_held_in_memory_it_comes_in_parts(client, hub, route, into, monkeypatch) -> None:
    adapter = client._transport._session.get_adapter(hub.url)
    monkeypatch.setattr(adapter, "part_bytes", 100_000, raising=False)
    assert client.download_snapshot("22504", into).path.read_bytes() == CONTENT
    ranges = [asked.headers["Range"] for asked in hub.asked]
    assert ranges[:2] == ["bytes=0-99999", "bytes=100000-199999"]
    assert len(ranges) == 4


@pytest.mark.parametrize("name", ["ETag", "X-Planning-Checkpoint", "X-Planning-Size", "X-Planning-Features"])
def test_without_its_headers_it_is_no_hubs(client: HubClient, route: SnapshotRoute, into: Path, name: str) -> None:
    route.spoil = lambda answer: replace(answer, headers={key: value for key, value in answer.headers.items() if key != name})
    with pytest.raises(HubError, match=r"hub\.not_a_hub"):
        client.download_snapshot("22504", into)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (html(), "hub.not_a_hub"),
        (problem(404, "commune.unknown"), "commune.unknown"),
        (Answer(200, b"", PROTOCOL), "hub.not_a_hub"),
    ],
)
def test_what_is_no_snapshot(client: HubClient, hub: TinyHub, into: Path, answer: Answer, code: str) -> None:
    hub.answers("GET", PATH, answer)
    with pytest.raises(HubError) as raised:
        client.download_snapshot("22504", into)
    assert raised.value.code == code
    assert isinstance(raised.value, Refused) == (code == "commune.unknown")
