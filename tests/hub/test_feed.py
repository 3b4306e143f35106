"""The change feed: net changes between two revisions, for one commune and one caller."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.wire import decode_values
from province_hub import feed
from province_hub.app import API, create_app
from province_hub.area import area_of
from province_hub.database import Database, HubConnection
from province_hub.layer_tables import layers, write_rows
from province_hub.limits import Limits
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import LOTS, lot_key, row_of, square

URL = f"{API}/communes/22504/changes"
OWN = lot_key("22504", 4, 4)
FAR = lot_key("22516", 9, 9)
TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'
AWAY = square(605_000, 1_400_000)


@dataclass
class Desk:
    """A working copy's side of the feed."""

    client: TestClient
    headers: dict[str, str]
    checkpoint: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checkpoint = self.newest()

    def newest(self) -> dict[str, Any]:
        return self.client.get(f"{API}/status").json()["revision"]

    def ask(self, **parameters: Any):
        question = {"after": self.checkpoint["number"], "id": self.checkpoint["id"], **parameters}
        return self.client.get(URL, params=question, headers=self.headers)

    def page(self, **parameters: Any) -> tuple[dict[str, Any], list[dict[str, Any]], Optional[str]]:
        answer = self.ask(**parameters)
        assert answer.status_code == 200, answer.text
        head, *changes, end = [json.loads(line) for line in answer.text.splitlines()]
        assert (head["type"], end["type"]) == ("page", "end")
        return head, changes, end["cursor"]

    def changes(self, **parameters: Any) -> list[tuple[str, str, Optional[dict[str, Any]]]]:
        _, changes, cursor = self.page(**parameters)
        assert cursor is None
        return [(change["kind"], change["key"], change["new"]) for change in changes]


@pytest.fixture
def desk(hub: TestClient) -> Desk:
    return Desk(hub, sign_in(hub, "dailanh.kt"))


@pytest.fixture
def cleared(hub: TestClient) -> Desk:
    return Desk(hub, sign_in(hub, "soxd.tham"))


def edit(database: Database, *changes: Change, actor: str = "quantri") -> None:
    with database.writing(actor) as conn:
        write_rows(conn, layers(conn)[LOTS], list(changes))


def update(database: Database, key: str, **values: Any) -> None:
    edit(database, Change(LOTS, key, dict.fromkeys(values), values))


def insert(database: Database, key: str, shape: bytes, **values: Any) -> None:
    with database.reading() as conn:
        row = row_of(layers(conn)[LOTS], "22504", key, shape, **values)
    edit(database, Change(LOTS, key, None, row))


def delete(database: Database, key: str) -> None:
    edit(database, Change(LOTS, key, {}, None))


def test_nothing_new(desk: Desk):
    head, changes, cursor = desk.page()
    assert head == {"type": "page", "from": desk.checkpoint, "to": desk.checkpoint, "count": 0, "revisions": []}
    assert (changes, cursor) == ([], None)


def test_the_header_names_revisions(desk: Desk, database: Database):
    update(database, OWN, ghiChu="một")
    head, _, _ = desk.page()
    (revision,) = head["revisions"]
    assert head["to"] == desk.newest() == {"number": revision["number"], "id": revision["id"]}
    assert revision["actor"] == "quantri"
    assert set(revision) == {"number", "id", "at", "actor", "proposal", "version"}
    assert head["count"] == 1


def test_an_update_has_the_touched_attributes_only(desk: Desk, database: Database):
    update(database, OWN, ghiChu="một")
    update(database, OWN, ghiChu="hai", kyHieuLoDat="Z9")
    assert desk.changes() == [("update", OWN, {"ghiChu": "hai", "kyHieuLoDat": "Z9"})]


def test_what_was_taken_back_is_no_change(desk: Desk, database: Database):
    update(database, OWN, ghiChu="một")
    update(database, OWN, ghiChu=None)
    key = str(uuid.uuid4())
    insert(database, key, square(600_000, 1_400_000))
    delete(database, key)
    assert desk.changes() == []


def test_null_and_empty_text_differ(desk: Desk, database: Database):
    update(database, OWN, ghiChu="")
    assert desk.changes() == [("update", OWN, {"ghiChu": ""})]


