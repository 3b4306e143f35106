"""Comments, verdicts and what is new: who may say what, where, and who hears of it."""

from __future__ import annotations

import base64
import random
import uuid
from typing import Any

import psycopg
import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.discussion import SPEAKERS, ActKind, ThreadState, folded
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.suggestions import hash_of
from commune_planning_plugin.core.wire import encode_values
from commune_planning_plugin.core.workflow import Step
from province_hub import audit_proof, unread
from province_hub.errors import Problem
from province_hub.limits import Limits
from tests.hub.talking import Talk, make_talk, on, place  # noqa: F401 (fixture)
from tests.hub.tiny import LOTS, lot_key, square
from tests.hub.workflow import Desk, invalid, make_desk, refused  # noqa: F401 (fixture)

KEY = lot_key("22504", 3, 3)


@pytest.fixture
def version(desk: Desk) -> Version:
    """Two changes, before the province."""
    return desk.send(desk.edited(KEY, tenDoiTuong="Mới"), desk.edited(lot_key("22504", 5, 5), ghiChu="x"))


def test_a_thread_is_answered_settled_and_reopened(talk: Talk, version: Version):
    first = talk.comment("soxd.tham", version, "Ranh phía đông?", anchor=on(KEY))
    thread = first.body["thread"]
    talk.comment("dailanh.kt", version, "Theo mốc 12", thread=thread)
    found = folded(talk.acts("dailanh.kt", version)).threads
    assert [(t.id, t.state, len(t.comments)) for t in found] == [(thread, ThreadState.ANSWERED, 2)]
    talk.act("soxd.tham", version, ActKind.SETTLE, thread=thread)
    settled = folded(talk.acts("dailanh.kt", version)).threads[0]
    assert (settled.state, settled.last and settled.last.actor) == (ThreadState.SETTLED, "soxd.tham")
    talk.act("dailanh.kt", version, ActKind.REOPEN, thread=thread, text="Chưa xong")
    assert folded(talk.acts("soxd.tham", version)).threads[0].state is ThreadState.ANSWERED


def test_the_same_act_twice_is_one_and_another_under_its_id_is_refused(talk: Talk, version: Version):
    act = str(uuid.uuid4())
    document = {"kind": "comment", "version": 1, "body": {"thread": act, "anchor": {"kind": "whole"}, "text": "Một"}}
    assert talk.put("soxd.tham", version, act, document) == talk.put("soxd.tham", version, act, document)
    assert len(talk.acts("soxd.tham", version)) == 1
    for name, other in (("soxd.tham", {**document, "body": {**document["body"], "text": "Hai"}}), ("soxd.duyet", document)):
        with refused(409, "request.reused"):
            talk.put(name, version, act, other)


def test_what_was_said_is_in_the_audit_by_its_hash_alone(talk: Talk, version: Version):
    talk.comment("soxd.tham", version, "Lời bí mật", anchor=on(KEY))
    talk.verdict("soxd.tham", version, KEY, text="Lý do bí mật")
    with talk.desk.database.reading() as conn:
        assert audit_proof.verify(conn) == []
        rows = conn.execute("SELECT action, details::text AS told FROM hub.audit ORDER BY id DESC LIMIT 2").fetchall()
    assert [row["action"] for row in rows] == ["discussion.verdict", "discussion.comment"]
    assert not any("bí mật" in row["told"] or KEY in row["told"] for row in rows)


@pytest.mark.parametrize("statement", ["UPDATE hub.discussion_act SET body = '{}'", "DELETE FROM hub.discussion_act"])
def test_the_hub_itself_cannot_alter_what_was_said(talk: Talk, version: Version, statement: str):
    talk.comment("soxd.tham", version)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), talk.desk.database.writing("test") as conn:
        conn.execute(statement.encode())


