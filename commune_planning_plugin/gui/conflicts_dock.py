"""The dock *Xung đột*: what somebody else changed too, over all layers; beside it the values to choose from, and the map above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QShortcut, QSplitter, QWidget

from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.conflict_table import DRAWN, ConflictTable
from commune_planning_plugin.gui.conflict_units import Unit, to_decide, units_of
from commune_planning_plugin.gui.describe import Describer, shown_title
from commune_planning_plugin.gui.labels import Tone, conflict_label, divided_label, plain, refused_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.last_change_text import last_change_text
from commune_planning_plugin.gui.parts import Scrolled, button, button_row, column, line, set_button_text, text_label
from commune_planning_plugin.store import Choices, LocalChange, Ref, Side

WIDE = 620
"""From this width on, in pixels, the list stands beside the values, else above."""


LOW = 320
"""Pixels of height below which the list gives way to the values, where it would stand above them."""

LIST_SHARE = 0.33
"""Of the room, for the list at first; the values need more."""


class ConflictsDock(QDockWidget):
    """Non-modal: list and map are the same, and QGIS's own tools stay at hand."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("Conflicts", "Conflicts"), parent)
        self.setObjectName("planning_conflicts_dock")
        self._session = session
        self._by_ref: dict[Ref, LocalChange] = {}
        self._names: dict[Ref, tuple[str, ...]] = {}
        self._choices: dict[Ref, Choices] = {}
        self._titles: dict[Ref, str] = {}
        self._following: Optional[Ref] = None
        self._drawn: dict[Ref, bytes] = {}
        self._tree = ChangesTree("conflicts_tree")
        self._count = QLabel()
        self._count.setObjectName("conflicts_count")
        self._said = text_label(name="conflict_said")
        self._table = ConflictTable("conflict_table")
        self._empty = text_label(name="conflicts_empty")
        self._make_buttons()
        self._lay_out()
        self._listen()
        self._needed = False
        self.refresh()
        self._needed = True  # QGIS shows it as it was when it was closed, before anything is read

    # --- building -----------------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        tip = translate("Conflicts", "Choose the commune's values in the selected conflicts; nothing is settled before you apply")
        self._mine = button(
            translate("Conflicts", "All of the &commune's"), "all_mine_button", "", tip, lambda: self._choose_all(Side.MINE)
        )
        tip = translate("Conflicts", "Choose the province's values in the selected conflicts; nothing is settled before you apply")
        name = translate("Conflicts", "All the &province's")
        self._theirs = button(name, "all_province_button", "", tip, lambda: self._choose_all(Side.PROVINCE))
        tip = translate("Conflicts", "Reshape the feature with QGIS's vertex tool, then press “Use this shape”")
        self._redraw = button(translate("Conflicts", "&Draw the shape anew"), "redraw_button", "draw", tip, self._do_redraw)
        tip = translate("Conflicts", "Choose the shape that the feature has on the map now")
        self._use = button(translate("Conflicts", "&Use this shape"), "use_drawn_button", "check", tip, self._do_use_drawn)
        self._undo = button(translate("Conflicts", "U&ndo"), "undo_resolve_button", "revert", act=self._session.undo_resolve)
        self._apply = button("", "apply_button", "ok", act=self._do_apply)
        self._previous = button("", "previous_conflict_button", "previous", act=lambda: self._tree.step(-1))
        self._next = button("", "next_conflict_button", "next", act=lambda: self._tree.step(1))
        set_button_text(self._previous, "", translate("Conflicts", "Previous conflict (P)"))
        set_button_text(self._next, "", translate("Conflicts", "Next conflict (N)"))
        for made in (self._previous, self._next):
            made.setAccessibleName(made.toolTip())

    def _lay_out(self) -> None:
        self._unsized, self._low = True, False
        self._tree.setMinimumHeight(60)
        self._table.setMinimumHeight(60)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(column(line(self._count, self._previous, self._next), self._tree))
        right = column(self._said, self._table)
        right.layout().setStretchFactor(self._table, 1)
        self._splitter.addWidget(right)
        self._buttons = button_row(self._apply, self._mine, self._theirs, self._redraw, self._use, self._undo)
        inner = column(self._empty, self._splitter)
        inner.layout().setStretchFactor(self._splitter, 1)
        content = column(Scrolled(inner, 90), self._buttons, margin=6)
        content.setMinimumWidth(280)
        self.setWidget(content)
        for key, by in (("N", 1), ("P", -1)):
            shortcut = QShortcut(QKeySequence(key), self, lambda by=by: self._tree.step(by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _listen(self) -> None:
        self._tree.chosen.connect(self._chosen_in_list)
        self._tree.opened.connect(lambda ref: self._session.zoom_to(ref) if ref is not None else None)
        self._tree.itemSelectionChanged.connect(self._show_actions)
        self._table.chosen.connect(self._choose)
        session = self._session
        session.local_changes_changed.connect(self.refresh)
        session.changed.connect(self._show_actions)
        session.job_changed.connect(self._show_actions)
        session.selected.connect(self._selected_on_map)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        beside = self.width() >= WIDE
        was_low, self._low = self._low, not beside and self.height() < LOW
        self._tree.setVisible(not self._low)
        self._show_count()
        orientation = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation or self._unsized or was_low is not self._low:
            self._unsized = False
            self._splitter.setOrientation(orientation)
            whole = self.width() if beside else self.height()
            share = 0 if self._low else LIST_SHARE
            self._splitter.setSizes([round(whole * share), round(whole * (1 - share))])

    # --- showing ------------------------------------------------------------------------------------------------------

    def open_at(self, ref: Optional[Ref] = None) -> None:
        """Show the dock at this conflict, or at the first one."""
        self.show()
        self.raise_()
        if ref in self._by_ref:
            self._tree.select_handle(ref)
        elif self._tree.current_handle() not in self._by_ref:
            self._tree.step(1)
        current = self._tree.current_handle()
        self._show_current()
        if current is not None:
            self._session.zoom_to(current)
        self._tree.setFocus()

    def refresh(self) -> None:
        describer = Describer(self._session.catalogue)
        changes = [
            local for local in self._session.local_changes if local.conflict is not None and plain(local.state) == "conflict"
        ]
        self._by_ref = {Ref(local.change.layer, local.change.key): local for local in changes}
        self._titles = {
            Ref(local.change.layer, local.change.key): shown_title(local.title) for local in self._session.local_changes
        }
        self._names = {ref: self._to_decide(local) for ref, local in self._by_ref.items()}
        pending = self._session.pending_choices
        self._choices = {ref: pending.get(ref, local.conflict.choices) for ref, local in self._by_ref.items() if local.conflict}
        self._show_entries(describer)
        self._empty.setText(self._empty_text())
        self._empty.setVisible(not changes)
        self._splitter.setVisible(bool(changes))
        self._leave_when_settled(bool(changes))
        self._go_on()
        self._show_current()

    def _leave_when_settled(self, needed: bool) -> None:
        """The map gets its room back once nothing is left to decide or to undo here; who opens the dock then keeps it."""
        if needed or self._session.resolutions:
            self._needed = True
        elif self._needed:
            self._needed = False
            self.hide()

    def _go_on(self) -> None:
        """To the next conflict, once the one that was applied is settled."""
        if self._tree.current_handle() in self._by_ref:
            return
        following, self._following = self._following, None
        if following in self._by_ref:
            self._tree.select_handle(following)
            self._chosen_in_list(following)

    def _show_entries(self, describer: Describer) -> None:
        self._tree.show_entries([self._entry(ref, local, describer) for ref, local in self._by_ref.items()])

    def _entry(self, ref: Ref, local: LocalChange, describer: Describer) -> Entry:
        names, chosen = self._names[ref], self._choices.get(ref, {})
        done = sum(name in chosen for name in names)
        title = shown_title(local.title) or describer.feature(ref.layer, local.row or local.change.old, ref.key)
        chip = translate("Conflicts", "{done} of {all} chosen").format(done=done, all=len(names))
        tone = Tone.GOOD if done == len(names) else Tone.CONFLICT
        return Entry(ref, describer.layer(ref.layer), title, plain(local.change.kind), True, chip, tone)

    def _empty_text(self) -> str:
        if self._session.resolutions:
            return translate("Conflicts", "All conflicts are decided. What you chose is among your changes, ready for a proposal.")
        return translate("Conflicts", "No conflicts. What you and somebody else both changed is decided here; nothing is lost.")

    def _to_decide(self, local: LocalChange) -> tuple[str, ...]:
        catalogue = self._session.catalogue
        return to_decide(catalogue.layer(local.change.layer), local.conflict) if catalogue is not None and local.conflict else ()

    def _ready(self) -> list[Ref]:
        """The selected conflicts in which nothing is left to choose."""
        return [ref for ref in self._chosen_refs() if set(self._names[ref]) <= self._choices.get(ref, {}).keys()]

    def _units(self, ref: Optional[Ref]) -> list[Unit]:
        local, catalogue = self._by_ref.get(ref), self._session.catalogue
        if ref is None or local is None or catalogue is None:
            return []
        return units_of(Describer(catalogue), catalogue.layer(ref.layer), local, self._with_drawn(ref))

    def _with_drawn(self, ref: Ref) -> Choices:
        """The choices, with a drawn shape at hand even where another one is chosen."""
        choices = self._choices.get(ref, {})
        shape = choices.get(GEOMETRY)
        if isinstance(shape, bytes):
            self._drawn[ref] = shape
        return {**choices, GEOMETRY: self._drawn[ref]} if ref in self._drawn else choices

    def _show_current(self) -> None:
        ref = self._tree.current_handle()
        local = self._by_ref.get(ref)
        self._table.show_units(self._units(ref), self._choices.get(ref, {}))
        self._table.setVisible(local is not None)
        self._show_count()
        self._show_actions()

    def _show_count(self) -> None:
        """With the name of the one that is shown, where there is no room for the list."""
        count = len(self._by_ref)
        text = translate("Conflicts", "%n conflict(s)", None, count)
        title = self._titles.get(self._tree.current_handle(), "") if self._low else ""
        self._count.setText(f"{title} · {text}" if title else text)

    def _show_actions(self) -> None:
        ref, free = self._tree.current_handle(), self._session.job is None
        refs = self._chosen_refs()
        ready = self._ready()
        editing = translate("Conflicts", "A layer is being edited: save it and leave edit mode, then apply.")
        count = max(1, len(ready))
        tip = translate("Conflicts", "Settle what you have chosen; it can be undone")
        if self._session.editing:
            tip = editing
        elif not ready:
            tip = translate("Conflicts", "Choose a side in each marked line first")
        set_button_text(self._apply, translate("Conflicts", "&Apply to %n conflict(s)", None, count), tip)
        self._apply.setEnabled(bool(ready) and free and not self._session.editing)
        said = _said(self._by_ref.get(ref), self._titles)
        self._said.setText(f"{said} {editing}" if self._session.editing and said else said)
        for each in (self._mine, self._theirs):
            each.setEnabled(bool(refs))
        local = self._by_ref.get(ref)
        about_shape = local is not None and local.conflict is not None and GEOMETRY in local.conflict.attributes
        can_draw = about_shape and local is not None and local.row is not None and not local.conflict.about_existence
        self._redraw.setVisible(bool(can_draw) and not self._session.editing)
        self._use.setVisible(bool(can_draw) and self._session.editing)
        self._mine.setVisible(bool(self._by_ref))
        self._theirs.setVisible(bool(self._by_ref))
        self._apply.setVisible(bool(self._by_ref))
        self._show_undo(free)

    def _show_undo(self, free: bool) -> None:
        latest = self._session.resolutions[:1]
        self._undo.setEnabled(bool(latest) and free)
        self._undo.setVisible(bool(latest))
        if latest:
            count = sum(each.batch == latest[0].batch for each in self._session.resolutions)
            tip = translate("Conflicts", "%n conflict(s) decided at {time} open again, with the values as before", None, count)
            self._undo.setToolTip(tip.format(time=quantities.day_and_time(latest[0].at)))
            self._undo.setAccessibleDescription(self._undo.toolTip())

    def _chosen_refs(self) -> list[Ref]:
        found = [ref for ref in self._tree.selected_handles() if ref in self._by_ref]
        current = self._tree.current_handle()
        return found or ([current] if current in self._by_ref else [])

    # --- list and map -------------------------------------------------------------------------------------------------

    def _chosen_in_list(self, ref: Optional[Ref]) -> None:
        self._show_current()
        if ref is not None and self.isVisible():
            self._session.zoom_to(ref)

    def _selected_on_map(self, ref: Optional[Ref]) -> None:
        if ref in self._by_ref and ref != self._tree.current_handle():
            self._tree.select_handle(ref)
            self._show_current()

    # --- doing --------------------------------------------------------------------------------------------------------

    def _choose(self, name: str, value: object) -> None:
        ref = self._tree.current_handle()
        if ref in self._by_ref:
            choice = self._drawn.get(ref) if value == DRAWN else value
            self._keep({ref: {**self._choices.get(ref, {}), name: choice}})

    def _choose_all(self, side: Side) -> None:
        self._keep({ref: dict.fromkeys(self._names[ref], side) for ref in self._chosen_refs()})

    def _keep(self, chosen: dict[Ref, Any]) -> None:
        describer = Describer(self._session.catalogue)
        for ref, choices in chosen.items():
            self._choices[ref] = choices
            self._session.choose(ref, choices)
        if len(chosen) > 1:
            self._show_entries(describer)
        for ref in chosen if len(chosen) == 1 else ():
            entry = self._entry(ref, self._by_ref[ref], describer)
            self._tree.set_chip(ref, entry.chip, entry.tone)
        self._show_current()

    def _do_redraw(self) -> None:
        ref = self._tree.current_handle()
        if ref is not None:
            self._session.redraw(ref)

    def _do_use_drawn(self) -> None:
        ref = self._tree.current_handle()
        if ref is not None:
            self._session.use_drawn(ref)

    def _do_apply(self) -> None:
        """Settle what is wholly chosen, and go on to the next."""
        ready = {ref: self._choices[ref] for ref in self._ready()}
        if ready:
            self._following = self._tree.following(ready)
            self._session.resolve(ready)


def _said(local: Optional[LocalChange], titles: Mapping[Ref, str]) -> str:
    """How both sides clash, which other features the decision concerns, and whose change it is."""
    if local is None or local.conflict is None:
        return ""
    conflict = local.conflict
    said = [refused_label() if conflict.refused else conflict_label(conflict.kind)]
    names = [titles[part] for part in conflict.parts if part in titles]
    said += [f"{divided_label(len(names))} ({', '.join(names)})"] if names else []
    return " ".join([*said, *([last_change_text(conflict.last_change)] if conflict.last_change else [])])
