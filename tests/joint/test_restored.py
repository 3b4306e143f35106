"""The hub is restored from a backup: desks go on from a fresh snapshot, nobody loses anything, and nothing is there twice."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, LocalState, OutboxState, Ref
from commune_planning_plugin.sync import contact
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, signed_in, take
from tests.joint.test_killed import Process, hub_process  # noqa: F401 (a fixture)

OTHER_LOT, THIRD_LOT = lot_key("22504", 4, 4), lot_key("22504", 6, 6)


class Backup:
    """A dump of the hub's database, and the way back to it."""

    def __init__(self, conninfo: str, hub: Process, file: Path) -> None:
        self._conninfo, self._hub, self._file = conninfo, hub, file

    def take(self) -> None:
        subprocess.run(["pg_dump", "--format=custom", f"--file={self._file}", self._conninfo], check=True)

    def restore(self) -> None:
        """As an administrator does: stop the hub, load the dump into an empty database, start."""
        self._hub.kill()
        name = sql.Identifier(conninfo_to_dict(self._conninfo)["dbname"])
        with psycopg.connect("dbname=postgres", autocommit=True) as conn:
            conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
            conn.execute(sql.SQL("CREATE DATABASE {}").format(name))
        subprocess.run(["pg_restore", f"--dbname={self._conninfo}", "--exit-on-error", str(self._file)], check=True)
        self._hub.start()


@pytest.fixture
def backup(conninfo: str, hub_process: Process, tmp_path: Path) -> Backup:  # noqa: F811
    return Backup(conninfo, hub_process, tmp_path / "hub.dump")


@pytest.fixture
def decides(hub_process: Process) -> Province:  # noqa: F811
    return Province(signed_in(hub_process.url, "dailanh.ct"), signed_in(hub_process.url, "soxd.duyet"))


@pytest.fixture
def two_desks(hub_process: Process, desk_of: Callable[..., Desk]) -> tuple[Desk, Desk]:  # noqa: F811
    return desk_of(url=hub_process.url), desk_of(url=hub_process.url)


@pytest.fixture(autouse=True)
def _log_leads_to_the_tables(conninfo: str) -> Iterator[None]:
    yield
    with psycopg.connect(conninfo, row_factory=dict_row) as connection:
        assert verify(connection) == []


def in_contact(desk: Desk) -> None:
    contact.meet(desk.copy, desk.client, "PC")
    for sent in desk.send():
        assert sent.problem is None, sent.problem


def lose_track(desk: Desk) -> None:
    """As if it had pulled a revision that the restored hub doesn't know."""
    desk.edit("UPDATE planning_state SET value = ? WHERE name = 'checkpoint_id'", str(uuid.uuid4()))


