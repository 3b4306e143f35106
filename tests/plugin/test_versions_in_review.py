"""A proposal that came back: the reviewer sees why it was returned, and what differs from last time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QTableWidget, QToolButton

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.changes_tree import STATE, ChangesTree
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.proposal_documents import StepTaken
from commune_planning_plugin.sync.review_documents import EarlierVersion
from tests.plugin import sample
from tests.plugin.fake_session import working

LOTS = sample.LOTS.id
RETURNED = StepTaken(Step.RETURN, "Phạm Thu Thủy", sample.ago(days=1), "Lấn sang đường số 5", 1)


def second(**more: object):
    summary = sample.summary("p-1", State.IN_REVIEW, version=2, can=(Step.RETURN, Step.APPROVE))
    made = sample.detail("p-1", summary=summary, **more)
    return replace(made, steps=(*made.steps, RETURNED))


def first() -> EarlierVersion:
    """The lot 2 was wanted otherwise, the lot 3 the same; a lot 6 isn't wanted any more; the others are new."""
    now = {change.key: change for change in sample.detail("p-1").content.changes}
    two = now[sample.key(2)]
    altered = Change(LOTS, two.key, two.old, {**(two.new or {}), "tangCaoToiDa": 9})
    dropped = Change(LOTS, sample.key(6), {"ghiChu": None}, {"ghiChu": "bỏ"})
    return EarlierVersion(1, sample.ago(days=3), "Nguyễn Thị Hạnh", "Lần một", 5, "…", (altered, now[sample.key(3)], dropped))


@pytest.fixture
def reviewing(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    session.set(review=second())
    return dock, session


def chips(dock) -> dict[str, str]:
    layers = dock.findChild(ChangesTree).invisibleRootItem()
    groups = [layers.child(number) for number in range(layers.childCount())]
    items = [group.child(number) for group in groups for number in range(group.childCount())]
    return {item.text(0): item.text(STATE) for item in items}


def test_a_first_version_has_nothing_before_it(keep_dock):
    session = working(account=sample.REVIEWER)
    dock = keep_dock(ReviewDock(session), 330)
    session.set(review=sample.detail("p-1"))
    assert session.versions.asked == []
    assert not dock.findChild(QCheckBox, "only_differing_check").isVisible()


def test_why_it_was_returned_stands_above_the_list(reviewing):
    dock, session = reviewing
    notice = dock.findChild(QLabel, "returned_notice_text")
    assert notice.text().startswith("Version 1 came back: ")  # and the reason, in a line
    dock.findChild(QToolButton, "returned_notice_text_toggle").click()
    text = notice.text()
    assert all(words in text for words in ("Version 2", "Version 1 was returned by Phạm Thu Thủy", "Lấn sang đường số 5"))
    assert session.versions.asked == [("p-1", 1)]


def test_each_change_says_what_became_of_it(reviewing):
    dock, session = reviewing
    session.versions.answer(first())
    told = chips(dock)
    assert told["Lô đất ở ODT-002"] == "altered"
    assert told["Lô đất ở ODT-003"] == "as before"
    assert told["Lô trường mầm non MN-01"] == "new"
    assert "dropped" in told.values()


def test_only_what_differs_on_request(reviewing):
    dock, session = reviewing
    session.versions.answer(first())
    dock.findChild(QCheckBox, "only_differing_check").setChecked(True)
    assert "as before" not in chips(dock).values()
    assert len(chips(dock)) == 4


def test_both_versions_side_by_side(reviewing):
    dock, session = reviewing
    session.versions.answer(first())
    session.selected.emit(Ref(LOTS, sample.key(2)))
    table = dock.findChild(QTableWidget, "before_after_table")
    assert [table.horizontalHeaderItem(column).text() for column in range(4)] == ["Attribute", "Before", "Version 1", "Version 2"]
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    assert rows == [["Storeys, at most", "5", "9", "1"]]


def test_what_was_dropped_can_be_looked_at(reviewing):
    dock, session = reviewing
    session.versions.answer(first())
    tree = dock.findChild(ChangesTree, "review_changes")
    tree.setCurrentItem(tree._items[Ref(LOTS, sample.key(6))])
    assert session.called("show_change")[-1][0].key == sample.key(6)


def test_a_hub_that_doesnt_tell_leaves_the_review_as_it_is(reviewing):
    dock, session = reviewing
    session.versions.answer(error=PlanningError("hub.unreachable"))
    assert set(chips(dock).values()) == {""}
    assert not dock.findChild(QCheckBox, "only_differing_check").isEnabled()
