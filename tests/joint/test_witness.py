"""Working copies witness what the hub's audit was, and notice a hub whose audit is another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

import psycopg
import pytest

from commune_planning_plugin.store.desk_witness import witness_path
from commune_planning_plugin.sync import __main__ as commands
from commune_planning_plugin.sync import contact, contact_documents
from commune_planning_plugin.sync.audit_calls import audit_chain
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.desk_witnessing import kept_here, witnessed
from commune_planning_plugin.sync.witnessing import Doubt
from province_hub import audit, audit_proof, heads, key_chain, signing, witnesses
from province_hub.database import Database
from tests.hub.test_audit_proof import hashed_anew
from tests.joint.conftest import INNER_LOT, TABLE, Desk, HubServer, Province, signed_in


def met(desk: Desk) -> Optional[Doubt]:
    return contact.meet(desk.copy, desk.client, "PC").doubt


def codes(doubt: Optional[Doubt]) -> list[str]:
    return [problem.code for problem in doubt.problems] if doubt is not None else []


class Hub:
    """As the database's superuser has it."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo

    def rewrite(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.conninfo) as conn:
            for table in ("audit", "audit_head"):
                conn.execute(f"ALTER TABLE hub.{table} DISABLE TRIGGER append_only".encode())
            conn.execute(statement.encode(), values)
            for table in ("audit", "audit_head"):
                conn.execute(f"ALTER TABLE hub.{table} ENABLE ALWAYS TRIGGER append_only".encode())

    def forge(self) -> None:
        """The first entry says something else, and all that follows agrees with it."""
        self.rewrite("UPDATE hub.audit SET actor = 'khác' WHERE id = (SELECT min(id) FROM hub.audit)")
        hashed_anew(self, self.rewrite)  # type: ignore[arg-type]  # it asks for the address alone
        self.rewrite("DELETE FROM hub.audit_head")


@pytest.fixture
def hub(conninfo: str) -> Hub:
    return Hub(conninfo)


@pytest.fixture
def proposal(desk: Desk, province: Province) -> str:
    """One's own, approved, and the approval known here."""
    met(desk)
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    met(desk)
    province.approve(frozen.proposal)
    met(desk)
    return frozen.proposal


def test_contacts_leave_heads_and_the_first_after_an_approval_stays(desk: Desk, proposal: str) -> None:
    desk.pull()
    (kept,) = desk.copy.witnesses.all()
    assert (kept.approval, kept.head.is_genuine, kept.head.hub) == (proposal, True, desk.copy.identity.hub_id)
    assert kept.head.revision == desk.copy.checkpoint.number
    assert met(desk) is None


def test_what_it_prints_the_hub_takes_as_a_witness(
    desk: Desk, proposal: str, tmp_path: Path, hub: Hub, database: Database, capsys
) -> None:
    assert commands.main(["witness", str(desk.copy.path)]) == 0
    printed = tmp_path / "xa.json"
    printed.write_text(capsys.readouterr().out, encoding="utf-8")
    hub.forge()
    with database.reading() as conn:
        assert audit_proof.verify(conn) == []
        (told,) = audit_proof.verify(conn, witnesses.read(printed))
    assert f"entry 1 of proposal {proposal}" in told


def test_an_audit_that_was_written_anew_is_told_once(desk: Desk, proposal: str, hub: Hub) -> None:
    hub.forge()
    assert codes(met(desk)) == ["audit.none_agrees"]
    assert met(desk) is None
    assert [kept.gone_at is None for kept in sorted(desk.copy.witnesses.all(), key=lambda kept: kept.gone_at or "")] == [
        True,
        False,
    ]


def test_a_cut_tail_is_told_with_what_still_agrees(desk: Desk, proposal: str, hub: Hub, province: Province) -> None:
    agreed = desk.copy.witnesses.standing()[-1]
    desk.rename(INNER_LOT, "Chợ mới")
    desk.freeze(INNER_LOT)
    desk.send()
    met(desk)
    hub.rewrite("DELETE FROM hub.audit WHERE id > %s", agreed.id)
    doubt = met(desk)
    assert codes(doubt) == ["audit.rewritten"]
    assert doubt is not None
    assert doubt.problems[0].details["agreed_at"] == agreed.at
    assert met(desk) is None


