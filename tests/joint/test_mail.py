"""The mailbox against a real hub: killed anywhere, answers lost, two windows, a hub restored. Each act is there once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from commune_planning_plugin.core.discussion import Act, ActKind
from commune_planning_plugin.core.errors import HubUnreachable, Refused
from commune_planning_plugin.core.schema import FieldType
from commune_planning_plugin.core.suggestions import hash_of, suggestable
from commune_planning_plugin.core.wire import canonical_json, encode_values
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.store.mailbox import ItemState, Mailbox
from commune_planning_plugin.sync import mail
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.discussion_client import Told
from commune_planning_plugin.sync.transport import plain_session
from province_hub import audit_proof
from tests.hub.tiny import LOTS, PASSWORD, square
from tests.joint.conftest import INNER_LOT, Desk, Province, signed_in, take
from tests.joint.killing import Work, at_each_boundary
from tests.joint.test_killed import Process, hub_process  # noqa: F401 (fixture)
from tests.joint.test_restored import Backup, backup  # noqa: F401 (fixture)
from tests.lines import CuttingProxy


def submitted(desk: Desk) -> str:
    """A proposal before the province."""
    desk.rename(INNER_LOT, f"Chợ {uuid.uuid4().hex[:4]}")
    proposal = desk.freeze(INNER_LOT).proposal
    desk.send()
    return proposal


def comment(text: str = "Xem lại", **more: Any) -> Act:
    act = str(uuid.uuid4())
    return Act(act, ActKind.COMMENT, 1, {"thread": act, "anchor": {"kind": "whole"}, "text": text, **more})


def said(client: HubClient, box: Mailbox, proposal: str) -> list[Act]:
    mail.fetch(box, client, proposal)
    kept = box.discussion(proposal)
    assert kept is not None
    return list(Told.from_json(kept.document).acts)


@pytest.fixture
def proposal(desk: Desk, province: Province) -> str:
    made = submitted(desk)
    take(province.head, made, Step.SIGN_OFF, 1)
    return made


def test_what_was_written_offline_goes_out_in_its_order(province: Province, proposal: str, tmp_path: Path):
    acts = [comment(f"Lời {number}", anchor={"kind": "change", "layer": LOTS, "key": INNER_LOT}) for number in range(3)]
    settle = Act(str(uuid.uuid4()), ActKind.SETTLE, 1, {"thread": acts[0].id})
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        for act in (*acts, settle):
            box.put(proposal, act)
        done = mail.send(box, province.approver)
        assert (done.sent, done.refused) == ([act.id for act in (*acts, settle)], [])
        assert [act.id for act in said(province.approver, box, proposal)] == done.sent
        assert mail.send(box, province.approver).sent == []


def test_answers_written_offline_carry_their_suggestions(province: Province, proposal: str, tmp_path: Path):
    """A value of each attribute that the layer has, and none."""
    layer = province.approver.catalogue().layer(LOTS)
    first = comment(anchor={"kind": "change", "layer": LOTS, "key": INNER_LOT})
    examples = {FieldType.TEXT: "Chợ Đầm Môn", FieldType.INT32: 120}
    fields = [field for field in layer.legal_fields if suggestable(layer, field.name)]
    values = [{field.name: value} for field in fields for value in (examples[field.type], *([] if field.required else [None]))]
    values.append({"geom": encode_values({"geom": square(600_310, 1_400_310)})["geom"]})
    said_over = [{"values": each, "over": hash_of(layer, next(iter(each)), None)} for each in values]
    answers = [
        Act(str(uuid.uuid4()), ActKind.COMMENT, 1, {"thread": first.id, "text": "Gợi ý", "suggestion": suggestion})
        for suggestion in said_over
    ]
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        for act in (first, *answers):
            box.put(proposal, act)
        assert mail.send(box, province.approver).refused == []
        assert [act.body.get("suggestion") for act in said(province.approver, box, proposal)] == [None, *said_over]


def test_what_is_refused_stays_and_holds_nothing_up(province: Province, proposal: str, tmp_path: Path):
    bad = Act(str(uuid.uuid4()), ActKind.SETTLE, 1, {"thread": str(uuid.uuid4())})
    good = comment()
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        box.put(proposal, bad)
        box.put(proposal, good)
        done = mail.send(box, province.approver)
        assert (done.sent, done.refused) == ([good.id], [bad.id])
        (left,) = box.unanswered()
        assert (left.state, (left.problem or {})["code"]) == (ItemState.REFUSED, "thread.unknown")


def test_a_proposal_out_of_sight_keeps_its_words_waiting(desk: Desk, province: Province, proposal: str, tmp_path: Path):
    """Its second version awaits the commune's signature: the province doesn't see it until then."""
    take(province.approver, proposal, Step.OPEN, 1)
    take(province.approver, proposal, Step.RETURN, 1, reason="Sửa")
    body = {**desk.client.proposal(proposal).content.to_json(), "number": 2}
    desk.client.put_version(proposal, 2, canonical_json(body))
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        box.put(proposal, comment("Viết khi chưa có mạng"))
        done = mail.send(box, province.approver)
        assert (done.sent, done.refused, len(box.waiting())) == ([], [], 1)
        take(province.head, proposal, Step.SIGN_OFF, 2)
        assert len(mail.send(box, province.approver).sent) == 1


def test_an_act_whose_answer_is_lost_is_there_once(hub_server: Any, proposal: str, province: Province, tmp_path: Path):
    with CuttingProxy(hub_server.url).serving() as proxy, Mailbox.open(tmp_path / "m.sqlite") as box:
        client = HubClient(proxy.url, plain_session(backoff_s=0.01))
        client.sign_in("soxd.tham", PASSWORD, "test")
        box.put(proposal, comment())
        proxy.cut = 2  # the answer, and that to the repetition
        with pytest.raises(HubUnreachable):
            mail.send(box, client)
        assert (proxy.lost, len(box.waiting())) == (2, 1)
        assert len(mail.send(box, client).sent) == 1
        assert len(said(client, box, proposal)) == 1


def test_two_windows_send_the_same_at_once(hub_server: Any, proposal: str, tmp_path: Path):
    path = tmp_path / "m.sqlite"
    clients = [signed_in(hub_server.url, "soxd.tham") for _ in range(2)]
    with Mailbox.open(path) as box:
        for number in range(12):
            box.put(proposal, comment(str(number)))

    def send(client: HubClient) -> None:
        with Mailbox.open(path) as box:
            mail.send(box, client)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, clients))
    with Mailbox.open(path) as box:
        assert box.unanswered() == ()
        assert sorted(act.text for act in said(clients[0], box, proposal)) == sorted(str(number) for number in range(12))


def test_what_is_not_to_be_seen_any_more_is_not_kept(desk: Desk, province: Province, proposal: str, tmp_path: Path, conninfo: str):
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        box.keep_review(proposal, {"secret": 1})
        assert said(desk.client, box, proposal) == []
        with psycopg.connect(conninfo) as conn:
            conn.execute("DELETE FROM hub.role WHERE role = 'approver'; DELETE FROM hub.role WHERE role = 'reviewer'")
        with pytest.raises(Refused):
            mail.fetch(box, province.approver, proposal)
        assert (box.review(proposal), box.discussion(proposal)) == (None, None)


def test_killed_anywhere_each_act_is_there_once(hub_process: Process, desk_of: Callable[..., Desk], tmp_path: Path, conninfo: str):  # noqa: F811
    desk = desk_of(url=hub_process.url)
    proposal = submitted(desk)
    wanted: set[str] = set()

    def case(run: Callable[[Work], bool]) -> None:
        path = tmp_path / f"{uuid.uuid4().hex}.sqlite"
        acts = [comment("Một"), comment("Hai")]

        def work() -> None:
            client = HubClient(desk.client.base_url, plain_session(backoff_s=0.01), desk.client.token)
            with Mailbox.open(path) as box:
                for act in acts:
                    box.put(proposal, act)
                mail.send(box, client)
                mail.fetch(box, client, proposal)

        run(work)
        run(work)
        work()
        wanted.update(act.id for act in acts)
        with Mailbox.open(path) as box:
            assert box.unanswered() == ()
            assert {act.id for act in said(desk.client, box, proposal)} == wanted

    killed = at_each_boundary(case)
    assert killed >= 12
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        assert audit_proof.verify(conn) == []


def test_what_a_restored_hub_has_lost_is_said_again(
    hub_process: Process,  # noqa: F811
    backup: Backup,  # noqa: F811
    desk_of: Callable[..., Desk],
    tmp_path: Path,
):
    desk = desk_of(url=hub_process.url)
    proposal = submitted(desk)
    backup.take()
    with Mailbox.open(tmp_path / "m.sqlite") as box:
        box.put(proposal, comment("Không được mất"))
        mail.send(box, desk.client)
        backup.restore()
        assert [act.text for act in said(desk.client, box, proposal)] == ["Không được mất"]
        assert box.unanswered() == ()