def names_at_hub(conninfo: str, *keys: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        query = 'SELECT "tenDoiTuong" FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s'
        return [connection.execute(query, (key,)).fetchone()[0] for key in keys]


def test_restored_to_before_the_submit_both_desks_lose_nothing(
    two_desks: tuple[Desk, Desk], decides: Province, backup: Backup, conninfo: str
) -> None:
    first, second = two_desks
    backup.take()
    first.rename(INNER_LOT, "Chợ")
    approved = first.freeze(INNER_LOT)
    first.send()
    decides.approve(approved.proposal)
    first.pull()
    second.pull()
    assert (first.copy.status(), second.name_of(INNER_LOT)) == ((), "Chợ")
    first.rename(OTHER_LOT, "Trường học")
    waiting = first.freeze(OTHER_LOT)
    first.send()
    first.rename(THIRD_LOT, "Chưa gửi")
    second.rename(THIRD_LOT, "Của người khác")
    backup.restore()

    assert (first.pull().fresh, second.pull().fresh) == ("restored", "restored")
    assert (first.name_of(INNER_LOT), first.name_of(OTHER_LOT), first.name_of(THIRD_LOT)) == ("Chợ", "Trường học", "Chưa gửi")
    assert (second.name_of(INNER_LOT), second.name_of(THIRD_LOT)) == ("Lô đất", "Của người khác")
    assert {change.change.key: change.state for change in first.copy.status()} == {
        INNER_LOT: LocalState.IN_PROPOSAL,
        OTHER_LOT: LocalState.IN_PROPOSAL,
        THIRD_LOT: LocalState.LOCAL,
    }
    in_contact(first)
    assert {item.state for item in first.copy.outbox.items()} == {OutboxState.SENT}
    summaries = {summary.id: summary.version for summary in first.client.proposals("mine")}
    assert summaries == {approved.proposal: 1, waiting.proposal: 1}
    for frozen in (approved, waiting):
        decides.approve(frozen.proposal)
    assert (first.pull().fresh, second.pull().fresh) == ("", "")
    assert [change.change.key for change in first.copy.status()] == [THIRD_LOT]
    assert (second.name_of(INNER_LOT), second.name_of(OTHER_LOT)) == ("Chợ", "Trường học")
    assert names_at_hub(conninfo, INNER_LOT, OTHER_LOT, THIRD_LOT) == ["Chợ", "Trường học", "Lô đất"]
    in_contact(first)
    assert len(first.client.proposals("mine")) == 2


def test_a_version_whose_base_is_lost_can_be_sent_and_is_taken_once(
    two_desks: tuple[Desk, Desk], decides: Province, backup: Backup
) -> None:
    """Frozen before the restore on a revision that the hub has forgotten: its bytes can't be changed any more."""
    first, second = two_desks
    backup.take()
    second.rename(OTHER_LOT, "Trường học")
    other = second.freeze(OTHER_LOT)
    second.send()
    decides.approve(other.proposal)
    first.pull()
    first.rename(INNER_LOT, "Chợ")
    queued = first.freeze(INNER_LOT)
    backup.restore()
    (sent,) = first.send()
    assert (sent.problem, sent.answer.state) == (None, State.AWAITING_SIGN_OFF)
    assert first.client.put_version(queued.proposal, 1, queued.body).document == sent.answer.document
    assert first.pull().fresh == "restored"
    assert first.name_of(OTHER_LOT) == "Lô đất"
    decides.approve(queued.proposal)
    assert (first.pull().conflicts, first.copy.status()) == (0, ())
    in_contact(second)
    decides.approve(other.proposal)
    second.pull()
    first.pull()
    assert (first.name_of(INNER_LOT), first.name_of(OTHER_LOT)) == ("Chợ", "Trường học")


def test_restored_to_before_the_approval_the_version_is_waited_for_again(
    two_desks: tuple[Desk, Desk], decides: Province, backup: Backup
) -> None:
    first, second = two_desks
    key = str(uuid.uuid4())
    own = ("birth", "maDoiTuong", "tenDoiTuong")
    names = ", ".join(f'"{field.name}"' for field in first.copy.catalogue.layer(LOTS).fields if field.name not in own)
    made = f"SELECT geom, ?, 'Lô mới', {names} FROM {TABLE} WHERE key = ?"
    first.edit(f"INSERT INTO {TABLE} (geom, key, tenDoiTuong, {names}) {made}", key, INNER_LOT)
    first.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    frozen = first.freeze(key, INNER_LOT)
    first.send()
    backup.take()
    decides.approve(frozen.proposal)
    first.pull()
    second.pull()
    assert (first.copy.status(), second.name_of(key), second.name_of(INNER_LOT)) == ((), "Lô mới", None)
    backup.restore()
    first.pull()
    second.pull()
    assert (first.name_of(key), first.name_of(INNER_LOT)) == ("Lô mới", None)
    assert (second.name_of(key), second.name_of(INNER_LOT)) == (None, "Lô đất")
    assert [item.state for item in first.copy.outbox.items()] == [OutboxState.SENT]
    decides.approve(frozen.proposal)
    for desk in (first, second):
        desk.pull()
        assert (desk.name_of(key), desk.name_of(INNER_LOT), desk.copy.status()) == ("Lô mới", None, ())


def test_a_returned_version_that_is_lost_goes_on_as_the_next_one(
    two_desks: tuple[Desk, Desk], decides: Province, backup: Backup
) -> None:
    first, _ = two_desks
    backup.take()
    first.rename(INNER_LOT, "Chợ")
    frozen = first.freeze(INNER_LOT)
    first.send()
    take(decides.head, frozen.proposal, Step.RETURN, 1, reason="Thiếu")
    in_contact(first)
    backup.restore()
    in_contact(first)
    assert [change.state for change in first.copy.status()] == [LocalState.LOCAL]
    first.copy.outbox.freeze(first.copy.drafts.reopen(frozen.proposal))
    in_contact(first)
    (summary,) = first.client.proposals("mine")
    assert (summary.id, summary.version, summary.state) == (frozen.proposal, 2, State.AWAITING_SIGN_OFF)


def test_files_go_again(two_desks: tuple[Desk, Desk], backup: Backup, tmp_path: Path) -> None:
    first, _ = two_desks
    file = tmp_path / "căn cứ.pdf"
    file.write_bytes(b"%PDF-1.4")
    backup.take()
    first.rename(INNER_LOT, "Chợ")
    proposal = str(uuid.uuid4())
    files = (first.copy.drafts.attach(proposal, file),)
    draft = Draft(proposal, 1, plan_key("PLAN-22504"), "Điều chỉnh", 2, "Theo thực tế", (Ref(LOTS, INNER_LOT),), files)
    first.copy.outbox.freeze(draft)
    first.send()
    backup.restore()
    in_contact(first)
    assert [item.state for item in first.copy.outbox.items()] == [OutboxState.SENT]
    assert first.client.attachment(files[0].sha256) == b"%PDF-1.4"


def test_other_content_under_the_same_number_does_not_count_as_mine(
    two_desks: tuple[Desk, Desk],
    backup: Backup,
    hub_process: Process,  # noqa: F811
) -> None:
    """The hub was restored, and a version of that proposal was sent from another computer since."""
    first, second = two_desks
    backup.take()
    first.rename(INNER_LOT, "Chợ")
    mine = first.freeze(INNER_LOT)
    first.send()
    backup.restore()
    second.pull()
    second.rename(OTHER_LOT, "Trường học")
    refs = (Ref(LOTS, OTHER_LOT),)
    second.copy.outbox.freeze(Draft(mine.proposal, 1, plan_key("PLAN-22504"), "Của máy khác", 2, "Theo thực tế", refs))
    in_contact(second)
    lose_track(first)
    assert first.pull().fresh == "restored"
    assert [item.state for item in first.copy.outbox.items()] == [OutboxState.QUEUED]
    (sent,) = first.send()
    assert sent.problem.code == "proposal.content_differs"
    assert [(draft.proposal, draft.number, draft.refs) for draft in first.copy.drafts.all()] == [
        (mine.proposal, 2, (Ref(LOTS, INNER_LOT),))
    ]
    assert [change.state for change in first.copy.status()] == [LocalState.LOCAL]


@pytest.mark.parametrize("way", ["contact", "pull"])
def test_a_feature_that_was_given_another_key_has_its_own_again(
    two_desks: tuple[Desk, Desk], backup: Backup, conninfo: str, way: str
) -> None:
    """The key was taken when the version was sent first, and isn't at the restored hub: what is drawn here follows."""
    desk, _ = two_desks
    taken = str(uuid.uuid4())
    names = ", ".join(f'"{f.name}"' for f in desk.copy.catalogue.layer(LOTS).fields if f.name not in ("birth", "maDoiTuong"))
    desk.edit(f"INSERT INTO {TABLE} (geom, key, {names}) SELECT geom, ?, {names} FROM {TABLE} WHERE key = ?", taken, INNER_LOT)
    backup.take()
    with psycopg.connect(conninfo) as connection:
        table = '"QuyHoach"."ChucNangSuDungDat_A"'
        connection.execute(
            f"INSERT INTO {table} (geom, key, {names}) SELECT geom, %s, {names} FROM {table} WHERE key = %s", (taken, OTHER_LOT)
        )
    desk.freeze(taken)
    (sent,) = desk.send()
    before = sent.answer.rekeyed[taken]
    assert desk.copy.row(Ref(LOTS, before)) is not None
    backup.restore()
    if way == "pull":
        lose_track(desk)
        assert desk.pull().fresh == "restored"
    contact.meet(desk.copy, desk.client, "PC")
    (again,) = desk.send()
    assert again.answer.rekeyed == {}
    assert [(change.change.key, change.state) for change in desk.copy.status()] == [(taken, LocalState.IN_PROPOSAL)]


def test_of_what_was_partly_withdrawn_the_rest_becomes_a_draft(two_desks: tuple[Desk, Desk], backup: Backup, conninfo: str) -> None:
    """The bytes that were sent aren't here any more: they can't be sent again."""
    first, _ = two_desks
    backup.take()
    first.rename(INNER_LOT, "Kho đạn")
    first.rename(OTHER_LOT, "Chợ")
    frozen = first.freeze(INNER_LOT, OTHER_LOT)
    first.send()
    with psycopg.connect(conninfo) as connection:
        connection.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET visibility = 2 WHERE key = %s', (INNER_LOT,))
    assert first.pull().sealed == 1
    backup.restore()
    assert first.pull().fresh == "restored"
    assert first.copy.outbox.items() == ()
    assert [(draft.proposal, draft.refs) for draft in first.copy.drafts.all()] == [(frozen.proposal, (Ref(LOTS, OTHER_LOT),))]
    in_contact(first)
