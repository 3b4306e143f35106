"""The review says below its files whether the record of acts is whole."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QFrame, QLabel, QTabWidget

from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.review_papers import PapersTab
from commune_planning_plugin.sync.audit_calls import AuditChain
from tests.plugin import sample
from tests.plugin.fake_session import working


@pytest.fixture
def papers(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    session.open_review("p-1")
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(PapersTab))
    return dock.findChild(PapersTab), session


def said(tab) -> str:
    notice = tab.findChild(QFrame, "audit_notice")
    return notice.findChild(QLabel, "audit_notice_text").text() if notice.isVisibleTo(tab) else ""


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (AuditChain(7, True), "whole chain"),
        (AuditChain(7, True, "2026-03-01T08:00:00Z"), "agrees with the signed state of"),
        (AuditChain(7, False), "broken"),
        (AuditChain(7, True, None, True), "isn't the one that this computer saw"),
    ],
)
def test_the_state_of_the_chain_is_told(papers, chain, words):
    tab, session = papers
    assert session.audit.asked == [("p-1",)]
    assert said(tab) == ""
    session.audit.answer(chain)
    assert words in said(tab)


def test_an_older_hub_or_a_broken_line_is_told(papers):
    tab, session = papers
    session.audit.error = HubUnreachable("hub.unreachable")
    session.audit.changed.emit()
    assert said(tab)