def test_an_announced_restore_is_no_alarm(desk: Desk, proposal: str, hub: Hub, database: Database) -> None:
    agreed = desk.copy.witnesses.standing()[-1]
    desk.rename(INNER_LOT, "Chợ mới")
    desk.freeze(INNER_LOT)
    desk.send()
    met(desk)
    hub.rewrite("DELETE FROM hub.audit WHERE id > %s", agreed.id)
    hub.rewrite("DELETE FROM hub.audit_head WHERE id > %s", agreed.id)
    with database.writing("test") as conn:
        conn.execute("SELECT pg_sleep(1.1)")
        audit.append(conn, heads.hub_id(conn), "quantri", heads.RESTORED, {"note": "bản sao lưu"})
    doubt = met(desk)
    assert codes(doubt) == []
    assert doubt is not None
    assert doubt.restored == agreed
    assert met(desk) is None


def answering(desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    told = contact_documents.Meeting.from_json

    def altered(plain: dict[str, Any]) -> contact_documents.Meeting:
        return told(change(json.loads(json.dumps(plain))))

    monkeypatch.setattr("commune_planning_plugin.sync.client.Meeting.from_json", altered)


def test_a_hub_that_knows_no_heads_is_passed_over(desk: Desk, proposal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(desk, monkeypatch, lambda plain: {name: value for name, value in plain.items() if name != "audit"})
    assert met(desk) is None


@pytest.mark.parametrize("change", [{"running": "0" * 64}, {"signature": "0" * 128}, {"hub": "khác"}])
def test_a_head_that_is_not_signed_rightly_is_not_kept(
    desk: Desk, proposal: str, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    before = desk.copy.witnesses.all()
    answering(desk, monkeypatch, lambda plain: {**plain, "audit": {**plain["audit"], "head": {**plain["audit"]["head"], **change}}})
    assert codes(met(desk)) == ["audit.unsigned"]
    assert desk.copy.witnesses.all() == before


def more_is_done(desk: Desk, hub_server: HubServer, key: Optional[signing.SigningKey]) -> None:
    """Signed with ``key`` from then on."""
    hub_server.app.state.signing_key = key
    desk.edit(f"UPDATE {TABLE} SET ghiChu = coalesce(ghiChu, '') || 'x' WHERE key = ?", INNER_LOT)
    desk.freeze(INNER_LOT)
    desk.send()


def state_of(hub_server: HubServer) -> Path:
    state: Path = hub_server.app.state.settings.state
    return state


def test_a_key_that_nothing_leads_to_is_told_once(
    desk: Desk, proposal: str, hub_server: HubServer, database: Database, tmp_path: Path
) -> None:
    other = signing.make(tmp_path / "other")
    with database.writing("test") as conn:
        signing.add(conn, other.public)
    more_is_done(desk, hub_server, other)
    assert codes(met(desk)) == ["audit.other_key"]
    assert met(desk) is None
    with database.reading() as conn:
        (wrong,) = audit_proof.verify(conn)
    assert "without its endorsement, and no loss is recorded" in wrong


def test_a_renewed_key_is_followed_without_a_word(
    desk: Desk, proposal: str, hub_server: HubServer, database: Database, tmp_path: Path
) -> None:
    first = desk.copy.witnesses.standing()[-1].key
    for _ in range(2):  # the desk sleeps through the one in the middle
        with database.writing("test") as conn:
            made = key_chain.renew(conn, state_of(hub_server), "quantri")
        signing.take_up(state_of(hub_server))
    more_is_done(desk, hub_server, made)
    assert met(desk) is None
    assert [kept.head.key for kept in desk.copy.witnesses.all()] == [first, made.public]
    with database.reading() as conn:
        assert audit_proof.verify(conn) == []


def test_a_lost_key_is_told_with_the_reason(desk: Desk, proposal: str, hub_server: HubServer, database: Database) -> None:
    with database.writing("test") as conn:
        made = key_chain.replace_lost(conn, state_of(hub_server), "quantri", "Máy chủ hỏng")
    more_is_done(desk, hub_server, made)
    doubt = met(desk)
    assert codes(doubt) == ["audit.key_lost"]
    assert doubt is not None
    assert doubt.problems[0].details["reason"] == "Máy chủ hỏng"
    assert met(desk) is None


def test_a_desk_computes_a_proposals_chain_anew_and_compares(desk: Desk, proposal: str, hub: Hub) -> None:
    chain = audit_chain(desk.client, proposal, desk.copy.witnesses.all())
    assert (chain.entries, chain.whole, chain.contradicted) == (4, True, False)
    assert chain.agreed_at == desk.copy.witnesses.standing()[-1].at
    assert audit_chain(desk.client, proposal).agreed_at is None
    hub.rewrite("UPDATE hub.audit SET actor = 'khác' WHERE proposal = %s AND position = 2", proposal)
    assert not audit_chain(desk.client, proposal).whole
    hashed_anew(hub, hub.rewrite)  # type: ignore[arg-type]
    assert audit_chain(desk.client, proposal).whole
    assert audit_chain(desk.client, proposal, desk.copy.witnesses.all()).contradicted


class TestOfADeskWithoutWorkingCopy:
    """As a reviewer's."""

    @pytest.fixture
    def reviewer(self, hub_server: HubServer) -> HubClient:
        return signed_in(hub_server.url, "soxd.tham")

    @pytest.fixture
    def look(self, desk: Desk, proposal: str, reviewer: HubClient, tmp_path: Path) -> Callable[[], Optional[Doubt]]:
        return lambda: witnessed(reviewer, tmp_path / "desk", desk.copy.identity.hub_id)

    def test_it_keeps_heads_and_finds_what_was_written_anew_once(
        self, desk: Desk, proposal: str, look: Callable[[], Optional[Doubt]], reviewer: HubClient, hub: Hub, tmp_path: Path
    ) -> None:
        assert look() is None
        assert look() is None
        (kept,) = kept_here(tmp_path / "desk", desk.copy.identity.hub_id)
        assert kept.head.is_genuine
        assert audit_chain(reviewer, proposal, (kept,)).agreed_at == kept.head.at
        hub.forge()
        assert codes(look()) == ["audit.none_agrees"]
        assert look() is None
        kept_now = kept_here(tmp_path / "desk", desk.copy.identity.hub_id)
        assert audit_chain(reviewer, proposal, kept_now).contradicted

    def test_a_lost_key_is_told_here_too(
        self,
        desk: Desk,
        look: Callable[[], Optional[Doubt]],
        hub_server: HubServer,
        database: Database,
    ) -> None:
        look()
        with database.writing("test") as conn:
            made = key_chain.replace_lost(conn, state_of(hub_server), "quantri", "Máy chủ hỏng")
        more_is_done(desk, hub_server, made)
        assert codes(look()) == ["audit.key_lost"]
        assert look() is None

    def test_its_file_is_a_witness_for_the_hub(
        self, desk: Desk, look: Callable[[], Optional[Doubt]], hub: Hub, database: Database, tmp_path: Path, capsys
    ) -> None:
        look()
        assert commands.main(["witness", str(witness_path(tmp_path / "desk", desk.copy.identity.hub_id))]) == 0
        printed = tmp_path / "so.json"
        printed.write_text(capsys.readouterr().out, encoding="utf-8")
        hub.forge()
        with database.reading() as conn:
            assert len(audit_proof.verify(conn, witnesses.read(printed))) == 1

    def test_a_folder_that_cant_be_written_stops_no_contact(self, desk: Desk, reviewer: HubClient, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert witnessed(reviewer, tmp_path / "file", desk.copy.identity.hub_id) is None

    def test_another_hub_has_a_book_of_its_own(self, desk: Desk, look: Callable[[], Optional[Doubt]], tmp_path: Path) -> None:
        look()
        assert kept_here(tmp_path / "desk", "khác") == ()