def test_an_insert_is_the_whole_row(desk: Desk, database: Database):
    key = str(uuid.uuid4())
    insert(database, key, square(600_000, 1_400_000), ghiChu="mới")
    ((kind, found, new),) = desk.changes()
    assert (kind, found) == ("insert", key)
    with database.reading() as conn:
        layer = layers(conn)[LOTS]
    values = decode_values(layer, new)
    assert values["geom"] == square(600_000, 1_400_000)
    assert values == {**row_of(layer, "22504", key, square(600_000, 1_400_000), ghiChu="mới")}


def test_geometry_and_its_area(desk: Desk, database: Database):
    update(database, OWN, geom=square(600_400, 1_400_400, 90))
    ((kind, _, new),) = desk.changes()
    assert kind == "update"
    assert "geom" in new
    assert set(new) <= {"geom", "dienTich"}


def test_delete_and_replacement_under_the_same_key(desk: Desk, database: Database):
    delete(database, OWN)
    assert desk.changes() == [("delete", OWN, None)]
    insert(database, OWN, square(600_400, 1_400_400), ghiChu="lại")
    ((kind, key, new),) = desk.changes()
    assert (kind, key) == ("update", OWN)
    assert new["ghiChu"] == "lại"


def test_direct_sql_reaches_the_commune(desk: Desk, database: Database):
    with database.writing("dba") as conn:
        conn.execute(f"UPDATE {TABLE} SET \"tenDoiTuong\" = 'Sửa tay' WHERE key = %s", (OWN,))
    assert desk.changes() == [("update", OWN, {"tenDoiTuong": "Sửa tay"})]


def test_what_happens_elsewhere_is_not_sent(desk: Desk, database: Database):
    update(database, FAR, ghiChu="xa")
    head, changes, _ = desk.page()
    assert (head["count"], head["revisions"], changes) == (0, [], [])
    assert head["to"] == desk.newest()


def test_moving_in_and_out_of_the_area(desk: Desk, database: Database):
    before = desk.checkpoint
    update(database, OWN, geom=AWAY)
    update(database, FAR, geom=square(600_000, 1_400_000))
    changes = {key: (kind, new) for kind, key, new in desk.changes()}
    assert changes[OWN][0] == "left_area"
    assert "geom" in changes[OWN][1]
    assert changes[FAR][0] == "insert"
    assert changes[FAR][1]["tenDoiTuong"] == "Lô đất"
    assert desk.checkpoint == before


def test_a_feature_kept_outside_goes_on_being_told(desk: Desk, database: Database):
    update(database, OWN, geom=AWAY)
    desk.checkpoint = desk.newest()
    update(database, OWN, ghiChu="ở xa")
    assert desk.changes() == []
    assert desk.changes(also=OWN) == [("update", OWN, {"ghiChu": "ở xa"})]
    delete(database, OWN)
    assert desk.changes() == []
    assert desk.changes(also=f"{OWN},{FAR}") == [("delete", OWN, None)]


def test_a_kept_feature_that_comes_back_is_an_update(desk: Desk, database: Database):
    update(database, OWN, geom=AWAY)
    desk.checkpoint = desk.newest()
    update(database, OWN, geom=square(600_400, 1_400_400))
    assert [(kind, key) for kind, key, _ in desk.changes(also=OWN)] == [("update", OWN)]
    assert [(kind, key) for kind, key, _ in desk.changes()] == [("insert", OWN)]


def test_hiding_looks_like_a_delete_and_showing_like_an_insert(desk: Desk, cleared: Desk, database: Database):
    update(database, OWN, visibility=2, ghiChu="bí mật")
    assert desk.changes() == [("delete", OWN, None)]
    assert desk.changes(also=OWN) == [("delete", OWN, None)]
    assert cleared.changes() == [("update", OWN, {"ghiChu": "bí mật", "visibility": 2})]
    desk.checkpoint = cleared.checkpoint = desk.newest()
    update(database, OWN, ghiChu="vẫn bí mật")
    head, changes, _ = desk.page(also=OWN)
    assert (head["count"], head["revisions"], changes) == (0, [], [])
    assert len(cleared.changes()) == 1
    update(database, OWN, visibility=0)
    ((kind, key, new),) = desk.changes()
    assert (kind, key, new["visibility"]) == ("insert", OWN, 0)


def test_hidden_from_birth_to_death_is_nothing(desk: Desk, database: Database):
    key = str(uuid.uuid4())
    insert(database, key, square(600_000, 1_400_000), visibility=2)
    update(database, key, ghiChu="x")
    assert "ghiChu" not in desk.ask(also=key).text
    delete(database, key)
    head, changes, _ = desk.page(also=key)
    assert (head["count"], head["revisions"], changes) == (0, [], [])


