"""A working copy that can't become what the hub's layers are now is begun afresh: nothing made in the former one is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from commune_planning_plugin.core.errors import HubError, WorkingCopyError
from commune_planning_plugin.store import Draft, LocalState, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.sync import afresh, contact
from commune_planning_plugin.sync.afresh import Carried
from province_hub.database import Database
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk
from tests.joint.test_hidden import OTHER_LOT, SECRET, hide, known, traces  # noqa: F401 (a fixture)

THIRD_LOT, FOURTH_LOT = lot_key("22504", 7, 7), lot_key("22504", 8, 8)
PLAN = plan_key("PLAN-22504")


@pytest.fixture
def other_layers(conninfo: str) -> Callable[[], str]:
    """Takes an attribute from the lots; its name."""

    def remake() -> str:
        with psycopg.connect(conninfo) as province:
            query = "UPDATE hub.layer SET definition = definition #- '{legal_fields,8}' WHERE id = %s RETURNING"
            before = province.execute("SELECT definition #>> '{legal_fields,8,name}' FROM hub.layer WHERE id = %s", (LOTS,))
            (name,) = before.fetchone()
            province.execute(f"{query} id", (LOTS,))
        return str(name)

    return remake


def begin(desk: Desk) -> tuple[Desk, Carried]:
    """At a path as the session would choose it."""
    path = desk.copy.path.with_name(f"{desk.copy.path.stem}-2.gpkg")
    carried = afresh.begin_afresh(desk.copy, desk.client, path, "PC-1")
    return Desk(desk.client, WorkingCopy.open(path), desk.commune, desk.name), carried


def named_like_a_first_one(desk: Desk) -> Desk:
    """As the session names the file of a commune."""
    path = desk.copy.path.with_name("22504_abcdefgh.gpkg")
    desk.copy.close()
    desk.copy.path.with_name(f"{desk.copy.path.name}.base.gz").rename(f"{path}.base.gz")
    desk.copy.path.rename(path)
    desk.copy = WorkingCopy.open(path)
    return desk


def test_edits_drafts_files_and_what_is_under_way_are_taken_along(desk: Desk, other_layers, tmp_path: Path) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", OTHER_LOT)
    desk.edit(f"INSERT INTO {TABLE} (geom, plan, tenDoiTuong) SELECT geom, plan, 'Lô mới' FROM {TABLE} WHERE key = ?", INNER_LOT)
    desk.rename(THIRD_LOT, "Trường học")
    sent = desk.freeze(THIRD_LOT)
    desk.send()
    desk.rename(FOURTH_LOT, "Bệnh viện")
    refused = desk.freeze(FOURTH_LOT)
    desk.copy.outbox.refused(refused.proposal, 1, {"code": "rules.errors", "details": {}})
    file = tmp_path / "Biên bản.pdf"
    file.write_bytes(b"%PDF bien ban")
    proposal = str(uuid.uuid4())
    files = (desk.copy.drafts.attach(proposal, file),)
    desk.copy.drafts.save(Draft(proposal, 1, PLAN, "Mở rộng", 2, "Vì", (Ref(LOTS, INNER_LOT),), files))
    before = {change.change.key: (change.change.kind, change.state) for change in desk.copy.status()}
    other_layers()
    with pytest.raises(WorkingCopyError, match=r"schema\.incompatible"):
        desk.pull()
    fresh, carried = begin(desk)
    assert carried == Carried(changes=5, drafts=2)
    assert {change.change.key: (change.change.kind, change.state) for change in fresh.copy.status()} == before
    assert (fresh.name_of(INNER_LOT), fresh.name_of(OTHER_LOT), fresh.name_of(FOURTH_LOT)) == ("Chợ", None, "Bệnh viện")
    assert [(item.proposal, item.state) for item in fresh.copy.outbox.items()] == [(sent.proposal, OutboxState.SENT)]
    drafts = {draft.proposal: draft for draft in fresh.copy.drafts.all()}
    assert drafts[proposal].files == files
    assert fresh.copy.drafts.content_of(files[0].sha256) == b"%PDF bien ban"
    assert drafts[refused.proposal].refs == (Ref(LOTS, FOURTH_LOT),)
    assert fresh.pull().conflicts == 0
    assert fresh.copy.damage() == []
    assert len(desk.copy.status()) == 5  # the former file stays as it is
    fresh.copy.close()


def test_an_edit_of_what_is_gone_stays_in_the_former_file_and_is_told(desk: Desk, other_layers) -> None:
    name = other_layers()
    kind = desk.copy.catalogue.layer(LOTS).by_name[name].type.value
    desk.edit(f'UPDATE {TABLE} SET "{name}" = ? WHERE key = ?', 7 if kind in ("integer", "double") else "x", INNER_LOT)
    desk.rename(OTHER_LOT, "Chợ")
    assert {change.change.key for change in desk.copy.status()} == {INNER_LOT, OTHER_LOT}
    fresh, carried = begin(desk)
    assert (carried.changes, carried.left) == (1, 1)
    assert [change.change.key for change in fresh.copy.status()] == [OTHER_LOT]
    assert {change.change.key for change in desk.copy.status()} == {INNER_LOT, OTHER_LOT}
    fresh.copy.close()


def test_what_the_hub_keeps_of_the_former_file_is_not_offered_again(desk: Desk, other_layers) -> None:
    desk.rename(INNER_LOT, "Chợ")
    contact.meet(desk.copy, desk.client, "PC-1")
    contact.back_up(desk.copy, desk.client)
    other_layers()
    fresh, carried = begin(desk)
    assert carried.changes == 1
    assert contact.meet(fresh.copy, fresh.client, "PC-1").offers == ()
    fresh.copy.close()


@pytest.mark.parametrize("call", ["contact", "taken", "download_snapshot"])
def test_where_it_breaks_off_there_is_no_second_file(desk: Desk, other_layers, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.rename(INNER_LOT, "Chợ")
    contact.meet(desk.copy, desk.client, "PC-1")
    contact.back_up(desk.copy, desk.client)
    other_layers()

    def broken(*_given: object, **_named: object) -> None:
        raise HubError("hub.server_error")

    with monkeypatch.context() as broke:
        broke.setattr(desk.client, call, broken)
        with pytest.raises(HubError):
            begin(desk)
    assert not list(desk.copy.path.parent.glob(f"{desk.copy.path.stem}-2*"))
    fresh, carried = begin(desk)
    assert (carried.changes, fresh.copy.status()[0].state) == (1, LocalState.LOCAL)
    fresh.copy.close()


def test_what_was_hidden_meanwhile_is_sealed_and_leaves_the_former_file_too(
    known: Desk,  # noqa: F811
    database: Database,
    other_layers,
) -> None:
    desk = named_like_a_first_one(known)
    desk.rename(INNER_LOT, SECRET + " của tôi")
    desk.rename(OTHER_LOT, "Chợ")
    hide(database)
    other_layers()
    fresh, carried = begin(desk)
    assert (carried.changes, carried.sealed, carried.left) == (1, 1, 0)
    assert [change.change.key for change in fresh.copy.status()] == [OTHER_LOT]
    desk.copy.close()
    fresh.copy.finish_erasing()
    assert traces(fresh) == []
    assert traces(desk) == []
    fresh.copy.close()
