"""A feature that is hidden from somebody leaves their working copy with every trace; their edits of it are at the hub before."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import uuid

import pytest

from commune_planning_plugin.core.errors import HubError, Refused, WorkingCopyError
from commune_planning_plugin.store import Draft, OutboxState, Ref
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.client import HubClient
from province_hub.database import Database
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key, plan_key, square
from tests.joint.conftest import INNER_LOT, Desk, HubServer, signed_in

OTHER_LOT = lot_key("22504", 5, 5)
PLAN = plan_key("PLAN-22504")
SECRET = "Kho đạn số 7"


def hide(database: Database, key: str = INNER_LOT, level: int = 2) -> None:
    with database.writing("dba") as conn:
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET visibility = %s WHERE key = %s', (level, key))


def clear(database: Database, name: str, cleared: bool = True) -> None:
    with database.writing("test") as conn:
        conn.execute("UPDATE hub.account SET cleared = %s WHERE name = %s", (cleared, name))


@pytest.fixture
def known(database: Database, desk_of) -> Desk:
    """A desk whose snapshot, pulled rows and edits all know the feature by its telling name."""
    with database.writing("dba") as conn:
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', (SECRET, INNER_LOT))
    desk = desk_of()
    with database.writing("dba") as conn:
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s WHERE key = %s', (SECRET + " (pulled)", INNER_LOT))
    desk.pull()
    return desk


def traces(desk: Desk) -> list[str]:
    """Files of the desk in which something of the feature can be read: its name, its key, its shape, its box in the index."""
    shape = square(600_200, 1_400_200)
    box = struct.pack(">f", 600_200.0) + struct.pack(">f", 600_300.0) + struct.pack(">f", 1_400_200.0)
    found = []
    for path in sorted(desk.copy.path.parent.glob(f"{desk.copy.path.stem}*")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        marks = {"name": SECRET.encode(), "key": INNER_LOT.encode(), "shape": shape, "box": box}
        found += [f"{path.name}: {mark}" for mark, trace in marks.items() if trace in data]
    return found


def sealed(client: HubClient, instance: str) -> list[dict]:
    return [dict(item["document"]) for item in client.backup(instance) if item["kind"] == "sealed"]


def test_without_edits_it_goes_like_a_deleted_one(known: Desk, database: Database) -> None:
    assert {trace.partition(": ")[2] for trace in traces(known)} == {"name", "key", "shape", "box"}
    hide(database)
    result = known.pull()
    assert (result.deleted, result.sealed, result.conflicts) == (1, 0, 0)
    assert traces(known) == []
    assert known.copy.row(Ref(LOTS, INNER_LOT)) is None
    assert known.copy.status() == ()
    assert known.copy.damage() == []


def test_edits_are_sealed_and_only_the_cleared_read_them(known: Desk, database: Database, hub_server: HubServer) -> None:
    known.rename(INNER_LOT, SECRET + " mở rộng")
    known.rename(OTHER_LOT, "Chợ")
    refs = (Ref(LOTS, INNER_LOT), Ref(LOTS, OTHER_LOT))
    known.copy.drafts.save(Draft(str(uuid.uuid4()), 1, PLAN, "Mở rộng", 2, "Vì", refs))
    contact.meet(known.copy, known.client, "PC-1")
    contact.back_up(known.copy, known.client)
    hide(database)
    assert known.pull().sealed == 1
    assert traces(known) == []
    assert [change.change.key for change in known.copy.status()] == [OTHER_LOT]
    assert known.copy.drafts.all()[0].refs == (Ref(LOTS, OTHER_LOT),)
    instance = known.copy.instance
    assert sealed(known.client, instance) == []
    head = signed_in(hub_server.url, "dailanh.ct")
    with pytest.raises(Refused, match="not_found"):
        head.backup(instance)
    clear(database, "dailanh.ct")
    (document,) = sealed(head, instance)
    assert (document["row"]["tenDoiTuong"], document["old"]["tenDoiTuong"]) == (SECRET + " mở rộng", SECRET)
    with database.reading() as conn:
        assert verify(conn) == []


def test_a_backup_from_before_tells_nobody_uncleared(known: Desk, database: Database, hub_server: HubServer, desk_of) -> None:
    """Not even its author, on another computer: neither in documents nor in counts."""
    known.rename(INNER_LOT, SECRET + " mở rộng")
    contact.meet(known.copy, known.client, "PC-1")
    contact.back_up(known.copy, known.client)
    hide(database)
    head = signed_in(hub_server.url, "dailanh.ct")
    assert head.backups_of("22504").backups == ()
    other = desk_of()
    assert contact.meet(other.copy, other.client, "PC-2").offers == ()
    with pytest.raises(Refused, match="not_found"):
        other.client.backup(known.copy.instance)


def test_a_pull_waits_for_the_hub_to_take_the_edits(known: Desk, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    known.rename(INNER_LOT, SECRET + " mở rộng")
    hide(database)
    before = known.copy.checkpoint
    put = known.client.put_backup

    def broken(*_given: object, **_named: object) -> None:
        raise HubError("hub.server_error")

    monkeypatch.setattr(known.client, "put_backup", broken)
    with pytest.raises(HubError, match="server_error"):
        known.pull()
    assert known.copy.checkpoint == before
    assert known.name_of(INNER_LOT) == SECRET + " mở rộng"
    monkeypatch.setattr(known.client, "put_backup", put)
    assert known.pull().sealed == 1
    assert traces(known) == []


def test_an_edit_between_sealing_and_applying_is_sealed_too(
    known: Desk, database: Database, hub_server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(database)
    apply, edits = known.copy.apply, ["một", "hai"]

    def late(*given: object, **named: object) -> object:
        if edits:
            known.rename(INNER_LOT, SECRET + edits.pop(0))
        return apply(*given, **named)

    monkeypatch.setattr(known.copy, "apply", late)
    assert known.pull().sealed == 1
    clear(database, "dailanh.ct")
    names = [document["row"]["tenDoiTuong"] for document in sealed(signed_in(hub_server.url, "dailanh.ct"), known.copy.instance)]
    assert SECRET + "hai" in names
    edits[:] = []


@pytest.mark.parametrize("sent", [False, True])
def test_frozen_versions_lose_the_feature(known: Desk, database: Database, sent: bool) -> None:
    known.rename(INNER_LOT, SECRET + " mở rộng")
    known.rename(OTHER_LOT, "Chợ")
    frozen = known.freeze(INNER_LOT, OTHER_LOT)
    if sent:
        known.send()
    hide(database)
    known.pull()
    assert traces(known) == []
    if sent:
        (item,) = known.copy.outbox.items()
        assert (item.state, item.hash) == (OutboxState.SENT, frozen.hash)
        assert [change["key"] for change in json.loads(item.body)["changes"]] == [OTHER_LOT]
        contact.meet(known.copy, known.client, "PC-1")
        assert known.copy.outbox.items()[0].state is OutboxState.SENT
    else:
        assert known.copy.outbox.items() == ()
        (draft,) = known.copy.drafts.all()
        assert (draft.proposal, draft.refs) == (frozen.proposal, (Ref(LOTS, OTHER_LOT),))


def test_an_open_conflict_about_it_goes(known: Desk, database: Database) -> None:
    known.rename(INNER_LOT, SECRET + " của tôi")
    with database.writing("dba") as conn:
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', (SECRET + " tỉnh", INNER_LOT))
    assert known.pull().conflicts == 1
    hide(database)
    assert known.pull().sealed == 1
    assert known.copy.conflicts.open() == ()
    assert traces(known) == []


def test_hidden_and_deleted_within_one_pull_is_withdrawn(known: Desk, database: Database) -> None:
    known.rename(INNER_LOT, SECRET + " mở rộng")
    hide(database)
    with database.writing("dba") as conn:
        conn.execute('DELETE FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s', (INNER_LOT,))
    assert known.pull().sealed == 1
    assert traces(known) == []


def test_what_a_reader_holds_back_is_erased_later(known: Desk, database: Database) -> None:
    """Another program reads the file while the pull is applied: the log can't be emptied then."""
    reader = sqlite3.connect(known.copy.path)
    reader.execute("PRAGMA journal_mode = WAL")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM planning_state").fetchone()
    hide(database)
    known.pull()
    assert not known.copy.finish_erasing()
    assert traces(known)
    reader.close()
    assert known.copy.finish_erasing()
    assert traces(known) == []


