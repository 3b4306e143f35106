"""What else touches the ground: told to the reviewer, and to the technician whose proposal it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QLabel, QListWidget, QPushButton, QTableWidget, QTabWidget, QToolButton

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.review_related import RelatedTab
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.review_documents import HigherPlan, Meeting, NearCommune, Related, RestrictedGround
from tests.plugin import sample
from tests.plugin.docks import click, tab_title
from tests.plugin.fake_session import working

LOT = Ref(sample.LOTS.id, sample.key(2))
OTHER = Meeting(
    "p-7", 21, "Mở rộng bến xe", "Xã Vạn Thắng", State.IN_REVIEW, False, (LOT,), 412.5, (0.0, 0.0, 10.0, 10.0), None, None
)
EARLIER = replace(OTHER, id="p-8", number=9, state=State.APPROVED, opens=True, decision="45/QĐ-UBND", revision=12, share=0.25)
RELATED = Related(
    competing=(OTHER,),
    earlier=(EARLIER,),
    months=24,
    direct=1,
    plans=(HigherPlan("QHC", "Quy hoạch chung Khu kinh tế Vân Phong", (("CX", 1_200.0),)), HigherPlan("QHT", "Quy hoạch tỉnh", ())),
    restricted=(RestrictedGround("attributes", None, 1, 30.0), RestrictedGround("no_work", "QPK 06", 0, 12_000.0)),
    communes=(NearCommune("22516", "Vạn Thắng", 12.5, 0.0),),
)


@pytest.fixture
def reviewing(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    session.open_review("p-1")
    return dock, session


def lines(dock) -> list[str]:
    listed = dock.findChild(QListWidget, "related_list")
    return [listed.item(row).text() for row in range(listed.count())]


def test_it_is_asked_for_at_the_opening_and_counted_on_the_tab(reviewing):
    dock, session = reviewing
    assert session.related.asked == [("p-1",)]
    assert tab_title(dock, dock.findChild(RelatedTab)) == ("Related", "", False)
    session.related.answer(RELATED)
    name, more, warned = tab_title(dock, dock.findChild(RelatedTab))
    assert name == "Related 5"
    assert more.startswith("1 other proposal(s) wait for a decision")
    assert warned


def test_each_kind_has_its_lines(reviewing):
    dock, session = reviewing
    session.related.answer(RELATED)
    told = "\n".join(lines(dock))
    for words in (
        "No. 21 · Mở rộng bến xe\nXã Vạn Thắng · In review · 1 feature(s), 412.5 m²",
        "Adjusted 2 time(s) in the last 24 months, of these 1 directly in the database",
        "Decision 45/QĐ-UBND · Mở rộng bến xe\nXã Vạn Thắng · 25.0 % of the ground",
        "Quy hoạch chung Khu kinh tế Vân Phong\nPublic green space 1,200.0 m²",
        "Quy hoạch tỉnh\nsays nothing of this ground",
        "30.0 m² of features whose attributes aren't public",
        "12,000.0 m² (1.20 ha) in the no-work area of the plan “QPK 06”",
        "Vạn Thắng: 12.50 m away",
        "Planning rules (see Check): errors 0, remarks 0",
    ):
        assert words in told


def test_a_competing_proposal_stands_above_the_decision(reviewing):
    dock, session = reviewing
    notice = dock.findChild(QLabel, "competing_notice_text")
    assert not notice.isVisible()
    session.related.answer(RELATED)
    assert notice.text().startswith("Same ground: no. 21")  # in a line
    dock.findChild(QToolButton, "competing_notice_text_toggle").click()
    assert notice.text() == "1 other proposal(s) wait for a decision on the same ground: no. 21 (Xã Vạn Thắng, In review)."
    click(dock, "show_competing_button")
    assert dock.findChild(QTabWidget, "review_tabs").currentWidget() is dock.findChild(RelatedTab)
    session.set(review=sample.detail("p-1", summary=sample.summary("p-1", State.APPROVED)))
    assert not notice.isVisible()  # decided: nothing to warn of


def test_a_line_leads_to_its_place_and_opens_what_one_may_open(reviewing):
    dock, session = reviewing
    session.related.answer(RELATED)
    listed = dock.findChild(QListWidget, "related_list")
    dock.findChild(QTabWidget, "review_tabs").setCurrentWidget(dock.findChild(RelatedTab))
    row = next(index for index, text in enumerate(lines(dock)) if text.startswith("No. 21"))
    listed.setCurrentRow(row)
    assert not dock.findChild(QPushButton, "open_related_button").isEnabled()
    click(dock, "show_related_button")
    assert session.called("show_changes") == [((LOT.key,),)]
    assert session.called("zoom_to_place") == [((0.0, 0.0, 10.0, 10.0),)]
    listed.setCurrentRow(next(index for index, text in enumerate(lines(dock)) if text.startswith("Decision 45")))
    click(dock, "open_related_button")
    assert session.called("open_review")[-1] == ("p-8",)


def test_an_old_hub_is_no_trouble(reviewing):
    dock, session = reviewing
    session.related.answer(error=InvalidData("answer.malformed", document="related"))
    assert dock.findChild(QLabel, "related_notice_text").text()
    assert tab_title(dock, dock.findChild(RelatedTab))[0] == "Related"


def test_the_technician_is_told_in_the_list(keep_dock):
    session = working(proposals=sample.mine(), connection=Connection.ONLINE)
    dock = keep_dock(ProposalDock(session), 330)
    table = dock.findChild(QTableWidget, "proposals_table")
    texts = [table.item(row, 0).text() for row in range(table.rowCount())]
    table.selectRow(next(row for row, text in enumerate(texts) if text.startswith("Tách lô hỗn hợp")))
    assert session.competing.asked == [("p-4",)]
    session.competing.answer(RELATED)
    assert "no. 21" in dock.findChild(QLabel, "my_competing_notice_text").text()
    table.selectRow(next(row for row, text in enumerate(texts) if text.startswith("Cập nhật chỉ giới")))  # approved
    assert not dock.findChild(QLabel, "my_competing_notice_text").text()
    assert session.competing.asked == [("p-4",)]


def test_it_fits_a_narrow_dock(reviewing):
    dock, session = reviewing
    session.related.answer(RELATED)
    assert dock.minimumSizeHint().width() <= 300
    assert dock.minimumSizeHint().height() <= 560
