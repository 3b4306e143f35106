"""What can come between a desk and its hub: told by a name of its own, nothing lost, nothing sent to the wrong place."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from commune_planning_plugin.core.errors import HubError, HubUnreachable, NotSignedIn, PlanningError, Refused, WorkingCopyError
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Draft, LocalState, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.sync import __main__ as command
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.hub.tiny import LOTS, PASSWORD, lot_key, plan_key, square
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, signed_in
from tests.lines import Relay
from tests.sync.tiny_hub import Answer, TinyHub, html, problem

STRANGE = {
    "another service": (html(), "hub.not_a_hub"),
    "a login page": (html(302, Location="http://login.example/"), "hub.not_a_hub"),
    "another address": (html(404), "hub.wrong_url"),
    "out of order": (html(502), "hub.server_error"),
    "json of another": (Answer(200, b'{"ok": true}', {"Content-Type": "application/json"}), "hub.not_a_hub"),
    "a newer protocol": (problem(426, "protocol.version"), "hub.protocol"),
}


@contextmanager
def answering(answer: Answer) -> Iterator[HubClient]:
    hub = TinyHub()
    hub.answer = lambda _asked: answer  # type: ignore[method-assign]
    with hub.serving():
        yield HubClient(hub.url, plain_session(backoff_s=0.001), "token")


@pytest.mark.parametrize("which", STRANGE)
def test_whatever_answers_instead_of_the_hub_nothing_is_lost(desk: Desk, tmp_path: Path, which: str) -> None:
    answer, code = STRANGE[which]
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    before = desk.copy.checkpoint
    with answering(answer) as client:
        for attempt in (
            lambda: engine.pull(desk.copy, client),
            lambda: engine.send_outbox(desk.copy, client),
            lambda: contact.meet(desk.copy, client, "PC"),
            lambda: engine.first_pull(client, tmp_path / "new.gpkg", "22504", "dailanh.kt"),
            lambda: client.sign_in("dailanh.kt", PASSWORD, "test"),
        ):
            with pytest.raises(HubError) as raised:
                attempt()
            assert raised.value.code == code
    assert not (tmp_path / "new.gpkg").exists()
    assert (desk.copy.checkpoint, desk.name_of(INNER_LOT)) == (before, "Chợ")
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]
    assert desk.send()[0].problem is None


class SpoilingProxy(Relay):
    """Changes one byte in the middle of each large block that comes from the hub."""

    def passed(self, block: bytes) -> bytes:
        return block if len(block) < 8_000 else bytes((*block[:5_000], block[5_000] ^ 0xFF, *block[5_001:]))


def test_a_snapshot_altered_on_its_way_becomes_no_working_copy(hub_server, tmp_path: Path) -> None:
    path = tmp_path / "22504.gpkg"
    with SpoilingProxy(hub_server.url).serving() as proxy:
        spoilt = signed_in(proxy.url, "dailanh.kt")
        spoilt._catalogue = signed_in(hub_server.url, "dailanh.kt").catalogue()
        spoilt._catalogue_etag = None
        spoilt.catalogue = lambda: spoilt._catalogue  # type: ignore[method-assign]  # only the snapshot is spoiled
        with pytest.raises(PlanningError) as raised:
            engine.first_pull(spoilt, path, "22504", "dailanh.kt")
    assert raised.value.code == "snapshot.damaged"
    assert not path.exists()
    with engine.first_pull(signed_in(hub_server.url, "dailanh.kt"), path, "22504", "dailanh.kt") as copy:
        assert copy.damage() == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE hub.token SET expires_at = now() - interval '1 second'", "auth.expired"),
        ("UPDATE hub.token SET revoked_at = now()", "auth.revoked"),
        ("UPDATE hub.account SET disabled_at = now() WHERE name = 'dailanh.kt'", "auth.disabled"),
        ("DELETE FROM hub.token", "auth.required"),
    ],
)
def test_a_token_that_no_longer_counts_keeps_everything(desk: Desk, database, sql: str, code: str) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    with database.writing("dba") as connection:
        connection.execute(sql)
    for attempt in (desk.pull, desk.send, lambda: contact.meet(desk.copy, desk.client, "PC")):
        with pytest.raises(NotSignedIn) as raised:
            attempt()
        assert raised.value.code == code
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]
    assert [change.state for change in desk.copy.status()] == [LocalState.IN_PROPOSAL]


def test_rights_that_were_taken_away_are_told(desk: Desk, database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    with database.writing("dba") as connection:
        connection.execute("DELETE FROM hub.role WHERE account = (SELECT id FROM hub.account WHERE name = 'dailanh.kt')")
    with pytest.raises(Refused, match=r"rights\.territory"):
        desk.pull()
    (sent,) = desk.send()
    assert sent.problem is not None
    assert sent.problem.code == "rights.missing"
    assert [change.state for change in desk.copy.status()] == [LocalState.LOCAL]


def test_a_queue_goes_to_no_other_hub(desk: Desk, database, hub_server) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    with database.writing("dba") as connection:
        connection.execute("UPDATE hub.setting SET value = to_jsonb(gen_random_uuid()::text) WHERE name = 'hub_id'")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.other_hub"):
        command._sent(desk.copy, desk.client)
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]


class Host:
    """The hub as a server that can be stopped and started again under its address."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = uvicorn.Server(uvicorn.Config(self._app, host="127.0.0.1", port=self.port, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def host(hub_app: FastAPI) -> Iterator[Host]:
    made = Host(hub_app)
    made.start()
    yield made
    made.stop()


