"""A long inbox over a real hub: what is asked at contact, scrolled, searched, and what is left of it without connection."""

from __future__ import annotations

from typing import Any

import pytest

from commune_planning_plugin.session import Connection, PlanningSession
from commune_planning_plugin.sync.list_calls import PAGE, InboxFilter, ProposalPage, Question
from commune_planning_plugin.sync.transport import Request, Transport
from tests.hub.many import fill
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer
from tests.plugin.test_session_with_hub import make, out_of_reach, settle, sign_in  # noqa: F401 (fixture)

PROPOSALS = 800
WAITING = 2 * PROPOSALS // 5
"""Sent or in review."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Request, int]]:
    """Each list that is asked for, with how many lines came."""
    found: list[tuple[Request, int]] = []
    plain_json = Transport.json

    def json(self: Transport, request: Request) -> dict[str, Any]:
        answer = plain_json(self, request)
        if request.path == "/proposals" and request.params.get("box") == "inbox":
            found.append((request, len(answer["proposals"])))
        return answer

    monkeypatch.setattr(Transport, "json", json)
    return found


@pytest.fixture
def reviewer(make, hub_server: HubServer, conninfo: str, asked) -> PlanningSession:  # noqa: F811
    fill(conninfo, PROPOSALS)
    session = make()
    sign_in(session, hub_server.url, "soxd.tham")
    wait_until(lambda: session.inbox)
    settle(session)
    return session


def answered(session: PlanningSession) -> None:
    wait_until(lambda: not session.inbox_list.asking and session.inbox_list._job is None, 20)


def test_a_contact_asks_for_one_page(reviewer: PlanningSession, asked):
    asked.clear()
    reviewer.refresh()
    settle(reviewer)
    assert [lines for _request, lines in asked] == [PAGE]
    assert (len(reviewer.inbox), reviewer.inbox_list.whole.total) == (PAGE, WAITING)
    assert reviewer.inbox_list.has_more


def test_further_pages_come_as_the_list_is_scrolled_and_stay_over_a_contact(reviewer: PlanningSession):
    listing = reviewer.inbox_list
    ids: list[str] = []
    while listing.has_more:
        before = len(listing.answer.proposals)
        listing.more()
        listing.more()  # while one is on its way, no other
        answered(reviewer)
        assert len(listing.answer.proposals) - before <= PAGE
    ids = [each.id for each in listing.answer.proposals]
    assert len(set(ids)) == len(ids) == WAITING
    assert [each.updated_at for each in listing.answer.proposals] == sorted(each.updated_at for each in listing.answer.proposals)
    reviewer.refresh()
    settle(reviewer)
    answered(reviewer)
    assert [each.id for each in listing.answer.proposals] == ids


def test_a_search_asks_once_the_typing_is_over_and_hears_the_last_answer_alone(reviewer: PlanningSession, asked):
    listing = reviewer.inbox_list
    asked.clear()
    for text in ("l", "lo", "lo so 7"):
        listing.ask(Question(InboxFilter(text)))
        listing.ask(Question(InboxFilter(text)))
    assert listing.asking
    answered(reviewer)
    assert [request.params["text"] for request, _lines in asked] == ["lo so 7"]
    assert all("7" in f"{each.number} {each.title}" for each in listing.answer.proposals)
    assert listing.answer.total == sum(listing.answer.counts.values()) > 0
    listing.ask(Question(InboxFilter(state="in_review")))
    listing._soon.stop()
    listing._fetch()
    listing.ask(Question())  # the answer that is on its way is to another question
    assert not listing.asking
    settle(reviewer)
    assert len(listing.answer.proposals) == PAGE
    assert {each.state.value for each in listing.answer.proposals} == {"submitted", "in_review"}


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (InboxFilter(commune="22516"), lambda each: each.commune == "22516"),
        (InboxFilter(state="submitted", overdue=True), lambda each: each.state.value == "submitted"),
        (InboxFilter(days=1), lambda each: False),
        (InboxFilter(mine=True), lambda each: False),
    ],
)
def test_filters_are_the_hubs(reviewer: PlanningSession, wanted: InboxFilter, holds):
    reviewer.inbox_list.ask(Question(wanted))
    answered(reviewer)
    found = reviewer.inbox_list.answer
    assert all(holds(each) for each in found.proposals)
    assert found.total > 0 or not any(holds(each) for each in reviewer.inbox)


def test_without_connection_what_was_seen_is_there_and_called_a_part(make, reviewer: PlanningSession, monkeypatch):  # noqa: F811
    reviewer.inbox_list.more()
    answered(reviewer)
    seen = [each.id for each in reviewer.inbox_list.answer.proposals]
    monkeypatch.setattr("commune_planning_plugin.sync.client.HubClient.me", out_of_reach)
    reviewer.refresh()
    wait_until(lambda: reviewer.connection is Connection.OFFLINE)
    listing = reviewer.inbox_list
    assert (listing.here, listing.all_here, listing.has_more) == (True, False, False)
    assert [each.id for each in listing.known] == seen
    settle(reviewer)
    again = make()
    assert (len(again.inbox), again.inbox_list.whole.total, again.inbox_list.all_here) == (PAGE, WAITING, False)


def test_a_question_that_finds_no_hub_leaves_what_is_here(reviewer: PlanningSession, monkeypatch):
    monkeypatch.setattr("commune_planning_plugin.sync.client.HubClient.me", out_of_reach)
    monkeypatch.setattr(Transport, "json", lambda *_given: out_of_reach(None))
    reviewer.inbox_list.ask(Question(InboxFilter("lo")))
    wait_until(lambda: reviewer.connection is Connection.OFFLINE)
    assert reviewer.inbox_list.here
    assert len(reviewer.inbox_list.known) == PAGE


def test_a_filtered_list_that_grows_long_shows_what_is_here_until_the_hub_answers(reviewer: PlanningSession):
    listing, long = reviewer.inbox_list, reviewer.inbox_list.whole
    listing.ask(Question(InboxFilter(state="submitted")))
    reviewer._state.inbox_page = ProposalPage(long.proposals[:3], None, {"submitted": 3})
    reviewer.inbox_changed.emit()
    assert not listing.asking
    reviewer._state.inbox_page = long
    reviewer.inbox_changed.emit()
    assert (listing.asking, listing.known) == (True, long.proposals)
    answered(reviewer)
    assert {each.state.value for each in listing.answer.proposals} == {"submitted"}
