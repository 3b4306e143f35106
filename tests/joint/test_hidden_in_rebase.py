"""What was hidden meanwhile leaves a working copy that goes on from a fresh snapshot, as it leaves at a pull; and so does all that
an account may see no more, once it has lost its clearance."""

from __future__ import annotations

import json
import uuid

import psycopg
import pytest

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.store import Draft, Ref
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import contact, engine
from province_hub.database import Database
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, HubServer, signed_in
from tests.joint.test_area import WEST, set_area
from tests.joint.test_hidden import OTHER_LOT, PLAN, SECRET, clear, hide, known, sealed, traces  # noqa: F401 (a fixture)

ME = "dailanh.kt"


def move_area(conninfo: str) -> None:
    """The commune's west goes, so that its working copies go on from a fresh snapshot."""
    set_area(conninfo, 600_150, 1_400)


def work(desk: Desk, *keys: str) -> None:
    for number, key in enumerate(keys):
        desk.rename(key, f"{SECRET} của tôi {number}")


def sealed_names(desk: Desk, database: Database, server: HubServer) -> list[str]:
    """As those read them who may see restricted features."""
    clear(database, "dailanh.ct")
    return [document["row"]["tenDoiTuong"] for document in sealed(signed_in(server.url, "dailanh.ct"), desk.copy.instance)]


def test_what_nobody_edited_leaves_no_trace(known: Desk, database: Database, conninfo: str) -> None:  # noqa: F811
    hide(database)
    move_area(conninfo)
    result = known.pull()
    assert (result.fresh, result.sealed, result.conflicts) == ("area", 0, 0)
    assert traces(known) == []
    assert known.copy.damage() == []


def test_edits_are_sealed_and_nothing_of_it_stays(
    known: Desk,  # noqa: F811
    database: Database,
    conninfo: str,
    hub_server: HubServer,
) -> None:
    work(known, INNER_LOT, OTHER_LOT)
    known.copy.drafts.save(Draft(str(uuid.uuid4()), 1, PLAN, "Mở rộng", 2, "Vì", (Ref(LOTS, INNER_LOT), Ref(LOTS, OTHER_LOT))))
    contact.meet(known.copy, known.client, "PC-1")
    contact.back_up(known.copy, known.client)
    known.edit(f"UPDATE {TABLE} SET tenDoiTuong = 'Chợ' WHERE key = ?", OTHER_LOT)
    hide(database)
    move_area(conninfo)
    result = known.pull()
    assert (result.fresh, result.sealed, result.conflicts) == ("area", 1, 0)
    assert traces(known) == []
    assert [change.change.key for change in known.copy.status()] == [OTHER_LOT]
    assert known.copy.drafts.all()[0].refs == (Ref(LOTS, OTHER_LOT),)
    assert known.pull().fresh == ""
    assert sealed_names(known, database, hub_server) == [f"{SECRET} của tôi 0"]
    with database.reading() as conn:
        assert verify(conn) == []


@pytest.mark.parametrize("sent", [False, True])
def test_frozen_versions_lose_it(known: Desk, database: Database, conninfo: str, sent: bool) -> None:  # noqa: F811
    known.rename(INNER_LOT, SECRET + " mở rộng")
    known.rename(OTHER_LOT, "Chợ")
    known.freeze(INNER_LOT, OTHER_LOT)
    if sent:
        known.send()
    hide(database)
    move_area(conninfo)
    known.pull()
    assert traces(known) == []
    if sent:
        (item,) = known.copy.outbox.items()
        assert [change["key"] for change in json.loads(item.body)["changes"]] == [OTHER_LOT]
    else:
        assert [draft.refs for draft in known.copy.drafts.all()] == [(Ref(LOTS, OTHER_LOT),)]


def test_a_conflict_about_it_goes_and_one_about_another_stays(known: Desk, database: Database, conninfo: str) -> None:  # noqa: F811
    work(known, INNER_LOT, OTHER_LOT)
    with database.writing("dba") as conn:
        conn.execute(
            'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = ANY(%s)', ("Tỉnh", [INNER_LOT, OTHER_LOT])
        )
    assert known.pull().conflicts == 2
    hide(database)
    move_area(conninfo)
    known.pull()
    assert [conflict.key for conflict in known.copy.conflicts.open()] == [OTHER_LOT]
    known.rename(OTHER_LOT, "Chợ")  # its own name holds the secret too
    known.copy.revert([Ref(LOTS, OTHER_LOT)])
    assert {trace.partition(": ")[2] for trace in traces(known)} <= {"name"}


