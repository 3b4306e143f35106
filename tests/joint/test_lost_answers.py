"""The hub has done it, and the answer is lost on its way: repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import OutboxState
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.hub.tiny import PASSWORD
from tests.joint.conftest import INNER_LOT, Desk, Province, take
from tests.lines import CuttingProxy


@pytest.fixture
def proxy(hub_server) -> Iterator[CuttingProxy]:
    with CuttingProxy(hub_server.url).serving() as proxy:
        yield proxy


def through(proxy: CuttingProxy, name: str) -> HubClient:
    client = HubClient(proxy.url, plain_session(backoff_s=0.01))
    client.sign_in(name, PASSWORD, "test")
    client.catalogue()
    return client


def test_a_version_whose_answer_is_lost_is_there_once(desk: Desk, province: Province, proxy: CuttingProxy) -> None:
    client = through(proxy, desk.name)
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    proxy.cut = 2  # the answer, and that to the repetition
    with pytest.raises(HubUnreachable):
        engine.send_outbox(desk.copy, client)
    assert proxy.lost == 2
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]
    assert len(desk.client.proposals("mine")) == 1
    assert [item.attempted for item in desk.copy.outbox.unsent()] == [True]
    (sent,) = engine.send_outbox(desk.copy, client)
    assert (sent.problem, sent.answer.state) == (None, State.AWAITING_SIGN_OFF)
    (summary,) = desk.client.proposals("mine")
    assert summary.version == 1
    assert engine.send_outbox(desk.copy, client) == []


def test_an_approval_whose_answer_is_lost_happens_once(desk: Desk, province: Province, proxy: CuttingProxy, database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    take(province.head, frozen.proposal, Step.SIGN_OFF, 1)
    approver = through(proxy, "soxd.duyet")
    take(approver, frozen.proposal, Step.OPEN, 1)
    seen = approver.proposal(frozen.proposal)
    before = desk.client.status().revision.number
    proxy.cut = 1
    summary = take(
        approver, frozen.proposal, Step.APPROVE, 1, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing)
    )
    assert (proxy.lost, summary.state) == (1, State.APPROVED)
    assert summary.revision == desk.client.status().revision.number == before + 1
    assert desk.pull().conflicts == 0


def test_a_pull_whose_answer_is_lost_leaves_a_whole_revision(desk: Desk, province: Province, proxy: CuttingProxy, database) -> None:
    with database.writing("dba") as connection:
        connection.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s', ("x",))
    client = through(proxy, desk.name)
    before = desk.copy.checkpoint
    proxy.cut = 9
    with pytest.raises(HubUnreachable):
        engine.pull(desk.copy, client)
    assert desk.copy.checkpoint == before
    proxy.cut = 0
    assert engine.pull(desk.copy, client).updated > 100