EVERYBODY = ("dailanh.kt", "dailanh.ct", "vanthang.kt", "soxd.tham", "soxd.duyet", "quantri", "giamsat", "congan.yk", "bchqs.yk")
SIDES = {
    "dailanh.kt": "commune",
    "dailanh.ct": "commune",
    "soxd.tham": "province",
    "soxd.duyet": "province",
    "congan.yk": "agency",
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_say_what(talk: Talk, version: Version, name: str):
    """congan is asked, bchqs isn't; whoever doesn't see the proposal hears that there is none."""
    request = talk.ask(version)
    opinion = talk.opinion(request, version, "remarks", "Góp ý")
    thread = talk.comment("soxd.tham", version).body["thread"]
    bodies: dict[ActKind, dict[str, Any]] = {
        ActKind.COMMENT: {"thread": thread, "text": "Lời"},
        ActKind.SETTLE: {"thread": thread},
        ActKind.REOPEN: {"thread": thread},
        ActKind.VERDICT: {"layer": LOTS, "key": KEY, "verdict": "fine"},
        ActKind.ASK: {**request.body, "organisation": talk.organisations["bchqs"]},
        ActKind.OPINION: {"request": request.id, "opinion": "agree"},
        ActKind.ANSWER: {"opinion_id": opinion.id, "answer": "accepted", "text": "Tiếp thu"},
        ActKind.UNASK: {"request": request.id, "text": "Không cần"},
    }
    assert bodies.keys() == set(ActKind)
    taken, refusals = set(), set()
    for kind, body in bodies.items():
        try:
            talk.act(name, version, kind, **body)
            taken.add(kind)
        except Problem as problem:
            refusals.add((problem.status_code, problem.code))
    assert refusals <= {(403, "rights.missing"), (404, "not_found")}
    side = SIDES.get(name)
    wanted = {kind for kind, speakers in SPEAKERS.items() if side in {each.value for each in speakers}}
    if side == "agency":
        wanted -= {ActKind.SETTLE, ActKind.REOPEN}  # the thread is the province's
    assert taken == wanted
    if name not in ("vanthang.kt", "bchqs.yk") and not (name == "congan.yk" and ActKind.UNASK in taken):
        assert {kind.value for kind in taken} <= set(talk.read(name, version)["can"])


def test_nobody_judges_or_circulates_an_own_proposal(talk: Talk, version: Version):
    talk.desk.grant("dailanh.kt", "reviewer", None)
    for kind, body in (
        (ActKind.VERDICT, {"layer": LOTS, "key": KEY, "verdict": "fine"}),
        (ActKind.ASK, {"organisation": talk.organisations["congan"], "due": "2099-01-01", "silence_agrees": True}),
    ):
        with refused(403, "rights.own_proposal"):
            talk.act("dailanh.kt", version, kind, **body)


@pytest.mark.parametrize(
    ("row", "speaking"),
    [
        ({}, {"soxd.tham"}),
        ({"appraises": "organisation:congan"}, {"soxd.tham", "congan.yk"}),
        ({"approves": "organisation:congan"}, {"soxd.tham", "congan.yk"}),
        ({"appraises": "commune"}, {"soxd.tham", "giamsat"}),
        ({"approves": "commune"}, {"soxd.tham", "giamsat"}),
    ],
)
def test_for_the_reviewing_side_speak_the_province_and_who_appraises_or_decides(
    talk: Talk, version: Version, row: dict[str, str], speaking: set[str]
):
    """The approver of an organisation and a commune's own reviewer read along elsewhere, and take back nobody's question."""
    talk.desk.grant("congan.yk", "approver", None)
    talk.desk.grant("giamsat", "reviewer", "22504")
    with talk.desk.administrating() as conn:
        values = {"appraises": "province", "approves": "province", **row}
        conn.execute(
            "INSERT INTO hub.authority (territory, establishes, appraises, approves, document)"
            " VALUES ('any', 'commune', %(appraises)s, %(approves)s, '1/QĐ')",
            values,
        )
    found = set()
    for name in ("soxd.tham", "congan.yk", "giamsat"):
        request = talk.ask(version, "bchqs")
        try:
            talk.act(name, version, ActKind.UNASK, request=request.id, text="Không cần")
            talk.verdict(name, version, KEY)
        except Problem as problem:
            assert (problem.status_code, problem.code) == (403, "rights.missing")  # noqa: PT017
            talk.act("soxd.tham", version, ActKind.UNASK, request=request.id, text="Không cần")
        else:
            found.add(name)
    assert found == speaking


def test_a_disabled_account_says_nothing_more(talk: Talk, version: Version):
    principal = talk.desk.principal("soxd.tham")
    with talk.desk.administrating() as conn:
        conn.execute("UPDATE hub.account SET disabled_at = now() WHERE name = 'soxd.tham'")
    talk.desk.principal = lambda _name: principal  # type: ignore[method-assign]
    with refused(401, "auth.disabled"):
        talk.comment("soxd.tham", version)


def test_nothing_is_said_after_the_decision(talk: Talk, version: Version):
    talk.desk.approve(version)
    with refused(409, "discussion.closed"):
        talk.comment("soxd.tham", version)
    with refused(409, "discussion.closed"):
        talk.verdict("soxd.tham", version, KEY)


def test_a_comment_names_the_version_it_was_written_on(talk: Talk, version: Version):
    talk.desk.step("soxd.tham", version, Step.RETURN, reason="Sửa")
    second = talk.desk.version(
        talk.desk.edited(KEY, tenDoiTuong="Mới hơn"), proposal=version.proposal, number=2, title=version.title
    )
    talk.desk.submit(second)
    talk.desk.step("dailanh.ct", second, Step.SIGN_OFF)
    late = talk.comment("soxd.tham", version, "Viết khi chưa có mạng", anchor=on(lot_key("22504", 5, 5)))
    assert late.version == 1
    with refused(409, "proposal.state"):
        talk.verdict("soxd.tham", version, KEY)
    with invalid("anchor.unknown"):
        talk.act("soxd.tham", second, ActKind.VERDICT, layer=LOTS, key=lot_key("22504", 5, 5), verdict="fine")


def test_a_place_lies_on_the_grid(talk: Talk, version: Version):
    point = geometry.written(shapely.Point(600_350, 1_400_350.0001))
    talk.comment("soxd.tham", version, anchor=place(point, "point"))
    for wkb, shape, code in (
        (geometry.written(shapely.Point(600_350, 1_400_350.00001)), "point", "geometry.off_grid"),
        (point, "lines", "geometry.type"),
        (b"\x01", "point", "geometry.unreadable"),
        (geometry.written(shapely.Point(float("inf"), 0)), "point", "geometry.not_finite"),
    ):
        with invalid(code):
            talk.comment("soxd.tham", version, anchor=place(wkb, shape))


def test_any_remark_about_a_feature_suggests_a_shape_or_a_value(talk: Talk, version: Version):
    lots = talk.desk.lots
    shape = {"values": encode_values({"geom": square(600_310, 1_400_310)}), "over": hash_of(lots, "geom", None)}
    values = {"tenDoiTuong": "Công viên", "danSo": 120, "chucNangSuDungDatMuc2": "CayxanhCC", "ghiChu": None}
    suggestions = [shape, *({"values": {name: value}, "over": "a" * 64} for name, value in values.items())]
    for anchor in (on(KEY), on(KEY, "tenDoiTuong")):
        first = talk.comment("soxd.tham", version, anchor=anchor, suggestion=shape)
        for suggestion in suggestions:
            answered = talk.comment("dailanh.kt", version, thread=first.body["thread"], suggestion=suggestion)
            assert answered.body["suggestion"] == suggestion
    told = [act.body.get("suggestion") for act in talk.acts("soxd.tham", version)]
    assert told == [shape, *suggestions] * 2


def test_a_suggestion_that_fits_no_feature_is_refused_in_answers_too(talk: Talk, version: Version):
    value = {"values": {"tenDoiTuong": "Công viên"}, "over": "a" * 64}
    about = {anchor["kind"]: talk.comment("soxd.tham", version, anchor=anchor) for anchor in ({"kind": "whole"}, on(KEY))}
    for kind, suggestion in (
        ("whole", value),
        ("change", {**value, "values": {"dienTich": 3.0}}),
        ("change", {**value, "values": {"plan": None}}),
        ("change", {**value, "values": {"geom": None}}),
        ("change", {**value, "values": {"tenDoiTuong": None}}),
        ("change", {**value, "over": "x"}),
        ("change", {"values": {}, "over": "a" * 64}),
        ("change", {"values": {"a": 1, "b": 2}, "over": "a" * 64}),
    ):
        for where in ({"anchor": about[kind].body["anchor"]}, {"thread": about[kind].body["thread"]}):
            with invalid("act.malformed"):
                talk.comment("soxd.tham", version, suggestion=suggestion, **where)
    with invalid("value.type"):
        talk.comment("soxd.tham", version, thread=about["change"].body["thread"], suggestion={**value, "values": {"danSo": "x"}})
    assert len(talk.acts("soxd.tham", version)) == 2


def test_a_crooked_shape_is_refused(talk: Talk, version: Version):
    crooked = base64.b64encode(geometry.written(shapely.box(0, 0, 1.00001, 1))).decode()
    with pytest.raises(InvalidData):
        talk.comment("soxd.tham", version, anchor=on(KEY), suggestion={"values": {"geom": crooked}, "over": "a" * 64})


# --- what may not be known ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [1, 2])
def test_what_is_said_of_a_hidden_feature_reaches_the_cleared_alone(talk: Talk, desk: Desk, level: int):
    """Neither thread nor verdict, nor their number, nor that there is something new."""
    desk.clear("dailanh.ct")
    version = desk.send(desk.edited(KEY, tenDoiTuong="Mới"), desk.edited(lot_key("22504", 5, 5), ghiChu="x"))
    desk.grant("soxd.duyet", "observer", None)
    desk.clear("soxd.duyet", False)
    desk.direct([desk.edited(KEY, visibility=level)])
    for name in ("soxd.duyet", "dailanh.kt"):
        unread.mark(desk.database, desk.principal(name), version.proposal, 1 << 40)
    before = {name: talk.read(name, version) for name in ("soxd.duyet", "dailanh.kt")}
    first = talk.comment("soxd.tham", version, "Bí mật", anchor=on(KEY))
    talk.comment("soxd.tham", version, "Bí mật", thread=first.body["thread"])
    talk.act("soxd.tham", version, ActKind.SETTLE, thread=first.body["thread"])
    talk.verdict("soxd.tham", version, KEY, text="Bí mật")
    for name in ("soxd.duyet", "dailanh.kt"):
        told = talk.read(name, version)
        assert {**told, "seen": 0} == {**before[name], "seen": 0}
        listed = next(item for item in desk.listed(name) if item["id"] == version.proposal)
        assert (listed["unread"], listed["redo"]) == (0, 0)
        with refused(409, "thread.unknown"):
            talk.comment(name, version, "Lời", thread=first.body["thread"])
        with invalid("anchor.unknown"):
            talk.comment(name, version, "Lời", anchor=on(KEY))
    listed = next(item for item in desk.listed("dailanh.ct") if item["id"] == version.proposal)
    assert (len(talk.acts("dailanh.ct", version)), listed["redo"]) == (4, 1)


def test_a_place_on_a_hidden_feature_is_not_shown(talk: Talk, desk: Desk, version: Version):
    desk.direct([desk.edited(lot_key("22504", 8, 8), visibility=2)])
    there, beside = square(600_850, 1_400_850, 10), square(600_650, 1_400_650, 10)
    talk.comment("soxd.tham", version, "Bí mật", anchor=place(there))
    talk.comment("soxd.tham", version, "Thường", anchor=place(beside))
    assert [act.text for act in talk.acts("dailanh.kt", version)] == ["Thường"]
    assert len(talk.acts("soxd.tham", version)) == 2


# --- verdicts and returning -------------------------------------------------------------------------------------------


def test_a_return_carries_the_marked_changes_and_needs_no_reason_beside(talk: Talk, desk: Desk, version: Version):
    with invalid("text.blank"):
        desk.step("soxd.tham", version, Step.RETURN)
    talk.verdict("soxd.tham", version, lot_key("22504", 5, 5))
    talk.verdict("soxd.tham", version, lot_key("22504", 5, 5), "fine", "")
    with invalid("text.blank"):
        desk.step("soxd.tham", version, Step.RETURN)
    marked = talk.verdict("soxd.tham", version, KEY)
    answer = desk.step("soxd.tham", version, Step.RETURN)
    assert (answer["state"], answer["redo"]) == ("returned", 1)
    with desk.database.reading() as conn:
        noted = conn.execute("SELECT details FROM hub.audit WHERE action = 'return'").fetchone()
    assert (noted or {})["details"]["redo"] == [marked.id]


def test_marks_do_not_reject(talk: Talk, desk: Desk, version: Version):
    talk.verdict("soxd.tham", version, KEY)
    with invalid("text.blank"):
        desk.step("soxd.duyet", version, Step.REJECT)


def test_a_redo_needs_its_reason(talk: Talk, version: Version):
    with invalid("text.blank"):
        talk.verdict("soxd.tham", version, KEY, text=" ")


# --- what is new --------------------------------------------------------------------------------------------------------


def test_unread_counts_what_others_did_since_the_last_look(talk: Talk, desk: Desk, version: Version):
    def unread_of(name: str) -> int:
        return int(next(item["unread"] for item in desk.listed(name) if item["id"] == version.proposal))

    assert unread_of("dailanh.kt") == 1  # the head's signature; submitting was her own
    unread.mark(desk.database, desk.principal("dailanh.kt"), version.proposal, talk.read("dailanh.kt", version)["seen"])
    assert unread_of("dailanh.kt") == 0
    talk.comment("dailanh.kt", version)
    assert unread_of("dailanh.kt") == 0
    seen = talk.read("dailanh.kt", version)["seen"]
    talk.comment("soxd.tham", version)
    unread.mark(desk.database, desk.principal("dailanh.kt"), version.proposal, seen)
    assert unread_of("dailanh.kt") == 1
    unread.mark(desk.database, desk.principal("dailanh.kt"), version.proposal, 1 << 60)
    talk.comment("soxd.tham", version)
    assert unread_of("dailanh.kt") == 1, "a mark beyond the newest entry hides nothing that is still to come"
    with refused(404, "not_found"):
        unread.mark(desk.database, desk.principal("vanthang.kt"), version.proposal, 5)


# --- bounds --------------------------------------------------------------------------------------------------------------


def test_one_account_does_not_fill_the_hub(talk: Talk, version: Version):
    talk.limits = Limits(acts_a_day=3)
    for _ in range(3):
        talk.comment("soxd.tham", version)
    with refused(429, "discussion.too_many"):
        talk.comment("soxd.tham", version)
    talk.comment("soxd.duyet", version)
    talk.limits = Limits(acts_of_proposal=4)
    with refused(413, "discussion.full"):
        talk.comment("soxd.duyet", version)
    assert len(talk.acts("soxd.tham", version)) == 4


def test_pages_hold_all(talk: Talk, version: Version):
    from province_hub import discussion

    said = [talk.comment("soxd.tham", version, f"Lời {number}").id for number in range(7)]
    found, cursor, pages = [], 0, 0
    while cursor is not None:
        with talk.desk.database.reading() as conn:
            page = discussion.document(conn, talk.desk.principal("dailanh.kt"), version.proposal, cursor, 600)
        found += [item["id"] for item in page["acts"]]
        cursor, pages = page["cursor"], pages + 1
    assert (found, pages > 2) == (said, True)


NASTY: tuple[Any, ...] = (None, True, 7, -1, 1.5, "", "x", "\x00", "\ud800", "e\u0301", [], ["x"], {}, {"kind": "whole"}, "9" * 70)


def test_spoiled_acts_are_refused_plainly(talk: Talk, version: Version):
    """Whatever stands where something else should: a problem or invalid data, never a failure; and what is kept can be read."""
    request = talk.ask(version)
    bodies: dict[str, dict[str, Any]] = {
        "comment": {
            "thread": str(uuid.uuid4()),
            "text": "Lời",
            "anchor": on(KEY, "tenDoiTuong"),
            "suggestion": {"values": {"tenDoiTuong": "A"}, "over": "a" * 64},
        },
        "verdict": {"layer": LOTS, "key": KEY, "verdict": "redo", "text": "Sai"},
        "ask": {**request.body, "text": ""},
        "opinion": {"request": request.id, "opinion": "agree", "files": [{"sha256": "a" * 64, "name": "a.pdf", "size": 1}]},
    }
    from tests.hub.test_fuzz import changed, places

    rng, tried = random.Random(5), 0
    for kind, body in bodies.items():
        document = {"kind": kind, "version": 1, "body": body}
        for path, value in rng.sample([(p, v) for p in places(document) if p for v in NASTY], 60):
            tried += 1
            try:
                talk.put(
                    "congan.yk" if kind == "opinion" else "soxd.tham", version, str(uuid.uuid4()), changed(document, path, value)
                )
            except (Problem, InvalidData):
                continue
    assert tried == 240
    for act in talk.acts("soxd.tham", version):
        act.to_json()


# --- everyone sees how their own stands ---------------------------------------------------------------------------------


def test_whoever_had_a_part_sees_how_it_stands_and_what_is_new_to_the_end(talk: Talk, desk: Desk):
    """The walk of one proposal: who has it in which list, in which state, and whether something is new."""
    version = desk.send(desk.edited(KEY, tenDoiTuong="Mới"))
    request = talk.ask(version)
    talk.opinion(request, version)
    people = ("dailanh.kt", "dailanh.ct", "soxd.tham", "congan.yk")

    def standing() -> dict[str, tuple[str, bool]]:
        """In the list of one's own, or of those that one had a part in; everything is read then."""
        found = {}
        for name in people:
            box = "mine" if name == "dailanh.kt" else "followed"
            (item,) = (each for each in desk.listed(name, box) if each["id"] == version.proposal)
            found[name] = (item["state"], item["unread"] > 0)
            unread.mark(desk.database, desk.principal(name), version.proposal, 1 << 40)
        return found

    standing()
    assert set(standing().values()) == {("submitted", False)}
    desk.step("soxd.duyet", version, Step.RETURN, reason="Sửa ranh")
    assert set(standing().values()) == {("returned", True)}, "also of who has signed it, asked or answered, and waits for nothing"
    talk.comment("dailanh.kt", version, "Đã rõ")
    assert {name for name, (_, new) in standing().items() if new} == set(people) - {"dailanh.kt"}
    second = desk.version(desk.edited(KEY, tenDoiTuong="Mới hơn"), proposal=version.proposal, number=2)
    desk.submit(second)
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    desk.approve(second)
    assert set(standing().values()) == {("approved", True)}
    assert desk.listed("vanthang.kt", "followed") == desk.listed("bchqs.yk", "followed") == []
