"""What lists of proposals say of the decision that follows an approval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QTableView, QTableWidget

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.core.authority import Authority
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.sync.proposal_documents import SignedDecision
from tests.plugin import sample
from tests.plugin.fake_session import working

SIGNED = SignedDecision("12/QĐ-UBND", "2026-03-02", "2026-03-05", False)


@pytest.fixture(autouse=True)
def _own_filter(own_settings):
    settings.set_inbox_filter("")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ""),  # a hub that doesn't tell
        ({"tells_decision": True}, "Decision: still to be recorded"),
        ({"tells_decision": True, "decision": SIGNED}, "Decision 12/QĐ-UBND of 02/03/2026, not in force yet"),
        (
            {"tells_decision": True, "decision": replace(SIGNED, made_effective=True)},
            "Decision 12/QĐ-UBND of 02/03/2026, in force from 05/03/2026",
        ),
    ],
)
def test_what_is_approved_says_which_decision_followed(keep_dock, values, told):
    summary = sample.summary("p-1", State.APPROVED, authority=Authority(), post_check="waiting", **values)
    review = keep_dock(ReviewDock(working(account=sample.REVIEWER, inbox=(summary,))), 330)
    table = review.findChild(QTableView, "inbox_table")
    cell = table.model().index(0, 0).data()
    assert cell.splitlines()[3:] == [told][: bool(told)]
    assert table.rowHeight(0) >= len(cell.splitlines()) * table.fontMetrics().lineSpacing()
    mine = keep_dock(ProposalDock(working(proposals=(summary,), local_changes=())), 330)
    assert mine.findChild(QTableWidget, "proposals_table").item(0, 0).text().splitlines()[2:] == [told][: bool(told)]
