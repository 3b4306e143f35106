"""Dead laptops, new computers, copied files, restored hubs: nothing is lost and nothing doubled."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, LocalState, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.sync import contact
from province_hub import accounts
from province_hub.database import Database
from province_hub.limits import Limits
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, HubServer, Province, signed_in
from tests.lines import CuttingProxy

OTHER_LOT = lot_key("22504", 5, 5)
THIRD_LOT = lot_key("22504", 7, 7)
PLAN = plan_key("PLAN-22504")


def meet(desk: Desk, device: str = "PC-1") -> contact.Met:
    return contact.meet(desk.copy, desk.client, device)


def whole_contact(desk: Desk, device: str = "PC-1") -> contact.Met:
    """As the session does it."""
    met = meet(desk, device)
    desk.send()
    while contact.back_up(desk.copy, desk.client) or set(desk.copy.unsent_work.files()) - _files(desk):
        pass
    return met


def _files(desk: Desk) -> set[str]:
    return {name for kind, name in desk.copy.unsent_work.handed_over() if kind == "file"}


def copied(desk: Desk, name: str = "copy.gpkg") -> Desk:
    """The file on another computer."""
    path = desk.copy.path.with_name(name)
    shutil.copyfile(desk.copy.path, path)
    shutil.copyfile(f"{desk.copy.path}.base.gz", f"{path}.base.gz")
    return replace(desk, copy=WorkingCopy.open(path))


def drawn(desk: Desk, name: str = "Lô mới") -> str:
    """A new lot, as a program draws it; its key."""
    before = {change.change.key for change in desk.copy.status()}
    same = "geom, plan, maThongTinQH, maHoSoQH, phanLoai"
    desk.edit(f"INSERT INTO {TABLE} ({same}, tenDoiTuong) SELECT {same}, ? FROM {TABLE} WHERE key = ?", name, INNER_LOT)
    (made,) = {change.change.key for change in desk.copy.status()} - before
    return made


def with_work(desk: Desk, folder: Path) -> str:
    """An update, an insert, a delete, and a draft with a file; the draft's proposal."""
    desk.rename(INNER_LOT, "Chợ")
    drawn(desk)
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", OTHER_LOT)
    file = folder / "Biên bản.pdf"
    file.write_bytes(b"%PDF bien ban")
    proposal = str(uuid.uuid4())
    attachment = desk.copy.drafts.attach(proposal, file)
    text = ("Mở rộng chợ", 2, "Đang viết \ud800 \x00")
    desk.copy.drafts.save(Draft(proposal, 1, PLAN, *text, (Ref(LOTS, INNER_LOT),), (attachment,)))
    return proposal


def content(desk: Desk) -> dict:
    """Local changes as they would be proposed."""
    return {(c.change.layer, c.change.key): (c.change.old, c.change.new) for c in desk.copy.status()}


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_working_copy_stays_itself_moved_or_not(desk: Desk) -> None:
    instance = desk.copy.instance
    for _ in range(3):
        assert meet(desk).copied is None
    moved = desk.copy.path.with_name("elsewhere.gpkg")
    desk.copy.close()
    desk.copy.path.rename(moved)
    desk.copy = WorkingCopy.open(moved)
    assert meet(desk).copied is None
    assert desk.copy.instance == instance


@pytest.mark.parametrize("contacts_before", [0, 1, 2])
def test_a_lost_answer_makes_no_copy(desk: Desk, hub_server: HubServer, contacts_before: int) -> None:
    instance = desk.copy.instance
    for _ in range(contacts_before):
        meet(desk)
    proxy = CuttingProxy(hub_server.url)
    with proxy.serving():
        weak = replace(desk, client=signed_in(proxy.url, desk.name))
        for _ in range(3):
            proxy.cut = 1
            with pytest.raises(Exception, match="hub"):
                meet(weak)
    assert proxy.lost == 3
    for _ in range(2):
        assert meet(desk).copied is None
    assert desk.copy.instance == instance


