"""The review says below its files whether the record of acts is whole."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QApplication, QFrame, QLabel, QListWidget, QTabWidget

from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.review_papers import PapersTab
from commune_planning_plugin.sync.audit_calls import AuditChain, AuditEntry
from tests.plugin import sample
from tests.plugin.docks import click
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


ENTRIES = (
    AuditEntry(
        1, "2026-03-01T08:00:00.000000Z", "dailanh.kt", "Trần Văn Bình", "submit", {"version": 1, "hash": "0" * 64}, "a" * 64
    ),
    AuditEntry(
        2,
        "2026-03-02T08:00:00.000000Z",
        "dailanh.pct",
        "Lê Thị Hoa",
        "sign_off",
        {"version": 1, "on_behalf_of": {"delegation": "d", "giver": "Nguyễn Hải", "document": "12/GUQ"}},
        "b" * 64,
    ),
    AuditEntry(
        3,
        "2026-03-03T08:00:00.000000Z",
        "soxd.duyet",
        "",
        "approve",
        {"version": 1, "revision": 7, "authority": Authority().to_json(), "without_consent": ["22516"]},
        "c" * 64,
    ),
    AuditEntry(4, "2026-03-04T08:00:00.000000Z", "soxd.tham", "X", "of_a_newer_hub", {"authority": {"x": 1}}, "d" * 64),
)


def test_the_entries_are_listed_with_who_when_by_what_right_and_copied(papers):
    tab, session = papers
    session.audit.answer(AuditChain(4, True, log=ENTRIES))
    entries = tab.findChild(QListWidget, "audit_list")
    assert not entries.isVisibleTo(tab)
    click(tab, "audit_button")
    told = [entries.item(row).text() for row in range(entries.count())]
    assert "Trần Văn Bình (dailanh.kt) · sent it (version 1) · aaaaaaaaaaaa" in told[0]
    assert "signed it off (version 1) · for Nguyễn Hải, by the delegation 12/GUQ · " in told[1]
    assert "soxd.duyet · approved it (version 1; revision 7) · Authority: " in told[2]
    assert "without the consent of" in told[2]
    assert "of_a_newer_hub" in told[3]
    click(tab, "audit_copy_button")
    lines = QApplication.clipboard().text().splitlines()
    assert [len(line.split("\t")) for line in lines] == [6] * 5
    assert lines[1].endswith("a" * 64)
    entries.item(1).setSelected(True)
    click(tab, "audit_copy_button")
    assert len(QApplication.clipboard().text().splitlines()) == 2


def test_an_older_hub_or_a_broken_line_is_told(papers):
    tab, session = papers
    session.audit.error = HubUnreachable("hub.unreachable")
    session.audit.changed.emit()
    assert said(tab)