def test_hidden_attributes_are_emptied(desk: Desk, database: Database):
    update(database, OWN, visibility=1, ghiChu="kín")
    ((kind, _, new),) = desk.changes()
    assert kind == "update"
    assert new["visibility"] == 1
    assert new["tenDoiTuong"] is None
    assert "ghiChu" not in new
    desk.checkpoint = desk.newest()
    update(database, OWN, ghiChu="vẫn kín")
    assert desk.changes() == []
    update(database, OWN, visibility=0)
    ((_, _, shown),) = desk.changes()
    assert (shown["tenDoiTuong"], shown["ghiChu"]) == ("Lô đất", "vẫn kín")


def test_an_older_target(desk: Desk, database: Database):
    update(database, OWN, ghiChu="một")
    middle = desk.newest()
    update(database, OWN, ghiChu="hai")
    assert desk.changes(to=middle["number"]) == [("update", OWN, {"ghiChu": "một"})]
    desk.checkpoint = middle
    assert desk.changes() == [("update", OWN, {"ghiChu": "hai"})]


@pytest.mark.parametrize("parameters", [{"id": str(uuid.uuid4())}, {"after": 10_000}, {"to": 10_000}, {"epoch": 7}])
def test_an_unknown_checkpoint(desk: Desk, parameters: dict[str, Any]):
    answer = desk.ask(**parameters)
    assert (answer.status_code, answer.json()["code"]) == (409, "checkpoint.unknown")


@pytest.mark.parametrize("parameters", [{"also": "no-key"}, {"cursor": "???"}, {"after": -1}, {"id": "x"}, {"wait": "long"}])
def test_malformed_questions(desk: Desk, parameters: dict[str, Any]):
    answer = desk.ask(**parameters)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_the_area_of_another_commune(hub: TestClient, desk: Desk):
    question = {"after": desk.checkpoint["number"], "id": desk.checkpoint["id"]}
    answer = hub.get(f"{API}/communes/22516/changes", params=question, headers=desk.headers)
    assert answer.json()["code"] == "rights.territory"


@pytest.fixture
def small_pages(hub_app: FastAPI) -> FastAPI:
    return create_app(hub_app.state.settings, Limits(page=4000, poll_interval=0.05))


def test_pages_have_one_target_and_follow_each_other(small_pages: FastAPI, database: Database):
    with TestClient(small_pages) as client:
        desk = Desk(client, sign_in(client, "dailanh.kt"))
        with database.writing("quantri") as conn:
            conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = repeat(\'x\', 200)')
            conn.execute('UPDATE "QuyHoach"."MangLuoiGiaoThongDuongBo_L" SET "ghiChu" = \'y\'')
        head, changes, cursor = desk.page()
        target, pages = head["to"], 1
        while cursor is not None:
            update(database, OWN, ghiChu=f"trong khi đọc {pages}")
            head, more, cursor = desk.page(cursor=cursor)
            assert (head["to"], head["revisions"]) == (target, [])
            changes += more
            pages += 1
    places = [(change["layer"], change["key"]) for change in changes]
    assert pages > 5
    assert places == sorted(places)
    assert len(set(places)) == len(places) == 100 + 30 + 1
    assert all("khi" not in change["new"]["ghiChu"] for change in changes)


def test_waiting_ends_with_news(small_pages: FastAPI, database: Database):
    with TestClient(small_pages) as client:
        desk = Desk(client, sign_in(client, "dailanh.kt"))
        started = time.monotonic()
        assert desk.changes(wait=1) == []
        assert time.monotonic() - started >= 1
        timer = threading.Timer(0.5, update, (database, OWN), {"ghiChu": "tin"})
        timer.start()
        started = time.monotonic()
        assert desk.changes(wait=20) == [("update", OWN, {"ghiChu": "tin"})]
        assert time.monotonic() - started < 5
        timer.join()


def test_who_loses_the_account_while_waiting_gets_nothing(small_pages: FastAPI, database: Database, owned: Database):
    with TestClient(small_pages) as client:
        desk = Desk(client, sign_in(client, "dailanh.kt"))

        def disable() -> None:
            with owned.writing("quantri") as conn:
                conn.execute("UPDATE hub.account SET disabled_at = now() WHERE name = 'dailanh.kt'")
            update(database, OWN, ghiChu="tin")

        timer = threading.Timer(0.3, disable)
        timer.start()
        assert desk.ask(wait=20).json()["code"] == "auth.disabled"
        timer.join()


