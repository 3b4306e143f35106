"""What became of a whole plan between two days: counts and areas by class, each feature with its place, a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QFileDialog, QFrame, QListWidgetItem

from commune_planning_plugin.core.balance import LAYER
from commune_planning_plugin.core.lineage import Fate, Sum
from commune_planning_plugin.core.schema import GeometryType
from commune_planning_plugin.core.text import cell
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.decision_words import hectares
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, list_widget, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.history_calls import PastDay, PlanLineage, TracedFeature

_ICONS = {
    Fate.NEW: "change_insert",
    Fate.REMOVED: "change_delete",
    Fate.SPLIT: "change_update",
    Fate.MERGED: "change_update",
    Fate.MODIFIED: "change_update",
    Fate.KEPT: "ok",
}


class LineagePanel(QFrame):
    """Compares a layer of the plan that is chosen on two days."""

    asked = pyqtSignal(object)
    """The Ref of a feature whose history is wanted."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._asked: Optional[tuple[str, str, PastDay, PastDay]] = None
        self._found: Optional[PlanLineage] = None
        self._dialog: Optional[QFileDialog] = None
        self._plans = _combo("lineage_plan", translate("History", "Plan"))
        self._layers = _combo("lineage_layer", translate("History", "Layer"))
        self._meaning = _combo("lineage_meaning", translate("History", "What is asked of these days"))
        self._meaning.addItem(translate("History", "in force on"), True)
        self._meaning.addItem(translate("History", "known to the database on"), False)
        self._before = _date("lineage_before", QDate.currentDate().addYears(-1))
        self._after = _date("lineage_after", QDate.currentDate())
        self._compare = button(translate("History", "&Compare"), "compare_button", "search", act=self._do_compare)
        self._export = button(translate("History", "Save as &CSV…"), "lineage_csv_button", "save", act=self._ask_file)
        self._said = Notice(Tone.PLAIN, "lineage_said")
        self._counts = text_label(name="lineage_counts")
        self._history = button(translate("History", "&History of the feature"), "lineage_history_button", "history", act=self._ask)
        self._list = list_widget("lineage_list", translate("History", "Features that aren't as they were"))
        self._lay_out()
        session.history.lineage.changed.connect(self._show)
        session.changed.connect(self.refresh)
        self.refresh()
        self._show()

    def _lay_out(self) -> None:
        self._list.itemActivated.connect(self._zoom)
        self._list.currentItemChanged.connect(lambda now, _before: self._history.setEnabled(now is not None))
        days = button_row(self._meaning, self._before, self._after)
        actions = button_row(self._compare, self._export, self._history)
        fill(self, self._plans, self._layers, days, actions, self._said, self._counts, self._list, margin=4, spacing=6)
        self.layout().setStretchFactor(self._list, 1)

    def refresh(self) -> None:
        """The commune's plans and the layers; what is chosen stays chosen."""
        session, commune = self._session, self._session.commune
        plans = [plan for plan in session.catalogue.plans if commune and commune.code in plan.communes] if session.catalogue else []
        layers = session.catalogue.layers if session.catalogue else ()
        _offer(self._plans, [(plan.name, plan.key) for plan in plans])
        describer = Describer(session.catalogue)
        _offer(self._layers, [(describer.layer(layer.id), layer.id) for layer in layers], LAYER)
        online = session.connection is Connection.ONLINE
        self._compare.setEnabled(online and bool(plans))
        why = "" if online else translate("History", "The past is kept at the province: it needs a connection, and a sign-in.")
        self._compare.setToolTip(why)

    def _do_compare(self) -> None:
        legal = bool(self._meaning.currentData())
        before, after = (PastDay(edit.date().toPyDate(), legal) for edit in (self._before, self._after))
        self._asked = (self._layers.currentData(), self._plans.currentData(), before, after)
        self._session.history.compare(*self._asked)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        lookup = self._session.history.lineage
        self._found = lookup.about(self._asked) if self._asked is not None else None
        error = lookup.failure(self._asked) if self._asked is not None else None
        if error is not None:
            self._said.say(present(error, "history", Describer(self._session.catalogue)).text, Tone.WARNING)
        elif self._found is None:
            hint = translate("History", "Choose a plan and two days: what was kept, changed, divided, joined, added or removed.")
            self._said.say(hint if self._asked is None else translate("History", "Being compared…"), Tone.PLAIN)
        else:
            self._said.say("")
            self._counts.setText(_counts_text(self._found, self._sized()))
        self._list.clear()
        for each in self._found.features if self._found is not None else ():
            self._list.addItem(_item(each, self._sized()))
        self._history.setEnabled(False)
        for widget in (self._counts, self._list, self._export, self._history):
            widget.setVisible(self._found is not None)

    def _sized(self) -> Optional[GeometryType]:
        """What the layer's features are, and so how they are measured."""
        layer = self._asked[0] if self._asked is not None else None
        each = self._session.catalogue.layers if self._session.catalogue else ()
        return next((known.geometry for known in each if known.id == layer), None)

    def _zoom(self, item: QListWidgetItem) -> None:
        self._session.history.zoom_to(item.data(Qt.ItemDataRole.UserRole).bounds)

    def _ask(self) -> None:
        item = self._list.currentItem()
        if item is not None and self._asked is not None:
            self.asked.emit(Ref(self._asked[0], item.data(Qt.ItemDataRole.UserRole).key))

    # --- taking away --------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        self._dialog = QFileDialog(self, translate("History", "Save the table"), "lich_su_do_an.csv", "CSV (*.csv)")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("csv")
        self._dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        self._dialog.open()

    def save(self, path: Path) -> None:
        """UTF-8 with its mark, so that spreadsheets read Vietnamese."""
        if self._found is None:
            return
        try:
            path.write_text(table_text(self._found, self._sized()), encoding="utf-8-sig", newline="")
        except OSError as error:
            told = translate("History", "The file can't be written: {reason}").format(reason=error.strerror or str(error))
            self._said.say(told, Tone.WARNING)


