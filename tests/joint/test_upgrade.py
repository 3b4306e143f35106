"""Files and bodies that an earlier version of the plugin left: edits, drafts and queued versions go on as if nothing had happened.

``golden/`` was made once, by the code of format 1 before there were contacts. It is never made anew.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.store import LocalState, OutboxState, WorkingCopy
from commune_planning_plugin.sync import contact
from province_hub.initialise import bring_up_to_date
from tests.hub.older import take_back
from tests.hub.tiny import lot_key
from tests.joint.conftest import INNER_LOT, Desk, HubServer, Province, signed_in

GOLDEN = Path(__file__).parent / "golden"
BODY = (GOLDEN / "version.json").read_bytes()


@pytest.fixture
def older_hub(conninfo: str, tmp_path: Path) -> None:
    """The hub that the golden file is of, as its database was then; brought up to date as `serve` does it."""
    plain = json.loads(BODY)
    with WorkingCopy.open(unpacked(tmp_path)) as copy:
        hub_id = copy.identity.hub_id
    with psycopg.connect(conninfo) as conn:
        conn.execute("UPDATE hub.setting SET value = to_jsonb(%s::text) WHERE name = 'hub_id'", (hub_id,))
        conn.execute("ALTER TABLE hub.revision DISABLE TRIGGER USER")
        conn.execute("UPDATE hub.revision SET id = %s WHERE number = %s", (plain["base"]["id"], plain["base"]["number"]))
        conn.execute("ALTER TABLE hub.revision ENABLE TRIGGER USER")
    take_back(conninfo)
    bring_up_to_date(conninfo)


def unpacked(folder: Path) -> Path:
    path = folder / "golden.gpkg"
    path.write_bytes(gzip.decompress((GOLDEN / "working_copy.gpkg.gz").read_bytes()))
    return path


@pytest.fixture
def desk(older_hub: None, hub_server: HubServer, tmp_path: Path) -> Iterator[Desk]:
    with WorkingCopy.open(unpacked(tmp_path)) as copy:
        yield Desk(signed_in(hub_server.url, "dailanh.kt"), copy, "22504", "dailanh.kt")


def test_what_waited_in_an_older_file_waits_still(desk: Desk) -> None:
    assert {change.change.key: change.state for change in desk.copy.status()} == {
        INNER_LOT: LocalState.IN_PROPOSAL,
        lot_key("22504", 3, 3): LocalState.LOCAL,
        lot_key("22504", 4, 4): LocalState.LOCAL,
    }
    assert [draft.title for draft in desk.copy.drafts.all()] == ["Trường học"]
    (item,) = desk.copy.outbox.items()
    assert (item.body, item.state) == (BODY, OutboxState.QUEUED)


def test_the_bytes_frozen_then_are_the_ones_of_today(desk: Desk) -> None:
    layers = {layer.id: layer for layer in desk.copy.catalogue.layers}
    version = Version.from_json(layers, json.loads(BODY))
    assert canonical_json(version.to_json()) == BODY
    assert version.hash == desk.copy.outbox.items()[0].hash


def test_it_is_sent_approved_and_pulled_by_todays_code_and_hub(desk: Desk, province: Province) -> None:
    assert contact.meet(desk.copy, desk.client, "PC-1").copied is None
    (sent,) = desk.send()
    assert sent.problem is None
    assert contact.back_up(desk.copy, desk.client) == 5  # three changes, a draft, a version under way
    province.approve(desk.copy.outbox.items()[0].proposal)
    contact.meet(desk.copy, desk.client, "PC")
    assert desk.pull().conflicts == 0
    assert desk.name_of(INNER_LOT) == "Chợ Đầm Môn"
    assert {change.change.key for change in desk.copy.status()} == {lot_key("22504", 3, 3), lot_key("22504", 4, 4)}


def test_another_protocol_is_told_and_nothing_is_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commune_planning_plugin.sync.transport.PROTOCOL", 2)
    for call in (desk.send, desk.pull, lambda: contact.meet(desk.copy, desk.client, "PC-1")):
        with pytest.raises(HubError, match=r"hub\.protocol"):
            call()
    monkeypatch.undo()
    assert desk.copy.outbox.items()[0].state is OutboxState.QUEUED
    assert len(desk.copy.status()) == 3
    assert desk.send()[0].problem is None
