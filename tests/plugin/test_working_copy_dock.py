"""Every button of the dock Working copy, and what it does to the session."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QWidget,
)

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.gui.changes_tree import NAME, STATE, ChangesTree
from commune_planning_plugin.gui.differences import _original
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock
from commune_planning_plugin.session.types import Connection, MasterPassword, NextStep
from commune_planning_plugin.store import Damage, FeatureProblem, Ref, StoredConflict
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_session import FakeSession, downloading, working


@pytest.fixture
def show(keep_dock):
    return lambda session, width=330: keep_dock(WorkingCopyDock(session), width)


def cells(table: QTableWidget) -> list[list[str]]:
    return [[table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())]


def tree_of(dock: QWidget) -> ChangesTree:
    return dock.findChild(ChangesTree, "changes_tree")


LOT = Ref(sample.LOTS.id, sample.key(2))
DRAWN = Ref(sample.LOTS.id, sample.key(1))
DELETED = Ref(sample.LOTS.id, sample.key(3))


def test_signing_in_by_enter_hands_over_what_was_typed_and_forgets_the_password(show, qtbot):
    session = FakeSession(hub_url="https://hub")
    dock = show(session)
    assert dock.findChild(QLineEdit, "hub_url_edit").text() == "https://hub"
    dock.findChild(QLineEdit, "name_edit").setText("dailanh.kt")
    password = dock.findChild(QLineEdit, "password_edit")
    password.setText("Quy-hoach-2026")
    qtbot.keyClick(password, Qt.Key.Key_Return)
    assert session.called("sign_in") == [("https://hub", "dailanh.kt", "Quy-hoach-2026", True)]
    assert password.text() == ""


def test_what_qgis_will_ask_is_said_before_and_not_where_nothing_is_to_be_remembered(show):
    session = FakeSession(hub_url="https://hub", account_name="dailanh.kt", master_password=MasterPassword.CHOSEN)
    dock = show(session)
    notice = dock.findChild(QLabel, "master_password_notice_text")
    assert notice.isVisible()
    assert "make one up" in notice.text()
    session.set(master_password=MasterPassword.ASKED)
    assert "that you made up" in notice.text()
    dock.findChild(QCheckBox, "remember_check").setChecked(False)
    assert not notice.isVisible()
    dock.findChild(QLineEdit, "password_edit").setText("Quy-hoach-2026")
    click(dock, "sign_in_button")
    assert session.called("sign_in")[-1][-1] is False


def test_where_qgis_asks_nothing_nothing_is_said_about_it(show):
    dock = show(FakeSession())
    assert not dock.findChild(QLabel, "master_password_notice_text").isVisible()


def test_an_empty_field_is_named_instead_of_asking_the_hub(show):
    session = FakeSession(hub_url="https://hub", account_name="dailanh.kt")
    dock = show(session)
    click(dock, "sign_in_button")
    assert session.called("sign_in") == []
    assert "Password" in dock.findChild(QLabel, "sign_in_problem_text").text()


def test_a_wrong_password_is_said_beside_the_fields(show):
    session = FakeSession()
    dock = show(session)
    session.failed.emit(PlanningError("auth.wrong_password"), "sign_in")
    assert "password is wrong" in dock.findChild(QLabel, "sign_in_problem_text").text()


def test_sign_out(show):
    session = working()
    click(show(session), "sign_out_button")
    assert session.called("sign_out") == [()]


def test_choosing_one_of_several_communes(show):
    communes = sample.CATALOGUE.communes
    session = working(communes=communes, commune=None, has_working_copy=False, next_step=NextStep.CHOOSE_COMMUNE)
    combo = show(session).findChild(QComboBox, "commune_combo")
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    assert session.called("choose_commune") == [(communes[1].code,)]


def test_the_header_tells_commune_hub_what_waits_here_and_there(show):
    dock = show(working(outbox=(sample.unsent(),)))
    texts = {name: dock.findChild(QLabel, f"header_{name}").text() for name in ("commune", "hub", "local", "news", "pull")}
    assert "Đại Lãnh" in texts["commune"]
    assert "Nguyễn Thị Hạnh" in texts["hub"]
    assert texts["local"].startswith("5 ")
    assert "1 " in texts["local"].split("·")[1]
    assert texts["news"].startswith("5 ")
    assert "3 " in texts["pull"]


def test_offline_says_since_when(show):
    session = working(connection=Connection.OFFLINE, offline_since=sample.ago(minutes=30))
    assert "since" in show(session).findChild(QLabel, "header_hub").text()


@pytest.mark.parametrize(
    ("step", "call"),
    [
        (NextStep.PULL, "pull"),
        (NextStep.DRAW, "start_drawing"),
        (NextStep.SAVE, "save_edits"),
        (NextStep.STOP_DRAWING, "stop_drawing"),
        (NextStep.COPY_HERE, "copy_here"),
        (NextStep.NOTHING, None),
    ],
)
def test_the_primary_button_takes_the_next_step(show, step, call):
    session = working(next_step=step)
    dock = show(session)
    button = dock.findChild(QPushButton, "primary_button")
    assert button.isVisibleTo(dock) is (call is not None)
    button.click()
    assert [each[0] for each in session.calls if each[0] != "select"] == [call or "refresh"]


@pytest.mark.parametrize(("step", "free"), [(NextStep.SAVE, True), (NextStep.STOP_DRAWING, True), (NextStep.COMPOSE, False)])
def test_no_job_keeps_what_is_drawn_from_being_saved(show, step, free):
    dock = show(working(next_step=step, unsaved=step is NextStep.SAVE, job=downloading()))
    assert dock.findChild(QPushButton, "primary_button").isEnabled() is free
    assert ("not saved" in dock.findChild(QLabel, "header_local").text()) is (step is NextStep.SAVE)


@pytest.mark.parametrize(
    ("step", "signal"),
    [
        (NextStep.COMPOSE, "compose_asked"),
        (NextStep.FINISH, "drafts_asked"),
        (NextStep.CORRECT, "proposals_asked"),
        (NextStep.REVIEW, "review_asked"),
    ],
)
def test_the_primary_button_leads_to_the_other_docks(show, qtbot, step, signal):
    dock = show(working(next_step=step))
    with qtbot.waitSignal(getattr(dock, signal)):
        click(dock, "primary_button")


def test_the_pull_button_and_the_running_job(show):
    session = working()
    dock = show(session)
    click(dock, "pull_button")
    assert session.called("pull") == [()]
    session.set(job=downloading())
    assert dock.findChild(QProgressBar, "progress_bar").value() == 310
    text = dock.findChild(QLabel, "progress_text").text()
    assert all(part in text for part in ("3.1 MB", "10.1 MB", "12,400", "35,100", "21"))
    assert not dock.findChild(QPushButton, "pull_button").isEnabled()
    click(dock, "cancel_button")
    assert session.called("cancel") == [()]


def test_the_tree_groups_by_layer_with_kind_and_state(show):
    tree = tree_of(show(working(), width=700))
    layers = [tree.topLevelItem(index).text(NAME) for index in range(tree.topLevelItemCount())]
    assert layers == ["Land-use function (4)", "Red line of a road (1)"]
    rows = [tree.topLevelItem(0).child(row) for row in range(4)]
    assert {row.text(1) for row in rows} == {"added", "changed", "removed"}
    assert {row.text(STATE) for row in rows} == {"new here", "in a proposal"}
    assert not any(row.icon(NAME).isNull() for row in rows)


def test_selecting_in_the_list_selects_on_the_map_and_back(show):
    session = working()
    dock = show(session)
    tree_of(dock).select_handle(None)
    tree_of(dock).setCurrentItem(tree_of(dock).topLevelItem(0).child(0))
    assert session.called("select")[-1] == (tree_of(dock).current_handle(),)
    session.selected.emit(DELETED)
    assert tree_of(dock).current_handle() == DELETED


def test_hovering_shows_on_the_map_and_leaving_goes_back(show):
    session = working()
    dock = show(session)
    session.selected.emit(LOT)
    tree_of(dock).hovered.emit(DRAWN)
    assert session.called("select")[-1] == (DRAWN,)
    tree_of(dock).hovered.emit(None)
    assert session.called("select")[-1] == (LOT,)


def test_double_click_zooms(show):
    session = working()
    tree = tree_of(show(session))
    tree.select_handle(LOT)
    tree.itemActivated.emit(tree.currentItem(), 0)
    assert session.called("zoom_to") == [(LOT,)]


def test_the_filter_needs_no_accents(show):
    dock = show(working())
    dock.findChild(QLineEdit, "filter_edit").setText("truong mam non")
    tree = tree_of(dock)
    shown = [row for row in range(4) if not tree.topLevelItem(0).child(row).isHidden()]
    assert len(shown) == 1
    assert tree.topLevelItem(1).isHidden()


def test_differences_are_in_the_users_words(show):
    session = working()
    dock = show(session)
    session.selected.emit(LOT)
    table = dock.findChild(QTableWidget, "differences_table")
    rows = {row[0]: row[1:] for row in cells(table)}
    assert rows["Shape (area)"] == ["10,000.0 m² (1.00 ha)", "6,250.0 m²"]
    assert rows["Land function, level 2"] == ["Urban residential land (ODT)", "Public green space (CX)"]
    assert rows["Shape"][0] == "3,750.0 m² smaller; 2 corner(s) moved, up to 37.50 m"
    assert table.columnSpan(1, 1) == 2
    assert "Area" not in rows  # it only repeats what the shape measures


def test_a_shape_of_the_same_area_says_how_it_changed(show):
    moved = sample.lot(2, geom=sample.square(600_203, 1_400_000, 100, 100))
    session = working(local_changes=(sample.local(sample.LOTS, 2, sample.lot(2), moved),))
    dock = show(session)
    session.selected.emit(LOT)
    rows = {row[0]: row[1:] for row in cells(dock.findChild(QTableWidget, "differences_table"))}
    assert list(rows) == ["Shape"]
    assert rows["Shape"][0] == "area unchanged; moved as a whole by 3.00 m"


def test_revert_shows_first_what_it_does(show):
    session = working()
    dock = show(session)
    tree_of(dock).selectAll()
    click(dock, "revert_button")
    text = dock.findChild(QLabel, "revert_notice_text").text()
    assert (
        text == "1 drawn feature(s) will be deleted; 3 edited feature(s) go back to the original; 1 deleted feature(s) come back."
    )
    assert session.called("revert") == []
    click(dock, "confirm_revert_button")
    assert len(session.called("revert")[0][0]) == 5


def test_leaving_it_reverts_nothing(show):
    session = working()
    dock = show(session)
    session.selected.emit(LOT)
    click(dock, "revert_button")
    click(dock, "leave_button")
    assert not dock.findChild(QWidget, "revert_notice").isVisibleTo(dock)
    assert session.called("revert") == []


def test_into_a_proposal_takes_only_what_is_free(show, qtbot):
    session = working()
    dock = show(session)
    tree_of(dock).selectAll()
    with qtbot.waitSignal(dock.compose_asked) as asked:
        click(dock, "propose_button")
    assert len(asked.args[0]) == 4
    session.selected.emit(Ref(sample.LOTS.id, sample.key(4)))
    assert not dock.findChild(QPushButton, "propose_button").isEnabled()


def test_what_came_back_says_so_and_goes_into_no_other_proposal(show, qtbot):
    changes = sample.local_changes()
    session = working(to_correct={"p-2": (Ref(changes[0].change.layer, changes[0].change.key),)})
    dock = show(session)
    chips = [tree_of(dock)._items[ref].text(STATE) for ref in tree_of(dock)._items]
    assert chips.count("came back") == 1
    tree_of(dock).selectAll()
    with qtbot.waitSignal(dock.compose_asked) as asked:
        click(dock, "propose_button")
    assert len(asked.args[0]) == 3


def test_a_conflict_is_marked_compared_and_leads_to_where_it_is_decided(show, qtbot):
    clash = sample.conflicting()
    session = working(local_changes=(*sample.local_changes(), clash), next_step=NextStep.RESOLVE)
    dock = show(session)
    ref = Ref(clash.change.layer, clash.change.key)
    with qtbot.waitSignal(dock.conflicts_asked) as asked:
        click(dock, "primary_button")
    assert asked.args == [None]
    tree = tree_of(dock)
    tree.select_handle(ref)
    assert "⚠" in tree.currentItem().text(STATE)
    session.selected.emit(ref)
    table = dock.findChild(QTableWidget, "differences_table")
    assert table.horizontalHeaderItem(3).text() == "Province's"
    for act in (lambda: click(dock, "decide_conflict_button"), lambda: tree.itemActivated.emit(tree.currentItem(), 0)):
        with qtbot.waitSignal(dock.conflicts_asked) as asked:
            act()
        assert asked.args == [ref]
    assert session.called("zoom_to") == []


def test_problems_name_the_feature_and_show_its_place(show):
    known = FeatureProblem(sample.LOTS.id, LOT.key, 118, "geometry.invalid")
    nameless = FeatureProblem(sample.LOTS.id, None, 119, "geometry.invalid", {}, (1.0, 2.0, 3.0, 4.0))
    session = working(problems=(known, nameless))
    title = next(local.title for local in session.local_changes if local.change.key == LOT.key)
    listed = show(session).findChild(QListWidget, "problems_list")
    texts = [listed.item(row).text() for row in range(2)]
    assert title in texts[0]
    assert "crosses" in texts[0]
    assert "a feature without a name" in texts[1]
    assert not any("118" in text or "119" in text for text in texts)
    for row in range(2):
        listed.itemActivated.emit(listed.item(row))
    assert session.called("zoom_to") == [(LOT,)]
    assert session.called("zoom_to_place") == [((1.0, 2.0, 3.0, 4.0),)]


def test_it_never_comes_up_narrower_than_one_can_read(show):
    assert show(working()).minimumSizeHint().width() >= 280


def test_damage_says_what_to_do(show):
    session = working(damage=(Damage(sample.LINES.id, "tracking.lost"),))
    dock = show(session)
    assert "Red line of a road" in dock.findChild(QLabel, "damage_notice_text").text()
    assert any("kept, counted after the repair" in label.text() for label in dock.findChildren(QLabel))
    click(dock, "repair_button")
    session.set(next_step=NextStep.REPAIR)
    assert not dock.findChild(QPushButton, "repair_button").isVisibleTo(dock)
    click(dock, "primary_button")
    assert session.called("repair") == [(), ()]


def test_damage_of_many_layers_is_said_once(show):
    damage = tuple(Damage(layer.id, "tracking.lost") for layer in (*sample.CATALOGUE.layers, sample.LOTS))
    text = show(working(damage=damage)).findChild(QLabel, "damage_notice_text").text()
    assert text.count("overwritten") == 1
    assert "2 more" in text or "2 more(s)" in text


def test_without_changes_the_dock_says_what_it_is_for(show):
    dock = show(working(local_changes=(), next_step=NextStep.DRAW))
    assert "No changes yet" in dock.findChild(QLabel, "changes_empty").text()
    assert not tree_of(dock).isVisibleTo(dock)


def test_it_fits_300_pixels(show):
    session = working(local_changes=(*sample.long_names(), *sample.local_changes()), next_step=NextStep.RESOLVE)
    dock = show(session, width=300)
    assert dock.minimumSizeHint().width() <= 300
    assert dock.minimumSizeHint().height() <= 560


def test_a_refresh_keeps_the_selection(show):
    session = working()
    dock = show(session)
    session.selected.emit(DELETED)
    session.set(local_changes=sample.local_changes()[1:])
    assert tree_of(dock).current_handle() == DELETED


def test_a_conflict_shows_what_i_started_from():
    old, new = {"ghiChu": "province"}, {"ghiChu": "mine"}
    change = Change(sample.LOTS.id, sample.key(2), old, new)
    base = {"ghiChu": "first", "maDoiTuong": "x"}
    conflict = StoredConflict(change.layer, change.key, ConflictKind.ATTRIBUTES, ("ghiChu",), base, old)
    assert _original(change, conflict) == {"ghiChu": "first"}
    assert _original(change, None) == old


def test_a_preview_is_of_what_is_selected_or_of_all(show):
    session = working()
    dock = show(session)
    click(dock, "preview_button")
    assert session.called("preview") == [(None,)]
    tree_of(dock).select_handles([Ref(sample.LOTS.id, sample.key(1)), Ref(sample.LOTS.id, sample.key(2))])
    click(dock, "preview_button")
    assert session.called("preview")[-1] == ((Ref(sample.LOTS.id, sample.key(1)), Ref(sample.LOTS.id, sample.key(2))),)
