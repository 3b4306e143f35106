"""The dock where conflicts are decided: list, values, choices, and what it asks of the session."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QSplitter, QWidget

from commune_planning_plugin.core.schema import Field, FieldType
from commune_planning_plugin.gui.changes_tree import STATE, ChangesTree
from commune_planning_plugin.gui.conflict_table import NARROW, ConflictTable
from commune_planning_plugin.gui.conflicts_dock import ConflictsDock
from commune_planning_plugin.gui.labels import refused_label
from commune_planning_plugin.session.types import JobState
from commune_planning_plugin.store import FEATURE, LastChange, Ref, Resolution, Side
from tests.plugin import sample
from tests.plugin.fake_session import working

CLASHES = sample.conflicts()
SHAPE, VALUES, GONE_HERE, GONE_THERE = (Ref(clash.change.layer, clash.change.key) for clash in CLASHES)
FUNCTION = "chucNangSuDungDatMuc2"


@pytest.fixture
def show(qtbot):
    def make(session, at=None, width=790, height=260):
        dock = ConflictsDock(session)
        qtbot.addWidget(dock)
        dock.resize(width, height)
        dock.open_at(at)
        QApplication.processEvents()
        return dock

    return make


def clashing(**state):
    return working(local_changes=(*sample.local_changes(), *CLASHES), **state)


def click(dock, name):
    dock.findChild(QPushButton, name).click()


def radio(dock, name, side):
    return dock.findChild(QRadioButton, f"{name}_{side}_radio")


def tree_of(dock):
    return dock.findChild(ChangesTree)


def test_it_lists_conflicts_of_all_layers_and_nothing_else(show):
    session = clashing()
    dock = show(session)
    tree = tree_of(dock)
    assert [tree.topLevelItem(row).text(0) for row in range(2)] == ["Land-use function (3)", "Red line of a road (1)"]
    assert dock.findChild(QLabel, "conflicts_count").text() == "4 conflict(s)"
    assert session.called("zoom_to")[-1] == (tree.current_handle(),)


def test_it_opens_at_the_conflict_that_was_asked_for(show):
    session = clashing()
    assert tree_of(show(session, VALUES)).current_handle() == VALUES
    assert session.called("zoom_to") == [(VALUES,)]


def test_next_and_previous_by_button_and_by_key(show):
    dock = show(clashing(), VALUES)
    seen = [tree_of(dock).current_handle()]
    for act in (
        lambda: click(dock, "next_conflict_button"),
        lambda: QTest.keyClick(tree_of(dock), Qt.Key.Key_N),
        lambda: QTest.keyClick(tree_of(dock), Qt.Key.Key_N),
    ):
        act()
        seen.append(tree_of(dock).current_handle())
    assert len(set(seen)) == 4
    click(dock, "previous_conflict_button")
    assert tree_of(dock).current_handle() == seen[2]


def test_each_value_is_chosen_on_its_own_and_kept_at_once(show):
    session = clashing()
    dock = show(session, SHAPE)
    assert not dock.findChild(QPushButton, "apply_button").isEnabled()
    radio(dock, FUNCTION, "province").click()
    assert session.called("choose")[-1] == (SHAPE, {FUNCTION: Side.PROVINCE})
    assert tree_of(dock).currentItem().text(STATE) == "1 of 2 chosen"
    assert not dock.findChild(QPushButton, "apply_button").isEnabled()
    radio(dock, "geom", "mine").click()
    assert tree_of(dock).currentItem().text(STATE) == "2 of 2 chosen"
    click(dock, "apply_button")
    assert session.called("resolve") == [({SHAPE: {FUNCTION: Side.PROVINCE, "geom": Side.MINE}},)]
    assert tree_of(dock).current_handle() == SHAPE  # until it is settled
    session.set(local_changes=CLASHES[1:])
    assert tree_of(dock).current_handle() == VALUES
    assert session.called("zoom_to")[-1] == (VALUES,)


def test_a_click_on_the_text_chooses_too(show, qtbot):
    session = clashing()
    dock = show(session, SHAPE)
    cell = radio(dock, FUNCTION, "mine").parentWidget()
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton, pos=QPoint(cell.width() - 3, cell.height() - 3))
    label = radio(dock, "geom", "province").parentWidget().findChild(QLabel)
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert session.called("choose")[-1] == (SHAPE, {FUNCTION: Side.MINE, "geom": Side.PROVINCE})


def test_choices_made_before_a_restart_are_shown(show):
    first = replace(CLASHES[0], conflict=replace(CLASHES[0].conflict, choices={FUNCTION: Side.MINE}))
    dock = show(working(local_changes=(first,)), SHAPE)
    assert radio(dock, FUNCTION, "mine").isChecked()
    assert not radio(dock, FUNCTION, "province").isChecked()
    assert not radio(dock, "geom", "mine").isChecked()


def test_the_values_differ_in_bold_and_in_the_users_words(show):
    dock = show(clashing(), SHAPE)
    cells = {side: radio(dock, FUNCTION, side).parentWidget().findChild(QLabel) for side in ("mine", "province")}
    assert cells["mine"].text() == "Commerce and services (TMD)"
    assert cells["province"].text() == "Public green space (CX)"
    assert all(cell.font().bold() for cell in cells.values())
    shown = {label.text(): label.font().bold() for label in dock.findChild(ConflictTable).findChildren(QLabel)}
    assert shown["Urban residential land (ODT)"] is False


@pytest.mark.parametrize(("button", "side"), [("all_mine_button", Side.MINE), ("all_province_button", Side.PROVINCE)])
def test_all_of_one_side_for_several_at_once(show, button, side):
    session = clashing()
    dock = show(session, SHAPE)
    tree_of(dock).selectAll()
    click(dock, button)
    assert session.called("resolve") == []
    assert "4" in dock.findChild(QPushButton, "apply_button").text()
    click(dock, "apply_button")
    ((chosen,),) = session.called("resolve")
    assert chosen[GONE_HERE] == {FEATURE: side}
    assert chosen[SHAPE] == {FUNCTION: side, "geom": side}
    assert len(chosen) == 4


@pytest.mark.parametrize("ref", [GONE_HERE, GONE_THERE])
def test_where_one_side_removed_it_whether_it_stays_is_decided(show, ref):
    session = clashing()
    dock = show(session, ref)
    assert not dock.findChild(QPushButton, "redraw_button").isVisibleTo(dock)
    radio(dock, FEATURE, "mine").click()
    click(dock, "apply_button")
    assert session.called("resolve") == [({ref: {FEATURE: Side.MINE}},)]


def test_a_shape_is_drawn_with_qgis_and_taken_over(show):
    session = clashing()
    dock = show(session, SHAPE)
    click(dock, "redraw_button")
    assert session.called("redraw") == [(SHAPE,)]
    session.set(editing=True)
    assert not dock.findChild(QPushButton, "redraw_button").isVisibleTo(dock)
    click(dock, "use_drawn_button")
    assert session.called("use_drawn") == [(SHAPE,)]
    drawn = sample.square(600_700, 1_400_000, 110, 100)
    session.choose(SHAPE, {"geom": drawn})
    session.set(editing=False)
    assert radio(dock, "geom", "drawn").isChecked()
    radio(dock, "geom", "mine").click()
    radio(dock, "geom", "drawn").click()  # it stays at hand
    assert session.called("choose")[-1] == (SHAPE, {"geom": drawn})


def test_a_divided_lot_names_its_parts_and_a_refused_row_says_so(show):
    parts = tuple(Ref(sample.LOTS.id, sample.key(number)) for number in (1, 2))
    divided = replace(CLASHES[2], conflict=replace(CLASHES[2].conflict, parts=parts))
    refused = replace(CLASHES[1], conflict=replace(CLASHES[1].conflict, refused=True, last_change=None))
    dock = show(working(local_changes=(*sample.local_changes(), divided, refused)), GONE_HERE)
    said = dock.findChild(QLabel, "conflict_said")
    assert "Lô trường mầm non MN-01, Lô đất ở ODT-002" in said.text()
    tree_of(dock).setCurrentItem(tree_of(dock)._items[VALUES])
    assert said.text() == refused_label()


def test_whose_change_it_is(show):
    last = LastChange(57, "2026-11-22T06:05:00Z", "Nguyễn Thị Hạnh", "Mở rộng chợ")
    first = replace(CLASHES[0], conflict=replace(CLASHES[0].conflict, last_change=last))
    dock = show(working(local_changes=(first,)), SHAPE)
    said = dock.findChild(QLabel, "conflict_said").text()
    assert "57" in said
    assert "Nguyễn Thị Hạnh" in said
    assert "“Mở rộng chợ”" in said
    assert "/2026" in said
    untitled = replace(first, conflict=replace(first.conflict, last_change=replace(last, title=None)))
    dock = show(working(local_changes=(untitled,)), SHAPE)
    assert "“" not in dock.findChild(QLabel, "conflict_said").text()
    directly = replace(first, conflict=replace(first.conflict, last_change=replace(last, by="", title=None)))
    dock = show(working(local_changes=(directly,)), SHAPE)
    assert "the province's database was edited directly" in dock.findChild(QLabel, "conflict_said").text()


def test_what_is_one_value_together_is_one_choice(show):
    layer = replace(
        sample.LOTS,
        legal_fields=(
            *(replace(f, group="function") if f.name == FUNCTION else f for f in sample.LOTS.legal_fields),
            Field("muc1", FieldType.TEXT, "Mức 1", "Level 1", group="function"),
        ),
    )
    first = CLASHES[0]
    conflict = replace(first.conflict, attributes=("muc1", FUNCTION, "geom"))
    session = working(
        catalogue=replace(sample.CATALOGUE, layers=(layer, sample.LINES)), local_changes=(replace(first, conflict=conflict),)
    )
    dock = show(session, SHAPE)
    click(dock, "all_mine_button")
    assert session.called("choose") == [(SHAPE, {"geom": Side.MINE, FUNCTION: Side.MINE})]


def test_undo_names_what_comes_back(show):
    session = clashing()
    dock = show(session)
    assert not dock.findChild(QPushButton, "undo_resolve_button").isVisibleTo(dock)
    batch = [Resolution(Ref(sample.LOTS.id, sample.key(number)), 2, sample.ago(minutes=1)) for number in (20, 21)]
    session.set(resolutions=(*batch, Resolution(SHAPE, 1, sample.ago(minutes=9))))
    undo = dock.findChild(QPushButton, "undo_resolve_button")
    assert undo.toolTip().startswith("2 ")
    undo.click()
    assert session.called("undo_resolve") == [()]


def test_when_all_is_decided_it_says_what_comes_next_and_undo_stays(show):
    session = clashing()
    dock = show(session)
    session.set(local_changes=sample.local_changes(), resolutions=(Resolution(SHAPE, 1, sample.ago(minutes=9)),))
    assert "ready for a proposal" in dock.findChild(QLabel, "conflicts_empty").text()
    assert dock.findChild(QPushButton, "undo_resolve_button").isVisibleTo(dock)
    assert not dock.findChild(QPushButton, "apply_button").isVisibleTo(dock)


def test_the_map_gets_its_room_back_once_nothing_is_left_to_decide_or_undo(show):
    session = clashing()
    dock = show(session)
    session.set(local_changes=sample.local_changes(), resolutions=(Resolution(SHAPE, 1, sample.ago(minutes=9)),))
    assert not dock.isHidden()
    session.set(local_changes=sample.local_changes(), resolutions=())
    assert dock.isHidden()
    dock.open_at()
    session.set(local_changes=sample.local_changes())
    assert not dock.isHidden(), "who opens it keeps it"


def test_nothing_is_applied_while_a_job_runs(show):
    dock = show(clashing(), SHAPE)
    click(dock, "all_mine_button")
    assert dock.findChild(QPushButton, "apply_button").isEnabled()
    dock._session.set(job=JobState("resolve"))
    assert not dock.findChild(QPushButton, "apply_button").isEnabled()


def test_the_map_and_the_list_are_one(show):
    session = clashing()
    dock = show(session, SHAPE)
    session.selected.emit(VALUES)
    assert tree_of(dock).current_handle() == VALUES
    assert radio(dock, "tangCaoToiDa", "mine") is not None
    tree_of(dock).setCurrentItem(tree_of(dock)._items[GONE_HERE])
    assert session.called("zoom_to")[-1] == (GONE_HERE,)


@pytest.mark.parametrize(("width", "height"), [(300, 560), (790, 230)])
def test_it_fits_a_narrow_dock_and_a_low_one(show, width, height):
    dock = show(clashing(), VALUES, width, height)
    assert dock.minimumSizeHint().width() <= 300
    assert dock.width() == width
    across = dock.findChild(QSplitter).orientation() == Qt.Orientation.Horizontal
    assert across is (width > NARROW)
    table = dock.findChild(ConflictTable)
    assert table.widget().width() <= table.viewport().width()


def test_on_a_small_screen_with_large_letters_nothing_hangs_over_the_edge(show):
    dock = show(clashing(), VALUES, 400, 220)  # below the map on 1366 × 768 at 150 %
    assert not tree_of(dock).isVisible()
    assert dock.minimumSizeHint().height() <= 220
    assert "ODT-010" in dock.findChild(QLabel, "conflicts_count").text()
    QTest.keyClick(dock, Qt.Key.Key_N)
    click(dock, "next_conflict_button")
    assert "ODT-010" not in dock.findChild(QLabel, "conflicts_count").text()
    dock.resize(400, 500)
    QApplication.processEvents()
    assert tree_of(dock).isVisible()


def test_everything_has_a_name_and_a_way_by_keyboard(show):
    dock = show(clashing(), SHAPE)
    for made in dock.findChildren(QPushButton):
        assert made.accessibleName(), made.objectName()
        assert "&" in made.text() or not made.text(), made.objectName()
    mnemonics = [b.text()[b.text().index("&") + 1].lower() for b in dock.findChildren(QPushButton) if "&" in b.text()]
    assert len(set(mnemonics)) == len(mnemonics)
    for each in dock.findChildren(QRadioButton):
        assert each.accessibleName().count(",") >= 2
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert dock.findChild(QWidget, "conflict_table").accessibleName()


def test_five_hundred_conflicts_answer_within_a_blink(show):
    clash = CLASHES[0]
    many = tuple(
        replace(
            clash,
            change=replace(clash.change, key=sample.key(1000 + n)),
            title=f"Lô {n}",
            conflict=replace(clash.conflict, key=sample.key(1000 + n)),
        )
        for n in range(500)
    )
    session = working(local_changes=many)

    def timed(act):
        begun = time.process_time()
        act()
        QApplication.processEvents()
        return time.process_time() - begun

    dock = show(session)
    assert timed(lambda: click(dock, "next_conflict_button")) < 0.5
    assert timed(lambda: radio(dock, FUNCTION, "mine").click()) < 0.5
    assert timed(dock.refresh) < 1.5
    tree_of(dock).selectAll()
    assert timed(lambda: click(dock, "all_mine_button")) < 2.0