def test_copies_that_were_kept_before_lose_it_too(known: Desk, database: Database, conninfo: str) -> None:  # noqa: F811
    """Those of a re-base, edits that were saved, and a download that was not used."""
    work(known, INNER_LOT)
    move_area(conninfo)
    assert known.pull().fresh == "area"
    known.copy.save_edits()
    before = next(known.copy.path.parent.glob(f"{known.copy.path.stem}.before-*"))
    before.rename(str(before).replace(".before-", ".kept-"))
    known.copy.path.with_name(f"{known.copy.path.name}.download.part").write_bytes(SECRET.encode())
    assert {trace.partition(":")[0].partition(".g")[0].split("_0")[-1][:5] for trace in traces(known)} >= {".kept", ".edit"}
    hide(database)
    assert known.pull().fresh == ""
    assert traces(known) == []
    assert {each.suffix for each in known.copy.path.parent.glob(f"{known.copy.path.stem}.[ke]*")} == {".gpkg"}


def test_a_rebase_waits_for_the_hub_to_take_the_edits(
    known: Desk,  # noqa: F811
    database: Database,
    conninfo: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work(known, INNER_LOT)
    hide(database)
    move_area(conninfo)
    before = known.copy.checkpoint

    def broken(*_given: object, **_named: object) -> None:
        raise HubError("hub.server_error")

    with monkeypatch.context() as broke:
        broke.setattr(known.client, "put_backup", broken)
        with pytest.raises(HubError, match="server_error"):
            known.pull()
    assert known.copy.checkpoint == before
    assert known.name_of(INNER_LOT) == SECRET + " của tôi 0"
    assert known.pull().sealed == 1
    assert traces(known) == []


def test_an_edit_after_the_hub_was_asked_is_sealed_too(
    known: Desk,  # noqa: F811
    database: Database,
    conninfo: str,
    hub_server: HubServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(database)
    move_area(conninfo)
    rebase, names = known.copy.rebase, [SECRET + " hai", SECRET + " một"]

    def late(*given: object, **named: object) -> object:
        if names:
            known.rename(INNER_LOT, names.pop())
        return rebase(*given, **named)

    monkeypatch.setattr(known.copy, "rebase", late)
    assert known.pull().sealed == 1
    assert traces(known) == []
    assert SECRET + " hai" in sealed_names(known, database, hub_server)


def test_an_edit_of_what_left_the_area_while_the_hub_was_asked_stays(
    desk: Desk, conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a snapshot hasn't it doesn't say that it was deleted."""
    set_area(conninfo, 600_250, 1_400)
    rebase, late = desk.copy.rebase, ["Ở phía tây"]

    def edited(*given: object, **named: object) -> object:
        if late:
            desk.rename(WEST, late.pop())
        return rebase(*given, **named)

    monkeypatch.setattr(desk.copy, "rebase", edited)
    result = desk.pull()
    assert (result.fresh, result.conflicts, desk.name_of(WEST)) == ("area", 0, "Ở phía tây")


class TestClearance:
    """Nothing changes at the province, so that no log tells what has to go."""

    @pytest.fixture
    def cleared(self, database: Database, desk_of) -> Desk:
        """A cleared person's desk, with a feature that nobody else ever saw, and one whose attributes are restricted."""
        clear(database, ME)
        with database.writing("dba") as conn:
            query = 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s'
            conn.execute(query, (SECRET, INNER_LOT))
        hide(database)
        hide(database, lot_key("22504", 6, 6), level=1)
        return desk_of(ME)

    def test_who_loses_it_loses_the_features(self, cleared: Desk, database: Database) -> None:
        assert cleared.copy.cleared
        assert cleared.pull().fresh == ""
        clear(database, ME, False)
        assert cleared.pull().fresh == "clearance"
        assert traces(cleared) == []
        assert not cleared.copy.cleared
        assert cleared.copy.row(Ref(LOTS, lot_key("22504", 6, 6)))["kyHieuLoDat"] is None
        assert cleared.pull().fresh == ""

    def test_edits_are_sealed(self, cleared: Desk, database: Database, hub_server: HubServer) -> None:
        work(cleared, INNER_LOT)
        cleared.rename(OTHER_LOT, "Chợ")
        clear(database, ME, False)
        assert cleared.pull().sealed == 1
        assert traces(cleared) == []
        assert [change.change.key for change in cleared.copy.status()] == [OTHER_LOT]
        assert sealed_names(cleared, database, hub_server) == [f"{SECRET} của tôi 0"]

    def test_a_snapshot_that_is_on_its_way_says_for_whom_it_is(self, cleared: Desk, database: Database, conninfo: str) -> None:
        """It was fetched before the clearance was lost, and is used afterwards: the next pull takes the rest away."""
        folder = cleared.copy.path.with_name(f"{cleared.copy.path.name}.download")
        cleared.client.download_snapshot("22504", folder).path.unlink()
        clear(database, ME, False)
        assert cleared.pull().fresh == "clearance"
        assert cleared.pull().fresh == "clearance"
        assert traces(cleared) == []
        assert cleared.pull().fresh == ""

    def test_who_gains_it_gets_the_features(self, desk: Desk, database: Database) -> None:
        hide(database)
        desk.pull()
        assert desk.copy.row(Ref(LOTS, INNER_LOT)) is None
        clear(database, ME)
        assert desk.pull().fresh == "clearance"
        assert desk.name_of(INNER_LOT) == "Lô đất"

    def test_a_file_that_does_not_say_tells_by_its_rows(self, cleared: Desk, desk_of, database: Database) -> None:
        plain = desk_of("vanthang.kt", commune="22516")
        for each in (cleared, plain):
            each.edit("DELETE FROM planning_state WHERE name = 'cleared'")
        assert (cleared.copy.cleared, plain.copy.cleared) == (True, False)
        clear(database, ME, False)
        assert cleared.pull().fresh == "clearance"
        assert traces(cleared) == []

    def test_the_hub_says_so_at_the_first_question(self, cleared: Desk, database: Database) -> None:
        clear(database, ME, False)
        with pytest.raises(HubError) as refused:
            engine.ask(cleared.copy, cleared.client)
        assert (refused.value.code, refused.value.details["reason"]) == ("checkpoint.unknown", "clearance")


def test_a_key_alone_tells_nobody_of_a_hidden_feature(desk: Desk, database: Database, conninfo: str) -> None:
    """One that was hidden from its beginning: only who names its birth has had it."""
    never, birth = str(uuid.uuid4()), str(uuid.uuid4())
    with psycopg.connect(conninfo) as connection:
        names = 'plan, "maThongTinQH", "maHoSoQH", "phanLoai", geom'
        connection.execute(
            f'INSERT INTO "QuyHoach"."ChucNangSuDungDat_A" (key, birth, visibility, {names})'
            f' SELECT %s, %s, 2, {names} FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s',
            (never, birth, INNER_LOT),
        )
    asked = desk.client.features("22504", LOTS, {never: None, OTHER_LOT: None})
    assert (set(asked.rows), asked.withdrawn) == ({OTHER_LOT}, frozenset())
    assert desk.client.features("22504", LOTS, {never: str(uuid.uuid4())}).withdrawn == frozenset()
    assert desk.client.features("22504", LOTS, {never: birth}).withdrawn == {never}
    clear(database, ME)
    asked = desk.client.features("22504", LOTS, {never: birth})
    assert (set(asked.rows), asked.withdrawn) == ({never}, frozenset())


def test_after_it_is_gone_nothing_is_handed_over_again_and_again(known: Desk, database: Database) -> None:  # noqa: F811
    work(known, INNER_LOT, OTHER_LOT)
    contact.meet(known.copy, known.client, "PC-1")
    contact.back_up(known.copy, known.client)
    hide(database)
    known.pull()
    contact.meet(known.copy, known.client, "PC-1")
    contact.back_up(known.copy, known.client)
    contact.meet(known.copy, known.client, "PC-1")
    assert contact.back_up(known.copy, known.client) == 0
    with connected(known.copy.path, 1.0) as connection:
        assert connection.execute("SELECT count(*) FROM planning_backed_up WHERE kind = 'change'").fetchone() == (1,)
