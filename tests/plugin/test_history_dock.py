"""The dock History: what happened to a feature, the way back, and the map of a former day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QLabel, QListWidget, QPushButton, QTableWidget, QTabWidget

from commune_planning_plugin.core.errors import HubUnreachable, Refused
from commune_planning_plugin.core.lineage import Fate, Sum
from commune_planning_plugin.gui.history_dock import HistoryDock
from commune_planning_plugin.gui.lineage_panel import LineagePanel
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.history_calls import FeatureHistory, FeatureRevision, PastDay, PlanLineage, TracedFeature
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_history import history
from tests.plugin.fake_session import working

LOT = Ref(sample.LOTS.id, sample.key(2))


@pytest.fixture
def opened(keep_dock):
    session = working()
    session.history.next_history = history()
    return keep_dock(HistoryDock(session), 330), session


def texts(dock):
    found = dock.findChild(QListWidget, "history_list")
    return [found.item(row).text() for row in range(found.count())]


def values(dock):
    table = dock.findChild(QTableWidget, "history_table")
    return {table.item(row, 0).text(): (table.item(row, 1).text(), table.item(row, 2).text()) for row in range(table.rowCount())}


def said(dock, name="history_said"):
    return dock.findChild(QLabel, f"{name}_text").text()


def test_without_a_feature_it_says_what_it_is_for(opened):
    dock, _session = opened
    assert said(dock).startswith("Select a feature")
    assert not dock.findChild(QListWidget, "history_list").isVisibleTo(dock)


def test_each_state_names_who_when_proposal_and_decision(opened):
    dock, session = opened
    session.selected.emit(LOT)
    assert session.history.called("load") == [(LOT,)]
    found = texts(dock)
    assert len(found) == 4
    assert "changed · quantri_csdl" in found[0]
    assert "put into force · Phạm Thu Thủy" in found[1]
    assert "Proposal 17: Điều chỉnh ranh giới lô ODT-002" in found[2]
    assert "Decision 1992/QĐ-UBND, in force from 02/03/2026" in found[2]


def test_a_state_is_compared_with_the_one_before_and_drawn_over_todays(opened):
    dock, session = opened
    session.selected.emit(LOT)
    assert next(iter(values(dock).values()))[1] == "Công viên Đầm Môn"
    dock.findChild(QListWidget, "history_list").setCurrentRow(2)
    assert session.history.called("show")[-1] == (5, 9)
    assert any("m²" in after for _before, after in values(dock).values())


def test_what_is_drawn_goes_with_the_dock(opened):
    dock, session = opened
    session.selected.emit(LOT)
    before = len(session.history.called("leave"))
    dock.hide()
    assert len(session.history.called("leave")) == before + 1


def test_nothing_is_asked_while_it_isnt_looked_at(keep_dock):
    session = working()
    dock = keep_dock(HistoryDock(session), 330)
    dock.hide()
    session.selected.emit(LOT)
    assert session.history.called("load") == []
    dock.show()
    assert session.history.called("load") == [(LOT,)]


def test_the_way_back_is_offered_for_former_states_alone(opened):
    dock, session = opened
    session.selected.emit(LOT)
    assert not dock.findChild(QPushButton, "restore_button").isEnabled()
    dock.findChild(QListWidget, "history_list").setCurrentRow(3)
    click(dock, "restore_button")
    ((ref, entry, name),) = session.history.called("restore")
    assert (ref, entry.revision) == (LOT, 1)
    assert name.startswith("Back to the state of 10/11/2025")


def test_what_the_province_doesnt_know_and_what_needs_a_connection(keep_dock):
    session = working()
    session.history.next_error = Refused("not_found", 404)
    dock = keep_dock(HistoryDock(session), 330)
    session.selected.emit(LOT)
    assert said(dock) == "The province doesn't know this feature yet: it is new here."
    session.history.next_error = HubUnreachable("hub.unreachable")
    session.selected.emit(None)
    session.selected.emit(LOT)
    assert "it needs a connection" in said(dock)


def test_the_map_of_a_day_and_back(opened):
    dock, session = opened
    dock.findChild(QDateEdit, "past_date").setDate(QDate(2026, 1, 15))
    click(dock, "past_button")
    assert session.history.called("show_past") == [(PastDay(date(2026, 1, 15), True),)]
    assert said(dock, "past_banner").startswith("THE PAST: plan in force on 15/01/2026")
    combo = dock.findChild(QComboBox, "past_meaning")
    combo.setCurrentIndex(1)
    click(dock, "past_button")
    assert said(dock, "past_banner").startswith("THE PAST: what the database knew on 15/01/2026")
    click(dock, "today_button")
    assert said(dock, "past_banner") == ""
    assert not dock.findChild(QPushButton, "today_button").isVisibleTo(dock)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ({"connection": Connection.OFFLINE}, "it needs a connection"),
        ({"editing": True}, "stop drawing"),
        ({"review": sample.detail("p-1")}, "Close the open proposal"),
    ],
)
def test_why_there_is_no_past_now(opened, state, why):
    dock, session = opened
    session.set(**state)
    button = dock.findChild(QPushButton, "past_button")
    assert not button.isEnabled()
    assert why in button.toolTip()


def test_it_fits_300_pixels(opened):
    dock, session = opened
    session.selected.emit(LOT)
    assert dock.minimumSizeHint().width() <= 300


def test_the_older_states_come_when_they_are_wanted_and_the_chosen_one_stays(opened):
    dock, session = opened
    whole = session.history.next_history
    session.history.next_history = replace(whole, revisions=whole.revisions[:2], before=7)
    session.selected.emit(LOT)
    states = dock.findChild(QListWidget, "history_list")
    states.setCurrentRow(1)
    session.history.next_history = whole
    click(dock, "older_button")
    assert (states.count(), states.currentRow()) == (4, 1)
    assert not dock.findChild(QPushButton, "older_button").isVisibleTo(dock)


def test_a_removed_feature_is_brought_back(opened):
    dock, session = opened
    known = session.history.next_history.revisions
    gone = FeatureRevision(11, "2026-05-01T03:00:00Z", "Phạm Thu Thủy", "delete", None, ())
    session.history.next_history = FeatureHistory((gone, replace(known[0], kind="insert", again=True), *known[1:]))
    session.selected.emit(LOT)
    assert "brought back · quantri_csdl" in texts(dock)[1]
    dock.findChild(QListWidget, "history_list").setCurrentRow(1)
    assert dock.findChild(QPushButton, "restore_button").text() == "B&ring back as it was then"
    click(dock, "restore_button")
    assert session.history.called("restore")[0][1].revision == 9


def test_a_feature_is_picked_on_the_map_while_the_dock_is_open(opened):
    dock, session = opened
    click(dock, "pick_button")
    assert session.history.picking
    session.history.pick(False)
    assert not dock.findChild(QPushButton, "pick_button").isChecked()
    click(dock, "pick_button")
    dock.hide()
    assert not session.history.picking


def test_the_updates_lead_to_what_is_on_no_map_any_more(opened):
    dock, session = opened
    tabs = dock.findChild(QTabWidget, "history_tabs")
    tabs.setCurrentIndex(2)
    revisions, features = (dock.findChild(QListWidget, name) for name in ("revisions_list", "revision_features"))
    assert [revisions.item(row).text().split("\n")[1:] for row in range(revisions.count())] == [
        [],
        ["Proposal 17: Điều chỉnh ranh giới lô ODT-002, bổ sung trường mầm non"],
    ]
    revisions.setCurrentRow(0)
    click(dock, "older_revisions_button")
    assert (revisions.count(), revisions.currentRow()) == (3, 0)
    assert features.item(0).text().startswith("ODT-002 · removed · ")
    features.setCurrentRow(0)
    assert session.history.called("zoom_to") == [((0.0, 0.0, 100.0, 100.0),)]
    click(dock, "revision_history_button")
    assert tabs.currentIndex() == 0
    assert session.history.called("load") == [(LOT,)]


def test_a_plans_lines_are_measured_in_metres(opened):
    dock, session = opened
    session.history.next_lineage = PlanLineage(
        {}, {Fate.NEW: Sum(1, 63.4)}, (TracedFeature("k1", Fate.NEW, 63.4, "Đường", False, (), None, again=True),)
    )
    dock.findChild(QTabWidget, "history_tabs").setCurrentIndex(1)
    layers = dock.findChild(QComboBox, "lineage_layer")
    assert layers.currentData() == sample.LOTS.id
    layers.setCurrentIndex(layers.findData(sample.LINES.id))
    click(dock, "compare_button")
    assert session.history.called("compare")[0][0] == sample.LINES.id
    found = dock.findChild(QListWidget, "lineage_list")
    assert found.item(0).text() == "Đường · brought back (after) · 63.40 m"
    found.setCurrentRow(0)
    click(dock, "lineage_history_button")
    assert session.history.called("load") == [(Ref(sample.LINES.id, "k1"),)]


def test_what_was_in_force_as_it_was_known_then(opened):
    dock, session = opened
    assert not dock.findChild(QDateEdit, "past_known").isVisibleTo(dock)
    dock.findChild(QComboBox, "past_meaning").setCurrentIndex(2)
    dock.findChild(QDateEdit, "past_date").setDate(QDate(2026, 1, 15))
    dock.findChild(QDateEdit, "past_known").setDate(QDate(2026, 2, 20))
    click(dock, "past_button")
    (at,) = session.history.called("show_past")[0]
    assert at.params == {"on": "2026-01-15", "as_of": "2026-02-20"}
    assert said(dock, "past_banner").startswith("THE PAST: plan in force on 15/01/2026, as the database knew it on 20/02/2026")


LINEAGE = PlanLineage(
    {Fate.KEPT: Sum(98, 98e4), Fate.SPLIT: Sum(1, 1e4), Fate.REMOVED: Sum(1, 1e4)},
    {Fate.KEPT: Sum(98, 98e4), Fate.SPLIT: Sum(2, 1e4)},
    (
        TracedFeature("k1", Fate.SPLIT, 1e4, "ODT-002", True, ("k2", "k3"), (0.0, 0.0, 100.0, 100.0)),
        TracedFeature("k2", Fate.SPLIT, 4e3, "ODT-002A", False, ("k1",), (0.0, 0.0, 40.0, 100.0)),
    ),
)


def test_a_plan_is_compared_on_two_days_and_taken_away(opened, tmp_path):
    dock, session = opened
    session.history.next_lineage = LINEAGE
    dock.findChild(QTabWidget, "history_tabs").setCurrentIndex(1)
    plans = dock.findChild(QComboBox, "lineage_plan")
    assert plans.count() > 0
    dock.findChild(QDateEdit, "lineage_before").setDate(QDate(2025, 1, 1))
    dock.findChild(QDateEdit, "lineage_after").setDate(QDate(2026, 1, 1))
    click(dock, "compare_button")
    ((layer, plan, before, after),) = session.history.called("compare")
    assert layer == sample.LOTS.id
    assert (plan, before, after) == (plans.currentData(), PastDay(date(2025, 1, 1), True), PastDay(date(2026, 1, 1), True))
    assert dock.findChild(QLabel, "lineage_counts").text().splitlines() == [
        "kept: 98 (98.00 ha)",
        "divided: 1 (1.00 ha) → 2 (1.00 ha)",
        "removed: 1 (1.00 ha) → 0 (0.00 ha)",
        "All: 100 (100.00 ha) → 100 (99.00 ha)",
    ]
    found = dock.findChild(QListWidget, "lineage_list")
    assert found.item(1).text() == "ODT-002A · divided (after) · 0.40 ha"
    found.itemActivated.emit(found.item(1))
    assert session.history.called("zoom_to") == [((0.0, 0.0, 40.0, 100.0),)]
    panel = dock.findChild(LineagePanel)
    panel.save(tmp_path / "bang.csv")
    lines = (tmp_path / "bang.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "before,divided,ODT-002,10000.00,k1,k2 k3"
    panel.save(tmp_path / "none" / "bang.csv")
    assert said(dock, "lineage_said").startswith("The file can't be written")
