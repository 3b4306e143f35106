"""Discussion, verdicts and opinions in the docks: every button, and what it does to the session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTableWidget,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from commune_planning_plugin.adapters.signs import Sign
from commune_planning_plugin.core.discussion import ActKind
from commune_planning_plugin.core.discussion_bodies import checked
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Field, FieldType
from commune_planning_plugin.core.suggestions import hash_of
from commune_planning_plugin.gui.changes_tree import STATE, ChangesTree
from commune_planning_plugin.gui.opinions_panel import OpinionsPanel
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_changes import ChangesTab
from commune_planning_plugin.gui.review_discussion import DiscussionTab
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.review_opinions import OpinionsTab
from commune_planning_plugin.gui.suggestion_editor import SuggestionEditor
from commune_planning_plugin.gui.sync_button import SyncButton
from commune_planning_plugin.gui.thread_list import ThreadList
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.proposal_documents import OpinionsStanding
from tests.plugin import sample, talks
from tests.plugin.docks import click, tab_title
from tests.plugin.fake_session import FakeSession, working

LAYERS = {layer.id: layer for layer in sample.CATALOGUE.layers}
LOT = Ref(sample.LOTS.id, sample.key(2))
Opened = tuple[ReviewDock, FakeSession]


@pytest.fixture
def review(keep_dock) -> Callable[..., Opened]:
    """A review whose tab of this class is shown, as this account sees it."""

    def open_at(tab: type, account: Any = sample.REVIEWER, told: bool = True, width: int = 340) -> Opened:
        session = working(account=account, inbox=sample.inbox())
        dock = keep_dock(ReviewDock(session), width)
        session.open_review("p-1")
        session.discussion.tell(talks.told("p-1", account, None if told else ()))
        tabs = dock.findChild(QTabWidget, "review_tabs")
        tabs.setCurrentIndex(next(n for n in range(tabs.count()) if isinstance(tabs.widget(n), tab)))
        return dock, session

    return open_at


def posted(session: FakeSession) -> list[tuple[ActKind, dict[str, Any]]]:
    """What was said; each is something that the hub takes."""
    found = [(kind, body) for _proposal, _version, kind, body, _files in session.called("post")]
    for kind, body in found:
        checked(LAYERS, kind, {"thread": talks.identity("new"), **body} if kind is ActKind.COMMENT else body)
    return found


def choose_thread(dock: QWidget, title: str) -> None:
    threads = dock.findChild(ThreadList)
    item = next(i for i in map(threads.topLevelItem, range(threads.topLevelItemCount())) if title in i.text(0))
    threads.setCurrentItem(item)


def from_menu(dock: QWidget, text: str) -> None:
    """As chosen in the menu of a new remark."""
    menu = dock.findChild(QToolButton, "new_remark_button").menu()
    menu.aboutToShow.emit()
    actions = [*menu.actions(), *(inner for action in menu.actions() if action.menu() for inner in action.menu().actions())]
    next(action for action in actions if text in action.text().replace("&", "")).trigger()


def suggest(dock: QWidget, name: str) -> None:
    about = dock.findChild(QComboBox, "suggestion_about")
    assert about.isVisibleTo(dock)
    about.setCurrentIndex(about.findData(name))


def write(dock: QWidget, name: str, text: str) -> None:
    dock.findChild(QPlainTextEdit, name).setPlainText(text)


# --- discussion ------------------------------------------------------------------------------------------------------------


def test_open_threads_come_first_with_mark_word_and_number(review):
    dock, _ = review(DiscussionTab)
    threads = dock.findChild(ThreadList)
    rows = [(threads.topLevelItem(n).text(0)[:2].strip(), threads.topLevelItem(n).text(1)) for n in range(4)]
    assert rows == [("2", "● open"), ("3", "● open"), ("1", "◐ answered"), ("4", "✓ settled")]
    assert tab_title(dock, dock.findChild(DiscussionTab))[0] == "Discussion 3"


def test_a_thread_leads_to_its_change_and_the_change_to_its_thread(review):
    dock, session = review(DiscussionTab)
    choose_thread(dock, "A place")
    assert session.called("map_show")[-1][1] is Sign.REMARK
    choose_thread(dock, "1  Lô đất ở ODT-002")
    assert session.called("show_change")[-1][0].key == LOT.key
    assert session.called("map_show")[-1][1] is Sign.SUGGESTED, "its suggestion lies beside it"
    choose_thread(dock, "The whole")
    session.selected.emit(LOT)
    assert "ODT-002" in dock.findChild(ThreadList).currentItem().text(0)


def test_words_of_others_are_no_markup(review):
    dock, session = review(DiscussionTab)
    nasty = '<img src="file:///etc/passwd"><b>đậm</b> & <a href="take:x">bấm</a>'
    first = talks.act(
        "n", "soxd.tham", ActKind.COMMENT, {"thread": talks.identity("n"), "text": nasty, "anchor": {"kind": "whole"}}
    )
    session.discussion.tell(talks.told("p-1", sample.REVIEWER, [replace(first, actor_name="<i>Ai</i>")]))
    browser = dock.findChild(QTextBrowser, "conversation")
    assert nasty in browser.toPlainText()
    assert "<i>Ai</i>" in browser.toPlainText()


def test_an_answer_goes_into_the_thread(review):
    dock, session = review(DiscussionTab)
    choose_thread(dock, "A place")
    click(dock, "send_comment_button")
    assert session.called("post") == [], "nothing is sent without words"
    write(dock, "comment_edit", "Đã bố trí")
    click(dock, "send_comment_button")
    assert posted(session) == [(ActKind.COMMENT, {"text": "Đã bố trí", "thread": talks.identity("t3")})]
    assert dock.findChild(QPlainTextEdit, "comment_edit").toPlainText() == ""


def test_a_thread_is_settled_and_opened_again(review):
    dock, session = review(DiscussionTab)
    choose_thread(dock, "A place")
    click(dock, "settle_button")
    choose_thread(dock, "The whole")
    click(dock, "settle_button")
    assert posted(session) == [
        (ActKind.SETTLE, {"thread": talks.identity("t3")}),
        (ActKind.REOPEN, {"thread": talks.identity("t4")}),
    ]


def test_a_remark_about_an_attribute_suggests_a_value(review):
    dock, session = review(DiscussionTab)
    session.selected.emit(LOT)
    from_menu(dock, "Storeys")
    write(dock, "comment_edit", "Tối đa 3 tầng")
    suggest(dock, "tangCaoToiDa")
    value = dock.findChild(QLineEdit, "suggested_value")
    assert value.isVisibleTo(dock)
    for wrong in ("ba", "1"):
        value.setText(wrong)
        click(dock, "send_comment_button")
        assert session.called("post") == [], "no number, or what it is already"
    value.setText("3")
    click(dock, "send_comment_button")
    ((_, body),) = posted(session)
    assert body["anchor"] == {"kind": "attribute", "layer": LOT.layer, "key": LOT.key, "attribute": "tangCaoToiDa"}
    assert body["suggestion"] == {"values": {"tangCaoToiDa": 3}, "over": hash_of(sample.LOTS, "tangCaoToiDa", 1)}


def test_the_change_that_was_looked_at_before_is_what_a_remark_can_be_about(review):
    """The tab is filled when it is first looked at: later than the change was chosen."""
    dock, session = review(ChangesTab)
    session.selected.emit(LOT)
    tabs = dock.findChild(QTabWidget, "review_tabs")
    tabs.setCurrentIndex(next(n for n in range(tabs.count()) if isinstance(tabs.widget(n), DiscussionTab)))
    from_menu(dock, "ODT-002")
    write(dock, "comment_edit", "Đề nghị xem lại")
    click(dock, "send_comment_button")
    ((_, body),) = posted(session)
    assert body["anchor"] == {"kind": "change", "layer": LOT.layer, "key": LOT.key}


def test_a_value_of_a_code_list_is_chosen(review):
    dock, session = review(DiscussionTab)
    session.selected.emit(LOT)
    from_menu(dock, "Land function")
    write(dock, "comment_edit", "Đúng ra là đất ở")
    suggest(dock, "chucNangSuDungDatMuc2")
    choice = dock.findChild(QComboBox, "suggested_choice")
    choice.setCurrentIndex(choice.findData("ODT"))
    click(dock, "send_comment_button")
    ((_, body),) = posted(session)
    assert body["suggestion"]["values"] == {"chucNangSuDungDatMuc2": "ODT"}


def test_a_shape_is_suggested_by_drawing_it(review):
    dock, session = review(DiscussionTab)
    session.selected.emit(LOT)
    from_menu(dock, "About “")
    click(dock, "sketch_button")
    assert session.called("reshape") == [(LOT.layer, sample.lot(2, 62.5)["geom"])]
    click(dock, "use_sketch_button")
    assert session.called("take") == [()]
    session.discussion.map.finish(sample.square(600_200, 1_400_000, 55, 100))
    write(dock, "comment_edit", "Lùi ranh như hình")
    click(dock, "send_comment_button")
    ((_, body),) = posted(session)
    assert body["suggestion"]["over"] == hash_of(sample.LOTS, "geom", sample.lot(2, 62.5)["geom"])


def test_an_answer_suggests_a_shape_or_any_value(review):
    dock, session = review(DiscussionTab)
    choose_thread(dock, "1  Lô đất ở ODT-002")
    click(dock, "sketch_button")
    assert session.called("reshape") == [(LOT.layer, sample.lot(2, 62.5)["geom"])]
    session.discussion.map.finish(sample.square(600_200, 1_400_000, 58, 100))
    write(dock, "comment_edit", "Còn cách này")
    click(dock, "send_comment_button")
    suggest(dock, "tangCaoToiDa")
    dock.findChild(QLineEdit, "suggested_value").setText("")
    write(dock, "comment_edit", "Chưa quy định tầng cao")
    click(dock, "send_comment_button")
    drawn, emptied = (body for _, body in posted(session))
    assert {body["thread"] for body in (drawn, emptied)} == {talks.identity("t1")}
    assert list(drawn["suggestion"]["values"]) == ["geom"]
    assert emptied["suggestion"] == {"values": {"tangCaoToiDa": None}, "over": hash_of(sample.LOTS, "tangCaoToiDa", 1)}
    choose_thread(dock, "The whole")
    assert not dock.findChild(QComboBox, "suggestion_about").isVisibleTo(dock), "about no feature"


def test_a_yes_or_no_is_chosen(keep_dock):
    lots = replace(sample.LOTS, legal_fields=(*sample.LOTS.legal_fields, Field("daCamMoc", FieldType.BOOLEAN)))
    session = working(account=sample.REVIEWER, catalogue=replace(sample.CATALOGUE, layers=(lots,)))
    editor = SuggestionEditor(session)
    editor.show_feature({"kind": "change", "layer": LOT.layer, "key": LOT.key}, {**sample.lot(2), "daCamMoc": True})
    about, choice = (editor.findChild(QComboBox, name) for name in ("suggestion_about", "suggested_choice"))
    about.setCurrentIndex(about.findData("daCamMoc"))
    assert [choice.itemText(n) for n in range(choice.count())] == ["yes", "no", "(empty)"]
    found = []
    for row in (1, 2):
        choice.setCurrentIndex(row)
        found.append(editor.suggestion()["values"])
    assert found == [{"daCamMoc": False}, {"daCamMoc": None}]
    choice.setCurrentIndex(0)
    with pytest.raises(InvalidData):
        editor.suggestion()


@pytest.mark.parametrize(("now", "words"), [(1, "take it over"), (3, "it is so now"), (2, "has changed since")])
def test_a_suggestion_tells_how_it_stands_now(returned, now: int, words: str):
    dock, session = returned
    row = {**sample.lot(2, 62.5), "tangCaoToiDa": now}
    session.set(local_changes=(sample.local(sample.LOTS, 2, sample.lot(2), row),))
    click(dock, "talk_button")
    choose_thread(dock, "Storeys")
    told = dock.findChild(QTextBrowser, "conversation").toPlainText()
    assert words in told
    assert ("take it over" in told) is (now != 3)


def test_a_refused_suggestion_is_written_anew(review):
    dock, session = review(DiscussionTab)
    suggestion = {"values": {"tangCaoToiDa": 4}, "over": hash_of(sample.LOTS, "tangCaoToiDa", 1)}
    session.discussion.items["p-1"] = (talks.refused("p-1", {"text": "Bốn tầng", "suggestion": suggestion}),)
    session.discussion.changed.emit("p-1")
    choose_thread(dock, "1  Lô đất ở ODT-002")
    dock.findChild(QTextBrowser, "conversation").anchorClicked.emit(QUrl(f"edit:{talks.identity('refused')}"))
    click(dock, "send_comment_button")
    assert posted(session)[0][1] == {"text": "Bốn tầng", "thread": talks.identity("t1"), "suggestion": suggestion}


def test_a_place_is_drawn_first(review):
    dock, session = review(DiscussionTab)
    from_menu(dock, "area of the map")
    assert session.called("draw") == [("polygons",)]
    write(dock, "comment_edit", "Chỗ này ngập")
    click(dock, "send_comment_button")
    assert session.called("post") == []
    session.discussion.map.finish(sample.square(600_210, 1_400_010, 10, 10))
    click(dock, "send_comment_button")
    ((_, body),) = posted(session)
    assert (body["anchor"]["kind"], body["anchor"]["shape"]) == ("place", "polygons")


def test_without_a_connection_it_says_since_when_and_what_waits(review):
    dock, session = review(DiscussionTab)
    session.discussion.items["p-1"] = talks.items("p-1")
    session.discussion.at = sample.datetime.now(sample.timezone.utc)
    session.set(connection=Connection.OFFLINE)
    session.discussion.changed.emit("p-1")
    assert "No connection" in dock.findChild(QLabel, "discussion_notice_text").text()
    choose_thread(dock, "1  Lô đất ở ODT-002")
    browser = dock.findChild(QTextBrowser, "conversation")
    assert "Waits for the connection" in browser.toPlainText()
    assert "decided" in browser.toPlainText(), "why the hub didn't take the other one"
    refused = talks.identity("refused")
    browser.anchorClicked.emit(QUrl(f"edit:{refused}"))
    assert dock.findChild(QPlainTextEdit, "comment_edit").toPlainText() == "Viết muộn."
    browser.anchorClicked.emit(QUrl(f"discard:{talks.identity('waits')}"))
    assert [call[1] for call in session.called("discard")] == [refused, talks.identity("waits")]


def test_who_only_reads_has_nothing_to_write_with(review):
    dock, session = review(DiscussionTab)
    session.discussion.tell(replace(talks.told("p-1", sample.REVIEWER), can=frozenset()))
    for name in ("send_comment_button", "settle_button", "new_remark_button"):
        assert not dock.findChild((QPushButton, QToolButton), name).isVisibleTo(dock)


def test_nothing_said_yet_says_what_it_is_for(review):
    dock, _ = review(DiscussionTab, told=False)
    assert "Ask about the whole" in dock.findChild(QLabel, "discussion_empty").text()


# --- verdicts ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def judging(keep_dock) -> Opened:
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 340)
    session.open_review("p-1")
    session.discussion.tell(talks.told("p-1", sample.REVIEWER))
    return dock, session


def test_a_verdict_stands_in_the_list_with_a_sign(judging):
    dock, _ = judging
    tree = dock.findChild(ChangesTree, "review_changes")
    chips = {tree._items[ref].text(STATE) for ref in (Ref(sample.LOTS.id, sample.key(n)) for n in (1, 2, 3))}
    assert chips == {"✓ fine", "↺ redo", ""}


def test_fine_goes_on_to_the_next_change(judging):
    dock, session = judging
    tree = dock.findChild(ChangesTree, "review_changes")
    first = tree.current_handle()
    click(dock, "fine_button")
    ((kind, body),) = posted(session)
    assert (kind, body["verdict"], body["key"]) == (ActKind.VERDICT, "fine", first.key)
    assert tree.current_handle() != first


def test_a_redo_needs_its_reason(judging):
    dock, session = judging
    click(dock, "redo_button")
    click(dock, "keep_verdict_button")
    assert session.called("post") == []
    write(dock, "verdict_reason", "Lùi ranh về mốc M-12")
    click(dock, "keep_verdict_button")
    ((_, body),) = posted(session)
    assert (body["verdict"], body["text"]) == ("redo", "Lùi ranh về mốc M-12")


def test_a_verdict_is_taken_back(judging):
    dock, session = judging
    click(dock, "no_verdict_button")
    assert posted(session)[0][1]["verdict"] == "none"


def test_who_may_not_judge_sees_the_verdict_alone(judging):
    dock, session = judging
    session.discussion.tell(replace(talks.told("p-1", sample.REVIEWER), can=frozenset()))
    assert not dock.findChild(QPushButton, "fine_button").isVisibleTo(dock)
    assert "Phạm Thu Thủy" in dock.findChild(QLabel, "verdict_text").text()


def test_marked_changes_are_reason_enough_to_return(judging):
    dock, session = judging
    click(dock, "return_button")
    assert session.called("return_") == [("",)]
    session.discussion.tell(talks.told("p-1", sample.REVIEWER, []))
    click(dock, "return_button")
    assert session.called("return_") == [("",)], "without a mark a reason is compulsory"


def test_an_approval_waits_for_agencies(judging):
    dock, session = judging
    assert not dock.findChild(QPushButton, "approve_button").isEnabled()
    session.discussion.tell(talks.told("p-1", sample.REVIEWER, []))
    assert dock.findChild(QPushButton, "approve_button").isEnabled()


# --- opinions ------------------------------------------------------------------------------------------------------------


def test_a_reviewer_asks_an_agency_with_the_legal_term(review):
    dock, session = review(OpinionsTab)
    click(dock, "ask_button")
    agencies = dock.findChild(QComboBox, "agency_combo")
    assert [agencies.itemText(n) for n in range(agencies.count())] == [talks.POLICE.name, talks.ARMY.name], "one is asked already"
    click(dock, "ask_send_button")
    due = talks.TERM.last_day.isoformat()
    assert dock.findChild(QLabel, "term_text").text() == "The legal term: Luật 47/2024 Đ37 (provisional)"
    assert posted(session) == [(ActKind.ASK, {"organisation": talks.POLICE.id, "due": due, "silence_agrees": True, "text": ""})]


def test_a_request_is_withdrawn_with_its_reason(review):
    dock, session = review(OpinionsTab)
    dock.findChild(QTableWidget, "opinions_table").selectRow(2)
    click(dock, "unask_button")
    click(dock, "unask_send_button")
    assert session.called("post") == []
    write(dock, "unask_text", "Không liên quan")
    click(dock, "unask_send_button")
    assert posted(session) == [(ActKind.UNASK, {"text": "Không liên quan", "request": talks.identity("ask-nn")})]


def test_an_agency_gives_its_opinion_from_the_bar_with_files(review, tmp_path: Path):
    dock, session = review(DiscussionTab, account=sample.AGENCY)
    session.set(review=sample.detail("p-1", ()))
    click(dock, "give_opinion_button")
    combo = dock.findChild(QComboBox, "opinion_combo")
    assert combo.isVisibleTo(dock)
    combo.setCurrentIndex(combo.findData("remarks"))
    paper = tmp_path / "Công văn.pdf"
    paper.write_bytes(b"%PDF")
    form = dock.findChild(OpinionsPanel)._opinion
    form._choose = lambda _parent: [str(paper)]
    click(dock, "opinion_files_button")
    click(dock, "opinion_send_button")
    assert session.called("post") == [], "remarks need words"
    write(dock, "opinion_text", "Giữ hành lang suối")
    click(dock, "opinion_send_button")
    ((_, body),) = posted(session)
    assert (body["request"], body["opinion"]) == (talks.identity("ask-nn"), "remarks")
    ((*_, files),) = session.called("post")
    assert (list(files.values()), body["files"][0]["name"]) == ([b"%PDF"], "Công văn.pdf")
    for name in ("ask_button", "answer_button", "unask_button"):
        assert not dock.findChild(QPushButton, name).isVisibleTo(dock)


def test_the_commune_answers_an_opinion(keep_dock):
    session = working(proposals=sample.mine())
    dock = keep_dock(ProposalDock(session), 330)
    session.discussion.tell(talks.told("p-2", sample.TECHNICIAN))
    click(dock, "talk_button")
    dock.findChild(QTabWidget, "talk_tabs").setCurrentIndex(2)
    dock.findChild(QTableWidget, "opinions_table").selectRow(0)
    click(dock, "answer_button")
    write(dock, "answer_text", "Đã bổ sung")
    click(dock, "answer_send_button")
    assert posted(session) == [
        (ActKind.ANSWER, {"answer": "accepted", "text": "Đã bổ sung", "opinion_id": talks.identity("said-ca")})
    ]


def test_the_table_is_printed_and_written(keep_dock, tmp_path: Path):
    session = working(account=sample.REVIEWER)
    session.discussion.tell(talks.told("p-1", sample.REVIEWER))
    panel = OpinionsPanel(session, save=lambda _parent, name, _suffix: str(tmp_path / name))
    panel.show_proposal(sample.summary("p-1"))
    told: list[str] = []
    session.noticed.connect(lambda code, _details: told.append(code))
    for name in ("opinions_pdf_button", "opinions_csv_button"):
        panel.findChild(QPushButton, name).click()
    pdf, text = (tmp_path / f"tong-hop-y-kien-17.{suffix}" for suffix in ("pdf", "csv"))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Quá hạn – coi như đồng ý" in text.read_text(encoding="utf-8-sig")
    assert told == ["opinions.written"] * 2
    panel._save = lambda *_: str(tmp_path / "nowhere" / "x.csv")
    failures: list[str] = []
    session.failed.connect(lambda error, _context: failures.append(error.code))
    panel.findChild(QPushButton, "opinions_csv_button").click()
    assert failures == ["file.not_written"]


# --- the technician's own proposal, and badges ------------------------------------------------------------------------------


@pytest.fixture
def returned(keep_dock) -> tuple[ProposalDock, FakeSession]:
    mine = tuple(replace(each, unread=3, redo=1) if each.id == "p-2" else each for each in sample.mine())
    session = working(proposals=mine)
    session.discussion.tell(talks.told("p-2", sample.TECHNICIAN))
    return keep_dock(ProposalDock(session), 330), session


def test_what_is_new_is_seen_without_asking(returned):
    dock, session = returned
    assert dock.windowTitle() == "Proposals ● 1"
    assert dock.findChild(QTableWidget, "proposals_table").item(0, 0).text().startswith("● 3 new · ")
    assert "1 change(s) to be redone" in dock.findChild(QLabel, "proposal_details_text").text()
    button = SyncButton(session)
    assert button.text().endswith("●1")
    session.discussion.read.add("p-2")
    session.discussion.unread_changed.emit()
    assert dock.windowTitle() == "Proposals"
    assert "●" not in button.text()


def test_she_sees_what_to_redo_first_and_its_reason(returned):
    dock, session = returned
    click(dock, "talk_button")
    assert session.called("watch") == [("p-2",)]
    assert dock.findChild(QTabWidget, "talk_tabs").currentIndex() == 0
    tree = dock.findChild(ChangesTree, "redo_changes")
    tree.step(1)
    assert tree.current_handle() == LOT
    assert "mốc M-12" in dock.findChild(QLabel, "redo_why").text()
    click(dock, "leave_talk_button")
    assert session.called("watch") == [("p-2",), (None,)]


def test_a_suggestion_is_taken_over_by_one_click(returned):
    dock, session = returned
    click(dock, "talk_button")
    dock.findChild(QTabWidget, "talk_tabs").setCurrentIndex(1)
    choose_thread(dock, "1  Lô đất ở ODT-002")
    dock.findChild(QTextBrowser, "conversation").anchorClicked.emit(QUrl(f"take:{talks.identity('shape')}"))
    ((ref, suggestion),) = session.called("take_over")
    assert (ref, list(suggestion["values"])) == (LOT, ["geom"])


def test_the_inbox_says_what_is_new_and_what_is_asked(keep_dock):
    standing = OpinionsStanding(2, 1, 1, "2026-12-07", None)
    inbox = tuple(replace(each, unread=number, opinions=standing) for number, each in enumerate(sample.inbox(2)))
    session = working(account=sample.REVIEWER, inbox=inbox)
    dock = keep_dock(ReviewDock(session), 330)
    texts = {dock.findChild(QTableView, "inbox_table").model().index(row, 0).data() for row in range(2)}
    assert dock.windowTitle() == "Review ● 1"
    assert sum(text.startswith("● 1 new · ") for text in texts) == 1
    assert all("07/12/2026" in text for text in texts)


def test_an_agencys_empty_inbox_says_when_it_fills(keep_dock):
    dock = keep_dock(ReviewDock(working(account=sample.AGENCY)), 330)
    assert "your agency" in dock.findChild(QLabel, "inbox_empty").text()


def test_it_fits_a_narrow_dock(review, returned):
    for tab in (DiscussionTab, OpinionsTab):
        dock, _ = review(tab)
        assert dock.minimumSizeHint().width() <= 300
    dock, _ = returned
    click(dock, "talk_button")
    assert dock.minimumSizeHint().width() <= 300
