"""The tabs of a review, in their order; a capability adds its own here."""

from __future__ import annotations

from commune_planning_plugin.gui.review_balance import BalanceTab
from commune_planning_plugin.gui.review_changes import ChangesTab
from commune_planning_plugin.gui.review_decision import DecisionTab
from commune_planning_plugin.gui.review_discussion import DiscussionTab
from commune_planning_plugin.gui.review_findings import FindingsTab
from commune_planning_plugin.gui.review_opinions import OpinionsTab
from commune_planning_plugin.gui.review_papers import PapersTab
from commune_planning_plugin.gui.review_related import RelatedTab
from commune_planning_plugin.gui.review_tab import ReviewTab

TABS: tuple[type[ReviewTab], ...] = (
    ChangesTab,
    BalanceTab,
    DiscussionTab,
    OpinionsTab,
    FindingsTab,
    RelatedTab,
    PapersTab,
    DecisionTab,
)
"""Each is made with the session alone. The first one is the list of changes, which the panel's keys step through."""