def test_the_snapshot_can_still_be_compared(known: Desk, database: Database) -> None:
    known.rename(OTHER_LOT, "Chợ")
    hide(database)
    known.pull()
    (change,) = known.copy.compare_with_snapshot(LOTS).changes
    assert change.key == OTHER_LOT


def test_the_cleared_bring_sealed_work_into_their_own_copy(known: Desk, database: Database, desk_of) -> None:
    with database.writing("test") as conn:
        conn.execute("INSERT INTO hub.role SELECT id, 'technician', '22504' FROM hub.account WHERE name = 'vanthang.kt'")
    clear(database, "vanthang.kt")
    known.rename(INNER_LOT, SECRET + " mở rộng")
    hide(database)
    known.pull()
    colleague = desk_of("vanthang.kt")
    (offer,) = contact.meet(colleague.copy, colleague.client, "PC-2").offers
    assert (offer.instance, offer.changes) == (known.copy.instance, 1)
    assert contact.restore(colleague.copy, colleague.client, offer.instance).changes == 1
    assert colleague.name_of(INNER_LOT) == SECRET + " mở rộng"
    assert contact.meet(colleague.copy, colleague.client, "PC-2").offers == ()


def test_it_comes_back_when_it_is_shown_again(known: Desk, database: Database) -> None:
    hide(database)
    known.pull()
    hide(database, level=0)
    assert known.pull().inserted == 1
    assert known.name_of(INNER_LOT) == SECRET


def test_a_file_edited_again_and_again_gives_up_in_the_end(
    known: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(database)
    apply = known.copy.apply

    def late(*given: object, **named: object) -> object:
        known.rename(INNER_LOT, str(uuid.uuid4()))
        return apply(*given, **named)

    monkeypatch.setattr(known.copy, "apply", late)
    with pytest.raises(WorkingCopyError, match=r"pull\.edited_meanwhile"):
        engine.pull(known.copy, known.client)
    assert known.copy.row(Ref(LOTS, INNER_LOT)) is not None