@pytest.mark.parametrize("first", ["original", "copy"])
def test_who_comes_second_is_the_copy(desk: Desk, first: str) -> None:
    meet(desk)
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    other = copied(desk)
    winner, loser = (desk, other) if first == "original" else (other, desk)
    instance = desk.copy.instance
    assert whole_contact(winner).copied is None
    assert winner.copy.outbox.items()[0].state is OutboxState.SENT
    met = meet(loser, "PC-2")
    assert met.copied == (frozen.proposal,)
    assert winner.copy.instance == instance != loser.copy.instance
    assert loser.copy.outbox.items() == ()
    (draft,) = loser.copy.drafts.all()
    assert (draft.proposal, draft.number, draft.title) == (frozen.proposal, 1, "Điều chỉnh")
    assert loser.copy.status()[0].state is LocalState.LOCAL
    for each in (winner, loser):
        assert meet(each).copied is None
    again = loser.copy.outbox.freeze(draft)  # nothing else was drawn: the very same bytes
    assert again.hash == frozen.hash
    assert loser.send()[0].problem is None


def test_a_file_copied_while_an_answer_was_on_its_way_is_found_out_at_the_next_contact(desk: Desk) -> None:
    meet(desk)
    desk.copy.contact_book.card()  # in the file, not shown yet
    other = copied(desk)
    meet(desk)
    meet(other)
    assert [meet(each).copied for each in (desk, other)] == [None, ()]


def test_three_copies_have_three_names(desk: Desk) -> None:
    meet(desk)
    all_of_them = [desk, copied(desk, "b.gpkg"), copied(desk, "c.gpkg")]
    for _ in range(3):
        for each in all_of_them:
            meet(each)
    assert len({each.copy.instance for each in all_of_them}) == 3


# --- restored hubs ----------------------------------------------------------------------------------------------------


def test_a_restored_hub_gets_again_what_it_forgot(desk: Desk, database: Database, conninfo: str) -> None:
    meet(desk)
    saved = rows_of_instances(database)
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    whole_contact(desk)
    whole_contact(desk)
    forget_proposals(database, saved)
    met = whole_contact(desk)
    assert (met.copied, met.requeued) == (None, 1)
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.SENT]
    assert desk.client.proposal(frozen.proposal).summary.hash == frozen.hash


