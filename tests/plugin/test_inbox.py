"""The inbox narrowed down, sorted and walked through, with hundreds and thousands of lines."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QTableView, QToolButton

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.inbox_rows import AGE, CHANGES, COMMUNE, DUE, due_text, passing
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.sync.list_calls import InboxFilter, ProposalPage, Question
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, StepTaken
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_session import working

NOW = datetime.now(timezone.utc)


def in_days(days: float) -> str:
    return (NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.fixture(autouse=True)
def _own_filter(own_settings):
    settings.set_inbox_filter("")
    yield
    settings.set_inbox_filter("")


@pytest.fixture
def show(keep_dock):
    def made(inbox, width=330):
        session = working(account=sample.REVIEWER, inbox=inbox)
        return keep_dock(ReviewDock(session), width), session

    return made


def ids(dock) -> list[str]:
    return [summary.id for summary in dock.findChild(QTableView, "inbox_table").model().rows]


def choose(dock, name: str, text: str) -> None:
    combo = dock.findChild(QComboBox, name)
    index = combo.findText(text)
    assert index >= 0, [combo.itemText(i) for i in range(combo.count())]
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_the_longest_waiting_comes_first_and_headers_sort(show):
    dock, _ = show(sample.inbox(3), 900)
    assert ids(dock) == ["p-3", "p-2", "p-1"]
    table = dock.findChild(QTableView, "inbox_table")
    for column, order, wanted in (
        (CHANGES, Qt.SortOrder.AscendingOrder, ["p-1", "p-2", "p-3"]),
        (COMMUNE, Qt.SortOrder.AscendingOrder, ["p-2", "p-3", "p-1"]),  # Phường Đông Ninh Hoà, Xã Đại Lãnh, Xã Vạn Thắng
        (AGE, Qt.SortOrder.DescendingOrder, ["p-1", "p-2", "p-3"]),
    ):
        table.sortByColumn(column, order)
        assert ids(dock) == wanted
    click(dock, "refresh_button")
    assert ids(dock) == ["p-1", "p-2", "p-3"]  # the order stays


def test_searching_needs_no_accents(show):
    dock, _ = show(sample.inbox(6))
    dock.findChild(QLineEdit, "inbox_search").setText("van thang")
    assert ids(dock) == ["p-4", "p-1"]
    assert "2 shown" in dock.findChild(QLabel, "inbox_count").text()
    click(dock, "clear_filter_button")
    assert len(ids(dock)) == 6


def test_each_filter(show):
    inbox = list(sample.inbox(6))
    taken = StepTaken(Step.OPEN, sample.REVIEWER.full_name, sample.ago(days=1), None)
    inbox[0] = replace(inbox[0], last_step=taken, due_at=in_days(-1))
    inbox[1] = replace(inbox[1], due_at=in_days(3), commune="22516")
    dock, _ = show(tuple(inbox))
    dock.findChild(QToolButton, "inbox_more_filters").setChecked(True)
    choose(dock, "inbox_commune_filter", "Phường Đông Ninh Hoà")
    assert ids(dock) == ["p-2"]
    choose(dock, "inbox_commune_filter", "All communes")
    choose(dock, "inbox_state_filter", "Sent")
    assert set(ids(dock)) == {"p-1", "p-3", "p-5"}
    choose(dock, "inbox_state_filter", "All states")
    choose(dock, "inbox_plan_filter", sample.PLANS[0].name)
    choose(dock, "inbox_plan_filter", "All plans")
    choose(dock, "inbox_age_filter", "3 day(s) or more")
    assert set(ids(dock)) == {"p-3", "p-4", "p-5", "p-6"}
    choose(dock, "inbox_age_filter", "Any age")
    for name in ("inbox_overdue_filter", "inbox_mine_filter"):
        dock.findChild(QCheckBox, name).setChecked(True)
        assert ids(dock) == ["p-1"]
        dock.findChild(QCheckBox, name).setChecked(False)
    assert len(ids(dock)) == 6


def test_due_days_sort_and_say_when_they_are_over(show):
    inbox = tuple(replace(s, due_at=in_days(days)) for s, days in zip(sample.inbox(3), (5, -2, 1)))
    dock, _ = show(inbox, 900)
    table = dock.findChild(QTableView, "inbox_table")
    table.sortByColumn(DUE, Qt.SortOrder.AscendingOrder)
    assert ids(dock) == ["p-2", "p-3", "p-1"]
    assert table.model().index(0, DUE).data().startswith("⚠")
    assert "1 overdue" in dock.findChild(QLabel, "inbox_count").text()


def test_the_filter_is_remembered(show):
    dock, _ = show(sample.inbox(6))
    dock.findChild(QLineEdit, "inbox_search").setText("van thang")
    again, _ = show(sample.inbox(6))
    assert ids(again) == ["p-4", "p-1"]
    assert again.findChild(QLineEdit, "inbox_search").text() == "van thang"


@given(st.text())
def test_what_was_remembered_wrongly_is_no_filter(text: str):
    assert isinstance(InboxFilter.from_text(text), InboxFilter)


def test_a_filter_survives_its_journey():
    wanted = InboxFilter("đất", "22504", "p", "submitted", 7, True, True)
    assert InboxFilter.from_text(wanted.to_text()) == wanted
    assert InboxFilter.from_text('{"days": "7"}') == InboxFilter()
    assert InboxFilter.from_text('{"unknown": 1}') == InboxFilter()


def test_next_follows_the_filtered_order(show):
    dock, session = show(sample.inbox(6))
    dock.findChild(QLineEdit, "inbox_search").setText("van thang")
    session.open_review("p-4")
    click(dock, "next_proposal_button")
    assert session.called("open_review")[-1] == ("p-1",)
    session.set(review=sample.detail("p-1", summary=sample.summary("p-1", State.IN_REVIEW)))
    click(dock, "next_proposal_button")
    assert session.called("open_review")[-1] == ("p-4",)  # round the end


def test_the_chosen_line_stays_chosen_over_a_refresh(show):
    dock, session = show(sample.inbox(6))
    table = dock.findChild(QTableView, "inbox_table")
    table.selectRow(2)
    chosen = ids(dock)[2]
    session.set(inbox=sample.inbox(9))
    assert ids(dock)[table.currentIndex().row()] == chosen


@pytest.mark.parametrize("count", [200, 2_000])
def test_many_lines_are_quick(show, qtbot, count: int):
    """Shown, searched and sorted: none of them is noticed."""
    inbox = sample.inbox(count)
    began = time.perf_counter()
    dock, _ = show(inbox)
    shown = time.perf_counter() - began
    search = dock.findChild(QLineEdit, "inbox_search")
    began = time.perf_counter()
    for text in ("v", "va", "van"):
        search.setText(text)
    searched = (time.perf_counter() - began) / 3
    table = dock.findChild(QTableView, "inbox_table")
    began = time.perf_counter()
    table.sortByColumn(COMMUNE, Qt.SortOrder.DescendingOrder)
    table.grab()
    sorted_s = time.perf_counter() - began
    assert shown < 1.0
    assert searched < 0.25
    assert sorted_s < 0.25


def test_filters_fit_a_narrow_dock(show):
    dock, _ = show(sample.inbox(6))
    dock.findChild(QToolButton, "inbox_more_filters").setChecked(True)
    assert dock.minimumSizeHint().width() <= 300


def test_passing_is_a_plain_function():
    inbox = sample.inbox(5)
    assert passing(inbox, InboxFilter(), "") == list(inbox)
    assert passing(inbox, InboxFilter(days=3), "", NOW + timedelta(days=100)) == list(inbox)


# --- a long list: the hub is asked ------------------------------------------------------------------------------------


@pytest.fixture
def long_list(keep_dock):
    """The first 60 of 1,234 are here, 90 of them can be loaded."""
    lines = sample.inbox(90)
    counts = {"submitted": 1_000, "in_review": 234}
    session = working(account=sample.REVIEWER, inbox=lines[:60], connection=Connection.ONLINE)
    session.inbox_list.page = session.inbox_list.answer = ProposalPage(lines[:60], "more", counts, 56)
    dock = keep_dock(ReviewDock(session), 900)
    return dock, session.inbox_list, lines


def told(dock) -> str:
    return dock.findChild(QLabel, "inbox_count").text()


def test_what_is_typed_is_shown_of_what_is_here_and_asked_of_the_hub(long_list):
    dock, listing, lines = long_list
    assert "1234" in told(dock)
    assert "56 overdue" in told(dock)
    assert "60 shown" in told(dock)
    dock.findChild(QLineEdit, "inbox_search").setText("thang van")
    assert set(ids(dock)) == {line.id for line in lines[:60] if line.commune_name == "Xã Vạn Thắng"}
    assert "asking the hub" in told(dock)
    assert listing.asked[-1] == Question(InboxFilter("thang van"))
    found = tuple(line for line in lines if line.commune_name == "Xã Vạn Thắng")
    listing.reply(ProposalPage(found, "more", {"submitted": 400}))
    assert ids(dock) == [line.id for line in found]
    assert "400 found" in told(dock)
    assert f"{len(found)} shown" in told(dock)
    assert "asking" not in told(dock)


def test_a_header_asks_for_another_order(long_list):
    dock, listing, lines = long_list
    dock.findChild(QTableView, "inbox_table").sortByColumn(CHANGES, Qt.SortOrder.DescendingOrder)
    assert listing.asked[-1] == Question(InboxFilter(), "changes", reverse=True)
    listing.reply(ProposalPage(lines[::-1], None, {"submitted": 1_234}))
    assert ids(dock) == [line.id for line in lines[::-1]]


def test_the_end_of_the_table_asks_for_more_and_stays_where_it_was(long_list):
    dock, listing, lines = long_list
    table = dock.findChild(QTableView, "inbox_table")
    assert listing.wishes == 0
    table.selectRow(2)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert listing.wishes == 1
    before = table.verticalScrollBar().value()
    resets = []
    table.model().modelReset.connect(lambda: resets.append(1))
    listing.reply(ProposalPage(lines, None, {"submitted": 1_000, "in_review": 234}))
    assert ids(dock) == [line.id for line in lines]
    assert (table.verticalScrollBar().value(), table.currentIndex().row(), resets) == (before, 2, [])


def test_the_next_proposal_after_the_last_line_is_asked_for_in_time(long_list):
    dock, listing, _lines = long_list
    dock._inbox.after("p-40")
    assert listing.wishes == 0
    dock._inbox.after("p-60")
    assert listing.wishes == 1


def test_filters_offer_the_whole_province(long_list):
    dock, _listing, _lines = long_list
    dock.findChild(QToolButton, "inbox_more_filters").setChecked(True)
    combo = dock.findChild(QComboBox, "inbox_commune_filter")
    assert combo.count() == 1 + len(sample.CATALOGUE.communes)


def test_without_connection_a_part_is_called_a_part(long_list, keep_dock):
    dock, listing, lines = long_list
    listing._session.set(connection=Connection.OFFLINE)
    assert "60 of 1,234" in told(dock)
    dock.findChild(QLineEdit, "inbox_search").setText("van thang")
    assert set(ids(dock)) == {line.id for line in lines[:60] if line.commune_name == "Xã Vạn Thắng"}
    assert "asking" not in told(dock)


def test_the_last_day_is_the_one_at_whose_end_it_is_due():
    """The hub names the midnight after it, in Viet Nam; what is computed for the time being says so."""
    due = sample.summary("p-1", due_at="2096-07-30T17:00:00Z")
    assert due_text(due) == "30/07/2096"
    assert due_text(replace(due, due_provisional=True)) == "30/07/2096 (provisional)"
    assert due_text(replace(due, due_at="2006-07-30T17:00:00Z")) == "⚠ 30/07/2006"


def test_provisional_days_are_kept_and_read():
    plain = {**sample.summary("p-1").to_json(), "due_at": "2096-07-30T17:00:00Z", "due": {"provisional": ["rule"]}}
    read = ProposalSummary.from_json(plain)
    assert read.due_provisional
    assert ProposalSummary.from_json(read.to_json()).due_provisional
    assert not ProposalSummary.from_json({**plain, "due": {}}).due_provisional
