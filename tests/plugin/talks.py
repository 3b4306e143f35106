"""A made-up but lifelike discussion of the sample's proposal: remarks with suggestions, verdicts, agencies' opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Optional
from uuid import NAMESPACE_URL, uuid5

from commune_planning_plugin.core.discussion import SPEAKERS, VIETNAM, Act, ActKind, Side
from commune_planning_plugin.core.discussion_bodies import place_anchor
from commune_planning_plugin.core.suggestions import hash_of
from commune_planning_plugin.core.wire import canonical_json, encode_values
from commune_planning_plugin.core.workflow import Role
from commune_planning_plugin.store.mailbox import Item, ItemState
from commune_planning_plugin.sync.account_documents import Account
from commune_planning_plugin.sync.discussion_client import Organisation, Term, Told
from tests.plugin import sample


def identity(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"talk:{name}"))


POLICE, ARMY, NATURE = (
    Organisation(identity("congan"), "Công an tỉnh Khánh Hòa"),
    Organisation(identity("bchqs"), "Bộ Chỉ huy Quân sự tỉnh Khánh Hòa"),
    Organisation(sample.NATURE, "Sở Nông nghiệp và Môi trường"),
)
PEOPLE = {
    "soxd.tham": ("Phạm Thu Thủy", Side.PROVINCE),
    "dailanh.kt": ("Nguyễn Thị Hạnh", Side.COMMUNE),
    "congan.yk": ("Bùi Văn Sơn", Side.AGENCY),
}


def act(name: str, by: str, kind: ActKind, body: Mapping[str, Any], hours: float = 5) -> Act:
    full_name, side = PEOPLE[by]
    return Act(identity(name), kind, 1, dict(body), by, full_name, side, None, sample.ago(hours=hours))


def due(days: int) -> str:
    return (datetime.now(VIETNAM) + timedelta(days=days)).date().isoformat()


def remarks() -> list[Act]:
    shape = sample.square(600_200, 1_400_000, 80, 90)
    lot = {"layer": sample.LOTS.id, "key": sample.key(2)}
    suggestion = {"values": encode_values({"geom": shape}), "over": hash_of(sample.LOTS, "geom", sample.lot(2, 62.5)["geom"])}
    storeys = {"values": {"tangCaoToiDa": 3}, "over": hash_of(sample.LOTS, "tangCaoToiDa", 1)}
    place = place_anchor("polygons", sample.square(600_350, 1_400_050, 40, 40))
    first = "Ranh phía Đông lấn sang đường số 5 khoảng 12 m²; đề nghị lùi về theo mốc M-12 như hình gợi ý."
    return [
        act("shape", "soxd.tham", ActKind.COMMENT, {
            "thread": identity("t1"), "text": first, "anchor": {"kind": "change", **lot}, "suggestion": suggestion}, 30),
        act("reply", "dailanh.kt", ActKind.COMMENT, {
            "thread": identity("t1"), "text": "Đã kiểm tra thực địa, xã thống nhất lùi ranh."}, 6),
        act("value", "soxd.tham", ActKind.COMMENT, {
            "thread": identity("t2"), "text": "Tầng cao theo QPK 06 là 3 tầng.", "suggestion": storeys,
            "anchor": {"kind": "attribute", **lot, "attribute": "tangCaoToiDa"}}, 29),
        act("place", "congan.yk", ActKind.COMMENT, {
            "thread": identity("t3"), "text": "Khu vực này cần lối vào cho xe chữa cháy rộng ít nhất 3,5 m.", "anchor": place}, 20),
        act("whole", "soxd.tham", ActKind.COMMENT, {
            "thread": identity("t4"), "text": "Bổ sung biên bản họp dân.", "anchor": {"kind": "whole"}}, 28),
        act("settled", "soxd.tham", ActKind.SETTLE, {"thread": identity("t4")}, 2),
    ]  # fmt: skip


def verdicts() -> list[Act]:
    def on(number: int, **body: Any) -> dict[str, Any]:
        return {"layer": sample.LOTS.id, "key": sample.key(number), **body}

    why = "Lùi ranh phía Đông về mốc M-12, giữ nguyên lộ giới đường số 5."
    return [
        act("fine", "soxd.tham", ActKind.VERDICT, on(1, verdict="fine", text="")),
        act("redo", "soxd.tham", ActKind.VERDICT, on(2, verdict="redo", text=why)),
    ]


def opinions() -> list[Act]:
    def ask(organisation: Organisation, days: int) -> dict[str, Any]:
        return {"organisation": organisation.id, "due": due(days), "silence_agrees": True, "text": ""}

    remark = "Thống nhất; đề nghị bố trí trụ nước chữa cháy và lối vào rộng từ 3,5 m."
    said = {"request": identity("ask-ca"), "opinion": "remarks", "text": remark}
    files = [{"sha256": "ab" * 32, "name": "CV 1234-CAT-PCCC.pdf", "size": 310_000}]
    answer = {"opinion_id": identity("said-ca"), "answer": "accepted", "text": "Đã bổ sung lối vào 4 m và trụ nước tại góc lô."}
    return [
        act("ask-ca", "soxd.tham", ActKind.ASK, ask(POLICE, 9), 140),
        act("ask-qs", "soxd.tham", ActKind.ASK, ask(ARMY, -1), 400),
        act("ask-nn", "soxd.tham", ActKind.ASK, ask(NATURE, 9), 140),
        act("said-ca", "congan.yk", ActKind.OPINION, {**said, "files": files}, 20),
        act("answered", "dailanh.kt", ActKind.ANSWER, answer, 4),
    ]


TERM = Term(datetime.now(VIETNAM).date(), datetime.now(VIETNAM).date() + timedelta(days=11), "Luật 47/2024 Đ37", True)


def told(proposal: str, account: Account, acts: Optional[Iterable[Act]] = None) -> Told:
    """As the hub tells it to ``account``."""
    said = tuple(acts) if acts is not None else (*remarks(), *verdicts(), *opinions())
    side = Side.AGENCY if account.has(Role.AGENCY) else Side.PROVINCE if account.has(Role.REVIEWER) else Side.COMMUNE
    can = frozenset(kind for kind, speakers in SPEAKERS.items() if side in speakers)
    return Told(proposal, 1, said, frozenset(), can, (POLICE, ARMY, NATURE), 99, TERM)


def items(proposal: str) -> tuple[Item, ...]:
    """One that waits, and one that was refused."""
    waiting = Act(identity("waits"), ActKind.COMMENT, 1, {"thread": identity("t1"), "text": "Viết khi mất mạng."}, "soxd.tham")
    refused = Act(identity("refused"), ActKind.COMMENT, 1, {"thread": identity("t1"), "text": "Viết muộn."}, "soxd.tham")
    problem = {"code": "discussion.closed", "details": {}}
    return (_item(proposal, waiting, ItemState.QUEUED, None), _item(proposal, refused, ItemState.REFUSED, problem))


def refused(proposal: str, body: Mapping[str, Any]) -> Item:
    """An answer in the first thread, turned down."""
    said = Act(identity("refused"), ActKind.COMMENT, 1, {"thread": identity("t1"), **body}, "soxd.tham")
    return _item(proposal, said, ItemState.REFUSED, {"code": "discussion.too_many", "details": {}})


def _item(proposal: str, said: Act, state: ItemState, problem: Optional[Mapping[str, Any]]) -> Item:
    document = canonical_json({"kind": said.kind.value, "version": said.version, "body": dict(said.body)})
    return Item(said.id, proposal, document, state, problem, sample.ago(hours=1))
