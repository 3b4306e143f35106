"""Vietnamese text in every form in which keyboards, file systems and documents give it."""

from __future__ import annotations

import os
import unicodedata
import uuid
from pathlib import Path

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, Ref
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from province_hub import accounts
from tests.hub.tiny import LOTS
from tests.joint.conftest import INNER_LOT, Desk, Province, take


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_marks_given_apart_reach_the_province_joined(desk: Desk, province: Province, tmp_path: Path) -> None:
    desk.rename(INNER_LOT, apart("Chợ Đại Lãnh"))
    file = tmp_path / apart("Biên bản họp dân.pdf")
    file.write_bytes(b"%PDF")
    proposal = str(uuid.uuid4())
    attachment = desk.copy.drafts.attach(proposal, file)
    refs = (Ref(LOTS, INNER_LOT),)
    text = (apart("Điều chỉnh chợ"), 2, apart("Theo thực tế\nsử dụng"))
    desk.copy.outbox.freeze(Draft(proposal, 1, None, *text, refs, (attachment,)))
    assert desk.send()[0].problem is None
    take(province.head, proposal, Step.RETURN, 1, reason=apart("Đề nghị bổ sung"))
    (summary,) = desk.client.proposals("mine")
    assert (summary.title, summary.state) == ("Điều chỉnh chợ", State.RETURNED)
    assert summary.last_step is not None
    assert summary.last_step.reason == "Đề nghị bổ sung"
    content = desk.client.proposal(proposal).content
    assert (content.reason, content.attachments[0].name) == ("Theo thực tế\nsử dụng", "Biên bản họp dân.pdf")
    assert content.changes[0].new == {"tenDoiTuong": "Chợ Đại Lãnh"}


def test_a_file_whose_name_is_no_text(desk: Desk, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/ban do \xff.pdf"))
    file.write_bytes(b"%PDF")
    desk.rename(INNER_LOT, "Chợ")
    proposal = str(uuid.uuid4())
    attachment = desk.copy.drafts.attach(proposal, file)
    draft = desk.copy.drafts.save(Draft(proposal, 1, None, "Tên \ud800", 2, "Vì \udcff", (Ref(LOTS, INNER_LOT),), (attachment,)))
    assert desk.copy.drafts.all() == (draft,)
    desk.copy.outbox.freeze(draft)
    assert desk.send()[0].problem is None
    assert desk.client.proposal(proposal).content.attachments[0].name == "ban do .pdf"


def test_a_password_is_the_same_however_its_marks_were_typed(hub_server, database) -> None:
    with database.writing("dba") as connection:
        accounts.add(connection, "tên.mới", "Người Mới", "Mật khẩu 2026", [])
    client = HubClient(hub_server.url, plain_session())
    assert client.sign_in(apart("tên.mới"), apart("Mật khẩu 2026"), "test").account.full_name == "Người Mới"