def test_a_restored_hub_that_forgot_an_approval_is_waited_for(desk: Desk, province: Province, database: Database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    whole_contact(desk)
    province.approve(frozen.proposal)
    whole_contact(desk)
    assert desk.copy.outbox.items()[0].decision == "approved"
    with database.writing("test") as conn:
        conn.execute("UPDATE hub.proposal SET state = 'in_review' WHERE id = %s", (frozen.proposal,))
    meet(desk)
    item = desk.copy.outbox.items()[0]
    assert (item.state, item.decision) == (OutboxState.SENT, None)


def rows_of_instances(database: Database) -> list[dict]:
    with database.reading() as conn:
        return conn.execute("SELECT * FROM hub.instance").fetchall()


def forget_proposals(database: Database, instances: list[dict]) -> None:
    """As if the database had been taken back to a backup from before."""
    with database.writing("test") as conn:
        of_version = ("proposal_attachment", "proposal_commune", "proposal_ground", "proposal_step")
        for table in (*of_version, "proposal_version", "proposal", "draft_item"):
            conn.execute(f"DELETE FROM hub.{table}".encode())
        for row in instances:
            conn.execute(
                "UPDATE hub.instance SET nonce = %(nonce)s, previous = %(previous)s, contacts = %(contacts)s WHERE id = %(id)s", row
            )


# --- backup and restore -----------------------------------------------------------------------------------------------


def test_a_dead_laptops_work_comes_back_on_the_new_computer(
    desk_of: Callable[..., Desk], tmp_path: Path, database: Database
) -> None:
    old = desk_of()
    proposal = with_work(old, tmp_path)
    whole_contact(old, "Máy cũ")
    new = desk_of()
    (offer,) = meet(new, "Máy mới").offers
    assert (offer.device, offer.changes, offer.drafts) == ("Máy cũ", 3, 1)
    restored = contact.restore(new.copy, new.client, offer.instance)
    assert (restored.changes, restored.drafts, restored.conflicts, restored.clashes) == (3, 1, 0, ())
    assert content(new) == content(old)
    (draft,) = new.copy.drafts.all()
    assert (draft.proposal, draft.reason) == (proposal, "Đang viết \ud800 \x00")
    assert new.copy.drafts.content_of(draft.files[0].sha256) == b"%PDF bien ban"
    assert meet(new, "Máy mới").offers == ()
    again = contact.restore(new.copy, new.client, offer.instance)
    assert (again.changes, again.drafts, again.clashes) == (0, 0, ())
    assert content(new) == content(old)
    told = meet(old, "Máy cũ").taken
    assert told is not None
    assert told.device == "Máy mới"
    assert meet(old).taken is None  # said once
    with database.reading() as conn:
        actions = [row["action"] for row in conn.execute("SELECT action FROM hub.audit WHERE proposal = %s", (offer.instance,))]
        assert actions == ["drafts.read", "drafts.take", "drafts.read"]
        assert verify(conn) == []


def test_only_what_changed_is_handed_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    meet(desk)
    sent: list[dict] = []
    put = desk.client.put_backup
    monkeypatch.setattr(desk.client, "put_backup", lambda instance, body, sealed=False: (sent.append(body), put(instance, body)))
    assert contact.back_up(desk.copy, desk.client) == 0
    desk.rename(INNER_LOT, "Chợ")
    desk.rename(OTHER_LOT, "Trường")
    assert contact.back_up(desk.copy, desk.client) == 2
    assert contact.back_up(desk.copy, desk.client) == 0
    desk.rename(OTHER_LOT, "Trường học")
    assert contact.back_up(desk.copy, desk.client) == 1
    desk.copy.revert([Ref(LOTS, INNER_LOT)])
    assert contact.back_up(desk.copy, desk.client) == 0
    assert sent[-1]["gone"] == [{"kind": "change", "id": f"{LOTS}/{INNER_LOT}"}]
    assert len(sent) == 3
    assert meet(desk).copied is None
    assert len(desk.copy.unsent_work.handed_over()) == 1  # both sides believe the same


def test_what_the_hub_lost_of_the_backup_is_handed_over_anew(desk: Desk, database: Database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    whole_contact(desk)
    with database.writing("test") as conn:
        conn.execute("DELETE FROM hub.draft_item")
    meet(desk)
    assert contact.back_up(desk.copy, desk.client) == 1


def test_what_the_province_changed_since_is_merged_or_clashes(desk_of: Callable[..., Desk], database: Database) -> None:
    old = desk_of()
    old.rename(INNER_LOT, "Chợ")
    old.rename(OTHER_LOT, "Trường")
    old.rename(THIRD_LOT, "Trạm")
    whole_contact(old)
    with database.writing("dba") as conn:
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s WHERE key = %s', ("đo lại", INNER_LOT))
        conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', ("Công viên", OTHER_LOT))
        conn.execute('DELETE FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s', (THIRD_LOT,))
    new = desk_of()
    (offer,) = meet(new, "PC-2").offers
    restored = contact.restore(new.copy, new.client, offer.instance)
    assert (restored.changes, restored.conflicts) == (3, 2)
    row = new.copy.row(Ref(LOTS, INNER_LOT))
    assert (row["tenDoiTuong"], row["ghiChu"]) == ("Chợ", "đo lại")
    assert [new.name_of(key) for key in (OTHER_LOT, THIRD_LOT)] == ["Trường", "Trạm"]
    old.pull()
    assert {c.key: c.kind for c in new.copy.conflicts.open()} == {c.key: c.kind for c in old.copy.conflicts.open()}
    assert content(new) == content(old)


def test_what_was_edited_on_both_computers_stays_and_goes_on_being_offered(desk_of: Callable[..., Desk]) -> None:
    old, new = desk_of(), desk_of()
    old.rename(INNER_LOT, "Chợ")
    old.rename(OTHER_LOT, "Trường")
    whole_contact(old)
    new.rename(INNER_LOT, "Bến xe")
    (offer,) = meet(new, "PC-2").offers
    restored = contact.restore(new.copy, new.client, offer.instance)
    assert [piece.id for piece in restored.clashes] == [f"{LOTS}/{INNER_LOT}"]
    assert [new.name_of(key) for key in (INNER_LOT, OTHER_LOT)] == ["Bến xe", "Trường"]
    assert [(o.instance, o.changes) for o in meet(new).offers] == [(offer.instance, 1)]


def test_what_was_sent_from_the_dead_laptop_is_waited_for_on_the_new_one(desk_of: Callable[..., Desk], province: Province) -> None:
    old = desk_of()
    old.rename(INNER_LOT, "Chợ")
    frozen = old.freeze(INNER_LOT)
    old.send()
    old.rename(INNER_LOT, "Chợ lớn")
    whole_contact(old)
    new = desk_of()
    (offer,) = meet(new, "PC-2").offers
    contact.restore(new.copy, new.client, offer.instance)
    assert [(item.hash, item.state) for item in new.copy.outbox.items()] == [(frozen.hash, OutboxState.SENT)]
    assert [change.state for change in new.copy.status()] == [LocalState.BOTH]
    province.approve(frozen.proposal)
    for each in (old, new):
        result = each.pull()
        assert (result.conflicts, each.name_of(INNER_LOT)) == (0, "Chợ lớn")


def test_the_same_draft_sent_from_two_computers_becomes_the_next_version(desk_of: Callable[..., Desk]) -> None:
    old = desk_of()
    old.rename(INNER_LOT, "Chợ")
    proposal = str(uuid.uuid4())
    draft = Draft(proposal, 1, PLAN, "Mở chợ", 2, "Theo thực tế", (Ref(LOTS, INNER_LOT),))
    old.copy.drafts.save(draft)
    whole_contact(old)
    new = desk_of()
    (offer,) = meet(new, "PC-2").offers
    contact.restore(new.copy, new.client, offer.instance)
    new.copy.outbox.freeze(new.copy.drafts.all()[0])
    assert new.send()[0].problem is None
    old.rename(INNER_LOT, "Chợ lớn")  # the old computer comes back to life
    old.copy.outbox.freeze(replace(draft, title="Mở chợ lớn"))
    (result,) = old.send()
    assert result.problem is not None
    assert result.problem.code == "proposal.content_differs"
    (kept,) = old.copy.drafts.all()
    assert (kept.proposal, kept.number, kept.title, kept.refs) == (proposal, 2, "Mở chợ lớn", draft.refs)
    assert old.name_of(INNER_LOT) == "Chợ lớn"
    new.client.step(proposal, Step.WITHDRAW, str(uuid.uuid4()), 1)
    assert old.copy.outbox.freeze(kept).number == 2
    assert old.send()[0].problem is None
    assert old.client.proposal(proposal).summary.title == "Mở chợ lớn"


def test_a_drawn_feature_restored_on_two_computers_is_one_at_the_hub(
    desk_of: Callable[..., Desk], province: Province, database: Database
) -> None:
    old = desk_of()
    key = drawn(old)
    whole_contact(old)
    new = desk_of()
    (offer,) = meet(new, "PC-2").offers
    contact.restore(new.copy, new.client, offer.instance)
    frozen = new.freeze(key)
    (sent,) = new.send()
    assert sent.problem is None
    assert sent.answer is not None
    assert not sent.answer.rekeyed
    with database.writing("dba") as conn:  # lots may not overlap: the old one makes room
        conn.execute('DELETE FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s', (INNER_LOT,))
    assert province.approve(frozen.proposal).state is State.APPROVED
    for each in (old, new):
        assert each.pull().conflicts == 0
        assert each.copy.status() == ()
    assert contact.restore(new.copy, new.client, offer.instance).changes == 0


# --- handing over -----------------------------------------------------------------------------------------------------


def test_the_head_hands_unsent_work_to_a_colleague(
    desk_of: Callable[..., Desk], tmp_path: Path, database: Database, hub_server
) -> None:
    with database.writing("test") as conn:
        conn.execute("INSERT INTO hub.role SELECT id, 'technician', '22504' FROM hub.account WHERE name = 'vanthang.kt'")
    old = desk_of()
    with_work(old, tmp_path)
    whole_contact(old)
    colleague = desk_of("vanthang.kt")
    assert meet(colleague, "PC-2").offers == ()
    for client in (colleague.client, signed_in(hub_server.url, "vanthang.ct")):
        with pytest.raises(Refused, match=r"rights\.missing"):
            client.backups_of("22504")
        with pytest.raises(Refused, match=r"rights\.missing"):
            client.assign(old.copy.instance, "vanthang.kt")
    with pytest.raises(Refused, match="not_found"):
        colleague.client.backup(old.copy.instance)
    head = signed_in(hub_server.url, "dailanh.ct")
    listed = head.backups_of("22504")
    assert [(o.instance, o.changes, o.drafts) for o in listed.backups] == [(old.copy.instance, 3, 1)]
    assert "vanthang.kt" in dict(listed.colleagues)
    with pytest.raises(Refused, match=r"account\.unknown"):
        head.assign(old.copy.instance, "soxd.duyet")
    head.assign(old.copy.instance, "vanthang.kt")
    (offer,) = meet(colleague).offers
    assert offer.full_name == "Nguyễn Thị Hạnh"
    assert contact.restore(colleague.copy, colleague.client, offer.instance).changes == 3
    assert content(colleague) == content(old)
    (draft,) = colleague.copy.drafts.all()
    colleague.copy.outbox.freeze(replace(draft, reason="Theo thực tế"))
    assert colleague.send()[0].problem is None
    with database.reading() as conn:
        query = "SELECT actor, action FROM hub.audit WHERE proposal = %s ORDER BY position"
        noted = [(row["actor"], row["action"]) for row in conn.execute(query, (offer.instance,))]
        assert noted == [("dailanh.ct", "drafts.assign"), ("vanthang.kt", "drafts.read"), ("vanthang.kt", "drafts.take")]
        assert verify(conn) == []


def test_an_unreadable_row_is_kept_too(desk_of: Callable[..., Desk]) -> None:
    old = desk_of()
    old.edit(f"UPDATE {TABLE} SET geom = NULL, tenDoiTuong = 'Dở dang' WHERE key = ?", INNER_LOT)
    whole_contact(old)
    new = desk_of()
    (offer,) = meet(new, "PC-2").offers
    assert contact.restore(new.copy, new.client, offer.instance).changes == 1
    assert [p.code for p in new.copy.changes().problems] == [p.code for p in old.copy.changes().problems] == ["geometry.missing"]


def test_where_the_hub_keeps_no_more_the_rest_goes_on_and_room_is_used(desk: Desk, hub_server: HubServer) -> None:
    """One call, not one for each piece; what is done with makes room, and nothing here is lost."""
    hub_server.app.state.limits = Limits(drafts=2)
    desk.rename(INNER_LOT, "Chợ")
    desk.rename(OTHER_LOT, "Trường")
    whole_contact(desk)
    desk.copy.revert([Ref(LOTS, OTHER_LOT)])
    desk.rename(INNER_LOT, "Chợ mới")
    for name in (THIRD_LOT, lot_key("22504", 7, 5)):
        desk.rename(name, "Trạm")
    meet(desk)
    with pytest.raises(Refused, match=r"drafts\.full"):
        contact.back_up(desk.copy, desk.client)
    assert len(desk.copy.unsent_work.handed_over()) == 1
    desk.copy.revert([Ref(LOTS, THIRD_LOT)])
    assert contact.back_up(desk.copy, desk.client) == 2
    assert contact.back_up(desk.copy, desk.client) == 0


# --- rights that go ---------------------------------------------------------------------------------------------------


def test_a_commune_taken_away_before_sending_leaves_all_here(desk: Desk, database: Database) -> None:
    meet(desk)
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    with database.writing("admin") as conn:
        accounts.set_roles(conn, desk.name, accounts.parse_roles(["technician:22516"]))
    with pytest.raises(Refused, match=r"rights\.territory"):
        meet(desk)
    (result,) = desk.send()
    assert result.problem is not None
    assert result.problem.code == "rights.territory"
    assert desk.copy.outbox.items()[0].state is OutboxState.REFUSED
    assert desk.name_of(INNER_LOT) == "Chợ"
    with database.reading() as conn:
        assert conn.execute("SELECT FROM hub.proposal").rowcount == 0
        assert verify(conn) == []
    with database.writing("admin") as conn:
        accounts.set_roles(conn, desk.name, accounts.parse_roles(["technician:22504"]))
    again = desk.copy.outbox.freeze(desk.copy.outbox.take_back(frozen.proposal, 1))
    assert again.hash == frozen.hash
    assert desk.send()[0].problem is None