def fate_text(fate: Fate) -> str:
    return {
        Fate.KEPT: translate("History", "kept"),
        Fate.MODIFIED: translate("History", "modified"),
        Fate.SPLIT: translate("History", "divided"),
        Fate.MERGED: translate("History", "joined"),
        Fate.NEW: translate("History", "new"),
        Fate.REMOVED: translate("History", "removed"),
    }[fate]


def table_text(found: PlanLineage, sized: Optional[GeometryType] = GeometryType.POLYGONS) -> str:
    """CSV: side, class, name, area in m² or length in m, key, keys on the other side."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_titles(sized))
    for each in found.features:
        side = translate("History", "before") if each.former else translate("History", "after")
        writer.writerow((side, _fate(each), cell(each.name), f"{each.area:.2f}", each.key, " ".join(each.others)))
    return text.getvalue()


def _titles(sized: Optional[GeometryType]) -> tuple[str, ...]:
    lines = sized is GeometryType.LINES
    return (
        translate("History", "Side"),
        translate("History", "Class"),
        translate("History", "Name"),
        translate("History", "Length (m)") if lines else translate("History", "Area (m²)"),
        translate("History", "Key"),
        translate("History", "From or to"),
    )


def _counts_text(found: PlanLineage, sized: Optional[GeometryType]) -> str:
    """Each class with its count and size, before and after; what is the same on both sides once."""
    lines = []
    for fate in Fate:
        before, after = found.before.get(fate), found.after.get(fate)
        if before is not None or after is not None:
            sides = [_sum_text(each, sized) for each in (before, after)]
            both = sides[0] if sides[0] == sides[1] else " → ".join(sides)
            lines.append(f"{fate_text(fate)}: {both}")
    totals = [_total(side) for side in (found.before, found.after)]
    told = translate("History", "All: {before} → {after}").format(
        before=_sum_text(totals[0], sized), after=_sum_text(totals[1], sized)
    )
    return "\n".join([*lines, told])


def _sum_text(each: Optional[Sum], sized: Optional[GeometryType]) -> str:
    found = each or Sum()
    size = _size_text(found.area, sized)
    return f"{found.count} ({size})" if size else str(found.count)


def _size_text(size: float, sized: Optional[GeometryType]) -> str:
    if sized is GeometryType.POINT:
        return ""
    return quantities.length(size) if sized is GeometryType.LINES else f"{hectares(size)} ha"


def _fate(each: TracedFeature) -> str:
    return translate("History", "brought back") if each.again else fate_text(each.fate)


def _total(side: Mapping[Fate, Sum]) -> Sum:
    return Sum(sum(each.count for each in side.values()), sum(each.area for each in side.values()))


def _item(each: TracedFeature, sized: Optional[GeometryType]) -> QListWidgetItem:
    side = translate("History", "before") if each.former else translate("History", "after")
    told = [each.name, f"{_fate(each)} ({side})", _size_text(each.area, sized)]
    item = QListWidgetItem(icon(_ICONS[each.fate]), " · ".join(filter(None, told)))
    item.setData(Qt.ItemDataRole.UserRole, each)
    return item


def _combo(name: str, title: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(title)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    return combo


def _offer(combo: QComboBox, choices: Sequence[tuple[str, str]], first: str = "") -> None:
    """Text and value of each; what was chosen stays, else it is ``first``."""
    if [value for _text, value in choices] == [combo.itemData(n) for n in range(combo.count())]:
        return
    chosen = combo.currentData() or first
    combo.clear()
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


def _date(name: str, day: QDate) -> QDateEdit:
    edit = QDateEdit(day)
    edit.setObjectName(name)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("dd/MM/yyyy")
    return edit
