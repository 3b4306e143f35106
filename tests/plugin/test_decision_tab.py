"""The tab Decision: recording what was signed, comparing it with the map, putting it into force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTabWidget,
)

from commune_planning_plugin.core.decision import HECTARE, Figures, FunctionArea, Scope
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.review_decision import DecisionTab
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.session.local_changes import LocalBalance
from commune_planning_plugin.sync.proposal_documents import OtherProposal
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_decisions import decision, papers, tasks
from tests.plugin.fake_session import working
from tests.plugin.test_balance_panel import balance


@pytest.fixture
def open_tab(keep_dock):
    """The review dock on the tab Decision of an approved proposal whose papers are given."""

    def show(found, width=330):
        session = working(account=sample.REVIEWER, inbox=sample.inbox())
        session.decisions.next_papers = found
        dock = keep_dock(ReviewDock(session), width)
        approved = sample.summary("p-1", State.APPROVED)
        session.set(review=sample.detail("p-1", summary=approved))
        tabs = dock.findChild(QTabWidget, "review_tabs")
        tabs.setCurrentWidget(dock.findChild(DecisionTab))
        return dock, session

    return show


def said(dock, name):
    return dock.findChild(QLabel, f"{name}_text").text()


def shown(dock, name, kind=QPushButton):
    return dock.findChild(kind, name).isVisibleTo(dock.findChild(DecisionTab))


def write(dock, **texts):
    for name, text in texts.items():
        dock.findChild(QLineEdit, f"decision_{name}").setText(text)


def figures(dock, form):
    tables = dock.findChild(DecisionTab).findChildren(QTableWidget, "reconciliation_table")
    return next(table for table in tables if table.isVisibleTo(form or dock))


def test_before_the_approval_it_says_what_it_is_for(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    session.set(review=sample.detail("p-1", can=(Step.RETURN,)))
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(DecisionTab))
    assert said(dock, "decision_state").startswith("The signed decision is recorded here")
    assert not shown(dock, "open_form_button")


def test_the_decision_is_recorded_with_the_approval_in_one_go(keep_dock, tmp_path: Path):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    ready = {"summary": sample.summary("p-1", State.IN_REVIEW, can=(Step.RETURN, Step.APPROVE))}
    session.set(review=sample.detail("p-1", **ready, findings=(sample.finding(),)))
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(DecisionTab))
    offered = dock.findChild(QPushButton, "approve_with_button")
    session.balance.answer(LocalBalance(balance(), True))
    assert not offered.isEnabled()  # as the approval itself: the rules find an error
    session.set(review=sample.detail("p-1", **ready))
    assert said(dock, "decision_state").startswith("Signed already?")
    click(dock, "approve_with_button")
    assert not dock.findChild(QPushButton, "record_button").isEnabled()
    write(dock, number="1992/QĐ-UBND", signer="Trần Hòa Nam", office="Phó Chủ tịch")
    document = tmp_path / "QD.pdf"
    document.write_bytes(b"%PDF")
    dock.findChild(DecisionTab)._form.choose_file(document)
    record = dock.findChild(QPushButton, "record_button")
    assert record.text().replace("&", "") == "Approve and record the decision"
    click(dock, "record_button")
    ((name, recorded, path, without),) = session.decisions.calls
    assert (name, recorded.number, path, without) == ("approve_with", "1992/QĐ-UBND", document, False)
    assert recorded.figures.lots == sum(line.after.plots for line in balance().functions)
    session.set(review=sample.detail("p-1", **ready))  # refused, looked at again: nothing is to be written twice
    click(dock, "approve_with_button")
    assert dock.findChild(QLineEdit, "decision_number").text() == "1992/QĐ-UBND"
    assert record.isEnabled()


def test_what_waits_for_a_linked_proposal_has_no_decision_yet(keep_dock):
    session = working(account=sample.REVIEWER)
    dock = keep_dock(ReviewDock(session), 330)
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(DecisionTab))
    other = OtherProposal("p-2", 18, "…", State.SUBMITTED)
    session.set(review=sample.detail("p-1", summary=sample.summary("p-1", State.IN_REVIEW, can=(Step.APPROVE,), linked=(other,))))
    session.balance.answer(LocalBalance(balance(), True))
    assert not shown(dock, "approve_with_button")


def test_the_form_comes_with_the_maps_figures_and_says_what_is_missing(open_tab, tmp_path: Path):
    dock, session = open_tab(papers(can=("record",)))
    click(dock, "open_form_button")
    assert said(dock, "decision_missing") == "Still missing: number, who signed, office, the signed PDF."
    assert not dock.findChild(QPushButton, "record_button").isEnabled()
    write(dock, number="1992/QĐ-UBND", signer="Trần Hòa Nam", office="Phó Chủ tịch")
    document = tmp_path / "QD.pdf"
    document.write_bytes(b"%PDF")
    dock.findChild(DecisionTab)._form.choose_file(document)
    dock.findChild(QDateEdit, "decision_date").setDate(QDate(2026, 3, 2))
    dock.findChild(QDateEdit, "decision_effective").setDate(QDate(2026, 3, 9))
    click(dock, "record_button")
    ((_, proposal, recorded, path),) = session.decisions.calls
    assert (proposal, path) == ("p-1", document)
    assert (recorded.number, recorded.date, recorded.effective) == ("1992/QĐ-UBND", date(2026, 3, 2), date(2026, 3, 9))
    assert recorded.figures.areas["CX"] == FunctionArea(12.34 * HECTARE, 10.1 * HECTARE)
    assert (recorded.figures.lots, recorded.supersedes) == (214, None)


def test_the_day_in_force_never_is_before_the_signature(open_tab):
    dock, _session = open_tab(papers(can=("record",)))
    click(dock, "open_form_button")
    dock.findChild(QDateEdit, "decision_date").setDate(QDate(2031, 1, 1))
    assert dock.findChild(QDateEdit, "decision_effective").date() == QDate(2031, 1, 1)
    dock.findChild(QDateEdit, "decision_effective").setDate(QDate(2030, 1, 1))
    assert "a day in force that isn't before the signature" in said(dock, "decision_missing")


def test_an_edited_figure_is_compared_at_once(open_tab):
    dock, _session = open_tab(papers(can=("record",)))
    click(dock, "open_form_button")
    table = figures(dock, None)
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    row = next(row for title, row in rows.items() if title.startswith("Number of lots"))
    assert table.isColumnHidden(3)
    assert table.item(row, 0).text() == "Number of lots"  # with the sign of what agrees
    assert table.item(row, 0).toolTip() == "Number of lots\nagrees"
    assert table.item(row, 3).text() == "agrees"
    table.item(row, 1).setText("215")
    assert table.item(row, 0).text() == "Number of lots\ndiffers: −1 lots"
    assert table.item(row, 3).text() == "differs: −1 lots"
    table.item(row, 1).setText("viele")
    assert table.item(row, 1).text() == "215"


def test_the_scope_changes_the_figures(open_tab):
    dock, _session = open_tab(papers(can=("record",)))
    click(dock, "open_form_button")
    combo = dock.findChild(QComboBox, "decision_scope")
    combo.setCurrentIndex(combo.findData(Scope.CHANGED.value))
    assert dock.findChild(DecisionTab)._form._figures.stated.lots == 3


def test_a_recorded_decision_that_agrees_is_put_into_force(open_tab):
    dock, session = open_tab(papers(decision(), can=("correct", "make_effective")))
    assert said(dock, "decision_state").startswith("Recorded, and not in force yet")
    assert "Decision 1992/QĐ-UBND of 02/03/2026" in dock.findChild(QLabel, "decision_record").text()
    click(dock, "effective_button")
    assert session.decisions.calls == [("make_effective", "p-1", "d0", None)]


WRONG = Figures({"CX": FunctionArea(13 * HECTARE), "ODT": FunctionArea(38 * HECTARE), "": FunctionArea(4 * HECTARE)}, 213)


def test_a_reviewer_cant_put_a_differing_one_into_force(open_tab):
    dock, _session = open_tab(papers(decision(figures=WRONG), can=("correct", "make_effective")))
    assert not dock.findChild(QPushButton, "effective_button").isEnabled()
    assert not shown(dock, "waiver_edit", QPlainTextEdit)
    table = figures(dock, None)
    verdicts = [table.item(row, 3).text() for row in range(table.rowCount())]
    assert verdicts == ["agrees", "differs: −0.66 ha (0.01 allowed)", "agrees", "differs: +1 lots"]


def test_an_approver_says_why_it_is_right_nevertheless(open_tab):
    dock, session = open_tab(papers(decision(figures=WRONG), can=("correct", "make_effective", "waive")))
    assert not dock.findChild(QPushButton, "effective_button").isEnabled()
    dock.findChild(QPlainTextEdit, "waiver_edit").setPlainText("Theo bản vẽ đóng dấu")
    click(dock, "effective_button")
    assert session.decisions.calls == [("make_effective", "p-1", "d0", "Theo bản vẽ đóng dấu")]


def test_a_correction_starts_from_the_record_and_needs_a_reason(open_tab):
    dock, session = open_tab(papers(decision(), can=("correct", "make_effective")))
    click(dock, "correct_button")
    assert dock.findChild(QLineEdit, "decision_number").text() == "1992/QĐ-UBND"
    assert said(dock, "decision_missing") == "Still missing: why it is corrected."
    write(dock, number="1993/QĐ-UBND", reason="Gõ nhầm số")
    click(dock, "record_button")
    ((_, _proposal, recorded, path),) = session.decisions.calls
    assert (recorded.number, recorded.supersedes, recorded.reason, path) == ("1993/QĐ-UBND", "d0", "Gõ nhầm số", None)
    assert recorded.sha256 == "ab" * 32


def test_who_may_do_nothing_reads(open_tab):
    dock, _session = open_tab(
        papers(decision(), decision(number="1993/QĐ-UBND", reason="Gõ nhầm"), in_force=True, waiver="Làm tròn")
    )
    assert said(dock, "decision_state").splitlines()[1] == "Though the map differs: Làm tròn"
    assert "Former record: 1992/QĐ-UBND" in dock.findChild(QLabel, "decision_former").text()
    for name in ("open_form_button", "correct_button", "effective_button"):
        assert not shown(dock, name)


def test_the_province_sees_how_far_the_commune_is(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    session.decisions.next_papers, session.decisions.next_tasks = papers(decision(), in_force=True), tasks()
    dock = keep_dock(ReviewDock(session), 330)
    session.set(review=sample.detail("p-1", summary=sample.summary("p-1", State.APPROVED)))
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(DecisionTab))
    lines = dock.findChild(QLabel, "decision_tasks").text().splitlines()
    assert len(lines) == 6
    assert "OVERDUE" in lines[1]
    assert "done by Nguyễn Thị Hạnh" in lines[5]


def test_what_the_hub_refuses_is_said_beside_the_decision(open_tab):
    dock, session = open_tab(papers(decision(), can=("correct", "make_effective")))
    session.decisions.refused.emit(PlanningError("decision.superseded"))
    assert "recorded the decision anew" in said(dock, "decision_failure")


def test_approved_proposals_that_wait_are_opened_from_below_the_inbox(keep_dock):
    session = working(account=sample.REVIEWER, inbox=())
    session.decisions.next_waiting = (sample.summary("p-7", State.APPROVED),)
    dock = keep_dock(ReviewDock(session), 330)
    found = dock.findChild(QListWidget, "decisions_list")
    assert dock.findChild(QLabel, "decisions_count").text() == "1 approved proposal(s) wait for their decision"
    found.itemActivated.emit(found.item(0))
    assert session.called("open_review") == [("p-7",)]