def test_while_the_hub_is_down_work_goes_on_and_is_sent_once(host: Host, desk_of, database) -> None:
    desk = desk_of(url=host.url)
    host.stop()
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    for attempt in (desk.send, desk.pull, desk.send):
        with pytest.raises(HubUnreachable, match=r"hub\.unreachable"):
            attempt()
    desk.copy.close()  # QGIS ends
    desk.copy = WorkingCopy.open(desk.copy.path)
    desk.rename(INNER_LOT, "Chợ mới")
    assert [item.body for item in desk.copy.outbox.items()] == [frozen.body]
    host.start()
    assert [result.answer.state for result in desk.send() if result.answer] == [State.AWAITING_SIGN_OFF]
    assert desk.send() == []
    with database.reading() as connection:
        stored = connection.execute("SELECT hash FROM hub.proposal_version").fetchall()
    assert [row["hash"] for row in stored] == [frozen.hash]
    assert [change.state for change in desk.copy.status()] == [LocalState.BOTH]


def test_further_edits_outlast_two_approvals_of_mine(desk: Desk, province: Province) -> None:
    """The second version starts from what the first one made, and what is edited after it stays mine."""
    for number in (1, 2, 3):
        desk.rename(INNER_LOT, f"Chợ {number}")
        frozen = desk.freeze(INNER_LOT)
        assert desk.send()[0].problem is None
        desk.rename(INNER_LOT, f"Chợ {number}, thêm")
        province.approve(frozen.proposal)
        contact.meet(desk.copy, desk.client, "PC")
        assert desk.pull().conflicts == 0
        (left,) = desk.copy.status()
        assert (left.state, left.change.old) == (LocalState.LOCAL, {"tenDoiTuong": f"Chợ {number}"})
        assert left.change.new == {"tenDoiTuong": f"Chợ {number}, thêm"}


def test_over_two_plans_the_split_is_offered_and_each_part_goes(desk: Desk) -> None:
    other = lot_key("22504", 9, 5)
    desk.rename(INNER_LOT, "Chợ")
    assert desk.edit(f"UPDATE {TABLE} SET plan = ? WHERE key = ?", plan_key("PLAN-CROSSING"), other) == 1
    refs = tuple(Ref(LOTS, key) for key in (INNER_LOT, other))
    draft = Draft(str(uuid.uuid4()), 1, None, "Hai quy hoạch", 2, "Vì", refs)
    with pytest.raises(WorkingCopyError, match=r"proposal\.several_plans") as raised:
        desk.copy.outbox.freeze(draft)
    split = raised.value.details["plans"]
    assert split == {plan_key("PLAN-22504"): [refs[0]], plan_key("PLAN-CROSSING"): [refs[1]]}
    assert desk.copy.outbox.items() == ()
    part = replace(draft, refs=tuple(split[plan_key("PLAN-22504")]))
    desk.copy.outbox.freeze(part)
    assert desk.send()[0].problem is None


def test_a_feature_outside_the_commune_names_who_is_to_be_asked(desk: Desk, province: Province) -> None:
    """Plans cross borders: it isn't refused, and hub and desk name the same communes."""
    from commune_planning_plugin.store.gpkg import blob_of

    shape = blob_of(square(600_950, 1_399_900), 9217)
    connection = desk.copy._database.connection
    connection.execute(f"INSERT INTO {TABLE} (geom, plan, tenDoiTuong) VALUES (?, ?, 'Bãi')", (shape, plan_key("PLAN-22504")))
    (change,) = desk.copy.status()
    outside = blob_of(square(600_950, 1_400_000), 9217)
    connection.execute(f"UPDATE {TABLE} SET geom = ? WHERE key = ?", (outside, change.change.key))
    (change,) = desk.copy.status()
    assert desk.copy.communes_of(change.change) == ("22516",)
    desk.freeze(change.change.key)
    (sent,) = desk.send()
    assert sent.answer is not None
    assert sent.answer.document["outside"] == ["22516"]