def snapshot_rows(desk: Desk, folder: Path) -> dict[str, dict[str, Any]]:
    answer = desk.client.get(f"{API}/communes/22504/snapshot", headers=desk.headers)
    number, identity = answer.headers["X-Planning-Checkpoint"].split()
    desk.checkpoint = {"number": int(number), "id": identity}
    path = folder / f"{uuid.uuid4()}.gpkg"
    path.write_bytes(gzip.decompress(answer.content))
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute('SELECT * FROM "QuyHoach_ChucNangSuDungDat_A"')]
    return {row.pop("key"): {**row, "fid": None, "geom": row["geom"][40:]} for row in found}


def scramble(database: Database, dice: random.Random) -> None:
    """A revision of a few edits: anything may become anything."""
    with database.writing("quantri") as conn:
        for _ in range(dice.randint(1, 4)):
            key = lot_key(dice.choice(("22504", "22516")), dice.randrange(4), dice.randrange(4))
            dice.choice((remove, hide_or_show, annotate, move, put))(conn, key, dice)


def remove(conn: HubConnection, key: str, dice: random.Random) -> None:
    conn.execute(f"DELETE FROM {TABLE} WHERE key = %s", (key,))


def hide_or_show(conn: HubConnection, key: str, dice: random.Random) -> None:
    conn.execute(f"UPDATE {TABLE} SET visibility = %s WHERE key = %s", (dice.randrange(3), key))


def annotate(conn: HubConnection, key: str, dice: random.Random) -> None:
    conn.execute(f'UPDATE {TABLE} SET "ghiChu" = %s WHERE key = %s', (dice.choice(("a", "b", "", None)), key))


def move(conn: HubConnection, key: str, dice: random.Random) -> None:
    shape = square(dice.choice((600_000, 601_300, 601_301, 605_000)), 1_400_000, dice.choice((50, 100)))
    conn.execute(f"UPDATE {TABLE} SET geom = ST_GeomFromWKB(%s, 9217) WHERE key = %s", (shape, key))


def put(conn: HubConnection, key: str, dice: random.Random) -> None:
    remove(conn, key, dice)
    layer = layers(conn)[LOTS]
    row = row_of(layer, "22504", key, square(600_100, 1_400_100), visibility=dice.randrange(3))
    write_rows(conn, layer, [Change(LOTS, key, None, row)])


@pytest.mark.parametrize("account", ["dailanh.kt", "soxd.tham"])
def test_the_feed_leads_where_the_snapshot_is(hub: TestClient, database: Database, tmp_path: Path, account: str):
    """Replaying the feed over an older snapshot gives the newest one, whatever happened in between."""
    desk, dice = Desk(hub, sign_in(hub, account)), random.Random(account)
    with database.reading() as conn:
        layer = layers(conn)[LOTS]
    rows = snapshot_rows(desk, tmp_path)
    for _ in range(12):
        for _ in range(dice.randint(1, 6)):
            scramble(database, dice)
        for kind, key, new in desk.changes():
            values = decode_values(layer, new)
            if kind in ("delete", "left_area"):
                del rows[key]
            elif kind == "insert":
                assert key not in rows
                rows[key] = {**values, "fid": None}
            else:
                rows[key] = {**rows[key], **values}
        assert rows == snapshot_rows(desk, tmp_path)


def test_a_small_change_after_a_large_load_is_found_without_reading_the_whole_log(desk: Desk, database: Database, owned: Database):
    with owned.writing("quantri") as conn:
        conn.execute(f"UPDATE {TABLE} SET \"ghiChu\" = 'nạp'")
        conn.execute(
            "INSERT INTO hub.change_log (transaction, layer, key, new)"
            " SELECT (SELECT max(transaction::text)::uuid FROM hub.change_log), %s, gen_random_uuid(), '{\"visibility\": 0}'"
            " FROM generate_series(1, 20000)",
            (LOTS,),
        )
    with owned.writing("quantri") as conn:
        conn.execute("ANALYZE hub.change_log")
    desk.checkpoint = desk.newest()
    update(database, OWN, ghiChu="một")
    with database.reading() as conn:
        question = feed.Question(
            area_of(conn, "22504"), False, feed.Checkpoint(**desk.checkpoint), feed.Checkpoint(**desk.newest())
        )
        page = feed.page(conn, layers(conn), question, 1 << 20)
        scans = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'hub.change_log'::regclass"
        assert conn.execute(scans).fetchone() == {"seq_scan": 0}
    assert len(page.lines) == 2
